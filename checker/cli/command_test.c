#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/options.h"
#include "rules/cases.h"

#include <stdio.h>

struct tally {
    size_t passed, failed, weak;
};

static void complain(void *context, struct str file, size_t line, struct str text)
{
    (void)context;
    session_put_escaped(stdout, file);
    printf(":%zu: ", line);
    session_put_escaped(stdout, text);
    putchar('\n');
}

/* A rule has to prove that it fires, that it stays silent, and what it does with an unknown. */
static void complain_of_gaps(const struct rule *rule, const struct case_result *result, struct tally *tally)
{
    const char *lacking = !result->has_fail ? "failing" : !result->has_pass ? "passing" : NULL;
    if (lacking == NULL && rule->can_be_unknown && !result->has_unknown)
        lacking = "unknown";
    if (lacking == NULL)
        return;
    tally->weak++;
    complain(NULL, rule->file, 1, rule->id);
    printf("  it has no %s case that holds\n", lacking);
}

static bool load(struct session *session, struct rules *rules, struct error *error)
{
    const struct texts *folders = &session->options->arguments;
    if (folders->count == 0)
        return session_load_rules(session, rules, error);
    session_start_rules(session, rules);
    for (size_t i = 0; i < folders->count; i++)
        if (!session_load_path(session, rules, folders->items[i], error))
            return false;
    return rules_close(rules, error);
}

enum exit_code command_test(struct session *session)
{
    struct error error = { 0 };
    struct rules rules;
    struct tally tally = { 0 };
    if (!load(session, &rules, &error))
        return session_complain(&error);
    for (size_t i = 0; i < rules.count; i++) {
        struct case_result result;
        if (!cases_run(&rules, rules.items[i], &result, complain, NULL, &error))
            return session_complain(&error);
        tally.passed += result.passed;
        tally.failed += result.failed;
        complain_of_gaps(rules.items[i], &result, &tally);
    }
    printf("%zu rules, %zu cases passed, %zu failed; %zu rules without a failing, passing or unknown case\n", rules.count,
           tally.passed, tally.failed, tally.weak);
    if (rules.count == 0)
        return EXIT_COULD_NOT_CHECK;
    return tally.failed + tally.weak > 0 ? EXIT_FINDINGS : EXIT_CLEAN;
}
