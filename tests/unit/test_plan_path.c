#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "plan/path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void exhausted(void *context)
{
    (void)context;
    abort();
}

static void print_step(FILE *out, const struct path_step *step)
{
    switch (step->kind) {
    case STEP_NAME: fprintf(out, " .%.*s", STR_ARG(step->name)); break;
    case STEP_INDEX: fprintf(out, " %zu", step->index); break;
    case STEP_EVERY: fputs(" every", out); break;
    case STEP_SOME: fputs(" some", out); break;
    case STEP_JSON: fputs(" json", out); break;
    case STEP_KEYS: fputs(" keys", out); break;
    }
}

/* The steps of the path, or the sentence that says why there are none. */
static void expect(const char *text, const char *wanted)
{
    struct memory memory = { .exhausted = exhausted };
    struct arena *arena = arena_open(&memory);
    struct error error = { 0 };
    size_t n = strlen(text), shown_n = 0;
    char *copy = malloc(n == 0 ? 1 : n), *shown = NULL;
    assert_non_null(copy);
    memcpy(copy, text, n);
    FILE *out = open_memstream(&shown, &shown_n);
    assert_non_null(out);
    const struct path *path = path_compile(arena, (struct str){ copy, n }, &error);
    if (path == NULL) {
        assert_int_equal(error.code, ERROR_POLICY);
        fputs(error.text, out);
    } else {
        assert_int_equal(error.code, ERROR_NONE);
        assert_true(path->text.p == copy && path->text.n == n);
    }
    for (size_t i = 0; path != NULL && i < path->count; i++)
        print_step(out, &path->steps[i]);
    fclose(out);
    assert_string_equal(shown, wanted);
    free(shown);
    free(copy);
    arena_close(arena);
}

static void a_name_is_a_step(void **state)
{
    (void)state;
    expect("name", " .name");
    expect("a.b.c", " .a .b .c");
    expect("aws:SecureTransport.x-y_z9", " .aws:SecureTransport .x-y_z9");
    expect("stra\xC3\x9F" "e", " .stra\xC3\x9F" "e");
    expect("0.1", " .0 .1");
}

static void brackets_take_items(void **state)
{
    (void)state;
    expect("versioning[0].enabled", " .versioning 0 .enabled");
    expect("a[00012]", " .a 12");
    expect("a[999999999]", " .a 999999999");
    expect("statement[*].effect", " .statement every .effect");
    expect("statement[any].effect", " .statement some .effect");
    expect("a[*][any][3]", " .a every some 3");
    expect("[*].a", " every .a");
    expect("[0]", " 0");
}

static void brackets_with_quotation_marks_take_keys(void **state)
{
    (void)state;
    expect("tags[\"a.b\"]", " .tags .a.b");
    expect("[\"any\"].x", " .any .x");
    expect("tags[\"a\\\"b\\\\c\"]", " .tags .a\"b\\c");
    expect("tags[\"]\"][\"[0]\"]", " .tags .] .[0]");
    expect("tags[\"\"].x", " .tags . .x");
    expect("tags[\"k\xC3\xA4se\"]", " .tags .k\xC3\xA4se");
}

static void functions_step_into_json_and_keys(void **state)
{
    (void)state;
    expect("policy.json().Statement[*].Effect", " .policy json .Statement every .Effect");
    expect("dimensions.keys()[*]", " .dimensions keys every");
    expect("json().a", " json .a");
    expect("json.keys.jsonx", " .json .keys .jsonx");
    expect("a.json().b[\"c\"].json().keys()[0]", " .a json .b .c json keys 0");
}

static void malformed_paths_are_refused_with_the_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *wanted;
    } bad[] = {
        { "", "an attribute path is empty" },
        { ".", "path \".\": a name was expected at character 1" },
        { ".a", "path \".a\": a name was expected at character 1" },
        { "a.", "path \"a.\": a name was expected at character 3" },
        { "a..b", "path \"a..b\": a name was expected at character 3" },
        { "a.[0]", "path \"a.[0]\": a name was expected at character 3" },
        { " a", "path \" a\": a name was expected at character 1" },
        { "a b", "path \"a b\": . or [ was expected at character 2" },
        { "a*", "path \"a*\": . or [ was expected at character 2" },
        { "a]", "path \"a]\": . or [ was expected at character 2" },
        { "a.json(", "path \"a.json(\": . or [ was expected at character 7" },
        { "a.json()b", "path \"a.json()b\": . or [ was expected at character 9" },
        { "a.size()", "path \"a.size()\": . or [ was expected at character 7" },
        { "a[0]b", "path \"a[0]b\": . or [ was expected at character 5" },
        { "a[", "path \"a[\": a number, *, any or a quoted key was expected in the brackets at character 3" },
        { "a[]", "path \"a[]\": a number, *, any or a quoted key was expected in the brackets at character 3" },
        { "a[-1]", "path \"a[-1]\": a number, *, any or a quoted key was expected in the brackets at character 3" },
        { "a[1", "path \"a[1\": a number, *, any or a quoted key was expected in the brackets at character 4" },
        { "a[1x]", "path \"a[1x]\": a number, *, any or a quoted key was expected in the brackets at character 4" },
        { "a[anyone]", "path \"a[anyone]\": a number, *, any or a quoted key was expected in the brackets at "
                       "character 3" },
        { "a[*", "path \"a[*\": a number, *, any or a quoted key was expected in the brackets at character 3" },
        { "a[1234567890]", "path \"a[1234567890]\": an index of nine digits at most was expected at character 12" },
        { "a[\"", "path \"a[\"\": \"] was expected at character 4" },
        { "a[\"b", "path \"a[\"b\": \"] was expected at character 5" },
        { "a[\"b\"", "path \"a[\"b\"\": \"] was expected at character 5" },
        { "a[\"b\\\"]", "path \"a[\"b\\\"]\": \"] was expected at character 8" },
        { "a[\"b\\", "path \"a[\"b\\\": \"] was expected at character 6" },
        { "a['b']", "path \"a['b']\": a number, *, any or a quoted key was expected in the brackets at character 3" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        expect(bad[i].text, bad[i].wanted);
}

static void a_path_has_a_bounded_number_of_steps(void **state)
{
    (void)state;
    char text[300], wanted[600];
    for (size_t steps = PATH_STEPS_MAX; steps <= PATH_STEPS_MAX + 1; steps++) {
        size_t n = 0, m = 0;
        for (size_t i = 0; i < steps; i++) {
            n += (size_t)snprintf(text + n, sizeof text - n, i == 0 ? "a" : "[%zu]", i % 10);
            m += (size_t)snprintf(wanted + m, sizeof wanted - m, i == 0 ? " .a" : " %zu", i % 10);
        }
        if (steps > PATH_STEPS_MAX)
            snprintf(wanted, sizeof wanted, "path \"%s\": too many steps at character %zu", text, n + 1);
        expect(text, wanted);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_a_step),
        cmocka_unit_test(brackets_take_items),
        cmocka_unit_test(brackets_with_quotation_marks_take_keys),
        cmocka_unit_test(functions_step_into_json_and_keys),
        cmocka_unit_test(malformed_paths_are_refused_with_the_place),
        cmocka_unit_test(a_path_has_a_bounded_number_of_steps),
    };
    return cmocka_run_group_tests_name("plan/path", tests, NULL, NULL);
}
