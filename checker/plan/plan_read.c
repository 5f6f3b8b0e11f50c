#include "plan/plan_read.h"

#include "base/arena.h"
#include "base/error.h"
#include "json/json_read.h"
#include "plan/log_read.h"
#include "plan/lookalike.h"
#include "plan/plan.h"
#include "plan/resource.h"
#include "plan/told.h"
#include "plan/text_read.h"
#include "plan/tf_json.h"
#include "plan/value_build.h"
#include "plan/value_share.h"

/* Where the reader stands. */
enum scope {
    SCOPE_DOCUMENT,
    SCOPE_CHANGES,       /* resource_changes */
    SCOPE_VALUES,        /* values, of a state */
    SCOPE_STATE_MODULE,
    SCOPE_STATE_RESOURCES,
    SCOPE_STATE_CHILDREN,
    SCOPE_CONFIGURATION,
    SCOPE_MODULE,        /* a module of the configuration */
    SCOPE_MODULE_RESOURCES,
    SCOPE_CALLS,         /* module_calls */
    SCOPE_CALL,
    SCOPE_PROVIDERS,     /* provider_config */
    SCOPE_DRIFT,         /* resource_drift */
    SCOPE_DEFERRED,      /* deferred_changes */
    SCOPE_NONE           /* not a scope */
};

/* What is done with the value that comes next. */
enum plan_task {
    TASK_SKIP,
    TASK_ENTER,     /* go into its scope */
    TASK_CHANGE,    /* build it: a resource change */
    TASK_RESOURCE,  /* build it: a resource of a state */
    TASK_BLOCK,     /* build it: a resource block of the configuration */
    TASK_VARIABLES, /* build it: values of root module variables */
    TASK_DECLARED,  /* build it: variables that a module declares */
    TASK_WRITTEN,   /* build it: part of a configuration in JSON syntax */
    TASK_INPUTS,    /* build it: expressions of a module call */
    TASK_OUTPUTS,   /* build it: outputs of a module */
    TASK_REPETITION, /* build it: count or for_each of a module call */
    TASK_DEPENDS,   /* build it: depends_on of a module call */
    TASK_PROVIDER,  /* build it: a provider configuration */
    TASK_CHECKS,    /* build it: all checks */
    TASK_DRIFT,     /* build it: a change outside Terraform */
    TASK_DEFERRED,  /* build it: a change that was put off */
    TASK_FORMAT,
    TASK_VERSION,
    TASK_ERRORED,
    TASK_COMPLETE
};

struct plan_reader {
    struct plan *plan;
    struct arena *scratch;
    const struct plan_events *events;
    void *context;
    struct error *error;
    struct json_reader *json;
    enum scope scopes[JSON_DEPTH_MAX + 1];
    size_t depth;
    enum plan_task task; /* of the next value */
    enum scope next;     /* of TASK_ENTER */
    bool is_building;
    struct value_builder builder;
    struct value_shares shares; /* of the configuration's expressions */
    char module[4096]; /* address of the module whose configuration is read, without keys */
    size_t module_n;
    size_t outer_n[JSON_DEPTH_MAX + 1]; /* of a SCOPE_CALLS in scopes: module_n of the calling module */
    struct value *written; /* object: the parts of a configuration in JSON syntax that were read */
    struct str written_key;
    struct str provider; /* key of the provider configuration that comes next; in the plan's arena */
    unsigned marks;    /* set of enum lookalike_mark: top-level keys that were seen */
};

struct key_row {
    enum scope scope;
    struct str key;
    enum plan_task task;
    enum scope next;
};

static const struct key_row key_rows[] = {
    { SCOPE_DOCUMENT, STR_INIT("resource_changes"), TASK_ENTER, SCOPE_CHANGES },
    { SCOPE_DOCUMENT, STR_INIT("configuration"), TASK_ENTER, SCOPE_CONFIGURATION },
    { SCOPE_DOCUMENT, STR_INIT("values"), TASK_ENTER, SCOPE_VALUES },
    { SCOPE_DOCUMENT, STR_INIT("variables"), TASK_VARIABLES, SCOPE_NONE },
    { SCOPE_DOCUMENT, STR_INIT("format_version"), TASK_FORMAT, SCOPE_NONE },
    { SCOPE_DOCUMENT, STR_INIT("terraform_version"), TASK_VERSION, SCOPE_NONE },
    { SCOPE_DOCUMENT, STR_INIT("checks"), TASK_CHECKS, SCOPE_NONE },
    { SCOPE_DOCUMENT, STR_INIT("resource_drift"), TASK_ENTER, SCOPE_DRIFT },
    { SCOPE_DOCUMENT, STR_INIT("deferred_changes"), TASK_ENTER, SCOPE_DEFERRED },
    { SCOPE_DOCUMENT, STR_INIT("errored"), TASK_ERRORED, SCOPE_NONE },
    { SCOPE_DOCUMENT, STR_INIT("complete"), TASK_COMPLETE, SCOPE_NONE },
    { SCOPE_VALUES, STR_INIT("root_module"), TASK_ENTER, SCOPE_STATE_MODULE },
    { SCOPE_STATE_MODULE, STR_INIT("resources"), TASK_ENTER, SCOPE_STATE_RESOURCES },
    { SCOPE_STATE_MODULE, STR_INIT("child_modules"), TASK_ENTER, SCOPE_STATE_CHILDREN },
    { SCOPE_CONFIGURATION, STR_INIT("root_module"), TASK_ENTER, SCOPE_MODULE },
    { SCOPE_MODULE, STR_INIT("resources"), TASK_ENTER, SCOPE_MODULE_RESOURCES },
    { SCOPE_MODULE, STR_INIT("module_calls"), TASK_ENTER, SCOPE_CALLS },
    { SCOPE_MODULE, STR_INIT("variables"), TASK_DECLARED, SCOPE_NONE },
    { SCOPE_CALL, STR_INIT("module"), TASK_ENTER, SCOPE_MODULE },
    { SCOPE_CALL, STR_INIT("expressions"), TASK_INPUTS, SCOPE_NONE },
    { SCOPE_CALL, STR_INIT("count_expression"), TASK_REPETITION, SCOPE_NONE },
    { SCOPE_CALL, STR_INIT("for_each_expression"), TASK_REPETITION, SCOPE_NONE },
    { SCOPE_CALL, STR_INIT("depends_on"), TASK_DEPENDS, SCOPE_NONE },
    { SCOPE_MODULE, STR_INIT("outputs"), TASK_OUTPUTS, SCOPE_NONE },
    { SCOPE_CONFIGURATION, STR_INIT("provider_config"), TASK_ENTER, SCOPE_PROVIDERS },
};

/* What the items of a list are, for the scopes that are lists. */
static enum plan_task item_task(enum scope scope, enum scope *next)
{
    *next = SCOPE_NONE;
    switch (scope) {
    case SCOPE_CHANGES: return TASK_CHANGE;
    case SCOPE_STATE_RESOURCES: return TASK_RESOURCE;
    case SCOPE_MODULE_RESOURCES: return TASK_BLOCK;
    case SCOPE_DRIFT: return TASK_DRIFT;
    case SCOPE_DEFERRED: return TASK_DEFERRED;
    case SCOPE_STATE_CHILDREN: *next = SCOPE_STATE_MODULE; return TASK_ENTER;
    default: return TASK_SKIP;
    }
}

static bool is_list_scope(enum scope scope)
{
    enum scope next;
    return item_task(scope, &next) != TASK_SKIP;
}

static enum scope current(const struct plan_reader *reader)
{
    return reader->depth == 0 ? SCOPE_NONE : reader->scopes[reader->depth - 1];
}

/* The parts of a change that nothing is judged from. */
static bool is_idle_part(const struct value_builder *builder, struct str key)
{
    return builder->depth == 2 &&
           (str_starts_with(key, STR("before")) || str_equal(key, STR("after_identity")) ||
            str_equal(key, STR("generated_config")));
}

static void add_to_module(struct plan_reader *reader, struct str part)
{
    memcpy(reader->module + reader->module_n, part.p, part.n);
    reader->module_n += part.n;
}

/* A key in the innermost SCOPE_CALLS: the module's address becomes that of the called module. */
static bool start_call(struct plan_reader *reader, struct str name)
{
    struct str beginning = reader->outer_n[reader->depth - 1] == 0 ? STR("module.") : STR(".module.");
    reader->module_n = reader->outer_n[reader->depth - 1];
    if (name.n > sizeof reader->module || beginning.n + name.n > sizeof reader->module - reader->module_n)
        return json_fail(reader->json, "modules are nested too deep");
    add_to_module(reader, beginning);
    add_to_module(reader, name);
    return true;
}

/* The address of a block in the configuration without instance keys, from the root module on. In scratch. */
static struct str block_key(struct plan_reader *reader, const struct value *block)
{
    struct str address = value_find_text(block, STR("address")), module = { reader->module, reader->module_n };
    return module.n == 0 ? address
                         : arena_join(reader->scratch, (struct str[]){ module, STR("."), address }, 3);
}

/* The expressions of a block that nobody asks for. */
static bool is_idle_block(struct plan_reader *reader, struct str key)
{
    const struct value_builder *builder = &reader->builder;
    if (builder->depth != 1 || !str_equal(key, STR("expressions")))
        return false;
    struct str type = value_find_text(builder->root, STR("type"));
    if (type.p == NULL || value_find_text(builder->root, STR("address")).p == NULL)
        return false;
    return !reader->events->wants(reader->context, block_key(reader, builder->root), type, STR(""));
}

static bool on_key(void *context, struct str name)
{
    struct plan_reader *reader = context;
    if (reader->is_building) {
        if (reader->task == TASK_CHANGE && is_idle_part(&reader->builder, name))
            json_skip(reader->json);
        else if (reader->task == TASK_BLOCK && is_idle_block(reader, name))
            json_skip(reader->json);
        else
            value_build_key(&reader->builder, name);
        return true;
    }
    enum scope scope = current(reader);
    if (scope == SCOPE_CALLS) {
        reader->task = TASK_ENTER;
        reader->next = SCOPE_CALL;
        return start_call(reader, name);
    }
    if (scope == SCOPE_PROVIDERS) {
        reader->task = TASK_PROVIDER;
        reader->provider = map_intern(&reader->plan->strings, name);
        return true;
    }
    reader->task = TASK_SKIP;
    for (size_t i = 0; i < sizeof key_rows / sizeof key_rows[0]; i++) {
        if (key_rows[i].scope == scope && str_equal(key_rows[i].key, name)) {
            reader->task = key_rows[i].task;
            reader->next = key_rows[i].next;
        }
    }
    if (scope == SCOPE_DOCUMENT && reader->task == TASK_SKIP && lookalike_is_tf_json(name)) {
        reader->task = TASK_WRITTEN;
        reader->written_key = arena_copy(reader->plan->arena, name);
    }
    if (scope == SCOPE_DOCUMENT)
        reader->marks |= lookalike_find_mark(name);
    if (reader->task == TASK_SKIP)
        json_skip(reader->json);
    return true;
}

/* A node in scratch that stands for value in another tree there; what is below it is the same. */
static void add_stand_in(struct plan_reader *reader, struct value *parent, const struct value *value)
{
    struct value *stand_in = value_make(reader->scratch, value->kind);
    *stand_in = *value;
    stand_in->next = NULL;
    value_add(parent, stand_in);
}

/* What is gathered in scratch, to stay: modules that are called many times repeat themselves. NULL when there is nothing. */
static const struct value *keep_shared(struct plan_reader *reader, const struct value *value)
{
    return value == NULL || value->first == NULL ? NULL : value_share(&reader->shares, reader->scratch, value);
}

/* Of the variables that a module declares, what decides their values: default and sensitive. In scratch. */
static struct value *list_declared(struct plan_reader *reader, const struct value *tree)
{
    struct value *kept = value_make(reader->scratch, VALUE_OBJECT);
    for (const struct value *declared = tree->kind == VALUE_OBJECT ? tree->first : NULL; declared != NULL;
         declared = declared->next) {
        struct value *variable = value_make(reader->scratch, VALUE_OBJECT);
        variable->key = declared->key;
        for (const struct value *part = declared->kind == VALUE_OBJECT ? declared->first : NULL; part != NULL;
             part = part->next)
            if (str_equal(part->key, STR("default")) || str_equal(part->key, STR("sensitive")))
                add_stand_in(reader, variable, part);
        value_add(kept, variable);
    }
    return kept;
}

/* Of the outputs of a module, what they refer to. Their constants may be secret and are not needed. In scratch. */
static struct value *list_outputs(struct plan_reader *reader, const struct value *tree)
{
    struct value *kept = value_make(reader->scratch, VALUE_OBJECT);
    for (const struct value *output = tree->kind == VALUE_OBJECT ? tree->first : NULL; output != NULL;
         output = output->next) {
        struct value *one = value_make(reader->scratch, VALUE_OBJECT);
        const struct value *expression = value_find(output, STR("expression"));
        const struct value *parts[] = { configuration_references(expression), value_find(output, STR("sensitive")),
                                        value_find(output, STR("depends_on")) };
        one->key = output->key;
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
            if (parts[i] != NULL)
                add_stand_in(reader, one, parts[i]);
        value_add(kept, one);
    }
    return kept;
}

/* Part of the module whose configuration is read. */
static void keep_module_part(struct plan_reader *reader, const struct value *tree)
{
    struct plan *plan = reader->plan;
    struct str key = map_intern(&plan->strings, (struct str){ reader->module, reader->module_n });
    struct configured_module **place = (struct configured_module **)map_get(&plan->configuration.modules, key);
    if (*place == NULL)
        *place = arena_get(plan->arena, sizeof **place);
    struct configured_module *module = *place;
    module->address = key;
    switch (reader->task) {
    case TASK_INPUTS: module->expressions = value_share(&reader->shares, reader->scratch, tree); break;
    case TASK_DECLARED: module->variables = keep_shared(reader, list_declared(reader, tree)); break;
    case TASK_OUTPUTS: module->outputs = keep_shared(reader, list_outputs(reader, tree)); break;
    case TASK_DEPENDS: module->depends_on = keep_shared(reader, tree); break;
    default: module->repetition = keep_shared(reader, configuration_references(tree)); break;
    }
}

/* Of a provider configuration, what tells its region, and what it refers to. The rest may hold secrets. */
static void keep_provider(struct plan_reader *reader, const struct value *tree)
{
    struct plan *plan = reader->plan;
    struct value *kept = value_make(plan->arena, VALUE_OBJECT);
    const struct value *parts[] = { value_find(tree, STR("name")), value_find(tree, STR("module_address")),
                                    value_find(value_find(tree, STR("expressions")), STR("region")) };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i] != NULL)
            value_add(kept, value_copy(plan->arena, &plan->strings, parts[i]));
    struct value *references = configuration_gather(reader->scratch, value_find(tree, STR("expressions")));
    references->key = STR("references");
    value_add(kept, value_copy(plan->arena, &plan->strings, references));
    *map_get(&plan->configuration.providers, reader->provider) = kept;
}

static bool is_given(const struct value *block, struct str key)
{
    const struct value *member = value_find(block, key);
    return member != NULL && member->kind != VALUE_NULL;
}

static void keep_block(struct plan_reader *reader, const struct value *block)
{
    struct plan *plan = reader->plan;
    struct str type = value_find_text(block, STR("type"));
    struct str module = { reader->module, reader->module_n };
    if (type.p == NULL || value_find_text(block, STR("address")).p == NULL)
        return;
    struct str key = block_key(reader, block);
    if (!reader->events->wants(reader->context, key, type, (struct str){ NULL, 0 }))
        return;
    struct configured *configured = arena_get(plan->arena, sizeof *configured);
    struct value *kept = value_make(reader->scratch, VALUE_OBJECT);
    const struct value *expressions = value_find(block, STR("expressions"));
    bool has_members = expressions != NULL && expressions->kind == VALUE_OBJECT;
    for (const struct value *member = has_members ? expressions->first : NULL; member != NULL; member = member->next)
        if (reader->events->wants(reader->context, key, type, member->key))
            add_stand_in(reader, kept, member);
    configured->expressions = value_share(&reader->shares, reader->scratch, kept);
    configured->module = map_intern(&plan->strings, module);
    struct str provider = value_find_text(block, STR("provider_config_key"));
    if (provider.p != NULL)
        configured->provider_key = map_intern(&plan->strings, provider);
    configured->has_count = is_given(block, STR("count_expression")) || is_given(block, STR("for_each_expression"));
    const struct value *repetition = value_find(block, STR("for_each_expression"));
    if (repetition == NULL)
        repetition = value_find(block, STR("count_expression"));
    configured->repetition = keep_shared(reader, configuration_references(repetition));
    configured->depends_on = keep_shared(reader, value_find(block, STR("depends_on")));
    if (reader->events->wants(reader->context, key, type, STR("*")))
        configured->written = value_list_keys(&plan->strings, has_members ? expressions : NULL, NULL);
    if (reader->events->wants(reader->context, key, type, STR("*")))
        configured->references =
            value_share(&reader->shares, reader->scratch, configuration_gather(reader->scratch, expressions));
    *map_get(&plan->configuration.resources, arena_copy(plan->arena, key)) = configured;
}

static void keep_written(struct plan_reader *reader, const struct value *tree)
{
    struct plan *plan = reader->plan;
    struct value *copy = value_copy(plan->arena, &plan->strings, tree);
    if (reader->written == NULL)
        reader->written = value_make(plan->arena, VALUE_OBJECT);
    copy->key = reader->written_key;
    value_add(reader->written, copy);
}

static bool report_resource(struct plan_reader *reader, struct value *item, bool is_change)
{
    struct resource resource;
    bool is_resource = is_change ? resource_from_change(reader->scratch, item, &resource)
                                 : resource_from_state(reader->scratch, item, &resource);
    if (!is_resource)
        return json_fail(reader->json, "this is not how Terraform writes a plan or state: a resource has no address");
    reader->plan->change_count++;
    reader->events->resource(reader->context, &resource);
    return true;
}

static bool keep_format(struct plan_reader *reader, const struct value *value)
{
    struct str text = value->text;
    if (value->kind != VALUE_STRING || text.n == 0)
        return true;
    ptrdiff_t dot = str_find_byte(text, '.');
    struct str major = str_part(text, 0, dot < 0 ? text.n : (size_t)dot);
    if (!str_equal(major, STR("0")) && !str_equal(major, STR("1")))
        return json_fail(reader->json,
                         "plan format %.*s is newer than this tfcheck can read (0.x and 1.x): update tfcheck"
                         " (`tfcheck --version` names the one you have)",
                         STR_ARG(text));
    reader->plan->format_version = arena_copy(reader->plan->arena, text);
    return true;
}

/* The value of a key or item that was asked for is complete. */
static bool use_tree(struct plan_reader *reader)
{
    struct plan *plan = reader->plan;
    struct value *tree = reader->builder.root;
    bool is_good = true;
    switch (reader->task) {
    case TASK_CHANGE: is_good = report_resource(reader, tree, true); break;
    case TASK_RESOURCE: is_good = report_resource(reader, tree, false); break;
    case TASK_BLOCK: keep_block(reader, tree); break;
    case TASK_WRITTEN: keep_written(reader, tree); break;
    case TASK_DECLARED:
    case TASK_INPUTS:
    case TASK_OUTPUTS:
    case TASK_REPETITION:
    case TASK_DEPENDS: keep_module_part(reader, tree); break;
    case TASK_PROVIDER: keep_provider(reader, tree); break;
    case TASK_CHECKS: told_keep_checks(plan, tree); break;
    case TASK_DRIFT: told_keep_drift(plan, tree); break;
    case TASK_DEFERRED: told_keep_deferred(plan, tree); break;
    case TASK_VARIABLES:
        plan->variables = tree->kind == VALUE_OBJECT ? value_copy(plan->arena, &plan->strings, tree) : NULL;
        plan->has_variables = true;
        break;
    case TASK_FORMAT: is_good = keep_format(reader, tree); break;
    case TASK_VERSION:
        if (tree->kind == VALUE_STRING)
            plan->terraform_version = arena_copy(plan->arena, tree->text);
        break;
    case TASK_ERRORED: plan->is_errored = tree->kind == VALUE_BOOL && tree->truth; break;
    case TASK_COMPLETE: plan->is_incomplete = tree->kind == VALUE_BOOL && !tree->truth; break;
    case TASK_SKIP:
    case TASK_ENTER: break;
    }
    reader->is_building = false;
    if (!is_list_scope(current(reader)))
        reader->task = TASK_SKIP;
    arena_reset(reader->scratch);
    return is_good;
}

/* Decide what is done with the value that begins here: true when it goes to the builder. */
static bool begins_tree(struct plan_reader *reader)
{
    if (reader->is_building)
        return true;
    if (is_list_scope(current(reader)))
        reader->task = item_task(current(reader), &reader->next);
    if (reader->depth == 0 || reader->task == TASK_ENTER || reader->task == TASK_SKIP)
        return false;
    reader->is_building = true;
    value_build_start(&reader->builder, reader->scratch);
    return true;
}

static bool wrong_kind(struct plan_reader *reader)
{
    return json_fail(reader->json, "this is not how Terraform writes a plan or state: a list or object was expected here");
}

static bool add_leaf(struct plan_reader *reader, enum value_kind kind, struct str text, bool truth)
{
    if (!begins_tree(reader)) {
        if (reader->depth == 0)
            reader->marks |= LOOKALIKE_NOT_AN_OBJECT;
        if (reader->depth > 0 && reader->task == TASK_ENTER && kind != VALUE_NULL)
            return wrong_kind(reader);
        return true;
    }
    value_build_leaf(&reader->builder, kind, text, truth);
    return reader->builder.is_done ? use_tree(reader) : true;
}

static bool on_null(void *context)
{
    return add_leaf(context, VALUE_NULL, (struct str){ NULL, 0 }, false);
}

static bool on_boolean(void *context, bool value)
{
    return add_leaf(context, VALUE_BOOL, (struct str){ NULL, 0 }, value);
}

static bool on_number(void *context, struct str text)
{
    return add_leaf(context, VALUE_NUMBER, text, false);
}

static bool on_string(void *context, struct str text)
{
    return add_leaf(context, VALUE_STRING, text, false);
}

static bool open_value(struct plan_reader *reader, enum value_kind kind)
{
    if (begins_tree(reader)) {
        value_build_open(&reader->builder, kind);
        return true;
    }
    enum scope scope = reader->next;
    if (reader->depth == 0) {
        scope = kind == VALUE_OBJECT ? SCOPE_DOCUMENT : SCOPE_NONE;
        if (kind == VALUE_LIST)
            reader->marks |= LOOKALIKE_NOT_AN_OBJECT;
    } else if (reader->task != TASK_ENTER) {
        scope = SCOPE_NONE;
    }
    if (scope != SCOPE_NONE && is_list_scope(scope) != (kind == VALUE_LIST) && reader->depth > 0)
        return wrong_kind(reader);
    reader->outer_n[reader->depth] = reader->module_n;
    reader->scopes[reader->depth++] = scope;
    reader->task = TASK_SKIP;
    return true;
}

static bool close_value(struct plan_reader *reader)
{
    if (reader->is_building) {
        value_build_close(&reader->builder);
        return reader->builder.is_done ? use_tree(reader) : true;
    }
    enum scope closed = reader->scopes[--reader->depth];
    if (closed == SCOPE_CALLS)
        reader->module_n = reader->outer_n[reader->depth];
    if (closed == SCOPE_CONFIGURATION)
        reader->plan->configuration.is_present = true;
    reader->task = TASK_SKIP;
    return true;
}

static bool on_open_object(void *context)
{
    return open_value(context, VALUE_OBJECT);
}

static bool on_open_array(void *context)
{
    return open_value(context, VALUE_LIST);
}

static bool on_close(void *context)
{
    return close_value(context);
}

struct plan_reader *plan_open(struct plan *plan, struct arena *scratch, const struct plan_events *events, void *context,
                              struct str file, struct error *error)
{
    static const struct json_events json_events = { on_null, on_boolean,     on_number, on_string,     on_key,
                                                    on_open_object, on_close, on_open_array, on_close };
    static const struct str cheap_keys[] = {
        STR_INIT("planned_values"), STR_INIT("prior_state"), STR_INIT("before"), STR_INIT("expressions"),
    };
    struct plan_reader *reader = arena_get(plan->arena, sizeof *reader);
    reader->plan = plan;
    reader->scratch = scratch;
    reader->events = events;
    reader->context = context;
    reader->error = error;
    map_init(&plan->strings, plan->arena);
    map_init(&plan->constructs, plan->arena);
    map_init(&plan->configuration.resources, plan->arena);
    map_init(&plan->configuration.modules, plan->arena);
    map_init(&plan->configuration.providers, plan->arena);
    value_shares_init(&reader->shares, plan->arena, &plan->strings);
    reader->json = json_open(plan->arena, &json_events, reader, file, cheap_keys,
                             sizeof cheap_keys / sizeof cheap_keys[0], error);
    return reader;
}

struct text_reader *plan_open_text(struct plan_reader *reader)
{
    return text_open(reader->plan, reader->scratch, reader->events, reader->context, reader->error);
}

struct log_reader *plan_open_log(struct plan_reader *reader)
{
    return log_open(reader->plan, reader->scratch, reader->events, reader->context, reader->error);
}

bool plan_feed(struct plan_reader *reader, const char *bytes, size_t n)
{
    return json_feed(reader->json, bytes, n);
}

bool plan_is_complete(const struct plan_reader *reader, size_t *used)
{
    return json_is_complete(reader->json, used);
}

bool plan_close(struct plan_reader *reader)
{
    if (!json_close(reader->json))
        return false;
    reader->plan->form = lookalike_find_form(reader->marks);
    if (reader->plan->form == PLAN_FORM_NONE)
        return lookalike_explain(reader->marks, reader->error);
    reader->plan->has_variables = true;
    if (reader->plan->form == PLAN_FORM_CONFIGURATION) {
        reader->plan->written = reader->written;
        tf_json_read(reader->plan, reader->scratch, reader->events, reader->context);
    }
    return true;
}
