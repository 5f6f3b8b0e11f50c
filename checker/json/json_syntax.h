/* The grammar of RFC 8259 as a machine that can stop at any byte and go on with the next chunk. It makes no events:
 * it checks values that nobody wants, and finds the exact place of an error. It does not look at what json_screen
 * checks. */
#ifndef TFCHECK_JSON_JSON_SYNTAX_H
#define TFCHECK_JSON_JSON_SYNTAX_H
#include "json/json_read.h"

/* What the next byte must be part of. From JSON_IN_STRING on the machine stands within a token. */
enum json_state {
    JSON_VALUE,
    JSON_FIRST_ITEM, /* a value or ] */
    JSON_FIRST_KEY,  /* a key or } */
    JSON_KEY,
    JSON_COLON,
    JSON_AFTER, /* a comma or the end of the container; the end of the document at depth 0 */
    JSON_IN_STRING,
    JSON_IN_ESCAPE,
    JSON_IN_HEX,
    JSON_IN_LITERAL,
    JSON_IN_MINUS,
    JSON_IN_ZERO,
    JSON_IN_WHOLE,
    JSON_IN_POINT,
    JSON_IN_FRACTION,
    JSON_IN_E,
    JSON_IN_E_SIGN,
    JSON_IN_EXPONENT
};

/* All zero is the start of a document. */
struct json_syntax {
    enum json_state state;
    unsigned depth;                        /* open containers */
    uint64_t objects[JSON_DEPTH_MAX / 64]; /* bit for each of them: set = object, clear = array */
    bool is_key;                           /* the string being read is one */
    int hex_left;                          /* digits that \u still lacks */
    const char *literal;                   /* what true, false or null still lacks */
    size_t token;                          /* offset in the document of the token that was begun last */
    const char *problem;                   /* NULL, or what is wrong with the byte that was reached */
};

/* The problem of a container within JSON_DEPTH_MAX others. */
extern const char json_syntax_too_deep[];

/* Read n bytes, of which the first has this offset in the document. Stops early when a value has ended at a depth of
 * floor or less, or at a problem. Returns the bytes that were read. */
size_t json_syntax_run(struct json_syntax *syntax, const char *bytes, size_t n, size_t offset, unsigned floor);

/* Read to the end of the token in which the machine stands, not further. Returns the bytes that were read. */
size_t json_syntax_end_token(struct json_syntax *syntax, const char *bytes, size_t n);

/* Whether the document may end here. */
bool json_syntax_may_end(const struct json_syntax *syntax);

/* What is missing when the document ends here. */
const char *json_syntax_missing(const struct json_syntax *syntax);

static inline bool json_syntax_is_in_token(const struct json_syntax *syntax)
{
    return syntax->state >= JSON_IN_STRING;
}

static inline bool json_syntax_is_in_object(const struct json_syntax *syntax)
{
    unsigned top = syntax->depth - 1;
    return syntax->depth > 0 && (syntax->objects[top / 64] >> (top % 64) & 1) != 0;
}

/* Go into a container. False when it would be too deep. */
static inline bool json_syntax_open(struct json_syntax *syntax, bool object)
{
    unsigned top = syntax->depth;
    if (top == JSON_DEPTH_MAX)
        return false;
    uint64_t bit = UINT64_C(1) << (top % 64);
    syntax->objects[top / 64] = object ? syntax->objects[top / 64] | bit : syntax->objects[top / 64] & ~bit;
    syntax->depth++;
    syntax->state = object ? JSON_FIRST_KEY : JSON_FIRST_ITEM;
    return true;
}

/* Leave the innermost container. */
static inline void json_syntax_close(struct json_syntax *syntax)
{
    syntax->depth--;
    syntax->state = JSON_AFTER;
}
#endif
