/* The way from a block to a value in it, kept on the stack of who walks the block. */
#ifndef TFCHECK_PLAN_TRAIL_H
#define TFCHECK_PLAN_TRAIL_H
#include "base/str.h"
struct arena;

/* One step, innermost first. */
struct trail {
    const struct trail *outer; /* NULL = the block */
    struct str name;           /* no string = an item of a list */
    size_t index;              /* of an item */
    bool sensitive;            /* the value here must not be shown */
};

/* The trail as text in arena, as rule[0].action; empty when trail is NULL. */
struct str trail_text(struct arena *arena, const struct trail *trail);
#endif
