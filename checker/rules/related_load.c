#include "base/arena.h"
#include "base/error.h"
#include "base/number.h"
#include "base/vec.h"
#include "plan/path.h"
#include "plan/value.h"
#include "rules/condition_load.h"
#include "rules/related.h"

static const struct str related_keys[] = {
    STR_INIT("type"), STR_INIT("where"), STR_INIT("link"),     STR_INIT("at_least"), STR_INIT("at_most"),
    STR_INIT("order"), STR_INIT("region"), STR_INIT("related"), STR_INIT("module"), STR_INIT("action"),
};

static const struct related *load(struct condition_loader *loader, const struct yaml_node *node);

static bool load_paths(struct condition_loader *loader, const struct yaml_node *node, struct link_end *end)
{
    struct texts texts = { 0 };
    struct error error = { 0 };
    struct arena *arena = loader->shape->arena;
    if (node == NULL)
        return true;
    if (!shape_texts(loader->shape, node, &texts))
        return false;
    end->paths = arena_get(arena, (texts.count + 1) * sizeof *end->paths);
    for (size_t i = 0; i < texts.count; i++) {
        end->paths[i] = path_compile(arena, texts.items[i], &error);
        if (end->paths[i] == NULL)
            return shape_fail(loader->shape, node, "%s", error.text);
    }
    end->count = texts.count;
    return true;
}

/* via begins with the type that ours leads to. */
static bool check_via(struct condition_loader *loader, const struct yaml_node *node, const struct link_end *via)
{
    for (size_t i = 0; i < via->count; i++)
        if (via->paths[i]->count < 2 || via->paths[i]->steps[1].kind != STEP_NAME)
            return shape_fail(loader->shape, node, "via: TYPE.ATTRIBUTE was expected");
    return true;
}

static bool load_link(struct condition_loader *loader, const struct yaml_node *node, struct related *related)
{
    static const struct str keys[] = { STR_INIT("theirs"), STR_INIT("ours"), STR_INIT("prefix"), STR_INIT("via") };
    if (!shape_check_keys(loader->shape, node, "link", keys, 4))
        return false;
    const struct yaml_node *prefix = yaml_find(node, keys[2]);
    related->has_link = true;
    return load_paths(loader, yaml_find(node, keys[0]), &related->theirs) &&
           load_paths(loader, yaml_find(node, keys[1]), &related->ours) &&
           load_paths(loader, yaml_find(node, keys[3]), &related->via) &&
           check_via(loader, yaml_find(node, keys[3]), &related->via) &&
           (prefix == NULL || shape_text(loader->shape, prefix, &related->prefix));
}

static bool load_count(struct condition_loader *loader, const struct yaml_node *node, size_t *count)
{
    if (node->kind != YAML_NUMBER || !number_to_size(node->text, 1000000, count))
        return shape_fail(loader->shape, node, "a whole number was expected");
    return true;
}

static bool load_bounds(struct condition_loader *loader, const struct yaml_node *node, struct related *related)
{
    const struct yaml_node *least = yaml_find(node, STR("at_least")), *most = yaml_find(node, STR("at_most"));
    related->at_least = most == NULL ? 1 : 0;
    related->at_most = SIZE_MAX;
    return (least == NULL || load_count(loader, least, &related->at_least)) &&
           (most == NULL || load_count(loader, most, &related->at_most));
}

/* A word that stands for a number of an enum from 1 on. */
static bool load_word(struct condition_loader *loader, const struct yaml_node *node, const struct str *words,
                      size_t *number)
{
    *number = 0;
    if (node == NULL)
        return true;
    if (!shape_name(loader->shape, node, words, 2, number))
        return false;
    ++*number;
    return true;
}

static bool load_filters(struct condition_loader *loader, const struct yaml_node *node, struct related *related)
{
    static const struct str orders[] = { STR_INIT("before"), STR_INIT("not_before") };
    static const struct str regions[] = { STR_INIT("same"), STR_INIT("other") };
    static const struct str modules[] = { STR_INIT("same") };
    const struct yaml_node *module = yaml_find(node, STR("module"));
    size_t order, region, ignored;
    if (!load_word(loader, yaml_find(node, STR("order")), orders, &order) ||
        !load_word(loader, yaml_find(node, STR("region")), regions, &region) ||
        (module != NULL && !shape_name(loader->shape, module, modules, 1, &ignored)))
        return false;
    related->order = (enum related_order)order;
    related->region = (enum related_region)region;
    related->is_same_module = module != NULL;
    return true;
}

static bool load_parts(struct condition_loader *loader, const struct yaml_node *node, struct related *related)
{
    related->parts = arena_get(loader->shape->arena, (node->count + 1) * sizeof *related->parts);
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next) {
        related->parts[related->part_count] = load(loader, item);
        if (related->parts[related->part_count++] == NULL)
            return false;
    }
    return true;
}

static bool load_nested(struct condition_loader *loader, const struct yaml_node *node, struct related *related)
{
    related->parts = arena_get(loader->shape->arena, sizeof *related->parts);
    related->parts[0] = load(loader, node);
    related->part_count = 1;
    return related->parts[0] != NULL;
}

static bool load_one(struct condition_loader *loader, const struct yaml_node *node, struct related *related)
{
    const struct yaml_node *type = yaml_find(node, STR("type")), *where = yaml_find(node, STR("where"));
    const struct yaml_node *link = yaml_find(node, STR("link")), *nested = yaml_find(node, STR("related"));
    const struct yaml_node *action = yaml_find(node, STR("action"));
    if (!shape_check_keys(loader->shape, node, "related", related_keys, sizeof related_keys / sizeof related_keys[0]))
        return false;
    if (type == NULL)
        return shape_fail(loader->shape, node, "related: a type was expected");
    if (!shape_texts(loader->shape, type, &related->types) || (link != NULL && !load_link(loader, link, related)) ||
        !load_bounds(loader, node, related) || !load_filters(loader, node, related) ||
        (action != NULL && !shape_actions(loader->shape, action, &related->actions)))
        return false;
    if (where != NULL) {
        struct rule *notes = arena_get(loader->shape->arena, sizeof *notes); /* conditions point to its treatments */
        struct condition_loader inner = { loader->shape, notes, loader->rules,
                                          loader->selecting != NULL ? loader->selecting : loader->rule };
        notes->parameters = loader->rule->parameters;
        notes->select.types = related->types;
        related->where = condition_load(&inner, where, true);
        related->attributes = notes->attributes;
        if (related->where == NULL)
            return false;
    }
    return nested == NULL || load_nested(loader, nested, related);
}

/* The depth is that of the file, which is bounded. */
static const struct related *load(struct condition_loader *loader, const struct yaml_node *node)
{
    struct related *related = arena_get(loader->shape->arena, sizeof *related);
    const struct yaml_node *any = node->kind == YAML_MAP ? yaml_find(node, STR("any")) : NULL;
    related->at_most = SIZE_MAX;
    bool is_good;
    if (node->kind == YAML_LIST || any != NULL) {
        related->kind = any != NULL ? RELATED_ANY : RELATED_ALL;
        const struct yaml_node *list = any != NULL ? any : node;
        if (list->kind != YAML_LIST || list->first == NULL)
            return shape_fail(loader->shape, list, "any: a list was expected"), NULL;
        is_good = load_parts(loader, list, related);
    } else {
        is_good = load_one(loader, node, related);
    }
    return is_good ? related : NULL;
}

const struct related *related_load(struct condition_loader *loader, const struct yaml_node *node)
{
    return load(loader, node);
}

void related_each(const struct related *related, void (*visit)(void *context, const struct related *related),
                  void *context)
{
    visit(context, related);
    for (size_t i = 0; i < related->part_count; i++)
        related_each(related->parts[i], visit, context);
}
