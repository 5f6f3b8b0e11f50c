#include "base/arena.h"
#include "base/memory.h"
#include "base/number.h"

#include <stdio.h>
#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void only_json_numbers_are_valid(void **state)
{
    (void)state;
    static const char *const good[] = { "0",   "-0",  "1",    "10",         "1.5",
                                        "0.0", "1e5", "1E+5", "-1.25e-300", "1e999999999999" };
    static const char *const bad[] = { "",   "-",  "+1", "01",  "-01", "1.",  ".5",   "1e",  "1e+", "1.e5",
                                       "0x1", "1 ", " 1", "NaN", "1,5", "1e5.", "1e1e1", "Infinity" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(number_is_valid(str_from(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(number_is_valid(str_from(bad[i])));
}

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

static void numbers_are_compared_exactly(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int order;
    } cases[] = {
        { "1", "1.0", 0 },
        { "1", "10e-1", 0 },
        { "0", "-0", 0 },
        { "0", "0e999", 0 },
        { "-0.0", "0e-5", 0 },
        { "1", "2", -1 },
        { "-1", "1", -1 },
        { "-1", "-2", 1 },
        { "0", "-1", 1 },
        { "0", "1e-99", -1 },
        { "9", "10", -1 },
        { "0.9", "0.10", 1 },
        { "9007199254740993", "9007199254740992", 1 },
        { "0.1000000000000000000001", "0.1", 1 },
        { "123456789012345678901234567890", "123456789012345678901234567891", -1 },
        { "1e999999999", "1e999999998", 1 },
        { "1e999999999", "10e999999998", 0 },
        { "1e-999999999", "1", -1 },
        { "-1e999999999", "-1", -1 },
        { "1e100000000000000000000000000000", "10e99999999999999999999999999999", 0 },
        { "1e100000000000000000000000000000", "9e99999999999999999999999999999", 1 },
        { "1e-100000000000000000000000000000", "0.1e-99999999999999999999999999999", 0 },
        { "1e-100000000000000000000000000000", "1e100000000000000000000000000000", -1 },
        { "1e0000000000000000000000000000002", "100", 0 },
        { "0.001e3", "1", 0 },
        { "1200", "12e2", 0 },
        { "1200.5", "12e2", 1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str a = str_from(cases[i].a), b = str_from(cases[i].b);
        if (sign(number_compare(a, b)) != cases[i].order || sign(number_compare(b, a)) != -cases[i].order)
            fail_msg("%s and %s", cases[i].a, cases[i].b);
    }
}

static void exhausted(void *context)
{
    (void)context;
    abort();
}

static void sums_are_exact_and_without_exponent(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        { "1", "2", "3" },
        { "0", "0", "0" },
        { "-0", "0", "0" },
        { "0.1", "0.2", "0.3" },
        { "9", "1", "10" },
        { "999.99", "0.01", "1000" },
        { "1", "-1", "0" },
        { "1", "-2", "-1" },
        { "-5", "3", "-2" },
        { "-5", "-3", "-8" },
        { "1000", "-0.001", "999.999" },
        { "0.5", "0", "0.5" },
        { "-0.5", "0", "-0.5" },
        { "0.25", "-0.5", "-0.25" },
        { "1e3", "1e-3", "1000.001" },
        { "1e20", "1", "100000000000000000001" },
        { "5e-1", "5e-1", "1" },
        { "0e9999", "7", "7" },
        { "123456789012345678901234567890", "1", "123456789012345678901234567891" },
    };
    struct memory memory = { .exhausted = exhausted };
    struct arena *arena = arena_open(&memory);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int swapped = 0; swapped < 2; swapped++) {
            struct str sum;
            assert_true(number_add(arena, str_from(cases[i][swapped]), str_from(cases[i][1 - swapped]), &sum));
            assert_string_equal(sum.p, cases[i][2]);
            assert_int_equal(sum.n, strlen(cases[i][2]));
        }
    arena_close(arena);
}

static void a_huge_exponent_is_not_added(void **state)
{
    (void)state;
    struct memory memory = { .exhausted = exhausted };
    struct arena *arena = arena_open(&memory);
    struct str sum;
    assert_true(number_add(arena, STR("1e1000"), STR("1"), &sum));
    assert_int_equal(sum.n, 1001);
    assert_false(number_add(arena, STR("1e1001"), STR("1"), &sum));
    assert_false(number_add(arena, STR("1"), STR("1e-99999999999999999999999"), &sum));
    arena_close(arena);
}

static void whole_numbers_may_be_written_with_fraction_and_exponent(void **state)
{
    (void)state;
    static const char *const whole[] = { "0",    "-0",    "0.0",    "5",                     "-5",
                                         "5.00", "1.5e1", "100e-2", "1e99999999999999999999" };
    static const char *const broken[] = { "0.5", "1.05e1", "1e-1", "100e-3", "1e-99999999999999999999" };
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        assert_true(number_is_whole(str_from(whole[i])));
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        assert_false(number_is_whole(str_from(broken[i])));
}

static void sizes_are_taken_up_to_the_limit(void **state)
{
    (void)state;
    size_t size = 0;
    assert_true(number_to_size(STR("0"), 0, &size) && size == 0);
    assert_true(number_to_size(STR("-0"), 0, &size) && size == 0);
    assert_true(number_to_size(STR("42"), 42, &size) && size == 42);
    assert_true(number_to_size(STR("4.2e1"), 42, &size) && size == 42);
    assert_true(number_to_size(STR("4200e-2"), 100, &size) && size == 42);
    assert_true(number_to_size(STR("18446744073709551615"), SIZE_MAX, &size) && size == SIZE_MAX);
    assert_false(number_to_size(STR("18446744073709551616"), SIZE_MAX, &size));
    assert_false(number_to_size(STR("43"), 42, &size));
    assert_false(number_to_size(STR("-1"), 42, &size));
    assert_false(number_to_size(STR("1.5"), 42, &size));
    assert_false(number_to_size(STR("1e999999999999999999999"), SIZE_MAX, &size));
    assert_false(number_to_size(STR("1e-999999999999999999999"), SIZE_MAX, &size));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_json_numbers_are_valid),
        cmocka_unit_test(numbers_are_compared_exactly),
        cmocka_unit_test(sums_are_exact_and_without_exponent),
        cmocka_unit_test(a_huge_exponent_is_not_added),
        cmocka_unit_test(whole_numbers_may_be_written_with_fraction_and_exponent),
        cmocka_unit_test(sizes_are_taken_up_to_the_limit),
    };
    return cmocka_run_group_tests_name("base/number", tests, NULL, NULL);
}
