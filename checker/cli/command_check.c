#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/outputs.h"
#include "plan/input.h"
#include "plan/plan.h"

#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct source {
    FILE *file;
    struct str name; /* no string = standard input */
};

static ptrdiff_t read_source(void *context, char *buffer, size_t n)
{
    struct source *source = context;
    size_t got = fread(buffer, 1, n, source->file);
    return ferror(source->file) ? -1 : (ptrdiff_t)got;
}

static void print_note(void *context, struct str sentence)
{
    struct source *source = context;
    fputs("tfcheck: note: ", stderr);
    if (source->name.p != NULL) {
        session_put_escaped(stderr, source->name);
        fputs(": ", stderr);
    }
    session_put_escaped(stderr, sentence);
    fputc('\n', stderr);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool open_source(struct source *source, struct str path, struct error *error)
{
    struct stat status;
    *source = (struct source){ .file = stdin };
    if (str_equal(path, STR("-")))
        return true;
    source->name = path;
    source->file = fopen(path.p, "rb");
    struct str command = command_suggest(path);
    if (source->file == NULL && errno == ENOENT && command.p != NULL)
        return error_set(error, ERROR_USAGE, "there is neither a file nor a command %.*s; did you mean `tfcheck %.*s`?",
                         STR_ARG(path), STR_ARG(command));
    if (source->file == NULL)
        return error_set_at(error, ERROR_SYSTEM, path, 0, 0, "%s", strerror(errno));
    if (fstat(fileno(source->file), &status) == 0 && S_ISDIR(status.st_mode)) {
        fclose(source->file);
        return error_set_at(error, ERROR_SYSTEM, path, 0, 0,
                            "this is a directory: run `terraform plan -out=tfplan && terraform show -json tfplan` in it"
                            " and give tfcheck the output");
    }
    return true;
}

static void fill_facts(struct report_facts *facts, const struct run *run, const struct plan *plan,
                       const struct findings *findings)
{
    facts->form = plan->form == PLAN_FORM_STATE ? STR("state") : STR("plan");
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

static enum exit_code refuse_input(struct outputs *outputs, struct str file, const struct error *error)
{
    outputs_add_trouble(outputs, file, error);
    return is_for_atlantis(outputs->session) ? EXIT_COULD_NOT_CHECK : session_complain(error);
}

static enum exit_code check_source(struct outputs *outputs, const struct rules *rules, struct source *source)
{
    struct session *session = outputs->session;
    const struct options *options = session->options;
    double start = now();
    struct arena *arena = arena_open(session->memory), *scratch = arena_open(session->memory);
    struct error error = { 0 };
    struct plan plan = { .arena = arena };
    struct findings findings = { .arena = arena };
    struct run *run = run_open(arena, scratch, rules, &options->run, &plan);
    struct plan_reader *reader = plan_open(&plan, scratch, run_events(), run, source->name, &error);
    struct input input = { .read = read_source, .note = print_note, .context = source, .name = source->name };
    enum exit_code code;
    if (input_read(arena, &input, reader, &error)) {
        struct report_facts facts = { .version = STR(TFCHECK_VERSION), .file = source->name, .bytes = input.bytes };
        run_finish(run, &findings);
        apply_unknown_policy(&findings, options->unknown);
        fill_facts(&facts, run, &plan, &findings);
        double seconds = now() - start;
        facts.seconds = isatty(STDOUT_FILENO) ? seconds : -1; /* what goes to a file is the same every time */
        outputs_add(outputs, &facts, run, &findings);
        code = judge(options, &facts);
        if (options->stats)
            print_stats(&facts, seconds);
    } else {
        error.file = source->name;
        code = refuse_input(outputs, source->name, &error);
    }
    arena_close(scratch);
    arena_close(arena);
    return code;
}

static enum exit_code check_file(struct outputs *outputs, const struct rules *rules, struct str path)
{
    struct source source;
    struct error error = { 0 };
    if (!open_source(&source, path, &error))
        return refuse_input(outputs, path, &error);
    enum exit_code code = check_source(outputs, rules, &source);
    if (source.file != stdin)
        fclose(source.file);
    return code;
}

enum exit_code command_check_refuse(struct session *session, const struct error *error)
{
    struct rules none;
    struct outputs outputs;
    if (!is_for_atlantis(session))
        return session_complain(error);
    rules_init(&none, session->arena);
    outputs_open(&outputs, session, &none);
    outputs_add_trouble(&outputs, error->file, error);
    outputs_close(&outputs);
    return EXIT_CLEAN;
}

enum exit_code command_check(struct session *session)
{
    static struct str standard_input = STR_INIT("-");
    struct error error = { 0 };
    struct rules rules;
    struct outputs outputs;
    struct texts files = session->options->arguments;
    enum exit_code worst = EXIT_CLEAN;
    if (files.count == 0)
        files = (struct texts){ .items = &standard_input, .count = 1 };
    if (!session_load_rules(session, &rules, &error))
        return command_check_refuse(session, &error);
    outputs_open(&outputs, session, &rules);
    for (size_t i = 0; i < files.count; i++) {
        enum exit_code code = check_file(&outputs, &rules, files.items[i]);
        worst = code > worst ? code : worst;
    }
    if (!outputs_close(&outputs))
        worst = EXIT_COULD_NOT_CHECK;
    return is_for_atlantis(session) ? EXIT_CLEAN : worst; /* Atlantis drops what a failing command says */
}
