/* Finds out, while a plan is read, whether a configuration is the one that it was made from. */
#ifndef TFCHECK_SOURCE_WATCH_H
#define TFCHECK_SOURCE_WATCH_H
#include "base/map.h"
#include "plan/plan_read.h"
struct plan;
struct source;
struct source_lessons;

/* Stands between a plan reader and events, which are told everything. */
struct source_watch {
    const struct source *source;
    const struct plan_events *events;
    void *context;
    const struct plan *plan;        /* the one that is read */
    struct source_lessons *lessons; /* learn from a plan for people */
    struct map shown; /* addresses without instance keys of the resources so far */
    bool has_old;  /* something is there already: the stack is not new */
    size_t declared, missing; /* resources that will exist and whose block is in the configuration, or is not */
};

/* Start with the events of another. */
void source_watch_start(struct source_watch *watch, const struct source *source, const struct plan_events *events,
                        void *context);

/* Have lessons learn from the plan while it is read, when it comes as text for people. */
void source_watch_teach(struct source_watch *watch, const struct plan *plan, struct source_lessons *lessons);

/* The events for a plan reader, with a struct source_watch as their context. */
const struct plan_events *source_watch_events(void);

/* Whether all resources that will exist are declared in the configuration, and there are some. */
bool source_watch_matches(const struct source_watch *watch);

/* Whether there can be no resource that a plan for people does not show: every resource block of the configuration has had
 * one, or the stack is new, as every block without count and for_each is made in it, and the others make none. */
bool source_watch_shows_all(const struct source_watch *watch);
#endif
