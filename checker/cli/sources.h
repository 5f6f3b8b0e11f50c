/* The .tf files that are at hand. */
#ifndef TFCHECK_CLI_SOURCES_H
#define TFCHECK_CLI_SOURCES_H
#include "base/str.h"
struct document;
struct error;
struct plan;
struct session;
struct source;
struct source_watch;

/* The configuration that was named, else that of the current directory; NULL when that has none. False and error filled
 * when one was named that cannot be read. */
bool sources_open(struct session *session, const struct source **configuration, struct error *error);

/* Whether the configuration at hand is that of the plan, which was read past watch; one that was named is. If so, it
 * completes what a plan for people leaves out. watch is NULL when none is at hand. */
bool sources_use(const struct source_watch *watch, bool is_named, struct document *document, struct plan *plan);
#endif
