#include "schema/schema_check.h"

#include "base/arena.h"
#include "base/number.h"
#include "plan/value.h"
#include "schema/schema_walk.h"

#include <stdarg.h>
#include <stdio.h>

enum { LONGEST_MESSAGE = 1000 };

void schema_complain(const struct schema_check *check, enum schema_problem_kind kind, const struct trail *trail,
                     const char *format, ...)
{
    char text[LONGEST_MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    struct schema_problem problem = { .kind = kind, .path = trail_text(check->arena, trail) };
    size_t length = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    problem.message = arena_copy(check->arena, (struct str){ text, length });
    check->report(check->context, &problem);
}

static const char *kind_words(enum value_kind kind)
{
    static const char *const words[] = {
        [VALUE_NULL] = "null",   [VALUE_BOOL] = "a bool",      [VALUE_NUMBER] = "a number", [VALUE_STRING] = "a string",
        [VALUE_LIST] = "a list", [VALUE_OBJECT] = "an object", [VALUE_UNKNOWN] = "unknown"
    };
    return words[kind];
}

static const char *type_words(enum schema_type_kind kind)
{
    static const char *const words[] = { [TYPE_DYNAMIC] = "any value", [TYPE_STRING] = "a string",
                                         [TYPE_NUMBER] = "a number",   [TYPE_BOOL] = "a bool",
                                         [TYPE_LIST] = "a list",       [TYPE_SET] = "a set",
                                         [TYPE_MAP] = "a map",         [TYPE_OBJECT] = "an object",
                                         [TYPE_TUPLE] = "a tuple" };
    return words[kind];
}

static bool is_scalar(const struct value *value)
{
    return value->kind == VALUE_STRING || value->kind == VALUE_NUMBER || value->kind == VALUE_BOOL;
}

/* Whether Terraform takes the value for the type, without a look at what is in it. Configuration is converted. */
static bool fits(const struct schema_check *check, const struct schema_type *type, const struct value *value)
{
    bool is_word = str_equal(value->text, STR("true")) || str_equal(value->text, STR("false"));
    switch (type->kind) {
    case TYPE_DYNAMIC: return true;
    case TYPE_STRING: return check->is_configuration ? is_scalar(value) : value->kind == VALUE_STRING;
    case TYPE_NUMBER:
        return value->kind == VALUE_NUMBER ||
               (check->is_configuration && value->kind == VALUE_STRING && number_is_valid(value->text));
    case TYPE_BOOL:
        return value->kind == VALUE_BOOL || (check->is_configuration && value->kind == VALUE_STRING && is_word);
    case TYPE_LIST:
    case TYPE_SET:
    case TYPE_TUPLE: return value->kind == VALUE_LIST;
    case TYPE_MAP:
    case TYPE_OBJECT: return value->kind == VALUE_OBJECT;
    }
    return true;
}

static const struct schema_type *field_type(const struct schema_type *type, struct str name)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (str_equal(type->fields[i].name, name))
            return type->fields[i].type;
    return NULL;
}

/* Blocks that may be written as attributes are objects in configuration: each has to have every key. */
static void check_fields(const struct schema_check *check, const struct schema_type *type, const struct value *value,
                         const struct trail *trail)
{
    if (!check->is_configuration)
        return;
    for (size_t i = 0; i < type->field_count; i++)
        if (value_find(value, type->fields[i].name) == NULL)
            schema_complain(check, PROBLEM_REQUIRED, trail, "attribute \"%.*s\" is required: an object here has all its"
                            " attributes, those that are not used as null", STR_ARG(type->fields[i].name));
}

/* The depth is that of the type, which is bounded. */
static void check_type(const struct schema_check *check, const struct schema_type *type, const struct value *value,
                       const struct trail *trail)
{
    if (value->kind == VALUE_NULL || value->kind == VALUE_UNKNOWN)
        return;
    if (!fits(check, type, value)) {
        schema_complain(check, PROBLEM_TYPE, trail, "%s is required here, got %s", type_words(type->kind),
                        kind_words(value->kind));
        return;
    }
    size_t index = 0;
    if (type->kind == TYPE_OBJECT)
        check_fields(check, type, value, trail);
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        struct trail inner = {
            .outer = trail, .name = child->key, .index = index++, .sensitive = child->sensitive
        };
        const struct schema_type *wanted = type->kind == TYPE_OBJECT ? field_type(type, child->key) : type->element;
        if (wanted != NULL)
            check_type(check, wanted, child, &inner);
    }
}

static void check_argument(const struct schema_check *check, const struct schema_item *item, const struct value *value,
                           const struct trail *trail)
{
    bool is_computed_only = item->computed && !item->optional && !item->required;
    if (value->kind == VALUE_NULL && item->required && !item->write_only)
        schema_complain(check, PROBLEM_REQUIRED, trail,
                        "the argument \"%.*s\" is required, but no definition was found", STR_ARG(item->name));
    if (value->kind == VALUE_NULL || (is_computed_only && !check->is_configuration))
        return;
    if (is_computed_only) {
        schema_complain(check, PROBLEM_COMPUTED, trail,
                        "the provider decides the value of \"%.*s\" by itself: it cannot be"
                        " set",
                        STR_ARG(item->name));
        return;
    }
    if (check->is_configuration && item->deprecated)
        schema_complain(check, PROBLEM_DEPRECATED, trail, "the argument \"%.*s\" is deprecated", STR_ARG(item->name));
    if (value->kind == VALUE_UNKNOWN) {
        schema_check_template(check, item, value, trail);
        return;
    }
    if (item->type != NULL)
        check_type(check, item->type, value, trail);
    if (item->constraint_count > 0)
        schema_check_constraints(check, item, value, trail);
}

static void check_count(const struct schema_check *check, const struct schema_item *item, size_t count,
                        const struct trail *trail)
{
    if (count < item->min_items)
        schema_complain(check, count == 0 ? PROBLEM_REQUIRED : PROBLEM_BLOCK_COUNT, trail,
                        "at least %zu \"%.*s\" block%s required, got %zu", item->min_items, STR_ARG(item->name),
                        item->min_items == 1 ? " is" : "s are", count);
    size_t most = schema_is_single(item) ? 1 : item->max_items;
    if (most > 0 && count > most)
        schema_complain(check, PROBLEM_BLOCK_COUNT, trail, "no more than %zu \"%.*s\" block%s allowed, got %zu", most,
                        STR_ARG(item->name), most == 1 ? " is" : "s are", count);
}

static void check_each(const struct schema_check *check, const struct schema_item *item, const struct value *value,
                       const struct trail *trail)
{
    struct trail inner = { .outer = trail };
    for (const struct value *one = value->first; one != NULL; one = one->next, inner.index++) {
        inner.sensitive = one->sensitive;
        if (item->nesting == NESTING_MAP)
            inner.name = one->key;
        if (one->kind == VALUE_OBJECT)
            schema_check_block_at(check, item->block, one, &inner);
        else if (one->kind != VALUE_UNKNOWN && one->kind != VALUE_NULL)
            schema_complain(check, PROBLEM_BLOCK_SHAPE, &inner, "an object is required for a \"%.*s\" block, got %s",
                            STR_ARG(item->name), kind_words(one->kind));
    }
}

/* Blocks in planned values: an object where there is one at most by nature, else a list of objects. */
static void check_planned_blocks(const struct schema_check *check, const struct schema_item *item,
                                 const struct value *value, const struct trail *trail)
{
    bool is_object = item->nesting != NESTING_LIST && item->nesting != NESTING_SET;
    if (value->kind == VALUE_NULL || value->kind == VALUE_UNKNOWN)
        return;
    if (value->kind != (is_object ? VALUE_OBJECT : VALUE_LIST)) {
        schema_complain(check, PROBLEM_BLOCK_SHAPE, trail, "\"%.*s\" is %s in a plan, got %s", STR_ARG(item->name),
                        is_object ? "an object" : "a list of blocks", kind_words(value->kind));
        return;
    }
    if (is_object && item->nesting != NESTING_MAP) {
        schema_check_block_at(check, item->block, value, trail);
        return;
    }
    if (item->nesting != NESTING_MAP)
        check_count(check, item, value->count, trail);
    check_each(check, item, value, trail);
}

/* Blocks in configuration: an object, or a list of objects, whatever the nesting. */
static void check_written_blocks(const struct schema_check *check, const struct schema_item *item,
                                 const struct value *value, const struct trail *trail)
{
    if (item->nesting == NESTING_MAP && value->kind == VALUE_OBJECT) {
        check_each(check, item, value, trail);
        return;
    }
    if (value->kind != VALUE_OBJECT && value->kind != VALUE_LIST) {
        schema_complain(check, PROBLEM_BLOCK_SHAPE, trail,
                        "an object or a list of objects is required for \"%.*s\" blocks,"
                        " got %s",
                        STR_ARG(item->name), kind_words(value->kind));
        return;
    }
    check_count(check, item, value->kind == VALUE_LIST ? value->count : 1, trail);
    if (value->kind == VALUE_OBJECT)
        schema_check_block_at(check, item->block, value, trail);
    else
        check_each(check, item, value, trail);
    if ((item->max_items == 1 || schema_is_single(item)) && value->kind == VALUE_LIST && value->count == 1)
        schema_complain(check, PROBLEM_BLOCK_ARRAY, trail, "a list of one \"%.*s\"; CDKTF's class takes an object here",
                        STR_ARG(item->name));
}

static void check_item(const struct schema_check *check, const struct schema_item *item, const struct value *value,
                       const struct trail *trail)
{
    if (item->block == NULL || (!item->is_block && value->kind == VALUE_NULL)) {
        check_argument(check, item, value, trail);
        return;
    }
    if (value->kind == VALUE_NULL || value->kind == VALUE_UNKNOWN)
        return;
    if (check->is_configuration && item->deprecated)
        schema_complain(check, PROBLEM_DEPRECATED, trail, "the block \"%.*s\" is deprecated", STR_ARG(item->name));
    if (check->is_configuration && item->is_block)
        check_written_blocks(check, item, value, trail);
    else
        check_planned_blocks(check, item, value, trail);
    if (item->constraint_count > 0 && (value->kind == VALUE_LIST || value->kind == VALUE_OBJECT))
        schema_check_constraints(check, item, value, trail);
}

static void check_planned(const struct schema_check *check, const struct schema_block *block, const struct value *value,
                          const struct trail *trail)
{
    size_t hint = 0;
    for (const struct value *member = value->first; member != NULL; member = member->next) {
        const struct schema_item *item = NULL;
        if (hint < block->count && str_equal(block->items[hint].name, member->key))
            item = &block->items[hint];
        else
            item = schema_find_item(block, member->key);
        if (item == NULL)
            continue; /* another version of the provider has it */
        hint = (size_t)(item - block->items) + 1;
        if (member->kind == VALUE_UNKNOWN || (member->kind == VALUE_NULL && !item->required))
            continue;
        struct trail inner = { .outer = trail, .name = member->key, .sensitive = member->sensitive };
        check_item(check, item, member, &inner);
    }
}

void schema_check_block_at(const struct schema_check *check, const struct schema_block *block,
                           const struct value *value, const struct trail *trail)
{
    if (check->is_configuration)
        schema_check_written(check, block, value, trail, false);
    else
        check_planned(check, block, value, trail);
    if (block->group_count > 0)
        schema_check_groups(check, block, value, trail);
}

void schema_check_member(const struct schema_check *check, const struct schema_item *item, const struct value *value,
                         const struct trail *trail)
{
    struct trail inner = { .outer = trail, .name = item->name, .sensitive = value->sensitive };
    check_item(check, item, value, &inner);
}

void schema_check_block(const struct schema_check *check, const struct schema_block *block, const struct value *value,
                        bool is_resource)
{
    if (value->kind != VALUE_OBJECT)
        return;
    if (check->is_configuration)
        schema_check_written(check, block, value, NULL, is_resource);
    else
        check_planned(check, block, value, NULL);
    if (block->group_count > 0)
        schema_check_groups(check, block, value, NULL);
}
