#include "cli/graph.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "plan/address.h"
#include "plan/plan.h"
#include "report/reported.h"
#include "wiring/order.h"
#include "wiring/wiring.h"

#include <stdlib.h>

/* Steps through references that one graph may take: what is left out then is said. */
enum { MOST_STEPS = 1000000 };

struct sizes {
    size_t *items;
    size_t count, capacity;
};

struct texts_of {
    struct str *items;
    size_t count, capacity;
};

struct building {
    struct arena *arena;
    struct wiring wiring;
    struct map numbers; /* address -> number of the node, from 1 */
    struct map seen;    /* vertex -> number of the node that met it last */
    struct report_node *nodes;
    size_t steps;
};

static int order_nodes(const void *a, const void *b)
{
    return str_compare(((const struct report_node *)a)->address, ((const struct report_node *)b)->address);
}

static size_t *get_number(struct building *building, struct map *map, struct str name)
{
    size_t **place = (size_t **)map_get(map, name);
    if (*place == NULL)
        *place = arena_get(building->arena, sizeof **place);
    return *place;
}

/* Inputs, outputs and modules are stepped through; a block ends the way. */
static void follow(struct building *building, size_t number)
{
    struct texts_of open = { 0 };
    struct sizes refers = { 0 };
    struct arena *arena = building->arena;
    VEC_ADD(arena, &open, building->nodes[number].address);
    for (size_t next = 0; next < open.count && building->steps < MOST_STEPS; next++) {
        const struct order_edges *edges = order_find_edges(&building->wiring, open.items[next]);
        for (size_t i = 0; i < edges->count; i++, building->steps++) {
            size_t *seen = get_number(building, &building->seen, edges->items[i]);
            if (*seen == number + 1)
                continue;
            *seen = number + 1;
            const size_t *target = map_find(&building->numbers, edges->items[i]);
            if (target == NULL)
                VEC_ADD(arena, &open, edges->items[i]);
            else if (*target != number + 1)
                VEC_ADD(arena, &refers, *target - 1);
        }
    }
    building->nodes[number].refers = refers.items;
    building->nodes[number].count = refers.count;
}

static void count_findings(struct building *building, struct arena *scratch, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (!reported_is_open(finding) || finding->address.p == NULL)
            continue;
        const size_t *number = map_find(&building->numbers, address_without_keys(scratch, finding->address));
        struct report_node *node = number == NULL ? NULL : &building->nodes[*number - 1];
        if (node == NULL)
            continue;
        if (node->findings == 0 || finding->severity < node->worst)
            node->worst = finding->severity;
        node->findings++;
    }
}

struct report_graph graph_build(struct arena *arena, struct arena *scratch, struct plan *plan,
                                const struct findings *findings)
{
    const struct map *blocks = &plan->configuration.resources;
    struct building building = { .arena = arena };
    struct report_graph graph = { .count = blocks->count };
    if (blocks->count == 0)
        return graph;
    arena_reset(scratch);
    wiring_init(&building.wiring, arena, scratch, &plan->strings, plan);
    map_init(&building.numbers, arena);
    map_init(&building.seen, arena);
    building.nodes = arena_get(arena, blocks->count * sizeof *building.nodes);
    for (size_t i = 0; i < blocks->count; i++)
        building.nodes[i].address = blocks->entries[i].key;
    qsort(building.nodes, blocks->count, sizeof *building.nodes, order_nodes);
    for (size_t i = 0; i < blocks->count; i++)
        *get_number(&building, &building.numbers, building.nodes[i].address) = i + 1;
    for (size_t i = 0; i < blocks->count; i++)
        follow(&building, i);
    count_findings(&building, scratch, findings);
    graph.nodes = building.nodes;
    graph.is_cut = building.steps >= MOST_STEPS;
    return graph;
}
