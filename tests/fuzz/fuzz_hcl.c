/* Any bytes: hcl_read gives blocks and attributes in the order of their places, all within the text. */
#include "base/arena.h"
#include "base/memory.h"
#include "hcl/hcl_read.h"
#include "source/literal.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void fail_for_memory(void *context)
{
    (void)context;
    abort();
}

static void count_member(void *context, struct str key, struct str expression)
{
    require(key.p != NULL && expression.n > 0);
    ++*(size_t *)context;
}

/* Any expression may be asked for its members and for its value as a literal. */
static void check_expression(struct arena *arena, struct str expression)
{
    size_t count = 0;
    source_each_member(arena, expression, count_member, &count);
    const struct value *value = source_read_literal(arena, expression);
    require(value == NULL || value->kind != VALUE_UNKNOWN);
    require(value == NULL || value->kind != VALUE_OBJECT || value->count == count);
}

static void check_block(struct arena *arena, const struct hcl_block *block, struct str text, size_t lines)
{
    require(block->line >= 1 && block->line <= block->end_line && block->end_line <= lines && block->column >= 1);
    size_t line = block->line;
    for (const struct hcl_attribute *a = block->attributes; a != NULL; a = a->next) {
        require(a->line >= line && a->end_line >= a->line && a->end_line <= block->end_line && a->column >= 1);
        require(a->expression.n <= text.n && a->expression_line >= a->line);
        require(a->expression.n == 0 || (a->expression.p >= text.p && a->expression.p + a->expression.n <= text.p + text.n));
        check_expression(arena, a->expression);
        line = a->line;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory memory = { .exhausted = fail_for_memory };
    struct arena *arena = arena_open(&memory);
    struct str text = { (const char *)data, size };
    size_t lines = 1;
    for (size_t i = 0; i < size; i++)
        lines += data[i] == '\n';
    const struct hcl_file *file = hcl_read(arena, STR("fuzz.tf"), text);
    const struct hcl_block *block = file->root;
    while (block != NULL) {
        check_block(arena, block, text, lines);
        const struct hcl_block *next = block->blocks != NULL ? block->blocks : block->next;
        while (next == NULL && block->parent != NULL) {
            block = block->parent;
            next = block->next;
        }
        require(next == NULL || next->parent == NULL || next->line >= next->parent->line);
        block = next;
    }
    for (const struct hcl_complaint *c = file->complaints; c != NULL; c = c->next)
        require(c->line >= 1 && c->line <= lines && (c->next == NULL || c->line <= c->next->line));
    for (const struct hcl_comment *c = file->comments; c != NULL; c = c->next)
        require(c->line >= 1 && c->end_line <= lines && c->inside != NULL);
    arena_close(arena);
    return 0;
}
