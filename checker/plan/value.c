#include "plan/value.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/number.h"
#include "json/json_read.h"

struct value *value_make(struct arena *arena, enum value_kind kind)
{
    struct value *value = arena_get(arena, sizeof *value);
    value->kind = kind;
    return value;
}

struct value *value_make_string(struct arena *arena, struct str text)
{
    struct value *value = value_make(arena, VALUE_STRING);
    value->text = text;
    return value;
}

void value_add(struct value *parent, struct value *child)
{
    if (parent->last == NULL)
        parent->first = child;
    else
        parent->last->next = child;
    parent->last = child;
    parent->count++;
}

struct value *value_find(const struct value *object, struct str key)
{
    if (object == NULL || object->kind != VALUE_OBJECT)
        return NULL;
    for (struct value *member = object->first; member != NULL; member = member->next)
        if (str_equal(member->key, key))
            return member;
    return object->is_partial ? object->last : NULL;
}

struct str value_find_text(const struct value *object, struct str key)
{
    const struct value *member = value_find(object, key);
    return member != NULL && member->kind == VALUE_STRING ? member->text : (struct str){ NULL, 0 };
}

bool value_find_truth(const struct value *object, struct str key)
{
    const struct value *member = value_find(object, key);
    return member != NULL && member->kind == VALUE_BOOL && member->truth;
}

struct value *value_item(const struct value *list, size_t index)
{
    if (list == NULL || list->kind != VALUE_LIST)
        return NULL;
    struct value *item = list->first;
    while (item != NULL && index-- > 0)
        item = item->next;
    return item;
}

/* A node met on the way down, and the one whose turn it is among its children. */
struct step {
    const struct value *from;
    struct value *to;
};

static struct value *copy_node(struct arena *arena, struct map *strings, const struct value *value)
{
    struct value *copy = value_make(arena, value->kind);
    copy->truth = value->truth;
    copy->sensitive = value->sensitive;
    copy->is_hidden = value->is_hidden;
    copy->is_partial = value->is_partial;
    copy->is_of_blocks = value->is_of_blocks;
    if (value->key.p != NULL)
        copy->key = strings != NULL ? map_intern(strings, value->key) : arena_copy(arena, value->key);
    if (value->text.p != NULL)
        copy->text = strings != NULL ? map_intern(strings, value->text) : arena_copy(arena, value->text);
    return copy;
}

struct value *value_copy(struct arena *arena, struct map *strings, const struct value *value)
{
    struct step stack[JSON_DEPTH_MAX + 1];
    size_t depth = 0;
    struct value *root = copy_node(arena, strings, value);
    stack[depth++] = (struct step){ value->first, root };
    while (depth > 0) {
        struct step *top = &stack[depth - 1];
        const struct value *child = top->from;
        if (child == NULL) {
            depth--;
            continue;
        }
        top->from = child->next;
        struct value *copy = copy_node(arena, strings, child);
        value_add(top->to, copy);
        if (child->first != NULL)
            stack[depth++] = (struct step){ child->first, copy };
    }
    return root;
}

bool value_has_unknown(const struct value *value)
{
    const struct value *stack[JSON_DEPTH_MAX + 1];
    size_t depth = 0;
    if (value->kind == VALUE_UNKNOWN)
        return true;
    stack[depth++] = value->first;
    while (depth > 0) {
        const struct value *child = stack[depth - 1];
        if (child == NULL) {
            depth--;
            continue;
        }
        if (child->kind == VALUE_UNKNOWN)
            return true;
        stack[depth - 1] = child->next;
        if (child->first != NULL)
            stack[depth++] = child->first;
    }
    return false;
}

static bool equal_leaf(const struct value *a, const struct value *b)
{
    switch (a->kind) {
    case VALUE_NULL: return true;
    case VALUE_BOOL: return a->truth == b->truth;
    case VALUE_NUMBER: return number_compare(a->text, b->text) == 0;
    case VALUE_STRING: return str_equal(a->text, b->text);
    case VALUE_LIST:
    case VALUE_OBJECT: return a->count == b->count;
    case VALUE_UNKNOWN: return false;
    }
    return false;
}

bool value_equal(const struct value *a, const struct value *b)
{
    struct pair {
        const struct value *next_a, *next_b, *parent_b;
    } stack[JSON_DEPTH_MAX + 1];
    size_t depth = 0;
    if (a->kind != b->kind || !equal_leaf(a, b))
        return false;
    stack[depth++] = (struct pair){ a->first, b->first, b };
    while (depth > 0) {
        struct pair *top = &stack[depth - 1];
        if (top->next_a == NULL) {
            depth--;
            continue;
        }
        const struct value *child = top->next_a;
        const struct value *other = top->next_b;
        if (top->parent_b->kind == VALUE_OBJECT && (other == NULL || !str_equal(other->key, child->key)))
            other = value_find(top->parent_b, child->key);
        if (other == NULL || child->kind != other->kind || !equal_leaf(child, other))
            return false;
        top->next_a = child->next;
        if (top->next_b != NULL)
            top->next_b = top->next_b->next;
        if (child->first != NULL)
            stack[depth++] = (struct pair){ child->first, other->first, other };
    }
    return true;
}

struct str value_list_keys(struct map *strings, const struct value *object, bool (*holds)(const struct value *member))
{
    char text[4096];
    size_t n = 0;
    for (const struct value *member = object == NULL ? NULL : object->first; member != NULL; member = member->next) {
        if ((holds != NULL && !holds(member)) || n + member->key.n + 2 > sizeof text)
            continue;
        if (n == 0)
            text[n++] = '\n';
        memcpy(text + n, member->key.p, member->key.n);
        n += member->key.n;
        text[n++] = '\n';
    }
    return n == 0 ? (struct str){ "", 0 } : map_intern(strings, (struct str){ text, n });
}
