#include "base/arena.h"
#include "base/vec.h"
#include "plan/plan.h"
#include "rules/analysis.h"
#include "rules/declared.h"
#include "rules/run.h"

static const struct str analysis_names[DECLARED_PROBLEM_COUNT] = {
    [DECLARED_SYNTAX] = STR_INIT("expression-syntax"),
    [DECLARED_TOKEN] = STR_INIT("cdktf-token"),
    [DECLARED_INVALID] = STR_INIT("reference-invalid"),
    [DECLARED_UNDECLARED] = STR_INIT("reference-undeclared"),
    [DECLARED_ATTRIBUTE] = STR_INIT("reference-attribute"),
    [DECLARED_INDEX] = STR_INIT("reference-index"),
    [DECLARED_SELF] = STR_INIT("reference-self"),
    [DECLARED_CYCLE] = STR_INIT("reference-cycle"),
    [DECLARED_DEPENDS_ON] = STR_INIT("depends-on-address"),
    [DECLARED_ALIAS] = STR_INIT("provider-alias-undeclared"),
    [DECLARED_PROVIDER_NAME] = STR_INIT("provider-argument-name"),
    [DECLARED_NO_PROVIDER] = STR_INIT("provider-undeclared"),
    [DECLARED_DEFAULT_PROVIDER] = STR_INIT("provider-default-undeclared"),
    [DECLARED_TYPE] = STR_INIT("resource-type-unknown"),
    [DECLARED_OTHER_VERSION] = STR_INIT("reference-other-version"),
    [DECLARED_LIFECYCLE] = STR_INIT("lifecycle-argument"),
    [DECLARED_LITERAL] = STR_INIT("literal-interpolation"),
    [DECLARED_SENSITIVE] = STR_INIT("output-sensitive"),
    [DECLARED_FILE] = STR_INIT("function-file"),
    [DECLARED_IMPURE] = STR_INIT("function-impure"),
};

struct str declared_analysis_name(enum declared_problem_kind kind)
{
    return analysis_names[kind];
}

/* What was found in the document, once for all rules. */
struct declared_results {
    struct run *run;
    struct {
        struct finding *items;
        size_t count, capacity;
    } of[DECLARED_PROBLEM_COUNT];
    struct declarations declarations;
};

static void keep(void *context, enum declared_problem_kind kind, struct finding finding)
{
    struct declared_results *results = context;
    struct arena *arena = run_arena(results->run);
    results->of[kind].items = vec_grow(arena, results->of[kind].items, results->of[kind].count,
                                       &results->of[kind].capacity, sizeof finding);
    results->of[kind].items[results->of[kind].count++] = finding;
}

static const struct declared_results *find_results(struct run *run, struct schema_library *schemas)
{
    struct declared_results **place = run_declared(run);
    if (*place != NULL)
        return *place;
    struct declared_results *results = *place = arena_get(run_arena(run), sizeof *results);
    results->declarations = (struct declarations){ .arena = run_arena(run), .plan = run_plan(run), .schemas = schemas,
                                                   .report = keep, .context = results };
    results->run = run;
    declared_gather(&results->declarations);
    declared_check(&results->declarations);
    declared_check_cycles(&results->declarations);
    return results;
}

const struct declarations *declared_get(struct run *run)
{
    return run_plan(run)->written == NULL ? NULL : &find_results(run, run_schemas(run))->declarations;
}

void declared_finish(struct run *run, const struct rule *rule)
{
    if (run_plan(run)->written == NULL)
        return;
    const struct declared_results *results = find_results(run, run_schemas(run));
    for (int kind = 0; kind < DECLARED_PROBLEM_COUNT; kind++) {
        if (!str_equal(analysis_names[kind], rule->analysis->name))
            continue;
        size_t failed = results->of[kind].count;
        for (size_t i = 0; i < failed; i++)
            run_report(run, rule, results->of[kind].items[i]);
        size_t blocks = results->declarations.blocks.count;
        run_pass(run, rule, failed < blocks ? blocks - failed : 0);
    }
}
