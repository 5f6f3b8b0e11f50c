/* Reads a plan as `terraform plan` prints it for people, line by line. It tells less than plan JSON: what does not change
 * is hidden in it, and there is no configuration. */
#ifndef TFCHECK_PLAN_TEXT_READ_H
#define TFCHECK_PLAN_TEXT_READ_H
#include "base/str.h"
struct arena;
struct error;
struct plan;
struct plan_events;
struct text_reader; /* opaque */

/* Whether text looks like the beginning of such a plan. */
bool text_is_plan(struct str text);

/* The words of the first error message of Terraform in text, in arena; no string when there is none. */
struct str text_find_failure(struct arena *arena, struct str text);

/* A reader that fills plan and calls events->resource, as plan_open does. */
struct text_reader *text_open(struct plan *plan, struct arena *scratch, const struct plan_events *events, void *context,
                              struct error *error);

/* Read the next bytes, in chunks of any size. False after an error. */
bool text_feed(struct text_reader *reader, const char *bytes, size_t n);

/* The input has ended. False when the plan is cut, or shows other resources than it announces. */
bool text_close(struct text_reader *reader);

/* After text_close: the words with which Terraform failed; no string when it did not. */
struct str text_failure(const struct text_reader *reader);
#endif
