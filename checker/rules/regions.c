#include "base/arena.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/policies.h"
#include "rules/run.h"

/* Regions of one rule. */
struct regions {
    struct policies policies;
    struct policies_texts wanted; /* regions that are right; none = that of the provider is compared with the value */
    struct link_end values;       /* attributes whose text names a region */
};

/* Two or three letters, a direction, a digit: us-east-1, ap-southeast-2, us-gov-west-1. */
static bool is_region(struct str text)
{
    static const struct str directions[] = { STR_INIT("north"), STR_INIT("south"), STR_INIT("east"), STR_INIT("west"),
                                             STR_INIT("central") };
    bool has_direction = false;
    for (size_t i = 0; i < sizeof directions / sizeof directions[0]; i++)
        has_direction |= str_find(text, directions[i]) > 0;
    return has_direction && text.n >= 9 && text.n <= 16 && text.p[2] == '-' && text.p[text.n - 2] == '-' &&
           text.p[text.n - 1] >= '1' && text.p[text.n - 1] <= '9';
}

/* The region in a text with dots and colons; no string when there is none. */
static struct str find_region(struct str text)
{
    for (size_t start = 0, i = 0; i <= text.n; i++) {
        if (i < text.n && text.p[i] != '.' && text.p[i] != ':' && text.p[i] != '/')
            continue;
        struct str part = str_part(text, start, i - start);
        if (is_region(part))
            return part;
        start = i + 1;
    }
    return (struct str){ NULL, 0 };
}

static void compare(struct regions *regions, const struct node *node, struct str region, struct policies_answer *answer)
{
    struct terms terms = { 0 };
    struct arena *scratch = regions->policies.wiring->scratch;
    for (size_t i = 0; i < regions->values.count; i++)
        terms_add_path(regions->policies.wiring, node, regions->values.paths[i], &terms);
    for (size_t i = 0; i < terms.count; i++) {
        struct str named = terms.items[i].kind == TERM_VALUE ? find_region(terms.items[i].text) : STR("");
        if (named.n == 0)
            continue;
        if (region.n == 0)
            policies_note(answer, PERMISSION_UNKNOWN, STR("the region of the provider is not known"));
        else if (str_equal(named, region))
            policies_note(answer, PERMISSION_YES, STR(""));
        else
            policies_note(answer, PERMISSION_NO,
                          arena_format(scratch, "names the region %.*s, but its provider is in %.*s", STR_ARG(named),
                                       STR_ARG(region)));
    }
}

static void judge(void *context, struct node *node, enum truth selected)
{
    struct regions *regions = context;
    struct policies_answer answer = { 0 };
    struct str provider;
    struct str region = wiring_region(regions->policies.wiring, node, &provider);
    bool is_wanted = false;
    for (size_t i = 0; i < regions->wanted.count; i++)
        is_wanted |= str_equal(regions->wanted.items[i], region);
    if (regions->values.count > 0)
        compare(regions, node, region, &answer);
    else if (regions->wanted.count > 0 && region.n == 0)
        policies_note(&answer, PERMISSION_UNKNOWN, STR("the region of the provider is not known"));
    else if (regions->wanted.count > 0)
        policies_note(&answer, is_wanted ? PERMISSION_YES : PERMISSION_NO,
                      arena_format(regions->policies.wiring->scratch, "is in %.*s; %.*s is wanted", STR_ARG(region),
                                   STR_ARG(regions->wanted.items[0])));
    policies_report(&regions->policies, node, selected, &answer);
}

void regions_check(struct run *run, const struct rule *rule)
{
    struct regions regions = { 0 };
    if (!joins_has_selected(run_joins(run), rule))
        return;
    policies_open(&regions.policies, run, rule, false);
    regions.wanted = policies_texts(&regions.policies, STR("regions"));
    regions.values = policies_end(&regions.policies, STR("named_in"));
    joins_each_selected(regions.policies.joins, rule, judge, &regions);
}
