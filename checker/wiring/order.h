/* The order in which Terraform makes things: what waits for what, by references and depends_on, through modules. */
#ifndef TFCHECK_WIRING_ORDER_H
#define TFCHECK_WIRING_ORDER_H
#include "base/str.h"
struct wired_block;
struct wiring;

enum order {
    ORDER_NONE,    /* later does not wait for earlier */
    ORDER_UNKNOWN, /* it may, through a local */
    ORDER_AFTER    /* it does */
};

/* Whether what the block at address later makes waits for what the block at address earlier makes; both without instance
 * keys. *reason names the local of an ORDER_UNKNOWN. */
enum order order_find(struct wiring *wiring, struct str later, struct str earlier, struct str *reason);

/* What the vertex waits for directly. A vertex is the address of a block without instance keys, an input or output of a
 * module as module.m.var.NAME or module.m.output.NAME, or a whole module as module.m. */
struct order_edges {
    const struct str *items; /* names of vertices */
    const bool *is_explicit; /* one each: it stands in depends_on */
    size_t count;
    struct str open; /* a local that it names and that may lead anywhere; no string = none */
};

/* The edges of a vertex. Lives in the wiring's arena. */
const struct order_edges *order_find_edges(struct wiring *wiring, struct str vertex);
#endif
