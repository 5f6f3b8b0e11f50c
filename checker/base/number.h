/* Numbers as their decimal text, compared exactly: a double would change them. */
#ifndef TFCHECK_BASE_NUMBER_H
#define TFCHECK_BASE_NUMBER_H
#include "base/str.h"
struct arena;

/* Whether text is a JSON number (RFC 8259 section 6). */
bool number_is_valid(struct str text);

/* Below zero, zero or above zero. Both texts are valid; 1, 1.0 and 10e-1 are equal. */
int number_compare(struct str a, struct str b);

/* The sum without exponent, in arena. False when an exponent is beyond a thousand digits. */
bool number_add(struct arena *arena, struct str a, struct str b, struct str *sum);

/* Whether the number has no fraction. */
bool number_is_whole(struct str text);

/* The number as a size, if it is whole and from 0 to limit. */
bool number_to_size(struct str text, size_t limit, size_t *size);
#endif
