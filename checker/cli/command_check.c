#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/command.h"
#include "cli/directory.h"
#include "cli/document.h"
#include "cli/ignores.h"
#include "cli/graph.h"
#include "cli/moves.h"
#include "cli/options.h"
#include "cli/outputs.h"
#include "cli/progress.h"
#include "plan/input.h"
#include "plan/plan.h"
#include "rules/arguments.h"
#include "source/configure.h"
#include "source/learn.h"
#include "source/source.h"
#include "source/watch.h"

#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void fill_facts(struct report_facts *facts, const struct run *run, const struct plan *plan,
                       const struct findings *findings)
{
    facts->form = plan->form == PLAN_FORM_STATE           ? STR("state")
                  : plan->form == PLAN_FORM_CONFIGURATION ? STR("configuration")
                  : plan->is_log                          ? STR("plan log")
                  : plan->is_text                         ? STR("plan text")
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

/* A plan that failed halfway, or came without its values, was not checked as a whole, whatever was found in it. */
static enum exit_code judge(const struct options *options, const struct plan *plan, const struct report_facts *facts)
{
    if (facts->is_errored || plan->is_log)
        return EXIT_COULD_NOT_CHECK;
    for (int i = 0; !options->fails_never && i <= (int)options->fail_on; i++)
        if (facts->by_severity[i] > 0)
            return EXIT_FINDINGS;
    return EXIT_CLEAN;
}

static void print_stats(const struct run *run, const struct report_facts *facts, double seconds)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    fprintf(stderr, "tfcheck: %zu bytes, %zu resources, %zu rules, %.1f ms, peak memory %ld KiB\n", facts->bytes,
            facts->resources, facts->rules, seconds * 1e3, usage.ru_maxrss);
    const struct texts *types = NULL;
    const struct arguments *arguments = run_arguments(run);
    size_t count = arguments == NULL ? 0 : arguments_unknown(arguments, &types);
    if (count == 0)
        return;
    fprintf(stderr, "tfcheck: %zu resources have no schema and were checked by rules only:", count);
    for (size_t i = 0; i < types->count; i++) {
        fputc(' ', stderr);
        session_put_escaped(stderr, types->items[i]);
    }
    fputc('\n', stderr);
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
    bool is_named;                      /* by --source: it counts whatever the plan has */
    struct outputs *outputs;
    double start; /* of the run */
};

/* A document that is read while its progress is shown. */
struct reading {
    struct document *document;
    struct progress progress;
};

static ptrdiff_t read_some(void *context, char *buffer, size_t n)
{
    struct reading *reading = context;
    ptrdiff_t got = document_read(reading->document, buffer, n);
    progress_step(&reading->progress, got > 0 ? (size_t)got : 0);
    return got;
}

static void print_note(void *context, struct str sentence)
{
    struct reading *reading = context;
    progress_clear(&reading->progress);
    document_note(reading->document, sentence);
}

static void open_reading(struct reading *reading, struct document *document, double start)
{
    struct stat status;
    bool is_file = fstat(fileno(document->file), &status) == 0 && S_ISREG(status.st_mode);
    reading->document = document;
    progress_open(&reading->progress, document->name, is_file ? (size_t)status.st_size : 0, start);
}

static enum exit_code refuse_input(struct outputs *outputs, struct str file, const struct error *error)
{
    outputs_add_trouble(outputs, file, error);
    return is_for_atlantis(outputs->session) ? EXIT_COULD_NOT_CHECK : session_complain(error);
}

/* The folder that a file lies in; no string for standard input. */
static struct str folder_of(struct arena *arena, struct str path)
{
    size_t n = path.n;
    if (path.p == NULL)
        return path;
    while (n > 0 && path.p[n - 1] != '/')
        n--;
    return n == 0 ? STR(".") : arena_copy(arena, str_part(path, 0, n));
}

/* Whether the configuration at hand is that of the plan; if so, it completes what a plan for people leaves out. */
static bool use_configuration(const struct check *check, struct document *document, const struct source_watch *watch,
                              struct plan *plan)
{
    bool is_declared = check->configuration != NULL && (check->is_named || source_watch_matches(watch));
    if (is_declared && plan->is_text) {
        source_configure(check->configuration, watch->lessons, plan);
        plan->hides_resources = !source_watch_shows_all(watch);
    }
    if (plan->is_log)
        document_note(document, STR("this is the log stream of `terraform plan -json`, which has no values: only what is done"
                                    " to resources was checked; run `terraform plan -out=tfplan && terraform show -json"
                                    " tfplan` for the rest"));
    else if (plan->is_text && !is_declared)
        document_note(document, STR("a plan for people tells neither where values come from nor what stays as it is: run"
                                    " tfcheck where the .tf files are, or name their directory with --source"));
    return is_declared;
}

/* Read the document into the run. False and error filled when it cannot be read, or what prints it failed. */
static bool read_document(const struct check *check, struct arena *arena, struct document *document,
                          struct plan_reader *reader, size_t *bytes, struct error *error)
{
    struct reading reading;
    struct input input = { .read = read_some, .note = print_note, .context = &reading, .name = document->name };
    struct error failure = { 0 };
    open_reading(&reading, document, check->start);
    bool is_read = input_read(arena, &input, reader, error);
    progress_clear(&reading.progress);
    *bytes = input.bytes;
    if (document_close(arena, document, &failure))
        return is_read;
    *error = failure;
    return false;
}

static enum exit_code check_document(const struct check *check, struct document *document)
{
    struct session *session = check->session;
    const struct options *options = session->options;
    double start = progress_now();
    struct arena *arena = arena_open(session->memory), *scratch = arena_open(session->memory);
    struct error error = { 0 };
    struct plan plan = { .arena = arena, .folder = folder_of(arena, document->name) };
    struct findings findings = { .arena = arena };
    struct run *run = run_open(arena, scratch, check->rules, &options->run, &plan);
    struct moves moves;
    struct source_watch watch;
    struct source_lessons lessons;
    bool is_watched = check->configuration != NULL;
    moves_open(&moves, arena, run_events(), run);
    moves.keeps_references = outputs_want_graph(check->outputs);
    if (is_watched) {
        source_learn_start(&lessons, check->configuration, (const char *const *)environ);
        source_watch_start(&watch, check->configuration, moves_events(), &moves);
        source_watch_teach(&watch, &plan, &lessons);
    }
    struct plan_reader *reader = plan_open(&plan, scratch, is_watched ? source_watch_events() : moves_events(),
                                           is_watched ? (void *)&watch : &moves, document->name, &error);
    struct report_facts facts = { .version = STR(TFCHECK_VERSION), .file = document->name };
    enum exit_code code;
    if (read_document(check, arena, document, reader, &facts.bytes, &error)) {
        bool is_declared = use_configuration(check, document, &watch, &plan);
        run_finish(run, &findings);
        apply_unknown_policy(&findings, options->unknown);
        if (is_declared) {
            source_place_findings(check->configuration, &findings);
            ignores_add(session, check->configuration, &findings, document);
        }
        findings_mark_moved(&findings, &moves.former);
        outputs_settle(check->outputs, document->name, &findings);
        fill_facts(&facts, run, &plan, &findings);
        double seconds = progress_now() - start;
        facts.seconds = isatty(STDOUT_FILENO) ? seconds : -1; /* what goes to a file is the same every time */
        struct report_graph graph = { 0 };
        if (moves.keeps_references)
            graph = graph_build(arena, scratch, &plan, &findings);
        outputs_add(check->outputs, &facts, run, &findings, &graph);
        code = judge(options, &plan, &facts);
        if (options->stats)
            print_stats(run, &facts, seconds);
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
    if (!document_open(check->session->arena, &document, check->session->options, path, &error))
        return refuse_input(check->outputs, path, &error);
    return check_document(check, &document);
}

/* What a directory holds, with its own configuration unless another was named. */
static enum exit_code check_directory(const struct check *check, struct str path)
{
    struct texts documents = { 0 };
    struct error error = { 0 }, ignored = { 0 };
    struct arena *arena = check->session->arena;
    struct check inner = *check;
    enum exit_code worst = EXIT_CLEAN;
    if (!directory_list(arena, path, &documents, &error))
        return refuse_input(check->outputs, path, &error);
    if (!check->is_named)
        inner.configuration = source_open(arena, path, &ignored);
    for (size_t i = 0; i < documents.count; i++) {
        enum exit_code code = check_file(&inner, documents.items[i]);
        worst = code > worst ? code : worst;
    }
    return worst;
}

static enum exit_code check_path(const struct check *check, struct str path)
{
    return file_is_folder(path) ? check_directory(check, path) : check_file(check, path);
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
        worst = check_path(check, options->base) == EXIT_COULD_NOT_CHECK ? EXIT_COULD_NOT_CHECK : EXIT_CLEAN;
        check->outputs->is_base = false;
    }
    for (size_t i = 0; i < files->count; i++) {
        enum exit_code code = check_path(check, files->items[i]);
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
    struct check check = { .session = session, .rules = &rules, .outputs = &outputs, .start = progress_now(),
                           .is_named = session->options->source.p != NULL };
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
