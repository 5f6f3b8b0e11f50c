#include "rules/policies.h"

#include "base/arena.h"
#include "base/error.h"
#include "plan/path.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/run.h"

void policies_open(struct policies *policies, struct run *run, const struct rule *rule, bool wants_rights)
{
    struct joins *joins = run_joins(run);
    *policies = (struct policies){ .run = run, .rule = rule, .joins = joins, .wiring = &joins->wiring,
                                   .arena = joins->indexes };
    related_begin(joins);
    if (wants_rights && joins->rights == NULL)
        joins->rights = rights_open(&joins->wiring, joins->shared, run_table(run, STR("iam-managed-policies")));
    policies->rights = joins->rights;
}

void policies_note(struct policies_answer *answer, enum permission permission, struct str text)
{
    if (!answer->is_judged || permission < answer->worst)
        answer->worst = permission;
    answer->is_judged = true;
    if (permission == PERMISSION_NO && answer->message.p == NULL)
        answer->message = text;
    if (permission == PERMISSION_UNKNOWN && answer->reason.p == NULL)
        answer->reason = text;
}

void policies_relate(struct policies_answer *answer, struct str address)
{
    for (size_t i = 0; i < answer->related_count; i++)
        if (str_equal(answer->related[i], address))
            return;
    if (answer->related_count < sizeof answer->related / sizeof answer->related[0])
        answer->related[answer->related_count++] = address;
}

void policies_report(struct policies *policies, const struct node *node, enum truth selected,
                     const struct policies_answer *answer)
{
    struct run *run = policies->run;
    struct map *strings = policies->wiring->strings;
    bool is_idle = run_options(run)->changed_only && node->resource.actions == ACTION_NO_OP;
    if (!answer->is_judged || is_idle) {
        arena_reset(policies->wiring->scratch);
        return;
    }
    if (answer->worst == PERMISSION_YES) {
        run_pass(run, policies->rule, 1);
        arena_reset(policies->wiring->scratch);
        return;
    }
    bool is_failure = answer->worst == PERMISSION_NO && selected == TRUTH_TRUE;
    struct finding finding = { .verdict = is_failure ? VERDICT_FAIL : VERDICT_UNKNOWN, .address = node->resource.address,
                               .path = answer->path, .related_count = answer->related_count };
    struct str *related = arena_get(run_arena(run), (answer->related_count + 1) * sizeof *related);
    for (size_t i = 0; i < answer->related_count; i++)
        related[i] = map_intern(strings, answer->related[i]);
    finding.related = related;
    if (is_failure) {
        finding.message = map_intern(strings, answer->message);
    } else {
        struct str reason = answer->reason.p != NULL ? answer->reason : STR("whether the rule applies is not known");
        finding.message = policies->rule->title;
        finding.reason = map_intern(strings, reason);
    }
    run_report(run, policies->rule, finding);
    arena_reset(policies->wiring->scratch);
}

struct policies_texts policies_texts(const struct policies *policies, struct str parameter)
{
    const struct value *value = analysis_parameter(policies->rule, parameter);
    struct policies_texts texts = { 0 };
    if (value == NULL)
        return texts;
    size_t count = value->kind == VALUE_LIST ? value->count : 1;
    texts.items = arena_get(policies->arena, (count + 1) * sizeof *texts.items);
    const struct value *item = value->kind == VALUE_LIST ? value->first : value;
    for (; texts.count < count; item = item->next)
        texts.items[texts.count++] = item->text;
    return texts;
}

const struct path *policies_path(const struct policies *policies, struct str text)
{
    struct error ignored = { 0 };
    return path_compile(policies->arena, text, &ignored);
}

struct link_end policies_end(const struct policies *policies, struct str parameter)
{
    struct policies_texts texts = policies_texts(policies, parameter);
    struct link_end end = { .paths = arena_get(policies->arena, (texts.count + 1) * sizeof *end.paths) };
    for (size_t i = 0; i < texts.count; i++) {
        const struct path *path = policies_path(policies, texts.items[i]);
        if (path != NULL)
            end.paths[end.count++] = path;
    }
    return end;
}
