#include "rules/rule.h"

#include "base/error.h"
#include "base/vec.h"
#include "plan/value.h"
#include "rules/shape.h"

#include <stdlib.h>

void rules_init(struct rules *rules, struct arena *arena)
{
    *rules = (struct rules){ .arena = arena };
    map_init(&rules->tables, arena);
}

bool rule_set_parameter(struct rules *rules, struct str id, struct str name, struct str text, struct error *error)
{
    (void)error;
    VEC_ADD(rules->arena, &rules->settings, ((struct setting){ .id = id, .name = name, .text = text }));
    return true;
}

bool rule_load_table(struct rules *rules, struct str file, struct str text, struct error *error)
{
    static const struct str keys[] = { STR_INIT("table"), STR_INIT("about"), STR_INIT("source"), STR_INIT("date"),
                                       STR_INIT("rows") };
    struct shape shape = { rules->arena, file, error };
    struct str name, ignored;
    const struct yaml_node *root = yaml_read(rules->arena, file, text, error);
    if (root == NULL || !shape_check_keys(&shape, root, "a table", keys, 5))
        return false;
    for (size_t i = 0; i < 5; i++) {
        const struct yaml_node *node = yaml_find(root, keys[i]);
        if (node == NULL)
            return shape_fail(&shape, root, "the table lacks \"%.*s\"", STR_ARG(keys[i]));
        if (i < 4 && !shape_text(&shape, node, i == 0 ? &name : &ignored))
            return false;
        if (i == 4 && node->kind != YAML_LIST && node->kind != YAML_MAP)
            return shape_fail(&shape, node, "rows: a list or a mapping was expected, not %s", yaml_kind_name(node->kind));
    }
    if (map_find(&rules->tables, name) != NULL)
        return shape_fail(&shape, yaml_find(root, keys[0]), "there is a table \"%.*s\" already", STR_ARG(name));
    *map_get(&rules->tables, name) = shape_value(rules->arena, yaml_find(root, keys[4]));
    return true;
}

struct rule *rule_find(const struct rules *rules, struct str id)
{
    for (size_t i = 0; i < rules->count; i++)
        if (str_equal(rules->items[i]->id, id))
            return rules->items[i];
    return NULL;
}

static int order_rules(const void *a, const void *b)
{
    return str_compare((*(struct rule *const *)a)->id, (*(struct rule *const *)b)->id);
}

bool rules_close(struct rules *rules, struct error *error)
{
    if (rules->count > 0)
        qsort(rules->items, rules->count, sizeof *rules->items, order_rules);
    for (size_t i = 0; i < rules->count; i++)
        rules->items[i]->number = i;
    for (size_t i = 0; i < rules->settings.count; i++) {
        const struct setting *setting = &rules->settings.items[i];
        if (!setting->is_used)
            return error_set(error, ERROR_USAGE, "--set %.*s.%.*s: there is no such %s", STR_ARG(setting->id),
                             STR_ARG(setting->name),
                             rule_find(rules, setting->id) == NULL ? "rule" : "parameter of that rule");
    }
    return true;
}
