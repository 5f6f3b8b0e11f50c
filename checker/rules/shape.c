#include "rules/shape.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "plan/resource.h"
#include "plan/value.h"

#include <stdarg.h>
#include <stdio.h>

static bool fail_at(const struct shape *shape, size_t line, size_t column, const char *format, va_list arguments)
{
    char text[sizeof shape->error->text];
    vsnprintf(text, sizeof text, format, arguments);
    return error_set_at(shape->error, ERROR_POLICY, shape->file, line, column, "%s", text);
}

bool shape_fail(const struct shape *shape, const struct yaml_node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail_at(shape, node->line, node->column, format, arguments);
    va_end(arguments);
    return false;
}

bool shape_fail_key(const struct shape *shape, const struct yaml_node *node, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail_at(shape, node->key_line, node->key_column, format, arguments);
    va_end(arguments);
    return false;
}

/* "a, b or c" */
static struct str join_names(struct arena *arena, const struct str *names, size_t count)
{
    struct str text = { "", 0 };
    for (size_t i = 0; i < count; i++)
        text = arena_format(arena, "%.*s%s%.*s", STR_ARG(text), i == 0 ? "" : i + 1 == count ? " or " : ", ",
                            STR_ARG(names[i]));
    return text;
}

bool shape_check_keys(const struct shape *shape, const struct yaml_node *node, const char *what, const struct str *keys,
                      size_t count)
{
    if (node->kind != YAML_MAP)
        return shape_fail(shape, node, "%s was expected to be a mapping, not %s", what, yaml_kind_name(node->kind));
    for (const struct yaml_node *member = node->first; member != NULL; member = member->next) {
        size_t i = 0;
        while (i < count && !str_equal(keys[i], member->key))
            i++;
        if (i < count)
            continue;
        struct str best = str_suggest(member->key, keys, count);
        if (best.p != NULL)
            return shape_fail_key(shape, member, "%s has no key \"%.*s\"; did you mean \"%.*s\"?", what,
                                  STR_ARG(member->key), STR_ARG(best));
        struct str all = join_names(shape->arena, keys, count);
        return shape_fail_key(shape, member, "%s has no key \"%.*s\"; %.*s was expected", what, STR_ARG(member->key),
                              STR_ARG(all));
    }
    return true;
}

bool shape_text(const struct shape *shape, const struct yaml_node *node, struct str *text)
{
    bool is_scalar = node->kind == YAML_STRING || node->kind == YAML_NUMBER || node->kind == YAML_BOOL;
    if (!is_scalar || str_trim(node->text).n == 0)
        return shape_fail(shape, node, "a text was expected, not %s",
                          is_scalar ? "an empty one" : yaml_kind_name(node->kind));
    *text = node->text;
    return true;
}

bool shape_texts(const struct shape *shape, const struct yaml_node *node, struct texts *texts)
{
    struct str text;
    if (node->kind != YAML_LIST) {
        if (!shape_text(shape, node, &text))
            return false;
        VEC_ADD(shape->arena, texts, text);
        return true;
    }
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        if (!shape_text(shape, item, &text))
            return false;
        VEC_ADD(shape->arena, texts, text);
    }
    return true;
}

bool shape_name(const struct shape *shape, const struct yaml_node *node, const struct str *names, size_t count,
                size_t *number)
{
    struct str text = node->kind == YAML_LIST || node->kind == YAML_MAP ? STR("") : node->text;
    for (*number = 0; *number < count; ++*number)
        if (str_equal(names[*number], text))
            return true;
    struct str all = join_names(shape->arena, names, count), best = str_suggest(text, names, count);
    if (best.p != NULL)
        return shape_fail(shape, node, "\"%.*s\" is none of %.*s; did you mean \"%.*s\"?", STR_ARG(text), STR_ARG(all),
                          STR_ARG(best));
    return shape_fail(shape, node, "%.*s was expected", STR_ARG(all));
}

static const struct str action_names[] = { STR_INIT("no-op"),  STR_INIT("create"), STR_INIT("read"),
                                           STR_INIT("update"), STR_INIT("delete"), STR_INIT("replace"),
                                           STR_INIT("forget") };

unsigned shape_find_action(struct str name)
{
    for (size_t i = 0; i < sizeof action_names / sizeof action_names[0]; i++)
        if (str_equal(action_names[i], name))
            return 1U << i;
    return 0;
}

bool shape_actions(const struct shape *shape, const struct yaml_node *node, unsigned *actions)
{
    size_t number;
    size_t count = sizeof action_names / sizeof action_names[0];
    if (node->kind != YAML_LIST) {
        if (!shape_name(shape, node, action_names, count, &number))
            return false;
        *actions |= 1U << number;
        return true;
    }
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        if (!shape_name(shape, item, action_names, count, &number))
            return false;
        *actions |= 1U << number;
    }
    return true;
}

struct value *shape_value(struct arena *arena, const struct yaml_node *node)
{
    static const enum value_kind kinds[] = { [YAML_NULL] = VALUE_NULL,     [YAML_BOOL] = VALUE_BOOL,
                                             [YAML_NUMBER] = VALUE_NUMBER, [YAML_STRING] = VALUE_STRING,
                                             [YAML_LIST] = VALUE_LIST,     [YAML_MAP] = VALUE_OBJECT };
    struct value *value = value_make(arena, kinds[node->kind]);
    value->key = node->key;
    value->truth = node->truth;
    if (node->kind == YAML_STRING || node->kind == YAML_NUMBER)
        value->text = node->text;
    for (const struct yaml_node *child = node->first; child != NULL; child = child->next)
        value_add(value, shape_value(arena, child));
    return value;
}
