/* Which profile a plan is checked under, and which environment suffix its names carry. */
#ifndef TFCHECK_RULES_PROFILE_H
#define TFCHECK_RULES_PROFILE_H
#include "rules/rule.h"
struct plan;
struct run_options;

/* The profile that the plan's environment variables name, in JSON configuration that its Environment tags name when all
 * agree; production when nothing does. *origin tells which did, as var.environment = "dev", in arena; no string = none. */
enum profile profile_learn(struct arena *arena, const struct plan *plan, struct str *origin);

/* Whether a variable that could name the profile has a value that the input does not show. */
bool profile_is_open(const struct plan *plan);

/* The environment suffix: given in options, or the value of a root module variable, or the workspace's name. */
struct suffix {
    struct str text;     /* no string = there is none, or its value is not in the plan */
    struct str variable; /* root module variable that it comes from; no string = none */
    bool is_sensitive;   /* must not be shown */
};

/* Learn the suffix. False when the plan has none at all. */
bool suffix_learn(const struct plan *plan, const struct run_options *options, struct suffix *suffix);

/* Whether word stands for production, or for an environment that comes and goes. */
bool profile_is_word(struct str word, enum profile *profile);
#endif
