#include "base/arena.h"

#include "base/memory.h"

#include <assert.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ASAN 1
#endif
#endif
#ifdef HAS_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 262144, ALIGNMENT = _Alignof(max_align_t) };

struct block {
    struct block *older;
    size_t size; /* bytes of payload */
    size_t used;
    size_t written; /* bytes that may not be zero any more */
    bool is_own; /* it was made for one large piece */
    max_align_t payload[];
};

struct deferred {
    struct deferred *older;
    void (*run)(void *);
    void *context;
};

struct arena {
    struct memory *memory;
    struct block *block; /* the newest, from which is given */
    struct deferred *deferred;
    size_t held;
};

static struct block *add_block(struct arena *arena, size_t at_least)
{
    size_t size = arena->block == NULL ? FIRST_BLOCK : arena->block->size * 2;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    bool is_own = arena->block != NULL && at_least > LARGEST_BLOCK / 4;
    if (is_own || size < at_least)
        size = at_least;
    struct block *block = memory_get(arena->memory, sizeof *block + size);
    block->size = size;
    block->is_own = is_own;
    /* a block made for one large thing goes behind the current one, whose rest stays of use */
    if (is_own) {
        block->older = arena->block->older;
        arena->block->older = block;
    } else {
        block->older = arena->block;
        arena->block = block;
    }
    arena->held += size;
    POISON(block->payload, size);
    return block;
}

struct arena *arena_open(struct memory *memory)
{
    struct arena *arena = memory_get(memory, sizeof *arena);
    arena->memory = memory;
    return arena;
}

static void run_deferred(struct arena *arena)
{
    while (arena->deferred != NULL) {
        struct deferred *last = arena->deferred;
        arena->deferred = last->older;
        last->run(last->context);
    }
}

static void free_blocks(struct arena *arena, struct block *block)
{
    while (block != NULL) {
        struct block *older = block->older;
        UNPOISON(block->payload, block->size);
        arena->held -= block->size;
        memory_free(arena->memory, block);
        block = older;
    }
}

void arena_close(struct arena *arena)
{
    if (arena == NULL)
        return;
    run_deferred(arena);
    free_blocks(arena, arena->block);
    memory_free(arena->memory, arena);
}

void arena_reset(struct arena *arena)
{
    run_deferred(arena);
    if (arena->block == NULL)
        return;
    free_blocks(arena, arena->block->older);
    arena->block->older = NULL;
    POISON(arena->block->payload, arena->block->size);
    if (arena->block->written < arena->block->used)
        arena->block->written = arena->block->used;
    arena->block->used = 0;
}

/* alignment is a power of two */
static inline char *take(struct arena *arena, size_t size, size_t alignment)
{
    assert(size < SIZE_MAX / 2);
    struct block *block = arena->block;
    size_t start = block == NULL ? 0 : (block->used + alignment - 1) & ~(alignment - 1);
    if (block == NULL || size > block->size || start > block->size - size) {
        block = add_block(arena, size);
        start = 0;
    }
    block->used = start + size;
    char *place = (char *)block->payload + start;
    UNPOISON(place, size);
    return place;
}

void *arena_get(struct arena *arena, size_t size)
{
    char *place = take(arena, size, ALIGNMENT);
    const struct block *block = arena->block;
    bool is_fresh = place < (const char *)block->payload || place >= (const char *)block->payload + block->written;
    return is_fresh ? place : memset(place, 0, size);
}

char *arena_get_text(struct arena *arena, size_t size)
{
    return take(arena, size, 1);
}

void arena_give_back(struct arena *arena, void *piece)
{
    for (struct block **place = &arena->block; *place != NULL; place = &(*place)->older) {
        struct block *block = *place;
        if ((void *)block->payload != piece || !block->is_own)
            continue;
        *place = block->older;
        arena->held -= block->size;
        UNPOISON(block->payload, block->size);
        memory_free(arena->memory, block);
        return;
    }
}

struct str arena_copy(struct arena *arena, struct str s)
{
    char *copy = arena_get_text(arena, s.n + 1);
    if (s.n > 0)
        memcpy(copy, s.p, s.n);
    copy[s.n] = '\0';
    return (struct str){ copy, s.n };
}

struct str arena_join(struct arena *arena, const struct str *parts, size_t count)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += parts[i].n;
    char *text = arena_get_text(arena, n + 1);
    char *end = text;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].n > 0)
            memcpy(end, parts[i].p, parts[i].n);
        end += parts[i].n;
    }
    *end = '\0';
    return (struct str){ text, n };
}

struct str arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    assert(n >= 0);
    char *text = arena_get_text(arena, (size_t)n + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)n + 1, format, arguments);
    va_end(arguments);
    return (struct str){ text, (size_t)n };
}

void arena_defer(struct arena *arena, void (*run)(void *context), void *context)
{
    struct deferred *deferred = arena_get(arena, sizeof *deferred);
    *deferred = (struct deferred){ arena->deferred, run, context };
    arena->deferred = deferred;
}

struct memory *arena_memory(struct arena *arena)
{
    return arena->memory;
}

size_t arena_size(const struct arena *arena)
{
    return arena->held;
}
