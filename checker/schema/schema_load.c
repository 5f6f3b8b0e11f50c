#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/number.h"
#include "match/regex.h"
#include "plan/value.h"
#include "plan/value_build.h"
#include "schema/schema.h"

#include <stdlib.h>

enum { LARGEST_COUNT = 1000000, DEEPEST_SHARED = 64 };

/* The depth of all that is loaded is that of the JSON, which is bounded. */
struct loading {
    struct arena *arena;
    struct str file;
    struct error *error;
    const struct value *snippet;
    struct map shared; /* name in "blocks" -> struct schema_block */
    int depth;         /* of blocks in "blocks" that are being loaded */
};

static bool fail(const struct loading *loading, struct str name, const char *what)
{
    return error_set_at(loading->error, ERROR_POLICY, loading->file, 0, 0, "\"%.*s\": %s", STR_ARG(name), what);
}

static const struct schema_type *load_type(const struct loading *loading, const struct value *value)
{
    static const struct {
        struct str name;
        enum schema_type_kind kind;
    } rows[] = {
        { STR_INIT("string"), TYPE_STRING }, { STR_INIT("number"), TYPE_NUMBER }, { STR_INIT("bool"), TYPE_BOOL },
        { STR_INIT("list"), TYPE_LIST },     { STR_INIT("set"), TYPE_SET },       { STR_INIT("map"), TYPE_MAP },
        { STR_INIT("object"), TYPE_OBJECT }, { STR_INIT("tuple"), TYPE_TUPLE },
    };
    struct schema_type *type = arena_get(loading->arena, sizeof *type);
    const struct value *name = value->kind == VALUE_LIST ? value->first : value;
    for (size_t i = 0; name != NULL && i < sizeof rows / sizeof rows[0]; i++)
        if (str_equal(rows[i].name, name->text))
            type->kind = rows[i].kind;
    const struct value *inner = value->kind == VALUE_LIST && name != NULL ? name->next : NULL;
    if (inner == NULL)
        return type;
    if (type->kind == TYPE_LIST || type->kind == TYPE_SET || type->kind == TYPE_MAP)
        type->element = load_type(loading, inner);
    if (type->kind != TYPE_OBJECT || inner->kind != VALUE_OBJECT)
        return type;
    struct schema_field *fields = arena_get(loading->arena, (inner->count + 1) * sizeof *fields);
    for (const struct value *member = inner->first; member != NULL; member = member->next)
        fields[type->field_count++] = (struct schema_field){ member->key, load_type(loading, member) };
    type->fields = fields;
    return type;
}

static struct str bound(const struct value *list, size_t index)
{
    const struct value *item = value_item(list, index);
    return item != NULL && item->kind == VALUE_NUMBER ? item->text : (struct str){ NULL, 0 };
}

static const struct str *load_texts(const struct loading *loading, const struct value *list, size_t *count)
{
    struct str *texts = arena_get(loading->arena, (list->count + 1) * sizeof *texts);
    *count = 0;
    for (const struct value *item = list->first; item != NULL; item = item->next)
        if (item->kind == VALUE_STRING)
            texts[(*count)++] = item->text;
    return texts;
}

/* Whether pattern is ^[...]+$ or ^[...]*$ with one set. */
static bool is_charset(struct str pattern)
{
    if (pattern.n < 6 || !str_starts_with(pattern, STR("^[")) || pattern.p[2] == '^' ||
        (!str_ends_with(pattern, STR("]+$")) && !str_ends_with(pattern, STR("]*$"))))
        return false;
    for (size_t i = 2; i + 3 < pattern.n; i++) {
        if (pattern.p[i] == '\\')
            i++;
        else if (pattern.p[i] == ']' && i > 2)
            return false;
    }
    return true;
}

/* One constraint of an argument: an object whose first member names it. */
static bool load_constraint(const struct loading *loading, struct str name, const struct value *value,
                            struct schema_constraint *constraint)
{
    const struct value *what = value->kind == VALUE_OBJECT ? value->first : NULL;
    if (what == NULL || !schema_constraint_find(what->key, &constraint->kind))
        return fail(loading, name, "a constraint begins with enum, range, length, items, pattern, form or not_empty");
    if (!schema_source_find(value_find_text(value, STR("source")), &constraint->source))
        return fail(loading, name, "a constraint has the source provider, text or api");
    constraint->rule = value_find_text(value, STR("rule"));
    if (constraint->kind == CONSTRAINT_ENUM)
        constraint->members = load_texts(loading, what, &constraint->member_count);
    constraint->least = bound(what, 0);
    constraint->most = bound(what, 1);
    constraint->text = what->kind == VALUE_STRING ? what->text : (struct str){ NULL, 0 };
    if (constraint->kind == CONSTRAINT_PATTERN)
        constraint->regex = regex_prepare(loading->arena, constraint->text);
    constraint->is_charset = constraint->kind == CONSTRAINT_PATTERN && is_charset(constraint->text);
    return true;
}

static bool load_constraints(const struct loading *loading, const struct value *value, struct schema_item *item)
{
    const struct value *list = value_find(value, STR("constraints"));
    if (list == NULL || list->kind != VALUE_LIST)
        return true;
    struct schema_constraint *constraints = arena_get(loading->arena, (list->count + 1) * sizeof *constraints);
    for (const struct value *one = list->first; one != NULL; one = one->next)
        if (!load_constraint(loading, item->name, one, &constraints[item->constraint_count++]))
            return false;
    item->constraints = constraints;
    return true;
}

static bool load_groups(const struct loading *loading, const struct value *value, struct schema_block *block)
{
    const struct value *list = value_find(value, STR("constraints"));
    if (list == NULL || list->kind != VALUE_LIST)
        return true;
    struct schema_group *groups = arena_get(loading->arena, (list->count + 1) * sizeof *groups);
    for (const struct value *one = list->first; one != NULL; one = one->next) {
        struct schema_group *group = &groups[block->group_count++];
        const struct value *what = one->kind == VALUE_OBJECT ? one->first : NULL;
        if (what == NULL || !schema_group_find(what->key, &group->kind))
            return fail(loading, STR("constraints"), "a group begins with exactly_one_of, at_least_one_of,"
                                                     " conflicts_with, all_or_none_of or required_with");
        group->paths = load_texts(loading, what, &group->count);
    }
    block->groups = groups;
    return true;
}

static enum schema_nesting find_nesting(struct str name)
{
    static const struct {
        struct str name;
        enum schema_nesting nesting;
    } rows[] = {
        { STR_INIT("single"), NESTING_SINGLE }, { STR_INIT("group"), NESTING_GROUP }, { STR_INIT("list"), NESTING_LIST },
        { STR_INIT("set"), NESTING_SET },       { STR_INIT("map"), NESTING_MAP },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_equal(rows[i].name, name))
            return rows[i].nesting;
    return NESTING_NONE;
}

static bool load_block(struct loading *loading, const struct value *value, struct schema_block *block);

static size_t load_count(const struct value *value, struct str key)
{
    const struct value *number = value_find(value, key);
    size_t count = 0;
    if (number != NULL && number->kind == VALUE_NUMBER)
        number_to_size(number->text, LARGEST_COUNT, &count);
    return count;
}

/* The block that several places share is loaded once. */
static bool load_shared(struct loading *loading, struct str name, const struct schema_block **block)
{
    void **place = map_get(&loading->shared, name);
    if (*place == NULL) {
        struct schema_block *loaded = arena_get(loading->arena, sizeof *loaded);
        const struct value *raw = value_find(value_find(loading->snippet, STR("blocks")), name);
        *place = loaded; /* before it is filled: a block that names itself ends here */
        *block = loaded;
        if (raw == NULL || loading->depth == DEEPEST_SHARED)
            return fail(loading, name, raw == NULL ? "there is no such block in \"blocks\"" : "is nested too deep");
        loading->depth++;
        bool is_good = load_block(loading, raw, loaded);
        loading->depth--;
        return is_good;
    }
    *block = *place;
    return true;
}

static bool load_nested(struct loading *loading, const struct value *value, struct schema_item *item)
{
    const struct value *raw = value_find(value, STR("block"));
    item->nesting = find_nesting(value_find_text(value, STR("nesting_mode")));
    item->min_items = load_count(value, STR("min_items"));
    item->max_items = load_count(value, STR("max_items"));
    if (raw != NULL && raw->kind == VALUE_STRING)
        return load_shared(loading, raw->text, &item->block);
    struct schema_block *block = arena_get(loading->arena, sizeof *block);
    item->block = block;
    return load_block(loading, raw != NULL ? raw : value, block);
}

static bool load_item(struct loading *loading, const struct value *value, bool is_block, struct schema_item *item)
{
    *item = (struct schema_item){ .name = value->key, .is_block = is_block };
    item->required = value_find_truth(value, STR("required"));
    item->optional = value_find_truth(value, STR("optional"));
    item->computed = value_find_truth(value, STR("computed"));
    item->sensitive = value_find_truth(value, STR("sensitive"));
    item->write_only = value_find_truth(value, STR("write_only"));
    item->deprecated = value_find_truth(value, STR("deprecated"));
    const struct value *type = value_find(value, STR("type")), *nested = value_find(value, STR("nested_type"));
    static const struct schema_type anything = { .kind = TYPE_DYNAMIC };
    if (type != NULL)
        item->type = load_type(loading, type);
    else if (!is_block && nested == NULL)
        item->type = &anything;
    if (is_block && !load_nested(loading, value, item))
        return false;
    if (nested != NULL && !load_nested(loading, nested, item))
        return false;
    if (item->block != NULL && is_block)
        item->deprecated |= item->block->deprecated;
    return load_constraints(loading, value, item);
}

static int order_items(const void *a, const void *b)
{
    return str_compare(((const struct schema_item *)a)->name, ((const struct schema_item *)b)->name);
}

static bool load_block(struct loading *loading, const struct value *value, struct schema_block *block)
{
    const struct value *attributes = value_find(value, STR("attributes"));
    const struct value *blocks = value_find(value, STR("block_types"));
    size_t count = (attributes == NULL ? 0 : attributes->count) + (blocks == NULL ? 0 : blocks->count);
    struct schema_item *items = arena_get(loading->arena, (count + 1) * sizeof *items);
    for (const struct value *one = attributes == NULL ? NULL : attributes->first; one != NULL; one = one->next)
        if (!load_item(loading, one, false, &items[block->count++]))
            return false;
    for (const struct value *one = blocks == NULL ? NULL : blocks->first; one != NULL; one = one->next)
        if (!load_item(loading, one, true, &items[block->count++]))
            return false;
    if (block->count > 0)
        qsort(items, block->count, sizeof *items, order_items);
    block->items = items;
    block->deprecated = value_find_truth(value, STR("deprecated"));
    return load_groups(loading, value, block);
}

const struct schema *schema_load(struct arena *arena, struct str file, struct str text, struct error *error)
{
    struct loading loading = { .arena = arena, .file = file, .error = error };
    struct schema *schema = arena_get(arena, sizeof *schema);
    struct schema_block *block = arena_get(arena, sizeof *block);
    loading.snippet = value_read(arena, text, error);
    map_init(&loading.shared, arena);
    if (loading.snippet == NULL) {
        error->file = file;
        error->code = ERROR_POLICY;
        return NULL;
    }
    const struct value *root = value_find(loading.snippet, STR("block"));
    if (root == NULL || root->kind != VALUE_OBJECT) {
        fail(&loading, STR("block"), "a snippet has an object under this key; `tfcheck schema import` makes one");
        return NULL;
    }
    schema->block = block;
    schema->name_attribute = value_find_text(loading.snippet, STR("name_attribute"));
    schema->source = value_find_text(loading.snippet, STR("source_address"));
    schema->provider_version = value_find_text(loading.snippet, STR("provider_version"));
    if (!load_block(&loading, root, block))
        return NULL;
    schema->deprecated = block->deprecated;
    return schema;
}

const struct value *schema_raw_block(const struct value *snippet, const struct value *nested)
{
    const struct value *block = value_find(nested, STR("block"));
    if (block != NULL && block->kind == VALUE_STRING)
        return value_find(value_find(snippet, STR("blocks")), block->text);
    return block;
}

const struct schema_item *schema_find_item(const struct schema_block *block, struct str name)
{
    size_t low = 0, high = block->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = str_compare(block->items[middle].name, name);
        if (order == 0)
            return &block->items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct schema_item *schema_find_path(const struct schema_block *block, struct str path)
{
    for (;;) {
        ptrdiff_t dot = str_find_byte(path, '.');
        const struct schema_item *item = schema_find_item(block, str_part(path, 0, dot < 0 ? path.n : (size_t)dot));
        if (dot < 0 || item == NULL)
            return item;
        if (item->block == NULL)
            return NULL;
        block = item->block;
        path = str_from_offset(path, (size_t)dot + 1);
    }
}
