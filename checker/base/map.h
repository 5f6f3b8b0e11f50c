/* Hash map from strings to pointers, in an arena. Iteration is in order of insertion, so output never depends on it. */
#ifndef TFCHECK_BASE_MAP_H
#define TFCHECK_BASE_MAP_H
#include "base/str.h"
struct arena;

struct map_entry {
    struct str key;
    void *value;
};

/* Most that are not wanted are told by the hash alone, without a look at their entries. */
struct map_slot {
    uint32_t number; /* of the entry, from 1; 0 = none */
    uint32_t hash;
};

struct map {
    struct arena *arena;
    struct map_entry *entries; /* count of them, in order of insertion */
    size_t count, capacity;
    struct map_slot *slots;
    size_t slot_count;
};

/* An empty map that lives in arena. */
void map_init(struct map *map, struct arena *arena);

/* The value under key, or NULL. */
void *map_find(const struct map *map, struct str key);

/* The place of the value under key, made with value NULL if there is none. The key is not copied. The place is good
 * until the next map_get. */
void **map_get(struct map *map, struct str key);

/* One copy of s for ever: equal strings give the same pointer. */
struct str map_intern(struct map *map, struct str s);
#endif
