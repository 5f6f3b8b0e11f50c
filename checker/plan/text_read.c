#include "plan/text_read.h"

#include "base/arena.h"
#include "base/error.h"
#include "plan/plan.h"
#include "plan/plan_read.h"
#include "plan/text_header.h"
#include "plan/text_lines.h"
#include "plan/text_value.h"

enum { LONGEST_FAILURE = 300 };

#define MAKE_PLAN "terraform plan -out=tfplan && terraform show -json tfplan"

enum text_state { TEXT_OUTSIDE, TEXT_IN_HEADER, TEXT_IN_BODY };

/* How many resources are added, changed, destroyed, as Terraform counts them. */
struct totals {
    size_t add, change, destroy;
};

struct text_reader {
    struct plan *plan;
    struct arena *scratch;
    const struct plan_events *events;
    void *context;
    struct error *error;
    struct text_lines lines;
    size_t number; /* of the line that was read last, from 1 */
    enum text_state state;
    bool has_carriage_returns; /* every line ends with one */
    struct text_header header;
    struct text_builder builder;
    struct totals shown, announced;
    bool has_summary; /* the line that announces what will be done, or says that it is nothing */
    bool has_totals;
    struct str failure;
};

static const struct str summaries[] = {
    STR_INIT("No changes."), STR_INIT("No current changes."), STR_INIT("Changes to Outputs:"),
    STR_INIT("This plan does nothing"),
};

bool text_is_plan(struct str text)
{
    static const struct str signs[] = {
        STR_INIT("will perform the following actions"), STR_INIT("planned the following actions, but"),
        STR_INIT("used the selected providers to generate the following"),
        STR_INIT("An execution plan has been generated"), STR_INIT("Resource actions are indicated with"),
        STR_INIT("No changes."), STR_INIT("Changes to Outputs:"), STR_INIT("Planning failed."),
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (str_find(text, signs[i]) >= 0)
            return true;
    return str_find(text, STR("Plan:")) >= 0 && str_find(text, STR(" to add, ")) >= 0;
}

/* Without the frame that newer versions draw around messages. */
static struct str without_frame(struct str text)
{
    static const struct str frame = STR_INIT("\xE2\x94\x82");
    text = str_trim(text);
    return str_starts_with(text, frame) ? str_trim(str_from_offset(text, frame.n)) : text;
}

static struct str failure_in_line(struct str line)
{
    line = without_frame(line);
    if (!str_starts_with(line, STR("Error: ")))
        return (struct str){ NULL, 0 };
    return str_trim(str_from_offset(line, 7));
}

struct str text_find_failure(struct arena *arena, struct str text)
{
    while (text.n > 0) {
        ptrdiff_t end = str_find_byte(text, '\n');
        struct str line = str_part(text, 0, end < 0 ? text.n : (size_t)end);
        if (str_find(line, STR("Error: ")) >= 0) {
            char *copy = arena_get_text(arena, line.n + 1);
            memcpy(copy, line.p, line.n);
            struct str words = failure_in_line((struct str){ copy, text_line_clean(copy, line.n) });
            if (words.n > 0)
                return words;
        }
        text = end < 0 ? STR("") : str_from_offset(text, (size_t)end + 1);
    }
    return (struct str){ NULL, 0 };
}

static text_lines_take take_line;

struct text_reader *text_open(struct plan *plan, struct arena *scratch, const struct plan_events *events, void *context,
                              struct error *error)
{
    struct text_reader *reader = arena_get(plan->arena, sizeof *reader);
    reader->plan = plan;
    reader->scratch = scratch;
    reader->events = events;
    reader->context = context;
    reader->error = error;
    plan->is_text = true;
    plan->lacks_variables = plan->hides_resources = true;
    text_lines_start(&reader->lines, plan->arena, take_line, reader);
    return reader;
}

static bool refuse(struct text_reader *reader, const char *sentence)
{
    return error_set_at(reader->error, ERROR_INPUT, (struct str){ NULL, 0 }, reader->number, 1,
                        "%s; give tfcheck the whole output of `terraform plan`, or make a file with `" MAKE_PLAN "`",
                        sentence);
}

static void count(struct text_reader *reader, unsigned actions)
{
    bool is_replaced = (actions & ACTION_REPLACE) != 0;
    reader->shown.add += is_replaced || (actions & ACTION_CREATE) != 0;
    reader->shown.change += (actions & ACTION_UPDATE) != 0;
    reader->shown.destroy += is_replaced || (actions & ACTION_DELETE) != 0;
}

static void report(struct text_reader *reader)
{
    struct resource *resource = &reader->header.resource;
    if (reader->header.is_judged) {
        bool is_gone = (resource->actions & ~(unsigned)(ACTION_DELETE | ACTION_FORGET)) == 0 || resource->deposed.p != NULL;
        count(reader, resource->actions);
        if (!is_gone) {
            resource_mark_copied_tags(reader->builder.root);
            resource->after = reader->builder.root;
            resource->replace_paths = reader->builder.replace_paths;
        }
        reader->plan->change_count++;
        reader->events->resource(reader->context, resource);
    }
    reader->plan->is_incomplete |= reader->header.is_deferred;
    reader->state = TEXT_OUTSIDE;
    arena_reset(reader->scratch);
}

/* "Plan: 1 to import, 3 to add, 0 to change, 2 to destroy." */
static void read_totals(struct text_reader *reader, struct str text)
{
    struct {
        struct str word;
        size_t *total;
    } rows[] = { { STR(" to add"), &reader->announced.add },
                 { STR(" to change"), &reader->announced.change },
                 { STR(" to destroy"), &reader->announced.destroy } };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ptrdiff_t at = str_find(text, rows[i].word);
        if (at < 0)
            return;
        size_t start = (size_t)at;
        while (start > 0 && text.p[start - 1] >= '0' && text.p[start - 1] <= '9')
            start--;
        for (*rows[i].total = 0; start < (size_t)at; start++)
            *rows[i].total = *rows[i].total * 10 + (size_t)(text.p[start] - '0');
    }
    reader->has_summary = reader->has_totals = true;
}

static void read_outside(struct text_reader *reader, const struct text_line *line)
{
    struct str text = line->content;
    struct str failure = reader->failure.p == NULL ? failure_in_line(line->raw) : (struct str){ NULL, 0 };
    if (text_header_read(reader->scratch, line, &reader->header)) {
        reader->state = TEXT_IN_HEADER;
        reader->has_carriage_returns = str_ends_with(line->raw, STR("\r"));
        return;
    }
    arena_reset(reader->scratch);
    if (failure.n > 0)
        reader->failure = arena_copy(reader->plan->arena, str_part(failure, 0, LONGEST_FAILURE));
    if (str_starts_with(text, STR("Plan: ")))
        read_totals(reader, text);
    if (str_find(text, STR("planned the following actions, but then encountered a problem")) >= 0 ||
        str_find(text, STR("Planning failed.")) >= 0)
        reader->plan->is_errored = true;
    if (str_find(text, STR("Resource targeting is in effect")) >= 0)
        reader->plan->is_incomplete = true;
    for (size_t i = 0; i < sizeof summaries / sizeof summaries[0]; i++)
        reader->has_summary |= str_starts_with(text, summaries[i]);
}

static bool read_header(struct text_reader *reader, const struct text_line *line)
{
    bool is_empty = false;
    if (text_header_open_block(line, &reader->header, &is_empty)) {
        unsigned actions = reader->header.resource.actions;
        text_build_start(&reader->builder, reader->scratch, (actions & (ACTION_CREATE | ACTION_READ)) != 0);
        reader->state = TEXT_IN_BODY;
        if (is_empty) {
            reader->builder.root = reader->builder.frames[0].value;
            report(reader);
        }
        return true;
    }
    if (line->content.n > 0 && line->content.p[0] == '#') {
        struct text_header other;
        if (reader->header.resource.actions != 0 || !text_header_read(reader->scratch, line, &other))
            text_header_add(reader->scratch, line, &reader->header);
        else
            reader->header = other;
        return true;
    }
    if (reader->header.resource.actions != 0)
        return refuse(reader, "the block of a resource was expected here");
    reader->state = TEXT_OUTSIDE;
    read_outside(reader, line);
    return true;
}

static bool take_line(void *context, char *text, size_t n)
{
    struct text_reader *reader = context;
    n = text_line_clean(text, n);
    if (reader->has_carriage_returns && n > 0 && text[n - 1] == '\r')
        n--;
    struct text_line line = text_line_read((struct str){ text, n });
    reader->number++;
    if (reader->state == TEXT_OUTSIDE) {
        read_outside(reader, &line);
        return true;
    }
    if (reader->state == TEXT_IN_HEADER)
        return read_header(reader, &line);
    switch (text_build_line(&reader->builder, &line)) {
    case TEXT_MORE: break;
    case TEXT_DONE: report(reader); break;
    case TEXT_WRONG: return refuse(reader, "this is not how Terraform writes a plan: an attribute was expected here");
    }
    return true;
}

bool text_feed(struct text_reader *reader, const char *bytes, size_t n)
{
    return text_lines_feed(&reader->lines, bytes, n);
}

static bool check_totals(struct text_reader *reader)
{
    const struct totals *shown = &reader->shown, *announced = &reader->announced;
    if (shown->add == announced->add && shown->change == announced->change && shown->destroy == announced->destroy)
        return true;
    return error_set(reader->error, ERROR_INPUT,
                     "the plan announces %zu to add, %zu to change, %zu to destroy, but the text shows %zu, %zu and %zu:"
                     " give tfcheck the whole output of `terraform plan`, or make a file with `" MAKE_PLAN "`",
                     announced->add, announced->change, announced->destroy, shown->add, shown->change, shown->destroy);
}

bool text_close(struct text_reader *reader)
{
    if (!text_lines_close(&reader->lines))
        return false;
    reader->plan->form = PLAN_FORM_PLAN;
    reader->plan->has_variables = true;
    if (reader->failure.n > 0 && reader->plan->change_count == 0)
        return error_set(reader->error, ERROR_INPUT, "Terraform failed: %.*s: mend it, then run `" MAKE_PLAN "`",
                         STR_ARG(reader->failure));
    if (reader->plan->is_errored && reader->plan->change_count == 0)
        return error_set(reader->error, ERROR_INPUT,
                         "this is the text of a plan that failed: mend the errors it names, then run `" MAKE_PLAN "`");
    reader->plan->is_errored |= reader->failure.n > 0;
    if (reader->plan->is_errored)
        return true;
    if (reader->state != TEXT_OUTSIDE || !reader->has_summary)
        return refuse(reader, "the text of the plan ends here, before its summary");
    return !reader->has_totals || check_totals(reader);
}

struct str text_failure(const struct text_reader *reader)
{
    return reader->failure;
}
