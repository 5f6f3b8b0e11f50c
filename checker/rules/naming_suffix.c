#include "base/arena.h"
#include "base/error.h"
#include "base/number.h"
#include "base/vec.h"
#include "match/regex.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/naming.h"
#include "rules/run.h"
#include "rules/selection.h"

#include <stdlib.h>

void naming_check_suffix_form(struct run *run, const struct rule *rule)
{
    struct suffix suffix;
    struct error ignored = { 0 };
    size_t shortest = 0;
    struct arena *arena = run_arena(run);
    if (!suffix_learn(run_plan(run), run_options(run), &suffix) || suffix.text.p == NULL)
        return;
    const struct value *pattern = analysis_parameter(rule, STR("pattern"));
    const struct value *length = analysis_parameter(rule, STR("shortest"));
    struct regex *regex = regex_compile(arena, pattern->text, &ignored);
    number_to_size(length->text, 1000, &shortest);
    bool is_short = suffix.text.n < shortest;
    if (!is_short && regex != NULL && regex_match(regex, suffix.text) == REGEX_MATCH) {
        run_pass(run, rule, 1);
        return;
    }
    struct finding finding = { .verdict = VERDICT_FAIL };
    if (suffix.variable.p != NULL)
        finding.address = arena_format(arena, "var.%.*s", STR_ARG(suffix.variable));
    struct str shown = suffix.is_sensitive ? STR("(sensitive)") : suffix.text;
    finding.message = is_short ? arena_format(arena, "the environment suffix \"%.*s\" is shorter than %zu characters",
                                              STR_ARG(shown), shortest)
                               : arena_format(arena, "the environment suffix \"%.*s\" does not match %.*s", STR_ARG(shown),
                                              STR_ARG(pattern->text));
    run_report(run, rule, finding);
}

enum carries { CARRIES_NOT, CARRIES_PERHAPS, CARRIES };

static enum carries find_suffix(struct run *run, const struct named *named, const struct suffix *suffix)
{
    if (named->is_prefix)
        return CARRIES;
    if (named->value.p != NULL && suffix->text.p != NULL && naming_contains(named->value, suffix->text))
        return CARRIES;
    struct ingredients found = naming_find_ingredients(run, named, suffix);
    if (found.is_generated || found.has_suffix || found.has_random)
        return CARRIES;
    if (named->value.p != NULL && suffix->text.p != NULL)
        return CARRIES_NOT;
    bool is_literal = named->value.p != NULL && !found.is_open && !found.has_each;
    return is_literal ? CARRIES_NOT : CARRIES_PERHAPS;
}

static void report_unknown(struct run *run, const struct rule *rule, const struct named *named)
{
    run_report(run, rule, (struct finding){
        .verdict = VERDICT_UNKNOWN,
        .address = named->address,
        .path = named->attribute,
        .reason = STR("the name is known after apply and comes from a local or another place that plans do not show"),
    });
}

static int compare_texts(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

struct bare {
    struct str *items;
    size_t count, capacity;
};

static void report_bare(struct run *run, const struct rule *rule, const struct suffix *suffix, struct bare *bare,
                        const struct named *first, size_t judged)
{
    struct arena *arena = run_arena(run);
    struct finding finding = { .verdict = VERDICT_FAIL };
    struct str shown = suffix->is_sensitive || suffix->text.p == NULL ? STR("") : suffix->text;
    struct str of = suffix->variable.p == NULL ? STR("") : arena_format(arena, " of var.%.*s", STR_ARG(suffix->variable));
    struct str what = shown.n == 0 ? arena_format(arena, "the suffix%.*s", STR_ARG(of))
                                   : arena_format(arena, "the suffix \"%.*s\"%.*s", STR_ARG(shown), STR_ARG(of));
    qsort(bare->items, bare->count, sizeof *bare->items, compare_texts);
    finding.addresses = bare->items;
    finding.address_count = bare->count;
    if (bare->count == 1) {
        finding.address = bare->items[0];
        finding.path = first->attribute;
        finding.message = arena_format(arena, "the name \"%.*s\" lacks %.*s", STR_ARG(naming_show(first)), STR_ARG(what));
    } else {
        finding.message = arena_format(arena, "%zu of %zu names lack %.*s", bare->count, judged, STR_ARG(what));
    }
    run_report(run, rule, finding);
}

void naming_check_suffix(struct run *run, const struct rule *rule)
{
    struct suffix suffix;
    struct bare bare = { 0 };
    const struct named *first = NULL;
    const struct names *names = run_names(run);
    size_t judged = 0;
    if (!suffix_learn(run_plan(run), run_options(run), &suffix))
        return;
    for (const struct named *named = names->first; named != NULL; named = named->next) {
        if (!selection_takes_named(rule, named))
            continue;
        enum carries carries = find_suffix(run, named, &suffix);
        if (carries == CARRIES_PERHAPS) {
            report_unknown(run, rule, named);
            continue;
        }
        judged++;
        if (carries == CARRIES) {
            run_pass(run, rule, 1);
            continue;
        }
        if (first == NULL)
            first = named;
        VEC_ADD(run_arena(run), &bare, named->address);
    }
    if (bare.count > 0)
        report_bare(run, rule, &suffix, &bare, first, judged);
}
