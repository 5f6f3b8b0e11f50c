/* The physical names that a plan gives its resources, for the analyses of naming. */
#ifndef TFCHECK_RULES_NAMES_H
#define TFCHECK_RULES_NAMES_H
#include "base/map.h"
#include "plan/resource.h"
struct arena;
struct path;
struct value;

/* A resource whose type has a name, as the table resource-names says. */
struct named {
    struct named *next;
    struct str address, configuration_key, module, type, provider;
    const struct value *row;     /* of the table: attribute, prefix, longest, scope */
    const struct path *path;     /* of the attribute */
    struct str attribute;        /* that holds the name: the row's attribute or prefix, or tags["Name"] */
    struct str value;            /* no string = not known */
    struct str region;           /* argument of the resource, since AWS provider 6; no string = the provider's */
    unsigned actions;            /* set of enum action */
    bool is_sensitive;           /* value must not be shown */
    bool is_prefix;              /* value is only the beginning: AWS adds something unique */
    bool is_unknown;             /* the attribute was unknown while the resources were read */
};

struct names {
    struct arena *arena;
    struct map *strings;         /* where texts are interned */
    struct map rows;             /* type -> row of the table */
    struct map paths;            /* attribute -> its path */
    struct named *first, *last;  /* in the order of the document */
};

/* No names yet. table is resource-names, type -> row; NULL = there is none. All live in arena. */
void names_init(struct names *names, struct arena *arena, struct map *strings, const struct value *table);

/* Remember the name of a resource that will exist, under address, its address in a text that lasts. NULL when its type
 * has no name, or it was not given one. */
const struct named *names_collect(struct names *names, const struct resource *resource, struct str address);

/* Whether attribute, a top-level one, can hold a name of that type. */
bool names_use(const struct names *names, struct str type, struct str attribute);
#endif
