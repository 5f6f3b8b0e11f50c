/* Messages with placeholders, and reasons in words. */
#ifndef TFCHECK_RULES_MESSAGE_H
#define TFCHECK_RULES_MESSAGE_H
#include "rules/condition.h"

/* Put the evaluated resource's values into template; cause is the test that failed, or NULL. Sensitive values are
 * masked. In arena. */
struct str message_render(struct arena *arena, struct evaluation *evaluation, struct str template,
                          const struct cause *cause);

/* Whether an attribute holds secrets by its name. Plans of Terraform before 0.15 carry no marks, configuration carries none. */
bool message_is_secret(struct str path);

/* Call visit with every placeholder that is an attribute path. */
void message_each_path(struct str template, void (*visit)(void *context, struct str path), void *context);

/* Why Terraform replaces, deletes or reads the resource, as "forced by hash_key"; says so when the plan does not tell. */
struct str message_action_cause(struct arena *arena, const struct resource *resource);

/* Why cause leaves a verdict unknown, as "known after apply: comes from aws_kms_key.main". *addresses get the origins,
 * *count of them. In arena. */
struct str message_unknown_reason(struct arena *arena, const struct plan *plan, const struct resource *resource,
                                  const struct cause *cause, const struct str **addresses, size_t *count);
#endif
