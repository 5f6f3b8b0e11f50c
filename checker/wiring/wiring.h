/* What is connected to what: the resource instances that rules join, and the blocks that they come from. */
#ifndef TFCHECK_WIRING_WIRING_H
#define TFCHECK_WIRING_WIRING_H
#include "base/map.h"
#include "plan/resource.h"
#include "plan/value_share.h"
struct configured;
struct node_list;
struct plan;
struct value;
struct wired_block;

/* A resource instance with the attributes that somebody joins by. */
struct node {
    struct resource resource;   /* after has only the kept attributes; never NULL */
    struct str key;             /* instance key with its brackets; empty without count and for_each */
    struct str group;           /* address without the instance key; instance keys of modules stay */
    struct wired_block *block;
    const struct node_list *list; /* of its type */
    struct node *next_of_type, *next_of_block;
    size_t mark;                /* number of the question that met it last */
    bool is_sure;               /* whether that question met it surely */
};

/* A block of the configuration, as far as it has instances. */
struct wired_block {
    struct str key;             /* address without instance keys */
    struct str module;          /* address of its module without instance keys */
    struct str unknowns;        /* its top-level attributes that are not wholly known, each between line ends */
    struct str blocks;          /* its lists of blocks that the plan knows, likewise */
    struct node *first, *last;  /* kept instances */
    const struct configured *configured; /* once wiring_find_configured has looked for it */
    bool was_looked_for;
    bool is_used; /* some other block, call or output refers to it; set by who asks for that */
};

struct node_list {
    struct node *first, *last;
    size_t count;
};

/* Lives in its arena. */
struct wiring {
    struct arena *arena;
    struct arena *scratch;
    struct map *strings; /* where texts are interned */
    const struct plan *plan;
    struct map types;    /* type, with data. before it for data sources -> struct node_list */
    struct map blocks;   /* configuration key -> struct wired_block; every block that has an instance after apply */
    struct map groups;   /* address and group -> struct node: the kept one, or the first of the group */
    struct value_shares shares; /* of the kept attributes */
    struct map vertices; /* of the order of operations */
    size_t questions;    /* asked so far, for marks */
    size_t steps;        /* walked so far in the order of operations */
};

/* No nodes yet. All arguments outlive the wiring. */
void wiring_init(struct wiring *wiring, struct arena *arena, struct arena *scratch, struct map *strings,
                 const struct plan *plan);

/* Note that a resource will exist; keep those of its attributes, members of after, for which keeps holds, or no node at all when keeps is
 * NULL. address is its address in a text that lasts. */
void wiring_add(struct wiring *wiring, const struct resource *resource, struct str address,
                bool (*keeps)(void *context, const struct value *member), void *context);

/* The name of a type as rules write it: data.aws_vpc for a data source. In strings. */
struct str wiring_type_name(struct map *strings, const struct resource *resource);

/* The kept instances of a type, as wiring_type_name names it; NULL = none. */
const struct node_list *wiring_find_type(const struct wiring *wiring, struct str type);

/* The kept instance at an address, or the first of those that an address without instance key stands for; NULL = none. */
struct node *wiring_find_node(const struct wiring *wiring, struct str address);

/* What the configuration says of the block; NULL = nothing. The document has been read. */
const struct configured *wiring_find_configured(const struct wiring *wiring, struct wired_block *block);

/* Whether the plan has blocks that the configuration lacks: a dynamic block made them, and what it refers to is not in the
 * plan. Only where all references are kept. */
bool wiring_has_dynamic(const struct wiring *wiring, struct wired_block *block);

/* Region of the provider that the node belongs to; no string when the plan does not tell. *provider is the key of its
 * configuration, or no string. */
struct str wiring_region(const struct wiring *wiring, const struct node *node, struct str *provider);
#endif
