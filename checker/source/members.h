/* What an object is put together from. */
#ifndef TFCHECK_SOURCE_MEMBERS_H
#define TFCHECK_SOURCE_MEMBERS_H
#include "base/map.h"
struct arena;
struct source_module;

/* The expression of a member and the module it is written in. */
struct source_member {
    const struct source_module *module;
    struct str expression;
};

/* Where text, an expression of *module, is nothing but a local or an input of a called module: go on to what that is. False
 * when it is anything else. */
bool source_follow(struct arena *arena, const struct source_module **module, struct str *text);

/* The members of the object that text is in module, through locals, inputs and merge: key -> struct source_member, in arena.
 * What something that cannot be followed may replace is left out. */
struct map source_find_members(struct arena *arena, const struct source_module *module, struct str text);
#endif
