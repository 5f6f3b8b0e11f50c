#include "rules/run.h"

#include "base/arena.h"
#include "base/vec.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/arguments.h"
#include "rules/joins.h"
#include "rules/naming.h"
#include "rules/occasion.h"
#include "rules/profile.h"
#include "rules/secrets.h"
#include "rules/selection.h"
#include "rules/verdict.h"
#include "schema/schema_complete.h"

#include <stdlib.h>

/* The rules for one resource type. */
struct bucket {
    size_t *rules; /* numbers of rules whose selection takes the type */
    size_t count, capacity;
    struct map attributes; /* top-level attributes that these rules read; the values mean nothing */
    struct map unknown;    /* those that were unknown where a rule had to be put off */
};

/* A resource that some rules could not decide without the configuration, with what they read of it. */
struct pending {
    struct resource resource;
    size_t *rules;
    size_t count, capacity;
};

/* A finding of a rule that may turn out not to be in force. */
struct result {
    size_t rule; /* its number */
    struct finding finding;
};

/* What has to be kept of a block of the configuration. */
enum wanted_parts { BLOCK_ALONE = 1, BLOCK_WITH_NAME = 2, BLOCK_WITH_ATTRIBUTES = 4 };

enum force { FORCE_UNDECIDED, FORCE_ON, FORCE_OFF };

struct run {
    struct arena *arena, *scratch;
    const struct rules *rules;
    const struct run_options *options;
    const struct plan *plan;
    struct map buckets; /* type -> struct bucket */
    struct map wanted_blocks; /* configuration key -> set of enum wanted_parts, as a number */
    struct {
        struct pending *items;
        size_t count, capacity;
    } pending;
    struct {
        struct result *items;
        size_t count, capacity;
    } results;
    struct run_tally *tallies; /* one for each rule */
    enum force *forces;        /* one for each rule */
    struct {
        struct str *items;
        size_t count, capacity;
    } *gathered;               /* one for each rule: addresses of a rule that reports once */
    struct names names;
    struct declared_results *declared; /* NULL = not looked for yet */
    struct arguments *arguments; /* NULL = no rule in force is about arguments */
    struct joins joins;
    struct map strings;
    size_t actions[ACTION_BITS];
    enum profile profile;
    bool has_profile;
    bool is_profile_open; /* the variables that would tell are not shown: what one profile leaves out is left out */
    struct str profile_origin;
    const char *kept_of;     /* address text that kept_address is a copy of; NULL = none */
    struct str kept_address;
    struct parsed_texts parsed; /* of the resource that is judged */
    bool has_suffix_answer, has_suffix; /* whether the plan has an environment suffix; asked once its variables are read */
    struct suffix suffix;
};

static bool is_chosen(const struct run *run, const struct rule *rule)
{
    const struct run_options *options = run->options;
    if (options->only.count > 0 && !selection_matches(&options->only, rule->id))
        return false;
    bool is_wanted = !rule->is_optional || options->only.count > 0 || selection_matches(&options->with, rule->pack);
    return is_wanted && !selection_matches(&options->skip, rule->id);
}

static bool is_off(const struct run *run, size_t number)
{
    return run->forces[number] == FORCE_OFF;
}

struct run *run_open(struct arena *arena, struct arena *scratch, const struct rules *rules,
                     const struct run_options *options, const struct plan *plan)
{
    struct run *run = arena_get(arena, sizeof *run);
    run->arena = arena;
    run->scratch = scratch;
    run->rules = rules;
    run->options = options;
    run->plan = plan;
    map_init(&run->buckets, arena);
    map_init(&run->wanted_blocks, arena);
    map_init(&run->strings, arena);
    run->tallies = arena_get(arena, (rules->count + 1) * sizeof *run->tallies);
    run->forces = arena_get(arena, (rules->count + 1) * sizeof *run->forces);
    run->gathered = arena_get(arena, (rules->count + 1) * sizeof *run->gathered);
    names_init(&run->names, arena, &run->strings, map_find(&rules->tables, STR("resource-names")));
    joins_init(&run->joins, arena, scratch, &run->strings, plan);
    for (size_t i = 0; i < rules->count; i++) {
        run->forces[i] = is_chosen(run, rules->items[i]) ? FORCE_UNDECIDED : FORCE_OFF;
        if (run->forces[i] != FORCE_OFF)
            joins_add_rule(&run->joins, rules->items[i]);
    }
    run->arguments = arguments_open(run, rules, is_off);
    return run;
}

static struct bucket *get_bucket(struct run *run, struct str type)
{
    struct bucket *bucket = map_find(&run->buckets, type);
    if (bucket != NULL)
        return bucket;
    bucket = arena_get(run->arena, sizeof *bucket);
    map_init(&bucket->attributes, run->arena);
    map_init(&bucket->unknown, run->arena);
    *map_get(&run->buckets, map_intern(&run->strings, type)) = bucket;
    for (size_t i = 0; i < run->rules->count; i++) {
        const struct rule *rule = run->rules->items[i];
        if (rule->condition == NULL || joins_judges(rule) || run->forces[i] == FORCE_OFF || !selection_matches(&rule->select.types, type))
            continue;
        bucket->rules = vec_grow(run->arena, bucket->rules, bucket->count, &bucket->capacity, sizeof *bucket->rules);
        bucket->rules[bucket->count++] = i;
        for (size_t a = 0; a < rule->attributes.count; a++)
            *map_get(&bucket->attributes, rule->attributes.items[a]) = bucket;
    }
    return bucket;
}

static void learn_profile(struct run *run)
{
    if (run->has_profile)
        return;
    run->has_profile = true;
    run->profile = run->options->profile;
    if (!run->options->has_profile)
        run->profile = profile_learn(run->arena, run->plan, &run->profile_origin);
    run->is_profile_open = !run->options->has_profile && run->profile_origin.p == NULL && profile_is_open(run->plan);
    if (run->is_profile_open)
        run->profile_origin = STR("assumed; the variables are not shown");
}

/* Whether the profile leaves a rule out, or one that it could be. */
static bool is_left_out(const struct run *run, const struct rule *rule)
{
    bool is_left_out = rule->is_off[run->profile];
    for (int profile = 0; run->is_profile_open && profile < PROFILE_COUNT; profile++)
        is_left_out |= rule->is_off[profile];
    return is_left_out || (run->plan->lacks_variables && rule->when.variables != NULL);
}

/* Whether a rule is in force. Undecided as long as its occasion depends on what has not been read. */
static enum force decide_force(struct run *run, size_t number, bool is_final)
{
    enum force *force = &run->forces[number];
    const struct rule *rule = run->rules->items[number];
    bool needs_end = rule->when.bound_count > 0 || rule->when.inputs.count > 0;
    if (*force != FORCE_UNDECIDED || !run->plan->has_variables || (needs_end && !is_final))
        return *force;
    learn_profile(run);
    bool is_on = !is_left_out(run, rule) &&
                 occasion_holds(run->arena, &rule->when, run->plan, run->profile, run->actions);
    *force = is_on ? FORCE_ON : FORCE_OFF;
    return *force;
}

static void fill_texts(const struct rule *rule, struct finding *finding)
{
    finding->rule = rule->id;
    finding->why = rule->why;
    finding->fix = rule->fix;
    if (finding->message.p == NULL)
        finding->message = rule->message.p != NULL ? rule->message : rule->title;
}

static void add_result(struct run *run, size_t number, struct finding finding)
{
    fill_texts(run->rules->items[number], &finding);
    VEC_ADD(run->arena, &run->results, ((struct result){ number, finding }));
}

/* The resource's address, kept once for all that speak of it. */
static struct str keep_address(struct run *run, const struct resource *resource)
{
    if (run->kept_of != resource->address.p) {
        run->kept_of = resource->address.p;
        run->kept_address = arena_copy(run->arena, resource->address);
    }
    return run->kept_address;
}

static size_t number_of(const struct run *run, const struct rule *rule)
{
    size_t number = rule->number; /* a run of one case has that rule alone */
    return number < run->rules->count && run->rules->items[number] == rule ? number : 0;
}

void run_report(struct run *run, const struct rule *rule, struct finding finding)
{
    size_t number = number_of(run, rule);
    if (finding.verdict == VERDICT_FAIL)
        run->tallies[number].failed++;
    else
        run->tallies[number].unknown++;
    add_result(run, number, finding);
}

void run_gather(struct run *run, const struct rule *rule, struct str address)
{
    size_t number = number_of(run, rule);
    run->tallies[number].failed++;
    VEC_ADD(run->arena, &run->gathered[number], address);
}

void run_pass(struct run *run, const struct rule *rule, size_t count)
{
    run->tallies[number_of(run, rule)].passed += count;
}

static void report_failure(struct run *run, size_t number, struct evaluation *evaluation)
{
    const struct rule *rule = run->rules->items[number];
    struct str address = keep_address(run, evaluation->resource);
    run->tallies[number].failed++;
    if (rule->reports_once) {
        VEC_ADD(run->arena, &run->gathered[number], address);
        return;
    }
    struct finding finding = verdict_fail(&run->strings, rule, evaluation);
    finding.address = address;
    add_result(run, number, finding);
}

static void report_unknown(struct run *run, size_t number, struct evaluation *evaluation)
{
    run->tallies[number].unknown++;
    struct finding finding = verdict_unknown(run->arena, &run->strings, run->rules->items[number], evaluation);
    finding.address = keep_address(run, evaluation->resource);
    add_result(run, number, finding);
}

/* Judge one resource by one rule. False when only the configuration can tell and it has not been read. */
static bool judge(struct run *run, size_t number, const struct resource *resource, bool is_final)
{
    const struct rule *rule = run->rules->items[number];
    struct evaluation evaluation = { .plan = run->plan, .resource = resource, .scratch = run->scratch,
                                     .parsed = &run->parsed, .is_final = is_final };
    enum truth selected = TRUTH_TRUE;
    if (rule->select.where != NULL)
        selected = condition_test(&evaluation, rule->select.where);
    if (selected == TRUTH_FALSE)
        return true;
    if (selected == TRUTH_TRUE)
        evaluation.has_unknown = false;
    evaluation.has_failure = false;
    enum truth truth = condition_test(&evaluation, rule->condition);
    if (truth == TRUTH_FALSE && selected == TRUTH_UNKNOWN)
        truth = TRUTH_UNKNOWN;
    if (truth == TRUTH_UNKNOWN && evaluation.wants_configuration && !is_final)
        return false;
    if (truth == TRUTH_TRUE)
        run->tallies[number].passed++;
    else if (truth == TRUTH_FALSE)
        report_failure(run, number, &evaluation);
    else
        report_unknown(run, number, &evaluation);
    return true;
}

static void want_block(struct run *run, struct str configuration_key, uintptr_t parts)
{
    void **place = map_get(&run->wanted_blocks, configuration_key);
    *place = (void *)((uintptr_t)*place | parts);
}

static struct pending *add_pending(struct run *run, const struct resource *resource)
{
    struct pending pending = { .resource = *resource };
    struct resource *kept = &pending.resource;
    kept->address = keep_address(run, resource);
    kept->configuration_key = resource->configuration_key.p == resource->address.p
                                  ? kept->address
                                  : map_intern(&run->strings, resource->configuration_key);
    kept->module = map_intern(&run->strings, resource->module);
    kept->type = map_intern(&run->strings, resource->type);
    kept->name = map_intern(&run->strings, resource->name);
    kept->provider = map_intern(&run->strings, resource->provider);
    kept->action_reason = map_intern(&run->strings, resource->action_reason);
    kept->after = NULL;
    if (resource->replace_paths != NULL)
        kept->replace_paths = value_copy(run->arena, &run->strings, resource->replace_paths);
    VEC_ADD(run->arena, &run->pending, pending);
    want_block(run, kept->configuration_key, BLOCK_WITH_ATTRIBUTES);
    return &run->pending.items[run->pending.count - 1];
}

static bool reads(const struct rule *rule, struct str attribute)
{
    for (size_t i = 0; i < rule->attributes.count; i++)
        if (str_equal(rule->attributes.items[i], attribute))
            return true;
    return false;
}

/* Keep of the resource what its pending rules read. */
static void keep_attributes(struct run *run, struct bucket *bucket, struct pending *pending,
                            const struct resource *resource)
{
    struct value *kept = value_make(run->arena, VALUE_OBJECT);
    kept->is_partial = resource->after->is_partial;
    for (const struct value *member = resource->after->first; member != NULL; member = member->next) {
        bool is_read = false;
        for (size_t i = 0; i < pending->count && !is_read; i++)
            is_read = reads(run->rules->items[pending->rules[i]], member->key);
        if (!is_read && member->key.p != NULL)
            continue;
        struct value *copy = value_share(&run->joins.wiring.shares, run->scratch, member);
        value_add(kept, copy);
        if (value_has_unknown(copy) && copy->key.p != NULL)
            *map_get(&bucket->unknown, copy->key) = bucket;
    }
    pending->resource.after = kept;
}

static void judge_all(struct run *run, const struct resource *resource)
{
    struct bucket *bucket = get_bucket(run, resource->type);
    struct pending *pending = NULL;
    for (size_t i = 0; i < bucket->count; i++) {
        size_t number = bucket->rules[i];
        if (!selection_takes(run->rules->items[number], resource) || decide_force(run, number, false) == FORCE_OFF)
            continue;
        if (judge(run, number, resource, false))
            continue;
        if (pending == NULL)
            pending = add_pending(run, resource);
        pending->rules = vec_grow(run->arena, pending->rules, pending->count, &pending->capacity, sizeof *pending->rules);
        pending->rules[pending->count++] = number;
    }
    if (pending != NULL)
        keep_attributes(run, bucket, pending, resource);
}

static void judge_resource(struct run *run, const struct resource *resource)
{
    run->kept_of = NULL;
    run->parsed.count = 0;
    for (int bit = 0; bit < ACTION_BITS; bit++)
        run->actions[bit] += (resource->actions & (1U << bit)) != 0;
    if (resource->after != NULL)
        joins_collect(&run->joins, resource, keep_address(run, resource));
    if (run->options->changed_only && resource->actions == ACTION_NO_OP)
        return;
    judge_all(run, resource);
    if (run->arguments != NULL)
        arguments_check(run->arguments, resource, run->scratch);
    if (resource->after == NULL)
        return;
    const struct named *named = names_collect(&run->names, resource, keep_address(run, resource));
    if (named != NULL)
        want_block(run, named->configuration_key, naming_needs_expressions(run, named) ? BLOCK_WITH_NAME : BLOCK_ALONE);
}

/* What was written is judged in the shape that its plan would have. */
static void on_resource(void *context, const struct resource *resource)
{
    struct run *run = context;
    struct resource completed = *resource;
    const struct schema *schema = NULL;
    if (resource->written != NULL && run->rules->schemas != NULL)
        schema = arguments_find_schema(run->rules->schemas, resource);
    if (schema != NULL && resource->mode != MODE_BLOCK)
        completed.after = schema_complete(run->scratch, schema->block, resource->after);
    judge_resource(run, &completed);
}

static bool on_wants(void *context, struct str configuration_key, struct str type, struct str attribute)
{
    struct run *run = context;
    if (joins_want(&run->joins, configuration_key, type, attribute))
        return true;
    uintptr_t parts = BLOCK_WITH_NAME | BLOCK_WITH_ATTRIBUTES;
    if (run->plan->change_count > 0)
        parts = (uintptr_t)map_find(&run->wanted_blocks, configuration_key);
    if (attribute.n == 0)
        return (attribute.p == NULL ? parts != 0 : parts > BLOCK_ALONE) &&
               (get_bucket(run, type)->count > 0 || map_find(&run->names.rows, type) != NULL);
    const struct bucket *bucket = get_bucket(run, type);
    const struct map *attributes = run->plan->change_count > 0 ? &bucket->unknown : &bucket->attributes;
    return ((parts & BLOCK_WITH_ATTRIBUTES) != 0 && map_find(attributes, attribute) != NULL) ||
           ((parts & BLOCK_WITH_NAME) != 0 && names_use(&run->names, type, attribute));
}

const struct plan_events *run_events(void)
{
    static const struct plan_events events = { on_resource, on_wants };
    return &events;
}

static int order_addresses(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* One finding for all resources that failed a rule that reports once. */
static void report_gathered(struct run *run, size_t number)
{
    struct finding finding = { .verdict = VERDICT_FAIL };
    size_t count = run->gathered[number].count;
    if (count == 0)
        return;
    qsort(run->gathered[number].items, count, sizeof(struct str), order_addresses);
    finding.addresses = run->gathered[number].items;
    finding.address_count = count;
    if (count == 1)
        finding.address = finding.addresses[0];
    add_result(run, number, finding);
}

static bool is_reported(const struct run *run, const struct result *result, enum severity *severity)
{
    const struct rule *rule = run->rules->items[result->rule];
    *severity = rule->in_profile[run->profile];
    for (int profile = 0; run->is_profile_open && profile < PROFILE_COUNT; profile++)
        if (rule->in_profile[profile] > *severity)
            *severity = rule->in_profile[profile];
    return run->forces[result->rule] == FORCE_ON && *severity <= run->options->least;
}

/* The rules that judge what was kept, and the analyses. */
static void judge_at_end(struct run *run, enum analysis_shares shares)
{
    for (size_t i = 0; i < run->rules->count; i++) {
        const struct rule *rule = run->rules->items[i];
        enum analysis_shares own = rule->analysis == NULL ? SHARES_NOTHING : rule->analysis->shares;
        if (own != shares || decide_force(run, i, true) != FORCE_ON)
            continue;
        if (joins_judges(rule) && rule->analysis == NULL)
            joins_judge(run, rule);
        if (rule->analysis != NULL)
            rule->analysis->finish(run, rule);
        arena_reset(run->scratch);
        report_gathered(run, i);
    }
}

void run_finish(struct run *run, struct findings *findings)
{
    learn_profile(run);
    if (!run->options->has_profile && !run->is_profile_open) /* only now it is known which variables are sensitive */
        profile_learn(run->arena, run->plan, &run->profile_origin);
    for (size_t i = 0; i < run->pending.count; i++) {
        const struct pending *pending = &run->pending.items[i];
        run->kept_of = pending->resource.address.p;
        run->kept_address = pending->resource.address;
        run->parsed.count = 0;
        for (size_t r = 0; r < pending->count; r++)
            if (decide_force(run, pending->rules[r], true) == FORCE_ON)
                judge(run, pending->rules[r], &pending->resource, true);
        arena_reset(run->scratch);
    }
    /* rules that share an index come one after another, so that there is never more than one */
    for (int shared = SHARES_NOTHING; shared <= SHARES_NETWORK; shared++) {
        judge_at_end(run, (enum analysis_shares)shared);
        joins_forget_shared(&run->joins);
    }
    struct texts secrets = { 0 };
    secrets_collect(run->arena, run->plan, &secrets);
    for (size_t i = 0; i < run->results.count; i++) {
        struct finding finding = run->results.items[i].finding;
        if (!is_reported(run, &run->results.items[i], &finding.severity))
            continue;
        finding.message = secrets_mask(run->arena, &secrets, finding.message);
        const struct str *construct = map_find(&run->plan->constructs, finding.address);
        if (construct != NULL)
            finding.construct = *construct;
        findings_add(findings, finding);
    }
    arena_give_back(run->arena, run->results.items);
    run->results.items = NULL;
    run->results.count = run->results.capacity = 0;
    findings_sort(findings);
}

size_t run_count_rules(const struct run *run)
{
    size_t count = 0;
    for (size_t i = 0; i < run->rules->count; i++)
        count += run->forces[i] == FORCE_ON;
    return count;
}

struct run_tally run_sum(const struct run *run)
{
    struct run_tally sum = { 0 };
    for (size_t i = 0; i < run->rules->count; i++) {
        if (run->forces[i] != FORCE_ON)
            continue;
        sum.passed += run->tallies[i].passed;
        sum.failed += run->tallies[i].failed;
        sum.unknown += run->tallies[i].unknown;
    }
    return sum;
}

bool run_tally_of(const struct run *run, size_t number, struct run_tally *tally)
{
    *tally = run->tallies[number];
    return run->forces[number] == FORCE_ON;
}

enum profile run_profile(const struct run *run)
{
    return run->profile;
}

struct str run_profile_origin(const struct run *run)
{
    return run->profile_origin;
}

bool run_suffix(struct run *run, const struct suffix **suffix)
{
    if (!run->has_suffix_answer) {
        run->has_suffix_answer = run->plan->has_variables;
        run->has_suffix = suffix_learn(run->plan, run->options, &run->suffix);
    }
    *suffix = &run->suffix;
    return run->has_suffix;
}

struct arena *run_arena(struct run *run)
{
    return run->arena;
}

const struct plan *run_plan(const struct run *run)
{
    return run->plan;
}

const struct run_options *run_options(const struct run *run)
{
    return run->options;
}

const struct value *run_table(const struct run *run, struct str name)
{
    return map_find(&run->rules->tables, name);
}

struct joins *run_joins(struct run *run)
{
    return &run->joins;
}

const struct names *run_names(const struct run *run)
{
    return &run->names;
}

const struct arguments *run_arguments(const struct run *run)
{
    return run->arguments;
}

struct schema_library *run_schemas(const struct run *run)
{
    return run->rules->schemas;
}

struct declared_results **run_declared(struct run *run)
{
    return &run->declared;
}
