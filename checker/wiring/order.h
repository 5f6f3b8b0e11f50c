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
#endif
