/* Where memory comes from, and what happens when there is none. One struct memory serves a whole run. */
#ifndef TFCHECK_BASE_MEMORY_H
#define TFCHECK_BASE_MEMORY_H
#include <stddef.h>

struct memory {
    void (*exhausted)(void *context); /* called when the system refuses memory; must not return */
    void *context;
    size_t allocations; /* requests made so far */
    size_t fail_at;     /* the request with this number (from 1) is refused, for tests; 0 = none */
};

/* Zeroed memory of size bytes. Never NULL: a refusal goes to exhausted. */
void *memory_get(struct memory *memory, size_t size);

/* Like realloc: old may be NULL. Never NULL: a refusal goes to exhausted. */
void *memory_resize(struct memory *memory, void *old, size_t size);

/* Give back what memory_get or memory_resize returned; NULL is ignored. */
void memory_free(struct memory *memory, void *block);
#endif
