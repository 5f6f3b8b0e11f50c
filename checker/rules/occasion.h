/* When a rule is in force. */
#ifndef TFCHECK_RULES_OCCASION_H
#define TFCHECK_RULES_OCCASION_H
#include "rules/rule.h"
struct plan;

enum { ACTION_BITS = 8 };

/* Whether when holds for plan, whose variables have been read, under profile. actions counts the resources by action, one
 * number for each bit of enum action. Works in arena. */
bool occasion_holds(struct arena *arena, const struct occasion *when, const struct plan *plan, enum profile profile,
                    const size_t *actions);
#endif
