/* Where the nodes of a graph stand in a picture: who refers to something stands left of it. For the room's own use. */
#ifndef TFCHECK_REPORT_GRAPH_LAYOUT_H
#define TFCHECK_REPORT_GRAPH_LAYOUT_H
#include "report/report.h"

struct graph_place {
    bool is_drawn;
    size_t layer; /* 0 = refers to nothing that is drawn */
    size_t row;   /* in the layer, from 0 */
    size_t top;   /* half rows above it, so that a short layer stands in the middle */
};

struct graph_layout {
    struct graph_place *places; /* one for each node */
    size_t drawn;               /* nodes; 0 = too many for a picture, or nothing refers to anything */
    size_t layers, rows;        /* rows of the longest layer */
    bool is_part;               /* only what has findings, and its neighbours */
};

/* Lay the graph out; in arena. The same graph gives the same picture. */
struct graph_layout graph_layout_make(struct arena *arena, const struct report_graph *graph);
#endif
