#include "base/arena.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/run.h"
#include "rules/selection.h"

/* Checks that failed are failures; those that Terraform could not decide stay unknown. */
void told_report_checks(struct run *run, const struct rule *rule)
{
    const struct value *checks = run_plan(run)->checks;
    if (checks == NULL)
        run_pass(run, rule, 1);
    for (const struct value *check = checks == NULL ? NULL : checks->first; check != NULL; check = check->next) {
        struct str status = value_find_text(check, STR("status")), message = value_find_text(check, STR("message"));
        bool is_unknown = str_equal(status, STR("unknown"));
        struct finding finding = { .verdict = is_unknown ? VERDICT_UNKNOWN : VERDICT_FAIL,
                                   .address = value_find_text(check, STR("address")) };
        if (is_unknown)
            finding.reason = STR("Terraform can tell only after apply");
        else
            finding.message = message.n > 0 ? message : STR("a condition of the configuration failed");
        run_report(run, rule, finding);
    }
}

/* The attributes that drifted and are guarded, with commas; no string when none is. */
static struct str find_guarded(struct arena *arena, const struct value *attributes, const struct value *guarded)
{
    struct texts globs = { 0 };
    struct str found = { NULL, 0 };
    for (const struct value *glob = guarded->first; glob != NULL; glob = glob->next) {
        globs.items = &(struct str){ glob->text.p, glob->text.n };
        globs.count = 1;
        for (const struct value *one = attributes == NULL ? NULL : attributes->first; one != NULL; one = one->next)
            if (selection_matches(&globs, one->text))
                found = found.p == NULL ? one->text : arena_join(arena, (struct str[]){ found, STR(", "), one->text }, 3);
    }
    return found;
}

void told_report_drift(struct run *run, const struct rule *rule)
{
    const struct value *drift = run_plan(run)->drift;
    const struct value *guarded = analysis_parameter(rule, STR("attributes"));
    struct arena *arena = run_arena(run);
    for (const struct value *item = drift == NULL ? NULL : drift->first; item != NULL; item = item->next) {
        bool is_deleted = value_find_truth(item, STR("deleted"));
        struct str attributes = find_guarded(arena, value_find(item, STR("attributes")), guarded);
        struct finding finding = { .verdict = VERDICT_FAIL, .address = value_find_text(item, STR("address")) };
        if (!is_deleted && attributes.p == NULL) {
            run_pass(run, rule, 1);
            continue;
        }
        finding.message = is_deleted ? STR("was deleted outside Terraform")
                                     : arena_format(arena, "was changed outside Terraform: %.*s", STR_ARG(attributes));
        run_report(run, rule, finding);
    }
}

void told_report_deferred(struct run *run, const struct rule *rule)
{
    const struct value *deferred = run_plan(run)->deferred;
    if (deferred == NULL)
        run_pass(run, rule, 1);
    for (const struct value *item = deferred == NULL ? NULL : deferred->first; item != NULL; item = item->next)
        run_report(run, rule, (struct finding){
            .verdict = VERDICT_FAIL,
            .address = value_find_text(item, STR("address")),
            .message = arena_format(run_arena(run), "is put off by Terraform (%.*s), and was not checked",
                                    STR_ARG(value_find_text(item, STR("reason")))),
        });
}
