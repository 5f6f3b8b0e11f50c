#include "rules/naming.h"

#include "base/arena.h"
#include "base/error.h"
#include "plan/path.h"
#include "plan/plan.h"
#include "rules/run.h"

static char fold(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c == '_' ? '-' : c;
}

bool naming_contains(struct str name, struct str suffix)
{
    for (size_t i = 0; i + suffix.n <= name.n; i++) {
        size_t n = 0;
        while (n < suffix.n && fold(name.p[i + n]) == fold(suffix.p[n]))
            n++;
        if (n == suffix.n)
            return true;
    }
    return false;
}

struct str naming_show(const struct named *named)
{
    return named->is_sensitive ? STR("(sensitive)") : named->value;
}

struct search {
    struct str variable;
    struct ingredients found;
};

static bool add_ingredient(void *context, struct str module, struct str reference)
{
    struct search *search = context;
    if (str_starts_with(reference, STR("var."))) {
        struct str name = str_from_offset(reference, 4);
        search->found.has_suffix |= module.n == 0 && search->variable.p != NULL && str_equal(name, search->variable);
    } else if (str_starts_with(reference, STR("each.")) || str_starts_with(reference, STR("count."))) {
        search->found.has_each = true;
    } else if (str_starts_with(reference, STR("local.")) || str_starts_with(reference, STR("module.")) ||
               str_starts_with(reference, STR("path.")) || str_starts_with(reference, STR("data."))) {
        search->found.is_open = true;
    } else if (str_starts_with(reference, STR("terraform.workspace"))) {
        search->found.has_suffix = true;
    } else {
        search->found.has_random = true;
    }
    return true;
}

struct ingredients naming_find_ingredients(struct run *run, const struct named *named, const struct suffix *suffix)
{
    struct error ignored = { 0 };
    const struct plan *plan = run_plan(run);
    const struct path *path = path_compile(run_arena(run), named->attribute, &ignored);
    struct written_value written = configuration_find(plan, named->resource.configuration_key, path);
    const struct configured *block = map_find(&plan->configuration.resources, named->resource.configuration_key);
    struct search search = { .variable = suffix->variable };
    if (written.written == WRITTEN_NOT || written.written == WRITTEN_NULL)
        search.found.is_generated = named->is_unknown;
    if (written.written == WRITTEN_UNRESOLVED)
        search.found.is_open = true;
    if (written.written == WRITTEN_EXPRESSION)
        configuration_each_origin(plan, block == NULL ? STR("") : block->module, written.references, add_ingredient,
                                  &search);
    return search.found;
}
