#include "base/memory.h"

#include <stdbool.h>
#include <stdlib.h>

static bool is_refused(struct memory *memory)
{
    memory->allocations++;
    return memory->fail_at != 0 && memory->allocations == memory->fail_at;
}

static void *accept_block(struct memory *memory, void *block)
{
    if (block == NULL) {
        memory->exhausted(memory->context);
        abort();
    }
    return block;
}

void *memory_get(struct memory *memory, size_t size)
{
    return accept_block(memory, is_refused(memory) ? NULL : calloc(1, size == 0 ? 1 : size));
}

void *memory_resize(struct memory *memory, void *old, size_t size)
{
    return accept_block(memory, is_refused(memory) ? NULL : realloc(old, size == 0 ? 1 : size));
}

void memory_free(struct memory *memory, void *block)
{
    (void)memory;
    free(block);
}
