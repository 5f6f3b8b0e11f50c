/* IPv4 and IPv6 address ranges in CIDR notation (RFC 4632, RFC 4291). */
#ifndef TFCHECK_MATCH_CIDR_H
#define TFCHECK_MATCH_CIDR_H
#include "base/str.h"

struct cidr {
    unsigned char bytes[16]; /* 4 or 16 of them are used */
    unsigned bits;           /* length of the prefix */
    bool is_v6;
};

/* Parse "10.0.0.0/16" or "2001:db8::/32". False when malformed. Bits behind the prefix may be set. */
bool cidr_parse(struct str text, struct cidr *cidr);

/* Whether every address of inner is in outer. */
bool cidr_contains(const struct cidr *outer, const struct cidr *inner);

/* Whether they share an address. */
bool cidr_overlaps(const struct cidr *a, const struct cidr *b);
#endif
