#include "base/memory.h"
#include "cli/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { EXIT_EXHAUSTED = 3, EXIT_NOT_REFUSED = 100, MOST_RUNS = 100000 };

static void leave(void *context)
{
    (void)context;
    _exit(EXIT_EXHAUSTED);
}

/* Run the program in a child in which request number fail_at for memory is refused. Returns its status; the exit code
 * is EXIT_NOT_REFUSED higher when the run came to its end without a refusal. */
static int run_child(int argc, char **argv, size_t fail_at)
{
    fflush(stdout);
    fflush(stderr);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct memory memory = { .exhausted = leave, .fail_at = fail_at };
        if (freopen("/dev/null", "w", stdout) == NULL || freopen("/dev/null", "w", stderr) == NULL)
            _exit(99);
        int code = (int)program_run(&memory, argc, argv);
        _exit(memory.allocations < fail_at ? code + EXIT_NOT_REFUSED : code);
    }
    int status = 0;
    assert_true(waitpid(child, &status, 0) == child);
    return status;
}

/* Refuse each request for memory in turn, or every step-th of them, until a run makes fewer. Whatever is refused,
    the run
 * ends with wanted or as exhausted, and never by a signal. */
static void refuse_some(char **argv, int wanted, size_t step)
{
    int argc = 0;
    while (argv[argc] != NULL)
        argc++;
    for (size_t fail_at = 1; fail_at < MOST_RUNS; fail_at += step) {
        int status = run_child(argc, argv, fail_at);
        if (!WIFEXITED(status))
            fail_msg("request %zu: ended by signal %d", fail_at, WTERMSIG(status));
        if (WEXITSTATUS(status) == wanted + EXIT_NOT_REFUSED) {
            assert_true(fail_at > 2);
            return;
        }
        if (WEXITSTATUS(status) != EXIT_EXHAUSTED && WEXITSTATUS(status) != wanted)
            fail_msg("request %zu: exit code %d", fail_at, WEXITSTATUS(status));
    }
    fail_msg("there is no end to the requests");
}

static void refuse_each(char **argv, int wanted)
{
    refuse_some(argv, wanted, 1);
}

#define ARGUMENTS(...) ((char *[]){ (char *)(uintptr_t)"tfcheck", __VA_ARGS__, NULL })
#define WORD(text) ((char *)(uintptr_t)(text))

static void a_check_ends_cleanly_whatever_memory_is_refused(void **state)
{
    (void)state;
    refuse_each(ARGUMENTS(WORD("--no-builtin"), WORD("--policy"), WORD("tests/cases/policies"), WORD("--fail-on"),
                          WORD("info"), WORD("tests/plans/unset.json")), EXIT_FINDINGS);
}

static void a_check_with_json_ends_cleanly_whatever_memory_is_refused(void **state)
{
    (void)state;
    refuse_each(ARGUMENTS(WORD("--no-builtin"), WORD("--policy"), WORD("tests/cases/policies"), WORD("--format=json"),
                          WORD("--fail-on=info"), WORD("tests/plans/modules.json")), EXIT_FINDINGS);
}

/* There are hundreds of requests, and each run takes a while: some of them stand for all. */
static void a_check_by_the_built_in_rules_ends_cleanly_when_memory_is_refused(void **state)
{
    (void)state;
    assert_int_equal(setenv("TFCHECK_HOME", ".", 1), 0);
    refuse_some(ARGUMENTS(WORD("samples/serverless-faulty/plan.json")), EXIT_FINDINGS, 211);
    refuse_some(ARGUMENTS(WORD("explain"), WORD("kms-rotation")), EXIT_CLEAN, 251);
}

static void a_check_of_configuration_ends_cleanly_when_memory_is_refused(void **state)
{
    (void)state;
    assert_int_equal(setenv("TFCHECK_HOME", ".", 1), 0);
    refuse_some(ARGUMENTS(WORD("--no-builtin"), WORD("--policy"), WORD("policies/schema"), WORD("--fail-on"), WORD("error"),
                          WORD("samples/cdktf-faulty/cdk.tf.json")), EXIT_FINDINGS, 31);
}

static void a_refused_input_ends_cleanly_whatever_memory_is_refused(void **state)
{
    (void)state;
    refuse_each(ARGUMENTS(WORD("--no-builtin"), WORD("--policy"), WORD("tests/cases/policies"),
                          WORD("tests/plans/README.md")), EXIT_COULD_NOT_CHECK);
}

static void the_other_commands_end_cleanly_whatever_memory_is_refused(void **state)
{
    (void)state;
    refuse_each(ARGUMENTS(WORD("test"), WORD("tests/cases/policies")), EXIT_CLEAN);
    refuse_each(ARGUMENTS(WORD("rules"), WORD("--no-builtin"), WORD("--policy"), WORD("tests/cases/policies"),
                          WORD("--format=json")), EXIT_CLEAN);
    refuse_each(ARGUMENTS(WORD("rules"), WORD("--no-builtin"), WORD("--policy"), WORD("no/such/folder")),
                EXIT_COULD_NOT_CHECK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_check_ends_cleanly_whatever_memory_is_refused),
        cmocka_unit_test(a_check_with_json_ends_cleanly_whatever_memory_is_refused),
        cmocka_unit_test(a_check_by_the_built_in_rules_ends_cleanly_when_memory_is_refused),
        cmocka_unit_test(a_check_of_configuration_ends_cleanly_when_memory_is_refused),
        cmocka_unit_test(a_refused_input_ends_cleanly_whatever_memory_is_refused),
        cmocka_unit_test(the_other_commands_end_cleanly_whatever_memory_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
