/* The way from a resource to its attributes. */
#ifndef TFCHECK_RULES_ATTRIBUTE_H
#define TFCHECK_RULES_ATTRIBUTE_H
#include "plan/configuration.h"
#include "rules/condition.h"

/* Whether the way ends at value because it is unknown. A template that holds JSON is known in part: a step into that goes
 * on. */
bool attribute_ends(const struct value *value, const struct path_step *step);

/* One step that leads to one place. NULL when it leads nowhere. */
const struct value *attribute_step(const struct evaluation *evaluation, const struct value *value,
                                   const struct path_step *step);

/* What the configuration says of an attribute that is unknown in the plan; unresolved until it can be asked. */
struct written_value attribute_ask(struct evaluation *evaluation, const struct path *path);

/* Whether path leads to a list of values. */
bool attribute_is_plural(const struct path *path);

/* All values at path, in scratch. Those that are unknown because nobody wrote them do not count. */
struct value *attribute_list(struct evaluation *evaluation, const struct path *path);

/* Whether value is unknown, or one of its items is. */
bool attribute_has_unknown_item(const struct value *value);

/* The first value at path in the resource, for messages. NULL and *state when there is none; *is_sensitive when it must
 * not be shown. */
const struct value *attribute_find(struct evaluation *evaluation, const struct path *path,
                                   enum attribute_state *state, bool *is_sensitive);
#endif
