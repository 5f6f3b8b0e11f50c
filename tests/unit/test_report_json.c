#include "report_page.h"

#include "base/error.h"
#include "plan/value_build.h"

/* The report, read again. */
static const struct value *write_and_read(struct page_catcher *page)
{
    struct error error = { 0 };
    assert_true(page_write(page, "json"));
    const struct value *value = value_read(page->arena, page->text, &error);
    if (value == NULL)
        fail_msg("%s in\n%.*s", error.text, STR_ARG(page->text));
    return value;
}

/* The keys of an object in their order, divided by spaces. */
static void assert_keys(const struct value *object, const char *wanted)
{
    char keys[400] = "";
    size_t n = 0;
    assert_non_null(object);
    for (const struct value *member = object->first; member != NULL; member = member->next) {
        assert_true(n + member->key.n + 2 < sizeof keys);
        if (n > 0)
            keys[n++] = ' ';
        memcpy(keys + n, member->key.p, member->key.n);
        n += member->key.n;
    }
    assert_string_equal(keys, wanted);
}

static const struct value *first_finding(const struct value *report)
{
    const struct value *findings = value_find(report, STR("findings"));
    assert_non_null(findings);
    assert_non_null(findings->first);
    return findings->first;
}

static void assert_member(const struct value *object, const char *key, const char *wanted)
{
    const struct value *member = value_find(object, str_from(key));
    assert_non_null(member);
    if (wanted == NULL)
        assert_int_equal(member->kind, VALUE_NULL);
    else if (!str_equal(member->text, str_from(wanted)))
        fail_msg("%s: expected \"%s\", got \"%.*s\"", key, wanted, STR_ARG(member->text));
}

static void the_document_has_exactly_the_promised_keys(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page_add(&page, "r", SEVERITY_HIGH, STR("aws_x.a"), STR("wrong"));
    const struct value *report = write_and_read(&page);
    assert_keys(report, "tfcheck input summary findings");
    assert_keys(value_find(report, STR("input")),
                "file form format_version terraform_version bytes errored complete");
    assert_keys(value_find(report, STR("summary")),
                "profile profile_origin resources rules passed error high medium low info unknown waived known");
    assert_keys(first_finding(report),
                "rule severity verdict address path message why fix reason related construct source standing excuse "
                "fingerprint");
    page_close(&page);
}

static void what_there_is_not_is_null(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page.facts.file = page.facts.format_version = page.facts.terraform_version = (struct str){ NULL, 0 };
    findings_add(&page.findings, (struct finding){ .rule = STR("r"), .verdict = VERDICT_FAIL, .message = STR("wrong"),
                                                   .why = STR("because"), .fix = STR("mend") });
    const struct value *report = write_and_read(&page);
    const struct value *input = value_find(report, STR("input")), *finding = first_finding(report);
    assert_member(input, "file", NULL);
    assert_member(input, "format_version", NULL);
    assert_member(input, "terraform_version", NULL);
    assert_member(value_find(report, STR("summary")), "profile_origin", NULL);
    assert_member(finding, "address", NULL);
    assert_member(finding, "path", NULL);
    assert_member(finding, "reason", NULL);
    assert_int_equal(value_find(finding, STR("related"))->kind, VALUE_LIST);
    assert_int_equal(value_find(finding, STR("related"))->count, 0);
    page_close(&page);
}

static void values_are_those_of_the_finding(void **state)
{
    (void)state;
    static const struct str related[] = { STR_INIT("aws_y.b") };
    struct page_catcher page;
    page_open(&page);
    findings_add(&page.findings, (struct finding){ .rule = STR("kms-rotation"), .severity = SEVERITY_MEDIUM,
        .verdict = VERDICT_UNKNOWN, .address = STR("aws_kms_key.main"), .path = STR("enable_key_rotation"),
        .message = STR("m"), .why = STR("w"), .fix = STR("f"), .reason = STR("known after apply"), .related = related,
        .related_count = 1 });
    const struct value *finding = first_finding(write_and_read(&page));
    assert_member(finding, "rule", "kms-rotation");
    assert_member(finding, "severity", "medium");
    assert_member(finding, "verdict", "unknown");
    assert_member(finding, "address", "aws_kms_key.main");
    assert_member(finding, "path", "enable_key_rotation");
    assert_member(finding, "reason", "known after apply");
    assert_true(str_equal(value_item(value_find(finding, STR("related")), 0)->text, STR("aws_y.b")));
    struct str fingerprint = value_find_text(finding, STR("fingerprint"));
    assert_int_equal(fingerprint.n, 16);
    for (size_t i = 0; i < fingerprint.n; i++)
        assert_non_null(strchr("0123456789abcdef", fingerprint.p[i]));
    page_close(&page);
}

static void addresses_stand_only_where_there_are_several(void **state)
{
    (void)state;
    static const struct str addresses[] = { STR_INIT("aws_x.a"), STR_INIT("aws_x.b") };
    struct page_catcher page;
    page_open(&page);
    findings_add(&page.findings, (struct finding){ .rule = STR("r"), .verdict = VERDICT_FAIL, .message = STR("m"),
                                                   .addresses = addresses, .address_count = 2 });
    const struct value *finding = first_finding(write_and_read(&page));
    assert_keys(finding, "rule severity verdict address addresses path message why fix reason related construct source standing "
                "excuse fingerprint");
    assert_int_equal(value_find(finding, STR("addresses"))->count, 2);
    page.findings.items[0].address_count = 1;
    page.findings.items[0].address = addresses[0];
    assert_null(value_find(first_finding(write_and_read(&page)), STR("addresses")));
    page_close(&page);
}

static void names_come_back_as_they_were(void **state)
{
    (void)state;
    struct str hostile = STR("aws_x.a[\"quote \\\" tab\t line\n null\0 esc\x1b[2J bidi\xE2\x80\xAE sep\xE2\x80\xA8 "
                             "\xF0\x9F\x98\x80\"]");
    struct page_catcher page;
    page_open(&page);
    page.facts.file = STR("a \"plan\"\n.json");
    page_add(&page, "r", SEVERITY_HIGH, hostile, hostile);
    const struct value *report = write_and_read(&page);
    const struct value *finding = first_finding(report);
    assert_true(str_equal(value_find_text(finding, STR("address")), hostile));
    assert_true(str_equal(value_find_text(finding, STR("message")), hostile));
    assert_true(str_equal(value_find_text(value_find(report, STR("input")), STR("file")), page.facts.file));
    page_close(&page);
}

static void bytes_that_are_no_utf8_do_not_break_the_document(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page_add(&page, "r", SEVERITY_HIGH, STR("a\xFF\xC0\x80"), STR("\xED\xA0\x80"));
    assert_true(str_equal(value_find_text(first_finding(write_and_read(&page)), STR("address")),
                          STR("a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD")));
    page_close(&page);
}

static void counts_and_marks_of_the_summary_are_those_of_the_facts(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page.facts.by_severity[SEVERITY_LOW] = 7;
    page.facts.unknowns = 9;
    page.facts.profile_origin = STR("var.environment = \"production\"");
    page.facts.is_errored = true;
    const struct value *report = write_and_read(&page);
    const struct value *summary = value_find(report, STR("summary")), *input = value_find(report, STR("input"));
    assert_member(summary, "low", "7");
    assert_member(summary, "unknown", "9");
    assert_member(summary, "passed", "4");
    assert_member(summary, "rules", "3");
    assert_member(summary, "resources", "2");
    assert_member(summary, "profile_origin", "var.environment = \"production\"");
    assert_member(input, "bytes", "100");
    assert_true(value_find_truth(input, STR("errored")));
    assert_false(value_find_truth(input, STR("complete")));
    assert_member(report, "tfcheck", "1.2.3");
    page_close(&page);
}

static void a_plan_without_marks_is_complete(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    assert_true(value_find_truth(value_find(write_and_read(&page), STR("input")), STR("complete")));
    page.facts.is_incomplete = true;
    assert_false(value_find_truth(value_find(write_and_read(&page), STR("input")), STR("complete")));
    page_close(&page);
}

static void colours_and_width_do_not_reach_the_document(void **state)
{
    (void)state;
    struct page_catcher page;
    page_open(&page);
    page_add(&page, "r", SEVERITY_HIGH, STR("aws_x.a"),
             STR("a message that is longer than any line of forty columns"));
    write_and_read(&page);
    struct str plain = page.text;
    page.options.color = true;
    page.options.width = 40;
    write_and_read(&page);
    assert_true(str_equal(page.text, plain));
    page_close(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_document_has_exactly_the_promised_keys),
        cmocka_unit_test(what_there_is_not_is_null),
        cmocka_unit_test(values_are_those_of_the_finding),
        cmocka_unit_test(addresses_stand_only_where_there_are_several),
        cmocka_unit_test(names_come_back_as_they_were),
        cmocka_unit_test(bytes_that_are_no_utf8_do_not_break_the_document),
        cmocka_unit_test(counts_and_marks_of_the_summary_are_those_of_the_facts),
        cmocka_unit_test(a_plan_without_marks_is_complete),
        cmocka_unit_test(colours_and_width_do_not_reach_the_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
