#include "cli/sources.h"

#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/document.h"
#include "cli/options.h"
#include "plan/plan.h"
#include "source/configure.h"
#include "source/source.h"
#include "source/watch.h"

bool sources_open(struct session *session, const struct source **configuration, struct error *error)
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

bool sources_use(const struct source_watch *watch, bool is_named, struct document *document, struct plan *plan)
{
    bool is_declared = watch != NULL && (is_named || source_watch_matches(watch));
    if (is_declared && plan->is_text) {
        source_configure(watch->source, watch->lessons, plan);
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
