#include "cli/outputs.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "cli/command.h"
#include "cli/config.h"
#include "cli/options.h"
#include "cli/whole_file.h"
#include "rules/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The longest job summary that GitHub takes is 1 MiB. */
enum { LONGEST_SUMMARY = 1000000 };

/* The folder from the working directory upward that holds .git is the repository. */
static void find_root(struct arena *arena, struct report_options *options)
{
    char *here = getcwd(NULL, 0);
    options->folder = STR("");
    if (here == NULL)
        return;
    struct str path = arena_copy(arena, str_from(here));
    free(here);
    options->root = str_equal(path, STR("/")) ? path : arena_format(arena, "%s/", path.p);
    for (size_t n = path.n; n > 0; n--) {
        if (n < path.n && path.p[n] != '/')
            continue;
        if (access(arena_format(arena, "%.*s/.git", (int)n, path.p).p, F_OK) != 0)
            continue;
        options->root = arena_format(arena, "%.*s/", (int)n, path.p);
        options->folder = n == path.n ? STR("") : arena_format(arena, "%s/", path.p + n + 1);
        return;
    }
}

/* The address of a rule's page: {rule} stands for its id. */
static struct str help_uri(struct arena *arena, struct str pattern, struct str rule)
{
    ptrdiff_t place = str_find(pattern, STR("{rule}"));
    if (place < 0)
        return (struct str){ NULL, 0 };
    struct str parts[] = { str_part(pattern, 0, (size_t)place), rule,
                           str_from_offset(pattern, (size_t)place + sizeof "{rule}" - 1) };
    return arena_join(arena, parts, 3);
}

static struct report_rule rule_of(const struct rule *rule)
{
    return (struct report_rule){ .id = rule->id, .pack = rule->pack, .title = rule->title, .why = rule->why,
                                 .fix = rule->fix, .hcl = rule->example.hcl, .severity = rule->severity,
                                 .also = rule->also.items, .also_count = rule->also.count };
}

bool outputs_open(struct outputs *outputs, struct session *session, const struct rules *rules, struct error *error)
{
    const struct options *options = session->options;
    *outputs = (struct outputs){ .session = session };
    struct report *report = &outputs->report;
    struct report_rule *items = arena_get(session->arena, (rules->count + 1) * sizeof *items);
    for (size_t i = 0; i < rules->count; i++) {
        items[i] = rule_of(rules->items[i]);
        items[i].help_uri = help_uri(session->arena, options->help_uri, items[i].id);
    }
    report->rules = items;
    report->rule_count = rules->count;
    report->options.unknowns = options->unknown == UNKNOWN_IGNORE ? UNKNOWNS_IGNORE : UNKNOWNS_SUMMARY;
    report->options.fails_never = options->fails_never;
    report->options.fail_on = options->fail_on;
    report->options.shows_waived = options->shows_waived;
    report->options.max_bytes = options->max_bytes;
    find_root(session->arena, &report->options);
    outputs->today = config_today(session->arena);
    return options->baseline.p == NULL ||
           outputs_read_baseline(session->arena, options->baseline, &outputs->baseline, error);
}

void outputs_settle(struct outputs *outputs, struct str input, struct findings *findings)
{
    struct baseline base = baseline_of(outputs->session->arena, &outputs->base);
    waivers_apply(&outputs->session->waivers, findings, input, outputs->today);
    if (outputs->is_base)
        return;
    baseline_apply(&outputs->baseline, findings);
    baseline_apply(&base, findings);
}

static struct str keep(struct arena *arena, struct str text)
{
    return text.p == NULL ? text : arena_copy(arena, text);
}

static void add_input(struct outputs *outputs, struct report_input input)
{
    struct report *report = &outputs->report;
    report->inputs = vec_grow(outputs->session->arena, report->inputs, report->count, &outputs->capacity, sizeof input);
    report->inputs[report->count++] = input;
}

bool outputs_want_graph(const struct outputs *outputs)
{
    const struct options *options = outputs->session->options;
    bool is_wanted = str_equal(options->format, STR("html"));
    for (size_t i = 0; i < options->outputs.count; i++)
        is_wanted |= str_starts_with(options->outputs.items[i], STR("html="));
    return is_wanted && !outputs->is_base;
}

static struct report_graph keep_graph(struct arena *arena, const struct report_graph *graph)
{
    struct report_node *nodes = arena_get(arena, (graph->count + 1) * sizeof *nodes);
    for (size_t i = 0; i < graph->count; i++) {
        nodes[i] = graph->nodes[i];
        nodes[i].address = keep(arena, nodes[i].address);
        nodes[i].open = keep(arena, nodes[i].open);
        size_t *refers = arena_get(arena, (nodes[i].count + 1) * sizeof *refers);
        if (nodes[i].count > 0)
            memcpy(refers, nodes[i].refers, nodes[i].count * sizeof *refers);
        nodes[i].refers = refers;
    }
    return (struct report_graph){ nodes, graph->count };
}

void outputs_add(struct outputs *outputs, const struct report_facts *facts, const struct run *run,
                 const struct findings *findings, const struct report_graph *graph)
{
    struct arena *arena = outputs->session->arena;
    struct report_input input = { .facts = *facts };
    if (outputs->is_base) {
        outputs->base = findings_copy(arena, findings);
        outputs->base_name = facts->file.p == NULL ? STR("standard input") : facts->file;
        return;
    }
    input.facts.format_version = keep(arena, facts->format_version);
    input.facts.terraform_version = keep(arena, facts->terraform_version);
    input.facts.profile_origin = keep(arena, facts->profile_origin);
    input.findings = findings_copy(arena, findings);
    input.graph = keep_graph(arena, graph);
    input.base = outputs->base_name;
    input.mended = baseline_mended(arena, &outputs->base, findings);
    struct report_tally *tallies = arena_get(arena, (outputs->report.rule_count + 1) * sizeof *tallies);
    for (size_t i = 0; i < outputs->report.rule_count; i++) {
        struct run_tally tally;
        if (run_tally_of(run, i, &tally))
            tallies[i] = (struct report_tally){ true, tally.passed, tally.failed, tally.unknown };
    }
    input.tallies = tallies;
    add_input(outputs, input);
}

void outputs_add_trouble(struct outputs *outputs, struct str file, const struct error *error)
{
    struct arena *arena = outputs->session->arena;
    struct report_input input = { .facts = { .version = STR(TFCHECK_VERSION), .file = file, .seconds = -1 } };
    struct str text = str_from(error->text);
    input.facts.trouble = error->line == 0 ? arena_copy(arena, text)
                                           : arena_format(arena, "line %zu, column %zu: %.*s", error->line,
                                                          error->column, STR_ARG(text));
    add_input(outputs, input);
}

static bool write_file(struct outputs *outputs, struct str output, struct error *error)
{
    struct arena *arena = outputs->session->arena;
    ptrdiff_t sign = str_find_byte(output, '=');
    struct whole_file file;
    if (!whole_file_open(&file, arena, str_from_offset(output, (size_t)sign + 1), error))
        return false;
    bool is_written = report_find(str_part(output, 0, (size_t)sign))->write(arena, &outputs->report, whole_file_write,
                                                                            &file);
    return whole_file_close(&file, is_written, error);
}

static bool append(void *context, struct str text)
{
    return fwrite(text.p, 1, text.n, context) == text.n;
}

/* The job summary is shown by GitHub below the job's log. */
static bool write_summary(struct outputs *outputs, struct error *error)
{
    const char *path = getenv("GITHUB_STEP_SUMMARY");
    if (path == NULL || path[0] == '\0')
        return true;
    struct report report = outputs->report;
    if (report.options.max_bytes == 0 || report.options.max_bytes > LONGEST_SUMMARY)
        report.options.max_bytes = LONGEST_SUMMARY;
    FILE *file = fopen(path, "ab");
    if (file == NULL)
        return error_set_at(error, ERROR_SYSTEM, str_from(path), 0, 0, "%s", strerror(errno));
    bool is_written = report_find(STR("markdown"))->write(outputs->session->arena, &report, append, file);
    if (fclose(file) == 0 && is_written)
        return true;
    return error_set_at(error, ERROR_SYSTEM, str_from(path), 0, 0, "could not be written");
}

static bool write_print(struct outputs *outputs)
{
    struct session *session = outputs->session;
    struct report report = outputs->report;
    report.options.color = session_has_color(session);
    report.options.width = session_width();
    return report_find(session->options->format)->write(session->arena, &report, session_print, NULL);
}

/* Whoever reads a report of Atlantis or a comment finds the notes in it; all others on standard error. */
static void print_notes(const struct outputs *outputs)
{
    for (size_t i = 0; i < outputs->report.note_count; i++) {
        fputs("tfcheck: note: ", stderr);
        session_put_escaped(stderr, outputs->report.notes[i]);
        fputc('\n', stderr);
    }
}

bool outputs_close(struct outputs *outputs)
{
    const struct options *options = outputs->session->options;
    bool is_good = true, is_for_github = str_equal(options->format, STR("github"));
    outputs_note_waivers(outputs);
    if (!str_equal(options->format, STR("atlantis")))
        print_notes(outputs);
    for (size_t i = 0; i < options->outputs.count; i++) {
        struct error error = { 0 };
        is_for_github |= str_starts_with(options->outputs.items[i], STR("github="));
        if (!write_file(outputs, options->outputs.items[i], &error))
            is_good = session_complain(&error) == EXIT_CLEAN;
    }
    struct error error = { 0 };
    if (options->write_baseline.p != NULL && !outputs_write_baseline(outputs, options->write_baseline, &error))
        is_good = session_complain(&error) == EXIT_CLEAN;
    error = (struct error){ 0 };
    if (is_for_github && !write_summary(outputs, &error))
        is_good = session_complain(&error) == EXIT_CLEAN;
    return write_print(outputs) && is_good;
}
