#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void plain_and_well_formed_text_is_valid(void **state)
{
    (void)state;
    static const struct str good[] = {
        STR_INIT(""), STR_INIT("a"), STR_INIT("abcdefghijklmnopqrstuvwxyz"), STR_INIT("a\0b"), STR_INIT("\x7F"),
        STR_INIT("\xC2\x80"), STR_INIT("\xDF\xBF"), STR_INIT("\xE0\xA0\x80"), STR_INIT("\xED\x9F\xBF"),
        STR_INIT("\xEE\x80\x80"), STR_INIT("\xEF\xBF\xBF"), STR_INIT("\xF0\x90\x80\x80"),
        STR_INIT("\xF4\x8F\xBF\xBF"),
        STR_INIT("12345678\xC3\xA9" "12345678\xE2\x82\xAC"),
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_int_equal(utf8_valid(good[i]), good[i].n);
}

static void overlong_surrogate_cut_and_too_large_sequences_are_not_valid(void **state)
{
    (void)state;
    static const struct str bad[] = {
        STR_INIT("\x80"), STR_INIT("\xBF"), STR_INIT("\xC0\x80"), STR_INIT("\xC1\xBF"), STR_INIT("\xC2"),
        STR_INIT("\xC2" "a"), STR_INIT("\xC2\xC0"), STR_INIT("\xE0\x9F\xBF"), STR_INIT("\xE2\x82"),
        STR_INIT("\xE2\x82" "a"), STR_INIT("\xED\xA0\x80"), STR_INIT("\xED\xBF\xBF"), STR_INIT("\xF0\x8F\xBF\xBF"),
        STR_INIT("\xF0\x9F\x98"), STR_INIT("\xF4\x90\x80\x80"), STR_INIT("\xF5\x80\x80\x80"), STR_INIT("\xFE"),
        STR_INIT("\xFF"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char text[64] = "0123456789abcdefghi";
        for (size_t before = 0; before < 19; before++) {
            memcpy(text + before, bad[i].p, bad[i].n);
            assert_int_equal(utf8_valid((struct str){ text, before + bad[i].n }), before);
            memcpy(text, "0123456789abcdefghi", 19);
        }
    }
}

static void every_code_point_survives_encoding_and_decoding(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        char text[4];
        size_t n = utf8_encode(code, text), length;
        assert_int_equal(utf8_valid((struct str){ text, n }), n);
        assert_int_equal(utf8_decode((struct str){ text, n }, &length), code);
        assert_int_equal(length, n);
    }
}

static void columns_follow_the_width_of_characters(void **state)
{
    (void)state;
    assert_int_equal(utf8_columns(STR("")), 0);
    assert_int_equal(utf8_columns(STR("abc")), 3);
    assert_int_equal(utf8_columns(STR("\xC3\xA9")), 1);
    assert_int_equal(utf8_columns(STR("e\xCC\x81")), 1);
    assert_int_equal(utf8_columns(STR("\xE6\x97\xA5\xE6\x9C\xAC")), 4);
    assert_int_equal(utf8_columns(STR("\xF0\x9F\x98\x80")), 2);
    assert_int_equal(utf8_columns(STR("\xE2\x80\x8B")), 0);
    assert_int_equal(utf8_columns(STR("\xE2\x86\x92")), 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_and_well_formed_text_is_valid),
        cmocka_unit_test(overlong_surrogate_cut_and_too_large_sequences_are_not_valid),
        cmocka_unit_test(every_code_point_survives_encoding_and_decoding),
        cmocka_unit_test(columns_follow_the_width_of_characters),
    };
    return cmocka_run_group_tests_name("base/utf8", tests, NULL, NULL);
}
