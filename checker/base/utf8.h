/* UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef TFCHECK_BASE_UTF8_H
#define TFCHECK_BASE_UTF8_H
#include "base/str.h"

/* Length of the valid beginning of s: s.n when all of it is valid. */
size_t utf8_valid(struct str s);

/* Decode the code point at the beginning of s, which is valid and not empty. *length is its bytes. */
uint32_t utf8_decode(struct str s, size_t *length);

/* Write code as UTF-8 to out (4 bytes of room); returns the number of bytes. */
size_t utf8_encode(uint32_t code, char *out);

/* Columns that valid s takes on a terminal: 0 for combining marks, 2 for East Asian wide characters, else 1. */
size_t utf8_columns(struct str s);
#endif
