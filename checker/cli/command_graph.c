#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/document.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/sources.h"
#include "plan/plan.h"
#include "plan/plan_read.h"
#include "source/learn.h"
#include "source/source.h"
#include "source/watch.h"
#include "wiring/diagram.h"
#include "wiring/wiring.h"

#include <unistd.h>

/* Only the configuration is of interest. */
static void pass_over(void *context, const struct resource *resource)
{
    (void)context;
    (void)resource;
}

static bool want_references(void *context, struct str configuration_key, struct str type, struct str attribute)
{
    (void)context;
    (void)configuration_key;
    (void)type;
    return attribute.n == 0 || str_equal(attribute, STR("*"));
}

static bool read_plan(struct session *session, struct arena *arena, struct arena *scratch, struct plan *plan,
                      struct str path, struct error *error)
{
    static const struct plan_events events = { .resource = pass_over, .wants = want_references };
    struct document document;
    const struct source *configuration;
    struct source_watch watch;
    struct source_lessons lessons;
    size_t bytes;
    if (!sources_open(session, &configuration, error) ||
        !document_open(arena, &document, session->options, path, error))
        return false;
    bool is_watched = configuration != NULL;
    if (is_watched) {
        source_learn_start(&lessons, configuration, (const char *const *)environ);
        source_watch_start(&watch, configuration, &events, plan);
        source_watch_teach(&watch, plan, &lessons);
    }
    struct plan_reader *reader = plan_open(plan, scratch, is_watched ? source_watch_events() : &events,
                                           is_watched ? (void *)&watch : plan, document.name, error);
    if (!document_read_plan(arena, &document, reader, progress_now(), &bytes, error))
        return false;
    sources_use(is_watched ? &watch : NULL, session->options->source.p != NULL, &document, plan);
    return true;
}

static bool write_graph(struct arena *arena, struct arena *scratch, const struct plan *plan, struct str format,
                        struct error *error)
{
    struct map strings;
    struct wiring wiring;
    map_init(&strings, arena);
    wiring_init(&wiring, arena, scratch, &strings, plan);
    if (plan->configuration.resources.count == 0)
        return error_set(error, ERROR_INPUT, "this has no configuration part, and nothing tells what refers to what: run"
                                             " `terraform plan -out=tfplan && terraform show -json tfplan`");
    return diagram_write(arena, diagram_build(arena, &wiring), format, session_print, NULL) ||
           error_set(error, ERROR_SYSTEM, "standard output could not be written");
}

enum exit_code command_graph(struct session *session)
{
    const struct texts *arguments = &session->options->arguments;
    struct str path = arguments->count > 0 ? arguments->items[0] : STR("-");
    struct str format = arguments->count > 1 ? arguments->items[1] : STR("text");
    struct arena *arena = arena_open(session->memory), *scratch = arena_open(session->memory);
    struct plan plan = { .arena = arena };
    struct error error = { 0 };
    bool is_good = false;
    if (arguments->count > 2 || !diagram_has_format(format))
        error_set(&error, ERROR_USAGE, "graph takes a file and a format: tfcheck graph FILE [text|json|dot|mermaid]");
    else if (read_plan(session, arena, scratch, &plan, path, &error))
        is_good = write_graph(arena, scratch, &plan, format, &error);
    if (!is_good && error.file.p == NULL && error.code != ERROR_USAGE)
        error.file = path;
    enum exit_code code = is_good ? EXIT_CLEAN : session_complain(&error);
    arena_close(scratch);
    arena_close(arena);
    return code;
}
