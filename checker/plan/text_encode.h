/* Turns what a plan for people takes apart back into one text. */
#ifndef TFCHECK_PLAN_TEXT_ENCODE_H
#define TFCHECK_PLAN_TEXT_ENCODE_H
#include "plan/value.h"

/* A string node that holds value as JSON in one line, as jsonencode writes it but for its escapes of <, > and &. NULL
 * when something in value is not known, or sensitive. */
struct value *text_encode(struct arena *arena, const struct value *value);

/* The strings of list with line ends between them. */
struct str text_join_lines(struct arena *arena, const struct value *list);
#endif
