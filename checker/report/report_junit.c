/* JUnit XML as Jenkins and GitLab read it: a test of one name is shown once, so names hold the address. What does not
 * fail the run is a skipped test, for the format knows no warnings. */
#include "base/arena.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/page.h"
#include "report/reported.h"

struct count {
    size_t tests, failures, errors, skipped;
};

static void put_attribute(struct page *page, const char *name, struct str value)
{
    struct str shown = escape_for_xml(page->arena, value);
    page_format(page, " %s=\"%.*s\"", name, STR_ARG(shown));
}

static void put_counts(struct page *page, const struct count *count)
{
    page_format(page, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"0\">\n", count->tests,
                count->failures, count->errors, count->skipped);
}

static void put_name(struct page *page, const struct report *report, const struct reported *item)
{
    struct arena *arena = page->arena;
    const struct finding *finding = item->finding;
    struct str name = finding->address_count > 1 ? STR("several resources") : reported_subject(arena, finding);
    if (finding->path.n > 0)
        name = arena_join(arena, (struct str[]){ name, STR(" "), finding->path }, 3);
    if (report->count > 1)
        name = arena_join(arena, (struct str[]){ reported_input_name(item->input), STR(": "), name }, 3);
    if (item->ordinal > 1)
        name = arena_join(arena, (struct str[]){ name, arena_format(arena, " (%zu)", item->ordinal) }, 2);
    put_attribute(page, "name", name);
}

static struct str skip_reason(struct arena *arena, const struct finding *finding)
{
    if (finding->standing == STANDING_WAIVED)
        return arena_join(arena, (struct str[]){ STR("waived: "), finding->excuse }, 2);
    if (finding->standing == STANDING_KNOWN)
        return STR("in the baseline");
    if (finding->verdict == VERDICT_UNKNOWN)
        return finding->reason;
    return arena_join(arena, (struct str[]){ severity_name(finding->severity), STR(": "), finding->message }, 3);
}

static void put_finding(struct page *page, const struct report *report, const struct reported *item)
{
    struct arena *arena = page->arena;
    const struct finding *finding = item->finding;
    struct reported_place place = reported_place(arena, report, item->input, finding);
    page_put(page, STR("    <testcase"));
    put_attribute(page, "classname", finding->rule);
    put_name(page, report, item);
    put_attribute(page, "file", place.path);
    page_format(page, " line=\"%zu\" time=\"0\">\n", place.line);
    if (!reported_fails(&report->options, finding)) {
        page_put(page, STR("      <skipped"));
        put_attribute(page, "message", skip_reason(arena, finding));
        page_put(page, STR("/>\n    </testcase>\n"));
        return;
    }
    page_put(page, STR("      <failure"));
    put_attribute(page, "type", severity_name(finding->severity));
    put_attribute(page, "message", finding->message);
    struct str parts[] = { STR(">"), escape_for_xml(arena, reported_place_text(arena, &place)), STR("\n"),
                           escape_for_xml(arena, finding->why), STR("\nFix: "), escape_for_xml(arena, finding->fix),
                           STR("</failure>\n    </testcase>\n") };
    page_put(page, arena_join(arena, parts, 7));
}

static void put_passed(struct page *page, const struct report *report, const struct report_input *input, size_t number)
{
    const struct report_rule *rule = &report->rules[number];
    struct str name = rule->title;
    if (report->count > 1)
        name = arena_join(page->arena, (struct str[]){ reported_input_name(input), STR(": "), name }, 3);
    page_put(page, STR("    <testcase"));
    put_attribute(page, "classname", rule->id);
    put_attribute(page, "name", name);
    page_put(page, STR(" time=\"0\"/>\n"));
}

static void put_trouble(struct page *page, const struct report_input *input)
{
    page_put(page, STR("    <testcase classname=\"input-not-checked\""));
    put_attribute(page, "name", reported_input_name(input));
    page_put(page, STR(" time=\"0\">\n      <error"));
    put_attribute(page, "message", reported_trouble(input));
    page_put(page, STR("/>\n    </testcase>\n"));
}

static struct count count_input(const struct report *report, const struct report_input *input,
                                const struct reported *items, size_t n)
{
    struct count count = { .errors = reported_trouble(input).p != NULL };
    count.tests = count.errors;
    for (size_t i = 0; i < report->rule_count; i++)
        count.tests += reported_has_passed(input, i);
    for (size_t i = 0; i < n; i++) {
        if (items[i].input != input)
            continue;
        count.tests++;
        if (reported_fails(&report->options, items[i].finding))
            count.failures++;
        else
            count.skipped++;
    }
    return count;
}

static void put_suite(struct page *page, const struct report *report, const struct report_input *input,
                      const struct reported *items, size_t n)
{
    struct count count = count_input(report, input, items, n);
    page_put(page, STR("  <testsuite"));
    put_attribute(page, "name", reported_input_name(input));
    put_counts(page, &count);
    if (count.errors > 0)
        put_trouble(page, input);
    for (size_t i = 0; i < n; i++)
        if (items[i].input == input)
            put_finding(page, report, &items[i]);
    for (size_t i = 0; i < report->rule_count; i++)
        if (reported_has_passed(input, i))
            put_passed(page, report, input, i);
    page_put(page, STR("  </testsuite>\n"));
}

bool report_write_junit(struct arena *arena, const struct report *report, report_sink *sink, void *context)
{
    struct page page = { .arena = arena, .options = &report->options, .sink = sink, .context = context };
    struct count sum = { 0 };
    size_t n;
    const struct reported *items = reported_list(arena, report, &n);
    for (size_t i = 0; i < report->count; i++) {
        struct count count = count_input(report, &report->inputs[i], items, n);
        sum.tests += count.tests;
        sum.failures += count.failures;
        sum.errors += count.errors;
        sum.skipped += count.skipped;
    }
    page_put(&page, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"tfcheck\""));
    put_counts(&page, &sum);
    for (size_t i = 0; i < report->count; i++)
        put_suite(&page, report, &report->inputs[i], items, n);
    page_put(&page, STR("</testsuites>\n"));
    return !page.has_failed;
}
