#include "base/arena.h"
#include "base/memory.h"
#include "report/escape.h"

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

static void assert_shown(void **state, struct str text, const char *wanted)
{
    struct str shown = escape_for_terminal(*state, text);
    if (!str_equal(shown, str_from(wanted)))
        fail_msg("expected %s, got %.*s", wanted, STR_ARG(shown));
}

static void plain_text_is_left_as_it_is(void **state)
{
    struct str plain = STR("aws_s3_bucket.logs[\"a.b\"] ~ \\n {}");
    assert_ptr_equal(escape_for_terminal(*state, plain).p, plain.p);
    assert_shown(state, STR(""), "");
    assert_shown(state, STR("Gr\xC3\xBC\xC3\x9F" "e \xE6\x9D\xB1\xE4\xBA\xAC \xF0\x9F\x98\x80"),
                 "Gr\xC3\xBC\xC3\x9F" "e \xE6\x9D\xB1\xE4\xBA\xAC \xF0\x9F\x98\x80");
}

static void line_ends_and_tabs_become_visible(void **state)
{
    assert_shown(state, STR("a\nb\tc\rd"), "a\\nb\\tc\\rd");
}

static void control_characters_become_numbers(void **state)
{
    assert_shown(state, STR("\x1b[2J"), "\\x1b[2J");
    assert_shown(state, STR("a\0b"), "a\\x00b");
    assert_shown(state, STR("\a\b\x7f"), "\\x07\\x08\\x7f");
}

static void second_control_block_becomes_numbers(void **state)
{
    assert_shown(state, STR("\xC2\x9B" "31m"), "\\x9b31m");
    assert_shown(state, STR("\xC2\x80\xC2\x9F"), "\\x80\\x9f");
    assert_shown(state, STR("\xC2\xA0"), "\xC2\xA0");
}

static void marks_of_direction_become_visible(void **state)
{
    assert_shown(state, STR("a\xE2\x80\xAE" "b"), "a\\u202eb");
    assert_shown(state, STR("\xE2\x80\xAA\xE2\x80\xAB\xE2\x80\xAC\xE2\x80\xAD"), "\\u202a\\u202b\\u202c\\u202d");
    assert_shown(state, STR("\xE2\x81\xA6\xE2\x81\xA7\xE2\x81\xA8\xE2\x81\xA9"), "\\u2066\\u2067\\u2068\\u2069");
    assert_shown(state, STR("\xE2\x80\x8E\xE2\x80\x8F\xD8\x9C"), "\\u200e\\u200f\\u061c");
}

static void characters_without_a_width_become_visible(void **state)
{
    assert_shown(state, STR("a\xE2\x80\x8B" "b"), "a\\u200bb");
    assert_shown(state, STR("\xE2\x80\x8C\xE2\x80\x8D\xE2\x81\xA0\xEF\xBB\xBF"), "\\u200c\\u200d\\u2060\\ufeff");
    assert_shown(state, STR("\xC2\xAD"), "\\xad");
    assert_shown(state, STR("\xF3\xA0\x81\xA1"), "\\ue0061");
}

static void line_and_paragraph_separators_become_visible(void **state)
{
    assert_shown(state, STR("a\xE2\x80\xA8" "b\xE2\x80\xA9"), "a\\u2028b\\u2029");
}

static void bytes_that_are_no_utf8_become_numbers(void **state)
{
    assert_shown(state, STR("\xFF\xFE"), "\\xff\\xfe");
    assert_shown(state, STR("\xC0\xAF"), "\\xc0\\xaf");
    assert_shown(state, STR("\xED\xA0\x80"), "\\xed\\xa0\\x80");
    assert_shown(state, STR("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
    assert_shown(state, STR("\xE6\x9D"), "\\xe6\\x9d");
}

static void letters_before_a_bad_byte_stay_letters(void **state)
{
    assert_shown(state, STR("a\x80"), "a\\x80");
    assert_shown(state, STR("ab\xBF\xBF\xBF\xBF" "c"), "ab\\xbf\\xbf\\xbf\\xbfc");
    assert_shown(state, STR("\xC3\xA9\x80"), "\xC3\xA9\\x80");
    assert_shown(state, STR("\xF0\x9F\x98\x80\x80"), "\xF0\x9F\x98\x80\\x80");
}

static void nothing_harmful_is_left_of_any_byte(void **state)
{
    char bytes[512];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7);
    struct str shown = escape_for_terminal(*state, (struct str){ bytes, sizeof bytes });
    for (size_t i = 0; i < shown.n; i++)
        assert_true((unsigned char)shown.p[i] >= 0x20 && (unsigned char)shown.p[i] != 0x7f);
}

static void one_at_a_time_gives_the_same(void **state)
{
    struct str text = STR("a\n\xE2\x80\xAE\xFF\xC3\xA9"), whole = escape_for_terminal(*state, text);
    char out[ESCAPED_ROOM];
    size_t used, n = 0;
    for (struct str rest = text; rest.n > 0; rest = str_from_offset(rest, used)) {
        size_t length = escape_beginning(rest, out, &used);
        assert_true(used > 0 && used <= rest.n && n + length <= whole.n);
        assert_memory_equal(whole.p + n, out, length);
        n += length;
    }
    assert_int_equal(n, whole.n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(plain_text_is_left_as_it_is, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(line_ends_and_tabs_become_visible, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(control_characters_become_numbers, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(second_control_block_becomes_numbers, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(marks_of_direction_become_visible, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(characters_without_a_width_become_visible, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(line_and_paragraph_separators_become_visible, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(bytes_that_are_no_utf8_become_numbers, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(letters_before_a_bad_byte_stay_letters, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(nothing_harmful_is_left_of_any_byte, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(one_at_a_time_gives_the_same, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
