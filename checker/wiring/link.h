/* Links between resource instances, decided by values first, then by references, else not at all. */
#ifndef TFCHECK_WIRING_LINK_H
#define TFCHECK_WIRING_LINK_H
#include "wiring/term.h"
struct arena;
struct path;
struct wiring;

/* One end of a link. */
struct link_end {
    const struct path **paths; /* the attributes that lead to the other end or name the same; */
    size_t count;              /* 0 = the resource itself: its place, name, id and ARN */
};

struct link_index; /* opaque; the instances of some types by the terms of one end */

/* Index the instances of the types, which are names or globs, by what is at their end. Lives in arena. */
struct link_index *link_index_build(const struct wiring *wiring, struct arena *arena, const struct str *types,
                                    size_t type_count, struct link_end theirs);

/* The terms of node's own end. With via, paths that begin with a type, those of these attributes of the kept instances of
 * that type that ours leads to, instead. prefix stands before its name in the other end's values; empty = nothing. In scratch. */
struct terms link_terms(const struct wiring *wiring, const struct node *node, struct link_end ours, struct link_end via,
                        struct str prefix);

/* Call visit for each indexed instance that shares a term with ours, once, with whether the link is sure; stops when
 * visit returns false. */
void link_each(struct wiring *wiring, const struct link_index *index, const struct terms *ours,
               bool (*visit)(void *context, struct node *node, bool is_sure), void *context);

/* Call visit for each indexed instance whose end is open, with the reason; stops when visit returns false. */
void link_each_open(const struct link_index *index,
                    bool (*visit)(void *context, struct node *node, struct str reason), void *context);

/* Call visit for each indexed instance; stops when visit returns false. */
void link_each_node(const struct link_index *index, bool (*visit)(void *context, struct node *node, bool is_sure),
                    void *context);
#endif
