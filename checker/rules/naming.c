#include "rules/naming.h"

#include "base/arena.h"
#include "base/error.h"
#include "plan/path.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "rules/run.h"

static char fold(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c == '_' ? '-' : c;
}

bool naming_is_border(char c)
{
    return c == '-' || c == '_' || c == '.' || c == '/' || c == ' ' || c == ':';
}

bool naming_contains(struct str name, struct str suffix)
{
    if (str_find(name, suffix) >= 0)
        return true;
    for (size_t i = 0; i + suffix.n <= name.n; i++) {
        size_t n = 0;
        while (n < suffix.n && fold(name.p[i + n]) == fold(suffix.p[n]))
            n++;
        if (n == suffix.n)
            return true;
    }
    return false;
}

bool naming_has_word(const struct value *value, struct str word)
{
    if (value == NULL || value->kind == VALUE_STRING)
        return value != NULL && naming_contains(value->text, word);
    for (const struct value *item = value->first; item != NULL; item = item->next)
        if (str_equal(item->key, word) || str_equal(item->text, word))
            return true;
    return false;
}

bool naming_is_in_variable(const struct plan *plan, struct str word)
{
    for (const struct value *v = plan->variables == NULL ? NULL : plan->variables->first; v != NULL; v = v->next)
        if (naming_has_word(value_find(v, STR("value")), word))
            return true;
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
    const struct plan *plan = run_plan(run);
    struct written_value written = configuration_find(plan, named->configuration_key, named->path);
    const struct configured *block = map_find(&plan->configuration.resources, named->configuration_key);
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

/* Longer than any environment's name. */
enum { LONGEST_WORD = 12 };

/* Whether some word of name could be an environment's: rules may look for more words than the profiles know. */
static bool is_environment_word(struct str word)
{
    static const struct str beginnings[] = { STR_INIT("st"), STR_INIT("pre"), STR_INIT("non"), STR_INIT("uat"),
                                             STR_INIT("int"), STR_INIT("acc"), STR_INIT("perf"), STR_INIT("prod") };
    enum profile profile;
    if (word.n == 0 || word.n > LONGEST_WORD)
        return false;
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++)
        if (word.n >= beginnings[i].n && fold(word.p[0]) == beginnings[i].p[0] &&
            str_equal_ignoring_case(str_part(word, 0, beginnings[i].n), beginnings[i]))
            return true;
    return profile_is_word(word, &profile);
}

/* Whether some word of name could be an environment's that comes from nowhere: rules may look for more words than the
 * profiles know. */
static bool has_environment_word(const struct plan *plan, struct str name, struct str suffix)
{
    for (size_t start = 0, i = 0; i <= name.n; i++) {
        if (i < name.n && !naming_is_border(name.p[i]))
            continue;
        struct str word = str_part(name, start, i - start);
        if (is_environment_word(word) && !naming_contains(suffix, word) && !naming_is_in_variable(plan, word))
            return true;
        start = i + 1;
    }
    return false;
}

bool naming_needs_expressions(struct run *run, const struct named *named)
{
    const struct suffix *suffix;
    if (!run_plan(run)->has_variables)
        return true;
    if (!run_suffix(run, &suffix))
        return false;
    return named->value.p == NULL || suffix->text.p == NULL || !naming_contains(named->value, suffix->text) ||
           has_environment_word(run_plan(run), named->value, suffix->text);
}
