#include "match/regex_start.h"

#include "base/arena.h"
#include "base/utf8.h"

static bool is_one_of(char byte, const char *set)
{
    return byte != '\0' && strchr(set, byte) != NULL;
}

bool regex_take_byte(struct str *rest, char *byte)
{
    size_t length = rest->p[0] == '\\' ? 2 : 1;
    if (length > rest->n)
        return false;
    *byte = rest->p[length - 1];
    *rest = str_from_offset(*rest, length);
    return length == 1 ? !is_one_of(*byte, "^$.[|()?*+{\\") : is_one_of(*byte, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
}

/* Offset of the ] that ends the class which begins at offset at, or the length of pattern. */
static size_t class_end(struct str pattern, size_t at)
{
    at += at + 1 < pattern.n && pattern.p[at + 1] == '^' ? 2 : 1;
    if (at < pattern.n && pattern.p[at] == ']')
        at++;
    while (at < pattern.n && pattern.p[at] != ']')
        at += pattern.p[at] == '\\' ? 2 : 1;
    return at < pattern.n ? at : pattern.n;
}

/* A group that captures, or (?:, (?=, (?!, (?<=, (?<!, (?<name>. */
static bool is_plain_group(struct str pattern, size_t at)
{
    char next = at + 1 < pattern.n ? pattern.p[at + 1] : '\0';
    if (next == '*')
        return false;
    return next != '?' || (at + 2 < pattern.n && is_one_of(pattern.p[at + 2], ":=!<"));
}

/* Whether all of pattern has to match one after another: no | outside of groups, and nothing that this cannot read. */
static bool is_sequence(struct str pattern)
{
    size_t depth = 0;
    if (str_find(pattern, STR("[:")) >= 0)
        return false;
    for (size_t i = 0; i < pattern.n; i++) {
        char byte = pattern.p[i];
        if (byte == '\\') {
            if (++i == pattern.n || is_one_of(pattern.p[i], "QEc"))
                return false;
        } else if (byte == '[') {
            i = class_end(pattern, i);
        } else if (byte == '(') {
            if (!is_plain_group(pattern, i))
                return false;
            depth++;
        } else if (byte == ')') {
            if (depth-- == 0)
                return false;
        } else if (byte == '|' && depth == 0) {
            return false;
        }
    }
    return depth == 0;
}

struct regex_start regex_start_read(struct arena *arena, struct str pattern)
{
    struct regex_start start = { .ignores_case = str_starts_with(pattern, STR("(?i)")) };
    struct str rest = str_from_offset(pattern, start.ignores_case ? 4 : 0);
    if (!str_starts_with(rest, STR("^")) || !is_sequence(rest))
        return start;
    rest = str_from_offset(rest, 1);
    char *out = arena_get_text(arena, rest.n + 1);
    size_t n = 0;
    while (rest.n > 0 && (unsigned char)rest.p[0] < 0x80 && regex_take_byte(&rest, &out[n])) {
        bool is_repeated = rest.n > 0 && is_one_of(rest.p[0], "?*+{");
        if (is_repeated)
            break;
        n++;
    }
    if (n > 0)
        start.text = (struct str){ out, n };
    return start;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

bool regex_start_excludes(const struct regex_start *start, struct str subject)
{
    for (size_t i = 0; i < start->text.n; i++) {
        if (i == subject.n)
            return true;
        char want = start->text.p[i], have = subject.p[i];
        /* a letter beyond ASCII may be another case of one within, as the Kelvin sign is of k */
        if ((unsigned char)have >= 0x80)
            return false;
        if (want != have && !(start->ignores_case && lower(want) == lower(have)))
            return true;
    }
    return false;
}
