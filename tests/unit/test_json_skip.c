#include "json_trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct str good[] = {
    STR_INIT("null"),
    STR_INIT("true"),
    STR_INIT("false"),
    STR_INIT("0"),
    STR_INIT("-0"),
    STR_INIT("-12.5e+10"),
    STR_INIT("1E5"),
    STR_INIT("0.0e-0"),
    STR_INIT("\"\""),
    STR_INIT("\"plain text of more than sixteen bytes, so that whole blocks are passed\""),
    STR_INIT("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uFFFF\\u12aB\""),
    STR_INIT("\"\\ud83d\\ude00\\uDBFF\\uDFFF\""),
    STR_INIT("\"\\\\ud800\""),
    STR_INIT("\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF\x7F\""),
    STR_INIT("{}"),
    STR_INIT("[]"),
    STR_INIT(" \t\r\n[ \t\r\n] \t\r\n"),
    STR_INIT("[[],{},[{}],{\"a\":[]}]"),
    STR_INIT("{\"a\":1,\"a\":2}"),
    STR_INIT("{\"\" : {\"skip\":[1 , 2 ,\"skip\"]} , \"b\":null}"),
    STR_INIT("[1,-1,1.5,true,false,null,\"x\",{\"y\":\"z\"}]"),
    STR_INIT("\"}]{[,:\\\"skip\\\":\""),
};

static const struct str bad[] = {
    STR_INIT(""),
    STR_INIT(","),
    STR_INIT(":1"),
    STR_INIT("nul"),
    STR_INIT("nulL"),
    STR_INIT("nullx"),
    STR_INIT("True"),
    STR_INIT("truefalse"),
    STR_INIT("fals3"),
    STR_INIT("01"),
    STR_INIT("-"),
    STR_INIT("-a"),
    STR_INIT("-01"),
    STR_INIT("+1"),
    STR_INIT(".5"),
    STR_INIT("1."),
    STR_INIT("1.e5"),
    STR_INIT("1e"),
    STR_INIT("1e+"),
    STR_INIT("1e5.5"),
    STR_INIT("0x10"),
    STR_INIT("1 2"),
    STR_INIT("NaN"),
    STR_INIT("'a'"),
    STR_INIT("\"a\nb\""),
    STR_INIT("\"a\0b\""),
    STR_INIT("\"sixteen bytes and then a tab\t\""),
    STR_INIT("\"a\x0B\""),
    STR_INIT("\x0B" "1"),
    STR_INIT("1\f"),
    STR_INIT("[1,\x0B" "2]"),
    STR_INIT("\"\\x\""),
    STR_INIT("\"\\\0\""),
    STR_INIT("\"\\u12g4\""),
    STR_INIT("\"\\u123\""),
    STR_INIT("\"\\U0041\""),
    STR_INIT("\"\\ud800\""),
    STR_INIT("\"\\udc00\""),
    STR_INIT("\"\\ud800x\""),
    STR_INIT("\"\\ud800\\n\""),
    STR_INIT("\"\\ud800\\u0041\""),
    STR_INIT("\"\\ud800\\ud800\\udc00\""),
    STR_INIT("\"\\ud83d\\ude00\\ude00\""),
    STR_INIT("\"\xC0\x80\""),
    STR_INIT("\"\xC1\xBF\""),
    STR_INIT("\"\x80\""),
    STR_INIT("\"\xE2\x82\""),
    STR_INIT("\"\xE0\x80\x80\""),
    STR_INIT("\"\xED\xA0\x80\""),
    STR_INIT("\"\xF0\x80\x80\x80\""),
    STR_INIT("\"\xF4\x90\x80\x80\""),
    STR_INIT("\"\xF5\x80\x80\x80\""),
    STR_INIT("\"\xFF\""),
    STR_INIT("\xC3\xA9"),
    STR_INIT("\xEF\xBB\xBF" "1"),
    STR_INIT("{\"a\" 1}"),
    STR_INIT("{\"a\"}"),
    STR_INIT("{\"a\":}"),
    STR_INIT("{\"a\":1,}"),
    STR_INIT("{,}"),
    STR_INIT("{1:2}"),
    STR_INIT("{a:1}"),
    STR_INIT("{\"a\":1 \"b\":2}"),
    STR_INIT("{\"a\":1]"),
    STR_INIT("{\"a\"::1}"),
    STR_INIT("[1,]"),
    STR_INIT("[,1]"),
    STR_INIT("[1 2]"),
    STR_INIT("[1}"),
    STR_INIT("[1:2]"),
    STR_INIT("]"),
    STR_INIT("}}"),
    STR_INIT("[[[]]"),
    STR_INIT("/* x */ 1"),
    STR_INIT("\\"),
    STR_INIT("\"\\ud800"),
    STR_INIT("\"abc"),
};

/* Read with the fast and the slow way and every chunk size: all of it is the same. Returns the verdict. */
static bool read_everyhow(struct str text, char *events, size_t size)
{
    struct json_trace slow;
    trace_read(&slow, text, 0, 0, false);
    for (size_t chunk = 0; chunk <= (text.n < 120 ? text.n : 120); chunk++) {
        for (int cheap = 0; cheap < 2; cheap++) {
            struct json_trace other;
            trace_read(&other, text, chunk, chunk, cheap == 1);
            assert_string_equal(slow.text, other.text);
            trace_close(&other);
            trace_read(&other, text, chunk, 0, cheap == 1);
            assert_string_equal(slow.text, other.text);
            trace_close(&other);
        }
    }
    bool ok = slow.ok;
    snprintf(events, size, "%s", slow.text);
    trace_close(&slow);
    return ok;
}

static void well_formed_values_are_skipped_by_both_ways(void **state)
{
    (void)state;
    char text[400], events[600], wanted[100];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        size_t n = 0;
        n += (size_t)snprintf(text, sizeof text, "{\"skip\"%s", i % 2 == 0 ? ":" : " : ");
        memcpy(text + n, good[i].p, good[i].n);
        n += good[i].n;
        n += (size_t)snprintf(text + n, sizeof text - n, ",\"after\":1}");
        assert_true(read_everyhow((struct str){ text, n }, events, sizeof events));
        snprintf(wanted, sizeof wanted, " { .skip .after #1 } ok @0:0:%zu ", n);
        assert_string_equal(events, wanted);
    }
}

static void malformed_values_are_refused_by_both_ways_at_the_same_place(void **state)
{
    (void)state;
    char text[400], events[600];
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t n = (size_t)snprintf(text, sizeof text, "{\"before\":\n1,\"skip\":");
        memcpy(text + n, bad[i].p, bad[i].n);
        n += bad[i].n;
        n += (size_t)snprintf(text + n, sizeof text - n, ",\"after\":1}");
        assert_false(read_everyhow((struct str){ text, n }, events, sizeof events));
        assert_null(strstr(events, ".after"));
        /* what is no good as a skipped value is no good as any other */
        memcpy(text + strlen("{\"before\":\n1,\""), "read", 4);
        assert_false(read_everyhow((struct str){ text, n }, events, sizeof events));
        assert_null(strstr(events, ".after"));
    }
}

static void a_document_that_ends_in_a_skipped_value_is_refused(void **state)
{
    (void)state;
    static const struct str text =
        STR_INIT("{\"skip\" : {\"a\":[1,-2.5e3,\"\\u00e9\\n\xC3\xA9\",true,null]},\"b\":1}");
    char events[600];
    for (size_t n = 0; n < text.n; n++) {
        assert_false(read_everyhow(str_part(text, 0, n), events, sizeof events));
        assert_non_null(strstr(events, "the JSON ends in the middle"));
    }
    assert_true(read_everyhow(text, events, sizeof events));
}

static void the_depth_of_a_skipped_value_counts_with_what_is_around_it(void **state)
{
    (void)state;
    char text[2000], events[2000];
    for (size_t outer = 1; outer < JSON_DEPTH_MAX; outer += 50)
        for (size_t depth = JSON_DEPTH_MAX; depth <= JSON_DEPTH_MAX + 1; depth++) {
            size_t n = 0;
            for (size_t i = 0; i < outer - 1; i++)
                text[n++] = '[';
            n += (size_t)snprintf(text + n, sizeof text - n, "{\"skip\":");
            memset(text + n, '[', depth - outer);
            n += depth - outer;
            memset(text + n, ']', depth - outer);
            n += depth - outer;
            text[n++] = '}';
            for (size_t i = 0; i < outer - 1; i++)
                text[n++] = ']';
            bool ok = read_everyhow((struct str){ text, n }, events, sizeof events);
            assert_int_equal(ok, depth <= JSON_DEPTH_MAX);
            assert_int_equal(strstr(events, "more than 256 deep") == NULL, ok);
        }
}

static void errors_after_a_skipped_value_have_the_right_place(void **state)
{
    (void)state;
    char events[600];
    assert_false(read_everyhow(STR("{\"skip\":{\"a\":\n[1,\n2]},\n \"b\":nil}"), events, sizeof events));
    assert_string_equal(events,
                        " { .skip .b bad malformed JSON: a word is none of true, false and null, at byte 29 @4:7:0 ");
    assert_false(read_everyhow(STR("{\"skip\":12\n,\"fail\":1}"), events, sizeof events));
    assert_string_equal(events, " { .skip .fail bad made to fail @2:2:0 ");
    assert_false(read_everyhow(STR("{\"skip\":[\n],\"a\":1,\"a\":1}"), events, sizeof events));
    assert_string_equal(events,
                        " { .skip .a #1 bad the key \"a\" stands twice in one object, at byte 18 @2:9:0 ");
}

static void a_cheap_key_elsewhere_is_read_as_usual(void **state)
{
    (void)state;
    char events[600];
    assert_true(read_everyhow(STR("[\"skip\",{\"a\":\"skip\","
                                  "\"x\\\"skip\":1,\"skip\":[\"skip\"],\"z\":\"\\\"skip\"}]"),
                              events, sizeof events));
    assert_string_equal(events, " [ =skip { .a =skip .x\"skip #1 .skip .z =\"skip } ] ok @0:0:62 ");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_values_are_skipped_by_both_ways),
        cmocka_unit_test(malformed_values_are_refused_by_both_ways_at_the_same_place),
        cmocka_unit_test(a_document_that_ends_in_a_skipped_value_is_refused),
        cmocka_unit_test(the_depth_of_a_skipped_value_counts_with_what_is_around_it),
        cmocka_unit_test(errors_after_a_skipped_value_have_the_right_place),
        cmocka_unit_test(a_cheap_key_elsewhere_is_read_as_usual),
    };
    return cmocka_run_group_tests_name("json/skip", tests, NULL, NULL);
}
