/* Where the subnets of a plan lead to: their route tables and default routes. */
#ifndef TFCHECK_WIRING_NETWORK_H
#define TFCHECK_WIRING_NETWORK_H
#include "base/str.h"
struct arena;
struct network; /* opaque */
struct node;
struct path;
struct wiring;

/* TYPE.ATTRIBUTE of all that networks read, up to no string. */
extern const struct str network_reads[];

/* Index the networks of the plan in arena. */
struct network *network_open(struct wiring *wiring, struct arena *arena);

enum way_out {
    WAY_NONE,     /* no default route */
    WAY_INTERNET, /* to an internet gateway */
    WAY_OTHER,    /* to a NAT gateway, transit gateway or the like */
    WAY_UNKNOWN
};

struct subnet_routes {
    enum way_out way;
    bool is_associated;     /* with a route table of the plan; else the main table of its VPC holds */
    struct str table;       /* address of the route table; no string = none is known */
    struct str reason;      /* of WAY_UNKNOWN; in the wiring's scratch */
};

/* The default route of a kept aws_subnet. */
struct subnet_routes network_find_routes(struct network *network, const struct node *subnet);

/* Call visit for each kept subnet that the attribute at path in node leads to, through subnet groups too. Returns whether
 * there may be others. */
bool network_each_subnet(struct network *network, struct node *node, const struct path *path,
                         bool (*visit)(void *context, struct node *subnet, bool is_sure), void *context);

/* The VPC of a subnet, security group or the like: address of the aws_vpc, or its id. No string when it is not known. */
struct str network_find_vpc(struct network *network, const struct node *node);
#endif
