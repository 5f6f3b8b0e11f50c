/* What a text is made of, as far as that is literals and variables of the root module. */
#ifndef TFCHECK_SOURCE_INGREDIENTS_H
#define TFCHECK_SOURCE_INGREDIENTS_H
#include "base/str.h"
struct arena;
struct source_module;

enum { INGREDIENTS_MAX = 32 };

struct ingredient {
    struct str text;
    bool is_variable; /* text is its name */
};

struct ingredients_list {
    struct ingredient items[INGREDIENTS_MAX];
    size_t count;
};

/* Take the expression text of module apart, through locals and inputs of modules. False when something else is in it. */
bool source_find_ingredients(struct arena *arena, const struct source_module *module, struct str text,
                             struct ingredients_list *list);
#endif
