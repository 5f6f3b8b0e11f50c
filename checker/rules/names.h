/* The physical names that a plan gives its resources, for the analyses of naming. */
#ifndef TFCHECK_RULES_NAMES_H
#define TFCHECK_RULES_NAMES_H
#include "plan/resource.h"
struct arena;
struct map;
struct plan;
struct value;

/* A resource whose type has a name, as the table resource-names says. */
struct named {
    struct resource resource;      /* without its attributes */
    const struct value *row;       /* of the table: attribute, prefix, longest, scope */
    struct str attribute;          /* that holds the name: the row's attribute or prefix, or tags["Name"] */
    struct str value;              /* no string = not known */
    bool is_sensitive;             /* value must not be shown */
    bool is_prefix;                /* value is only the beginning: AWS adds something unique */
    bool is_unknown;               /* the attribute was unknown while the resources were read */
};

struct names {
    struct arena *arena;
    struct map *strings;       /* where texts are interned */
    const struct value *table; /* resource-names: type -> row; NULL = there is none */
    struct named *items;
    size_t count, capacity;
};

/* Remember the name of a resource that will exist, if its type has one. */
void names_collect(struct names *names, const struct resource *resource);

/* Whether attribute, a top-level one, can hold a name of that type. */
bool names_use(const struct names *names, struct str type, struct str attribute);
#endif
