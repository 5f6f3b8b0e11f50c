#include "rules/cases.h"

#include "base/arena.h"
#include "base/error.h"
#include "plan/tf_json.h"
#include "rules/case_plan.h"
#include "rules/run.h"

struct judging {
    struct shape shape;
    const struct rule *rule;
    const struct yaml_node *node;
    struct case_result *result;
    void (*complain)(void *context, struct str file, size_t line, struct str text);
    void *context;
};

static bool speaks_of(const struct finding *finding, struct str address)
{
    if (str_equal(address, STR("stack")))
        return finding->address.p == NULL;
    for (size_t i = 0; i < finding->address_count; i++)
        if (str_equal(finding->addresses[i], address))
            return true;
    return finding->address.p != NULL && str_equal(finding->address, address);
}

static enum verdict verdict_on(const struct findings *findings, struct str address)
{
    enum verdict verdict = VERDICT_PASS;
    for (size_t i = 0; i < findings->count; i++) {
        if (!speaks_of(&findings->items[i], address))
            continue;
        verdict = findings->items[i].verdict;
        if (verdict == VERDICT_FAIL)
            break;
    }
    return verdict;
}

static struct str case_name(const struct judging *judging)
{
    const struct yaml_node *name = yaml_find(judging->node, STR("name"));
    return name == NULL ? STR("(without a name)") : name->text;
}

static void complain(const struct judging *judging, size_t line, struct str text)
{
    struct str whole = arena_format(judging->shape.arena, "%.*s: case \"%.*s\": %.*s", STR_ARG(judging->rule->id),
                                    STR_ARG(case_name(judging)), STR_ARG(text));
    judging->complain(judging->context, judging->rule->file, line, whole);
}

/* Compare what came with what one case expects. */
static bool compare(const struct judging *judging, const struct findings *findings, size_t passed, bool *is_right)
{
    static const struct str names[] = { STR_INIT("pass"), STR_INIT("fail"), STR_INIT("unknown"), STR_INIT("none") };
    const struct yaml_node *expect = yaml_find(judging->node, STR("expect"));
    size_t expected_passes = 0, number;
    if (expect == NULL || expect->kind != YAML_MAP || expect->first == NULL)
        return shape_fail(&judging->shape, judging->node, "expect: a mapping of addresses to verdicts was expected");
    for (const struct yaml_node *member = expect->first; member != NULL; member = member->next) {
        if (!shape_name(&judging->shape, member, names, 4, &number))
            return false;
        enum verdict verdict = verdict_on(findings, member->key);
        enum verdict wanted = number == 1 ? VERDICT_FAIL : number == 2 ? VERDICT_UNKNOWN : VERDICT_PASS;
        expected_passes += number == 0;
        if (verdict == wanted)
            continue;
        *is_right = false;
        complain(judging, member->key_line,
                 arena_format(judging->shape.arena, "%.*s: expected %.*s, got %.*s", STR_ARG(member->key),
                              STR_ARG(member->text), STR_ARG(verdict_name(verdict))));
    }
    if (*is_right && passed < expected_passes) {
        *is_right = false;
        complain(judging, expect->key_line,
                 arena_format(judging->shape.arena, "%zu resources were expected to pass, but the rule judged only %zu",
                              expected_passes, passed));
    }
    return true;
}

/* Whether the rule reports all that it selects: what passes is what it does not select. */
static bool is_unconditional(const struct rule *rule)
{
    const struct condition *condition = rule->condition;
    return condition != NULL && condition->kind == CONDITION_NOT && condition->parts[0]->kind == CONDITION_ALWAYS;
}

static void count_verdicts(const struct judging *judging)
{
    const struct yaml_node *expect = yaml_find(judging->node, STR("expect"));
    const struct rule *rule = judging->rule;
    bool judges_by_selection = rule->select.actions != 0 || rule->select.related != NULL || is_unconditional(rule);
    for (const struct yaml_node *member = expect->first; member != NULL; member = member->next) {
        judging->result->has_pass |= str_equal(member->text, STR("pass")) ||
                                     (judges_by_selection && str_equal(member->text, STR("none")));
        judging->result->has_fail |= str_equal(member->text, STR("fail"));
        judging->result->has_unknown |= str_equal(member->text, STR("unknown"));
    }
}

static bool run_case(const struct judging *judging, const struct rules *rules, struct arena *scratch)
{
    struct arena *arena = judging->shape.arena;
    struct case_plan plan;
    struct rule *only = (struct rule *)(uintptr_t)judging->rule;
    struct rules one = { .arena = arena, .items = &only, .count = 1, .tables = rules->tables, .schemas = rules->schemas };
    struct findings findings = { .arena = arena };
    bool is_right = true;
    if (!case_plan_load(&judging->shape, judging->node, &plan))
        return false;
    struct str every = STR("*");
    struct run_options options = { .with = { &every, 1, 1 }, .least = SEVERITY_INFO, .has_profile = plan.has_profile, .profile = plan.profile };
    struct run *run = run_open(arena, scratch, &one, &options, &plan.plan);
    if (plan.plan.written != NULL)
        tf_json_read(&plan.plan, scratch, run_events(), run);
    for (size_t i = 0; i < plan.count; i++)
        run_events()->resource(run, &plan.resources[i]);
    run_finish(run, &findings);
    if (!compare(judging, &findings, run_sum(run).passed, &is_right))
        return false;
    judging->result->passed += is_right;
    judging->result->failed += !is_right;
    if (is_right)
        count_verdicts(judging);
    return true;
}

bool cases_run(const struct rules *rules, const struct rule *rule, struct case_result *result,
               void (*complain_to)(void *context, struct str file, size_t line, struct str text), void *context,
               struct error *error)
{
    struct arena *arena = arena_open(arena_memory(rules->arena)), *scratch = arena_open(arena_memory(rules->arena));
    bool is_good = true;
    *result = (struct case_result){ 0 };
    for (const struct yaml_node *node = rule->cases == NULL ? NULL : rule->cases->first; node != NULL && is_good;
         node = node->next) {
        struct judging judging = { { arena, rule->file, error }, rule, node, result, complain_to, context };
        is_good = run_case(&judging, rules, scratch);
        arena_reset(arena);
        arena_reset(scratch);
    }
    arena_close(scratch);
    arena_close(arena);
    return is_good;
}
