/* Holds the values that the root module's variables seem to have against what a plan for people shows of the arguments that
 * are made of them: -var and -var-file leave no other trace. */
#ifndef TFCHECK_SOURCE_LEARN_H
#define TFCHECK_SOURCE_LEARN_H
#include "base/map.h"
struct arena;
struct resource;
struct source;
struct value;

struct source_lessons {
    const struct source *source;
    const struct value *assumed; /* name -> {value}, by defaults, files and the environment */
    bool lacks_some;             /* a variable has no value by these */
    struct map by_name;          /* variable -> struct lesson */
    struct arena *scratch;       /* for one resource */
};

/* Start with what source_variable_values tells. environment is NAME=VALUE, ended by NULL; or NULL. */
void source_learn_start(struct source_lessons *lessons, const struct source *source, const char *const *environment);

/* Learn from the arguments of a resource whose values are known and whose expressions are made of literals and variables
 * alone, also through locals, inputs of modules and the provider's default tags. */
void source_learn(struct source_lessons *lessons, const struct resource *resource);

/* The variables as plan JSON has them, in arena: a value that the plan contradicts is replaced by the one that it shows, or
 * left out when it shows none. *lacks_some tells whether one is left out. */
struct value *source_learnt_variables(const struct source_lessons *lessons, struct arena *arena, bool *lacks_some);
#endif
