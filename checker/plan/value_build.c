#include "plan/value_build.h"

#include "base/arena.h"

void value_build_start(struct value_builder *builder, struct arena *arena)
{
    builder->arena = arena;
    builder->depth = 0;
    builder->key = (struct str){ NULL, 0 };
    builder->root = NULL;
    builder->is_done = false;
}

static struct value *add_node(struct value_builder *builder, enum value_kind kind)
{
    struct value *value = value_make(builder->arena, kind);
    if (builder->depth == 0) {
        builder->root = value;
        return value;
    }
    struct value *parent = builder->open[builder->depth - 1];
    if (parent->kind == VALUE_OBJECT)
        value->key = builder->key;
    value_add(parent, value);
    return value;
}

void value_build_leaf(struct value_builder *builder, enum value_kind kind, struct str text, bool truth)
{
    struct value *value = add_node(builder, kind);
    if (kind == VALUE_STRING || kind == VALUE_NUMBER)
        value->text = arena_copy(builder->arena, text);
    value->truth = truth;
    builder->is_done = builder->depth == 0;
}

void value_build_key(struct value_builder *builder, struct str name)
{
    builder->key = arena_copy(builder->arena, name);
}

void value_build_open(struct value_builder *builder, enum value_kind kind)
{
    struct value *value = add_node(builder, kind);
    builder->open[builder->depth++] = value;
}

void value_build_close(struct value_builder *builder)
{
    builder->depth--;
    builder->is_done = builder->depth == 0;
}

static bool on_null(void *context)
{
    value_build_leaf(context, VALUE_NULL, (struct str){ NULL, 0 }, false);
    return true;
}

static bool on_boolean(void *context, bool value)
{
    value_build_leaf(context, VALUE_BOOL, (struct str){ NULL, 0 }, value);
    return true;
}

static bool on_number(void *context, struct str text)
{
    value_build_leaf(context, VALUE_NUMBER, text, false);
    return true;
}

static bool on_string(void *context, struct str text)
{
    value_build_leaf(context, VALUE_STRING, text, false);
    return true;
}

static bool on_key(void *context, struct str name)
{
    value_build_key(context, name);
    return true;
}

static bool on_open_object(void *context)
{
    value_build_open(context, VALUE_OBJECT);
    return true;
}

static bool on_open_array(void *context)
{
    value_build_open(context, VALUE_LIST);
    return true;
}

static bool on_close(void *context)
{
    value_build_close(context);
    return true;
}

struct value *value_read(struct arena *arena, struct str text, struct error *error)
{
    static const struct json_events events = { on_null, on_boolean, on_number,     on_string, on_key, on_open_object,
                                               on_close, on_open_array, on_close };
    struct value_builder *builder = arena_get(arena, sizeof *builder);
    value_build_start(builder, arena);
    return json_read_all(arena, &events, builder, text, error) ? builder->root : NULL;
}
