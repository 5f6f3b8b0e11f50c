/* Atlantis documentation, "Custom Policy Checks" and "Policy Checking". The verdict is read from the text: a number of
 * failures above zero, or FAIL at its beginning. A finding is one line that stays the same from run to run. */
#include "base/arena.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/page.h"
#include "report/reported.h"

struct count {
    size_t passed, warnings, failures, exceptions, skipped;
};

static void put_line(struct page *page, const char *word, struct str subject, struct str rule, struct str message)
{
    struct arena *arena = page->arena;
    struct str parts[] = { str_from(word), STR(" - "), subject, STR(" - "), rule, STR(" - "), message };
    page_put(page, escape_for_atlantis(arena, arena_join(arena, parts, 7)));
    page_put(page, STR("\n"));
}

static void put_finding(struct page *page, const char *word, const struct reported *item, bool names_input)
{
    struct arena *arena = page->arena;
    struct str subject = reported_subject(arena, item->finding);
    if (names_input)
        subject = arena_join(arena, (struct str[]){ reported_input_name(item->input), STR(": "), subject }, 3);
    put_line(page, word, subject, item->finding->rule, item->finding->message);
}

static void count_all(const struct report *report, const struct reported *items, size_t n, struct count *count)
{
    *count = (struct count){ .failures = reported_count_troubles(report) };
    for (size_t i = 0; i < report->count; i++)
        count->passed += report->inputs[i].facts.passed;
    for (size_t i = 0; i < n; i++) {
        if (items[i].finding->standing != STANDING_OPEN)
            count->exceptions++;
        else if (items[i].finding->verdict == VERDICT_UNKNOWN)
            count->skipped++;
        else if (reported_fails(&report->options, items[i].finding))
            count->failures++;
        else
            count->warnings++;
    }
}

static void put_summary(struct page *page, const struct count *count)
{
    struct arena *arena = page->arena;
    size_t tests = count->passed + count->warnings + count->failures + count->exceptions + count->skipped;
    struct str words[] = { reported_count(arena, tests, "test"), reported_count(arena, count->warnings, "warning"),
                           reported_count(arena, count->failures, "failure"),
                           reported_count(arena, count->exceptions, "exception") };
    page_format(page, "%.*s, %zu passed, %.*s, %.*s, %.*s, %zu skipped\n", STR_ARG(words[0]), count->passed,
                STR_ARG(words[1]), STR_ARG(words[2]), STR_ARG(words[3]), count->skipped);
}

bool report_write_atlantis(struct arena *arena, const struct report *report, report_sink *sink, void *context)
{
    struct page page = { .arena = arena, .options = &report->options, .sink = sink, .context = context };
    struct count count;
    size_t n;
    const struct reported *items = reported_list(arena, report, &n);
    count_all(report, items, n, &count);
    for (size_t i = 0; i < report->count; i++)
        if (reported_trouble(&report->inputs[i]).p != NULL)
            put_line(&page, "FAIL", reported_input_name(&report->inputs[i]), STR("input-not-checked"),
                     reported_trouble(&report->inputs[i]));
    for (size_t i = 0; i < n; i++)
        if (reported_fails(&report->options, items[i].finding))
            put_finding(&page, "FAIL", &items[i], report->count > 1);
    for (size_t i = 0; i < n; i++)
        if (reported_is_open(items[i].finding) && !reported_fails(&report->options, items[i].finding))
            put_finding(&page, "WARN", &items[i], report->count > 1);
    if (count.skipped > 0)
        page_format(&page, "SKIP - %s - what is known only after apply could not be decided\n",
                    reported_count(arena, count.skipped, "check").p);
    for (size_t i = 0; i < report->note_count; i++)
        put_line(&page, "NOTE", STR("waivers"), STR("configuration"), report->notes[i]);
    put_summary(&page, &count);
    return !page.has_failed;
}
