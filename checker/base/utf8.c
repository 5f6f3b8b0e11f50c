#include "base/utf8.h"

#include <assert.h>

/* Bytes of the sequence at p if it is valid and within n bytes (n > 0), else 0. */
static size_t sequence_length(const unsigned char *p, size_t n)
{
    unsigned char lead = p[0], low = 0x80, high = 0xBF;
    size_t length;
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    if (lead < 0xE0) {
        length = 2;
    } else if (lead < 0xF0) {
        length = 3;
        if (lead == 0xE0)
            low = 0xA0;
        else if (lead == 0xED)
            high = 0x9F;
    } else {
        length = 4;
        if (lead == 0xF0)
            low = 0x90;
        else if (lead == 0xF4)
            high = 0x8F;
    }
    if (n < length || p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

size_t utf8_valid(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = 0;
    while (i < s.n) {
        uint64_t word = 0;
        while (s.n - i >= sizeof word) {
            memcpy(&word, p + i, sizeof word);
            if ((word & UINT64_C(0x8080808080808080)) != 0)
                break;
            i += sizeof word;
        }
        if (i == s.n)
            break;
        size_t length = sequence_length(p + i, s.n - i);
        if (length == 0)
            return i;
        i += length;
    }
    return s.n;
}

uint32_t utf8_decode(struct str s, size_t *length)
{
    assert(s.n > 0);
    const unsigned char *p = (const unsigned char *)s.p;
    *length = sequence_length(p, s.n);
    assert(*length > 0);
    if (*length == 1)
        return p[0];
    uint32_t code = p[0] & (0xFFu >> (*length + 1));
    for (size_t i = 1; i < *length; i++)
        code = code << 6 | (p[i] & 0x3Fu);
    return code;
}

size_t utf8_encode(uint32_t code, char *out)
{
    assert(code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF));
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code & 0x3F));
        code >>= 6;
    }
    out[0] = (char)((0xF00u >> length & 0xF0) | code);
    return length;
}

struct range {
    uint32_t first, last;
};

/* Marks that are drawn over the letter before them, and other characters without a width. */
static const struct range no_columns[] = {
    { 0x0300, 0x036F },   { 0x0483, 0x0489 },   { 0x0591, 0x05BD },   { 0x05BF, 0x05BF },   { 0x05C1, 0x05C2 },
    { 0x05C4, 0x05C5 },   { 0x05C7, 0x05C7 },   { 0x0610, 0x061A },   { 0x064B, 0x065F },   { 0x0670, 0x0670 },
    { 0x06D6, 0x06DC },   { 0x06DF, 0x06E4 },   { 0x06E7, 0x06E8 },   { 0x06EA, 0x06ED },   { 0x0711, 0x0711 },
    { 0x0730, 0x074A },   { 0x07A6, 0x07B0 },   { 0x07EB, 0x07F3 },   { 0x0816, 0x0819 },   { 0x081B, 0x0823 },
    { 0x0825, 0x0827 },   { 0x0829, 0x082D },   { 0x0859, 0x085B },   { 0x08D3, 0x08E1 },   { 0x08E3, 0x0902 },
    { 0x093A, 0x093A },   { 0x093C, 0x093C },   { 0x0941, 0x0948 },   { 0x094D, 0x094D },   { 0x0951, 0x0957 },
    { 0x0962, 0x0963 },   { 0x0981, 0x0981 },   { 0x09BC, 0x09BC },   { 0x09C1, 0x09C4 },   { 0x09CD, 0x09CD },
    { 0x0E31, 0x0E31 },   { 0x0E34, 0x0E3A },   { 0x0E47, 0x0E4E },   { 0x0EB1, 0x0EB1 },   { 0x0EB4, 0x0EBC },
    { 0x0EC8, 0x0ECD },   { 0x135D, 0x135F },   { 0x1AB0, 0x1ACE },   { 0x1DC0, 0x1DFF },   { 0x200B, 0x200F },
    { 0x202A, 0x202E },   { 0x2060, 0x2064 },   { 0x20D0, 0x20F0 },   { 0x302A, 0x302D },   { 0x3099, 0x309A },
    { 0xFE00, 0xFE0F },   { 0xFE20, 0xFE2F },   { 0xFEFF, 0xFEFF },   { 0x1D167, 0x1D169 }, { 0xE0001, 0xE007F },
    { 0xE0100, 0xE01EF },
};

/* East Asian wide and full-width characters, and emoji. */
static const struct range two_columns[] = {
    { 0x1100, 0x115F },   { 0x231A, 0x231B },   { 0x2329, 0x232A },   { 0x23E9, 0x23EC },   { 0x23F0, 0x23F0 },
    { 0x23F3, 0x23F3 },   { 0x25FD, 0x25FE },   { 0x2614, 0x2615 },   { 0x2648, 0x2653 },   { 0x267F, 0x267F },
    { 0x2693, 0x2693 },   { 0x26A1, 0x26A1 },   { 0x26AA, 0x26AB },   { 0x26BD, 0x26BE },   { 0x26C4, 0x26C5 },
    { 0x26CE, 0x26CE },   { 0x26D4, 0x26D4 },   { 0x26EA, 0x26EA },   { 0x26F2, 0x26F3 },   { 0x26F5, 0x26F5 },
    { 0x26FA, 0x26FA },   { 0x26FD, 0x26FD },   { 0x2705, 0x2705 },   { 0x270A, 0x270B },   { 0x2728, 0x2728 },
    { 0x274C, 0x274C },   { 0x274E, 0x274E },   { 0x2753, 0x2755 },   { 0x2757, 0x2757 },   { 0x2795, 0x2797 },
    { 0x27B0, 0x27B0 },   { 0x27BF, 0x27BF },   { 0x2B1B, 0x2B1C },   { 0x2B50, 0x2B50 },   { 0x2B55, 0x2B55 },
    { 0x2E80, 0x303E },   { 0x3041, 0x33FF },   { 0x3400, 0x4DBF },   { 0x4E00, 0xA4CF },   { 0xA960, 0xA97F },
    { 0xAC00, 0xD7A3 },   { 0xF900, 0xFAFF },   { 0xFE10, 0xFE19 },   { 0xFE30, 0xFE6F },   { 0xFF00, 0xFF60 },
    { 0xFFE0, 0xFFE6 },   { 0x16FE0, 0x18CFF }, { 0x1AFF0, 0x1B2FF }, { 0x1F004, 0x1F004 }, { 0x1F0CF, 0x1F0CF },
    { 0x1F18E, 0x1F18E }, { 0x1F191, 0x1F19A }, { 0x1F200, 0x1F320 }, { 0x1F32D, 0x1F335 }, { 0x1F337, 0x1F37C },
    { 0x1F37E, 0x1F393 }, { 0x1F3A0, 0x1F3CA }, { 0x1F3CF, 0x1F3D3 }, { 0x1F3E0, 0x1F3F0 }, { 0x1F3F4, 0x1F3F4 },
    { 0x1F3F8, 0x1F43E }, { 0x1F440, 0x1F440 }, { 0x1F442, 0x1F4FC }, { 0x1F4FF, 0x1F53D }, { 0x1F54B, 0x1F54E },
    { 0x1F550, 0x1F567 }, { 0x1F57A, 0x1F57A }, { 0x1F595, 0x1F596 }, { 0x1F5A4, 0x1F5A4 }, { 0x1F5FB, 0x1F64F },
    { 0x1F680, 0x1F6C5 }, { 0x1F6CC, 0x1F6CC }, { 0x1F6D0, 0x1F6D2 }, { 0x1F6D5, 0x1F6DF }, { 0x1F6EB, 0x1F6EC },
    { 0x1F6F4, 0x1F6FC }, { 0x1F7E0, 0x1F7F0 }, { 0x1F90C, 0x1F9FF }, { 0x1FA70, 0x1FAFF }, { 0x20000, 0x3FFFD },
};

static bool is_within(uint32_t code, const struct range *ranges, size_t count)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && code >= ranges[low].first;
}

size_t utf8_columns(struct str s)
{
    size_t columns = 0;
    for (size_t i = 0, length; i < s.n; i += length) {
        uint32_t code = utf8_decode(str_from_offset(s, i), &length);
        if (code < 0x300)
            columns++;
        else if (is_within(code, two_columns, sizeof two_columns / sizeof *two_columns))
            columns += 2;
        else if (!is_within(code, no_columns, sizeof no_columns / sizeof *no_columns))
            columns++;
    }
    return columns;
}
