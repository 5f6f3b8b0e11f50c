/* GitHub documentation, "Workflow commands for GitHub Actions". A step may have ten annotations of each kind; the rest
 * is told in a plain line. */
#include "base/arena.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/page.h"
#include "report/reported.h"

enum { MOST_ANNOTATIONS = 10 };

enum kind { KIND_ERROR, KIND_WARNING, KIND_NOTICE, KIND_COUNT };

static const char *const commands[KIND_COUNT] = { "error", "warning", "notice" };

static void put_annotation(struct page *page, enum kind kind, const struct reported_place *place, struct str title,
                           struct str text)
{
    struct arena *arena = page->arena;
    struct str path = escape_for_property(arena, place->path);
    page_format(page, "::%s file=%.*s,line=%zu", commands[kind], STR_ARG(path), place->line);
    if (place->end_line > place->line)
        page_format(page, ",endLine=%zu", place->end_line);
    if (place->column > 0 && place->end_line <= place->line)
        page_format(page, ",col=%zu", place->column);
    struct str parts[] = { STR(",title="), escape_for_property(arena, title), STR("::"),
                           escape_for_command(arena, text), STR("\n") };
    page_put(page, arena_join(arena, parts, 5));
}

static enum kind kind_of(const struct report *report, const struct finding *finding)
{
    if (reported_fails(&report->options, finding))
        return KIND_ERROR;
    return finding->severity <= SEVERITY_MEDIUM ? KIND_WARNING : KIND_NOTICE;
}

static void put_finding(struct page *page, const struct report *report, const struct reported *item)
{
    struct arena *arena = page->arena;
    const struct finding *finding = item->finding;
    struct reported_place place = reported_place(arena, report, item->input, finding);
    struct str subject = escape_for_terminal(arena, reported_subject(arena, finding));
    struct str message = escape_for_terminal(arena, finding->message);
    struct str why = escape_for_terminal(arena, finding->why), fix = escape_for_terminal(arena, finding->fix);
    struct str parts[] = { severity_name(finding->severity), STR(": "), finding->rule };
    struct str title = arena_join(arena, parts, 3);
    struct str text = arena_format(arena, "%.*s: %.*s\n%.*s%s%.*s", STR_ARG(subject), STR_ARG(message), STR_ARG(why),
                                   fix.n > 0 ? "\nFix: " : "", STR_ARG(fix));
    put_annotation(page, kind_of(report, finding), &place, title, text);
}

static void put_remainder(struct page *page, const size_t *counts)
{
    for (int kind = 0; kind < KIND_COUNT; kind++)
        if (counts[kind] > MOST_ANNOTATIONS)
            page_format(page, "and %zu more of the kind %s, which GitHub would not show: see the job summary, or run"
                              " tfcheck with --format text\n", counts[kind] - MOST_ANNOTATIONS, commands[kind]);
}

static void put_verdict(struct page *page, const struct report *report, const size_t *counts)
{
    size_t unknowns = 0;
    for (size_t i = 0; i < report->count; i++)
        unknowns += report->inputs[i].facts.unknowns;
    page_format(page, "tfcheck: %s, %s, %s; %zu unknown\n",
                reported_count(page->arena, counts[KIND_ERROR], "error").p,
                reported_count(page->arena, counts[KIND_WARNING], "warning").p,
                reported_count(page->arena, counts[KIND_NOTICE], "notice").p, unknowns);
}

bool report_write_github(struct arena *arena, const struct report *report, report_sink *sink, void *context)
{
    struct page page = { .arena = arena, .options = &report->options, .sink = sink, .context = context };
    size_t counts[KIND_COUNT] = { 0 }, n;
    const struct reported *items = reported_list(arena, report, &n);
    for (size_t i = 0; i < report->count; i++) {
        struct reported_place place = reported_place(arena, report, &report->inputs[i], NULL);
        struct str trouble = reported_trouble(&report->inputs[i]);
        if (trouble.p != NULL && counts[KIND_ERROR]++ < MOST_ANNOTATIONS)
            put_annotation(&page, KIND_ERROR, &place, STR("could not be checked"), escape_for_terminal(arena, trouble));
    }
    for (size_t i = 0; i < n; i++)
        if (reported_is_open(items[i].finding) && counts[kind_of(report, items[i].finding)]++ < MOST_ANNOTATIONS)
            put_finding(&page, report, &items[i]);
    put_remainder(&page, counts);
    put_verdict(&page, report, counts);
    return !page.has_failed;
}
