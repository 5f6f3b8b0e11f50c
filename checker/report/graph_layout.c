#include "report/graph_layout.h"

#include "base/arena.h"

#include <stdlib.h>

enum { MOST_DRAWN = 150, SWEEPS = 8 };

struct drawing {
    const struct report_graph *graph;
    struct graph_layout layout;
};

/* A node on its way to a row. */
struct seat {
    size_t node;
    double wish; /* the middle of its neighbours' rows */
    size_t before;
};

static void draw(struct drawing *drawing, size_t node)
{
    struct graph_place *place = &drawing->layout.places[node];
    drawing->layout.drawn += !place->is_drawn;
    place->is_drawn = true;
}

/* Draw what has an edge; with only_findings, what has a finding, and its neighbours. */
static void choose(struct drawing *drawing, bool only_findings)
{
    const struct report_graph *graph = drawing->graph;
    for (size_t i = 0; i < graph->count; i++)
        drawing->layout.places[i].is_drawn = false;
    drawing->layout.drawn = 0;
    for (size_t i = 0; i < graph->count; i++) {
        for (size_t e = 0; e < graph->nodes[i].count; e++) {
            size_t other = graph->nodes[i].refers[e];
            if (only_findings && graph->nodes[i].findings == 0 && graph->nodes[other].findings == 0)
                continue;
            draw(drawing, i);
            draw(drawing, other);
        }
    }
}

/* The longest way to a node that refers to nothing. References make no circles; if they did, the rounds would end it. */
static void set_layers(struct drawing *drawing)
{
    const struct report_graph *graph = drawing->graph;
    struct graph_place *places = drawing->layout.places;
    bool has_changed = true;
    for (size_t round = 0; has_changed && round < drawing->layout.drawn; round++) {
        has_changed = false;
        for (size_t i = 0; i < graph->count; i++) {
            for (size_t e = 0; places[i].is_drawn && e < graph->nodes[i].count; e++) {
                const struct graph_place *other = &places[graph->nodes[i].refers[e]];
                if (!other->is_drawn || places[i].layer > other->layer)
                    continue;
                places[i].layer = other->layer + 1;
                has_changed = true;
            }
        }
    }
    for (size_t i = 0; i < graph->count; i++)
        if (places[i].is_drawn && places[i].layer >= drawing->layout.layers)
            drawing->layout.layers = places[i].layer + 1;
}

static int order_seats(const void *left, const void *right)
{
    const struct seat *a = left, *b = right;
    if (a->wish < b->wish || a->wish > b->wish)
        return a->wish < b->wish ? -1 : 1;
    return a->before < b->before ? -1 : a->before > b->before;
}

/* The middle of the rows of those that node is joined to, or its own row. */
static double wish_of(const struct drawing *drawing, size_t node)
{
    const struct report_graph *graph = drawing->graph;
    const struct graph_place *places = drawing->layout.places;
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < graph->count; i++) {
        for (size_t e = 0; places[i].is_drawn && e < graph->nodes[i].count; e++) {
            size_t other = graph->nodes[i].refers[e], end = i == node ? other : other == node ? i : node;
            if (end == node || !places[end].is_drawn)
                continue;
            sum += (double)places[end].row;
            count++;
        }
    }
    return count == 0 ? (double)places[node].row : sum / (double)count;
}

/* Give the nodes of a layer their rows, by their wishes when is_sorted. */
static void set_rows(struct drawing *drawing, struct seat *seats, size_t layer, bool is_sorted)
{
    struct graph_place *places = drawing->layout.places;
    size_t count = 0;
    for (size_t i = 0; i < drawing->graph->count; i++)
        if (places[i].is_drawn && places[i].layer == layer)
            seats[count++] = (struct seat){ i, is_sorted ? wish_of(drawing, i) : 0, is_sorted ? places[i].row : i };
    if (is_sorted && count > 0)
        qsort(seats, count, sizeof *seats, order_seats);
    for (size_t i = 0; i < count; i++) {
        places[seats[i].node].row = i;
        places[seats[i].node].top = 2 * i + (drawing->layout.rows > count ? drawing->layout.rows - count : 0);
    }
    if (count > drawing->layout.rows)
        drawing->layout.rows = count;
}

struct graph_layout graph_layout_make(struct arena *arena, const struct report_graph *graph)
{
    struct drawing drawing = { .graph = graph };
    struct graph_layout *layout = &drawing.layout;
    layout->places = arena_get(arena, (graph->count + 1) * sizeof *layout->places);
    choose(&drawing, false);
    layout->is_part = layout->drawn > MOST_DRAWN;
    if (layout->is_part)
        choose(&drawing, true);
    if (layout->drawn > MOST_DRAWN)
        layout->drawn = 0;
    if (layout->drawn == 0)
        return *layout;
    struct seat *seats = arena_get(arena, (layout->drawn + 1) * sizeof *seats);
    set_layers(&drawing);
    for (size_t layer = 0; layer < layout->layers; layer++)
        set_rows(&drawing, seats, layer, false);
    for (size_t sweep = 0; sweep < SWEEPS; sweep++)
        for (size_t i = 0; i < layout->layers; i++)
            set_rows(&drawing, seats, sweep % 2 == 0 ? i : layout->layers - 1 - i, true);
    return *layout;
}
