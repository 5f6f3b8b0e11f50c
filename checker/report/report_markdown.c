/* A comment for GitHub and GitLab. It is made of pieces that are whole: a row, a folded block. What does not fit into
 * the host's limit is left out by the piece, and counted. */
#include "base/arena.h"
#include "base/map.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/reported.h"

enum { RESERVE = 300, MOST_UNKNOWN_ROWS = 100, MOST_PARTS = 16 };

struct comment {
    struct arena *arena;
    const struct report *report;
    report_sink *sink;
    void *context;
    bool has_failed;
    size_t used, limit; /* bytes */
};

static void put_end(struct comment *comment, struct str piece)
{
    comment->used += piece.n;
    if (!comment->has_failed && piece.n > 0)
        comment->has_failed = !comment->sink(comment->context, piece);
}

/* Write the piece, if it has room and leaves some for the lines that count what has none. */
static bool put(struct comment *comment, struct str piece)
{
    if (comment->used + piece.n + RESERVE > comment->limit)
        return false;
    put_end(comment, piece);
    return true;
}

/* The parts in their order, up to one that is no string. */
static struct str join(struct arena *arena, const struct str *parts)
{
    size_t n = 0;
    while (n < MOST_PARTS && parts[n].p != NULL)
        n++;
    return arena_join(arena, parts, n);
}

#define JOIN(arena, ...) join((arena), (struct str[MOST_PARTS]){ __VA_ARGS__ })

struct sum {
    size_t failing, open, unknowns, waived, known, mended, passed, troubles;
    bool is_review;
};

static struct sum sum_of(const struct report *report, const struct reported *items, size_t n)
{
    struct sum sum = { .troubles = reported_count_troubles(report) };
    for (size_t i = 0; i < report->count; i++) {
        sum.unknowns += report->inputs[i].facts.unknowns;
        sum.waived += report->inputs[i].facts.waived;
        sum.known += report->inputs[i].facts.known;
        sum.passed += report->inputs[i].facts.passed;
        sum.mended += report->inputs[i].mended.count;
        sum.is_review |= report->inputs[i].base.p != NULL;
    }
    for (size_t i = 0; i < n; i++) {
        sum.open += reported_is_open(items[i].finding);
        sum.failing += reported_fails(&report->options, items[i].finding);
    }
    return sum;
}

static void put_verdict(struct comment *comment, const struct sum *sum)
{
    struct arena *arena = comment->arena;
    struct str verdict = sum->troubles > 0 ? STR("could not check everything")
                         : sum->failing > 0
                             ? arena_format(arena, "failed, %s", reported_count(arena, sum->failing, "finding").p)
                             : sum->open == 0
                                   ? STR("passed")
                                   : arena_format(arena, "passed, %s", reported_count(arena, sum->open, "finding").p);
    put(comment, JOIN(arena, STR("<!-- tfcheck report -->\n## tfcheck: "), verdict, STR("\n\n")));
    struct str line = arena_format(arena, "%s, %zu of them failing; %zu could not be decided before apply; %s passed",
                                   reported_count(arena, sum->open, "finding").p, sum->failing, sum->unknowns,
                                   reported_count(arena, sum->passed, "check").p);
    if (sum->is_review)
        line = arena_format(arena, "%zu new against the base, %zu mended, %zu as before; %.*s", sum->open, sum->mended,
                            sum->known, STR_ARG(line));
    else if (sum->known > 0)
        line = arena_format(arena, "%.*s; %zu more are in the baseline", STR_ARG(line), sum->known);
    if (sum->waived > 0)
        line = arena_format(arena, "%.*s; %zu waived", STR_ARG(line), sum->waived);
    put(comment, JOIN(arena, line, STR(".\n")));
}

static void put_notes(struct comment *comment)
{
    size_t left = 0;
    for (size_t i = 0; i < comment->report->note_count; i++)
        left += !put(comment, JOIN(comment->arena, i == 0 ? STR("\n") : STR(""), STR("- note: "),
                                   escape_for_markdown(comment->arena, comment->report->notes[i]), STR("\n")));
    if (left > 0)
        put_end(comment, arena_format(comment->arena, "- and %zu notes more\n", left));
}

static void put_inputs(struct comment *comment)
{
    struct arena *arena = comment->arena;
    size_t left = 0;
    put(comment, STR("\n"));
    for (size_t i = 0; i < comment->report->count; i++) {
        const struct report_input *input = &comment->report->inputs[i];
        const struct report_facts *facts = &input->facts;
        struct str name = escape_as_code(arena, reported_input_name(input)), trouble = reported_trouble(input);
        struct str line = JOIN(arena, STR("- "), name, STR(": "), facts->form, STR(", "),
                               reported_count(arena, facts->resources, "resource"), STR(", profile "), facts->profile,
                               STR("\n"));
        if (trouble.p != NULL)
            line = JOIN(arena, STR("- "), name, STR(": **not checked**: "), escape_for_markdown(arena, trouble),
                        STR("\n"));
        left += left > 0 || !put(comment, line);
    }
    if (left > 0)
        put_end(comment, arena_format(arena, "- and %s more\n", reported_count(arena, left, "input").p));
}

static struct str row_of(struct comment *comment, const struct reported *item)
{
    struct arena *arena = comment->arena;
    const struct finding *finding = item->finding;
    struct reported_place place = reported_place(arena, comment->report, item->input, finding);
    bool shows_place = place.is_source || comment->report->count > 1;
    struct str severity = severity_name(finding->severity);
    return JOIN(arena, STR("| "), reported_fails(&comment->report->options, finding)
                                      ? JOIN(arena, STR("**"), severity, STR("**")) : severity,
                STR(" | "), escape_as_code(arena, reported_subject(arena, finding)), STR(" | "),
                escape_for_markdown(arena, finding->message), STR(" | "), escape_as_code(arena, finding->rule),
                STR(" | "), shows_place ? escape_as_code(arena, reported_place_text(arena, &place)) : STR(""),
                STR(" |\n"));
}

/* Two thirds of the room at most: what explains the rows needs some too. */
static void put_table(struct comment *comment, const struct reported *items, size_t n, size_t open)
{
    size_t shown = 0, limit = comment->limit;
    struct str head = STR("\n| severity | resource | finding | rule | where |\n|---|---|---|---|---|\n");
    comment->limit = limit / 3 * 2;
    for (size_t i = 0; i < n; i++) {
        if (!reported_is_open(items[i].finding))
            continue;
        if (!put(comment, JOIN(comment->arena, head, row_of(comment, &items[i]))))
            break;
        head = STR("");
        shown++;
    }
    comment->limit = limit;
    if (shown < open)
        put_end(comment, arena_format(comment->arena, "\nand %s more, which have no room here\n",
                                      reported_count(comment->arena, open - shown, "finding").p));
}

static struct str details_of(struct comment *comment, const struct finding *finding)
{
    struct arena *arena = comment->arena;
    const struct report_rule *rule = reported_rule(comment->report, finding->rule);
    struct str title = rule == NULL ? STR("") : rule->title, hcl = rule == NULL ? STR("") : rule->hcl;
    struct str text = JOIN(arena, STR("\n<details><summary>"), escape_for_xml(arena, finding->rule), STR(": "),
                           escape_for_xml(arena, title), STR("</summary>\n\nWhy: "),
                           escape_for_markdown(arena, finding->why), STR("\n\nFix: "),
                           escape_for_markdown(arena, finding->fix), STR("\n"));
    if (hcl.n > 0)
        text = JOIN(arena, text, STR("\n"), escape_as_fence(arena, STR("hcl"), hcl));
    if (rule != NULL && str_starts_with(rule->help_uri, STR("https://")))
        text = JOIN(arena, text, STR("\n["), escape_for_markdown(arena, finding->rule), STR("]("),
                    escape_for_xml(arena, rule->help_uri), STR(")\n"));
    return JOIN(arena, text, STR("\n</details>\n"));
}

static void put_details(struct comment *comment, const struct reported *items, size_t n)
{
    struct map seen;
    size_t left = 0;
    map_init(&seen, comment->arena);
    for (size_t i = 0; i < n; i++) {
        void **place = reported_is_open(items[i].finding) ? map_get(&seen, items[i].finding->rule) : NULL;
        if (place == NULL || *place != NULL)
            continue;
        *place = comment;
        left += !put(comment, details_of(comment, items[i].finding));
    }
    if (left > 0)
        put_end(comment, arena_format(comment->arena, "\n`tfcheck explain` tells about %s more.\n",
                                      reported_count(comment->arena, left, "rule").p));
}

/* A folded table of what is neither open nor failing, whole or not at all. */
static void put_folded(struct comment *comment, struct str title, const struct reported *items, size_t n, bool unknown)
{
    struct arena *arena = comment->arena;
    struct str text = JOIN(arena, STR("\n<details><summary>"), title, STR("</summary>\n\n| resource | rule | reason |\n"
                                                                        "|---|---|---|\n"));
    size_t rows = 0, left = 0;
    for (size_t i = 0; i < n; i++) {
        const struct finding *finding = items[i].finding;
        bool is_taken = unknown ? finding->verdict == VERDICT_UNKNOWN && finding->standing == STANDING_OPEN
                                : finding->standing == STANDING_WAIVED;
        if (is_taken && rows == MOST_UNKNOWN_ROWS)
            left++;
        if (!is_taken || rows == MOST_UNKNOWN_ROWS)
            continue;
        rows++;
        text = JOIN(arena, text, STR("| "), escape_as_code(arena, reported_subject(arena, finding)), STR(" | "),
                    escape_as_code(arena, finding->rule), STR(" | "),
                    escape_for_markdown(arena, unknown ? finding->reason : finding->excuse), STR(" |\n"));
    }
    if (left > 0)
        text = JOIN(arena, text, arena_format(arena, "\nand %zu more\n", left));
    if (rows > 0)
        put(comment, JOIN(arena, text, STR("\n</details>\n")));
}

static void put_mended(struct comment *comment, size_t count)
{
    struct arena *arena = comment->arena;
    struct str text = arena_format(arena, "\n<details><summary>Mended: %zu</summary>\n\n| resource | rule |\n"
                                          "|---|---|\n", count);
    size_t rows = 0;
    for (size_t i = 0; i < comment->report->count; i++) {
        const struct findings *mended = &comment->report->inputs[i].mended;
        for (size_t f = 0; f < mended->count && rows < MOST_UNKNOWN_ROWS; f++, rows++)
            text = JOIN(arena, text, STR("| "), escape_as_code(arena, reported_subject(arena, &mended->items[f])),
                        STR(" | "), escape_as_code(arena, mended->items[f].rule), STR(" |\n"));
    }
    if (count > rows)
        text = JOIN(arena, text, arena_format(arena, "\nand %zu more\n", count - rows));
    if (rows > 0)
        put(comment, JOIN(arena, text, STR("\n</details>\n")));
}

bool report_write_markdown(struct arena *arena, const struct report *report, report_sink *sink, void *context)
{
    struct comment comment = { .arena = arena, .report = report, .sink = sink, .context = context };
    size_t n;
    const struct reported *items = reported_list(arena, report, &n);
    struct sum sum = sum_of(report, items, n);
    comment.limit = report->options.max_bytes == 0 ? SIZE_MAX / 2 : report->options.max_bytes;
    put_verdict(&comment, &sum);
    put_inputs(&comment);
    put_notes(&comment);
    put_table(&comment, items, n, sum.open);
    put_mended(&comment, sum.mended);
    put_details(&comment, items, n);
    put_folded(&comment, arena_format(arena, "Not decidable before apply: %zu", sum.unknowns), items, n, true);
    if (report->options.shows_waived)
        put_folded(&comment, arena_format(arena, "Waived: %zu", sum.waived), items, n, false);
    return !comment.has_failed;
}
