/* A string is a pointer and a length. It may hold NUL bytes and is not terminated. It owns nothing. */
#ifndef TFCHECK_BASE_STR_H
#define TFCHECK_BASE_STR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *p; /* NULL = no string at all, which is not the same as an empty one */
    size_t n;      /* bytes */
};

/* A string literal as a str. */
#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })

/* The initialiser of a constant str. */
#define STR_INIT(literal) { (literal), sizeof(literal) - 1 }

/* The two arguments of a "%.*s" conversion. */
#define STR_ARG(s) (int)(s).n, (s).p == NULL ? "" : (s).p

/* What strlen would see; NULL gives no string. */
static inline struct str str_from(const char *text)
{
    return text == NULL ? (struct str){ NULL, 0 } : (struct str){ text, strlen(text) };
}

static inline bool str_equal(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || (a.p[0] == b.p[0] && memcmp(a.p, b.p, a.n) == 0));
}

/* Byte order, shorter first among equals: below zero, zero or above zero. */
int str_compare(struct str a, struct str b);

/* ASCII letters are equal in either case. */
bool str_equal_ignoring_case(struct str a, struct str b);

static inline bool str_starts_with(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline bool str_ends_with(struct str s, struct str suffix)
{
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

/* Offset of the first occurrence, or -1. */
ptrdiff_t str_find(struct str s, struct str part);

/* Offset of the first such byte, or -1. */
ptrdiff_t str_find_byte(struct str s, char byte);

/* The part from start, length bytes at most. */
static inline struct str str_part(struct str s, size_t start, size_t length)
{
    if (start > s.n)
        start = s.n;
    if (length > s.n - start)
        length = s.n - start;
    return (struct str){ s.p == NULL ? NULL : s.p + start, length };
}

/* The part from start to the end. */
static inline struct str str_from_offset(struct str s, size_t start)
{
    return str_part(s, start, s.n);
}

/* Without spaces, tabs and line ends on either side. */
struct str str_trim(struct str s);

/* 64-bit FNV-1a, stable over versions and machines: fingerprints are made of it. */
uint64_t str_hash(struct str s);
uint64_t str_hash_more(uint64_t hash, struct str s);

/* The candidate that a person most probably meant by word, or no string when none is close (edit distance with
 * swaps, one third of the length at most). Case and - against _ count less than a letter. */
struct str str_suggest(struct str word, const struct str *candidates, size_t count);
#endif
