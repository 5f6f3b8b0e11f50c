#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void strings_are_ordered_by_bytes_and_then_by_length(void **state)
{
    (void)state;
    assert_true(str_compare(STR("a"), STR("b")) < 0);
    assert_true(str_compare(STR("b"), STR("a")) > 0);
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("ab"), STR("a")) > 0);
    assert_true(str_compare(STR("z"), STR("\xC3\xA9")) < 0);
    assert_int_equal(str_compare(STR("a\0b"), STR("a\0b")), 0);
    assert_true(str_compare(STR("a\0b"), STR("a\0c")) < 0);
    assert_int_equal(str_compare(STR(""), str_from(NULL)), 0);
}

static void equality_sees_bytes_after_a_nul(void **state)
{
    (void)state;
    assert_true(str_equal(STR("a\0b"), STR("a\0b")));
    assert_false(str_equal(STR("a\0b"), STR("a\0c")));
    assert_true(str_equal(STR(""), str_from(NULL)));
    assert_true(str_equal_ignoring_case(STR("AbZ-"), STR("aBz-")));
    assert_false(str_equal_ignoring_case(STR("@"), STR("`")));
    assert_false(str_equal_ignoring_case(STR("a"), STR("ab")));
}

static void prefixes_and_suffixes_are_seen(void **state)
{
    (void)state;
    assert_true(str_starts_with(STR("aws_s3_bucket"), STR("aws_")));
    assert_true(str_starts_with(STR("a"), STR("")));
    assert_false(str_starts_with(STR("a"), STR("ab")));
    assert_true(str_ends_with(STR("plan.json"), STR(".json")));
    assert_true(str_ends_with(STR("a"), str_from(NULL)));
    assert_false(str_ends_with(STR("b"), STR("ab")));
}

static void parts_are_found_at_their_first_place(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("abcabc"), STR("bc")), 1);
    assert_int_equal(str_find(STR("aab"), STR("ab")), 1);
    assert_int_equal(str_find(STR("abc"), STR("abc")), 0);
    assert_int_equal(str_find(STR("abc"), STR("abcd")), -1);
    assert_int_equal(str_find(STR("abc"), STR("x")), -1);
    assert_int_equal(str_find(STR("abc"), STR("")), 0);
    assert_int_equal(str_find(STR(""), STR("")), 0);
    assert_int_equal(str_find(STR("a\0b"), STR("\0b")), 1);
    assert_int_equal(str_find_byte(STR("abc"), 'c'), 2);
    assert_int_equal(str_find_byte(STR("abc"), 'x'), -1);
    assert_int_equal(str_find_byte(str_from(NULL), 'x'), -1);
}

static void parts_never_reach_beyond_the_string(void **state)
{
    (void)state;
    assert_true(str_equal(str_part(STR("abcdef"), 1, 2), STR("bc")));
    assert_true(str_equal(str_part(STR("abc"), 2, 9), STR("c")));
    assert_int_equal(str_part(STR("abc"), 9, 9).n, 0);
    assert_int_equal(str_part(STR("abc"), 1, SIZE_MAX).n, 2);
    assert_true(str_equal(str_from_offset(STR("abc"), 1), STR("bc")));
    assert_int_equal(str_from_offset(STR("abc"), 4).n, 0);
}

static void trimming_takes_white_space_from_both_sides_only(void **state)
{
    (void)state;
    assert_true(str_equal(str_trim(STR(" \t\r\na b\n ")), STR("a b")));
    assert_int_equal(str_trim(STR(" \n ")).n, 0);
    assert_int_equal(str_trim(STR("")).n, 0);
}

static void the_hash_is_fnv_1a_for_ever(void **state)
{
    (void)state;
    assert_true(str_hash(STR("")) == UINT64_C(0xcbf29ce484222325));
    assert_true(str_hash(STR("a")) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(str_hash(STR("foobar")) == UINT64_C(0x85944171f73967e8));
    assert_true(str_hash_more(str_hash(STR("foo")), STR("bar")) == str_hash(STR("foobar")));
}

static void a_slip_of_the_pen_gets_a_suggestion(void **state)
{
    (void)state;
    static const struct str known[] = { STR_INIT("point_in_time_recovery"), STR_INIT("name"), STR_INIT("tags"),
                                        STR_INIT("max-findings"), STR_INIT("severity") };
    size_t count = sizeof known / sizeof *known;
    assert_true(str_equal(str_suggest(STR("point_in_time_recovry"), known, count), known[0]));
    assert_true(str_equal(str_suggest(STR("nmae"), known, count), known[1]));
    assert_true(str_equal(str_suggest(STR("Tags"), known, count), known[2]));
    assert_true(str_equal(str_suggest(STR("max_findings"), known, count), known[3]));
    assert_true(str_equal(str_suggest(STR("severiti"), known, count), known[4]));
}

static void a_strange_word_gets_no_suggestion(void **state)
{
    (void)state;
    static const struct str known[] = { STR_INIT("name"), STR_INIT("tags") };
    assert_null(str_suggest(STR("bucket"), known, 2).p);
    assert_null(str_suggest(STR("x"), known, 2).p);
    assert_null(str_suggest(STR(""), known, 2).p);
    assert_null(str_suggest(STR("name"), known, 0).p);
    char long_word[100];
    memset(long_word, 'a', sizeof long_word);
    assert_null(str_suggest((struct str){ long_word, sizeof long_word }, known, 2).p);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_ordered_by_bytes_and_then_by_length),
        cmocka_unit_test(equality_sees_bytes_after_a_nul),
        cmocka_unit_test(prefixes_and_suffixes_are_seen),
        cmocka_unit_test(parts_are_found_at_their_first_place),
        cmocka_unit_test(parts_never_reach_beyond_the_string),
        cmocka_unit_test(trimming_takes_white_space_from_both_sides_only),
        cmocka_unit_test(the_hash_is_fnv_1a_for_ever),
        cmocka_unit_test(a_slip_of_the_pen_gets_a_suggestion),
        cmocka_unit_test(a_strange_word_gets_no_suggestion),
    };
    return cmocka_run_group_tests_name("base/str", tests, NULL, NULL);
}
