#include "base/arena.h"
#include "base/map.h"
#include "base/utf8.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/page.h"
#include "report/paint.h"
#include "report/reported.h"

enum { MOST_ADDRESSES = 12, MOST_UNKNOWNS = 10, NARROWEST = 40, SEVERITY_COLUMN = 8 };

static void put_spaces(struct page *page, size_t n)
{
    static const struct str spaces = STR_INIT("                                ");
    page_put(page, str_part(spaces, 0, n));
}

static void put_painted(struct page *page, const char *paint, struct str text)
{
    if (!page->options->color || text.n == 0 || *paint == '\0') {
        page_put(page, text);
        return;
    }
    page_put(page, str_from(paint));
    page_put(page, text);
    page_put(page, STR(PAINT_END));
}

/* Columns that a line may take. */
static size_t line_width(const struct page *page)
{
    size_t width = page->options->width;
    return width == 0 ? SIZE_MAX : width < NARROWEST ? NARROWEST : width;
}

/* The first line of text that fits into columns: ends at a space where there is one. */
static struct str take_line(struct str *rest, size_t columns)
{
    struct str text = *rest;
    size_t n = 0, last_space = 0;
    while (n < text.n) {
        size_t length;
        utf8_decode(str_from_offset(text, n), &length);
        if (utf8_columns(str_part(text, 0, n + length)) > columns && n > 0)
            break;
        if (text.p[n] == ' ')
            last_space = n;
        n += length;
    }
    if (n < text.n && text.p[n] != ' ' && last_space > 0)
        n = last_space;
    *rest = str_trim(str_from_offset(text, n));
    return str_trim(str_part(text, 0, n));
}

/* Text from the column indent on, wrapped with the same indent. The cursor stands there already. */
static void put_wrapped(struct page *page, const char *paint, struct str text, size_t indent)
{
    size_t width = line_width(page);
    struct str rest = str_trim(escape_for_terminal(page->arena, str_trim(text)));
    for (bool is_first = true; rest.n > 0; is_first = false) {
        if (!is_first) {
            page_put(page, STR("\n"));
            put_spaces(page, indent);
        }
        struct str line = width == SIZE_MAX ? rest : take_line(&rest, width - indent);
        put_painted(page, paint, line);
        if (width == SIZE_MAX)
            break;
    }
    page_put(page, STR("\n"));
}

static void put_labelled(struct page *page, struct str label, struct str text)
{
    if (text.n == 0)
        return;
    put_spaces(page, SEVERITY_COLUMN + 2);
    put_painted(page, PAINT_DIM, label);
    put_spaces(page, 5 - label.n);
    put_wrapped(page, "", text, SEVERITY_COLUMN + 7);
}

static void put_header(struct page *page, const struct report_facts *facts)
{
    struct arena *arena = page->arena;
    struct str name = facts->file.p == NULL ? STR("standard input") : escape_for_terminal(arena, facts->file);
    struct str version = escape_for_terminal(arena, facts->terraform_version);
    struct str origin = escape_for_terminal(arena, facts->profile_origin);
    struct str resources = reported_count(arena, facts->resources, "resource");
    struct str line = arena_format(arena, "%.*s: %.*s%s%.*s, %.*s, profile %.*s", STR_ARG(name), STR_ARG(facts->form),
                                   version.p == NULL ? "" : " of Terraform ", STR_ARG(version), STR_ARG(resources),
                                   STR_ARG(facts->profile));
    if (origin.p != NULL)
        line = arena_format(arena, "%.*s (%.*s)", STR_ARG(line), STR_ARG(origin));
    put_wrapped(page, PAINT_DIM, line, 0);
    if (facts->is_errored)
        put_wrapped(page, paint_of(SEVERITY_ERROR),
                    STR("The plan is marked as errored: planning failed halfway, and resources are missing from it."),
                    0);
    if (facts->is_incomplete)
        put_wrapped(page, paint_of(SEVERITY_MEDIUM),
                    STR("The plan is marked as incomplete (-target or deferred changes): it does not hold every "
                        "resource."),
                    0);
    page_put(page, STR("\n"));
}

static void put_addresses(struct page *page, const struct finding *finding)
{
    for (size_t i = 0; i < finding->address_count && i < MOST_ADDRESSES; i++) {
        put_spaces(page, SEVERITY_COLUMN + 4);
        put_wrapped(page, "", finding->addresses[i], SEVERITY_COLUMN + 4);
    }
    if (finding->address_count <= MOST_ADDRESSES)
        return;
    put_spaces(page, SEVERITY_COLUMN + 4);
    put_wrapped(page, "", arena_format(page->arena, "and %zu more (all with --format json)",
                                       finding->address_count - MOST_ADDRESSES), SEVERITY_COLUMN + 4);
}

/* Where it stands in people's files, and the construct that made it. */
static void put_place(struct page *page, const struct finding *finding)
{
    const struct source_place *source = &finding->source;
    struct str line = source->line == 0 ? STR("") : arena_format(page->arena, ":%zu", source->line);
    struct str parts[] = { source->file, source->file.n == 0 ? STR("") : line,
                           source->file.n > 0 && finding->construct.n > 0 ? STR(", ") : STR(""),
                           finding->construct.n > 0 ? STR("construct ") : STR(""), finding->construct };
    struct str text = arena_join(page->arena, parts, 5);
    if (text.n == 0)
        return;
    put_spaces(page, SEVERITY_COLUMN + 2);
    put_wrapped(page, PAINT_DIM, text, SEVERITY_COLUMN + 2);
}

static void put_finding(struct page *page, const struct finding *finding, bool is_first_of_rule)
{
    struct str severity = severity_name(finding->severity);
    put_spaces(page, 2);
    put_painted(page, paint_of(finding->severity), severity);
    put_spaces(page, SEVERITY_COLUMN - severity.n);
    struct str parts[] = { finding->message, STR("  ["), finding->rule, STR("]") };
    put_wrapped(page, "", arena_join(page->arena, parts, 4), SEVERITY_COLUMN + 2);
    if (finding->address.p == NULL)
        put_addresses(page, finding);
    put_place(page, finding);
    put_labelled(page, STR("open"), finding->reason);
    if (is_first_of_rule)
        put_labelled(page, STR("why"), finding->why);
    put_labelled(page, STR("fix"), finding->fix);
}

/* Whether rule is met for the first time. */
static bool is_new(struct map *seen, struct str rule)
{
    void **place = map_get(seen, rule);
    bool is_first = *place == NULL;
    *place = seen;
    return is_first;
}

static void put_findings(struct page *page, const struct findings *findings)
{
    const struct finding *last = NULL;
    struct map seen;
    map_init(&seen, page->arena);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (!reported_is_open(finding))
            continue;
        if (last == NULL || !str_equal(last->address, finding->address)) {
            if (last != NULL)
                page_put(page, STR("\n"));
            put_wrapped(page, PAINT_BOLD, finding->address.p == NULL ? STR("(the whole stack)") : finding->address,
                        2);
        }
        put_finding(page, finding, is_new(&seen, finding->rule));
        last = finding;
    }
    if (last != NULL)
        page_put(page, STR("\n"));
}

/* With --show-waived, what waivers excuse and why. */
static void put_waived(struct page *page, const struct report_input *input)
{
    if (!page->options->shows_waived || input->facts.waived == 0)
        return;
    page_format(page, "Waived: %zu\n", input->facts.waived);
    for (size_t i = 0; i < input->findings.count; i++) {
        const struct finding *finding = &input->findings.items[i];
        if (finding->standing != STANDING_WAIVED)
            continue;
        put_spaces(page, 2);
        struct str parts[] = { reported_subject(page->arena, finding), STR("  "), finding->message, STR("  ["),
                               finding->rule, STR("]  "), finding->excuse };
        put_wrapped(page, PAINT_DIM, arena_join(page->arena, parts, 7), 4);
    }
    page_put(page, STR("\n"));
}

static bool is_open_unknown(const struct finding *finding)
{
    return finding->verdict == VERDICT_UNKNOWN && finding->standing == STANDING_OPEN;
}

static bool is_same_unknown(const struct finding *a, const struct finding *b)
{
    return is_open_unknown(b) && str_equal(a->address, b->address) && str_equal(a->reason, b->reason);
}

/* Whether an earlier line has told it: what could not be decided for one reason is told once for all rules. Findings on
 * one address stand together. */
static bool is_told(const struct findings *findings, size_t number)
{
    const struct finding *finding = &findings->items[number];
    for (size_t i = number; i > 0 && str_equal(findings->items[i - 1].address, finding->address); i--)
        if (is_same_unknown(finding, &findings->items[i - 1]))
            return true;
    return false;
}

/* The ids of all rules that it was not decided for; *count of them. */
static struct str list_rules(struct page *page, const struct findings *findings, size_t number, size_t *count)
{
    const struct finding *finding = &findings->items[number];
    struct str text = finding->rule;
    *count = 1;
    for (size_t i = number + 1; i < findings->count && str_equal(findings->items[i].address, finding->address); i++) {
        if (!is_same_unknown(finding, &findings->items[i]))
            continue;
        text = arena_join(page->arena, (struct str[]){ text, STR(", "), findings->items[i].rule }, 3);
        ++*count;
    }
    return text;
}

static void put_unknowns(struct page *page, const struct report_facts *facts, const struct findings *findings)
{
    size_t shown = 0, lines = 0, count;
    if (facts->unknowns == 0 || page->options->unknowns == UNKNOWNS_IGNORE)
        return;
    page_format(page, "Not decidable before apply: %zu\n", facts->unknowns);
    for (size_t i = 0; i < findings->count && lines < MOST_UNKNOWNS; i++) {
        const struct finding *finding = &findings->items[i];
        if (!is_open_unknown(finding) || is_told(findings, i))
            continue;
        lines++;
        put_spaces(page, 2);
        struct str parts[] = { finding->address, STR("  "), finding->reason, STR("  ["),
                               list_rules(page, findings, i, &count), STR("]") };
        shown += count;
        put_wrapped(page, PAINT_DIM, arena_join(page->arena, parts, 6), 4);
    }
    if (facts->unknowns <= shown)
        return;
    put_spaces(page, 2);
    put_wrapped(page, "", arena_format(page->arena, "and %zu more (all with --format json)", facts->unknowns - shown),
                4);
}

/* A part of a line that is wrapped between its parts only; *column is where the line has come to. */
static void put_part(struct page *page, size_t *column, const char *paint, struct str text, struct str tail)
{
    size_t columns = text.n + tail.n;
    bool fits = *column + 1 + columns <= line_width(page);
    if (*column > 0)
        page_put(page, fits ? STR(" ") : STR("\n"));
    put_painted(page, paint, text);
    page_put(page, tail);
    *column = *column > 0 && fits ? *column + 1 + columns : columns;
}

static const char *known_words(const struct report_input *input)
{
    return input->base.p != NULL ? "as before" : "in the baseline";
}

static void put_summary(struct page *page, const struct report_input *input)
{
    const struct report_facts *facts = &input->facts;
    size_t total = 0, column = 0;
    struct arena *arena = page->arena;
    for (int i = 0; i < SEVERITY_COUNT; i++) {
        size_t count = facts->by_severity[i];
        total += count;
        put_part(page, &column, count > 0 ? paint_of((enum severity)i) : "",
                 arena_format(arena, "%zu %.*s", count, STR_ARG(severity_name((enum severity)i))),
                 i + 1 < SEVERITY_COUNT ? STR(",") : STR(";"));
    }
    put_part(page, &column, "", arena_format(arena, "%zu unknown", facts->unknowns), STR(";"));
    if (facts->waived > 0)
        put_part(page, &column, "", arena_format(arena, "%zu waived", facts->waived), STR(";"));
    if (facts->known > 0)
        put_part(page, &column, "", arena_format(arena, "%zu %s", facts->known, known_words(input)), STR(";"));
    if (input->mended.count > 0)
        put_part(page, &column, "", arena_format(arena, "%zu mended", input->mended.count), STR(";"));
    struct str rules = reported_count(arena, facts->rules, "rule");
    struct str resources = reported_count(arena, facts->resources, "resource");
    put_part(page, &column, "", reported_count(arena, facts->passed, "check"), STR(" passed"));
    put_part(page, &column, "", arena_format(arena, "(%.*s, %.*s)", STR_ARG(rules), STR_ARG(resources)), STR(""));
    if (facts->seconds >= 0)
        put_part(page, &column, "", arena_format(arena, "in %.0f ms", facts->seconds * 1e3), STR(""));
    page_put(page, STR("\n"));
    if (total > 0)
        put_wrapped(page, PAINT_DIM, STR("`tfcheck explain RULE` tells more about a rule."), 0);
}

/* Of a review: what the change has mended. */
static void put_mended(struct page *page, const struct report_input *input)
{
    if (input->mended.count == 0)
        return;
    page_format(page, "Mended: %zu\n", input->mended.count);
    for (size_t i = 0; i < input->mended.count; i++) {
        const struct finding *finding = &input->mended.items[i];
        put_spaces(page, 2);
        struct str parts[] = { reported_subject(page->arena, finding), STR("  "), finding->message, STR("  ["),
                               finding->rule, STR("]") };
        put_wrapped(page, PAINT_DIM, arena_join(page->arena, parts, 6), 4);
    }
    page_put(page, STR("\n"));
}

static void put_input(struct page *page, const struct report_input *input)
{
    put_header(page, &input->facts);
    put_findings(page, &input->findings);
    put_waived(page, input);
    put_mended(page, input);
    put_unknowns(page, &input->facts, &input->findings);
    put_summary(page, input);
}

bool report_write_text(struct arena *arena, const struct report *report, report_sink *sink, void *context)
{
    struct page page = { .arena = arena, .options = &report->options, .sink = sink, .context = context };
    for (size_t i = 0; i < report->count; i++)
        if (report->inputs[i].facts.trouble.p == NULL)
            put_input(&page, &report->inputs[i]);
    return !page.has_failed;
}
