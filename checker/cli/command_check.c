#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/document.h"
#include "cli/options.h"
#include "cli/outputs.h"
#include "plan/input.h"
#include "plan/plan.h"
#include "source/source.h"
#include "source/watch.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fill_facts(struct report_facts *facts, const struct run *run, const struct plan *plan,
                       const struct findings *findings)
{
    facts->form = plan->form == PLAN_FORM_STATE           ? STR("state")
                  : plan->form == PLAN_FORM_CONFIGURATION ? STR("configuration")
                                                          : STR("plan");
    facts->format_version = plan->format_version;
    facts->terraform_version = plan->terraform_version;
    facts->profile = profile_name(run_profile(run));
    facts->profile_origin = run_profile_origin(run);
    facts->is_errored = plan->is_errored;
    facts->is_incomplete = plan->is_incomplete;
    facts->resources = plan->change_count;
    facts->rules = run_count_rules(run);
    facts->passed = run_sum(run).passed;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->standing == STANDING_WAIVED)
            facts->waived++;
        else if (finding->standing == STANDING_KNOWN)
            facts->known++;
        else if (finding->verdict == VERDICT_FAIL)
            facts->by_severity[finding->severity]++;
        else
            facts->unknowns++;
    }
}

/* Unknowns are dropped, kept or turned into failures, as the user wants it. */
static void apply_unknown_policy(struct findings *findings, enum unknown_policy policy)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        struct finding finding = findings->items[i];
        if (finding.verdict == VERDICT_UNKNOWN && policy == UNKNOWN_IGNORE)
            continue;
        if (policy == UNKNOWN_FAIL)
            finding.verdict = VERDICT_FAIL;
        findings->items[kept++] = finding;
    }
    findings->count = kept;
    if (policy == UNKNOWN_FAIL)
        findings_sort(findings);
}

/* A plan that failed halfway was not checked as a whole, whatever was found in it. */
static enum exit_code judge(const struct options *options, const struct report_facts *facts)
{
    if (facts->is_errored)
        return EXIT_COULD_NOT_CHECK;
    for (int i = 0; !options->fails_never && i <= (int)options->fail_on; i++)
        if (facts->by_severity[i] > 0)
            return EXIT_FINDINGS;
    return EXIT_CLEAN;
}

static void print_stats(const struct report_facts *facts, double seconds)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    fprintf(stderr, "tfcheck: %zu bytes, %zu resources, %zu rules, %.1f ms, peak memory %ld KiB\n", facts->bytes,
            facts->resources, facts->rules, seconds * 1e3, usage.ru_maxrss);
}

/* Messages go into the report of Atlantis, which takes anything else for part of it. */
static bool is_for_atlantis(const struct session *session)
{
    return str_equal(session->options->format, STR("atlantis"));
}

/* The configuration that was named, else that of the current directory; NULL when that has none. False and error filled
 * when one was named that cannot be read. */
static bool open_configuration(struct session *session, const struct source **configuration, struct error *error)
{
    struct document nameless = { 0 };
    struct error ignored = { 0 };
    struct str named = session->options->source;
    size_t complaints;
    bool is_named = named.p != NULL;
    *configuration = source_open(session->arena, is_named ? named : STR("."), is_named ? error : &ignored);
    if (!is_named || *configuration == NULL)
        return !is_named;
    struct str complaint = source_complaint(*configuration, session->arena, &complaints);
    if (complaints > 0)
        document_note(&nameless, arena_format(session->arena, "%.*s%s", STR_ARG(complaint),
                                              complaints > 1 ? "; it is not all that cannot be read" : ""));
    return true;
}

/* What is checked, and what the check needs. */
struct check {
    struct session *session;
    const struct rules *rules;
    const struct source *configuration; /* NULL = none is at hand */
    struct outputs *outputs;
};

static enum exit_code refuse_input(struct outputs *outputs, struct str file, const struct error *error)
{
    outputs_add_trouble(outputs, file, error);
    return is_for_atlantis(outputs->session) ? EXIT_COULD_NOT_CHECK : session_complain(error);
}

static enum exit_code check_document(const struct check *check, struct document *document)
{
    struct session *session = check->session;
    const struct options *options = session->options;
    double start = now();
    struct arena *arena = arena_open(session->memory), *scratch = arena_open(session->memory);
    struct error error = { 0 };
    struct plan plan = { .arena = arena };
    struct findings findings = { .arena = arena };
    struct run *run = run_open(arena, scratch, check->rules, &options->run, &plan);
    struct source_watch watch = { .source = check->configuration, .events = run_events(), .context = run };
    bool is_watched = check->configuration != NULL;
    struct plan_reader *reader = plan_open(&plan, scratch, is_watched ? source_watch_events() : run_events(),
                                           is_watched ? (void *)&watch : run, document->name, &error);
    struct input input = { .read = document_read, .note = document_note, .context = document, .name = document->name };
    enum exit_code code;
    if (input_read(arena, &input, reader, &error)) {
        struct report_facts facts = { .version = STR(TFCHECK_VERSION), .file = document->name, .bytes = input.bytes };
        run_finish(run, &findings);
        apply_unknown_policy(&findings, options->unknown);
        if (is_watched && (options->source.p != NULL || source_watch_matches(&watch)))
            source_place_findings(check->configuration, &findings);
        outputs_settle(check->outputs, document->name, &findings);
        fill_facts(&facts, run, &plan, &findings);
        double seconds = now() - start;
        facts.seconds = isatty(STDOUT_FILENO) ? seconds : -1; /* what goes to a file is the same every time */
        outputs_add(check->outputs, &facts, run, &findings);
        code = judge(options, &facts);
        if (options->stats)
            print_stats(&facts, seconds);
    } else {
        error.file = document->name;
        code = refuse_input(check->outputs, document->name, &error);
    }
    arena_close(scratch);
    arena_close(arena);
    return code;
}

static enum exit_code check_file(const struct check *check, struct str path)
{
    struct document document;
    struct error error = { 0 };
    if (!document_open(&document, path, &error))
        return refuse_input(check->outputs, path, &error);
    enum exit_code code = check_document(check, &document);
    document_close(&document);
    return code;
}

enum exit_code command_check_refuse(struct session *session, const struct error *error)
{
    struct rules none;
    struct outputs outputs;
    if (!is_for_atlantis(session))
        return session_complain(error);
    struct options plain = *session->options;
    struct session other = { .memory = session->memory, .arena = session->arena, .options = &plain };
    struct error ignored = { 0 };
    plain.baseline = plain.write_baseline = (struct str){ NULL, 0 };
    plain.outputs.count = 0;
    rules_init(&none, session->arena);
    outputs_open(&outputs, &other, &none, &ignored);
    outputs_add_trouble(&outputs, error->file, error);
    outputs_close(&outputs);
    return EXIT_CLEAN;
}

/* Check the base of a review, then the files. */
static enum exit_code check_files(struct check *check, const struct texts *files)
{
    const struct options *options = check->session->options;
    enum exit_code worst = EXIT_CLEAN;
    if (options->base.p != NULL) {
        check->outputs->is_base = true;
        worst = check_file(check, options->base) == EXIT_COULD_NOT_CHECK ? EXIT_COULD_NOT_CHECK : EXIT_CLEAN;
        check->outputs->is_base = false;
    }
    for (size_t i = 0; i < files->count; i++) {
        enum exit_code code = check_file(check, files->items[i]);
        worst = code > worst ? code : worst;
    }
    if (!outputs_close(check->outputs))
        worst = EXIT_COULD_NOT_CHECK;
    return options->write_baseline.p != NULL && worst == EXIT_FINDINGS ? EXIT_CLEAN : worst;
}

enum exit_code command_check(struct session *session)
{
    static struct str standard_input = STR_INIT("-");
    struct error error = { 0 };
    struct rules rules;
    struct outputs outputs;
    struct check check = { .session = session, .rules = &rules, .outputs = &outputs };
    struct texts files = session->options->arguments;
    if (files.count == 0)
        files = (struct texts){ .items = &standard_input, .count = 1 };
    if (!session_load_rules(session, &rules, &error) || !open_configuration(session, &check.configuration, &error))
        return command_check_refuse(session, &error);
    if (!outputs_open(&outputs, session, &rules, &error))
        return command_check_refuse(session, &error);
    enum exit_code code = check_files(&check, &files);
    return is_for_atlantis(session) ? EXIT_CLEAN : code; /* Atlantis drops what a failing command says */
}
