/* Attribute paths as rules write them:
 *
 *   name                         an attribute
 *   tags["a.b"]                  a key that is no identifier
 *   versioning[0].enabled        one block of a list
 *   statement[*].effect          every item (the condition must hold for all)
 *   statement[any].effect        some item (the condition must hold for one)
 *   policy.json().Statement      into the JSON that a string holds
 *   dimensions.keys()[*]         the keys of a map or object, as a list
 *
 * Where a list is asked for, anything else counts as a list of one, as in IAM policies and in single blocks. */
#ifndef TFCHECK_PLAN_PATH_H
#define TFCHECK_PLAN_PATH_H
#include "base/str.h"
struct arena;
struct error;

enum path_step_kind { STEP_NAME, STEP_INDEX, STEP_EVERY, STEP_SOME, STEP_JSON, STEP_KEYS };

struct path_step {
    enum path_step_kind kind;
    struct str name; /* of a STEP_NAME */
    size_t index;    /* of a STEP_INDEX */
};

/* Longest path in steps, so that walking one is bounded. */
enum { PATH_STEPS_MAX = 32 };

struct path {
    struct str text; /* as written */
    const struct path_step *steps;
    size_t count;
};

/* Compile text, which must outlive the path. NULL and error filled (text only) when malformed. */
const struct path *path_compile(struct arena *arena, struct str text, struct error *error);
#endif
