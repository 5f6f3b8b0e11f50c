#include "base/arena.h"
#include "base/number.h"
#include "base/vec.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/naming.h"
#include "rules/run.h"
#include "rules/selection.h"

static bool is_new(const struct named *named)
{
    return (named->actions & (unsigned)(ACTION_CREATE | ACTION_REPLACE | ACTION_UPDATE)) != 0;
}

static struct str provider_of(const struct run *run, const struct named *named)
{
    const struct configured *block =
        map_find(&run_plan(run)->configuration.resources, named->configuration_key);
    return block == NULL ? (struct str){ NULL, 0 } : block->provider_key;
}

/* What has to be unique: the name among the resources of its type, of one account and region unless its scope is wider.
 * No string when the name need not be unique, or nobody can tell. */
static struct str key_of(struct run *run, const struct named *named)
{
    struct str scope = value_find_text(named->row, STR("scope"));
    struct str provider = str_equal(scope, STR("global")) ? STR("") : provider_of(run, named);
    bool is_shared = scope.p == NULL || str_equal(scope, STR("none"));
    if (is_shared || named->value.p == NULL || named->is_prefix || provider.p == NULL)
        return (struct str){ NULL, 0 };
    struct str end = STR("\n");
    struct str parts[] = { named->type, end, provider, end, named->region, end, named->value };
    return arena_join(run_arena(run), parts, sizeof parts / sizeof parts[0]);
}

static void report_collision(struct run *run, const struct rule *rule, const struct named *first,
                             const struct named *second)
{
    struct arena *arena = run_arena(run);
    struct str *related = arena_get(arena, sizeof *related);
    related[0] = first->address;
    run_report(run, rule, (struct finding){
        .verdict = VERDICT_FAIL,
        .address = second->address,
        .path = second->attribute,
        .message = arena_format(arena, "gets the name \"%.*s\", which %.*s has too", STR_ARG(naming_show(second)),
                                STR_ARG(first->address)),
        .related = related,
        .related_count = 1,
    });
}

void naming_check_collision(struct run *run, const struct rule *rule)
{
    const struct names *names = run_names(run);
    struct map seen;
    map_init(&seen, run_arena(run));
    for (struct named *named = names->first; named != NULL; named = named->next) {
        struct str key = selection_takes_named(rule, named) ? key_of(run, named) : (struct str){ NULL, 0 };
        if (key.p == NULL)
            continue;
        struct named **first = (struct named **)map_get(&seen, key);
        if (*first == NULL) {
            *first = named;
            run_pass(run, rule, 1);
        } else if (is_new(named) || is_new(*first)) {
            report_collision(run, rule, *first, named);
        }
    }
}

/* Whether a variable of the root module or of the resource's own module has the word: the name may have it from there. */
static bool is_from_variable(const struct plan *plan, const struct named *named, struct str word)
{
    const struct configured *block = map_find(&plan->configuration.resources, named->configuration_key);
    const struct configured_module *module = block == NULL ? NULL : map_find(&plan->configuration.modules, block->module);
    if (plan->lacks_variables || naming_is_in_variable(plan, word))
        return true;
    if (module == NULL || module->variables == NULL)
        return false;
    for (const struct value *v = module->variables->first; v != NULL; v = v->next)
        if (naming_has_word(configuration_find_variable(plan, block->module, v->key), word))
            return true;
    return false;
}

/* The first of words that stands in the name between borders and comes from no variable; NULL when none does. */
static const struct value *find_word(struct run *run, const struct named *named, const struct value *words,
                                     const struct suffix *suffix)
{
    struct str name = named->value;
    for (size_t start = 0, i = 0; i <= name.n; i++) {
        if (i < name.n && !naming_is_border(name.p[i]))
            continue;
        struct str part = str_part(name, start, i - start);
        start = i + 1;
        const struct value *word = words->first;
        while (word != NULL && !str_equal_ignoring_case(word->text, part))
            word = word->next;
        if (word != NULL && !(suffix->text.p != NULL && naming_contains(suffix->text, word->text)) &&
            !is_from_variable(run_plan(run), named, word->text))
            return word;
    }
    return NULL;
}

void naming_check_words(struct run *run, const struct rule *rule)
{
    struct suffix suffix;
    const struct names *names = run_names(run);
    const struct value *words = analysis_parameter(rule, STR("words"));
    if (!suffix_learn(run_plan(run), run_options(run), &suffix))
        return;
    for (const struct named *named = names->first; named != NULL; named = named->next) {
        if (!selection_takes_named(rule, named) || named->value.p == NULL)
            continue;
        const struct value *word = find_word(run, named, words, &suffix);
        if (word == NULL || naming_find_ingredients(run, named, &suffix).has_each) {
            run_pass(run, rule, 1);
            continue;
        }
        run_report(run, rule, (struct finding){
            .verdict = VERDICT_FAIL,
            .address = named->address,
            .path = named->attribute,
            .message = arena_format(run_arena(run), "the name \"%.*s\" has the environment \"%.*s\" written into it",
                                    STR_ARG(naming_show(named)), STR_ARG(word->text)),
        });
    }
}

void naming_check_length(struct run *run, const struct rule *rule)
{
    struct suffix suffix;
    const struct names *names = run_names(run);
    size_t room = 0, longest = 0;
    number_to_size(analysis_parameter(rule, STR("suffix_length"))->text, 1000, &room);
    if (!suffix_learn(run_plan(run), run_options(run), &suffix) || suffix.text.p == NULL || suffix.text.n >= room)
        return;
    for (const struct named *named = names->first; named != NULL; named = named->next) {
        const struct value *limit = value_find(named->row, named->is_prefix ? STR("longest_prefix") : STR("longest"));
        if (!selection_takes_named(rule, named) || limit == NULL || named->value.p == NULL ||
            !number_to_size(limit->text, 100000, &longest) || !naming_contains(named->value, suffix.text))
            continue;
        size_t length = named->value.n - suffix.text.n + room;
        if (length <= longest) {
            run_pass(run, rule, 1);
            continue;
        }
        run_report(run, rule, (struct finding){
            .verdict = VERDICT_FAIL,
            .address = named->address,
            .path = named->attribute,
            .message = arena_format(run_arena(run),
                                    "the name \"%.*s\" would have %zu characters with a suffix of %zu; %zu are allowed",
                                    STR_ARG(naming_show(named)), length, room, longest),
        });
    }
}
