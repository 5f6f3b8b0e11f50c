#include "report_page.h"

#include "base/utf8.h"

#include <stdio.h>

static const char long_message[] = "keeps its events for ever, which nobody wants to pay for, and nobody wants to "
                                   "read either";

/* The columns of the longest line. */
static size_t widest_line(struct str text)
{
    size_t widest = 0;
    while (text.n > 0) {
        ptrdiff_t end = str_find_byte(text, '\n');
        size_t n = end < 0 ? text.n : (size_t)end, columns = utf8_columns(str_part(text, 0, n));
        widest = columns > widest ? columns : widest;
        text = str_from_offset(text, end < 0 ? n : n + 1);
    }
    return widest;
}

static void fill(struct page_catcher *page)
{
    page->facts.profile_origin = STR("var.environment = \"production\"");
    page->facts.is_errored = page->facts.is_incomplete = true;
    page_add(page, "first", SEVERITY_HIGH,
             STR("module.network[\"eu-central-1/primary\"].aws_subnet.tier[\"private-a\"]"),
             str_from(long_message));
    page_add(page, "second", SEVERITY_ERROR, STR("aws_x.a"), STR("short"));
    findings_add(&page->findings, (struct finding){ .rule = STR("third"), .severity = SEVERITY_LOW,
        .verdict = VERDICT_UNKNOWN, .address = STR("aws_x.b"), .message = STR("open"),
        .reason = STR("known after apply: comes from aws_kms_key.main, aws_kms_key.other and a few more") });
    page->facts.unknowns = 1;
}

static void no_line_is_wider_than_asked(void **state)
{
    (void)state;
    static const size_t widths[] = { 40, 41, 60, 79, 80, 120 };
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        struct page_catcher page;
        page_open(&page);
        fill(&page);
        page.options.width = widths[i];
        assert_true(page_write(&page, "text"));
        if (widest_line(page.text) > widths[i])
            fail_msg("wider than %zu:\n%.*s", widths[i], STR_ARG(page.text));
        page_close(&page);
    }
}

static void a_narrower_terminal_than_forty_counts_as_forty(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    fill(&page);
    page.options.width = 10;
    assert_true(page_write(&page, "text"));
    assert_in_range(widest_line(page.text), 30, 40);
    page_close(&page);
}

static void words_stay_whole_where_they_fit(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page.options.width = 40;
    page_add(&page, "r", SEVERITY_LOW, STR("aws_x.a"), STR("123456789 123456789 123456789 1234567890"));
    assert_true(page_write(&page, "text"));
    page_expect(&page, "  low     123456789 123456789 123456789\n          1234567890  [r]\n");
    page_close(&page);
}

static void a_word_that_fills_the_line_exactly_is_not_sent_to_the_next(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page.options.width = 40;
    page_add(&page, "r", SEVERITY_LOW, STR("aws_x.a"), STR("123456789 123456789 1234567890 tail"));
    assert_true(page_write(&page, "text"));
    page_expect(&page, "  low     123456789 123456789 1234567890\n          tail  [r]\n");
    page_close(&page);
}

static void wide_characters_take_two_columns(void **state)
{
    (void)state;
    struct page_catcher page;
    char text[91] = "";
    for (size_t i = 0; i < 90; i += 3)
        memcpy(text + i, "\xE6\x9D\xB1", 3);
    page_open(&page);
    page.options.width = 41;
    page_add(&page, "r", SEVERITY_LOW, STR("aws_x.a"), (struct str){ text, 90 });
    assert_true(page_write(&page, "text"));
    assert_true(widest_line(page.text) <= 41);
    assert_int_equal(utf8_valid(page.text), page.text.n);
    page_close(&page);
}

static void nothing_is_wrapped_without_a_width(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    fill(&page);
    assert_true(page_write(&page, "text"));
    page_expect(&page, long_message);
    page_expect(&page, "0 info; 1 unknown; 4 checks passed (3 rules, 2 resources)\n");
    page_close(&page);
}

static void the_whole_page_looks_like_this(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page_add(&page, "log-retention", SEVERITY_LOW, STR("aws_x.a"), STR("keeps its events for ever"));
    assert_true(page_write(&page, "text"));
    static const char wanted[] =
        "plan.json: plan of Terraform 1.11.4, 2 resources, profile production\n"
        "\n"
        "aws_x.a\n"
        "  low     keeps its events for ever  [log-retention]\n"
        "          why  It does harm.\n"
        "          fix  Write it differently.\n"
        "\n"
        "0 error, 0 high, 0 medium, 1 low, 0 info; 0 unknown; 4 checks passed (3 rules, 2 resources)\n"
        "`tfcheck explain RULE` tells more about a rule.\n";
    assert_string_equal(arena_copy(page.arena, page.text).p, wanted);
    page_close(&page);
}

static void colours_come_only_when_they_are_asked_for(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    fill(&page);
    assert_true(page_write(&page, "text"));
    page_refuse(&page, "\x1b");
    page.options.color = true;
    assert_true(page_write(&page, "text"));
    page_expect(&page, "\x1b[1;31merror\x1b[0m");
    page_expect(&page, "\x1b[31mhigh\x1b[0m");
    page_expect(&page, "\x1b[1maws_x.a\x1b[0m");
    page_close(&page);
}

static void names_cannot_reach_the_terminal(void **state)
{
    (void)state;
    struct page_catcher page;
    struct str hostile = STR("aws_x.a[\"\x1b]0;owned\a\r\n\xE2\x80\xAE\xC2\x9B\xFF\"]");
    page_open(&page);
    page.facts.file = STR("pl\x1b[2Jan.json");
    page.facts.terraform_version = STR("1.0\x1b[31m");
    page.facts.profile_origin = STR("var.env = \"dev\n\"");
    page_add(&page, "r", SEVERITY_HIGH, hostile, STR("has \x1b[8m in it"));
    findings_add(&page.findings, (struct finding){ .rule = STR("r"), .verdict = VERDICT_UNKNOWN, .address = hostile,
                                                   .reason = STR("known \x7f") });
    page.facts.unknowns = 1;
    assert_true(page_write(&page, "text"));
    for (size_t i = 0; i < page.text.n; i++)
        assert_true((unsigned char)page.text.p[i] >= 0x20 ? page.text.p[i] != 0x7f : page.text.p[i] == '\n');
    page_expect(&page, "aws_x.a[\"\\x1b]0;owned\\x07\\r\\n\\u202e\\x9b\\xff\"]\n");
    page_expect(&page, "has \\x1b[8m in it");
    page_close(&page);
}

static void what_follows_a_nul_byte_is_shown_too(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page.facts.terraform_version = STR("1\0" "2");
    page_add(&page, "r", SEVERITY_HIGH, STR("aws_x.a[\"\0b\"]"), STR("has \0 in it"));
    findings_add(&page.findings, (struct finding){ .rule = STR("r"), .verdict = VERDICT_UNKNOWN,
                                                   .address = STR("a\0b"),
                                                   .reason = STR("known \0 after apply") });
    page.facts.unknowns = 1;
    assert_true(page_write(&page, "text"));
    page_expect(&page, "of Terraform 1\\x002, 2 resources");
    page_expect(&page, "aws_x.a[\"\\x00b\"]\n  high    has \\x00 in it  [r]\n");
    page_expect(&page, "  a\\x00b  known \\x00 after apply  [r]\n");
    page_close(&page);
}

static void a_long_list_of_addresses_is_cut_with_a_count(void **state)
{
    (void)state;
    struct page_catcher page;
    struct str addresses[30];
    page_open(&page);
    page.options.width = 40;
    for (int i = 0; i < 30; i++)
        addresses[i] = arena_format(page.arena, "aws_x.a[%d]", i);
    findings_add(&page.findings, (struct finding){ .rule = STR("r"), .severity = SEVERITY_LOW,
                                                   .verdict = VERDICT_FAIL,
        .addresses = addresses, .address_count = 30, .message = STR("30 names lack it") });
    page.facts.by_severity[SEVERITY_LOW] = 1;
    assert_true(page_write(&page, "text"));
    page_expect(&page, "(the whole stack)\n  low     30 names lack it  [r]\n            aws_x.a[0]\n");
    page_expect(&page, "            aws_x.a[11]\n            and 18 more (all with\n");
    page_refuse(&page, "aws_x.a[12]");
    assert_true(widest_line(page.text) <= 40);
    page_close(&page);
}

static void why_is_told_once_for_each_rule(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    findings_add(&page.findings, (struct finding){ .rule = STR("r"), .verdict = VERDICT_UNKNOWN, .address = STR("a"),
                                                   .reason = STR("known after apply") });
    page_add(&page, "r", SEVERITY_LOW, STR("b"), STR("wrong"));
    page_add(&page, "r", SEVERITY_LOW, STR("c"), STR("wrong"));
    page.facts.unknowns = 1;
    assert_true(page_write(&page, "text"));
    ptrdiff_t first = str_find(page.text, STR("why  It does harm."));
    assert_true(first >= 0);
    assert_true(str_find(str_from_offset(page.text, (size_t)first + 1), STR("why  ")) < 0);
    page_close(&page);
}

static void the_undecided_is_listed_shortly_and_counted(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    for (int i = 0; i < 13; i++)
        findings_add(&page.findings, (struct finding){ .rule = STR("r"), .verdict = VERDICT_UNKNOWN,
            .address = arena_format(page.arena, "aws_x.a[%d]", i), .reason = STR("known after apply") });
    page.facts.unknowns = 13;
    assert_true(page_write(&page, "text"));
    page_expect(&page, "Not decidable before apply: 13\n  aws_x.a[0]  known after apply  [r]\n");
    page_expect(&page, "  and 3 more (all with --format json)\n");
    page_expect(&page, "; 13 unknown; ");
    page_refuse(&page, "aws_x.a[10]");
    page.options.unknowns = UNKNOWNS_IGNORE;
    assert_true(page_write(&page, "text"));
    page_refuse(&page, "Not decidable");
    page_close(&page);
}

static void a_failure_that_was_undecided_tells_why_it_was(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    findings_add(&page.findings, (struct finding){ .rule = STR("r"), .severity = SEVERITY_HIGH,
                                                   .verdict = VERDICT_FAIL,
        .address = STR("aws_x.a"), .message = STR("Keys rotate"), .reason = STR("known after apply") });
    assert_true(page_write(&page, "text"));
    page_expect(&page, "high    Keys rotate  [r]\n          open known after apply\n");
    page_close(&page);
}

static void a_plan_that_is_errored_or_incomplete_says_so(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    assert_true(page_write(&page, "text"));
    page_refuse(&page, "errored");
    page_refuse(&page, "incomplete");
    page.facts.is_errored = true;
    assert_true(page_write(&page, "text"));
    page_expect(&page, "The plan is marked as errored");
    page.facts.is_errored = false;
    page.facts.is_incomplete = true;
    assert_true(page_write(&page, "text"));
    page_expect(&page, "The plan is marked as incomplete");
    page_close(&page);
}

static void time_is_shown_only_when_it_is_known(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    assert_true(page_write(&page, "text"));
    page_refuse(&page, " ms");
    page.facts.seconds = 0.0123;
    assert_true(page_write(&page, "text"));
    page_expect(&page, "(3 rules, 2 resources) in 12 ms\n");
    page_close(&page);
}

static void standard_input_and_one_resource_are_named_so(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page.facts.file = (struct str){ NULL, 0 };
    page.facts.terraform_version = (struct str){ NULL, 0 };
    page.facts.resources = 1;
    assert_true(page_write(&page, "text"));
    page_expect(&page, "standard input: plan, 1 resource, profile production\n");
    page_close(&page);
}

static void a_sink_that_refuses_makes_the_report_fail(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    fill(&page);
    page.refuses = true;
    assert_false(page_write(&page, "text"));
    assert_false(page_write(&page, "json"));
    page_close(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_line_is_wider_than_asked),
        cmocka_unit_test(a_narrower_terminal_than_forty_counts_as_forty),
        cmocka_unit_test(words_stay_whole_where_they_fit),
        cmocka_unit_test(a_word_that_fills_the_line_exactly_is_not_sent_to_the_next),
        cmocka_unit_test(wide_characters_take_two_columns),
        cmocka_unit_test(nothing_is_wrapped_without_a_width),
        cmocka_unit_test(the_whole_page_looks_like_this),
        cmocka_unit_test(colours_come_only_when_they_are_asked_for),
        cmocka_unit_test(names_cannot_reach_the_terminal),
        cmocka_unit_test(what_follows_a_nul_byte_is_shown_too),
        cmocka_unit_test(a_long_list_of_addresses_is_cut_with_a_count),
        cmocka_unit_test(why_is_told_once_for_each_rule),
        cmocka_unit_test(the_undecided_is_listed_shortly_and_counted),
        cmocka_unit_test(a_failure_that_was_undecided_tells_why_it_was),
        cmocka_unit_test(a_plan_that_is_errored_or_incomplete_says_so),
        cmocka_unit_test(time_is_shown_only_when_it_is_known),
        cmocka_unit_test(standard_input_and_one_resource_are_named_so),
        cmocka_unit_test(a_sink_that_refuses_makes_the_report_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
