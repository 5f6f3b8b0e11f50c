#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "json/json_read.h"
#include "json/json_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct output {
    struct memory memory;
    struct arena *arena;
    struct json_writer *writer;
    size_t n, room; /* the sink refuses what goes beyond room */
    char text[70000];
};

static void exhausted(void *context)
{
    (void)context;
    abort();
}

static bool take(void *context, struct str text)
{
    struct output *output = context;
    if (text.n > output->room - output->n)
        return false;
    memcpy(output->text + output->n, text.p, text.n);
    output->n += text.n;
    return true;
}

static int open_output(void **state)
{
    struct output *output = calloc(1, sizeof *output);
    if (output == NULL)
        return -1;
    output->memory.exhausted = exhausted;
    output->room = sizeof output->text - 1;
    output->arena = arena_open(&output->memory);
    *state = output;
    return 0;
}

static int close_output(void **state)
{
    struct output *output = *state;
    arena_close(output->arena);
    free(output);
    return 0;
}

static void write_sample(struct json_writer *writer)
{
    json_write_open_object(writer);
    json_write_key(writer, "list");
    json_write_open_array(writer);
    json_write_size(writer, 0);
    json_write_number(writer, STR("-1.50e3"));
    json_write_bool(writer, true);
    json_write_bool(writer, false);
    json_write_null(writer);
    json_write_string(writer, str_from(NULL));
    json_write_string(writer, STR(""));
    json_write_close_array(writer);
    json_write_key_str(writer, STR("empty"));
    json_write_open_object(writer);
    json_write_close_object(writer);
    json_write_key(writer, "none");
    json_write_open_array(writer);
    json_write_close_array(writer);
    json_write_close_object(writer);
}

static void without_indent_all_is_one_line(void **state)
{
    struct output *output = *state;
    output->writer = json_write_open(output->arena, take, output, 0);
    write_sample(output->writer);
    assert_true(json_write_close(output->writer));
    assert_string_equal(output->text,
                        "{\"list\":[0,-1.50e3,true,false,null,null,\"\"],\"empty\":{},\"none\":[]}\n");
}

static void with_indent_each_member_has_its_line(void **state)
{
    struct output *output = *state;
    output->writer = json_write_open(output->arena, take, output, 2);
    write_sample(output->writer);
    assert_true(json_write_close(output->writer));
    assert_string_equal(output->text, "{\n  \"list\": [\n    0,\n    -1.50e3,\n    true,\n    false,\n    null,\n"
                                      "    null,\n    \"\"\n  ],\n  \"empty\": {},\n  \"none\": []\n}\n");
}

static void assert_written(struct output *output, struct str text, const char *wanted)
{
    output->n = 0;
    output->writer = json_write_open(output->arena, take, output, 0);
    json_write_string(output->writer, text);
    assert_true(json_write_close(output->writer));
    output->text[output->n - 1] = '\0';
    assert_string_equal(output->text, wanted);
}

static void what_could_do_harm_is_escaped(void **state)
{
    struct output *output = *state;
    assert_written(output, STR("a\"b\\c/"), "\"a\\\"b\\\\c/\"");
    assert_written(output, STR("\b\f\n\r\t\0\x1F"), "\"\\b\\f\\n\\r\\t\\u0000\\u001f\"");
    assert_written(output, STR("\x1B[31m\x7F"), "\"\\u001b[31m\\u007f\"");
    assert_written(output, STR("\xC2\x80\xC2\x9F\xC2\xA0"), "\"\\u0080\\u009f\xC2\xA0\"");
    assert_written(output, STR("\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA"), "\"\\u2028\\u2029\xE2\x80\xAA\"");
    assert_written(output, STR("\xC3\xA9\xF0\x9F\x98\x80"), "\"\xC3\xA9\xF0\x9F\x98\x80\"");
}

static void bad_bytes_become_replacement_characters(void **state)
{
    struct output *output = *state;
    assert_written(output, STR("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
    assert_written(output, STR("\xC3"), "\"\xEF\xBF\xBD\"");
    assert_written(output, STR("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    assert_written(output, STR("\xE2\x82\"\xC3\xA9"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\\\"\xC3\xA9\"");
}

static bool compare_string(void *context, struct str text)
{
    return str_equal(text, *(const struct str *)context);
}

static void the_reader_gets_back_what_was_written(void **state)
{
    struct output *output = *state;
    struct json_events events = { .string = compare_string };
    char bytes[0x300 * 2];
    size_t n = 0;
    for (unsigned code = 0; code < 0x300; code++) {
        if (code >= 0x80)
            bytes[n++] = (char)(0xC0 | code >> 6);
        bytes[n++] = (char)(code < 0x80 ? code : 0x80 | (code & 0x3F));
    }
    struct str text = { bytes, n };
    output->writer = json_write_open(output->arena, take, output, 0);
    json_write_string(output->writer, text);
    assert_true(json_write_close(output->writer));
    struct error error = { ERROR_NONE, { NULL, 0 }, 0, 0, "" };
    assert_true(json_read_all(output->arena, &events, &text, (struct str){ output->text, output->n }, &error));
}

static void long_documents_leave_in_pieces(void **state)
{
    struct output *output = *state;
    output->writer = json_write_open(output->arena, take, output, 0);
    json_write_open_array(output->writer);
    for (int i = 0; i < 5000; i++)
        json_write_string(output->writer, STR("12345678"));
    json_write_close_array(output->writer);
    assert_true(output->n > 0);
    assert_true(json_write_close(output->writer));
    assert_int_equal(output->n, 5000 * 11 + 2);
    assert_memory_equal(output->text + output->n - 12, "\"12345678\"]\n", 12);
}

static void a_refused_piece_is_told_at_the_end(void **state)
{
    struct output *output = *state;
    output->room = 20000;
    output->writer = json_write_open(output->arena, take, output, 0);
    json_write_open_array(output->writer);
    for (int i = 0; i < 5000; i++)
        json_write_size(output->writer, SIZE_MAX);
    json_write_close_array(output->writer);
    output->room = sizeof output->text;
    assert_false(json_write_close(output->writer));
    assert_true(output->n <= 20000);
}

#define WITH_OUTPUT(test) cmocka_unit_test_setup_teardown(test, open_output, close_output)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        WITH_OUTPUT(without_indent_all_is_one_line),
        WITH_OUTPUT(with_indent_each_member_has_its_line),
        WITH_OUTPUT(what_could_do_harm_is_escaped),
        WITH_OUTPUT(bad_bytes_become_replacement_characters),
        WITH_OUTPUT(the_reader_gets_back_what_was_written),
        WITH_OUTPUT(long_documents_leave_in_pieces),
        WITH_OUTPUT(a_refused_piece_is_told_at_the_end),
    };
    return cmocka_run_group_tests_name("json/write", tests, NULL, NULL);
}
