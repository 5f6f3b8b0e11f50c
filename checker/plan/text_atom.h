/* Values of a plan for people that end in their line. */
#ifndef TFCHECK_PLAN_TEXT_ATOM_H
#define TFCHECK_PLAN_TEXT_ATOM_H
#include "plan/value.h"

/* Take word off the beginning of rest. False when rest begins otherwise. */
bool text_take(struct str *rest, struct str word);

/* The value at the beginning of rest, which is taken off it: a quoted text, a number, null, (known after apply), {}, ...
 * NULL when there is none, or it goes on in the next line. */
struct value *text_take_short(struct arena *arena, struct str *rest);

/* A value that the text does not show. */
struct value *text_make_hidden(struct arena *arena, bool is_sensitive);
#endif
