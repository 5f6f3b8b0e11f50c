#include "base/arena.h"
#include "base/vec.h"
#include "rules/declared.h"

/* Where the search stands in one block. */
struct frame {
    struct declared_block *block;
    size_t next; /* reference to follow */
};

struct search {
    struct declarations *declarations;
    struct frame *frames;
    size_t depth, frame_capacity;
    struct declared_block **open; /* blocks whose group is not complete */
    size_t open_count, open_capacity;
    size_t number;
};

static struct declared_block *target_of(const struct search *search, const struct declared_block *block,
                                        size_t reference)
{
    struct str address;
    return declared_find(search->declarations, block->references[reference].reference, &address);
}

static void enter(struct search *search, struct declared_block *block)
{
    struct arena *arena = search->declarations->arena;
    block->number = block->low = ++search->number;
    block->is_open = true;
    search->frames = vec_grow(arena, search->frames, search->depth, &search->frame_capacity, sizeof *search->frames);
    search->frames[search->depth++] = (struct frame){ block, 0 };
    search->open = vec_grow(arena, search->open, search->open_count, &search->open_capacity, sizeof *search->open);
    search->open[search->open_count++] = block;
}

/* A shortest way around from the first block of a group back to it: breadth first within the group. */
static size_t find_circle(const struct search *search, struct declared_block **group, size_t count,
                          struct declared_block **circle)
{
    struct arena *arena = search->declarations->arena;
    struct map reached; /* address -> the block before it */
    struct declared_block **queue = arena_get(arena, (count + 1) * sizeof(struct declared_block *));
    size_t head = 0, tail = 0;
    struct map members;
    map_init(&reached, arena);
    map_init(&members, arena);
    for (size_t i = 0; i < count; i++)
        *map_get(&members, group[i]->address) = group[i];
    queue[tail++] = group[0];
    while (head < tail) {
        struct declared_block *block = queue[head++];
        for (size_t i = 0; i < block->count; i++) {
            struct declared_block *target = target_of(search, block, i);
            if (target == NULL || target == block || map_find(&members, target->address) == NULL)
                continue;
            if (target == group[0]) {
                size_t n = 0;
                for (struct declared_block *step = block; step != NULL; step = map_find(&reached, step->address))
                    circle[n++] = step;
                return n;
            }
            void **place = map_get(&reached, target->address);
            if (*place == NULL) {
                *place = block;
                queue[tail++] = target;
            }
        }
    }
    return 0;
}

static void report_group(struct search *search, struct declared_block **group, size_t count)
{
    struct declarations *declarations = search->declarations;
    struct arena *arena = declarations->arena;
    struct declared_block **circle = arena_get(arena, (count + 1) * sizeof(struct declared_block *));
    for (size_t i = 1; i < count; i++) /* begin with the first by address, so that the message is always the same */
        if (str_compare(group[i]->address, group[0]->address) < 0) {
            struct declared_block *first = group[i];
            group[i] = group[0];
            group[0] = first;
        }
    size_t n = find_circle(search, group, count, circle);
    struct str text = STR("");
    struct str *addresses = arena_get(arena, (n + 1) * sizeof *addresses);
    for (size_t i = n; i > 0; i--) {
        text = arena_format(arena, "%.*s%.*s -> ", STR_ARG(text), STR_ARG(circle[i - 1]->address));
        addresses[n - i] = circle[i - 1]->address;
    }
    struct finding finding = { .address = group[0]->address, .verdict = VERDICT_FAIL };
    finding.message = arena_format(arena, "depends on itself: %.*s%.*s", STR_ARG(text), STR_ARG(group[0]->address));
    finding.related = addresses;
    finding.related_count = n;
    declarations->report(declarations->context, DECLARED_CYCLE, finding);
}

/* All blocks reached from this one are done: take the group that it closes, if any. */
static void leave(struct search *search)
{
    struct declared_block *block = search->frames[--search->depth].block;
    if (search->depth > 0) {
        struct declared_block *outer = search->frames[search->depth - 1].block;
        if (block->low < outer->low)
            outer->low = block->low;
    }
    if (block->low != block->number)
        return;
    size_t end = search->open_count;
    while (search->open[search->open_count - 1] != block)
        search->open[--search->open_count]->is_open = false;
    search->open[--search->open_count]->is_open = false;
    if (end - search->open_count > 1)
        report_group(search, search->open + search->open_count, end - search->open_count);
}

/* Groups of blocks that reach each other (Tarjan, Depth-first search and linear graph algorithms, 1972). */
void declared_check_cycles(struct declarations *declarations)
{
    struct search search = { .declarations = declarations };
    const struct map *blocks = &declarations->blocks;
    for (size_t i = 0; i < blocks->count; i++) {
        struct declared_block *root = blocks->entries[i].value;
        if (root->number == 0)
            enter(&search, root);
        while (search.depth > 0) {
            struct frame *top = &search.frames[search.depth - 1];
            if (top->next == top->block->count) {
                leave(&search);
                continue;
            }
            struct declared_block *target = target_of(&search, top->block, top->next++);
            if (target == NULL || target == top->block)
                continue;
            if (target->number == 0)
                enter(&search, target);
            else if (target->is_open && target->number < top->block->low)
                top->block->low = target->number;
        }
    }
}
