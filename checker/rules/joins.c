#include "rules/joins.h"

#include "base/arena.h"
#include "base/vec.h"
#include "match/glob.h"
#include "plan/address.h"
#include "plan/path.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/selection.h"

struct join_keep {
    struct map attributes; /* the values mean nothing */
    struct str type; /* of resources; no string = none was met */
    enum resource_mode mode;
    bool is_kept;
    size_t count; /* of its resources that will exist */
};

static void close_indexes(void *context)
{
    arena_close(context);
}

void joins_init(struct joins *joins, struct arena *arena, struct arena *scratch, struct map *strings,
                const struct plan *plan)
{
    *joins = (struct joins){ 0 };
    wiring_init(&joins->wiring, arena, scratch, strings, plan);
    map_init(&joins->keeps, arena);
    joins->indexes = arena_open(arena_memory(arena));
    arena_defer(arena, close_indexes, joins->indexes);
    joins->shared = arena_open(arena_memory(arena));
    arena_defer(arena, close_indexes, joins->shared);
}

static void note_order(void *context, const struct related *related)
{
    struct joins *joins = context;
    joins->needs_order |= related->order != RELATED_IN_ANY_ORDER;
}

bool joins_judges(const struct rule *rule)
{
    return rule->related != NULL || rule->select.related != NULL || (rule->analysis != NULL && rule->analysis->joins);
}

void joins_add_rule(struct joins *joins, const struct rule *rule)
{
    if (rule->analysis != NULL)
        joins->needs_order |= rule->analysis->needs_order;
    if (!joins_judges(rule))
        return;
    VEC_ADD(joins->wiring.arena, &joins->joining, rule);
    if (rule->related != NULL)
        related_each(rule->related, note_order, joins);
    if (rule->select.related != NULL)
        related_each(rule->select.related, note_order, joins);
}

struct keeping {
    struct joins *joins;
    struct join_keep *keep;
    struct str type;
};

static void keep_attribute(struct keeping *keeping, struct str attribute)
{
    *map_get(&keeping->keep->attributes, attribute) = keeping->keep;
}

static void keep_end(struct keeping *keeping, const struct link_end *end)
{
    for (size_t i = 0; i < end->count; i++)
        if (end->paths[i]->steps[0].kind == STEP_NAME)
            keep_attribute(keeping, end->paths[i]->steps[0].name);
}

/* What one side of a link reads of its own resources. */
static void keep_for(struct keeping *keeping, const struct related *inner)
{
    if (inner->kind == RELATED_COUNT) {
        keep_end(keeping, &inner->ours);
        return;
    }
    for (size_t i = 0; i < inner->part_count; i++)
        keep_for(keeping, inner->parts[i]);
}

static void keep_related(void *context, const struct related *related)
{
    struct keeping *keeping = context;
    for (size_t i = 0; i < related->via.count; i++) {
        const struct path *via = related->via.paths[i];
        if (!str_equal(via->steps[0].name, keeping->type))
            continue;
        keeping->keep->is_kept = true;
        keep_attribute(keeping, via->steps[1].name);
    }
    if (related->kind != RELATED_COUNT || !selection_matches(&related->types, keeping->type))
        return;
    keeping->keep->is_kept = true;
    keep_end(keeping, &related->theirs);
    for (size_t i = 0; i < related->attributes.count; i++)
        keep_attribute(keeping, related->attributes.items[i]);
    for (size_t i = 0; i < related->part_count; i++)
        keep_for(keeping, related->parts[i]);
}

static bool selects(const struct rule *rule, struct str type)
{
    struct str bare = str_starts_with(type, STR("data.")) ? str_from_offset(type, 5) : type;
    return selection_matches(&rule->select.types, bare);
}

/* TYPE.ATTRIBUTE, where the type of a data source has data. before it. */
static void keep_reads(struct keeping *keeping, const struct analysis *analysis)
{
    for (const struct str *read = analysis->reads; read != NULL && read->p != NULL; read++) {
        size_t dot = read->n;
        while (dot > 0 && read->p[dot - 1] != '.')
            dot--;
        if (dot == 0 || !glob_match(str_part(*read, 0, dot - 1), keeping->type))
            continue;
        keeping->keep->is_kept = true;
        keep_attribute(keeping, str_from_offset(*read, dot));
    }
}

static void keep_path(struct keeping *keeping, struct str text)
{
    size_t n = 0;
    while (n < text.n && text.p[n] != '.' && text.p[n] != '[')
        n++;
    if (n > 0)
        keep_attribute(keeping, str_part(text, 0, n));
}

/* Types that parameters of an analysis name are kept with what they are known by. */
static void keep_types(struct keeping *keeping, const struct rule *rule)
{
    for (const struct str *name = rule->analysis->types; name != NULL && name->p != NULL; name++) {
        const struct value *value = map_find(&rule->parameters, *name);
        if (value == NULL)
            continue;
        keeping->keep->is_kept |= str_equal(value->text, keeping->type);
        for (const struct value *item = value->first; item != NULL; item = item->next)
            keeping->keep->is_kept |= str_equal(value->kind == VALUE_OBJECT ? item->key : item->text, keeping->type);
    }
}

/* The attributes that parameters of an analysis name. */
static void keep_parameters(struct keeping *keeping, const struct rule *rule)
{
    for (const struct str *name = rule->analysis->paths; name != NULL && name->p != NULL; name++) {
        const struct value *value = map_find(&rule->parameters, *name);
        if (value != NULL && value->kind == VALUE_STRING)
            keep_path(keeping, value->text);
        for (const struct value *item = value == NULL ? NULL : value->first; item != NULL; item = item->next) {
            const struct value *role = value_find(item, STR("role")); /* of a table of types */
            keep_path(keeping, item->text);
            keep_path(keeping, role == NULL ? STR("") : role->text);
            for (const struct value *one = role == NULL ? NULL : role->first; one != NULL; one = one->next)
                keep_path(keeping, one->text);
        }
    }
}

static void keep_rule(struct keeping *keeping, const struct rule *rule)
{
    if (rule->related != NULL)
        related_each(rule->related, keep_related, keeping);
    if (rule->select.related != NULL)
        related_each(rule->select.related, keep_related, keeping);
    if (rule->analysis != NULL) {
        keep_reads(keeping, rule->analysis);
        keep_types(keeping, rule);
    }
    if (!selects(rule, keeping->type))
        return;
    keeping->keep->is_kept = true;
    for (size_t i = 0; i < rule->attributes.count; i++)
        keep_attribute(keeping, rule->attributes.items[i]);
    if (rule->related != NULL)
        keep_for(keeping, rule->related);
    if (rule->select.related != NULL)
        keep_for(keeping, rule->select.related);
    if (rule->analysis != NULL)
        keep_parameters(keeping, rule);
}

static struct join_keep *get_keep(struct joins *joins, struct str type)
{
    struct join_keep *keep = map_find(&joins->keeps, type);
    if (keep != NULL)
        return keep;
    keep = arena_get(joins->wiring.arena, sizeof *keep);
    map_init(&keep->attributes, joins->wiring.arena);
    type = map_intern(joins->wiring.strings, type);
    *map_get(&joins->keeps, type) = keep;
    struct keeping keeping = { joins, keep, type };
    for (size_t i = 0; i < joins->joining.count; i++)
        keep_rule(&keeping, joins->joining.items[i]);
    return keep;
}

/* What a resource is known by is kept too, if it is known. */
static bool is_kept(void *context, const struct value *member)
{
    const struct join_keep *keep = context;
    bool is_name = terms_is_name(member->key) || str_equal(member->key, STR("region"));
    return (is_name && member->kind != VALUE_UNKNOWN) || map_find(&keep->attributes, member->key) != NULL;
}

void joins_collect(struct joins *joins, const struct resource *resource, struct str address)
{
    if (joins->joining.count == 0 && !joins->needs_order)
        return;
    struct join_keep *keep = joins->last;
    bool is_same = keep != NULL && keep->mode == resource->mode && str_equal(keep->type, resource->type);
    if (!is_same)
        keep = get_keep(joins, wiring_type_name(joins->wiring.strings, resource));
    if (!is_same && keep->type.p == NULL) {
        keep->type = map_intern(joins->wiring.strings, resource->type);
        keep->mode = resource->mode;
    }
    joins->last = keep;
    keep->count++;
    if (keep->is_kept || joins->needs_order)
        wiring_add(&joins->wiring, resource, address, keep->is_kept ? is_kept : NULL, keep);
}

static bool is_data(struct str configuration_key)
{
    struct address address;
    return str_find(configuration_key, STR("data.")) >= 0 && address_parse(configuration_key, &address) &&
           address.is_data;
}

bool joins_want(struct joins *joins, struct str configuration_key, struct str type, struct str attribute)
{
    if (joins->joining.count == 0 && !joins->needs_order)
        return false;
    if (str_equal(attribute, STR("*")))
        return joins->needs_order;
    if (attribute.n == 0 && joins->needs_order)
        return true;
    if (is_data(configuration_key))
        type = arena_format(joins->wiring.scratch, "data.%.*s", STR_ARG(type));
    struct join_keep *keep = get_keep(joins, type);
    if (attribute.n == 0)
        return keep->is_kept;
    return keep->is_kept && map_find(&keep->attributes, attribute) != NULL;
}

enum truth joins_test(struct joins *joins, const struct condition *condition, const struct node *node,
                      const struct resource *selected, struct evaluation *evaluation)
{
    *evaluation = (struct evaluation){ .selected = selected, .plan = joins->wiring.plan, .resource = &node->resource,
                                       .scratch = joins->wiring.scratch, .is_final = true };
    return condition == NULL ? TRUTH_TRUE : condition_test(evaluation, condition);
}

void joins_each_selected(struct joins *joins, const struct rule *rule,
                         void (*visit)(void *context, struct node *node, enum truth selected), void *context)
{
    for (size_t t = 0; t < joins->wiring.types.count; t++) {
        const struct node_list *list = joins->wiring.types.entries[t].value;
        if (!selects(rule, joins->wiring.types.entries[t].key))
            continue;
        for (struct node *node = list->first; node != NULL; node = node->next_of_type) {
            struct evaluation evaluation;
            if (!selection_takes(rule, &node->resource))
                continue;
            enum truth selected = joins_test(joins, rule->select.where, node, NULL, &evaluation);
            if (selected != TRUTH_FALSE && rule->select.related != NULL) {
                enum truth related = related_test(joins, rule->select.related, node, node).truth;
                selected = related == TRUTH_TRUE ? selected : related;
            }
            if (selected != TRUTH_FALSE)
                visit(context, node, selected);
        }
    }
}

bool joins_has_selected(const struct joins *joins, const struct rule *rule)
{
    for (size_t t = 0; t < joins->wiring.types.count; t++)
        if (selects(rule, joins->wiring.types.entries[t].key))
            return true;
    return false;
}

void joins_forget_shared(struct joins *joins)
{
    arena_reset(joins->shared);
    arena_reset(joins->indexes);
    map_init(&joins->states, joins->indexes);
    joins->rights = NULL;
    joins->network = NULL;
}

size_t joins_count_type(const struct joins *joins, struct str type)
{
    const struct join_keep *keep = map_find(&joins->keeps, type);
    return keep == NULL ? 0 : keep->count;
}
