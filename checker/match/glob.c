#include "match/glob.h"

#include "base/utf8.h"

/* Bytes of the character at offset at; a byte that is not UTF-8 counts as one. */
static size_t character_length(struct str s, size_t at)
{
    unsigned char lead = (unsigned char)s.p[at];
    if (lead < 0x80)
        return 1;
    size_t n = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return n <= s.n - at && utf8_valid(str_part(s, at, n)) == n ? n : 1;
}

/* Bytes that the next of glob takes of subject at offset at, or 0 when it does not fit. */
static size_t step_length(char next, struct str subject, size_t at)
{
    if (next == '?')
        return character_length(subject, at);
    return next == subject.p[at] ? 1 : 0;
}

bool glob_match(struct str glob, struct str subject)
{
    if (glob.n == 1 && glob.p[0] == '*')
        return true;
    char last = glob.n > 0 ? glob.p[glob.n - 1] : '*';
    if (last != '*' && last != '?' && (subject.n == 0 || subject.p[subject.n - 1] != last))
        return false;
    size_t g = 0, s = 0;
    bool has_star = false;
    size_t star_g = 0, star_s = 0; /* where to go on behind the last *, and what it has taken so far */
    while (s < subject.n) {
        size_t taken = 0;
        if (g < glob.n && glob.p[g] == '*') {
            if (g + 1 == glob.n)
                return true;
            has_star = true;
            star_g = ++g;
            star_s = s;
            continue;
        }
        if (g < glob.n)
            taken = step_length(glob.p[g], subject, s);
        if (taken > 0) {
            g++;
            s += taken;
            continue;
        }
        if (!has_star)
            return false;
        star_s += character_length(subject, star_s);
        g = star_g;
        s = star_s;
    }
    while (g < glob.n && glob.p[g] == '*')
        g++;
    return g == glob.n;
}
