#include "wiring/diagram.h"

#include "base/arena.h"
#include "base/vec.h"
#include "match/glob.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "wiring/origin.h"
#include "wiring/wiring.h"

#include <stdlib.h>

/* What a reference in an attribute makes of two types; the first row that fits counts. */
static const struct {
    struct str from, attribute, to;
    enum edge_kind kind;
} kind_rows[] = {
    { STR_INIT("aws_cloudwatch_*alarm"), STR_INIT("*actions"), STR_INIT("*"), EDGE_NOTIFIES },
    { STR_INIT("aws_cloudwatch_*alarm"), STR_INIT("*"), STR_INIT("aws_sns_topic"), EDGE_NOTIFIES },
    { STR_INIT("aws_cloudwatch_*alarm"), STR_INIT("*"), STR_INIT("*"), EDGE_WATCHES },
    { STR_INIT("aws_flow_log"), STR_INIT("*_id"), STR_INIT("*"), EDGE_WATCHES },
    { STR_INIT("aws_sns_topic_subscription"), STR_INIT("endpoint"), STR_INIT("*"), EDGE_NOTIFIES },
    { STR_INIT("aws_kms_*"), STR_INIT("*"), STR_INIT("aws_kms_key"), EDGE_USES },
    { STR_INIT("aws_iam_*"), STR_INIT("*"), STR_INIT("aws_kms_key"), EDGE_GRANTS },
    { STR_INIT("*"), STR_INIT("*"), STR_INIT("aws_kms_key"), EDGE_ENCRYPTS },
    { STR_INIT("*"), STR_INIT("*"), STR_INIT("aws_kms_alias"), EDGE_ENCRYPTS },
    { STR_INIT("aws_lambda_permission"), STR_INIT("function_name"), STR_INIT("*"), EDGE_GRANTS },
    { STR_INIT("aws_iam_*attachment"), STR_INIT("*"), STR_INIT("*"), EDGE_GRANTS },
    { STR_INIT("aws_iam_role_policy"), STR_INIT("role"), STR_INIT("*"), EDGE_GRANTS },
    { STR_INIT("*_policy"), STR_INIT("*"), STR_INIT("*"), EDGE_GRANTS },
};

static struct str type_of(struct str block)
{
    struct str rest = block;
    for (;;) {
        ptrdiff_t dot = str_find_byte(rest, '.');
        struct str name = dot < 0 ? rest : str_part(rest, 0, (size_t)dot);
        if (dot < 0 || (!str_equal(name, STR("module")) && !str_equal(name, STR("data"))))
            return name;
        rest = str_from_offset(rest, (size_t)dot + 1);
        if (str_equal(name, STR("module"))) {
            dot = str_find_byte(rest, '.');
            rest = dot < 0 ? rest : str_from_offset(rest, (size_t)dot + 1);
        }
    }
}

static enum edge_kind kind_of(struct str from, struct str attribute, struct str to)
{
    struct str from_type = type_of(from), to_type = type_of(to);
    for (size_t i = 0; i < sizeof kind_rows / sizeof kind_rows[0]; i++)
        if (glob_match(kind_rows[i].from, from_type) && glob_match(kind_rows[i].attribute, attribute) &&
            glob_match(kind_rows[i].to, to_type))
            return kind_rows[i].kind;
    return EDGE_USES;
}

struct building {
    struct arena *arena;
    const struct wiring *wiring;
    struct diagram *diagram;
    struct str from, attribute;
    bool is_explicit;
};

static bool add_edge(void *context, const struct origin *origin)
{
    struct building *building = context;
    struct diagram_edge edge = { .from = building->from, .attribute = building->attribute };
    if (origin->kind == ORIGIN_VALUE || (origin->kind == ORIGIN_OPEN && str_equal(origin->text, STR("count.index"))))
        return true;
    edge.is_open = origin->kind == ORIGIN_OPEN;
    edge.to = arena_copy(building->arena, edge.is_open ? origin->text : origin->block);
    edge.kind = building->is_explicit ? EDGE_WAITS
                : edge.is_open        ? EDGE_USES
                                      : kind_of(edge.from, edge.attribute, edge.to);
    building->diagram->edges = vec_grow(building->arena, building->diagram->edges, building->diagram->edge_count,
                                        &building->diagram->edge_capacity, sizeof *building->diagram->edges);
    building->diagram->edges[building->diagram->edge_count++] = edge;
    return true;
}

/* Each reference by itself, so that it is known in which attribute it stands. */
static void add_references(struct building *building, const struct configured *block, const struct value *references,
                           bool is_explicit)
{
    struct origin_start start = { .module = block->module, .repetition = block->repetition };
    for (const struct value *item = references == NULL ? NULL : references->first; item != NULL; item = item->next) {
        if (item->kind != VALUE_STRING || str_starts_with(item->text, STR("each.")) || str_starts_with(item->text, STR("count.")))
            continue;
        struct value *list = value_make(building->wiring->scratch, VALUE_LIST);
        value_add(list, value_make_string(building->wiring->scratch, item->text));
        building->attribute = is_explicit ? (struct str){ NULL, 0 } : item->key;
        building->is_explicit = is_explicit;
        origin_each(building->wiring, start, list, add_edge, building);
        arena_reset(building->wiring->scratch);
    }
}

static int order_edges(const void *a, const void *b)
{
    const struct diagram_edge *x = a, *y = b;
    int order = str_compare(x->from, y->from);
    if (order == 0)
        order = x->is_open - y->is_open;
    if (order == 0)
        order = (x->kind > y->kind) - (x->kind < y->kind);
    return order == 0 ? str_compare(x->to, y->to) : order;
}

static int order_texts(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

struct diagram *diagram_build(struct arena *arena, const struct wiring *wiring)
{
    const struct map *blocks = &wiring->plan->configuration.resources;
    struct diagram *diagram = arena_get(arena, sizeof *diagram);
    struct building building = { .arena = arena, .wiring = wiring, .diagram = diagram };
    for (size_t i = 0; i < blocks->count; i++) {
        const struct configured *block = blocks->entries[i].value;
        building.from = blocks->entries[i].key;
        diagram->nodes = vec_grow(arena, diagram->nodes, diagram->node_count, &diagram->node_capacity, sizeof *diagram->nodes);
        diagram->nodes[diagram->node_count++] = building.from;
        add_references(&building, block, block->references, false);
        add_references(&building, block, block->repetition, false);
        add_references(&building, block, block->depends_on, true);
    }
    if (diagram->node_count > 0)
        qsort(diagram->nodes, diagram->node_count, sizeof *diagram->nodes, order_texts);
    if (diagram->edge_count > 0)
        qsort(diagram->edges, diagram->edge_count, sizeof *diagram->edges, order_edges);
    size_t kept = 0; /* the same edge may stand in several attributes */
    for (size_t i = 0; i < diagram->edge_count; i++) {
        struct diagram_edge *edge = &diagram->edges[i];
        bool is_same = kept > 0 && order_edges(&diagram->edges[kept - 1], edge) == 0;
        if (!is_same && !str_equal(edge->from, edge->to))
            diagram->edges[kept++] = *edge;
    }
    diagram->edge_count = kept;
    return diagram;
}
