#include "base/vec.h"

#include "base/arena.h"

#include <string.h>

void *vec_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity == 0 ? 4 : *capacity * 2;
    void *larger = arena_get(arena, *capacity * size);
    if (count > 0)
        memcpy(larger, items, count * size);
    if (items != NULL)
        arena_give_back(arena, items);
    return larger;
}
