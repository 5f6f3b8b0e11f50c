/* Rules from YAML text, tried on plans from JSON text, for the tests of the room rules. */
#ifndef TFCHECK_TESTS_RULE_TRIAL_H
#define TFCHECK_TESTS_RULE_TRIAL_H
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "plan/plan.h"
#include "plan/plan_read.h"
#include "rules/rule.h"
#include "rules/run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

struct trial {
    struct memory memory;
    struct arena *arena, *scratch;
    struct rules rules;
    struct run_options options;
    struct plan plan;
    struct run *run;
    struct findings findings;
    struct error error;
};

static inline void trial_exhausted(void *context)
{
    (void)context;
    abort();
}

static inline void trial_open(struct trial *trial)
{
    *trial = (struct trial){ .memory = { .exhausted = trial_exhausted } };
    trial->arena = arena_open(&trial->memory);
    trial->scratch = arena_open(&trial->memory);
    trial->options.least = SEVERITY_INFO;
    rules_init(&trial->rules, trial->arena);
}

static inline void trial_close(struct trial *trial)
{
    arena_close(trial->scratch);
    arena_close(trial->arena);
}

/* Load one rule from file ID.yaml. False with the trial's error filled when it is wrong. */
static inline bool trial_load(struct trial *trial, const char *file, const char *yaml)
{
    return rule_load(&trial->rules, STR("own"), str_from(file), str_from(yaml), &trial->error);
}

/* A rule with the id "r" on all resources of type aws_x; rest is the part of the file behind the texts. */
static inline void trial_load_short(struct trial *trial, const char *rest)
{
    struct str yaml = arena_format(trial->arena,
                                   "id: r\ntitle: wrong\nseverity: low\nwhy: because\nfix: mend it\n"
                                   "select: { type: aws_x }\n%s\n", rest);
    if (!rule_load(&trial->rules, STR("own"), STR("r.yaml"), yaml, &trial->error))
        fail_msg("%s\n%zu:%zu: %s", rest, trial->error.line, trial->error.column, trial->error.text);
}

/* Run the rules on a document, given in chunks of that many bytes. */
static inline void trial_run_in_chunks(struct trial *trial, struct str json, size_t chunk)
{
    trial->plan = (struct plan){ .arena = trial->arena };
    trial->findings = (struct findings){ .arena = trial->arena };
    assert_true(rules_close(&trial->rules, &trial->error));
    trial->run = run_open(trial->arena, trial->scratch, &trial->rules, &trial->options, &trial->plan);
    struct plan_reader *reader = plan_open(&trial->plan, trial->scratch, run_events(), trial->run, STR("plan.json"),
                                           &trial->error);
    bool is_good = true;
    for (size_t i = 0; i < json.n && is_good; i += chunk)
        is_good = plan_feed(reader, json.p + i, json.n - i < chunk ? json.n - i : chunk);
    if (!is_good || !plan_close(reader))
        fail_msg("%.*s\n%zu:%zu: %s", STR_ARG(json), trial->error.line, trial->error.column, trial->error.text);
    run_finish(trial->run, &trial->findings);
}

static inline void trial_run(struct trial *trial, struct str json)
{
    trial_run_in_chunks(trial, json, json.n);
}

/* The finding of rule on address, or NULL. */
static inline const struct finding *trial_find(const struct trial *trial, const char *rule, const char *address)
{
    for (size_t i = 0; i < trial->findings.count; i++)
        if (str_equal(trial->findings.items[i].rule, str_from(rule)) &&
            str_equal(trial->findings.items[i].address, str_from(address)))
            return &trial->findings.items[i];
    return NULL;
}

/* 'f' or 'u' for a finding of rule on address, '-' for none. */
static inline char trial_verdict(const struct trial *trial, const char *rule, const char *address)
{
    const struct finding *finding = trial_find(trial, rule, address);
    return finding == NULL ? '-' : finding->verdict == VERDICT_FAIL ? 'f' : 'u';
}

static inline void assert_text(struct str got, const char *wanted)
{
    if (!str_equal(got, str_from(wanted)))
        fail_msg("expected \"%s\", got \"%.*s\"", wanted, STR_ARG(got));
}

/* A whole file, relative to the project's folder or to its tests/unit. */
static inline struct str trial_read_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s is not to be found: run the tests from the project's folder", path);
    char *buffer = arena_get_text(arena, 4 << 20);
    size_t n = fread(buffer, 1, 4 << 20, file);
    fclose(file);
    return (struct str){ buffer, n };
}
#endif
