#include "report/escape.h"
#include "report_page.h"

static void a_verdict_stands_before_everything_else(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page_add(&page, "r", SEVERITY_HIGH, STR("aws_x.a"), STR("wrong"));
    assert_true(page_write(&page, "markdown"));
    assert_true(str_starts_with(page.text, STR("<!-- tfcheck report -->\n## tfcheck: failed, 1 finding\n")));
    page.options.fail_on = SEVERITY_ERROR;
    assert_true(page_write(&page, "markdown"));
    page_expect(&page, "## tfcheck: passed, 1 finding\n");
    page_close(&page);
}

static void a_waived_finding_is_in_no_row(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page_add(&page, "r", SEVERITY_HIGH, STR("aws_x.a"), STR("wrong"));
    page.findings.items[0].standing = STANDING_WAIVED;
    page.findings.items[0].excuse = STR("we live with it");
    page.facts.waived = 1;
    assert_true(page_write(&page, "markdown"));
    page_expect(&page, "## tfcheck: passed\n");
    page_refuse(&page, "aws_x.a");
    page.options.shows_waived = true;
    assert_true(page_write(&page, "markdown"));
    page_expect(&page, "| `aws_x.a` | `r` | we live with it |");
    page_close(&page);
}

static void what_has_no_room_is_counted(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    for (int i = 0; i < 100; i++)
        page_add(&page, "r", SEVERITY_HIGH, arena_format(page.arena, "aws_x.a[%d]", i), STR("wrong"));
    page.options.max_bytes = 2000;
    assert_true(page_write(&page, "markdown"));
    assert_true(page.text.n <= 2000);
    page_expect(&page, "aws_x.a[0]");
    page_refuse(&page, "aws_x.a[99]");
    page_expect(&page, "findings more, which have no room here");
    page_close(&page);
}

static void a_fence_is_longer_than_any_in_the_example(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    struct str fence = escape_as_fence(page.arena, STR("hcl"), STR("a\n````\nb\n"));
    assert_true(str_equal(fence, STR("`````hcl\na\n````\nb\n`````\n")));
    page_close(&page);
}

static void code_spans_hold_backticks_and_bars(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    assert_true(str_equal(escape_as_code(page.arena, STR("plain")), STR("`plain`")));
    assert_true(str_equal(escape_as_code(page.arena, STR("a``b|c")), STR("``` a``b\\|c ```")));
    assert_true(str_equal(escape_as_code(page.arena, STR("")), STR("`  `")));
    page_close(&page);
}

static void running_text_notifies_nobody(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    assert_true(str_equal(escape_for_markdown(page.arena, STR("@team <b> [x](y) `z`")),
                          STR("@&#8203;team &lt;b&gt; \\[x\\](y) \\`z\\`")));
    page_close(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_verdict_stands_before_everything_else),
        cmocka_unit_test(a_waived_finding_is_in_no_row),
        cmocka_unit_test(what_has_no_room_is_counted),
        cmocka_unit_test(a_fence_is_longer_than_any_in_the_example),
        cmocka_unit_test(code_spans_hold_backticks_and_bars),
        cmocka_unit_test(running_text_notifies_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
