#include "base/arena.h"
#include "base/number.h"
#include "base/vec.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/naming.h"
#include "rules/run.h"

static bool is_new(const struct named *named)
{
    return (named->resource.actions & (unsigned)(ACTION_CREATE | ACTION_REPLACE | ACTION_UPDATE)) != 0;
}

static struct str provider_of(const struct run *run, const struct named *named)
{
    const struct configured *block =
        map_find(&run_plan(run)->configuration.resources, named->resource.configuration_key);
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
    return arena_format(run_arena(run), "%.*s\n%.*s\n%.*s", STR_ARG(named->resource.type), STR_ARG(provider),
                        STR_ARG(named->value));
}

static void report_collision(struct run *run, const struct rule *rule, const struct named *first,
                             const struct named *second)
{
    struct arena *arena = run_arena(run);
    struct str *related = arena_get(arena, sizeof *related);
    related[0] = first->resource.address;
    run_report(run, rule, (struct finding){
        .verdict = VERDICT_FAIL,
        .address = second->resource.address,
        .path = second->attribute,
        .message = arena_format(arena, "gets the name \"%.*s\", which %.*s has too", STR_ARG(naming_show(second)),
                                STR_ARG(first->resource.address)),
        .related = related,
        .related_count = 1,
    });
}

void naming_check_collision(struct run *run, const struct rule *rule)
{
    const struct names *names = run_names(run);
    struct map seen;
    map_init(&seen, run_arena(run));
    for (size_t i = 0; i < names->count; i++) {
        struct named *named = &names->items[i];
        struct str key = run_selects_named(rule, &named->resource) ? key_of(run, named) : (struct str){ NULL, 0 };
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

static bool is_border(struct str text, size_t at)
{
    return at >= text.n || strchr("-_./ :", text.p[at]) != NULL;
}

/* The word in name, with a border on both sides; its offset or -1. */
static ptrdiff_t find_word(struct str name, struct str word)
{
    for (size_t i = 0; i + word.n <= name.n; i++)
        if (str_equal_ignoring_case(str_part(name, i, word.n), word) && is_border(name, i + word.n) &&
            (i == 0 || is_border(name, i - 1)))
            return (ptrdiff_t)i;
    return -1;
}

/* Whether a root module variable's value has the word: the name then got it from there. */
static bool is_from_variable(const struct plan *plan, struct str word)
{
    for (const struct value *v = plan->variables == NULL ? NULL : plan->variables->first; v != NULL; v = v->next) {
        const struct value *value = value_find(v, STR("value"));
        if (value != NULL && value->kind == VALUE_STRING && naming_contains(value->text, word))
            return true;
        if (value != NULL && (value->kind == VALUE_LIST || value->kind == VALUE_OBJECT))
            for (const struct value *item = value->first; item != NULL; item = item->next)
                if (str_equal(item->key, word) || str_equal(item->text, word))
                    return true;
    }
    return false;
}

void naming_check_words(struct run *run, const struct rule *rule)
{
    struct suffix suffix;
    const struct names *names = run_names(run);
    const struct value *words = analysis_parameter(rule, STR("words"));
    if (!suffix_learn(run_plan(run), run_options(run), &suffix))
        return;
    for (size_t i = 0; i < names->count; i++) {
        const struct named *named = &names->items[i];
        if (!run_selects_named(rule, &named->resource) || named->value.p == NULL)
            continue;
        const struct value *word = words->first;
        while (word != NULL && (find_word(named->value, word->text) < 0 ||
                                (suffix.text.p != NULL && naming_contains(suffix.text, word->text)) ||
                                is_from_variable(run_plan(run), word->text)))
            word = word->next;
        if (word == NULL || naming_find_ingredients(run, named, &suffix).has_each) {
            run_pass(run, rule, 1);
            continue;
        }
        run_report(run, rule, (struct finding){
            .verdict = VERDICT_FAIL,
            .address = named->resource.address,
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
    for (size_t i = 0; i < names->count; i++) {
        const struct named *named = &names->items[i];
        const struct value *limit = value_find(named->row, named->is_prefix ? STR("longest_prefix") : STR("longest"));
        if (!run_selects_named(rule, &named->resource) || limit == NULL || named->value.p == NULL ||
            !number_to_size(limit->text, 100000, &longest) || !naming_contains(named->value, suffix.text))
            continue;
        size_t length = named->value.n - suffix.text.n + room;
        if (length <= longest) {
            run_pass(run, rule, 1);
            continue;
        }
        run_report(run, rule, (struct finding){
            .verdict = VERDICT_FAIL,
            .address = named->resource.address,
            .path = named->attribute,
            .message = arena_format(run_arena(run),
                                    "the name \"%.*s\" would have %zu characters with a suffix of %zu; %zu are allowed",
                                    STR_ARG(naming_show(named)), length, room, longest),
        });
    }
}
