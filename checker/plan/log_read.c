#include "plan/log_read.h"

#include "base/arena.h"
#include "base/error.h"
#include "plan/plan.h"
#include "plan/plan_read.h"
#include "plan/resource.h"
#include "plan/text_lines.h"
#include "plan/value_build.h"

enum { MOST_DIAGNOSTICS = 50 };

struct log_reader {
    struct plan *plan;
    struct arena *scratch;
    const struct plan_events *events;
    void *context;
    struct error *error;
    struct text_lines lines;
    bool is_of_plan; /* a change was planned, or their sum was told */
    struct str diagnostics[MOST_DIAGNOSTICS];
    size_t diagnostic_count;
};

bool log_is_stream(struct str text)
{
    return str_starts_with(text, STR("{\"@level\""));
}

static struct value *add(struct arena *arena, struct value *parent, const char *key, enum value_kind kind)
{
    struct value *value = value_make(arena, kind);
    if (key != NULL)
        value->key = str_from(key);
    value_add(parent, value);
    return value;
}

static void add_text(struct arena *arena, struct value *parent, const char *key, struct str text)
{
    if (text.p != NULL)
        add(arena, parent, key, VALUE_STRING)->text = text;
}

/* The actions of plan JSON for one of the log. */
static void add_actions(struct arena *arena, struct value *change, struct str action)
{
    static const struct {
        struct str action, first, second;
    } rows[] = {
        { STR_INIT("noop"), STR_INIT("no-op"), { NULL, 0 } },       { STR_INIT("move"), STR_INIT("no-op"), { NULL, 0 } },
        { STR_INIT("import"), STR_INIT("no-op"), { NULL, 0 } },     { STR_INIT("remove"), STR_INIT("forget"), { NULL, 0 } },
        { STR_INIT("replace"), STR_INIT("delete"), STR_INIT("create") },
    };
    struct value *list = add(arena, change, "actions", VALUE_LIST);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!str_equal(rows[i].action, action))
            continue;
        add_text(arena, list, NULL, rows[i].first);
        add_text(arena, list, NULL, rows[i].second);
        return;
    }
    add_text(arena, list, NULL, action);
}

static struct str find_reason(struct str reason)
{
    static const struct {
        struct str reason, name;
    } rows[] = {
        { STR_INIT("tainted"), STR_INIT("replace_because_tainted") },
        { STR_INIT("requested"), STR_INIT("replace_by_request") },
        { STR_INIT("replace_triggered_by"), STR_INIT("replace_by_triggers") },
        { STR_INIT("cannot_update"), STR_INIT("replace_because_cannot_update") },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_equal(rows[i].reason, reason))
            return rows[i].name;
    return reason;
}

/* A change as plan JSON has it, all of whose values are hidden. */
static struct value *make_item(struct arena *arena, const struct value *change)
{
    struct value *item = value_make(arena, VALUE_OBJECT);
    struct str action = value_find_text(change, STR("action"));
    const struct value *importing = value_find(change, STR("importing"));
    add_text(arena, item, "address", value_find_text(value_find(change, STR("resource")), STR("addr")));
    add_text(arena, item, "previous_address", value_find_text(value_find(change, STR("previous_resource")), STR("addr")));
    add_text(arena, item, "action_reason", find_reason(value_find_text(change, STR("reason"))));
    struct value *planned = add(arena, item, "change", VALUE_OBJECT);
    add_actions(arena, planned, action);
    if ((importing != NULL && importing->kind != VALUE_NULL) || str_equal(action, STR("import")))
        add(arena, planned, "importing", VALUE_OBJECT);
    struct value *after = add(arena, planned, "after", VALUE_OBJECT);
    add(arena, after, NULL, VALUE_UNKNOWN)->is_hidden = true;
    after->is_partial = true;
    return item;
}

static void read_change(struct log_reader *reader, const struct value *change)
{
    struct resource resource;
    reader->is_of_plan = true;
    if (!resource_from_change(reader->scratch, make_item(reader->scratch, change), &resource))
        return;
    resource.provider = value_find_text(value_find(change, STR("resource")), STR("implied_provider"));
    reader->plan->change_count++;
    reader->events->resource(reader->context, &resource);
}

static void read_diagnostic(struct log_reader *reader, const struct value *diagnostic)
{
    struct arena *arena = reader->plan->arena;
    struct str severity = value_find_text(diagnostic, STR("severity")), summary = value_find_text(diagnostic, STR("summary"));
    const struct value *range = value_find(diagnostic, STR("range"));
    const struct value *line = value_find(value_find(range, STR("start")), STR("line"));
    struct str file = value_find_text(range, STR("filename"));
    reader->plan->is_errored |= str_equal(severity, STR("error"));
    if (reader->diagnostic_count == MOST_DIAGNOSTICS || summary.n == 0)
        return;
    struct str text = arena_format(arena, "Terraform says: %.*s: %.*s", STR_ARG(severity), STR_ARG(str_part(summary, 0, 250)));
    if (file.n > 0 && line != NULL && line->kind == VALUE_NUMBER)
        text = arena_format(arena, "%.*s (%.*s:%.*s)", STR_ARG(text), STR_ARG(str_part(file, 0, 100)),
                            STR_ARG(str_part(line->text, 0, 12)));
    reader->diagnostics[reader->diagnostic_count++] = text;
}

/* Lines that are no JSON are what a wrapper put between. */
static bool take_line(void *context, char *line, size_t n)
{
    struct log_reader *reader = context;
    struct error ignored = { 0 };
    struct str text = str_trim((struct str){ line, n });
    const struct value *message = str_starts_with(text, STR("{")) ? value_read(reader->scratch, text, &ignored) : NULL;
    struct str type = value_find_text(message, STR("type")), version = value_find_text(message, STR("terraform"));
    if (str_equal(type, STR("planned_change")))
        read_change(reader, value_find(message, STR("change")));
    else if (str_equal(type, STR("diagnostic")))
        read_diagnostic(reader, value_find(message, STR("diagnostic")));
    else if (str_equal(type, STR("version")) && version.n > 0)
        reader->plan->terraform_version = arena_copy(reader->plan->arena, version);
    else if (str_equal(type, STR("change_summary")))
        reader->is_of_plan |= str_equal(value_find_text(value_find(message, STR("changes")), STR("operation")), STR("plan"));
    arena_reset(reader->scratch);
    return true;
}

struct log_reader *log_open(struct plan *plan, struct arena *scratch, const struct plan_events *events, void *context,
                            struct error *error)
{
    struct log_reader *reader = arena_get(plan->arena, sizeof *reader);
    reader->plan = plan;
    reader->scratch = scratch;
    reader->events = events;
    reader->context = context;
    reader->error = error;
    plan->is_text = plan->is_log = plan->lacks_variables = plan->hides_resources = true;
    text_lines_start(&reader->lines, plan->arena, take_line, reader);
    return reader;
}

bool log_feed(struct log_reader *reader, const char *bytes, size_t n)
{
    return text_lines_feed(&reader->lines, bytes, n);
}

bool log_close(struct log_reader *reader)
{
    text_lines_close(&reader->lines);
    reader->plan->form = PLAN_FORM_PLAN;
    reader->plan->has_variables = true;
    return reader->is_of_plan || reader->diagnostic_count > 0 ||
           error_set(reader->error, ERROR_INPUT,
                     "this is a log stream of Terraform without planned changes: run `terraform plan -out=tfplan &&"
                     " terraform show -json tfplan`");
}

const struct str *log_diagnostics(const struct log_reader *reader, size_t *count)
{
    *count = reader->diagnostic_count;
    return reader->diagnostics;
}
