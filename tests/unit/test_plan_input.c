#include "plan_case.h"

#include "plan/input.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define PLAN "{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":\"a.b\"}]}"

/* A file that gives at most `step` bytes for each read. */
struct supply {
    struct str text;
    size_t at, step;
    size_t fails_at; /* offset at which reading fails; 0 = nowhere */
    struct plan_case c;
    struct input input;
    char notes[600];
};

static ptrdiff_t supply_bytes(void *context, char *buffer, size_t n)
{
    struct supply *supply = context;
    size_t left = supply->text.n - supply->at;
    if (supply->fails_at > 0 && supply->at >= supply->fails_at) {
        errno = EIO;
        return -1;
    }
    if (n > left)
        n = left;
    if (supply->step > 0 && n > supply->step)
        n = supply->step;
    if (n > 0)
        memcpy(buffer, supply->text.p + supply->at, n);
    supply->at += n;
    return (ptrdiff_t)n;
}

static void keep_note(void *context, struct str sentence)
{
    struct supply *supply = context;
    size_t n = strlen(supply->notes);
    snprintf(supply->notes + n, sizeof supply->notes - n, "%.*s\n", STR_ARG(sentence));
}

static void supply_read(struct supply *supply, struct str text, size_t step, size_t fails_at)
{
    *supply = (struct supply){ .text = text, .step = step, .fails_at = fails_at };
    supply->input = (struct input){ .read = supply_bytes, .note = keep_note, .context = supply,
                                    .name = STR("p.json") };
    plan_case_open(&supply->c, true);
    supply->c.ok = input_read(supply->c.arena, &supply->input, supply->c.reader, &supply->c.error);
}

static void supply_close(struct supply *supply)
{
    fclose(supply->c.out);
    plan_case_close(&supply->c);
}

/* The text is read as a plan of one resource, with these notes, however few bytes a read gives. */
static void expect_plan(struct str text, const char *notes)
{
    static const size_t steps[] = { 0, 1, 2, 3, 5, 100 };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct supply supply;
        supply_read(&supply, text, steps[i], 0);
        assert_string_equal(supply.c.error.text, "");
        assert_true(supply.c.ok);
        assert_int_equal(supply.c.resources, 1);
        assert_int_equal(supply.input.bytes, text.n);
        assert_string_equal(supply.notes, notes);
        supply_close(&supply);
    }
}

static bool is_command(const char *text)
{
    const char *open = strchr(text, '`');
    return open != NULL && strchr(open + 1, '`') != NULL && strncmp(open + 1, "t", 1) == 0;
}

/* The text is refused with that sentence, which has a command; the place is line and column, or 0. */
static void expect_refusal(struct str text, const char *sentence, size_t line, size_t column)
{
    static const size_t steps[] = { 0, 1, 3 };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct supply supply;
        supply_read(&supply, text, steps[i], 0);
        assert_false(supply.c.ok);
        assert_int_equal(supply.c.error.code, ERROR_INPUT);
        assert_string_equal(supply.c.error.text, sentence);
        assert_true(is_command(supply.c.error.text));
        assert_int_equal(supply.c.error.line, line);
        assert_int_equal(supply.c.error.column, column);
        assert_true(str_equal(supply.c.error.file, STR("p.json")));
        supply_close(&supply);
    }
}

#define MAKE "`terraform plan -out=tfplan && terraform show -json tfplan`"
#define AGAIN "; make the file again with `terraform show -json tfplan`"

static void a_plan_is_read(void **state)
{
    (void)state;
    expect_plan(STR(PLAN), "");
    expect_plan(STR(" \r\n\t" PLAN "\n \n"), "");
}

static void an_empty_input_is_named(void **state)
{
    (void)state;
    static const char sentence[] = "the input is empty (`terraform show -json` prints nothing on standard output "
                                   "when it fails"
                                   "): run " MAKE " and look at its messages";
    expect_refusal(STR(""), sentence, 0, 0);
    expect_refusal(STR(" \n\t\r\n"), sentence, 0, 0);
    expect_refusal(STR("\xEF\xBB\xBF"), sentence, 0, 0);
    expect_refusal(STR("\xFF\xFE"), sentence, 0, 0);
}

static void a_plan_for_people_is_read(void **state)
{
    (void)state;
    expect_plan(STR("\nTerraform used the selected providers to generate the following execution\nplan.\n\n"
                    "Terraform will perform the following actions:\n\n  # aws_x.y will be created\n"
                    "  + resource \"aws_x\" \"y\" {\n      + p = {\n        }\n    }\n\nPlan: 1 to add, 0 to "
                    "change, 0 to destroy.\n"),
                "");
    expect_plan(STR("OpenTofu will perform the following actions:\n\n  # aws_x.y will be created\n"
                    "  + resource \"aws_x\" \"y\" {\n    }\n\nPlan: 1 to add, 0 to change, 0 to destroy.\n\n"
                    "Error: no such bucket\n"),
                "Terraform failed: no such bucket\n");
}

static void a_plan_for_people_that_is_cut_is_refused(void **state)
{
    (void)state;
    static const char whole[] = "give tfcheck the whole output of `terraform plan`, or make a file with " MAKE;
    char sentence[512];
    snprintf(sentence, sizeof sentence, "the text of the plan ends here, before its summary; %s", whole);
    expect_refusal(STR("OpenTofu will perform the following actions:\n"), sentence, 1, 1);
    snprintf(sentence, sizeof sentence, "the plan announces 3 to add, 0 to change, 0 to destroy, but the text shows 0, 0 and"
                                        " 0: %s", whole);
    expect_refusal(STR("\x1b[1mPlan:\x1b[0m 3 to add, 0 to change, 0 to destroy.\n"), sentence, 0, 0);
}

static void an_error_message_of_terraform_is_quoted(void **state)
{
    (void)state;
    expect_refusal(STR("\n\x1b[31m\xE2\x95\xB7\x1b[0m\n\x1b[31m\xE2\x94\x82\x1b[0m \x1b[1m\x1b[31mError: "
                       "\x1b[0mFailed to load"
                       " plugin schemas\n"),
                   "Terraform failed: Failed to load plugin schemas: mend it, then run " MAKE, 0, 0);
    expect_refusal(STR("Terraform used the selected providers to generate the following execution "
                       "plan.\n\nPlanning failed."
                       " Terraform encountered an error while generating this plan.\n\nError: no\n"),
                   "Terraform failed: no: mend it, then run " MAKE, 0, 0);
}

static void other_files_of_terraform_are_named(void **state)
{
    (void)state;
    expect_refusal(STR("resource \"aws_x\" \"y\" {\n  a = 1\n}\n"),
                   "this is Terraform configuration, not a plan: run " MAKE " in its directory", 0, 0);
    expect_refusal(STR("PK\x03\x04\x14\0\x08\0\x08\0\n{\0\0"),
                   "this is a binary file: if it is a saved plan, give tfcheck its name, or run `terraform show -json FILE` and"
                   " give tfcheck its output", 0, 0);
    expect_refusal(STR("{\"@level\":\"info\",\"@message\":\"Terraform 1.9\"}\n{\"@level\":\"info\"}\n"),
                   "this is a log stream of Terraform without planned changes: run " MAKE, 0, 0);
    expect_refusal(STR("{\"version\":4,\"terraform_version\":\"1.9.0\",\"serial\":3,\"lineage\":\"x\","
                       "\"resources\":[]}"),
                   "this is a raw state file: run `terraform show -json` in its directory, or `terraform show -json"
                   " FILE.tfstate`", 0, 0);
    expect_refusal(STR("{\"format_version\":\"1.0\",\"provider_schemas\":{}}"),
                   "this is a provider schema, not a plan: run " MAKE, 0, 0);
    expect_refusal(STR("{\"plan_format_version\":\"1.2\",\"resource_changes\":[],\"provider_schemas\":{},"
                       "\"provider_format_version\":\"1.0\"}"),
                   "this is the redacted plan of HCP Terraform, which lacks the values: download the unredacted "
                   "one (API:"
                   " plans/ID/json-output), or run " MAKE " locally", 0, 0);
    expect_refusal(STR("{\"resource_changes\":[]}"),
                   "this looks like a plan without its format_version: make the file again with `terraform show -json"
                   " tfplan`", 0, 0);
}

static void answers_of_other_commands_are_no_empty_state(void **state)
{
    (void)state;
    static const char sentence[] = "this is JSON, but neither a plan nor a state: make the file with " MAKE;
    expect_refusal(STR("{\"format_version\":\"1.0\",\"valid\":true,\"error_count\":0,"
                       "\"diagnostics\":[]}"), sentence, 0, 0);
    expect_refusal(STR("{\"format_version\":\"1.0\",\"function_signatures\":{}}"), sentence, 0, 0);
    expect_refusal(STR("{\"format_version\":\"1.0\",\"modules\":[]}"), sentence, 0, 0);
    expect_refusal(STR("{\"format_version\":\"1.0\",\"root_module\":{},\"provider_config\":{}}"), sentence, 0, 0);
    expect_refusal(STR("{\"terraform_version\":\"1.9.0\",\"platform\":\"linux_amd64\"}"), sentence, 0, 0);
}

static void other_json_is_named(void **state)
{
    (void)state;
    static const char neither[] = "this is JSON, but neither a plan nor a state: make the file with " MAKE;
    static const char no_object[] = "this holds no JSON object: make the file with " MAKE;
    expect_refusal(STR("{\"AWSTemplateFormatVersion\":\"2010-09-09\",\"Resources\":{}}"),
                   "this is a CloudFormation template, not a Terraform plan: check it with cfn-lint, or make a "
                   "plan with"
                   " `terraform show -json tfplan`", 0, 0);
    expect_refusal(STR("{}"), neither, 0, 0);
    expect_refusal(STR("{\"a\":{\"format_version\":\"1.2\",\"resource_changes\":[]}}"), neither, 0, 0);
    expect_refusal(STR("[]"), neither, 0, 0);
    expect_refusal(STR(" [1, 2]"), neither, 0, 0);
    expect_refusal(STR("[" PLAN "]"), neither, 0, 0);
    expect_refusal(STR("5\n"), no_object, 0, 0);
    expect_refusal(STR("null"), no_object, 0, 0);
    expect_refusal(STR("\"text\""), no_object, 0, 0);
    expect_refusal(STR("\x7F" "ELF\x02\x01\x01"), no_object, 0, 0);
}

static void malformed_json_says_how_to_make_the_file_again(void **state)
{
    (void)state;
    expect_refusal(STR("{\"format_version\":\"1.2\",\n \"resource_changes\":[}"),
                   "malformed JSON: a value is missing, at byte 46" AGAIN, 2, 22);
    expect_refusal(STR("{\"format_version\":\"1.2\","),
                   "the JSON ends in the middle (byte 24): a key is missing" AGAIN, 1, 25);
    expect_refusal(STR("{\"format_version\":\"1.2\",\"resource_changes\":{}}"),
                   "this is not how Terraform writes a plan or state: a list or object was expected "
                   "here" AGAIN, 1, 44);
    expect_refusal(STR("{\"format_version\":\"3.0\"}"),
                   "plan format 3.0 is newer than this tfcheck can read (0.x and 1.x): update tfcheck (`tfcheck "
                   "--version`"
                   " names the one you have)", 1, 19);
}

static void a_long_sentence_still_ends_with_the_command(void **state)
{
    (void)state;
    struct memory memory = { .exhausted = case_exhausted };
    struct arena *arena = arena_open(&memory);
    for (size_t n = 600; n < 800; n++) {
        struct supply supply;
        char *key = arena_get_text(arena, n);
        for (size_t i = 0; i < n; i++)
            key[i] = i % 2 == 0 ? '\xC3' : '\xA4';
        struct str name = { key, n - n % 2 };
        struct str parts[] = { STR("{\""), name, STR("\":1,\""), name, STR("\":2}") };
        supply_read(&supply, arena_join(arena, parts, 5), 0, 0);
        struct str text = str_from(supply.c.error.text);
        assert_true(str_ends_with(text, STR(AGAIN)));
        assert_true(text.n < sizeof supply.c.error.text);
        ptrdiff_t end = str_find(text, STR(AGAIN));
        assert_int_not_equal((unsigned char)text.p[end - 1], 0xC3);
        supply_close(&supply);
    }
    arena_close(arena);
}

static void a_byte_order_mark_is_passed_over(void **state)
{
    (void)state;
    expect_plan(STR("\xEF\xBB\xBF" PLAN), "");
    expect_plan(STR("\xEF\xBB\xBF\r\n" PLAN), "");
}

/* text as UTF-16, in arena. Its bytes from 0x80 on become the code units in units, in order. */
static struct str utf16(struct arena *arena, const char *text, bool is_big, bool has_mark, const uint16_t *units)
{
    size_t n = 0;
    char *out = arena_get_text(arena, 2 * strlen(text) + 2);
    for (const char *p = has_mark ? text : text + 1; *p != '\0'; p++) {
        unsigned unit = p == text ? 0xFEFF : (unsigned char)*p < 0x80 ? (unsigned)*p : *units++;
        out[n++] = (char)(is_big ? unit >> 8 : unit & 0xFF);
        out[n++] = (char)(is_big ? unit & 0xFF : unit >> 8);
    }
    return (struct str){ out, n };
}

static void utf_16_is_read_with_and_without_a_mark(void **state)
{
    (void)state;
    struct memory memory = { .exhausted = case_exhausted };
    struct arena *arena = arena_open(&memory);
    for (int form = 0; form < 4; form++) {
        expect_plan(utf16(arena, "." PLAN "\r\n", form % 2 == 1, form / 2 == 1, NULL), "");
        expect_plan(utf16(arena, ".\r\n" PLAN, form % 2 == 1, form / 2 == 1, NULL), "");
        expect_plan(utf16(arena, ".Note this.\r\n" PLAN, form % 2 == 1, form / 2 == 1, NULL),
                    "skipped text before the JSON: \"Note this.\"\n");
    }
    arena_close(arena);
}

static void surrogate_pairs_of_utf_16_become_one_character(void **state)
{
    (void)state;
    struct memory memory = { .exhausted = case_exhausted };
    struct arena *arena = arena_open(&memory);
    static const uint16_t units[] = { 0x00E9, 0x20AC, 0xD83D, 0xDE00, 0xDBFF, 0xDFFF };
    for (int form = 0; form < 4; form++)
        for (size_t step = 0; step < 6; step++) {
            struct supply supply;
            struct str text = utf16(arena, ".{\"format_version\":\"1.2\",\"resource_changes\":[],"
                                           "\"terraform_version\":"
                                           "\"\x80\x80\x80\x80\x80\x80\"}",
                                    form % 2 == 1, form / 2 == 1, units);
            supply_read(&supply, text, step, 0);
            assert_true(supply.c.ok);
            assert_true(str_equal(supply.c.plan.terraform_version,
                                  STR("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF")));
            supply_close(&supply);
        }
    arena_close(arena);
}

static void lone_surrogates_of_utf_16_are_refused(void **state)
{
    (void)state;
    struct memory memory = { .exhausted = case_exhausted };
    struct arena *arena = arena_open(&memory);
    static const uint16_t lone[][2] = { { 0xD83D, 'x' }, { 'x', 0xDE00 }, { 0xDE00, 0xD83D }, { 0xD83D, 0xD83D } };
    for (size_t i = 0; i < sizeof lone / sizeof lone[0]; i++)
        for (int form = 0; form < 4; form++) {
            struct supply supply;
            supply_read(&supply, utf16(arena, ".{\"a\":\"\x80\x80\"}", form % 2 == 1, form / 2 == 1, lone[i]), 0, 0);
            assert_false(supply.c.ok);
            assert_int_equal(supply.c.error.line, 1);
            assert_in_range(supply.c.error.column, 7, 8);
            assert_true(is_command(supply.c.error.text));
            supply_close(&supply);
        }
    arena_close(arena);
}

static void utf_16_that_ends_in_half_a_unit_is_cut_off(void **state)
{
    (void)state;
    struct memory memory = { .exhausted = case_exhausted };
    struct arena *arena = arena_open(&memory);
    for (int form = 0; form < 4; form++) {
        struct str whole = utf16(arena, "." PLAN, form % 2 == 1, form / 2 == 1, NULL);
        for (size_t n = 3; n < whole.n; n++) {
            struct supply supply;
            supply_read(&supply, str_part(whole, 0, n), 0, 0);
            assert_false(supply.c.ok);
            supply_close(&supply);
        }
        struct str parts[] = { whole, STR("\n") };
        expect_plan(arena_join(arena, parts, 2), "");
    }
    arena_close(arena);
}

static void text_around_the_json_is_skipped_and_told(void **state)
{
    (void)state;
    expect_plan(STR("Refreshing state...\nmore\n" PLAN), "skipped text before the JSON: \"Refreshing state...\"\n");
    expect_plan(STR("\r\n\r\nWarning: x\r\n" PLAN "\r\n"), "skipped text before the JSON: \"Warning: x\"\n");
    expect_plan(STR("[INFO] x { y\n" PLAN), "skipped text before the JSON: \"[INFO] x { y\"\n");
    expect_plan(STR(PLAN "\n\n\x1b[33mWarning\x1b[0m: a { b\nmore\n"),
                "skipped text after the JSON: \"\x1b[33mWarning\x1b[0m: a { b\"\n");
    expect_plan(STR(PLAN "Warning"), "skipped text after the JSON: \"Warning\"\n");
    expect_plan(STR("one\n" PLAN "\ntwo\n"),
                "skipped text before the JSON: \"one\"\nskipped text after the JSON: \"two\"\n");
}

static void a_long_line_of_skipped_text_is_cut_between_characters(void **state)
{
    (void)state;
    struct memory memory = { .exhausted = case_exhausted };
    struct arena *arena = arena_open(&memory);
    char line[200];
    for (size_t n = 0; n < 100; n++)
        memcpy(line + 2 * n, "\xC3\xA4", 2);
    for (size_t shift = 0; shift < 2; shift++) {
        struct str rest = { line, sizeof line };
        struct str parts[] = { str_part(STR("x"), 0, shift), str_part(rest, 0, 180), STR("\n" PLAN) };
        struct str text = arena_join(arena, parts, 3);
        struct str wanted[] = { STR("skipped text before the JSON: \""), str_part(text, 0, 120 - shift),
                                STR("\"\n") };
        expect_plan(text, arena_join(arena, wanted, 3).p);
    }
    arena_close(arena);
}

static void much_text_before_the_json_is_skipped_however_it_comes(void **state)
{
    (void)state;
    struct memory memory = { .exhausted = case_exhausted };
    struct arena *arena = arena_open(&memory);
    size_t n = 300000;
    char *lines = arena_get_text(arena, n);
    for (size_t i = 0; i < n; i++)
        lines[i] = (char)(i % 60 == 59 ? '\n' : 'a');
    struct str parts[] = { { lines, n }, STR(PLAN) };
    struct supply supply;
    supply_read(&supply, arena_join(arena, parts, 2), 1, 0);
    assert_true(supply.c.ok);
    assert_int_equal(supply.c.resources, 1);
    assert_true(arena_size(supply.c.arena) < (4u << 20));
    supply_close(&supply);
    arena_close(arena);
}

static void places_of_errors_count_what_was_skipped(void **state)
{
    (void)state;
    expect_refusal(STR("one\ntwo\n{\"a\":\n  nil}"),
                   "malformed JSON: a word is none of true, false and null, at byte 17" AGAIN, 4, 4);
    expect_refusal(STR("  \n  {\"a\":]"), "malformed JSON: a value is missing, at byte 10" AGAIN, 2, 8);
    expect_refusal(STR("   {\"a\":]"), "malformed JSON: a value is missing, at byte 8" AGAIN, 1, 9);
}

static void a_second_document_is_refused(void **state)
{
    (void)state;
    static const char sentence[] = "a second JSON document follows the first: give tfcheck one file for each, as"
                                   " `tfcheck ONE.json OTHER.json`";
    expect_refusal(STR(PLAN PLAN), sentence, 0, 0);
    expect_refusal(STR(PLAN "\n" PLAN "\n"), sentence, 0, 0);
    expect_refusal(STR(PLAN "\nWarning: x\n" PLAN), sentence, 0, 0);
    expect_refusal(STR(PLAN "\ntext\n  {"), sentence, 0, 0);
}

static void a_second_document_is_found_beyond_the_first_chunk(void **state)
{
    (void)state;
    struct memory memory = { .exhausted = case_exhausted };
    struct arena *arena = arena_open(&memory);
    size_t n = 65536 - (sizeof PLAN - 1);
    char *blanks = arena_get_text(arena, n);
    memset(blanks, ' ', n);
    struct str parts[] = { STR(PLAN), { blanks, n }, STR(PLAN) };
    struct supply supply;
    supply_read(&supply, arena_join(arena, parts, 3), 0, 0);
    assert_false(supply.c.ok);
    assert_non_null(strstr(supply.c.error.text, "a second JSON document"));
    supply_close(&supply);
    arena_close(arena);
}

static void an_error_of_the_system_is_told_as_it_is(void **state)
{
    (void)state;
    static const size_t places[] = { 1, 30, sizeof PLAN };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct supply supply;
        supply_read(&supply, STR(PLAN "\n\n"), 1, places[i]);
        assert_false(supply.c.ok);
        assert_int_equal(supply.c.error.code, ERROR_SYSTEM);
        assert_string_equal(supply.c.error.text, "cannot read: Input/output error");
        supply_close(&supply);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_is_read),
        cmocka_unit_test(an_empty_input_is_named),
        cmocka_unit_test(a_plan_for_people_is_read),
        cmocka_unit_test(a_plan_for_people_that_is_cut_is_refused),
        cmocka_unit_test(an_error_message_of_terraform_is_quoted),
        cmocka_unit_test(other_files_of_terraform_are_named),
        cmocka_unit_test(answers_of_other_commands_are_no_empty_state),
        cmocka_unit_test(other_json_is_named),
        cmocka_unit_test(malformed_json_says_how_to_make_the_file_again),
        cmocka_unit_test(a_long_sentence_still_ends_with_the_command),
        cmocka_unit_test(a_byte_order_mark_is_passed_over),
        cmocka_unit_test(utf_16_is_read_with_and_without_a_mark),
        cmocka_unit_test(surrogate_pairs_of_utf_16_become_one_character),
        cmocka_unit_test(lone_surrogates_of_utf_16_are_refused),
        cmocka_unit_test(utf_16_that_ends_in_half_a_unit_is_cut_off),
        cmocka_unit_test(text_around_the_json_is_skipped_and_told),
        cmocka_unit_test(a_long_line_of_skipped_text_is_cut_between_characters),
        cmocka_unit_test(much_text_before_the_json_is_skipped_however_it_comes),
        cmocka_unit_test(places_of_errors_count_what_was_skipped),
        cmocka_unit_test(a_second_document_is_refused),
        cmocka_unit_test(a_second_document_is_found_beyond_the_first_chunk),
        cmocka_unit_test(an_error_of_the_system_is_told_as_it_is),
    };
    return cmocka_run_group_tests_name("plan/input", tests, NULL, NULL);
}
