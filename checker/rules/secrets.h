/* Values of sensitive variables, so that they can be taken out of messages wherever a provider copied them to. */
#ifndef TFCHECK_RULES_SECRETS_H
#define TFCHECK_RULES_SECRETS_H
#include "rules/rule.h"
struct plan;

/* Add to texts every text of four bytes or more in the value of a root module variable that is marked sensitive. */
void secrets_collect(struct arena *arena, const struct plan *plan, struct texts *texts);

/* text with each of the secrets in it replaced by (sensitive); text itself when it has none. In arena. */
struct str secrets_mask(struct arena *arena, const struct texts *secrets, struct str text);
#endif
