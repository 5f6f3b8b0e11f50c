/* Globs for types and addresses: * matches any run of characters, ? one character; everything else is itself,
 * brackets too, since addresses hold them. */
#ifndef TFCHECK_MATCH_GLOB_H
#define TFCHECK_MATCH_GLOB_H
#include "base/str.h"

/* Whether all of subject matches. Time grows with the product of both lengths at worst. */
bool glob_match(struct str glob, struct str subject);
#endif
