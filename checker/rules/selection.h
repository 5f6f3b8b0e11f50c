/* Which resources a rule looks at. */
#ifndef TFCHECK_RULES_SELECTION_H
#define TFCHECK_RULES_SELECTION_H
#include "rules/rule.h"
struct named;
struct resource;

/* Whether one of globs matches text. */
bool selection_matches(const struct texts *globs, struct str text);

/* Whether rule's selection takes the resource, whose type is known to be selected, but for the conditions of where. */
bool selection_takes(const struct rule *rule, const struct resource *resource);

/* Whether it takes a resource that has a name, by its type too. */
bool selection_takes_named(const struct rule *rule, const struct named *named);
#endif
