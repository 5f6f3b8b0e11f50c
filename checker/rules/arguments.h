/* Holds resources against their schemas while they are read, for the rules on arguments. */
#ifndef TFCHECK_RULES_ARGUMENTS_H
#define TFCHECK_RULES_ARGUMENTS_H
#include "rules/rule.h"
#include "schema/schema_check.h"
struct resource;
struct run;
struct schema_library;

struct arguments; /* opaque */

/* A check for run by the rules of rules, of which is_off says by number whether they are left out. NULL when none of
 * them speaks of arguments, or there are no schemas. */
struct arguments *arguments_open(struct run *run, const struct rules *rules,
                                 bool (*is_off)(const struct run *run, size_t number));

/* The schema of the resource's type, or NULL. */
const struct schema *arguments_find_schema(struct schema_library *library, const struct resource *resource);

/* Check a resource. */
void arguments_check(struct arguments *arguments, const struct resource *resource, struct arena *scratch);

/* At the end of the document: count what passed. */
void arguments_finish(struct run *run, const struct rule *rule);

/* How many resources had no schema, and their types in the order they came up. */
size_t arguments_unknown(const struct arguments *arguments, const struct texts **types);

/* The analysis that reports problems of that kind, as argument-enum. */
struct str arguments_analysis_name(enum schema_problem_kind kind);
#endif
