#include "plan/value.h"

#include "base/arena.h"
#include "json/json_read.h"

/* A masked container and how far the walk through its mask has come. */
struct level {
    struct value *value;
    const struct value *mask;      /* the next child of the mask, or NULL */
    struct value *hint;            /* where the next child of the value probably is */
    struct str last;               /* key that was looked for before; no string = none */
    enum { ORDER_UNTRIED, ORDER_SORTED, ORDER_NONE } order; /* of the value's keys, before any was added */
};

static void mark_one(struct value *value, bool is_unknown)
{
    if (!is_unknown) {
        value->sensitive = true;
        return;
    }
    value->kind = VALUE_UNKNOWN;
    value->first = value->last = NULL;
    value->count = 0;
}

static bool is_before(struct str a, struct str b)
{
    if (a.n > 0 && b.n > 0 && a.p[0] != b.p[0])
        return (unsigned char)a.p[0] < (unsigned char)b.p[0];
    return str_compare(a, b) < 0;
}

static bool is_sorted(const struct value *object)
{
    if (object->is_partial)
        return false;
    for (const struct value *member = object->first; member != NULL && member->next != NULL; member = member->next)
        if (!is_before(member->key, member->next->key))
            return false;
    return true;
}

/* Whether no member has the key: where both sides are sorted, as Terraform writes them, its place tells. */
static bool is_surely_absent(struct level *level, struct str key)
{
    bool is_ascending = level->last.p == NULL || is_before(level->last, key);
    level->last = key;
    if (level->order == ORDER_UNTRIED)
        level->order = is_sorted(level->value) ? ORDER_SORTED : ORDER_NONE;
    if (!is_ascending)
        level->order = ORDER_NONE;
    if (level->order == ORDER_NONE)
        return false;
    while (level->hint != NULL && is_before(level->hint->key, key))
        level->hint = level->hint->next;
    return level->hint == NULL || !str_equal(level->hint->key, key);
}

static struct value *find_child(struct level *level, const struct value *mask_child)
{
    if (level->value->kind == VALUE_LIST)
        return level->hint;
    if (is_surely_absent(level, mask_child->key))
        return NULL;
    for (struct value *member = level->hint; member != NULL; member = member->next)
        if (str_equal(member->key, mask_child->key))
            return member;
    return value_find(level->value, mask_child->key);
}

static bool is_true(const struct value *mask)
{
    return mask->kind == VALUE_BOOL && mask->truth;
}

static bool has_true(const struct value *mask)
{
    const struct value *stack[JSON_DEPTH_MAX + 1];
    size_t depth = 0;
    stack[depth++] = mask->first;
    while (depth > 0) {
        const struct value *child = stack[depth - 1];
        if (child == NULL) {
            depth--;
            continue;
        }
        if (is_true(child))
            return true;
        stack[depth - 1] = child->next;
        if (child->first != NULL)
            stack[depth++] = child->first;
    }
    return false;
}

/* A child for what the mask calls unknown and the value lacks. Items before it are made too, so that it keeps its
 * place. */
static struct value *make_child(struct arena *arena, struct level *level, const struct value *mask_child)
{
    bool is_named = is_true(mask_child) || has_true(mask_child);
    if (!is_named && level->value->kind == VALUE_OBJECT)
        return NULL;
    bool is_container = mask_child->kind == VALUE_LIST || mask_child->kind == VALUE_OBJECT;
    struct value *child = value_make(arena, is_named && is_container ? mask_child->kind : VALUE_NULL);
    child->key = mask_child->key;
    value_add(level->value, child);
    return child;
}

/* The child that mask_child speaks of, or NULL. */
static struct value *get_child(struct arena *arena, struct level *level, const struct value *mask_child,
                               bool is_unknown)
{
    struct value *child = find_child(level, mask_child);
    if (child != NULL) {
        level->hint = child->next;
        bool is_hollow = child->kind == VALUE_NULL && mask_child->first != NULL;
        if (is_hollow && is_unknown && has_true(mask_child))
            child->kind = mask_child->kind;
        return child;
    }
    if (is_unknown)
        return make_child(arena, level, mask_child);
    if (level->value->kind == VALUE_LIST && (is_true(mask_child) || has_true(mask_child)))
        level->value->sensitive = true;
    return NULL;
}

/* Whether to go into value with the mask. Where they differ in form, nobody can tell which part is meant: all of it
 * is. */
static bool enters(struct value *value, const struct value *mask, bool is_unknown)
{
    if (mask->first == NULL || value->kind == VALUE_NULL || value->kind == VALUE_UNKNOWN)
        return false;
    if (value->kind == mask->kind)
        return true;
    if (has_true(mask))
        mark_one(value, is_unknown);
    return false;
}

static void mark(struct arena *arena, struct value *root, const struct value *mask, bool is_unknown)
{
    struct level stack[JSON_DEPTH_MAX + 1];
    size_t depth = 0;
    if (is_true(mask))
        mark_one(root, is_unknown);
    else if (enters(root, mask, is_unknown))
        stack[depth++] = (struct level){ .value = root, .mask = mask->first, .hint = root->first };
    while (depth > 0) {
        struct level *top = &stack[depth - 1];
        const struct value *mask_child = top->mask;
        if (mask_child == NULL) {
            depth--;
            continue;
        }
        top->mask = mask_child->next;
        struct value *child = get_child(arena, top, mask_child, is_unknown);
        if (child == NULL)
            continue;
        if (is_true(mask_child))
            mark_one(child, is_unknown);
        else if (enters(child, mask_child, is_unknown))
            stack[depth++] = (struct level){ .value = child, .mask = mask_child->first, .hint = child->first };
    }
}

void value_mark_unknown(struct arena *arena, struct value *root, const struct value *mask)
{
    mark(arena, root, mask, true);
}

void value_mark_sensitive(struct arena *arena, struct value *root, const struct value *mask)
{
    mark(arena, root, mask, false);
}
