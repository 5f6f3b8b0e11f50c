#include "match/regex.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void fail_for_memory(void *context)
{
    (void)context;
    abort();
}

static struct memory memory = { .exhausted = fail_for_memory };
static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_open(&memory);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

static enum regex_answer search(struct str pattern, struct str subject)
{
    struct error error = { .code = ERROR_NONE };
    struct regex *regex = regex_compile(arena, pattern, &error);
    if (regex == NULL)
        fail_msg("%s", error.text);
    return regex_match(regex, subject);
}

static void check_refused(struct str pattern, const char *part)
{
    struct error error = { .code = ERROR_NONE };
    assert_null(regex_compile(arena, pattern, &error));
    assert_int_equal(error.code, ERROR_POLICY);
    assert_null(error.file.p);
    if (str_find(str_from(error.text), str_from(part)) < 0)
        fail_msg("%s", error.text);
}

static void pattern_is_found_anywhere_unless_anchored(void **state)
{
    (void)state;
    assert_int_equal(search(STR("b+"), STR("abbc")), REGEX_MATCH);
    assert_int_equal(search(STR("^b+"), STR("abbc")), REGEX_NO_MATCH);
    assert_int_equal(search(STR("^[a-z0-9-]+$"), STR("orders-dev")), REGEX_MATCH);
    assert_int_equal(search(STR("^[a-z0-9-]+$"), STR("Orders")), REGEX_NO_MATCH);
}

static void dollar_does_not_match_before_a_trailing_newline(void **state)
{
    (void)state;
    assert_int_equal(search(STR("-dev$"), STR("orders-dev")), REGEX_MATCH);
    assert_int_equal(search(STR("-dev$"), STR("orders-dev\n")), REGEX_NO_MATCH);
    assert_int_equal(search(STR("-(dev|test)$"), STR("orders-dev")), REGEX_MATCH);
    assert_int_equal(search(STR("-(dev|test)$"), STR("orders-dev\n")), REGEX_NO_MATCH);
}

static void catastrophic_pattern_gives_up(void **state)
{
    (void)state;
    assert_int_equal(search(STR("^(a+)+$"), STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")), REGEX_GAVE_UP);
    assert_int_equal(search(STR("^(a+)+$"), STR("aaaa")), REGEX_MATCH);
    assert_int_equal(search(STR("(*NO_JIT)^(a+)+$"), STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")), REGEX_GAVE_UP);
}

static void pattern_cannot_raise_the_limits(void **state)
{
    (void)state;
    assert_int_equal(search(STR("(*LIMIT_MATCH=4000000000)^(a+)+$"), STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")),
                     REGEX_GAVE_UP);
}

static void long_subject_does_not_exhaust_the_stack(void **state)
{
    (void)state;
    enum { LONG = 20000 };
    char *text = arena_get_text(arena, LONG);
    memset(text, 'a', LONG);
    assert_int_equal(search(STR("^(a|b)*$"), (struct str){ text, LONG }), REGEX_MATCH);
}

static void nul_in_subject_and_pattern_is_a_character(void **state)
{
    (void)state;
    assert_int_equal(search(STR("^a.b$"), STR("a\0b")), REGEX_MATCH);
    assert_int_equal(search(STR("b$"), STR("a\0b")), REGEX_MATCH);
    assert_int_equal(search(STR("a$"), STR("a\0b")), REGEX_NO_MATCH);
    assert_int_equal(search(STR("a\0[b]"), STR("xa\0b")), REGEX_MATCH);
    assert_int_equal(search(STR("a\0b"), STR("xa\0c")), REGEX_NO_MATCH);
}

static void characters_are_those_of_utf8(void **state)
{
    (void)state;
    assert_int_equal(search(STR("^.$"), STR("\xC3\xA9")), REGEX_MATCH);
    assert_int_equal(search(STR("^..$"), STR("\xC3\xA9")), REGEX_NO_MATCH);
}

static void subject_that_is_not_utf8_is_searched_around_the_fault(void **state)
{
    (void)state;
    assert_int_equal(search(STR("b+c"), STR("\xFF" "bbc")), REGEX_MATCH);
    assert_int_equal(search(STR("^b+c"), STR("\xFF" "bbc")), REGEX_NO_MATCH);
    assert_int_equal(search(STR("a.b"), STR("a\xFF" "b")), REGEX_NO_MATCH);
}

static void empty_pattern_and_absent_subject_match(void **state)
{
    (void)state;
    assert_int_equal(search(STR(""), STR("")), REGEX_MATCH);
    assert_int_equal(search((struct str){ NULL, 0 }, STR("x")), REGEX_MATCH);
    assert_int_equal(search(STR("^$"), (struct str){ NULL, 0 }), REGEX_MATCH);
    assert_int_equal(search(STR("^x*$"), (struct str){ NULL, 0 }), REGEX_MATCH);
    assert_int_equal(search(STR("^$"), STR("x")), REGEX_NO_MATCH);
}

static void malformed_pattern_is_refused_with_its_place(void **state)
{
    (void)state;
    check_refused(STR("ab(c"), "cannot compile the regular expression \"ab(c\": missing closing parenthesis");
    check_refused(STR("ab(c"), "at byte 5 of it");
    check_refused(STR("[z-a]"), "range out of order");
    check_refused(STR("*"), "quantifier does not follow a repeatable item");
    check_refused(STR("a\\"), "\\ at end of pattern");
    check_refused(STR("a\xFF"), "UTF-8 error");
    check_refused(STR("a\\C"), "\\C is disabled");
}

/* A pattern that takes the short way gives the same answer as (?:) before it, which does not. */
static void plain_text_patterns_answer_as_pcre2_does(void **state)
{
    (void)state;
    static const struct str patterns[] = {
        STR_INIT(""),        STR_INIT("^"),        STR_INIT("$"),        STR_INIT("^$"),     STR_INIT("\\z"),
        STR_INIT("ab"),      STR_INIT("^ab"),      STR_INIT("ab$"),      STR_INIT("ab\\z"),  STR_INIT("^ab$"),
        STR_INIT("a\\.b"),   STR_INIT("^a\\$"),    STR_INIT("\\\\z"),    STR_INIT("\\$$"),   STR_INIT("a]b}"),
        STR_INIT("^\\^"),    STR_INIT("a\\-b"),    STR_INIT("a\0b"),     STR_INIT("\xC3\xA9"), STR_INIT("\xC3\xA9$"),
        STR_INIT("^\xC3\xA9"), STR_INIT("a b#c"),  STR_INIT("\\_\\<\\\""), STR_INIT("^ab\\z"), STR_INIT("-dev$"),
        STR_INIT("a\\ b"),   STR_INIT("\\Aab"),    STR_INIT("a{"),       STR_INIT("^^ab"),   STR_INIT("ab$$"),
        STR_INIT("\\.\\*$"), STR_INIT("a\\/b"),    STR_INIT("ab\\Z"),    STR_INIT("a\\z\\z"),
    };
    static const struct str subjects[] = {
        STR_INIT(""),      STR_INIT("ab"),     STR_INIT("xab"),        STR_INIT("abx"),         STR_INIT("xabx"),
        STR_INIT("ab\n"),  STR_INIT("\nab"),   STR_INIT("a.b"),        STR_INIT("a$"),          STR_INIT("\\z"),
        STR_INIT("a]b}"),  STR_INIT("^"),      STR_INIT("a-b"),        STR_INIT("a\0b"),        STR_INIT("\xC3\xA9"),
        STR_INIT("$"),     STR_INIT("a b#c"),  STR_INIT("\xFF" "ab"),  STR_INIT("ab\xFF"),      STR_INIT("a\xFF" "b"),
        STR_INIT("\xC3"),  STR_INIT("\xA9"),   STR_INIT("\xF0\xC3\xA9"), STR_INIT("\xC3\xA9\xA9"), STR_INIT("_<\""),
        STR_INIT("x-dev\n"), STR_INIT("x-dev"), STR_INIT("a{"),        STR_INIT("x.*"),         STR_INIT("a/b"),
        STR_INIT("\xE2\xC3\xA9"), STR_INIT("\xF0\x9F\x98" "ab"),       STR_INIT("a"),
    };
    for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
        char *text = arena_get_text(arena, patterns[p].n + 4);
        memcpy(text, "(?:)", 4);
        memcpy(text + 4, patterns[p].p, patterns[p].n);
        struct str slow = { text, patterns[p].n + 4 };
        for (size_t s = 0; s < sizeof subjects / sizeof *subjects; s++)
            if (search(patterns[p], subjects[s]) != search(slow, subjects[s]))
                fail_msg("pattern %zu, subject %zu", p, s);
    }
}

/* (?:...) around a pattern hides its start. */
static void what_a_match_begins_with_is_only_a_short_cut(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "^abc+$", "(?i)^abc+$", "^ab|c", "^(ab|c)", "^a(b|c)|d", "^ab?c", "^ab*", "^ab{2}", "^a[|(]b", "^a[[:alpha:](]b|c[d[:digit:])]",
        "^[]|)]a", "(?i)^k8s", "(?i)^s3:", "^a\\.b", "^a\\|b", "^a\\Qb|c\\E", "^a(?#|)b", "^a(?i)B", "^a(?i)B|C", "^ab(?=c)", "^a(b\\)|c)|d",
        "^(?x) a # (\n b | c # )", "^", "^$", "^\xC3\xA4" "a", "a^b", "^a\\cA(b|c\\cA)", "^a+b",
    };
    static const char *const subjects[] = {
        "", "a", "ab", "abc", "ABC", "abcc", "ac", "ad", "d", "c", "cd", "cb", "xc", "xab", "a.b", "a|b", "abb", "abbc", "k8s", "K8S",
        "\xE2\x84\xAA" "8s", "\xC5\xBF" "3:", "s3:GetObject", "S3:", "aB", "C", "\xC3\xA4" "a", "ab\n", "a\xFF" "abc", "\xFF" "abc", "]a", "aab",
    };
    for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
        const struct str parts[] = { STR("(?:"), str_from(patterns[p]), STR(")") };
        struct regex *trusted = regex_trust(arena, str_from(patterns[p]));
        struct error error = { .code = ERROR_NONE };
        struct regex *hidden = regex_compile(arena, arena_join(arena, parts, 3), &error);
        for (size_t i = 0; hidden != NULL && i < sizeof subjects / sizeof *subjects; i++)
            if (regex_match(trusted, str_from(subjects[i])) != regex_match(hidden, str_from(subjects[i])))
                fail_msg("%s on %s", patterns[p], subjects[i]);
    }
}

static void subject_that_begins_otherwise_is_not_shown_to_the_engine(void **state)
{
    (void)state;
    struct regex *regex = regex_trust(arena, STR("^logs:(a+)+$"));
    size_t before = memory.allocations;
    assert_int_equal(regex_match(regex, STR("logs-")), REGEX_NO_MATCH);
    assert_int_equal(memory.allocations, before);
    assert_int_equal(regex_match(regex, STR("logs:aa")), REGEX_MATCH);
    assert_true(memory.allocations > before);
}

static void malformed_pattern_that_was_only_prepared_gives_up_on_everything(void **state)
{
    (void)state;
    struct regex *regex = regex_prepare(arena, STR("^ab[z-a]"));
    assert_int_equal(regex_match(regex, STR("x")), REGEX_GAVE_UP);
    assert_int_equal(regex_match(regex, STR("ab")), REGEX_GAVE_UP);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(what_a_match_begins_with_is_only_a_short_cut),
        TEST(subject_that_begins_otherwise_is_not_shown_to_the_engine),
        TEST(malformed_pattern_that_was_only_prepared_gives_up_on_everything),
        TEST(pattern_is_found_anywhere_unless_anchored),
        TEST(dollar_does_not_match_before_a_trailing_newline),
        TEST(catastrophic_pattern_gives_up),
        TEST(pattern_cannot_raise_the_limits),
        TEST(long_subject_does_not_exhaust_the_stack),
        TEST(nul_in_subject_and_pattern_is_a_character),
        TEST(characters_are_those_of_utf8),
        TEST(subject_that_is_not_utf8_is_searched_around_the_fault),
        TEST(empty_pattern_and_absent_subject_match),
        TEST(malformed_pattern_is_refused_with_its_place),
        TEST(plain_text_patterns_answer_as_pcre2_does),
    };
    return cmocka_run_group_tests_name("match_regex", tests, NULL, NULL);
}
