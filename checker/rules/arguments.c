#include "rules/arguments.h"

#include "base/arena.h"
#include "base/vec.h"
#include "plan/plan.h"
#include "plan/resource.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/provider_version.h"
#include "rules/run.h"
#include "schema/schema_library.h"

/* Unknown arguments that another version of the provider may know have a rule of their own. */
enum { SLOT_OTHER_VERSION = PROBLEM_COUNT, SLOT_COUNT };

struct arguments {
    struct run *run;
    struct arena *arena;
    struct schema_library *library;
    const struct rule *rules[SLOT_COUNT]; /* that report a kind of problem; NULL = none */
    size_t failed[SLOT_COUNT];            /* resources */
    size_t checked;                          /* resources that have a schema */
    struct map seen;                         /* types without one */
    struct texts unknown_types;
    size_t unknown_count;
    const struct resource *resource; /* that is being checked */
    bool may_be_other_version;       /* its provider need not be of the major version that its schema is of */
    struct str address;              /* of it, kept; no string = not kept yet */
    bool has_failed[SLOT_COUNT];
};

static const struct str analysis_names[SLOT_COUNT] = {
    [PROBLEM_UNKNOWN_ARGUMENT] = STR_INIT("argument-unknown"),
    [PROBLEM_REQUIRED] = STR_INIT("argument-required"),
    [PROBLEM_COMPUTED] = STR_INIT("argument-computed"),
    [PROBLEM_TYPE] = STR_INIT("argument-type"),
    [PROBLEM_BLOCK_SHAPE] = STR_INIT("block-shape"),
    [PROBLEM_BLOCK_COUNT] = STR_INIT("block-count"),
    [PROBLEM_BLOCK_ARRAY] = STR_INIT("block-array"),
    [PROBLEM_ENUM] = STR_INIT("argument-enum"),
    [PROBLEM_ENUM_CASE] = STR_INIT("argument-enum-case"),
    [PROBLEM_RANGE] = STR_INIT("argument-range"),
    [PROBLEM_LENGTH] = STR_INIT("argument-length"),
    [PROBLEM_PATTERN] = STR_INIT("argument-pattern"),
    [PROBLEM_FORM] = STR_INIT("argument-form"),
    [PROBLEM_EMPTY] = STR_INIT("argument-empty"),
    [PROBLEM_TEXT_PATTERN] = STR_INIT("argument-characters"),
    [PROBLEM_API_ENUM] = STR_INIT("api-enum"),
    [PROBLEM_API_RANGE] = STR_INIT("api-range"),
    [PROBLEM_API_LENGTH] = STR_INIT("api-length"),
    [PROBLEM_API_PATTERN] = STR_INIT("api-pattern"),
    [PROBLEM_API_ITEMS] = STR_INIT("api-items"),
    [PROBLEM_ONE_OF] = STR_INIT("argument-one-of"),
    [PROBLEM_CONFLICT] = STR_INIT("argument-conflict"),
    [PROBLEM_REQUIRED_WITH] = STR_INIT("argument-required-with"),
    [PROBLEM_DEPRECATED] = STR_INIT("argument-deprecated"),
    [SLOT_OTHER_VERSION] = STR_INIT("argument-other-version"),
};

struct str arguments_analysis_name(enum schema_problem_kind kind)
{
    return analysis_names[kind];
}

struct arguments *arguments_open(struct run *run, const struct rules *rules,
                                 bool (*is_off)(const struct run *run, size_t number))
{
    struct arguments *arguments = arena_get(run_arena(run), sizeof *arguments);
    bool has_rule = false;
    arguments->run = run;
    arguments->arena = run_arena(run);
    arguments->library = rules->schemas;
    map_init(&arguments->seen, arguments->arena);
    for (size_t i = 0; i < rules->count; i++) {
        const struct analysis *analysis = rules->items[i]->analysis;
        if (analysis == NULL || analysis->finish != arguments_finish || is_off(run, i))
            continue;
        for (int slot = 0; slot < SLOT_COUNT; slot++)
            if (str_equal(analysis_names[slot], analysis->name))
                arguments->rules[slot] = rules->items[i];
        has_rule = true;
    }
    return has_rule && rules->schemas != NULL ? arguments : NULL;
}

static void report(void *context, const struct schema_problem *problem)
{
    struct arguments *arguments = context;
    int slot = (int)problem->kind;
    if (problem->kind == PROBLEM_UNKNOWN_ARGUMENT && arguments->may_be_other_version)
        slot = SLOT_OTHER_VERSION;
    const struct rule *rule = arguments->rules[slot];
    if (rule == NULL)
        return;
    if (arguments->address.p == NULL)
        arguments->address = arena_copy(arguments->arena, arguments->resource->address);
    struct finding finding = { .address = arguments->address, .verdict = VERDICT_FAIL };
    finding.path = arena_copy(arguments->arena, problem->path);
    finding.message = arena_copy(arguments->arena, problem->message);
    arguments->failed[slot] += !arguments->has_failed[slot];
    arguments->has_failed[slot] = true;
    run_report(arguments->run, rule, finding);
}

const struct schema *arguments_find_schema(struct schema_library *library, const struct resource *resource)
{
    struct str provider = resource->provider;
    enum schema_mode mode = resource->mode == MODE_DATA        ? SCHEMA_DATA
                            : resource->mode == MODE_EPHEMERAL ? SCHEMA_EPHEMERAL
                                                               : SCHEMA_RESOURCE;
    for (size_t i = provider.n; i > 0; i--)
        if (provider.p[i - 1] == '/') {
            provider = str_from_offset(provider, i);
            break;
        }
    if (resource->mode == MODE_BLOCK)
        return resource->provider.p == NULL ? NULL : schema_library_find_provider(library, provider);
    return schema_library_find(library, provider, mode, resource->type);
}

static bool may_be_other_version(struct arguments *arguments, const struct resource *resource)
{
    struct str name = resource->mode == MODE_BLOCK ? resource->name : provider_of_type(resource->type);
    return !provider_is_surely_known(run_plan(arguments->run), arguments->library, name);
}

static void note_unknown(struct arguments *arguments, struct str type)
{
    arguments->unknown_count++;
    if (map_find(&arguments->seen, type) != NULL)
        return;
    struct str kept = arena_copy(arguments->arena, type);
    *map_get(&arguments->seen, kept) = arguments;
    VEC_ADD(arguments->arena, &arguments->unknown_types, kept);
}

/* What stays as it is has been accepted by AWS already. */
static bool is_judged(const struct resource *resource)
{
    if (resource->written != NULL)
        return resource->mode != MODE_BLOCK || resource->provider.p != NULL;
    unsigned changes = ACTION_CREATE | ACTION_UPDATE | ACTION_REPLACE;
    return resource->after != NULL && resource->mode == MODE_MANAGED && (resource->actions & changes) != 0;
}

/* What a provider block may have besides the arguments of the provider. */
static const struct value *without_own_arguments(struct arena *arena, const struct value *written)
{
    struct value *kept = value_make(arena, VALUE_OBJECT);
    for (const struct value *member = written->first; member != NULL; member = member->next) {
        if (str_equal(member->key, STR("alias")) || str_equal(member->key, STR("version")))
            continue;
        struct value *copy = value_make(arena, member->kind);
        *copy = *member;
        copy->next = NULL;
        value_add(kept, copy);
    }
    return kept;
}

void arguments_check(struct arguments *arguments, const struct resource *resource, struct arena *scratch)
{
    if (!is_judged(resource))
        return;
    const struct schema *schema = arguments_find_schema(arguments->library, resource);
    if (schema == NULL) {
        note_unknown(arguments, resource->type);
        return;
    }
    struct schema_check check = { .arena = scratch, .report = report, .context = arguments };
    arguments->resource = resource;
    arguments->address = (struct str){ NULL, 0 };
    arguments->checked++;
    memset(arguments->has_failed, 0, sizeof arguments->has_failed);
    check.is_configuration = resource->written != NULL;
    arguments->may_be_other_version = check.is_configuration && may_be_other_version(arguments, resource);
    const struct value *value = check.is_configuration ? resource->written : resource->after;
    if (resource->mode == MODE_BLOCK)
        value = without_own_arguments(scratch, value);
    schema_check_block(&check, schema->block, value, true);
}

void arguments_finish(struct run *run, const struct rule *rule)
{
    const struct arguments *arguments = run_arguments(run);
    if (arguments == NULL)
        return;
    for (int slot = 0; slot < SLOT_COUNT; slot++)
        if (arguments->rules[slot] == rule)
            run_pass(run, rule, arguments->checked - arguments->failed[slot]);
}

size_t arguments_unknown(const struct arguments *arguments, const struct texts **types)
{
    *types = &arguments->unknown_types;
    return arguments->unknown_count;
}
