/* Any bytes: yaml_read refuses them with a place inside the text, or gives a tree that keeps its promises. */
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"
#include "yaml/yaml_read.h"

#include <stdlib.h>

enum { DEEPEST = 64 };

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

static size_t count_lines(struct str text)
{
    size_t lines = 1;
    for (size_t i = 0; i < text.n; i++)
        lines += text.p[i] == '\n' || text.p[i] == '\r';
    return lines;
}

static void check_node(const struct yaml_node *node, const struct yaml_node *parent, size_t lines, size_t bytes)
{
    require(node->line >= 1 && node->line <= lines && node->column >= 1 && node->column <= bytes + 1);
    bool is_member = parent != NULL && parent->kind == YAML_MAP;
    require(is_member == (node->key.p != NULL));
    if (is_member)
        require(node->key_line >= 1 && node->key_line <= node->line && yaml_find(parent, node->key) == node);
    if (node->kind == YAML_NUMBER)
        require(number_is_valid(node->text));
    size_t count = 0;
    for (const struct yaml_node *child = node->first; child != NULL; child = child->next)
        count++;
    require(count == node->count && (node->kind == YAML_LIST || node->kind == YAML_MAP || count == 0));
}

static void check_tree(const struct yaml_node *root, struct str text)
{
    const struct yaml_node *path[DEEPEST + 1] = { root };
    size_t depth = 1, lines = count_lines(text);
    check_node(root, NULL, lines, text.n);
    while (depth > 0) {
        const struct yaml_node *next = path[depth - 1]->first;
        while (next == NULL && depth > 0) {
            next = path[--depth]->next;
            if (depth == 0)
                return;
        }
        require(depth <= DEEPEST);
        path[depth++] = next;
        check_node(next, path[depth - 2], lines, text.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory memory = { .exhausted = fail_for_memory };
    struct arena *arena = arena_open(&memory);
    struct str text = { (const char *)data, size };
    struct error error = { .code = ERROR_NONE };
    const struct yaml_node *root = yaml_read(arena, STR("fuzz.yaml"), text, &error);
    require((root == NULL) == (error.code == ERROR_POLICY));
    if (root != NULL)
        check_tree(root, text);
    else
        require(error.line >= 1 && error.line <= count_lines(text) && error.column >= 1 && error.column <= size + 1 &&
                !str_starts_with(str_from(error.text), STR("cannot read on")));
    arena_close(arena);
    return 0;
}
