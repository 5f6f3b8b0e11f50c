/* Reads the log stream of `terraform plan -json`: one JSON object a line (its documentation is "Machine-Readable UI"). It
 * tells which resources are changed and what Terraform complains of, but no values. */
#ifndef TFCHECK_PLAN_LOG_READ_H
#define TFCHECK_PLAN_LOG_READ_H
#include "base/str.h"
struct arena;
struct error;
struct plan;
struct plan_events;
struct log_reader; /* opaque */

/* Whether text, which begins with its first object, is such a stream. */
bool log_is_stream(struct str text);

/* A reader that fills plan and calls events->resource, as plan_open does. All values are hidden. */
struct log_reader *log_open(struct plan *plan, struct arena *scratch, const struct plan_events *events, void *context,
                            struct error *error);

/* Read the next bytes, in chunks of any size. False after an error. */
bool log_feed(struct log_reader *reader, const char *bytes, size_t n);

/* The input has ended. False when the log is that of another command than plan. */
bool log_close(struct log_reader *reader);

/* After log_close: what Terraform complained of, one sentence each, in the order of the log; the first 50 of them. */
const struct str *log_diagnostics(const struct log_reader *reader, size_t *count);
#endif
