#include "plan/value_share.h"

#include "base/arena.h"
#include "json/json_read.h"
#include "plan/value.h"

void value_shares_init(struct value_shares *shares, struct arena *arena, struct map *strings)
{
    *shares = (struct value_shares){ .arena = arena, .strings = strings };
    map_init(&shares->trees, arena);
}

/* Text that grows at its end. */
struct content {
    struct arena *scratch;
    char *p;
    size_t n, room;
};

static void put(struct content *content, const void *bytes, size_t n)
{
    if (n > content->room - content->n) {
        while (n > content->room - content->n)
            content->room = content->room == 0 ? 256 : content->room * 2;
        char *larger = arena_get_text(content->scratch, content->room);
        if (content->n > 0)
            memcpy(larger, content->p, content->n);
        content->p = larger;
    }
    memcpy(content->p + content->n, bytes, n);
    content->n += n;
}

static void put_text(struct content *content, struct str text)
{
    uint32_t n = text.p == NULL ? UINT32_MAX : (uint32_t)text.n;
    put(content, &n, sizeof n);
    if (text.p != NULL)
        put(content, text.p, text.n);
}

static void put_node(struct content *content, const struct value *value)
{
    unsigned char head = (unsigned char)((unsigned)value->kind | (value->truth ? 16U : 0U) | (value->sensitive ? 32U : 0U));
    put(content, &head, 1);
    put(content, &value->count, sizeof value->count);
    put_text(content, value->text);
}

/* Equal content means equal values: kinds, keys, texts and numbers of children, from the root down. */
static struct str content_of(struct arena *scratch, const struct value *value)
{
    const struct value *stack[JSON_DEPTH_MAX + 1];
    size_t depth = 0;
    struct content content = { .scratch = scratch };
    put_node(&content, value);
    stack[depth++] = value->first;
    while (depth > 0) {
        const struct value *child = stack[depth - 1];
        if (child == NULL) {
            depth--;
            continue;
        }
        stack[depth - 1] = child->next;
        put_text(&content, child->key);
        put_node(&content, child);
        if (child->first != NULL)
            stack[depth++] = child->first;
    }
    return (struct str){ content.p, content.n };
}

struct value *value_share(struct value_shares *shares, struct arena *scratch, const struct value *value)
{
    if (value->first == NULL)
        return value_copy(shares->arena, shares->strings, value);
    struct str content = content_of(scratch, value);
    const struct value *shared = map_find(&shares->trees, content);
    if (shared == NULL) {
        shared = value_copy(shares->arena, shares->strings, value);
        *map_get(&shares->trees, arena_copy(shares->arena, content)) = (void *)(uintptr_t)shared;
    }
    struct value *copy = value_make(shares->arena, value->kind);
    *copy = *shared;
    copy->next = NULL;
    if (value->key.p != NULL)
        copy->key = map_intern(shares->strings, value->key);
    return copy;
}
