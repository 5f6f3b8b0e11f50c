/* What the analyses of naming share. */
#ifndef TFCHECK_RULES_NAMING_H
#define TFCHECK_RULES_NAMING_H
#include "rules/names.h"
#include "rules/profile.h"
struct plan;
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

/* Whether the analyses will ask what the name is made of. */
bool naming_needs_expressions(struct run *run, const struct named *named);

/* Whether a character stands between the words of a name. */
bool naming_is_border(char c);

/* Whether name has suffix anywhere; letters in either case, and - and _, are equal. */
bool naming_contains(struct str name, struct str suffix);

/* Whether value, a text, list or map, has word in it. NULL has not. */
bool naming_has_word(const struct value *value, struct str word);

/* Whether some root module variable's value has word in it. */
bool naming_is_in_variable(const struct plan *plan, struct str word);

/* The name for messages: masked when it is sensitive. */
struct str naming_show(const struct named *named);
#endif
