#include "json_trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A document with something of everything. */
static const struct str tricky = STR_INIT(
    "\r\n{\t\"\" : \"\" , \"a\\u0000b\":[ 0,-0 ,1.5e-7,12345678901234567890123 , true,false ,null,[],{} ],\n"
    "\"\\\"quoted\\\" \\\\\":\"\\\\\\\"\",\"\xC3\xA9\xE2\x82\xAC\":\"\xF0\x9F\x98\x80\\ud83d\\ude00\\n\",\n\n"
    "\"long\":\"a text of more than sixteen bytes with an \\\\ escape and one \\u00e9 more\","
    "\"z\":{\"z\":{\"z\":-1E+2}}}");

static void assert_reads(const char *text, const char *events)
{
    struct json_trace trace;
    trace_read(&trace, str_from(text), 0, 0, false);
    assert_string_equal(trace.text, events);
    trace_close(&trace);
    trace_read(&trace, str_from(text), 1, 1, false);
    assert_string_equal(trace.text, events);
    trace_close(&trace);
}

static void events_come_in_the_order_of_the_document(void **state)
{
    (void)state;
    assert_reads("{\"a\":[1,-2.50,\"x\",true,false,null],\"b\":{}}",
                 " { .a [ #1 #-2.50 =x true false null ] .b { } } ok @0:0:42 ");
}

static void scalars_may_stand_alone(void **state)
{
    (void)state;
    assert_reads("\"x\"", " =x ok @0:0:3 ");
    assert_reads(" null ", " null ok @0:0:5 ");
    assert_reads("12", " #12 ok @0:0:2 ");
    assert_reads(" -1.5e5", " #-1.5e5 ok @0:0:7 ");
    assert_reads("12 ", " #12 ok @0:0:2 ");
}

static void any_two_chunks_give_the_same_events_as_one(void **state)
{
    (void)state;
    struct json_trace whole, parts;
    trace_read(&whole, tricky, 0, 0, false);
    assert_true(whole.ok);
    for (size_t first = 1; first < tricky.n; first++) {
        trace_read(&parts, tricky, first, 0, false);
        assert_int_equal(parts.n, whole.n);
        assert_memory_equal(parts.text, whole.text, whole.n);
        trace_close(&parts);
    }
    trace_close(&whole);
}

static void chunks_of_any_size_give_the_same_events(void **state)
{
    (void)state;
    struct json_trace whole, parts;
    trace_read(&whole, tricky, 0, 0, false);
    for (size_t chunk = 1; chunk <= tricky.n; chunk++) {
        trace_read(&parts, tricky, chunk, chunk, false);
        assert_int_equal(parts.n, whole.n);
        assert_memory_equal(parts.text, whole.text, whole.n);
        trace_close(&parts);
    }
    trace_close(&whole);
}

static void strings_may_hold_nul(void **state)
{
    (void)state;
    struct json_trace trace;
    trace_read(&trace, STR("[\"a\\u0000b\"]"), 0, 0, false);
    assert_true(trace.ok);
    assert_memory_equal(trace.text, " [ =a\0b ] ok", 12);
    trace_close(&trace);
}

/* What a plan with count resources looks like. */
static size_t write_plan(char *text, size_t size, int count)
{
    size_t n = (size_t)snprintf(text, size, "{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",\"skip\":"
                                            "{\"root_module\":{\"resources\":[]}},\"resource_changes\":[");
    for (int i = 0; i < count; i++)
        n += (size_t)snprintf(text + n, size - n,
                              "%s{\"address\":\"module.x[\\\"k\\\"].aws_s3_bucket.b%d\",\"mode\":\"managed\","
                              "\"type\":\"aws_s3_bucket\",\"name\":\"b%d\",\"change\":{\"actions\":[\"create\"],"
                              "\"before\":null,\"after\":{\"bucket\":\"caf\xC3\xA9-%d\",\"tags\":{"
                              "\"Env\":\"prod\",\"Cost\":\"\\u20ac 1.5\"},"
                              "\"force_destroy\":false,\"days\":%d.5e1},"
                              "\"after_unknown\":{\"arn\":true,\"id\":true}}}",
                              i == 0 ? "" : ",", i, i, i, i);
    n += (size_t)snprintf(text + n, size - n, "],\"timestamp\":\"2025-01-01T00:00:00Z\",\"complete\":true}");
    assert_true(n < size);
    return n;
}

static void a_plan_cut_at_any_byte_is_refused(void **state)
{
    (void)state;
    char text[4000];
    size_t n = write_plan(text, sizeof text, 7);
    assert_true(n > 2000);
    struct json_trace trace;
    for (size_t cut = 0; cut < n; cut++)
        for (int cheap = 0; cheap < 2; cheap++) {
            trace_read(&trace, (struct str){ text, cut }, 0, 0, cheap == 1);
            assert_false(trace.ok);
            assert_int_equal(trace.error.code, ERROR_INPUT);
            assert_int_equal(trace.error.line, 1);
            assert_int_equal(trace.error.column, cut + 1);
            assert_non_null(strstr(trace.error.text, "the JSON ends in the middle (byte "));
            trace_close(&trace);
        }
    trace_read(&trace, (struct str){ text, n }, 0, 0, true);
    assert_true(trace.ok);
    trace_close(&trace);
}

static void errors_say_what_is_missing_and_where(void **state)
{
    (void)state;
    assert_reads("{\"a\":1,\n \"b\" 2}",
                 " { .a #1 .b bad malformed JSON: a colon is missing after a key, at byte 13 @2:6:0 ");
    assert_reads("[1,\n]", " [ #1 bad malformed JSON: a value is missing, at byte 4 @2:1:0 ");
    assert_reads("\n\n[1 2]", " [ #1 bad malformed JSON: a comma or ] is missing, at byte 5 @3:4:0 ");
    assert_reads("[\"\\q\"]", " [ bad malformed JSON: a backslash begins no known escape, at byte 3 @1:4:0 ");
    assert_reads("[\"a\nb\"]", " [ bad malformed JSON: a control character stands in a string, at byte 3 @1:4:0 ");
    assert_reads("[\"\xC3(\"]", " [ bad malformed JSON: the text is not UTF-8, at byte 2 @1:3:0 ");
    assert_reads("[\n\"\\ud800\"]", " [ bad malformed JSON: half of a surrogate pair, at byte 3 @2:2:0 ");
    assert_reads("[\v1]", " [ bad malformed JSON: a value is missing, at byte 1 @1:2:0 ");
    assert_reads("", " bad the JSON ends in the middle (byte 0): it holds no value @1:1:0 ");
    assert_reads("[1,\n\n", " [ #1 bad the JSON ends in the middle (byte 5): a value is missing @3:1:0 ");
    assert_reads("-", " bad the JSON ends in the middle (byte 1): a number is cut @1:2:0 ");
}

static void errors_quote_nothing_of_the_values(void **state)
{
    (void)state;
    assert_reads("[\"hunter2\" \"hunter3\"]",
                 " [ =hunter2 bad malformed JSON: a comma or ] is missing, at byte 11 @1:12:0 ");
}

static void events_fail_with_the_place_of_their_token(void **state)
{
    (void)state;
    assert_reads("{\n \"x\":\"fail\"}", " { .x =fail bad made to fail @2:6:0 ");
    assert_reads("{\n \"fail\":\"x\"}", " { .fail bad made to fail @2:2:0 ");
    assert_reads("[\"\\\"\\\\\",\"\\u0066ail\"]", " [ =\"\\ =fail bad made to fail @1:9:0 ");
}

static void a_key_twice_in_one_object_is_refused(void **state)
{
    (void)state;
    assert_reads("{\"a\":1,\n\"a\":2}",
                 " { .a #1 bad the key \"a\" stands twice in one object, at byte 8 @2:1:0 ");
    assert_reads("{\"b\":{\"x\":1},\"a\":{\"x\":1},\"b\":2}",
                 " { .b { .x #1 } .a { .x #1 } bad the key \"b\" stands twice in one object, at byte 25 @1:26:0 ");
    assert_reads("{\"\":1,\"\":2}", " { . #1 bad the key \"\" stands twice in one object, at byte 6 @1:7:0 ");
    assert_reads("{\"a\":1,\"\\u0061\":2}",
                 " { .a #1 bad the key \"a\" stands twice in one object, at byte 7 @1:8:0 ");
    assert_reads("[{\"a\":1},{\"a\":1}]", " [ { .a #1 } { .a #1 } ] ok @0:0:17 ");
}

static void a_long_key_is_cut_in_the_message(void **state)
{
    (void)state;
    char text[1000], key[301];
    for (int i = 0; i < 150; i++)
        memcpy(key + i * 2, "\xC3\xA9", 3);
    snprintf(text, sizeof text, "{\"x%s\":1,\"x%s\":1}", key, key);
    struct json_trace trace;
    trace_read(&trace, str_from(text), 0, 0, false);
    assert_false(trace.ok);
    assert_non_null(strstr(trace.error.text, "\xC3\xA9...\" stands twice"));
    assert_true(strlen(trace.error.text) < 160);
    trace_close(&trace);
}

/* An object with count keys in no order; twice tells which of them comes once more at its end, -1 for none. */
static bool read_many_keys(int count, int twice)
{
    struct json_trace trace;
    trace_open(&trace, false);
    trace_feed(&trace, "{", 1);
    for (int i = 0; i <= count; i++) {
        char member[40];
        int key = i < count ? i : twice;
        if (key < 0)
            continue;
        int number = (int)(key * INT64_C(7919) % 1000003);
        int n = snprintf(member, sizeof member, "%s\"%d\":0", i == 0 ? "" : ",", number);
        trace_feed(&trace, member, (size_t)n);
    }
    trace_feed(&trace, "}", 1);
    trace_finish(&trace);
    bool ok = trace.ok;
    if (!ok)
        assert_non_null(strstr(trace.error.text, "stands twice in one object"));
    trace_close(&trace);
    return ok;
}

static void a_hundred_thousand_keys_in_no_order_are_read_quickly(void **state)
{
    (void)state;
    assert_true(read_many_keys(100000, -1));
    assert_false(read_many_keys(100000, 0));
    assert_false(read_many_keys(100000, 77777));
}

static void a_key_is_found_twice_in_objects_of_every_size(void **state)
{
    (void)state;
    for (int count = 1; count < 200; count += count < 40 ? 1 : 17) {
        assert_true(read_many_keys(count, -1));
        for (int twice = 0; twice < count; twice += 3)
            assert_false(read_many_keys(count, twice));
    }
}

static void a_string_over_many_chunks_is_read_in_linear_time(void **state)
{
    (void)state;
    struct json_trace trace;
    trace_open(&trace, false);
    trace_feed(&trace, "[\"", 2);
    char chunk[1000];
    memset(chunk, 'x', sizeof chunk);
    for (int i = 0; i < 10000; i++)
        trace_feed(&trace, chunk, sizeof chunk);
    trace_feed(&trace, "\",1]", 4);
    trace_finish(&trace);
    assert_true(trace.ok);
    assert_true(trace.n > 10000000);
    trace_close(&trace);
}

static void depth_is_capped(void **state)
{
    (void)state;
    for (size_t depth = JSON_DEPTH_MAX; depth <= JSON_DEPTH_MAX + 1; depth++)
        for (size_t chunk = 0; chunk < 2; chunk++) {
            char text[2 * JSON_DEPTH_MAX + 2];
            memset(text, '[', depth);
            memset(text + depth, ']', depth);
            struct json_trace trace;
            trace_read(&trace, (struct str){ text, 2 * depth }, chunk, chunk, false);
            assert_int_equal(trace.ok, depth == JSON_DEPTH_MAX);
            if (!trace.ok) {
                assert_string_equal(trace.error.text,
                                    "malformed JSON: values are nested more than 256 deep, at byte 256");
                assert_int_equal(trace.error.column, 257);
            }
            trace_close(&trace);
        }
}

static void what_follows_the_document_is_left_alone(void **state)
{
    (void)state;
    struct json_trace trace;
    size_t used = 99;
    trace_open(&trace, false);
    trace_feed(&trace, " [1", 3);
    assert_false(json_is_complete(trace.reader, &used));
    trace_feed(&trace, ",2] \xFF garbage", 12);
    assert_true(json_is_complete(trace.reader, &used));
    assert_int_equal(used, 3);
    trace_feed(&trace, "more", 4);
    assert_true(json_is_complete(trace.reader, &used));
    assert_int_equal(used, 0);
    trace_finish(&trace);
    assert_true(trace.ok);
    trace_close(&trace);
}

static void a_number_alone_is_complete_only_at_the_end(void **state)
{
    (void)state;
    struct json_trace trace;
    size_t used;
    trace_open(&trace, false);
    trace_feed(&trace, "12", 2);
    assert_false(json_is_complete(trace.reader, &used));
    trace_finish(&trace);
    assert_true(trace.ok);
    assert_true(json_is_complete(trace.reader, &used));
    assert_int_equal(used, 2);
    trace_close(&trace);
}

static void a_document_in_memory_is_read_whole(void **state)
{
    (void)state;
    struct json_trace trace;
    trace_open(&trace, false);
    struct error error = { ERROR_NONE, { NULL, 0 }, 0, 0, "" };
    assert_true(json_read_all(trace.arena, &trace_events, &trace, STR("[\"a\"]\n \t"), &error));
    assert_string_equal(trace.text, " [ =a ] ");
    assert_false(json_read_all(trace.arena, &trace_events, &trace, STR("[]\n x"), &error));
    assert_string_equal(error.text, "malformed JSON: something stands after its end, at byte 4");
    assert_int_equal(error.line, 2);
    assert_int_equal(error.column, 2);
    error = (struct error){ ERROR_NONE, { NULL, 0 }, 0, 0, "" };
    assert_false(json_read_all(trace.arena, &trace_events, &trace, STR(""), &error));
    assert_int_equal(error.code, ERROR_INPUT);
    trace_close(&trace);
}

static void after_an_error_nothing_is_read(void **state)
{
    (void)state;
    struct json_trace trace;
    trace_open(&trace, false);
    trace_feed(&trace, "[nil", 4);
    assert_false(trace.ok);
    trace_feed(&trace, "[1]", 3);
    assert_false(json_close(trace.reader));
    assert_string_equal(trace.text, " [ ");
    trace_close(&trace);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_come_in_the_order_of_the_document),
        cmocka_unit_test(scalars_may_stand_alone),
        cmocka_unit_test(any_two_chunks_give_the_same_events_as_one),
        cmocka_unit_test(chunks_of_any_size_give_the_same_events),
        cmocka_unit_test(strings_may_hold_nul),
        cmocka_unit_test(a_plan_cut_at_any_byte_is_refused),
        cmocka_unit_test(errors_say_what_is_missing_and_where),
        cmocka_unit_test(errors_quote_nothing_of_the_values),
        cmocka_unit_test(events_fail_with_the_place_of_their_token),
        cmocka_unit_test(a_key_twice_in_one_object_is_refused),
        cmocka_unit_test(a_long_key_is_cut_in_the_message),
        cmocka_unit_test(a_hundred_thousand_keys_in_no_order_are_read_quickly),
        cmocka_unit_test(a_key_is_found_twice_in_objects_of_every_size),
        cmocka_unit_test(a_string_over_many_chunks_is_read_in_linear_time),
        cmocka_unit_test(depth_is_capped),
        cmocka_unit_test(what_follows_the_document_is_left_alone),
        cmocka_unit_test(a_number_alone_is_complete_only_at_the_end),
        cmocka_unit_test(a_document_in_memory_is_read_whole),
        cmocka_unit_test(after_an_error_nothing_is_read),
    };
    return cmocka_run_group_tests_name("json/read", tests, NULL, NULL);
}
