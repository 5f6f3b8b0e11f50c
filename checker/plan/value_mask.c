#include "plan/value.h"

#include "base/arena.h"
#include "json/json_read.h"

/* A masked container and how far the walk through its mask has come. */
struct level {
    struct value *value;
    const struct value *mask;      /* the next child of the mask, or NULL */
    struct value *hint;            /* where the next child of the value probably is */
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

static struct value *find_child(struct level *level, const struct value *mask_child)
{
    if (level->value->kind == VALUE_LIST)
        return level->hint;
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

/* The child that mask_child speaks of. An unknown child may be missing from the value and is then made. */
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
    if (!is_unknown || !(is_true(mask_child) || has_true(mask_child)))
        return NULL;
    child = value_make(arena, mask_child->kind == VALUE_LIST ? VALUE_LIST : VALUE_OBJECT);
    child->key = mask_child->key;
    value_add(level->value, child);
    return child;
}

static void mark(struct arena *arena, struct value *root, const struct value *mask, bool is_unknown)
{
    struct level stack[JSON_DEPTH_MAX + 1];
    size_t depth = 0;
    if (is_true(mask)) {
        mark_one(root, is_unknown);
        return;
    }
    stack[depth++] = (struct level){ root, mask->first, root->first };
    while (depth > 0) {
        struct level *top = &stack[depth - 1];
        const struct value *mask_child = top->mask;
        if (mask_child == NULL) {
            depth--;
            continue;
        }
        top->mask = mask_child->next;
        if (top->value->kind != VALUE_LIST && top->value->kind != VALUE_OBJECT)
            continue;
        struct value *child = get_child(arena, top, mask_child, is_unknown);
        if (child == NULL)
            continue;
        if (is_true(mask_child))
            mark_one(child, is_unknown);
        else if (mask_child->first != NULL)
            stack[depth++] = (struct level){ child, mask_child->first, child->first };
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
