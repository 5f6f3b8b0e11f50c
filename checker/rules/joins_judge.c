#include "base/arena.h"
#include "plan/plan.h"
#include "rules/joins.h"
#include "rules/run.h"
#include "rules/verdict.h"

struct judging {
    struct run *run;
    const struct rule *rule;
};

static struct str list_addresses(struct arena *arena, const struct related_answer *answer)
{
    struct str text = { "", 0 };
    for (size_t i = 0; i < answer->count; i++)
        text = arena_join(arena, (struct str[]){ text, i == 0 ? STR("") : STR(", "), answer->addresses[i] }, 3);
    return text;
}

static struct finding find_related(struct joins *joins, const struct rule *rule, struct evaluation *evaluation,
                                   const struct related_answer *answer)
{
    struct finding finding = { .verdict = VERDICT_UNKNOWN, .message = rule->title };
    if (answer->truth == TRUTH_FALSE) {
        evaluation->related = list_addresses(joins->wiring.scratch, answer);
        evaluation->has_failure = false;
        finding = verdict_fail(joins->wiring.strings, rule, evaluation);
    } else {
        finding.reason = map_intern(joins->wiring.strings, answer->reason);
    }
    struct str *related = arena_get(joins->wiring.arena, (answer->count + 1) * sizeof *related);
    for (size_t i = 0; i < answer->count; i++)
        related[i] = map_intern(joins->wiring.strings, answer->addresses[i]);
    finding.related = related;
    finding.related_count = answer->count;
    return finding;
}

/* The rule's own condition comes first; what the selection leaves open can only be passed or stay unknown. */
static void judge_node(void *context, struct node *node, enum truth selected)
{
    struct judging *judging = context;
    struct run *run = judging->run;
    struct joins *joins = run_joins(run);
    const struct rule *rule = judging->rule;
    struct evaluation evaluation;
    struct related_answer answer = { .truth = TRUTH_TRUE };
    if (run_options(run)->changed_only && node->resource.actions == ACTION_NO_OP)
        return;
    enum truth truth = joins_test(joins, rule->condition, node, NULL, &evaluation);
    if (truth != TRUTH_FALSE && rule->related != NULL)
        answer = related_test(joins, rule->related, node, node);
    bool fails = truth == TRUTH_FALSE || answer.truth == TRUTH_FALSE;
    if (selected == TRUTH_UNKNOWN && fails) {
        joins_test(joins, rule->select.where, node, NULL, &evaluation);
        if (!evaluation.has_unknown)
            answer = (struct related_answer){ .truth = TRUTH_UNKNOWN, .reason = STR("whether the rule applies is not known") };
        truth = evaluation.has_unknown ? TRUTH_UNKNOWN : TRUTH_TRUE;
    }
    struct finding finding = { .verdict = VERDICT_PASS };
    if (truth == TRUTH_FALSE)
        finding = verdict_fail(joins->wiring.strings, rule, &evaluation);
    else if (truth == TRUTH_UNKNOWN && (answer.truth != TRUTH_FALSE || selected == TRUTH_UNKNOWN))
        finding = verdict_unknown(joins->wiring.arena, joins->wiring.strings, rule, &evaluation);
    else if (answer.truth != TRUTH_TRUE)
        finding = find_related(joins, rule, &evaluation, &answer);
    finding.address = node->resource.address;
    if (finding.verdict == VERDICT_PASS)
        run_pass(run, rule, 1);
    else if (finding.verdict == VERDICT_FAIL && rule->reports_once)
        run_gather(run, rule, finding.address);
    else
        run_report(run, rule, finding);
    arena_reset(joins->wiring.scratch);
}

void joins_judge(struct run *run, const struct rule *rule)
{
    struct judging judging = { run, rule };
    related_begin(run_joins(run));
    joins_each_selected(run_joins(run), rule, judge_node, &judging);
}
