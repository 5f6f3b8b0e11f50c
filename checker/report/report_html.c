/* One page without anything from elsewhere. It is complete without its script, which only hides what filters
 * leave out. */
#include "base/arena.h"
#include "base/map.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/html_assets.h"
#include "report/html_graph.h"
#include "report/page.h"
#include "report/reported.h"

struct html {
    struct page page;
    const struct report *report;
    const struct reported *items;
    size_t count;
};

/* Text between tags or in a quoted attribute. */
static void put_text(struct html *html, struct str text)
{
    page_put(&html->page, escape_for_xml(html->page.arena, text));
}

static void put(struct html *html, const char *markup)
{
    page_put(&html->page, str_from(markup));
}

/* markup, text, markup. */
static void put_in(struct html *html, const char *before, struct str text, const char *after)
{
    put(html, before);
    put_text(html, text);
    put(html, after);
}

static void put_lines(struct html *html, const char *const *lines)
{
    put(html, "\n");
    for (; *lines != NULL; lines++) {
        put(html, *lines);
        put(html, "\n");
    }
}

/* What a finding is filtered by: fail, unknown, waived or known. */
static struct str verdict_of(const struct finding *finding)
{
    return finding->standing == STANDING_WAIVED  ? STR("waived")
           : finding->standing == STANDING_KNOWN ? STR("known")
                                                 : verdict_name(finding->verdict);
}

static struct str title_of(struct html *html)
{
    size_t failing = 0, open = 0, troubles = reported_count_troubles(html->report);
    for (size_t i = 0; i < html->count; i++) {
        failing += reported_fails(&html->report->options, html->items[i].finding);
        open += reported_is_open(html->items[i].finding);
    }
    struct arena *arena = html->page.arena;
    return arena_format(arena, "tfcheck: %s, %s", troubles > 0  ? "could not check everything"
                                                  : failing > 0 ? "failed"
                                                                : "passed",
                        reported_count(arena, open, "finding").p);
}

static void put_head(struct html *html)
{
    struct str title = title_of(html);
    put(html, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    put_in(html, "<meta http-equiv=\"Content-Security-Policy\" content=\"", str_from(html_policy), "\">\n");
    put(html, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    put_in(html, "<title>", title, "</title>\n<style>");
    put_lines(html, html_style);
    put_in(html, "</style>\n</head>\n<body>\n<header>\n<h1>", title, "</h1>\n<ul>\n");
    for (size_t i = 0; i < html->report->count; i++) {
        const struct report_facts *facts = &html->report->inputs[i].facts;
        struct str trouble = reported_trouble(&html->report->inputs[i]);
        put_in(html, "<li><code>", reported_input_name(&html->report->inputs[i]), "</code>");
        if (trouble.p != NULL) {
            put_in(html, ": <span class=\"trouble\">not checked: ", trouble, "</span></li>\n");
            continue;
        }
        page_format(&html->page, "<span class=\"dim\">: %zu resources, %zu rules, %zu checks passed, %zu undecided, "
                                 "profile ", facts->resources, facts->rules, facts->passed, facts->unknowns);
        put_in(html, "", facts->profile, "");
        if (facts->profile_origin.p != NULL)
            put_in(html, " (", facts->profile_origin, ")");
        put(html, "</span></li>\n");
    }
    for (size_t i = 0; i < html->report->note_count; i++)
        put_in(html, "<li class=\"dim\">note: ", html->report->notes[i], "</li>\n");
    put(html, "</ul>\n</header>\n");
}

/* A checkbox for a kind that there is. */
static void put_box(struct html *html, const char *name, struct str value, size_t count, bool is_checked)
{
    if (count == 0)
        return;
    page_format(&html->page, "<label><input type=\"checkbox\" name=\"%s\" value=\"", name);
    put_in(html, "", value, is_checked ? "\" checked> " : "\"> ");
    put_text(html, value);
    page_format(&html->page, " <span class=\"dim\">%zu</span></label>\n", count);
}

static void put_boxes(struct html *html)
{
    static const struct str verdicts[] = { STR_INIT("fail"), STR_INIT("unknown"), STR_INIT("waived"),
                                           STR_INIT("known") };
    size_t by_severity[SEVERITY_COUNT] = { 0 }, by_verdict[4] = { 0 };
    for (size_t i = 0; i < html->count; i++) {
        by_severity[html->items[i].finding->severity]++;
        for (size_t v = 0; v < 4; v++)
            by_verdict[v] += str_equal(verdicts[v], verdict_of(html->items[i].finding));
    }
    put(html, "<fieldset><legend>Severity</legend>\n");
    for (int i = 0; i < SEVERITY_COUNT; i++)
        put_box(html, "severity", severity_name((enum severity)i), by_severity[i], true);
    put(html, "</fieldset>\n<fieldset><legend>Verdict</legend>\n");
    for (size_t v = 0; v < 4; v++)
        put_box(html, "verdict", verdicts[v], by_verdict[v], v < 2);
    put(html, "</fieldset>\n");
}

static struct str rule_of(const struct finding *finding)
{
    return finding->rule;
}

static struct str module_of(const struct finding *finding)
{
    return reported_module(finding->address);
}

/* A choice among what key gives for the findings, in the order in which they come. */
static void put_choice(struct html *html, const char *id, const char *all, struct str (*key)(const struct finding *))
{
    struct map seen;
    map_init(&seen, html->page.arena);
    page_format(&html->page, "<select id=\"%s\" aria-label=\"%s\">\n<option value=\"\">%s</option>\n", id, id, all);
    for (size_t i = 0; i < html->count; i++) {
        struct str value = key(html->items[i].finding);
        void **place = map_get(&seen, value);
        if (*place != NULL)
            continue;
        *place = html;
        put_in(html, "<option value=\"", value, "\">");
        put_in(html, "", value.n == 0 ? STR("root module") : value, "</option>\n");
    }
    put(html, "</select>\n");
}

static void put_filters(struct html *html)
{
    put(html, "<div id=\"filters\" role=\"search\" hidden>\n<input type=\"search\" id=\"search\" "
              "placeholder=\"Search (press /)\" aria-label=\"Search findings\">\n");
    put_choice(html, "rule", "all rules", rule_of);
    put_choice(html, "module", "all modules", module_of);
    put_boxes(html);
    put(html, "<output id=\"count\" class=\"dim\" aria-live=\"polite\"></output>\n</div>\n");
}

static void put_addresses(struct html *html, const char *title, const struct str *items, size_t count)
{
    if (count == 0)
        return;
    page_format(&html->page, "<p class=\"dim\">%s</p>\n<ul>\n", title);
    for (size_t i = 0; i < count; i++)
        put_in(html, "<li><code>", items[i], "</code></li>\n");
    put(html, "</ul>\n");
}

static void put_details(struct html *html, const struct finding *finding)
{
    put_in(html, "<details><summary>Why</summary>\n<p>", finding->why, "</p>\n");
    if (finding->path.n > 0)
        put_in(html, "<p class=\"dim\">Attribute <code>", finding->path, "</code></p>\n");
    if (finding->address_count > 1)
        put_addresses(html, "Resources", finding->addresses, finding->address_count);
    put_addresses(html, "See also", finding->related, finding->related_count);
    put(html, "</details>\n");
}

static void put_where(struct html *html, const struct reported *item)
{
    const struct finding *finding = item->finding;
    struct reported_place place = reported_place(html->page.arena, html->report, item->input, finding);
    put_in(html, "<p class=\"where\"><code>", reported_subject(html->page.arena, finding), "</code>");
    if (place.is_source || html->report->count > 1)
        put_in(html, "<span class=\"dim\">", reported_place_text(html->page.arena, &place), "</span>");
    if (finding->construct.n > 0)
        put_in(html, "<span class=\"dim\">construct ", finding->construct, "</span>");
    put(html, "</p>\n");
}

static void put_finding(struct html *html, const struct reported *item)
{
    const struct finding *finding = item->finding;
    struct str verdict = verdict_of(finding), severity = severity_name(finding->severity);
    bool fails = finding->verdict == VERDICT_FAIL;
    put_in(html, "<li class=\"finding ", fails && finding->standing == STANDING_OPEN ? severity : verdict, "\"");
    put_in(html, " data-severity=\"", severity, "\"");
    put_in(html, " data-verdict=\"", verdict, "\"");
    put_in(html, " data-rule=\"", finding->rule, "\"");
    put_in(html, " data-module=\"", module_of(finding), "\" tabindex=\"-1\">\n");
    put_in(html, "<p class=\"head\"><span class=\"badge\">", fails ? severity : verdict, "</span>");
    put_in(html, "<strong>", finding->message, "</strong>");
    put_in(html, "<a href=\"#rule-", finding->rule, "\">");
    put_in(html, "", finding->rule, "</a></p>\n");
    put_where(html, item);
    if (finding->standing == STANDING_WAIVED)
        put_in(html, "<p>Waived: ", finding->excuse, "</p>\n");
    if (!fails)
        put_in(html, "<p>Open: ", finding->reason, "</p>\n");
    if (finding->fix.n > 0)
        put_in(html, "<p>Fix: ", finding->fix, "</p>\n");
    put_details(html, finding);
    put(html, "</li>\n");
}

static void put_tally(struct html *html, size_t number)
{
    size_t passed = 0, failed = 0, unknown = 0;
    for (size_t i = 0; i < html->report->count; i++) {
        const struct report_tally *tally = html->report->inputs[i].tallies;
        if (tally == NULL || !tally[number].is_in_force)
            continue;
        passed += tally[number].passed;
        failed += tally[number].failed;
        unknown += tally[number].unknown;
    }
    page_format(&html->page, "<p class=\"dim\">%zu failed, %zu undecided, %zu passed</p>\n", failed, unknown, passed);
}

static bool is_in_force(const struct report *report, size_t number)
{
    for (size_t i = 0; i < report->count; i++)
        if (report->inputs[i].tallies != NULL && report->inputs[i].tallies[number].is_in_force)
            return true;
    return false;
}

static void put_rule(struct html *html, size_t number)
{
    const struct report_rule *rule = &html->report->rules[number];
    struct str severity = severity_name(rule->severity);
    put_in(html, "<section class=\"rule ", severity, "\" id=\"rule-");
    put_in(html, "", rule->id, "\">\n<p class=\"head\"><span class=\"badge\">");
    put_in(html, "", severity, "</span>");
    put_in(html, "<strong>", rule->title, "</strong> <code>");
    put_in(html, "", rule->id, "</code></p>\n");
    put_tally(html, number);
    put_in(html, "<p>Why: ", str_trim(rule->why), "</p>\n");
    put_in(html, "<p>Fix: ", str_trim(rule->fix), "</p>\n");
    if (rule->hcl.n > 0) {
        struct str lines = str_trim(rule->hcl);
        put(html, "<pre><code>");
        while (lines.n > 0) {
            ptrdiff_t end = str_find_byte(lines, '\n');
            put_in(html, "", str_part(lines, 0, end < 0 ? lines.n : (size_t)end), "\n");
            lines = end < 0 ? STR("") : str_from_offset(lines, (size_t)end + 1);
        }
        put(html, "</code></pre>\n");
    }
    for (size_t i = 0; i < rule->also_count; i++)
        put_in(html, i == 0 ? "<p class=\"dim\">The same check elsewhere: " : ", ", rule->also[i], "");
    put(html, rule->also_count > 0 ? "</p>\n</section>\n" : "</section>\n");
}

bool report_write_html(struct arena *arena, const struct report *report, report_sink *sink, void *context)
{
    struct html html = { .report = report };
    html.page = (struct page){ .arena = arena, .options = &report->options, .sink = sink, .context = context };
    html.items = reported_list(arena, report, &html.count);
    put_head(&html);
    put(&html, "<main>\n<section>\n");
    put_filters(&html);
    put(&html, html.count == 0 ? "<p>Nothing was found.</p>\n" : "<ol>\n");
    for (size_t i = 0; i < html.count; i++)
        put_finding(&html, &html.items[i]);
    put(&html, html.count == 0 ? "</section>\n" : "</ol>\n</section>\n");
    for (size_t i = 0; i < report->count; i++)
        html_put_graph(&html.page, &report->inputs[i], i);
    put(&html, "<h2>Rules in force</h2>\n");
    for (size_t i = 0; i < report->rule_count; i++)
        if (is_in_force(report, i))
            put_rule(&html, i);
    put(&html, "</main>\n<script>");
    put_lines(&html, html_script);
    put(&html, "</script>\n</body>\n</html>\n");
    return !html.page.has_failed;
}
