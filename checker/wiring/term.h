/* What one end of a link can be known by: values, and places in the plan. Two ends are linked when they share a term. */
#ifndef TFCHECK_WIRING_TERM_H
#define TFCHECK_WIRING_TERM_H
#include "base/str.h"
struct node;
struct path;
struct wiring;

enum term_kind {
    TERM_VALUE, /* a text in the plan */
    TERM_PLACE, /* address of an instance, of all instances of a group, or of a block, that is referred to */
    TERM_SELF   /* the same, of the end itself */
};

struct term {
    enum term_kind kind;
    struct str text;
    bool is_sure;         /* false: it may be this one */
    struct str attribute; /* of a TERM_PLACE that is referred to: what is taken of it */
};

struct terms {
    struct term *items;
    size_t count, capacity;
    bool is_open;       /* there may be others: something is not known, and nothing else was named */
    bool is_plural;     /* the path leads to several values */
    struct str reason;  /* why it is open */
    const struct node *self; /* the instance whose end it is, when it stands for itself too; or NULL */
};

/* Add what is known of the values at path in node. Lives in the wiring's scratch. */
void terms_add_path(const struct wiring *wiring, const struct node *node, const struct path *path, struct terms *terms);

/* Add the places of node itself. */
void terms_add_places(const struct wiring *wiring, const struct node *node, struct terms *terms);

/* Add the values by which others know node: its name, id and ARN. */
void terms_add_names(const struct wiring *wiring, const struct node *node, struct terms *terms);

/* Whether attribute is one that terms_add_names reads. */
bool terms_is_name(struct str attribute);
#endif
