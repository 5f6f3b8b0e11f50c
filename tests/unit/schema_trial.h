/* A snippet and values held against it, for tests to compare: each problem is a line "kind path: message". */
#ifndef TFCHECK_TESTS_SCHEMA_TRIAL_H
#define TFCHECK_TESTS_SCHEMA_TRIAL_H
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "plan/value_build.h"
#include "schema/schema_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct trial {
    struct memory memory;
    struct arena *arena;
    struct str problems;
};

static inline void trial_exhausted(void *context)
{
    (void)context;
    abort();
}

static inline int trial_open(void **state)
{
    struct trial *trial = calloc(1, sizeof *trial);
    if (trial == NULL)
        return -1;
    trial->memory.exhausted = trial_exhausted;
    trial->arena = arena_open(&trial->memory);
    *state = trial;
    return 0;
}

static inline int trial_close(void **state)
{
    struct trial *trial = *state;
    arena_close(trial->arena);
    free(trial);
    return 0;
}

static inline const struct schema *trial_schema(struct trial *trial, const char *text)
{
    struct error error = { 0 };
    const struct schema *schema = schema_load(trial->arena, STR("t.json"), str_from(text), &error);
    assert_string_equal(error.text, "");
    assert_non_null(schema);
    return schema;
}

static inline struct value *trial_value(struct trial *trial, const char *text)
{
    struct error error = { 0 };
    struct value *value = value_read(trial->arena, str_from(text), &error);
    assert_string_equal(error.text, "");
    return value;
}

static inline void trial_report(void *context, const struct schema_problem *problem)
{
    static const char *const kinds[PROBLEM_COUNT] = {
        "unknown", "required", "computed", "type", "shape", "count", "array", "enum", "case", "range", "length", "pattern",
        "form", "empty", "text-pattern", "api-enum", "api-range", "api-length", "api-pattern", "api-items", "one-of",
        "conflict", "required-with", "deprecated"
    };
    struct trial *trial = context;
    trial->problems = arena_format(trial->arena, "%.*s%s %.*s: %.*s\n", STR_ARG(trial->problems), kinds[problem->kind],
                                   STR_ARG(problem->path), STR_ARG(problem->message));
}

/* What is wrong with value, which may hold unknown parts. */
static inline const char *trial_check(struct trial *trial, const struct schema *schema, const struct value *value,
                                      bool is_configuration)
{
    struct schema_check check = { trial->arena, is_configuration, trial_report, trial };
    trial->problems = arena_copy(trial->arena, STR(""));
    schema_check_block(&check, schema->block, value, true);
    return trial->problems.p;
}

static inline void trial_planned(struct trial *trial, const char *schema, const char *value, const char *expected)
{
    assert_string_equal(trial_check(trial, trial_schema(trial, schema), trial_value(trial, value), false), expected);
}

static inline void trial_written(struct trial *trial, const char *schema, const char *value, const char *expected)
{
    assert_string_equal(trial_check(trial, trial_schema(trial, schema), trial_value(trial, value), true), expected);
}
#endif
