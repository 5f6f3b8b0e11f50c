/* Expressions of .tf files that are nothing but literals. */
#ifndef TFCHECK_SOURCE_LITERAL_H
#define TFCHECK_SOURCE_LITERAL_H
#include "hcl/hcl_lex.h"
#include "plan/value.h"

/* The value of the expression text when it is a literal: a string without interpolations, a number, true, false, null, or a
 * list or object of such. NULL when it is anything else. Lives in arena; text must outlive it. */
struct value *source_read_literal(struct arena *arena, struct str text);

/* The text up to the next token among signs, or line end where these end an item, outside of all brackets. *end is that
 * token, or the end or something wrong. No string when there is none; comments around it are left out. */
struct str source_take_until(struct hcl_lexer *lexer, const char *signs, bool line_ends, struct hcl_token *end);

/* Call visit for each member of the object that text writes out, with its key and the text of its expression, as far as it is
 * written as an object; keys that are expressions are passed over. Keys live in arena or in text. */
void source_each_member(struct arena *arena, struct str text,
                        void (*visit)(void *context, struct str key, struct str expression), void *context);
#endif
