/* Regular expressions. The only user of PCRE2: UTF, JIT, a match limit, compiled once. */
#ifndef TFCHECK_MATCH_REGEX_H
#define TFCHECK_MATCH_REGEX_H
#include "base/str.h"
struct arena;
struct error;
struct regex; /* opaque */

enum regex_answer {
    REGEX_MATCH,
    REGEX_NO_MATCH,
    REGEX_GAVE_UP /* match, depth or heap limit hit: not the same as no match */
};

/* Compile pattern; it is freed with arena. $ means the very end (PCRE2_DOLLAR_ENDONLY). NULL and error filled
 * (ERROR_POLICY; text and offset in the pattern; no file) when malformed. */
struct regex *regex_compile(struct arena *arena, struct str pattern, struct error *error);

/* The same without a look at the pattern until it is first matched; a malformed one then gives up on everything. */
struct regex *regex_prepare(struct arena *arena, struct str pattern);

/* The same for patterns that have been compiled before, in tests: what a match begins with is taken as written, and
 * PCRE2 is asked only about subjects that begin so. */
struct regex *regex_trust(struct arena *arena, struct str pattern);

/* Search subject for the pattern. Where subject is not UTF-8, nothing matches across the place. */
enum regex_answer regex_match(struct regex *regex, struct str subject);
#endif
