#include "match/cidr.h"

#include <arpa/inet.h>

static bool read_address(struct str text, struct cidr *cidr)
{
    char terminated[INET6_ADDRSTRLEN];
    if (text.n >= sizeof terminated || str_find_byte(text, '\0') >= 0)
        return false;
    memcpy(terminated, text.p, text.n);
    terminated[text.n] = '\0';
    cidr->is_v6 = str_find_byte(text, ':') >= 0;
    return inet_pton(cidr->is_v6 ? AF_INET6 : AF_INET, terminated, cidr->bytes) == 1;
}

static bool read_bits(struct str text, unsigned limit, unsigned *bits)
{
    if (text.n == 0 || text.n > 3 || (text.n > 1 && text.p[0] == '0'))
        return false;
    *bits = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        *bits = *bits * 10 + (unsigned)(text.p[i] - '0');
    }
    return *bits <= limit;
}

bool cidr_parse(struct str text, struct cidr *cidr)
{
    struct cidr parsed = { .bits = 0 };
    ptrdiff_t slash = str_find_byte(text, '/');
    if (slash < 0 || !read_address(str_part(text, 0, (size_t)slash), &parsed) ||
        !read_bits(str_from_offset(text, (size_t)slash + 1), parsed.is_v6 ? 128 : 32, &parsed.bits))
        return false;
    *cidr = parsed;
    return true;
}

static bool starts_alike(const struct cidr *a, const struct cidr *b, unsigned bits)
{
    size_t whole = bits / 8;
    if (memcmp(a->bytes, b->bytes, whole) != 0)
        return false;
    unsigned left = bits % 8;
    return left == 0 || (unsigned)(a->bytes[whole] ^ b->bytes[whole]) >> (8 - left) == 0;
}

bool cidr_contains(const struct cidr *outer, const struct cidr *inner)
{
    return outer->is_v6 == inner->is_v6 && outer->bits <= inner->bits && starts_alike(outer, inner, outer->bits);
}

bool cidr_overlaps(const struct cidr *a, const struct cidr *b)
{
    return a->is_v6 == b->is_v6 && starts_alike(a, b, a->bits < b->bits ? a->bits : b->bits);
}
