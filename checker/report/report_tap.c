/* Test Anything Protocol 13. What does not fail the run is marked TODO, what could not be decided SKIP. */
#include "base/arena.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/page.h"
#include "report/reported.h"

struct lines {
    struct page *page;
    const struct report *report;
    size_t number; /* of the last test */
};

static void put_line(struct lines *lines, bool is_ok, struct str text, struct str directive)
{
    struct arena *arena = lines->page->arena;
    struct str shown = escape_for_tap(arena, text), mark = escape_for_tap(arena, directive);
    page_format(lines->page, "%s %zu - %.*s%s%.*s\n", is_ok ? "ok" : "not ok", ++lines->number, STR_ARG(shown),
                mark.n > 0 ? " # " : "", STR_ARG(mark));
}

/* A line of the block below a test, which is YAML. */
static void put_member(struct lines *lines, const char *key, struct str text)
{
    struct str shown = escape_as_string(lines->page->arena, text);
    if (text.n > 0)
        page_format(lines->page, "  %s: %.*s\n", key, STR_ARG(shown));
}

static void put_finding(struct lines *lines, const struct reported *item)
{
    struct arena *arena = lines->page->arena;
    const struct finding *finding = item->finding;
    struct str parts[] = { reported_subject(arena, finding), STR(": "), finding->rule };
    struct str text = arena_join(arena, parts, 3);
    struct str directive = STR("");
    if (lines->report->count > 1)
        text = arena_join(arena, (struct str[]){ reported_input_name(item->input), STR(": "), text }, 3);
    if (finding->standing == STANDING_WAIVED)
        directive = arena_join(arena, (struct str[]){ STR("TODO waived: "), finding->excuse }, 2);
    else if (finding->standing == STANDING_KNOWN)
        directive = STR("TODO in the baseline");
    else if (finding->verdict == VERDICT_UNKNOWN)
        directive = arena_join(arena, (struct str[]){ STR("SKIP "), finding->reason }, 2);
    else if (!reported_fails(&lines->report->options, finding))
        directive = arena_join(arena, (struct str[]){ STR("TODO "), severity_name(finding->severity) }, 2);
    put_line(lines, finding->verdict == VERDICT_UNKNOWN, text, directive);
    if (finding->verdict == VERDICT_UNKNOWN)
        return;
    struct reported_place place = reported_place(arena, lines->report, item->input, finding);
    page_put(lines->page, STR("  ---\n"));
    put_member(lines, "severity", severity_name(finding->severity));
    put_member(lines, "message", finding->message);
    put_member(lines, "fix", finding->fix);
    put_member(lines, "at", reported_place_text(arena, &place));
    page_put(lines->page, STR("  ...\n"));
}

static size_t count_tests(const struct report *report, size_t findings)
{
    size_t count = findings + reported_count_troubles(report);
    for (size_t i = 0; i < report->count; i++)
        for (size_t r = 0; r < report->rule_count; r++)
            count += reported_has_passed(&report->inputs[i], r);
    return count;
}

static void put_passed(struct lines *lines, const struct report_input *input, const struct report_rule *rule)
{
    struct arena *arena = lines->page->arena;
    struct str text = arena_join(arena, (struct str[]){ rule->id, STR(": "), rule->title }, 3);
    if (lines->report->count > 1)
        text = arena_join(arena, (struct str[]){ reported_input_name(input), STR(": "), text }, 3);
    put_line(lines, true, text, STR(""));
}

bool report_write_tap(struct arena *arena, const struct report *report, report_sink *sink, void *context)
{
    struct page page = { .arena = arena, .options = &report->options, .sink = sink, .context = context };
    struct lines lines = { &page, report, 0 };
    size_t n;
    const struct reported *items = reported_list(arena, report, &n);
    page_format(&page, "TAP version 13\n1..%zu\n", count_tests(report, n));
    for (size_t i = 0; i < report->count; i++) {
        struct str trouble = reported_trouble(&report->inputs[i]);
        if (trouble.p != NULL)
            put_line(&lines, false, arena_join(arena, (struct str[]){ reported_input_name(&report->inputs[i]),
                                                                      STR(": "), trouble }, 3), STR(""));
    }
    for (size_t i = 0; i < n; i++)
        put_finding(&lines, &items[i]);
    for (size_t i = 0; i < report->count; i++)
        for (size_t r = 0; r < report->rule_count; r++)
            if (reported_has_passed(&report->inputs[i], r))
                put_passed(&lines, &report->inputs[i], &report->rules[r]);
    return !page.has_failed;
}
