#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "json/json_write.h"
#include "plan/value.h"
#include "schema/schema.h"
#include "schema/schema_import.h"

/* Blocks shorter than this are written wherever they stand. */
enum { SHARED_SHORTEST = 400 };

/* A block, once for all places that have the same. */
struct shape {
    const struct value *block; /* of the provider's schema */
    const struct value *facts; /* the same block of the earlier snippet, or NULL */
    struct shape **nested;     /* of its block_types, in their order */
    size_t nested_count;
    size_t number;             /* from 1, in the order they came up */
    size_t uses;               /* places in other shapes */
    size_t size;               /* of its text, with those of its nested blocks */
    struct str text;           /* what it is recognised by */
    struct str name;           /* in "blocks"; no string = it is not shared, or not written yet */
};

/* The depth is that of the JSON, which is bounded. */
struct render {
    struct arena *arena;
    const struct value *old;
    struct map shapes; /* text -> struct shape */
    struct map names;  /* name in "blocks" -> struct shape */
    struct {
        struct shape **items;
        size_t count, capacity;
    } shared; /* those that have a name, in the order they came up */
    struct json_writer *writer;
};

struct text {
    struct arena *arena;
    char *p;
    size_t n, room;
};

static bool add_text(void *context, struct str part)
{
    struct text *text = context;
    if (text->room - text->n < part.n) {
        text->room = text->room * 2 + part.n;
        char *larger = arena_get_text(text->arena, text->room);
        if (text->n > 0)
            memcpy(larger, text->p, text->n);
        text->p = larger;
    }
    memcpy(text->p + text->n, part.p, part.n);
    text->n += part.n;
    return true;
}

/* Prose, and what only an earlier snippet may say. */
static bool is_left_out(const struct value *member)
{
    return (member->kind == VALUE_STRING && str_starts_with(member->key, STR("description"))) ||
           str_equal(member->key, STR("constraints"));
}

static void write_value(struct json_writer *writer, const struct value *value)
{
    switch (value->kind) {
    case VALUE_NULL:
    case VALUE_UNKNOWN: json_write_null(writer); return;
    case VALUE_BOOL: json_write_bool(writer, value->truth); return;
    case VALUE_NUMBER: json_write_number(writer, value->text); return;
    case VALUE_STRING: json_write_string(writer, value->text); return;
    case VALUE_LIST: json_write_open_array(writer); break;
    case VALUE_OBJECT: json_write_open_object(writer); break;
    }
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        if (value->kind == VALUE_OBJECT && child->kind == VALUE_STRING && str_starts_with(child->key, STR("description")))
            continue;
        if (value->kind == VALUE_OBJECT)
            json_write_key_str(writer, child->key);
        write_value(writer, child);
    }
    if (value->kind == VALUE_OBJECT)
        json_write_close_object(writer);
    else
        json_write_close_array(writer);
}

/* The facts on an argument, a nested block or a block; each on a line of its own when is_tall. */
static void write_facts(struct json_writer *writer, const struct value *facts, bool is_tall)
{
    const struct value *list = value_find(facts, STR("constraints"));
    if (list == NULL || list->kind != VALUE_LIST)
        return;
    json_write_key(writer, "constraints");
    if (!is_tall) {
        write_value(writer, list);
        return;
    }
    json_write_flat(writer, false);
    json_write_open_array(writer);
    json_write_flat(writer, true);
    for (const struct value *one = list->first; one != NULL; one = one->next)
        write_value(writer, one);
    json_write_close_array(writer);
    json_write_flat(writer, false);
}

static void write_attributes(struct json_writer *writer, const struct value *attributes, const struct value *facts)
{
    json_write_key(writer, "attributes");
    json_write_open_object(writer);
    json_write_flat(writer, true);
    for (const struct value *one = attributes->first; one != NULL; one = one->next) {
        json_write_key_str(writer, one->key);
        json_write_open_object(writer);
        for (const struct value *member = one->first; member != NULL; member = member->next) {
            if (is_left_out(member))
                continue;
            json_write_key_str(writer, member->key);
            write_value(writer, member);
        }
        write_facts(writer, value_find(facts, one->key), false);
        json_write_close_object(writer);
    }
    json_write_flat(writer, false);
    json_write_close_object(writer);
}

static void write_shape(struct render *render, const struct shape *shape);

/* A shape that several places have gets a name when the first of them is written. */
static struct str find_name(struct render *render, struct shape *shape, struct str wanted)
{
    if (shape->uses < 2 || shape->size < SHARED_SHORTEST)
        return (struct str){ NULL, 0 };
    struct str name = wanted;
    for (int number = 2; shape->name.p == NULL; number++) {
        void **place = map_get(&render->names, name);
        if (*place == NULL) {
            *place = shape;
            shape->name = name;
            VEC_ADD(render->arena, &render->shared, shape);
        }
        name = arena_format(render->arena, "%.*s-%d", STR_ARG(wanted), number);
    }
    return shape->name;
}

static void write_nested(struct render *render, const struct value *nested, struct shape *shape,
                         const struct value *facts)
{
    struct json_writer *writer = render->writer;
    json_write_key_str(writer, nested->key);
    json_write_open_object(writer);
    for (const struct value *member = nested->first; member != NULL; member = member->next) {
        if (is_left_out(member) || str_equal(member->key, STR("block")))
            continue;
        json_write_key_str(writer, member->key);
        write_value(writer, member);
    }
    json_write_flat(writer, true);
    write_facts(writer, facts, false);
    json_write_flat(writer, false);
    struct str name = find_name(render, shape, nested->key);
    json_write_key(writer, "block");
    if (name.p != NULL)
        json_write_string(writer, name);
    else
        write_shape(render, shape);
    json_write_close_object(writer);
}

static void write_shape(struct render *render, const struct shape *shape)
{
    struct json_writer *writer = render->writer;
    size_t number = 0;
    json_write_open_object(writer);
    for (const struct value *member = shape->block->first; member != NULL; member = member->next) {
        if (is_left_out(member))
            continue;
        if (str_equal(member->key, STR("attributes"))) {
            write_attributes(writer, member, value_find(shape->facts, STR("attributes")));
            continue;
        }
        json_write_key_str(writer, member->key);
        if (!str_equal(member->key, STR("block_types"))) {
            write_value(writer, member);
            continue;
        }
        json_write_open_object(writer);
        const struct value *facts = value_find(shape->facts, STR("block_types"));
        for (const struct value *nested = member->first; nested != NULL; nested = nested->next)
            write_nested(render, nested, shape->nested[number++], value_find(facts, nested->key));
        json_write_close_object(writer);
    }
    write_facts(writer, shape->facts, true);
    json_write_close_object(writer);
}

/* What a block is recognised by: all that would be written, with the numbers of its nested blocks' shapes. */
static struct str describe(struct render *render, const struct shape *shape)
{
    struct text text = { .arena = render->arena };
    struct json_writer *writer = json_write_open(render->arena, add_text, &text, 0);
    size_t number = 0;
    json_write_open_array(writer);
    for (const struct value *member = shape->block->first; member != NULL; member = member->next) {
        bool is_blocks = str_equal(member->key, STR("block_types"));
        if (!is_blocks && !is_left_out(member)) {
            json_write_string(writer, member->key);
            write_value(writer, member);
        }
        for (const struct value *nested = is_blocks ? member->first : NULL; nested != NULL; nested = nested->next) {
            json_write_string(writer, nested->key);
            json_write_size(writer, shape->nested[number++]->number);
            for (const struct value *part = nested->first; part != NULL; part = part->next)
                if (!str_equal(part->key, STR("block")))
                    write_value(writer, part);
            const struct value *facts = value_find(value_find(shape->facts, STR("block_types")), nested->key);
            if (value_find(facts, STR("constraints")) != NULL)
                write_value(writer, value_find(facts, STR("constraints")));
        }
    }
    const struct value *facts = value_find(shape->facts, STR("attributes"));
    for (const struct value *one = facts == NULL ? NULL : facts->first; one != NULL; one = one->next)
        if (value_find(one, STR("constraints")) != NULL) {
            json_write_string(writer, one->key);
            write_value(writer, value_find(one, STR("constraints")));
        }
    if (value_find(shape->facts, STR("constraints")) != NULL)
        write_value(writer, value_find(shape->facts, STR("constraints")));
    json_write_close_array(writer);
    json_write_close(writer);
    return (struct str){ text.p, text.n };
}

static struct shape *find_shape(struct render *render, const struct value *block, const struct value *facts)
{
    static const struct value empty = { .kind = VALUE_OBJECT };
    if (block == NULL || block->kind != VALUE_OBJECT)
        block = &empty;
    const struct value *types = value_find(block, STR("block_types"));
    struct shape *shape = arena_get(render->arena, sizeof *shape);
    *shape = (struct shape){ .block = block, .facts = facts };
    shape->nested = arena_get(render->arena, ((types == NULL ? 0 : types->count) + 1) * sizeof(struct shape *));
    for (const struct value *nested = types == NULL ? NULL : types->first; nested != NULL; nested = nested->next) {
        const struct value *old = value_find(value_find(facts, STR("block_types")), nested->key);
        shape->nested[shape->nested_count++] = find_shape(render, value_find(nested, STR("block")),
                                                          schema_raw_block(render->old, old));
    }
    shape->text = describe(render, shape);
    void **place = map_get(&render->shapes, shape->text);
    if (*place != NULL)
        return *place;
    *place = shape;
    shape->number = render->shapes.count;
    shape->size = shape->text.n;
    for (size_t i = 0; i < shape->nested_count; i++) {
        shape->nested[i]->uses++;
        shape->size += shape->nested[i]->size;
    }
    return shape;
}

/* Members of an earlier snippet that the provider's schema knows nothing of. */
static void write_kept(struct render *render, const char *key)
{
    const struct value *kept = value_find(render->old, str_from(key));
    if (kept == NULL)
        return;
    json_write_key(render->writer, key);
    write_value(render->writer, kept);
}

struct str schema_import_render(struct arena *arena, const struct value *raw, const struct value *old, struct str source)
{
    struct render render = { .arena = arena, .old = old };
    struct text text = { .arena = arena };
    map_init(&render.shapes, arena);
    map_init(&render.names, arena);
    const struct value *block = value_find(raw, STR("block")), *version = value_find(raw, STR("version"));
    struct shape *root = find_shape(&render, block, value_find(old, STR("block")));
    struct json_writer *writer = render.writer = json_write_open(arena, add_text, &text, 1);
    json_write_open_object(writer);
    if (source.p != NULL) {
        json_write_key(writer, "source_address");
        json_write_string(writer, source);
        write_kept(&render, "provider_version");
        write_kept(&render, "sources");
    }
    write_kept(&render, "name_attribute");
    if (version != NULL) {
        json_write_key(writer, "version");
        write_value(writer, version);
    }
    json_write_key(writer, "block");
    write_shape(&render, root);
    for (size_t i = 0; i < render.shared.count; i++) {
        if (i == 0) {
            json_write_key(writer, "blocks");
            json_write_open_object(writer);
        }
        json_write_key_str(writer, render.shared.items[i]->name);
        write_shape(&render, render.shared.items[i]);
    }
    if (render.shared.count > 0)
        json_write_close_object(writer);
    json_write_close_object(writer);
    json_write_close(writer);
    return (struct str){ text.p, text.n };
}
