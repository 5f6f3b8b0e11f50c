/* Memory that is given back all at once.
 *
 * Ownership in this program is one sentence: nothing that a function returns is freed by its caller; it lives as long
 * as the arena that was passed in. */
#ifndef TFCHECK_BASE_ARENA_H
#define TFCHECK_BASE_ARENA_H
#include "base/str.h"
struct memory;
struct arena; /* opaque */

/* An empty arena that takes its blocks from memory, which must outlive it. */
struct arena *arena_open(struct memory *memory);

/* Run what arena_defer left, then free everything; NULL is ignored. */
void arena_close(struct arena *arena);

/* Forget everything but keep one block for reuse. What arena_defer left is run. */
void arena_reset(struct arena *arena);

/* Zeroed memory of size bytes, aligned for any type. Never NULL. Blocks never move. */
void *arena_get(struct arena *arena, size_t size);

/* Memory of size bytes, not zeroed and not aligned: for text. Never NULL. */
char *arena_get_text(struct arena *arena, size_t size);

/* Give back a large piece that arena_get returned, if it has a block of its own; else it stays until the end. */
void arena_give_back(struct arena *arena, void *piece);

/* A copy of s, followed by a NUL byte that does not count. */
struct str arena_copy(struct arena *arena, struct str s);

/* The parts one after another. Much quicker than arena_format. */
struct str arena_join(struct arena *arena, const struct str *parts, size_t count);

/* The text that printf would print. */
struct str arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3), nonnull));

/* Call run(context) when the arena is closed or reset, last come first served. */
void arena_defer(struct arena *arena, void (*run)(void *context), void *context);

/* Where the arena's blocks come from. */
struct memory *arena_memory(struct arena *arena);

/* Bytes held from the system, by which tests bound what a reading may take. */
size_t arena_size(const struct arena *arena);
#endif
