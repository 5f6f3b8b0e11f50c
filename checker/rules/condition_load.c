#include "rules/condition_load.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/number.h"
#include "base/vec.h"
#include "match/regex.h"
#include "plan/path.h"
#include "plan/value.h"
#include "rules/operation.h"
#include "rules/path_check.h"

/* Where in the resource the paths of a mapping start. */
struct base {
    const struct path *path; /* of the list whose items are judged; NULL = the resource */
    bool is_negative;
};

struct parts {
    const struct condition **items;
    size_t count, capacity;
};

void condition_note_path(struct arena *arena, struct rule *rule, const struct path *path)
{
    if (path->steps[0].kind != STEP_NAME)
        return;
    for (size_t i = 0; i < rule->attributes.count; i++)
        if (str_equal(rule->attributes.items[i], path->steps[0].name))
            return;
    VEC_ADD(arena, &rule->attributes, path->steps[0].name);
}

static const struct condition *make(struct condition_loader *loader, enum condition_kind kind, struct parts parts,
                                    bool is_negative)
{
    struct condition *condition = arena_get(loader->shape->arena, sizeof *condition);
    *condition = (struct condition){ .kind = kind, .parts = parts.items, .part_count = parts.count,
                                     .is_negative = is_negative, .treat = loader->rule->treat };
    return condition;
}

const struct condition *condition_negate(struct condition_loader *loader, const struct condition *part)
{
    struct parts parts = { 0 };
    VEC_ADD(loader->shape->arena, &parts, part);
    return make(loader, CONDITION_NOT, parts, !part->is_negative);
}

const struct condition *condition_join(struct condition_loader *loader, const struct condition *a,
                                       const struct condition *b)
{
    struct parts parts = { 0 };
    if (a == NULL || b == NULL)
        return a == NULL ? b : a;
    VEC_ADD(loader->shape->arena, &parts, a);
    VEC_ADD(loader->shape->arena, &parts, b);
    return make(loader, CONDITION_ALL, parts, false);
}

const struct condition *condition_always(struct condition_loader *loader, bool is_negative)
{
    return make(loader, CONDITION_ALWAYS, (struct parts){ 0 }, is_negative);
}

static const struct path *load_path(struct condition_loader *loader, const struct yaml_node *node, struct str text,
                                    bool is_key)
{
    struct error error = { 0 };
    const struct path *path = path_compile(loader->shape->arena, text, &error);
    if (path == NULL && is_key)
        shape_fail_key(loader->shape, node, "%s", error.text);
    else if (path == NULL)
        shape_fail(loader->shape, node, "%s", error.text);
    return path;
}

/* base[*].path, for paths that start at an item. */
static const struct path *join_paths(struct arena *arena, const struct path *base, const struct path *path)
{
    if (base == NULL)
        return path;
    struct path *joined = arena_get(arena, sizeof *joined);
    size_t count = base->count + 1 + path->count;
    struct path_step *steps = arena_get(arena, count * sizeof *steps);
    memcpy(steps, base->steps, base->count * sizeof *steps);
    steps[base->count] = (struct path_step){ .kind = STEP_EVERY };
    memcpy(steps + base->count + 1, path->steps, path->count * sizeof *steps);
    *joined = (struct path){ path->text, steps, count };
    return joined;
}

static bool load_path_operand(struct condition_loader *loader, const struct yaml_node *node, struct operand *operand)
{
    static const struct str keys[] = { STR_INIT("path"), STR_INIT("plus"), STR_INIT("default"), STR_INIT("selected") };
    const struct yaml_node *selected = yaml_find(node, keys[3]);
    const struct yaml_node *path = selected != NULL ? selected : yaml_find(node, keys[0]), *plus = yaml_find(node, keys[1]);
    const struct yaml_node *standin = yaml_find(node, keys[2]);
    struct str text;
    if (!shape_check_keys(loader->shape, node, "an operand with a path", keys, 4) ||
        !shape_text(loader->shape, path, &text))
        return false;
    if (selected != NULL && loader->selecting == NULL)
        return shape_fail(loader->shape, selected, "selected: only conditions on a related resource can speak of it");
    operand->is_of_selected = selected != NULL;
    operand->kind = OPERAND_PATH;
    operand->path = load_path(loader, path, text, false);
    if (operand->path == NULL)
        return false;
    const struct rule *reads = selected != NULL ? loader->selecting : loader->rule;
    struct str complaint;
    if (!path_check(loader->rules, &reads->select.types, &reads->select.modes, operand->path, loader->shape->arena,
                    &complaint))
        return shape_fail(loader->shape, path, "%.*s", STR_ARG(complaint));
    condition_note_path(loader->shape->arena, selected != NULL ? loader->selecting : loader->rule, operand->path);
    if (plus != NULL && plus->kind != YAML_NUMBER)
        return shape_fail(loader->shape, plus, "a number was expected, not %s", yaml_kind_name(plus->kind));
    if (plus != NULL)
        operand->plus = plus->text;
    if (standin != NULL)
        operand->standin = shape_value(loader->shape->arena, standin);
    return true;
}

static bool suggest_from(struct condition_loader *loader, const struct yaml_node *node, const char *what,
                         const struct map *map)
{
    struct str *names = arena_get(loader->shape->arena, (map->count + 1) * sizeof *names);
    for (size_t i = 0; i < map->count; i++)
        names[i] = map->entries[i].key;
    struct str best = str_suggest(node->text, names, map->count);
    if (best.p != NULL)
        return shape_fail(loader->shape, node, "there is no %s \"%.*s\"; did you mean \"%.*s\"?", what,
                          STR_ARG(node->text), STR_ARG(best));
    return shape_fail(loader->shape, node, "there is no %s \"%.*s\"", what, STR_ARG(node->text));
}

static bool load_table_operand(struct condition_loader *loader, const struct yaml_node *node, struct operand *operand)
{
    static const struct str keys[] = { STR_INIT("table"), STR_INIT("key") };
    const struct yaml_node *table = yaml_find(node, keys[0]), *key = yaml_find(node, keys[1]);
    struct str text;
    if (!shape_check_keys(loader->shape, node, "an operand with a table", keys, 2) ||
        !shape_text(loader->shape, table, &text))
        return false;
    operand->literal = map_find(&loader->rules->tables, text);
    if (operand->literal == NULL)
        return suggest_from(loader, table, "table", &loader->rules->tables);
    if (key == NULL)
        return true;
    if (operand->literal->kind != VALUE_OBJECT)
        return shape_fail(loader->shape, key, "table \"%.*s\" is a list and has no keys", STR_ARG(text));
    if (!shape_text(loader->shape, key, &text))
        return false;
    operand->key = load_path(loader, key, text, false);
    if (operand->key == NULL)
        return false;
    condition_note_path(loader->shape->arena, loader->rule, operand->key);
    return true;
}

static bool load_parameter_operand(struct condition_loader *loader, const struct yaml_node *node,
                                   struct operand *operand)
{
    static const struct str keys[] = { STR_INIT("parameter") };
    const struct yaml_node *name = yaml_find(node, keys[0]);
    struct str text;
    if (!shape_check_keys(loader->shape, node, "an operand with a parameter", keys, 1) ||
        !shape_text(loader->shape, name, &text))
        return false;
    operand->literal = map_find(&loader->rule->parameters, text);
    return operand->literal != NULL || suggest_from(loader, name, "parameter", &loader->rule->parameters);
}

static bool is_text(const struct value *value)
{
    return value->kind == VALUE_STRING || value->kind == VALUE_NUMBER;
}

static bool are_texts(const struct value *value)
{
    if (value->kind != VALUE_LIST)
        return is_text(value);
    for (const struct value *item = value->first; item != NULL; item = item->next)
        if (!is_text(item))
            return false;
    return true;
}

static bool is_length(const struct value *value)
{
    for (const struct value *member = value->first; member != NULL; member = member->next)
        if (member->kind != VALUE_NUMBER || (!str_equal(member->key, STR("equals")) &&
                                             !str_equal(member->key, STR("at_least")) &&
                                             !str_equal(member->key, STR("at_most"))))
            return false;
    return value->kind == VALUE_NUMBER || (value->kind == VALUE_OBJECT && value->count > 0);
}

/* What is wrong with a literal, as "a list was expected"; NULL when nothing is. */
static const char *find_fault(enum operand_form form, const struct value *literal)
{
    bool is_scalar = literal->kind != VALUE_LIST && literal->kind != VALUE_OBJECT;
    switch (form) {
    case FORM_SCALAR: return is_scalar ? NULL : "a string, number or bool was expected";
    case FORM_NUMBER: return literal->kind == VALUE_NUMBER ? NULL : "a number was expected";
    case FORM_TEXTS:
    case FORM_PATTERNS: return are_texts(literal) ? NULL : "a text or a list of texts was expected";
    case FORM_LIST: return literal->kind == VALUE_LIST ? NULL : "a list was expected";
    case FORM_TRUE: return literal->truth ? NULL : "true was expected; use not or forbid for the opposite";
    case FORM_LENGTH: return is_length(literal) ? NULL : "a number, or equals, at_least, at_most with one was expected";
    case FORM_KIND: return operation_is_kind(literal->text) ? NULL : "json, arn, cidr or number was expected";
    case FORM_ANY:
    case FORM_CONDITION: break;
    }
    return NULL;
}

static bool compile_patterns(struct condition_loader *loader, const struct yaml_node *node, struct operand *operand)
{
    const struct value *literal = operand->literal;
    size_t count = literal->kind == VALUE_LIST ? literal->count : 1;
    operand->regexes = arena_get(loader->shape->arena, (count + 1) * sizeof(struct regex *));
    const struct value *text = literal->kind == VALUE_LIST ? literal->first : literal;
    for (size_t i = 0; i < count; i++, text = text->next) {
        struct error error = { 0 };
        if (loader->rules->is_trusted) {
            operand->regexes[i] = regex_trust(loader->shape->arena, text->text);
            continue;
        }
        operand->regexes[i] = regex_compile(loader->shape->arena, text->text, &error);
        if (operand->regexes[i] == NULL)
            return shape_fail(loader->shape, node, "%s", error.text);
    }
    return true;
}

static const struct condition *load_mapping(struct condition_loader *loader, const struct yaml_node *node,
                                            struct base base);

static bool load_operand(struct condition_loader *loader, const struct yaml_node *node, struct condition *condition)
{
    struct operand *operand = &condition->operand;
    enum operand_form form = condition->operation->form;
    if (form == FORM_CONDITION) {
        operand->nested = load_mapping(loader, node, (struct base){ condition->full_path, condition->is_negative });
        return operand->nested != NULL;
    }
    bool is_map = node->kind == YAML_MAP;
    if (is_map && (yaml_find(node, STR("path")) != NULL || yaml_find(node, STR("selected")) != NULL))
        return load_path_operand(loader, node, operand);
    if (is_map && yaml_find(node, STR("table")) != NULL) {
        if (!load_table_operand(loader, node, operand))
            return false;
    } else if (is_map && yaml_find(node, STR("parameter")) != NULL) {
        if (!load_parameter_operand(loader, node, operand))
            return false;
    } else {
        operand->literal = shape_value(loader->shape->arena, node);
    }
    const char *fault = operand->key != NULL ? NULL : find_fault(form, operand->literal);
    if (fault != NULL)
        return shape_fail(loader->shape, node, "%.*s: %s, not %s", STR_ARG(condition->operation->name), fault,
                          yaml_kind_name(node->kind));
    return form != FORM_PATTERNS || compile_patterns(loader, node, operand);
}

static bool refuse_operator(struct condition_loader *loader, const struct yaml_node *node)
{
    struct str names[64];
    size_t count = 0;
    while (count < 64 && operation_name(count).p != NULL) {
        names[count] = operation_name(count);
        count++;
    }
    struct str best = str_suggest(node->key, names, count);
    if (best.p != NULL)
        return shape_fail_key(loader->shape, node, "there is no operator \"%.*s\"; did you mean \"%.*s\"?",
                              STR_ARG(node->key), STR_ARG(best));
    return shape_fail_key(loader->shape, node, "there is no operator \"%.*s\"; see policies/README.md",
                          STR_ARG(node->key));
}

/* All tests under one path. */
static bool load_tests(struct condition_loader *loader, const struct yaml_node *node, struct base base,
                       struct parts *parts)
{
    const struct path *path = load_path(loader, node, node->key, true);
    if (path == NULL)
        return false;
    if (node->kind != YAML_MAP || node->first == NULL)
        return shape_fail(loader->shape, node, "a mapping of operators was expected, as { equals: ... }, not %s",
                          yaml_kind_name(node->kind));
    const struct path *full = join_paths(loader->shape->arena, base.path, path);
    const struct yaml_node *standin = yaml_find(node, STR("default"));
    if (full->count > PATH_STEPS_MAX)
        return shape_fail_key(loader->shape, node, "the path is nested too deep");
    struct str complaint;
    if (!path_check(loader->rules, &loader->rule->select.types, &loader->rule->select.modes, full, loader->shape->arena,
                    &complaint))
        return shape_fail_key(loader->shape, node, "%.*s", STR_ARG(complaint));
    condition_note_path(loader->shape->arena, loader->rule, full);
    for (const struct yaml_node *member = node->first; member != NULL; member = member->next) {
        if (member == standin)
            continue;
        struct condition *condition = arena_get(loader->shape->arena, sizeof *condition);
        *condition = (struct condition){ .kind = CONDITION_TEST, .is_negative = base.is_negative, .path = path,
                                         .full_path = full, .operation = operation_find(member->key),
                                         .treat = loader->rule->treat };
        if (standin != NULL)
            condition->standin = shape_value(loader->shape->arena, standin);
        if (condition->operation == NULL)
            return refuse_operator(loader, member);
        if (!load_operand(loader, member, condition))
            return false;
        VEC_ADD(loader->shape->arena, parts, condition);
    }
    return true;
}

static bool load_list(struct condition_loader *loader, const struct yaml_node *node, struct base base,
                      struct parts *parts)
{
    struct parts inner = { 0 };
    if (node->kind != YAML_LIST || node->first == NULL)
        return shape_fail(loader->shape, node, "%.*s: a list of conditions was expected, not %s", STR_ARG(node->key),
                          yaml_kind_name(node->kind));
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        const struct condition *one = load_mapping(loader, item, base);
        if (one == NULL)
            return false;
        VEC_ADD(loader->shape->arena, &inner, one);
    }
    enum condition_kind kind = str_equal(node->key, STR("any")) ? CONDITION_ANY : CONDITION_ALL;
    VEC_ADD(loader->shape->arena, parts, make(loader, kind, inner, base.is_negative));
    return true;
}

static bool load_member(struct condition_loader *loader, const struct yaml_node *member, struct base base,
                        struct parts *parts)
{
    if (str_equal(member->key, STR("any")) || str_equal(member->key, STR("all")))
        return load_list(loader, member, base, parts);
    if (!str_equal(member->key, STR("not")))
        return load_tests(loader, member, base, parts);
    const struct condition *inner = load_mapping(loader, member, (struct base){ base.path, !base.is_negative });
    if (inner == NULL)
        return false;
    VEC_ADD(loader->shape->arena, parts, condition_negate(loader, inner));
    return true;
}

/* The depth is that of the file, which is bounded. */
static const struct condition *load_mapping(struct condition_loader *loader, const struct yaml_node *node,
                                            struct base base)
{
    struct parts parts = { 0 };
    if (node->kind != YAML_MAP || node->first == NULL) {
        shape_fail(loader->shape, node, "a mapping of attribute paths to tests was expected, not %s",
                   yaml_kind_name(node->kind));
        return NULL;
    }
    for (const struct yaml_node *member = node->first; member != NULL; member = member->next)
        if (!load_member(loader, member, base, &parts))
            return NULL;
    return parts.count == 1 ? parts.items[0] : make(loader, CONDITION_ALL, parts, base.is_negative);
}

const struct condition *condition_load(struct condition_loader *loader, const struct yaml_node *node, bool is_negative)
{
    return load_mapping(loader, node, (struct base){ NULL, is_negative });
}
