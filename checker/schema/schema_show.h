/* A type, or one of its arguments, told to people: what it is, how it is written, what values it takes. */
#ifndef TFCHECK_SCHEMA_SCHEMA_SHOW_H
#define TFCHECK_SCHEMA_SCHEMA_SHOW_H
#include "schema/schema.h"
struct arena;

/* The page of a whole type: its arguments, blocks, attributes and groups, a line each. what says what it is, as
 * "resource type". In arena. */
struct str schema_show_type(struct arena *arena, const struct schema *schema, struct str type, const char *what);

/* The page of the argument or block at a dotted path of the type: how it stands in HCL, in CDKTF's TypeScript and in
 * plan JSON, and what values it takes. In arena. */
struct str schema_show_item(struct arena *arena, const struct schema_item *item, struct str type, struct str path);

/* What a number of snippets know. All zero to begin with. */
struct schema_tally {
    size_t types, arguments, blocks;
    size_t constraints[CONSTRAINT_COUNT][SOURCE_API + 1]; /* by kind and source */
    size_t constrained; /* arguments that have any */
    size_t groups;
    size_t patterns_refused; /* that cannot be compiled */
};

/* Count what schema knows; places that share a block count as often as they stand in it, down to a bound. */
void schema_count(const struct schema *schema, struct schema_tally *tally);
#endif
