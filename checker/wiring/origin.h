/* Where a value comes from: references followed through modules, down by their inputs and up by their outputs. */
#ifndef TFCHECK_WIRING_ORIGIN_H
#define TFCHECK_WIRING_ORIGIN_H
#include "base/str.h"
struct node;
struct value;
struct wiring;

enum origin_kind {
    ORIGIN_BLOCK, /* a resource or data source */
    ORIGIN_VALUE, /* a root module variable, a literal, path.* or terraform.* */
    ORIGIN_OPEN   /* nobody can tell: a local, each.value of an unknown collection, ... */
};

/* Which instances of a block are meant. */
enum origin_reach {
    REACH_ALL,   /* every one, as by aws_x.y[*].id, or the only one */
    REACH_KEY,   /* the one with the key */
    REACH_SAME,  /* the one with the key of the resource that refers to it, as by aws_x.y[each.key].id */
    REACH_SOME   /* one or more of them, nobody can tell which */
};

/* The end of a chain of references. Its texts live in scratch at least until the visit returns. */
struct origin {
    enum origin_kind kind;
    struct str text;      /* the last reference, as written */
    struct str block;     /* of ORIGIN_BLOCK: address without instance keys */
    struct str local;     /* the same without its module */
    struct str module;    /* address of its module instance; no string = any instance */
    struct str key;       /* of REACH_KEY and REACH_SAME: instance key with its brackets */
    struct str attribute; /* what is taken of it; empty = the whole, or it is not told */
    enum origin_reach reach;
    bool is_part;         /* an input or output mixes several, and only a part of that is taken */
};

/* Where references stand. */
struct origin_start {
    struct str module;              /* address of the module without instance keys */
    struct str instance;            /* address of the module instance; no string = any */
    struct str key;                 /* instance key of the block with the references; empty = none */
    const struct value *repetition; /* what its count or for_each names; or NULL */
};

/* Where the expressions of node stand. */
struct origin_start origin_start_at(const struct wiring *wiring, const struct node *node);

/* Call visit for every end that references lead to; stops when visit returns false. references may be NULL. */
void origin_each(const struct wiring *wiring, struct origin_start start, const struct value *references,
                 bool (*visit)(void *context, const struct origin *origin), void *context);
#endif
