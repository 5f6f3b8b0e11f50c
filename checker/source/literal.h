/* Expressions of .tf files that are nothing but literals. */
#ifndef TFCHECK_SOURCE_LITERAL_H
#define TFCHECK_SOURCE_LITERAL_H
#include "plan/value.h"

/* The value of the expression text when it is a literal: a string without interpolations, a number, true, false, null, or a
 * list or object of such. NULL when it is anything else. Lives in arena; text must outlive it. */
struct value *source_read_literal(struct arena *arena, struct str text);
#endif
