#include "base/str.h"

#include <ctype.h>

int str_compare(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n == 0 ? 0 : memcmp(a.p, b.p, n);
    if (order != 0)
        return order;
    return a.n < b.n ? -1 : a.n > b.n;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_equal_ignoring_case(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

ptrdiff_t str_find(struct str s, struct str part)
{
    if (part.n == 0)
        return 0;
    for (size_t i = 0; i + part.n <= s.n; i++) {
        const char *hit = memchr(s.p + i, part.p[0], s.n - part.n - i + 1);
        if (hit == NULL)
            return -1;
        i = (size_t)(hit - s.p);
        if (memcmp(hit, part.p, part.n) == 0)
            return (ptrdiff_t)i;
    }
    return -1;
}

ptrdiff_t str_find_byte(struct str s, char byte)
{
    const char *hit = s.n == 0 ? NULL : memchr(s.p, byte, s.n);
    return hit == NULL ? -1 : hit - s.p;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str str_trim(struct str s)
{
    while (s.n > 0 && is_space(s.p[0]))
        s = str_from_offset(s, 1);
    while (s.n > 0 && is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

uint64_t str_hash_more(uint64_t hash, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        hash = (hash ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
    return hash;
}

uint64_t str_hash(struct str s)
{
    return str_hash_more(UINT64_C(0xcbf29ce484222325), s);
}

enum { LONGEST_SUGGESTION = 64, LETTER_COST = 3 };

static int letter_cost(char a, char b)
{
    if (a == b)
        return 0;
    if (lower(a) == lower(b) || ((a == '-' || a == '_') && (b == '-' || b == '_')))
        return 1;
    return LETTER_COST;
}

/* Optimal string alignment: Levenshtein with the swap of two neighbours as one step. */
static int distance(struct str a, struct str b)
{
    int rows[3][LONGEST_SUGGESTION + 1];
    int *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.n; j++)
        above[j] = (int)j * LETTER_COST;
    for (size_t i = 1; i <= a.n; i++) {
        row[0] = (int)i * LETTER_COST;
        for (size_t j = 1; j <= b.n; j++) {
            int best = above[j - 1] + letter_cost(a.p[i - 1], b.p[j - 1]);
            if (above[j] + LETTER_COST < best)
                best = above[j] + LETTER_COST;
            if (row[j - 1] + LETTER_COST < best)
                best = row[j - 1] + LETTER_COST;
            if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] &&
                before[j - 2] + LETTER_COST < best)
                best = before[j - 2] + LETTER_COST;
            row[j] = best;
        }
        int *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[b.n];
}

struct str str_suggest(struct str word, const struct str *candidates, size_t count)
{
    struct str best = { NULL, 0 };
    if (word.n == 0 || word.n > LONGEST_SUGGESTION)
        return best;
    int limit = (int)(word.n * LETTER_COST) / 3 + 1;
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].n > LONGEST_SUGGESTION)
            continue;
        int d = distance(word, candidates[i]);
        if (d < limit) {
            limit = d;
            best = candidates[i];
        }
    }
    return best;
}
