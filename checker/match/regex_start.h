/* What every text that a pattern matches begins with: most subjects are told apart by that, without PCRE2. */
#ifndef TFCHECK_MATCH_REGEX_START_H
#define TFCHECK_MATCH_REGEX_START_H
#include "base/str.h"
struct arena;

struct regex_start {
    struct str text; /* no string = nothing is known */
    bool ignores_case;
};

/* Whether the first of *rest stands for one byte, perhaps behind a backslash; that is *byte then. Takes it off rest. */
bool regex_take_byte(struct str *rest, char *byte);

/* The start of pattern, in arena. Nothing is known of a pattern that has options within, comments or alternatives at
 * the outermost level. */
struct regex_start regex_start_read(struct arena *arena, struct str pattern);

/* Whether subject surely does not begin so. */
bool regex_start_excludes(const struct regex_start *start, struct str subject);
#endif
