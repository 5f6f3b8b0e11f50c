#include "match/glob.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static bool matches(const char *glob, const char *subject)
{
    return glob_match(str_from(glob), str_from(subject));
}

static void glob_without_star_is_itself(void **state)
{
    (void)state;
    assert_true(matches("aws_s3_bucket", "aws_s3_bucket"));
    assert_false(matches("aws_s3_bucket", "aws_s3_bucket_policy"));
    assert_false(matches("aws_s3_bucket", "aws_s3"));
    assert_true(matches("", ""));
    assert_false(matches("", "a"));
    assert_false(matches("a", ""));
}

static void star_takes_any_run(void **state)
{
    (void)state;
    assert_true(matches("aws_*", "aws_"));
    assert_true(matches("aws_*", "aws_s3_bucket"));
    assert_true(matches("*_bucket", "aws_s3_bucket"));
    assert_true(matches("a*b*c", "aXbXbXc"));
    assert_false(matches("a*b*c", "aXbXbXcd"));
    assert_true(matches("*", ""));
    assert_true(matches("**", "a"));
    assert_true(matches("*a*a*a*", "aaa"));
    assert_false(matches("*a*a*a*", "aa"));
}

static void question_mark_takes_one_character(void **state)
{
    (void)state;
    assert_true(matches("a?c", "abc"));
    assert_false(matches("a?c", "ac"));
    assert_true(matches("?", "\xC3\xA9"));
    assert_true(matches("?", "\xF0\x9F\x98\x80"));
    assert_false(matches("??", "\xC3\xA9"));
    assert_false(matches("*??", "\xE2\x82\xAC"));
    assert_true(matches("*??", "a\xE2\x82\xAC"));
    assert_true(matches("?", "\xFF"));
    assert_true(matches("??", "\xE2\x82"));
}

static void brackets_dots_and_quotes_are_themselves(void **state)
{
    (void)state;
    assert_true(matches("module.a[\"x.y\"].aws_s3_bucket.*", "module.a[\"x.y\"].aws_s3_bucket.logs"));
    assert_true(matches("module.a[\"x.y\"].aws_s3_bucket.*", "module.a[\"x.y\"].aws_s3_bucket.logs[0]"));
    assert_false(matches("module.a[\"x.y\"].aws_s3_bucket.*", "module.a[\"xzy\"].aws_s3_bucket.logs"));
    assert_false(matches("module.a[\"x.y\"].aws_s3_bucket.*", "module.a.aws_s3_bucket.logs"));
    assert_true(matches("module.a[*].x", "module.a[\"b\"].x"));
    assert_false(matches("[ab]", "a"));
    assert_true(matches("\\*", "\\x"));
}

static void nul_is_a_character(void **state)
{
    (void)state;
    assert_true(glob_match(STR("a?b"), STR("a\0b")));
    assert_true(glob_match(STR("a*b"), STR("a\0\0b")));
    assert_false(glob_match(STR("a"), STR("a\0")));
    assert_true(glob_match((struct str){ NULL, 0 }, (struct str){ NULL, 0 }));
}

static void many_stars_stay_quick(void **state)
{
    (void)state;
    enum { LONG = 5000 };
    static char glob[200], subject[LONG];
    memset(subject, 'a', sizeof subject);
    for (size_t i = 0; i < sizeof glob; i += 2) {
        glob[i] = '*';
        glob[i + 1] = 'a';
    }
    assert_true(glob_match((struct str){ glob, sizeof glob }, (struct str){ subject, LONG }));
    glob[sizeof glob - 1] = 'b';
    assert_false(glob_match((struct str){ glob, sizeof glob }, (struct str){ subject, LONG }));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(glob_without_star_is_itself),
        cmocka_unit_test(star_takes_any_run),
        cmocka_unit_test(question_mark_takes_one_character),
        cmocka_unit_test(brackets_dots_and_quotes_are_themselves),
        cmocka_unit_test(nul_is_a_character),
        cmocka_unit_test(many_stars_stay_quick),
    };
    return cmocka_run_group_tests_name("match_glob", tests, NULL, NULL);
}
