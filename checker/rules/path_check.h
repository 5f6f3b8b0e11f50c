/* Holds the paths of a rule file against the schemas of the types that they are for. */
#ifndef TFCHECK_RULES_PATH_CHECK_H
#define TFCHECK_RULES_PATH_CHECK_H
#include "rules/rule.h"
struct path;

/* Whether some of the types may have the attribute at path: true when one of them is a glob or has no schema. modes are
 * those of a selection. When it is not so, *complaint says in one sentence what is wrong, in arena. */
bool path_check(const struct rules *rules, const struct texts *types, const struct texts *modes, const struct path *path,
                struct arena *arena, struct str *complaint);
#endif
