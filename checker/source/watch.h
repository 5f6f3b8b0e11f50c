/* Finds out, while a plan is read, whether a configuration is the one that it was made from. */
#ifndef TFCHECK_SOURCE_WATCH_H
#define TFCHECK_SOURCE_WATCH_H
#include "plan/plan_read.h"
struct source;

/* Stands between a plan reader and events, which are told everything. */
struct source_watch {
    const struct source *source;
    const struct plan_events *events;
    void *context;
    size_t declared, missing; /* resources that will exist and whose block is in the configuration, or is not */
};

/* The events for a plan reader, with a struct source_watch as their context. */
const struct plan_events *source_watch_events(void);

/* Whether all resources that will exist are declared in the configuration, and there are some. */
bool source_watch_matches(const struct source_watch *watch);
#endif
