/* Turns what editors and shells make of a file back into UTF-8: byte-order marks and UTF-16, as PowerShell's > writes. */
#ifndef TFCHECK_PLAN_DECODE_H
#define TFCHECK_PLAN_DECODE_H
#include "base/str.h"

enum encoding { ENCODING_UTF8, ENCODING_UTF16_LE, ENCODING_UTF16_BE };

struct decoder {
    enum encoding encoding;
    size_t skip;            /* bytes of the byte-order mark */
    unsigned char odd;      /* first half of a code unit that a chunk cut */
    bool has_odd;
    uint32_t high;          /* high surrogate that waits for its partner; 0 = none */
};

/* Guess the encoding from the first bytes (three are enough): a byte-order mark, or a zero byte beside the first
 * letter. */
void decode_start(struct decoder *decoder, struct str beginning);

/* Decode n bytes of UTF-16 to UTF-8 in out, which has room for 2 * n + 8 bytes; returns the bytes written. Lone
 * surrogates become bytes that are no valid UTF-8, so that the JSON reader refuses them with their place. */
size_t decode_chunk(struct decoder *decoder, const char *bytes, size_t n, char *out);
#endif
