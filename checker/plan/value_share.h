/* Copies of values that share what is equal in them: modules that are called many times repeat themselves. */
#ifndef TFCHECK_PLAN_VALUE_SHARE_H
#define TFCHECK_PLAN_VALUE_SHARE_H
#include "base/map.h"
struct arena;
struct value;

/* What has been copied so far. */
struct value_shares {
    struct arena *arena;
    struct map *strings; /* where texts are interned */
    struct map trees;    /* content in a form of its own -> struct value */
};

/* Nothing copied yet. Copies live in arena. */
void value_shares_init(struct value_shares *shares, struct arena *arena, struct map *strings);

/* A copy of value for reading only. Its own node is new, with the key of value and without next; what is below it is shared
 * with equal values. Works in scratch. */
struct value *value_share(struct value_shares *shares, struct arena *scratch, const struct value *value);
#endif
