#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "cli/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void give_up(void *context)
{
    (void)context;
    abort();
}

static struct memory memory = { .exhausted = give_up };

static int open_arena(void **state)
{
    *state = arena_open(&memory);
    return 0;
}

static int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

enum { MOST_ARGUMENTS = 12 };

/* Read the words of a command line; a NULL ends them. */
static bool read_words(void **state, const char *const *words, struct options *options, struct error *error)
{
    char *argv[MOST_ARGUMENTS] = { (char *)(uintptr_t)"tfcheck" };
    int argc = 1;
    for (; words[argc - 1] != NULL; argc++)
        argv[argc] = (char *)(uintptr_t)words[argc - 1];
    *error = (struct error){ 0 };
    return options_read(*state, argc, argv, options, error);
}

#define READ(...) read_words(state, (const char *const[]){ __VA_ARGS__, NULL }, &options, &error)

static void assert_texts(const struct texts *texts, const char *const *wanted)
{
    size_t i = 0;
    for (; wanted[i] != NULL; i++) {
        assert_true(i < texts->count);
        assert_true(str_equal(texts->items[i], str_from(wanted[i])));
    }
    assert_int_equal(texts->count, i);
}

#define ASSERT_TEXTS(texts, ...) assert_texts(&(texts), (const char *const[]){ __VA_ARGS__, NULL })

static void without_arguments_the_defaults_hold(void **state)
{
    struct options options;
    struct error error;
    assert_true(read_words(state, (const char *const[]){ NULL }, &options, &error));
    assert_true(str_equal(options.command, STR("check")));
    assert_true(str_equal(options.format, STR("text")));
    assert_int_equal(options.arguments.count, 0);
    assert_int_equal(options.unknown, UNKNOWN_REPORT);
    assert_int_equal(options.fail_on, SEVERITY_HIGH);
    assert_int_equal(options.run.least, SEVERITY_INFO);
    assert_int_equal(options.color, WHEN_AUTO);
    assert_false(options.fails_never || options.no_builtin || options.stats || options.run.changed_only ||
                 options.run.has_profile || options.wants_help || options.wants_version);
    assert_null(options.run.suffix.p);
    assert_null(options.run.workspace.p);
}

static void files_stand_anywhere_between_options(void **state)
{
    struct options options;
    struct error error;
    assert_true(READ("a.json", "--changed", "b.json", "--stats", "-"));
    ASSERT_TEXTS(options.arguments, "a.json", "b.json", "-");
    assert_true(options.run.changed_only && options.stats);
}

static void behind_two_hyphens_everything_is_a_file(void **state)
{
    struct options options;
    struct error error;
    assert_true(READ("--changed", "--", "--stats", "rules", "--"));
    ASSERT_TEXTS(options.arguments, "--stats", "rules", "--");
    assert_false(options.stats);
    assert_true(str_equal(options.command, STR("check")));
}

static void only_the_first_word_is_a_command(void **state)
{
    struct options options;
    struct error error;
    assert_true(READ("explain", "rules", "test"));
    assert_true(str_equal(options.command, STR("explain")));
    ASSERT_TEXTS(options.arguments, "rules", "test");
    assert_true(READ("check", "rules"));
    assert_true(str_equal(options.command, STR("check")));
    ASSERT_TEXTS(options.arguments, "rules");
    assert_true(READ("plan.json", "rules"));
    assert_true(str_equal(options.command, STR("check")));
    ASSERT_TEXTS(options.arguments, "plan.json", "rules");
}

static void a_value_follows_a_sign_or_a_space(void **state)
{
    struct options options;
    struct error error;
    assert_true(READ("--format=json", "--severity", "low", "--fail-on=info", "--suffix", "pr=1", "--workspace=x"));
    assert_true(str_equal(options.format, STR("json")));
    assert_int_equal(options.run.least, SEVERITY_LOW);
    assert_int_equal(options.fail_on, SEVERITY_INFO);
    assert_true(str_equal(options.run.suffix, STR("pr=1")));
    assert_true(str_equal(options.run.workspace, STR("x")));
    assert_true(READ("--suffix", "--stats"));
    assert_true(str_equal(options.run.suffix, STR("--stats")));
}

static void the_last_of_two_values_counts(void **state)
{
    struct options options;
    struct error error;
    assert_true(READ("--fail-on", "never", "--fail-on", "low", "--color=always", "--color=never"));
    assert_false(options.fails_never);
    assert_int_equal(options.fail_on, SEVERITY_LOW);
    assert_int_equal(options.color, WHEN_NEVER);
    assert_true(READ("--fail-on", "low", "--fail-on", "never"));
    assert_true(options.fails_never);
}

static void lists_grow_with_each_option_and_each_comma(void **state)
{
    struct options options;
    struct error error;
    assert_true(READ("--only", "a,b", "--only=c", "--skip", " d , ,e,", "--suffix-variable", "x,y", "--policy", "p,q",
                     "--policy=r"));
    ASSERT_TEXTS(options.run.only, "a", "b", "c");
    ASSERT_TEXTS(options.run.skip, "d", "e");
    ASSERT_TEXTS(options.run.suffix_variables, "x", "y");
    ASSERT_TEXTS(options.policies, "p,q", "r");
    assert_true(READ("--set", "a.b=1,2", "--set=c.d=e=f"));
    ASSERT_TEXTS(options.settings, "a.b=1,2", "c.d=e=f");
}

static void every_named_value_is_known(void **state)
{
    struct options options;
    struct error error;
    assert_true(READ("--unknown=ignore", "--profile=ephemeral", "--no-builtin"));
    assert_int_equal(options.unknown, UNKNOWN_IGNORE);
    assert_true(options.run.has_profile && options.no_builtin);
    assert_int_equal(options.run.profile, PROFILE_EPHEMERAL);
    assert_true(READ("--unknown=report", "--profile=production"));
    assert_int_equal(options.unknown, UNKNOWN_REPORT);
    assert_int_equal(options.run.profile, PROFILE_PRODUCTION);
    assert_true(READ("--unknown", "fail"));
    assert_int_equal(options.unknown, UNKNOWN_FAIL);
    assert_true(READ("-h") && options.wants_help);
    assert_true(READ("--help") && options.wants_help);
    assert_true(READ("-V") && options.wants_version);
    assert_true(READ("--version") && options.wants_version);
}

static void a_mistake_is_explained(void **state)
{
    static const struct {
        const char *words[3];
        const char *wanted;
    } rows[] = {
        { { "--formt=json" }, "there is no option --formt; did you mean --format?" },
        { { "--no-built-in" }, "there is no option --no-built-in; did you mean --no-builtin?" },
        { { "-x" }, "there is no option -x; see tfcheck --help" },
        { { "--format" }, "--format needs a value" },
        { { "--format", "xml" }, "--format xml: one of text, json, sarif, junit, github, gitlab, markdown, html, tap, csv, atlantis was expected" },
        { { "--severity=worst" }, "--severity worst: error, high, medium, low or info was expected" },
        { { "--fail-on", "none" }, "--fail-on none: error, high, medium, low, info or never was expected" },
        { { "--profile=dev" }, "--profile dev: production or ephemeral was expected" },
        { { "--unknown=pass" }, "--unknown pass: ignore, report or fail was expected" },
        { { "--color=yes" }, "--color yes: auto, always or never was expected" },
        { { "--suffix=" }, "--suffix : a text was expected" },
        { { "--stats=yes" }, "--stats takes no value" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct options options;
        struct error error;
        assert_false(read_words(state, rows[i].words, &options, &error));
        assert_int_equal(error.code, ERROR_USAGE);
        assert_string_equal(error.text, rows[i].wanted);
    }
}

static void help_names_every_option(void **state)
{
    (void)state;
    struct str name, choices;
    bool takes_value;
    size_t count = 0;
    for (; options_get(count, &name, &takes_value, &choices); count++)
        if (str_find(str_from(options_help), name) < 0)
            fail_msg("--help does not name %.*s", STR_ARG(name));
    assert_true(count > 20);
}

static void the_command_line_has_the_last_word(void **state)
{
    struct options options;
    struct error error = { 0 };
    char *argv[] = { (char *)(uintptr_t)"tfcheck", (char *)(uintptr_t)"--only=c,d", (char *)(uintptr_t)"--only=e",
                     (char *)(uintptr_t)"--fail-on=low" };
    options_init(*state, &options);
    assert_true(options_set_key(*state, &options, STR("only"), STR("a"), STR("x:1"), &error));
    assert_true(options_set_key(*state, &options, STR("only"), STR("b"), STR("x:1"), &error));
    assert_true(options_set_key(*state, &options, STR("fail_on"), STR("error"), STR("x:2"), &error));
    assert_true(options_set_key(*state, &options, STR("builtin"), STR("false"), STR("x:3"), &error));
    assert_true(options_set_key(*state, &options, STR("changed"), STR("false"), STR("x:4"), &error));
    ASSERT_TEXTS(options.run.only, "a", "b");
    assert_true(options.no_builtin);
    assert_false(options.run.changed_only);
    assert_true(options_apply(*state, 4, argv, &options, &error));
    ASSERT_TEXTS(options.run.only, "c", "d", "e");
    assert_int_equal(options.fail_on, SEVERITY_LOW);
    for (size_t i = 0; i < options.origin_count; i++)
        if (str_equal(options.origins[i].name, STR("only")))
            assert_true(str_equal(options.origins[i].origin, STR("--only")));
}

static void a_key_that_is_no_setting_is_refused(void **state)
{
    struct options options;
    struct error error = { 0 };
    options_init(*state, &options);
    assert_false(options_set_key(*state, &options, STR("stats"), STR("true"), STR("x:1"), &error));
    assert_int_equal(error.code, ERROR_POLICY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_arguments_the_defaults_hold, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(files_stand_anywhere_between_options, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(behind_two_hyphens_everything_is_a_file, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(only_the_first_word_is_a_command, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_value_follows_a_sign_or_a_space, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_last_of_two_values_counts, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(lists_grow_with_each_option_and_each_comma, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(every_named_value_is_known, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_mistake_is_explained, open_arena, close_arena),
        cmocka_unit_test(help_names_every_option),
        cmocka_unit_test_setup_teardown(the_command_line_has_the_last_word, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_key_that_is_no_setting_is_refused, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
