#include "rules/message.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "plan/path.h"
#include "plan/plan.h"
#include "plan/resource.h"
#include "plan/value.h"
#include "rules/attribute.h"
#include "rules/rule.h"

enum { LONGEST_SHOWN = 120, MOST_ORIGINS = 8 };

bool message_is_secret(struct str path)
{
    if (str_find(path, STR(".keys()")) >= 0)
        return false;
    static const struct str parts[] = { STR_INIT("password"), STR_INIT("secret"), STR_INIT("token"),
                                        STR_INIT("private_key"), STR_INIT("environment"), STR_INIT("auth") };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (str_find(path, parts[i]) >= 0)
            return true;
    return false;
}

static struct str show_list(struct arena *arena, const struct value *list)
{
    struct str text = { "", 0 };
    for (const struct value *item = list->first; item != NULL; item = item->next) {
        struct str comma = item == list->first ? STR("") : STR(", ");
        struct str one = list->kind == VALUE_OBJECT ? item->key
                         : item->sensitive          ? STR("(sensitive)")
                         : item->text.p != NULL     ? item->text
                                                    : STR("...");
        text = arena_join(arena, (struct str[]){ text, comma, one }, 3);
    }
    return text;
}

static struct str show_value(struct arena *arena, const struct value *value)
{
    switch (value->kind) {
    case VALUE_NULL: return STR("null");
    case VALUE_BOOL: return value->truth ? STR("true") : STR("false");
    case VALUE_NUMBER: return value->text;
    case VALUE_STRING:
        if (value->text.n <= LONGEST_SHOWN)
            return value->text;
        return arena_format(arena, "%.*s...", LONGEST_SHOWN, value->text.p);
    case VALUE_LIST:
    case VALUE_OBJECT: return show_list(arena, value);
    case VALUE_UNKNOWN: break;
    }
    return STR("(known after apply)");
}

static struct str show_state(enum attribute_state state)
{
    return state == ATTRIBUTE_UNKNOWN ? STR("(known after apply)") : STR("not set");
}

static struct str show_attribute(struct arena *arena, struct evaluation *evaluation, struct str text)
{
    struct error ignored = { 0 };
    const struct path *path = path_compile(arena, text, &ignored);
    enum attribute_state state = ATTRIBUTE_ABSENT;
    bool is_sensitive = message_is_secret(text);
    if (path == NULL || evaluation->resource->after == NULL)
        return STR("not set");
    const struct value *value = attribute_find(evaluation, path, &state, &is_sensitive);
    if (value == NULL)
        return show_state(state);
    return is_sensitive ? STR("(sensitive)") : show_value(arena, value);
}

static struct str show_cause_value(struct arena *arena, const struct cause *cause)
{
    if (cause->value == NULL)
        return show_state(cause->state);
    if (cause->is_sensitive || message_is_secret(condition_cause_path(arena, cause)))
        return STR("(sensitive)");
    return show_value(arena, cause->value);
}

static bool is_own_word(struct str name)
{
    static const struct str words[] = { STR_INIT("address"), STR_INIT("type"), STR_INIT("action"),
                                        STR_INIT("cause"),   STR_INIT("path"), STR_INIT("value"),
                                        STR_INIT("related") };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_equal(words[i], name))
            return true;
    return false;
}

static struct str show(struct arena *arena, struct evaluation *evaluation, struct str name, const struct cause *cause)
{
    const struct resource *resource = evaluation->resource;
    if (str_equal(name, STR("address")))
        return resource->address;
    if (str_equal(name, STR("type")))
        return resource->type;
    if (str_equal(name, STR("action")))
        return resource_action_name(resource->actions);
    if (str_equal(name, STR("cause")))
        return message_action_cause(arena, resource);
    if (str_equal(name, STR("path")))
        return cause == NULL ? STR("") : condition_cause_path(arena, cause);
    if (str_equal(name, STR("related")))
        return evaluation->related;
    if (str_equal(name, STR("value")))
        return cause == NULL ? STR("") : show_cause_value(arena, cause);
    return show_attribute(arena, evaluation, name);
}

/* Take the text before the next placeholder and the placeholder's name off rest. */
static bool take_placeholder(struct str *rest, struct str *before, struct str *name)
{
    ptrdiff_t open = str_find_byte(*rest, '{');
    ptrdiff_t close = open < 0 ? -1 : str_find_byte(str_from_offset(*rest, (size_t)open), '}');
    if (close < 0)
        return false;
    *before = str_part(*rest, 0, (size_t)open);
    *name = str_part(*rest, (size_t)open + 1, (size_t)close - 1);
    *rest = str_from_offset(*rest, (size_t)(open + close) + 1);
    return true;
}

struct str message_render(struct arena *arena, struct evaluation *evaluation, struct str template,
                          const struct cause *cause)
{
    struct str text = { "", 0 }, rest = template, before, name;
    while (take_placeholder(&rest, &before, &name)) {
        struct str shown = show(arena, evaluation, name, cause);
        text = arena_join(arena, (struct str[]){ text, before, shown }, 3);
    }
    return text.n == 0 ? rest : arena_join(arena, (struct str[]){ text, rest }, 2);
}

void message_each_path(struct str template, void (*visit)(void *context, struct str path), void *context)
{
    struct str rest = template, before, name;
    while (take_placeholder(&rest, &before, &name))
        if (!is_own_word(name))
            visit(context, name);
}

static struct str show_replace_path(struct arena *arena, const struct value *steps)
{
    struct str text = { "", 0 };
    for (const struct value *step = steps->first; step != NULL; step = step->next) {
        bool is_index = step->kind == VALUE_NUMBER;
        text = arena_format(arena, is_index ? "%.*s[%.*s]" : text.n > 0 ? "%.*s.%.*s" : "%.*s%.*s", STR_ARG(text),
                            STR_ARG(step->text));
    }
    return text;
}

struct str message_action_cause(struct arena *arena, const struct resource *resource)
{
    static const struct {
        struct str reason, words;
    } rows[] = {
        { STR_INIT("replace_because_tainted"), STR_INIT("because it is tainted") },
        { STR_INIT("replace_by_request"), STR_INIT("asked for with -replace") },
        { STR_INIT("replace_by_triggers"), STR_INIT("by replace_triggered_by") },
        { STR_INIT("delete_because_no_resource_config"), STR_INIT("because its block is gone from the configuration") },
        { STR_INIT("delete_because_no_module"), STR_INIT("because its module is gone from the configuration") },
        { STR_INIT("delete_because_wrong_repetition"), STR_INIT("because count or for_each was added or removed") },
        { STR_INIT("delete_because_count_index"), STR_INIT("because count no longer reaches it") },
        { STR_INIT("delete_because_each_key"), STR_INIT("because its key is gone from for_each") },
        { STR_INIT("delete_because_no_move_target"), STR_INIT("because the target of its moved block does not exist") },
        { STR_INIT("delete_because_enabled_false"), STR_INIT("because enabled is false") },
    };
    struct str text = { "", 0 };
    const struct value *paths = resource->replace_paths;
    for (const struct value *path = paths == NULL ? NULL : paths->first; path != NULL; path = path->next)
        text = arena_format(arena, "%.*s%s%.*s", STR_ARG(text), text.n == 0 ? "forced by " : ", ",
                            STR_ARG(show_replace_path(arena, path)));
    for (size_t i = 0; text.n == 0 && i < sizeof rows / sizeof rows[0]; i++)
        if (str_equal(rows[i].reason, resource->action_reason))
            text = rows[i].words;
    if (text.n == 0 && resource->deposed.p != NULL)
        return STR("as the deposed object of an earlier replacement");
    return text.n == 0 ? STR("for a reason that the plan does not give") : text;
}

struct origins {
    struct arena *arena;
    struct str items[MOST_ORIGINS];
    size_t count;
};

/* "aws_kms_key.main.arn" -> "aws_kms_key.main"; what is no resource stays whole. */
static struct str resource_part(struct str reference)
{
    size_t parts = str_starts_with(reference, STR("data.")) ? 3 : 2;
    if (str_starts_with(reference, STR("module.")))
        parts = 3;
    for (size_t i = 0; i < reference.n; i++)
        if ((reference.p[i] == '.' || reference.p[i] == '[') && --parts == 0)
            return str_part(reference, 0, i);
    return reference;
}

static bool add_origin(void *context, struct str module, struct str reference)
{
    struct origins *origins = context;
    struct str text = resource_part(reference);
    if (module.n > 0)
        text = arena_format(origins->arena, "%.*s.%.*s", STR_ARG(module), STR_ARG(text));
    for (size_t i = 0; i < origins->count; i++)
        if (str_equal(origins->items[i], text))
            return true;
    origins->items[origins->count++] = text;
    return origins->count < MOST_ORIGINS;
}

struct str message_unknown_reason(struct arena *arena, const struct plan *plan, const struct resource *resource,
                                  const struct cause *cause, const struct str **addresses, size_t *count)
{
    *addresses = NULL;
    *count = 0;
    if (cause->text.p != NULL)
        return arena_copy(arena, cause->text);
    if (!plan->configuration.is_present)
        return STR("known after apply; this input has no configuration part that tells where it comes from");
    if (cause->references == NULL)
        return STR("known after apply; the configuration does not tell where it comes from");
    const struct configured *block = map_find(&plan->configuration.resources, resource->configuration_key);
    struct origins origins = { .arena = arena };
    configuration_each_origin(plan, block == NULL ? STR("") : block->module, cause->references, add_origin, &origins);
    struct str text = { "", 0 };
    for (size_t i = 0; i < origins.count; i++)
        text = arena_format(arena, "%.*s%s%.*s", STR_ARG(text), i == 0 ? "known after apply: comes from " : ", ",
                            STR_ARG(origins.items[i]));
    struct str *list = arena_get(arena, (origins.count + 1) * sizeof *list);
    memcpy(list, origins.items, origins.count * sizeof *list);
    *addresses = list;
    *count = origins.count;
    return text.n == 0 ? STR("known after apply") : text;
}
