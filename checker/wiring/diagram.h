/* The graph of a plan for people and programs: what refers to what, and as what. */
#ifndef TFCHECK_WIRING_DIAGRAM_H
#define TFCHECK_WIRING_DIAGRAM_H
#include "json/json_write.h"
struct arena;
struct wiring;

/* What one block is to another. */
enum edge_kind { EDGE_USES, EDGE_WATCHES, EDGE_NOTIFIES, EDGE_ENCRYPTS, EDGE_GRANTS, EDGE_WAITS };

struct diagram_edge {
    struct str from, to;  /* addresses without instance keys; of an edge that cannot be resolved, to is the reference */
    struct str attribute; /* in which it stands; no string = depends_on */
    enum edge_kind kind;
    bool is_open;         /* nobody can tell where the reference leads to */
};

struct diagram {
    struct str *nodes; /* addresses, sorted */
    size_t node_count, node_capacity;
    struct diagram_edge *edges; /* sorted by from, kind, to */
    size_t edge_count, edge_capacity;
};

/* The diagram of a plan that was read with all references of its blocks kept. Lives in arena. */
struct diagram *diagram_build(struct arena *arena, const struct wiring *wiring);

/* Whether there is a format of that name: text, json, dot, mermaid. */
bool diagram_has_format(struct str format);

/* Write the diagram in the format of that name. False when there is no such format, or sink refused. */
bool diagram_write(struct arena *arena, const struct diagram *diagram, struct str format, json_sink *sink, void *context);
#endif
