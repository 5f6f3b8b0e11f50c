/* Compiles the conditions of a rule file. */
#ifndef TFCHECK_RULES_CONDITION_LOAD_H
#define TFCHECK_RULES_CONDITION_LOAD_H
#include "rules/shape.h"

/* What a condition is compiled for. */
struct condition_loader {
    const struct shape *shape;
    struct rule *rule;         /* gets the attributes that are read */
    const struct rules *rules; /* has the tables */
    struct rule *selecting;    /* the rule whose selected resource a condition on a related one may speak of; or NULL */
};

/* The condition of a mapping of paths to tests. is_negative: the rule fails when it is true. NULL after an error. */
const struct condition *condition_load(struct condition_loader *loader, const struct yaml_node *node, bool is_negative);

/* The condition that does not hold when part does; part was loaded with is_negative true. */
const struct condition *condition_negate(struct condition_loader *loader, const struct condition *part);

/* The condition that holds when both do. Either may be NULL; NULL when both are. */
const struct condition *condition_join(struct condition_loader *loader, const struct condition *a,
                                       const struct condition *b);

/* The condition that always holds. */
const struct condition *condition_always(struct condition_loader *loader, bool is_negative);

/* Note that rule reads the attribute that path begins with. */
void condition_note_path(struct arena *arena, struct rule *rule, const struct path *path);
#endif
