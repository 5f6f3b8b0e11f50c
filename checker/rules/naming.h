/* What the analyses of naming share. */
#ifndef TFCHECK_RULES_NAMING_H
#define TFCHECK_RULES_NAMING_H
#include "rules/names.h"
#include "rules/profile.h"
struct run;

/* What a name is made of, as far as the configuration tells. */
struct ingredients {
    bool is_generated; /* nobody wrote it: the provider makes up a unique one */
    bool has_suffix;   /* the suffix variable is in it */
    bool has_random;   /* a random_* resource or another resource's attribute is in it */
    bool has_each;     /* each.* or count.* is in it */
    bool is_open;      /* a local, or something else that the plan does not show, is in it */
};

/* What the configuration says of the name. */
struct ingredients naming_find_ingredients(struct run *run, const struct named *named, const struct suffix *suffix);

/* Whether name has suffix anywhere; letters in either case, and - and _, are equal. */
bool naming_contains(struct str name, struct str suffix);

/* The name for messages: masked when it is sensitive. */
struct str naming_show(const struct named *named);
#endif
