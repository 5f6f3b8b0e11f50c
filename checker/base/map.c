#include "base/map.h"

#include "base/arena.h"
#include "base/vec.h"

void map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){ .arena = arena };
}

static inline uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9fb21c651e98df25);
    return hash ^ hash >> 32;
}

static inline uint64_t read_word(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

/* Eight bytes at a time, the last of them perhaps once more: iteration never follows it, so it may change. */
static uint32_t hash_key(struct str key)
{
    uint64_t hash = UINT64_C(0x9e3779b97f4a7c15) ^ key.n;
    uint64_t tail = 0;
    if (key.n >= 8) {
        for (size_t i = 0; i + 8 < key.n; i += 8)
            hash = mix(hash, read_word(key.p + i));
        tail = read_word(key.p + key.n - 8);
    } else {
        for (size_t i = 0; i < key.n; i++)
            tail = tail << 8 | (unsigned char)key.p[i];
    }
    return (uint32_t)mix(hash, tail);
}

/* The slot of key, or the free one where it would go. */
static struct map_slot *find_slot(const struct map *map, struct str key, uint32_t hash)
{
    size_t mask = map->slot_count - 1;
    size_t i = hash & mask;
    while (map->slots[i].number != 0 &&
           (map->slots[i].hash != hash || !str_equal(map->entries[map->slots[i].number - 1].key, key)))
        i = (i + 1) & mask;
    return &map->slots[i];
}

static void grow_slots(struct map *map)
{
    struct map_slot *old = map->slots;
    size_t old_count = map->slot_count;
    map->slot_count = old_count == 0 ? 16 : old_count * 2;
    size_t mask = map->slot_count - 1;
    map->slots = arena_get(map->arena, map->slot_count * sizeof *map->slots);
    for (size_t i = 0; i < old_count; i++) {
        size_t slot = old[i].hash & mask;
        if (old[i].number == 0)
            continue;
        while (map->slots[slot].number != 0)
            slot = (slot + 1) & mask;
        map->slots[slot] = old[i];
    }
    if (old != NULL)
        arena_give_back(map->arena, old);
}

void *map_find(const struct map *map, struct str key)
{
    if (map->count == 0)
        return NULL;
    const struct map_slot *slot = find_slot(map, key, hash_key(key));
    return slot->number == 0 ? NULL : map->entries[slot->number - 1].value;
}

static void **get_value(struct map *map, struct str key, uint32_t hash)
{
    if ((map->count + 1) * 4 > map->slot_count * 3)
        grow_slots(map);
    struct map_slot *slot = find_slot(map, key, hash);
    if (slot->number == 0) {
        map->entries = vec_grow(map->arena, map->entries, map->count, &map->capacity, sizeof *map->entries);
        map->entries[map->count++] = (struct map_entry){ .key = key };
        *slot = (struct map_slot){ (uint32_t)map->count, hash };
    }
    return &map->entries[slot->number - 1].value;
}

void **map_get(struct map *map, struct str key)
{
    return get_value(map, key, hash_key(key));
}

struct str map_intern(struct map *map, struct str s)
{
    uint32_t hash = hash_key(s);
    const struct map_slot *slot = map->count == 0 ? NULL : find_slot(map, s, hash);
    if (slot != NULL && slot->number != 0)
        return map->entries[slot->number - 1].key;
    struct str copy = arena_copy(map->arena, s);
    get_value(map, copy, hash);
    return copy;
}
