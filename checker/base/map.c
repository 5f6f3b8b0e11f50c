#include "base/map.h"

#include "base/arena.h"
#include "base/vec.h"

void map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){ .arena = arena };
}

/* Eight bytes at a time: iteration never follows it, so it may change. */
static uint64_t hash_key(struct str key)
{
    uint64_t hash = UINT64_C(0x9e3779b97f4a7c15) ^ key.n;
    for (size_t i = 0; i < key.n; i += 8) {
        uint64_t word = 0;
        memcpy(&word, key.p + i, key.n - i < 8 ? key.n - i : 8);
        hash = (hash ^ word) * UINT64_C(0x9fb21c651e98df25);
        hash ^= hash >> 32;
    }
    return hash;
}

static size_t find_slot(const struct map *map, struct str key, uint64_t hash)
{
    size_t mask = map->slot_count - 1;
    size_t slot = (size_t)hash & mask;
    while (map->slots[slot] != 0) {
        const struct map_entry *entry = &map->entries[map->slots[slot] - 1];
        if (entry->hash == hash && str_equal(entry->key, key))
            break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

static void grow_slots(struct map *map)
{
    map->slot_count = map->slot_count == 0 ? 16 : map->slot_count * 2;
    if (map->slots != NULL)
        arena_give_back(map->arena, map->slots);
    map->slots = arena_get(map->arena, map->slot_count * sizeof *map->slots);
    for (size_t i = 0; i < map->count; i++)
        map->slots[find_slot(map, map->entries[i].key, map->entries[i].hash)] = (uint32_t)(i + 1);
}

void *map_find(const struct map *map, struct str key)
{
    if (map->count == 0)
        return NULL;
    size_t slot = find_slot(map, key, hash_key(key));
    return map->slots[slot] == 0 ? NULL : map->entries[map->slots[slot] - 1].value;
}

void **map_get(struct map *map, struct str key)
{
    if ((map->count + 1) * 4 > map->slot_count * 3)
        grow_slots(map);
    uint64_t hash = hash_key(key);
    size_t slot = find_slot(map, key, hash);
    if (map->slots[slot] == 0) {
        map->entries = vec_grow(map->arena, map->entries, map->count, &map->capacity, sizeof *map->entries);
        map->entries[map->count++] = (struct map_entry){ .key = key, .hash = hash };
        map->slots[slot] = (uint32_t)map->count;
    }
    return &map->entries[map->slots[slot] - 1].value;
}

struct str map_intern(struct map *map, struct str s)
{
    struct map_entry *old = NULL;
    if (map->count > 0) {
        size_t slot = find_slot(map, s, hash_key(s));
        if (map->slots[slot] != 0)
            old = &map->entries[map->slots[slot] - 1];
    }
    if (old != NULL)
        return old->key;
    struct str copy = arena_copy(map->arena, s);
    map_get(map, copy);
    return copy;
}
