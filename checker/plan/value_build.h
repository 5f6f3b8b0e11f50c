/* Builds a value tree out of JSON events. */
#ifndef TFCHECK_PLAN_VALUE_BUILD_H
#define TFCHECK_PLAN_VALUE_BUILD_H
#include "json/json_read.h"
#include "plan/value.h"
struct error;

/* Zero it, set arena, then hand it events until is_done. */
struct value_builder {
    struct arena *arena; /* where the tree lives */
    struct value *open[JSON_DEPTH_MAX + 1];
    size_t depth;
    struct str key;     /* of the next member */
    struct value *root; /* NULL until the first event */
    bool is_done;       /* the root is complete */
};

/* Make the builder ready for another tree in arena. */
void value_build_start(struct value_builder *builder, struct arena *arena);

/* One event each. Names and texts are copied. */
void value_build_leaf(struct value_builder *builder, enum value_kind kind, struct str text, bool truth);
void value_build_key(struct value_builder *builder, struct str name);
void value_build_open(struct value_builder *builder, enum value_kind kind);
void value_build_close(struct value_builder *builder);

/* The tree of a whole document in memory, such as a policy held in a string. NULL and error filled when malformed. */
struct value *value_read(struct arena *arena, struct str text, struct error *error);
#endif
