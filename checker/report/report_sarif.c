/* SARIF 2.1.0 (OASIS), with what "SARIF support for code scanning" of the GitHub documentation asks for. */
#include "base/arena.h"
#include "base/map.h"
#include "json/json_write.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/member.h"
#include "report/reported.h"

#include <inttypes.h>

/* Limits of GitHub code scanning: runs of a file, results of a run, characters of a description. */
enum { MOST_RUNS = 20, MOST_RESULTS = 25000, LONGEST_DESCRIPTION = 1000 };

struct run_part {
    struct arena *arena;
    const struct report *report;
    struct json_writer *writer;
    const struct report_input *first, *end; /* inputs of the run */
    const struct reported *items;
    size_t count;
    struct map rules; /* id -> struct rule_row */
};

struct rule_row {
    size_t index;
};

static const struct str no_text = STR_INIT("(no text)");
static const struct str trouble_rule = STR_INIT("input-not-checked");

/* A message object. Its text must not be empty. */
static void write_message(struct run_part *run, const char *key, struct str text)
{
    member_open_object(run->writer, key);
    member_text(run->writer, "text", text.n == 0 ? no_text : text);
    json_write_close_object(run->writer);
}

/* The beginning of text that fits into a description. */
static struct str shorten(struct str text)
{
    if (text.n <= LONGEST_DESCRIPTION)
        return text;
    size_t n = LONGEST_DESCRIPTION;
    while (n > 0 && ((unsigned char)text.p[n] & 0xc0) == 0x80)
        n--;
    return str_part(text, 0, n);
}

static struct str level_of(enum severity severity)
{
    return severity <= SEVERITY_HIGH ? STR("error") : severity == SEVERITY_MEDIUM ? STR("warning") : STR("note");
}

/* GitHub's ranges: above 9.0 critical, from 7.0 high, from 4.0 medium, above 0 low. */
static struct str security_severity(enum severity severity)
{
    static const struct str scores[SEVERITY_COUNT] = {
        [SEVERITY_ERROR] = STR_INIT("9.5"), [SEVERITY_HIGH] = STR_INIT("8.0"), [SEVERITY_MEDIUM] = STR_INIT("5.5"),
        [SEVERITY_LOW] = STR_INIT("3.0"),   [SEVERITY_INFO] = STR_INIT("1.0"),
    };
    return scores[severity];
}

static struct str help_markdown(struct arena *arena, const struct report_rule *rule)
{
    struct str parts[] = { escape_for_markdown(arena, str_trim(rule->why)), STR("\n\n**Fix:** "),
                           escape_for_markdown(arena, str_trim(rule->fix)) };
    struct str text = arena_join(arena, parts, 3);
    if (rule->hcl.n > 0)
        text = arena_join(arena, (struct str[]){ text, STR("\n\n"), escape_as_fence(arena, STR("hcl"), rule->hcl) }, 3);
    for (size_t i = 0; i < rule->also_count; i++) {
        struct str more[] = { text, i == 0 ? STR("\n\nThe same check elsewhere: ") : STR(", "),
                              escape_as_code(arena, rule->also[i]) };
        text = arena_join(arena, more, 3);
    }
    return text;
}

/* The rule that stands for inputs which no rule could look at. */
static const struct report_rule trouble = {
    .title = STR_INIT("The input could be checked"),
    .why = STR_INIT("What could not be checked has not passed: nothing is known of it."),
    .fix = STR_INIT("Give tfcheck the output of terraform show -json of a plan that was made as a whole."),
    .severity = SEVERITY_ERROR,
};

static void write_help(struct run_part *run, const struct report_rule *rule)
{
    struct arena *arena = run->arena;
    struct str why = str_trim(rule->why), fix = str_trim(rule->fix);
    write_message(run, "shortDescription", shorten(escape_for_terminal(arena, rule->title)));
    write_message(run, "fullDescription", shorten(escape_for_terminal(arena, why)));
    member_open_object(run->writer, "help");
    member_text(run->writer, "text", arena_format(arena, "%.*s\n\nFix: %.*s", STR_ARG(why), STR_ARG(fix)));
    member_text(run->writer, "markdown", help_markdown(arena, rule));
    json_write_close_object(run->writer);
    member_text_if_any(run->writer, "helpUri", rule->help_uri);
}

/* Ids of scanners for security: a check that they have too is one of security. */
static bool is_security(const struct report_rule *rule)
{
    for (size_t i = 0; i < rule->also_count; i++)
        if (str_starts_with(rule->also[i], STR("CKV")) || str_starts_with(rule->also[i], STR("AVD-")) ||
            str_starts_with(rule->also[i], STR("AWS-")))
            return true;
    return false;
}

/* rule is NULL when the report does not know it. */
static void write_rule(struct run_part *run, struct str id, const struct report_rule *rule)
{
    enum severity severity = rule == NULL ? SEVERITY_ERROR : rule->severity;
    json_write_open_object(run->writer);
    member_text(run->writer, "id", id);
    if (rule != NULL)
        write_help(run, rule);
    member_open_object(run->writer, "defaultConfiguration");
    member_text(run->writer, "level", level_of(severity));
    json_write_close_object(run->writer);
    member_open_object(run->writer, "properties");
    member_text(run->writer, "security-severity", security_severity(severity));
    member_text(run->writer, "problem.severity", severity == SEVERITY_LOW || severity == SEVERITY_INFO
                                                     ? STR("recommendation") : level_of(severity));
    member_text(run->writer, "precision", STR("high"));
    struct str tags[] = { STR("terraform"), STR("security") };
    member_texts(run->writer, "tags", tags, rule != NULL && is_security(rule) ? 2 : 1);
    json_write_close_object(run->writer);
    json_write_close_object(run->writer);
}

static size_t index_of(struct run_part *run, struct str id, bool *is_new)
{
    struct rule_row **row = (struct rule_row **)map_get(&run->rules, id);
    *is_new = *row == NULL;
    if (*is_new) {
        *row = arena_get(run->arena, sizeof **row);
        (*row)->index = run->rules.count - 1;
    }
    return (*row)->index;
}

static bool is_in(const struct run_part *run, const struct reported *item)
{
    return item->input >= run->first && item->input < run->end;
}

static bool is_result(const struct finding *finding)
{
    return finding->verdict == VERDICT_FAIL;
}

/* Only rules that have something to say. */
static void write_rules(struct run_part *run)
{
    bool is_new;
    member_open_array(run->writer, "rules");
    for (const struct report_input *input = run->first; input < run->end; input++)
        if (reported_trouble(input).p != NULL && index_of(run, trouble_rule, &is_new) == 0 && is_new)
            write_rule(run, trouble_rule, &trouble);
    for (size_t i = 0; i < run->count; i++) {
        const struct reported *item = &run->items[i];
        if (!is_in(run, item) || !is_result(item->finding))
            continue;
        index_of(run, item->finding->rule, &is_new);
        if (is_new)
            write_rule(run, item->finding->rule, reported_rule(run->report, item->finding->rule));
    }
    json_write_close_array(run->writer);
}

static void write_locations(struct run_part *run, const struct report_input *input, const struct finding *finding)
{
    struct json_writer *writer = run->writer;
    struct reported_place place = reported_place(run->arena, run->report, input, finding);
    member_open_array(writer, "locations");
    json_write_open_object(writer);
    member_open_object(writer, "physicalLocation");
    member_open_object(writer, "artifactLocation");
    bool is_absolute = place.path.p[0] == '/';
    struct str uri = escape_for_uri(run->arena, place.path);
    member_text(writer, "uri", is_absolute ? arena_join(run->arena, (struct str[]){ STR("file://"), uri }, 2) : uri);
    if (!is_absolute)
        member_text(writer, "uriBaseId", STR("%SRCROOT%"));
    json_write_close_object(writer);
    member_open_object(writer, "region");
    member_count(writer, "startLine", place.line);
    if (place.column > 0)
        member_count(writer, "startColumn", place.column);
    if (place.end_line > place.line)
        member_count(writer, "endLine", place.end_line);
    json_write_close_object(writer);
    json_write_close_object(writer);
    struct str name = finding == NULL ? (struct str){ NULL, 0 }
                      : finding->construct.n > 0 ? finding->construct : finding->address;
    if (name.n > 0) {
        member_open_array(writer, "logicalLocations");
        json_write_open_object(writer);
        member_text(writer, "fullyQualifiedName", escape_for_terminal(run->arena, name));
        member_text(writer, "kind", STR("resource"));
        json_write_close_object(writer);
        json_write_close_array(writer);
    }
    json_write_close_object(writer);
    json_write_close_array(writer);
}

static struct str message_text(struct arena *arena, const struct finding *finding)
{
    struct str subject = escape_for_terminal(arena, reported_subject(arena, finding));
    struct str message = escape_for_terminal(arena, finding->message);
    struct str fix = escape_for_terminal(arena, finding->fix);
    struct str text = arena_format(arena, "%.*s: %.*s", STR_ARG(subject), STR_ARG(message));
    return fix.n == 0 ? text : arena_format(arena, "%.*s\nFix: %.*s", STR_ARG(text), STR_ARG(fix));
}

static void write_standing(struct run_part *run, const struct finding *finding)
{
    if (finding->standing == STANDING_KNOWN)
        member_text(run->writer, "baselineState", STR("unchanged"));
    if (finding->standing != STANDING_WAIVED)
        return;
    member_open_array(run->writer, "suppressions");
    json_write_open_object(run->writer);
    member_text(run->writer, "kind", STR("external"));
    member_text(run->writer, "status", STR("accepted"));
    member_text_if_any(run->writer, "justification", escape_for_terminal(run->arena, finding->excuse));
    json_write_close_object(run->writer);
    json_write_close_array(run->writer);
}

static void write_result(struct run_part *run, const struct reported *item)
{
    const struct finding *finding = item->finding;
    struct json_writer *writer = run->writer;
    bool is_new;
    json_write_open_object(writer);
    member_text(writer, "ruleId", finding->rule);
    member_count(writer, "ruleIndex", index_of(run, finding->rule, &is_new));
    member_text(writer, "kind", STR("fail"));
    member_text(writer, "level", level_of(finding->severity));
    write_message(run, "message", message_text(run->arena, finding));
    write_locations(run, item->input, finding);
    member_open_object(writer, "partialFingerprints");
    member_text(writer, "primaryLocationLineHash",
                arena_format(run->arena, "%016" PRIx64 ":%zu", item->fingerprint, item->ordinal));
    json_write_close_object(writer);
    write_standing(run, finding);
    json_write_close_object(writer);
}

static void write_trouble(struct run_part *run, const struct report_input *input)
{
    bool is_new;
    struct str name = escape_for_terminal(run->arena, reported_input_name(input));
    struct str why = escape_for_terminal(run->arena, reported_trouble(input));
    json_write_open_object(run->writer);
    member_text(run->writer, "ruleId", trouble_rule);
    member_count(run->writer, "ruleIndex", index_of(run, trouble_rule, &is_new));
    member_text(run->writer, "level", STR("error"));
    write_message(run, "message", arena_format(run->arena, "%.*s: %.*s", STR_ARG(name), STR_ARG(why)));
    write_locations(run, input, NULL);
    member_open_object(run->writer, "partialFingerprints");
    uint64_t print = str_hash_more(str_hash(trouble_rule), input->facts.file);
    member_text(run->writer, "primaryLocationLineHash", arena_format(run->arena, "%016" PRIx64 ":1", print));
    json_write_close_object(run->writer);
    json_write_close_object(run->writer);
}

/* Returns how many results had no room. */
static size_t write_results(struct run_part *run)
{
    size_t written = 0, left = 0;
    member_open_array(run->writer, "results");
    for (const struct report_input *input = run->first; input < run->end; input++) {
        if (reported_trouble(input).p == NULL)
            continue;
        write_trouble(run, input);
        written++;
    }
    for (size_t i = 0; i < run->count; i++) {
        if (!is_in(run, &run->items[i]) || !is_result(run->items[i].finding))
            continue;
        if (written < MOST_RESULTS)
            write_result(run, &run->items[i]);
        written < MOST_RESULTS ? written++ : left++;
    }
    json_write_close_array(run->writer);
    return left;
}

static void write_notification(struct run_part *run, struct str level, struct str text)
{
    json_write_open_object(run->writer);
    member_text(run->writer, "level", level);
    write_message(run, "message", text);
    json_write_close_object(run->writer);
}

/* What could not be decided is no result: it would be shown as an alert. */
static void write_invocation(struct run_part *run, size_t left)
{
    bool is_whole = true;
    for (const struct report_input *input = run->first; input < run->end; input++)
        is_whole &= reported_trouble(input).p == NULL;
    member_open_array(run->writer, "invocations");
    json_write_open_object(run->writer);
    json_write_key(run->writer, "executionSuccessful");
    json_write_bool(run->writer, is_whole);
    member_open_array(run->writer, "toolExecutionNotifications");
    if (left > 0)
        write_notification(run, STR("warning"), arena_format(run->arena, "%zu results more had no room", left));
    for (size_t i = 0; i < run->count; i++) {
        const struct finding *finding = run->items[i].finding;
        if (!is_in(run, &run->items[i]) || finding->verdict != VERDICT_UNKNOWN)
            continue;
        struct str subject = escape_for_terminal(run->arena, reported_subject(run->arena, finding));
        struct str reason = escape_for_terminal(run->arena, finding->reason);
        write_notification(run, STR("note"), arena_format(run->arena, "%.*s: %.*s could not be decided: %.*s",
                                                          STR_ARG(subject), STR_ARG(finding->rule), STR_ARG(reason)));
    }
    json_write_close_array(run->writer);
    json_write_close_object(run->writer);
    json_write_close_array(run->writer);
}

static void write_run(struct run_part *run)
{
    struct json_writer *writer = run->writer;
    map_init(&run->rules, run->arena);
    json_write_open_object(writer);
    member_open_object(writer, "tool");
    member_open_object(writer, "driver");
    member_text(writer, "name", STR("tfcheck"));
    member_text(writer, "semanticVersion", run->first->facts.version);
    write_rules(run);
    json_write_close_object(writer);
    json_write_close_object(writer);
    member_open_object(writer, "automationDetails");
    struct str id = escape_for_uri(run->arena, reported_place(run->arena, run->report, run->first, NULL).path);
    member_text(writer, "id", run->report->count == 1 ? STR("tfcheck/")
                                                      : arena_format(run->arena, "tfcheck/%.*s/", STR_ARG(id)));
    json_write_close_object(writer);
    member_text(writer, "columnKind", STR("unicodeCodePoints"));
    size_t left = write_results(run);
    write_invocation(run, left);
    json_write_close_object(writer);
}

bool report_write_sarif(struct arena *arena, const struct report *report, report_sink *sink, void *context)
{
    struct run_part run = { .arena = arena, .report = report };
    run.items = reported_list(arena, report, &run.count);
    struct json_writer *writer = run.writer = json_write_open(arena, sink, context, 2);
    json_write_open_object(writer);
    member_text(writer, "$schema", STR("https://json.schemastore.org/sarif-2.1.0.json"));
    member_text(writer, "version", STR("2.1.0"));
    member_open_array(writer, "runs");
    for (size_t i = 0; i < report->count && i < MOST_RUNS; i++) {
        run.first = &report->inputs[i];
        run.end = i + 1 == MOST_RUNS ? report->inputs + report->count : run.first + 1;
        write_run(&run);
    }
    json_write_close_array(writer);
    json_write_close_object(writer);
    return json_write_close(writer);
}
