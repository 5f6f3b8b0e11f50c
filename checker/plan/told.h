/* What Terraform itself says of a plan: checks that failed, what changed outside it, what it put off. */
#ifndef TFCHECK_PLAN_TOLD_H
#define TFCHECK_PLAN_TOLD_H
struct plan;
struct value;

/* Keep of the document's checks those that did not pass: {address, status, message} each. */
void told_keep_checks(struct plan *plan, const struct value *checks);

/* Keep of an item of resource_drift {address, type, deleted, attributes}: the top-level attributes that differ. */
void told_keep_drift(struct plan *plan, const struct value *item);

/* Keep of an item of deferred_changes {address, reason}. */
void told_keep_deferred(struct plan *plan, const struct value *item);
#endif
