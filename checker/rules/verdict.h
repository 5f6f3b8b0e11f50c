/* Findings out of judgements on one resource. */
#ifndef TFCHECK_RULES_VERDICT_H
#define TFCHECK_RULES_VERDICT_H
#include "findings/finding.h"
#include "rules/condition.h"
struct map;
struct rule;

/* The finding that rule fails on the evaluation's resource, or cannot be decided there. Texts are interned in strings, lists
 * live in arena; the address is the caller's to set. */
struct finding verdict_fail(struct map *strings, const struct rule *rule, struct evaluation *evaluation);
struct finding verdict_unknown(struct arena *arena, struct map *strings, const struct rule *rule,
                               struct evaluation *evaluation);
#endif
