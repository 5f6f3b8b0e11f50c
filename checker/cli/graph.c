#include "cli/graph.h"

#include "base/arena.h"
#include "plan/address.h"
#include "plan/plan.h"
#include "report/reported.h"
#include "wiring/diagram.h"
#include "wiring/wiring.h"

#include <stdlib.h>

static size_t find_node(const struct report_graph *graph, struct str address)
{
    size_t low = 0, high = graph->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(graph->nodes[middle].address, address);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return graph->count;
}

static int order_numbers(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* Two blocks may be connected in several ways; the page shows that they are. */
static void add_references(struct arena *arena, const struct report_graph *graph, struct report_node *nodes,
                           const struct diagram *diagram)
{
    size_t edge = 0;
    for (size_t i = 0; i < graph->count; i++) {
        size_t first = edge, found = 0;
        while (edge < diagram->edge_count && str_equal(diagram->edges[edge].from, nodes[i].address))
            edge++;
        size_t *refers = arena_get(arena, (edge - first) * sizeof *refers);
        for (size_t e = first; e < edge; e++) {
            const struct diagram_edge *one = &diagram->edges[e];
            size_t target = one->is_open ? graph->count : find_node(graph, one->to);
            if (target < graph->count)
                refers[found++] = target;
            else if (nodes[i].open.n == 0)
                nodes[i].open = one->to;
            else
                nodes[i].open = arena_join(arena, (struct str[]){ nodes[i].open, STR(", "), one->to }, 3);
        }
        if (found > 0)
            qsort(refers, found, sizeof *refers, order_numbers);
        nodes[i].refers = refers;
        for (size_t r = 0; r < found; r++)
            if (nodes[i].count == 0 || refers[nodes[i].count - 1] != refers[r])
                refers[nodes[i].count++] = refers[r];
    }
}

static void count_findings(const struct report_graph *graph, struct report_node *nodes, struct arena *scratch,
                           const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (!reported_is_open(finding) || finding->address.p == NULL)
            continue;
        size_t number = find_node(graph, address_without_keys(scratch, finding->address));
        if (number == graph->count)
            continue;
        if (nodes[number].findings == 0 || finding->severity < nodes[number].worst)
            nodes[number].worst = finding->severity;
        nodes[number].findings++;
    }
}

struct report_graph graph_build(struct arena *arena, struct arena *scratch, struct plan *plan,
                                const struct findings *findings)
{
    struct wiring wiring;
    if (plan->configuration.resources.count == 0)
        return (struct report_graph){ 0 };
    arena_reset(scratch);
    wiring_init(&wiring, arena, scratch, &plan->strings, plan);
    const struct diagram *diagram = diagram_build(arena, &wiring);
    struct report_node *nodes = arena_get(arena, diagram->node_count * sizeof *nodes);
    for (size_t i = 0; i < diagram->node_count; i++)
        nodes[i].address = diagram->nodes[i];
    struct report_graph graph = { nodes, diagram->node_count };
    add_references(arena, &graph, nodes, diagram);
    count_findings(&graph, nodes, scratch, findings);
    return graph;
}
