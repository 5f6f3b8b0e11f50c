/* What yajl lets through, found in the raw bytes of a document: UTF-8 that RFC 3629 forbids, escaped surrogates that
 * are no pair, and vertical tabs and form feeds, which yajl takes for white space. Everything else is left to
 * others, who see an error at or before the byte where this one could be led astray by it. */
#ifndef TFCHECK_JSON_JSON_SCREEN_H
#define TFCHECK_JSON_JSON_SCREEN_H
#include "base/str.h"

enum json_screen_verdict {
    JSON_SCREEN_GOOD,
    JSON_SCREEN_UTF8,
    JSON_SCREEN_SURROGATE,
    JSON_SCREEN_CONTROL /* a vertical tab or form feed, wherever it stands */
};

/* Where the last chunk ended. All zero is the start of a document. */
struct json_screen {
    int trailing;            /* bytes that the character still lacks */
    unsigned char low, high; /* the range of the first of them */
    int step;                /* of an escape; 0 = none */
    unsigned code;           /* the hexadecimal digits so far */
    bool after_high;         /* a high surrogate came right before */
    size_t start;            /* offset in the document of the character, escape or pair */
};

/* Check n bytes, of which the first has this offset in the document. Returns how many are good and adds their line
 * ends to *lines. When that is not all, *verdict says what is wrong, and the place is start; for a control it is the
 * byte that was reached. */
size_t json_screen_run(struct json_screen *screen, const char *bytes, size_t n, size_t offset, size_t *lines,
                       enum json_screen_verdict *verdict);
#endif
