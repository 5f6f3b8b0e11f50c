/* Remembers from where resources were moved, while a plan is read, and has references kept for the graph. */
#ifndef TFCHECK_CLI_MOVES_H
#define TFCHECK_CLI_MOVES_H
#include "base/map.h"
#include "plan/plan_read.h"

/* Stands between a plan reader and those who listen to it. */
struct moves {
    const struct plan_events *events; /* who listens, and its context */
    void *context;
    bool keeps_references; /* of every block, whether the listener wants it or not */
    struct map former; /* address -> struct str, the address before */
};

/* Begin, in arena. The listener outlives the moves. */
void moves_open(struct moves *moves, struct arena *arena, const struct plan_events *events, void *context);

/* The events that the plan reader has to call, with the moves as their context. */
const struct plan_events *moves_events(void);
#endif
