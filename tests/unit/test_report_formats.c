/* What the formats have in common, and their limits. */
#include "report/reported.h"
#include "report_page.h"

static void every_format_passes_on_that_the_sink_failed(void **state)
{
    (void)state;
    const char *const formats[] = { "text", "json", "sarif", "junit", "github", "gitlab", "markdown", "html", "tap",
                                    "csv", "atlantis" };
    struct page_catcher page;
    page_open(&page);
    page_add(&page, "r", SEVERITY_HIGH, STR("aws_x.a"), STR("wrong"));
    page.refuses = true;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (page_write(&page, formats[i]))
            fail_msg("%s says that it was written", formats[i]);
    page_close(&page);
}

static void a_finding_below_fail_on_fails_nothing(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page_add(&page, "r", SEVERITY_MEDIUM, STR("aws_x.a"), STR("wrong"));
    assert_true(page_write(&page, "atlantis"));
    page_expect(&page, "WARN - aws_x.a - r - wrong\n");
    page_expect(&page, "1 warning, 0 failures, 0 exceptions");
    assert_true(page_write(&page, "junit"));
    page_expect(&page, "<skipped message=\"medium: wrong\"/>");
    page.options.fail_on = SEVERITY_MEDIUM;
    assert_true(page_write(&page, "atlantis"));
    page_expect(&page, "FAIL - aws_x.a - r - wrong\n");
    page.options.fails_never = true;
    assert_true(page_write(&page, "tap"));
    page_expect(&page, "not ok 1 - aws_x.a: r # TODO medium\n");
    page_close(&page);
}

static void github_is_given_ten_annotations_of_a_kind_and_the_worst_first(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    for (int i = 0; i < 12; i++)
        page_add(&page, "r", SEVERITY_HIGH, arena_format(page.arena, "aws_x.high%d", i), STR("wrong"));
    page_add(&page, "r", SEVERITY_ERROR, STR("aws_x.error"), STR("refused"));
    assert_true(page_write(&page, "github"));
    assert_true(str_starts_with(page.text, STR("::error file=plan.json,line=1,title=error%3A r::aws_x.error: refused")));
    page_expect(&page, "aws_x.high8:");
    page_refuse(&page, "aws_x.high9:");
    page_expect(&page, "and 3 more of the kind error");
    page_close(&page);
}

static void sarif_points_at_the_source_where_it_is_known(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page_add(&page, "r", SEVERITY_HIGH, STR("aws_x.a"), STR("wrong"));
    page.findings.items[0].source = (struct source_place){ STR("./modules/../main .tf"), 12, 3, 20 };
    page.options.folder = STR("infra/");
    assert_true(page_write(&page, "sarif"));
    page_expect(&page, "\"uri\": \"infra/main%20.tf\"");
    page_expect(&page, "\"startLine\": 12");
    page_expect(&page, "\"endLine\": 20");
    page_close(&page);
}

static void a_path_below_the_repository_is_relative(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    struct report_input input = { .facts = { .file = STR("/home/a/repository/stacks/./b/plan.json") } };
    struct report report = { .options = { .root = STR("/home/a/repository/"), .folder = STR("x/") } };
    struct reported_place place = reported_place(page.arena, &report, &input, NULL);
    assert_true(str_equal(place.path, STR("stacks/b/plan.json")));
    input.facts.file = STR("../../other/plan.json");
    place = reported_place(page.arena, &report, &input, NULL);
    assert_true(str_equal(place.path, STR("../other/plan.json")));
    page_close(&page);
}

static void findings_of_one_fingerprint_are_numbered(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page_add(&page, "r", SEVERITY_HIGH, STR("aws_x.a"), STR("one"));
    page_add(&page, "r", SEVERITY_HIGH, STR("aws_x.a"), STR("two"));
    assert_true(page_write(&page, "sarif"));
    page_expect(&page, ":1\"");
    page_expect(&page, ":2\"");
    assert_true(page_write(&page, "junit"));
    page_expect(&page, "name=\"aws_x.a\"");
    page_expect(&page, "name=\"aws_x.a (2)\"");
    page_close(&page);
}

static void only_a_rule_that_looked_at_something_has_passed(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    const struct report_rule rules[] = { { .id = STR("idle"), .title = STR("Idle") },
                                         { .id = STR("off"), .title = STR("Off") },
                                         { .id = STR("passed"), .title = STR("Passed") } };
    const struct report_tally tallies[] = { { true, 0, 0, 0 }, { false, 1, 0, 0 }, { true, 2, 0, 0 } };
    page.rules = rules;
    page.rule_count = 3;
    page.tallies = tallies;
    assert_true(page_write(&page, "tap"));
    page_expect(&page, "1..1\nok 1 - passed: Passed\n");
    page_close(&page);
}

static void a_module_is_taken_from_an_address_with_any_key(void **state)
{
    (void)state;
    static const struct { const char *address, *module; } rows[] = {
        { "aws_x.a", "" },
        { "module.a.aws_x.b", "module.a" },
        { "module.a[\"x.y]\\\"]\"].module.b[0].aws_x.c[\"k\"]", "module.a[\"x.y]\\\"]\"].module.b[0]" },
        { "data.aws_x.module", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_true(str_equal(reported_module(str_from(rows[i].address)), str_from(rows[i].module)));
}

static void a_spreadsheet_is_given_no_formula(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page_add(&page, "r", SEVERITY_HIGH, STR("aws_x.a"), STR("=cmd|' /C calc'!A0, \"x\""));
    assert_true(page_write(&page, "csv"));
    page_expect(&page, ",\"'=cmd|' /C calc'!A0, \"\"x\"\"\",");
    page_close(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_passes_on_that_the_sink_failed),
        cmocka_unit_test(a_finding_below_fail_on_fails_nothing),
        cmocka_unit_test(github_is_given_ten_annotations_of_a_kind_and_the_worst_first),
        cmocka_unit_test(sarif_points_at_the_source_where_it_is_known),
        cmocka_unit_test(a_path_below_the_repository_is_relative),
        cmocka_unit_test(findings_of_one_fingerprint_are_numbered),
        cmocka_unit_test(only_a_rule_that_looked_at_something_has_passed),
        cmocka_unit_test(a_module_is_taken_from_an_address_with_any_key),
        cmocka_unit_test(a_spreadsheet_is_given_no_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
