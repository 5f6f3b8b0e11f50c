/* Growing arrays in an arena. */
#ifndef TFCHECK_BASE_VEC_H
#define TFCHECK_BASE_VEC_H
#include <stddef.h>
struct arena;

/* Room for one more item behind count items of size bytes: returns items, or a larger copy of it. *capacity counts
 * items. The old array is gone then. */
void *vec_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);

/* Append item to a vector that is a struct { T *items; size_t count, capacity; }. */
#define VEC_ADD(arena, vec, item)                                                                            \
    do {                                                                                                     \
        (vec)->items = vec_grow((arena), (vec)->items, (vec)->count, &(vec)->capacity, sizeof *(vec)->items); \
        (vec)->items[(vec)->count++] = (item);                                                               \
    } while (0)
#endif
