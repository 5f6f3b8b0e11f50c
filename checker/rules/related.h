/* What else has to exist for a resource, or must not: conditions on other resources that are linked to it. */
#ifndef TFCHECK_RULES_RELATED_H
#define TFCHECK_RULES_RELATED_H
#include "rules/condition.h"
#include "rules/rule.h"
#include "wiring/link.h"
struct condition_loader;
struct joins;
struct node;
struct yaml_node;

enum related_kind { RELATED_COUNT, RELATED_ALL, RELATED_ANY };

/* Whether a related resource counts by the order of operations: the resource waits for it, or it does not. */
enum related_order { RELATED_IN_ANY_ORDER, RELATED_BEFORE, RELATED_NOT_BEFORE };

/* Whether it counts by its region. */
enum related_region { RELATED_IN_ANY_REGION, RELATED_IN_SAME_REGION, RELATED_IN_OTHER_REGION };

struct related {
    enum related_kind kind;
    const struct related **parts; /* of ALL and ANY; of a COUNT what a related resource itself needs to count */
    size_t part_count;
    struct texts types;           /* names or globs, data. before the type of a data source */
    const struct condition *where; /* on the related resource; NULL = none */
    struct texts attributes;      /* top-level attributes that where reads */
    bool has_link;                /* false: every resource of the types counts */
    bool is_same_module;          /* only those in the same module instance count */
    struct link_end ours, theirs;
    struct str prefix;            /* stands before our name in their value; empty = nothing */
    struct link_end via;          /* attributes of what ours leads to, that stand for ours then; none = ours itself */
    unsigned actions;             /* set of enum action that count; 0 = all */
    enum related_order order;     /* against the resource that the rule selects */
    enum related_region region;
    size_t at_least, at_most;     /* SIZE_MAX = no upper bound */
};

/* What came of judging one. */
struct related_answer {
    enum truth truth;
    struct str reason;        /* of an unknown; in scratch */
    struct str *addresses;    /* resources that are too many, or that nobody can tell of; in scratch */
    size_t count, capacity;
    const struct related *part; /* the count that failed */
};

/* Load the mapping or list at node. NULL after an error. */
const struct related *related_load(struct condition_loader *loader, const struct yaml_node *node);

/* Call visit for related and every part of it. */
void related_each(const struct related *related, void (*visit)(void *context, const struct related *related),
                  void *context);

/* Before the tests of a rule: forget the indexes of the rule before. */
void related_begin(struct joins *joins);

/* Judge related for node; root is the resource that the rule selects. */
struct related_answer related_test(struct joins *joins, const struct related *related, struct node *node,
                                   struct node *root);
#endif
