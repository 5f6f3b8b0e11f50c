#include "base/arena.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/policies.h"
#include "rules/run.h"
#include "wiring/origin.h"

/* What the configuration of a plan names anywhere. */
struct uses {
    struct arena *arena;
    struct map names;     /* module, line end, name -> anything */
    bool is_root_only;    /* only the root module is asked for */
    bool has_locals;      /* a local or a dynamic block is used, and what it names is not in a plan */
    struct str local;
};

static struct str key_of(struct arena *arena, struct str module, struct str name)
{
    return arena_join(arena, (struct str[]){ module, STR("\n"), name }, 3);
}

static void use(struct uses *uses, struct str module, const struct value *references)
{
    for (const struct value *item = references == NULL ? NULL : references->first; item != NULL; item = item->next) {
        if (item->kind != VALUE_STRING || (uses->is_root_only && module.n > 0))
            continue;
        struct str variable = configuration_variable_name(item->text);
        struct str name = variable.p == NULL ? item->text : str_part(item->text, 0, strlen("var.") + variable.n);
        struct str key = key_of(uses->arena, module, name);
        if (map_find(&uses->names, key) == NULL)
            *map_get(&uses->names, key) = uses;
        if (!uses->has_locals && str_starts_with(item->text, STR("local."))) {
            uses->has_locals = true;
            uses->local = item->text;
        }
    }
}

static void use_modules(struct uses *uses, const struct configuration *configuration)
{
    for (size_t i = 0; i < configuration->modules.count; i++) {
        const struct configured_module *module = configuration->modules.entries[i].value;
        struct str address = configuration->modules.entries[i].key, parent = configuration_parent(address);
        for (const struct value *output = module->outputs == NULL ? NULL : module->outputs->first; output != NULL;
             output = output->next) {
            use(uses, address, value_find(output, STR("references")));
            use(uses, address, value_find(output, STR("depends_on")));
        }
        if (address.n == 0)
            continue;
        use(uses, parent, configuration_gather(uses->arena, module->expressions));
        use(uses, parent, module->repetition);
        use(uses, parent, module->depends_on);
    }
}

static void use_all(struct uses *uses, struct arena *arena, const struct plan *plan, bool is_root_only)
{
    const struct configuration *configuration = &plan->configuration;
    *uses = (struct uses){ .arena = arena, .is_root_only = is_root_only };
    map_init(&uses->names, arena);
    for (size_t i = 0; i < configuration->resources.count; i++) {
        const struct configured *block = configuration->resources.entries[i].value;
        use(uses, block->module, block->references);
        use(uses, block->module, block->repetition);
        use(uses, block->module, block->depends_on);
    }
    use_modules(uses, configuration);
    for (size_t i = 0; i < configuration->providers.count; i++) {
        const struct value *provider = configuration->providers.entries[i].value;
        struct str module = value_find_text(provider, STR("module_address"));
        use(uses, module.p == NULL ? STR("") : module, value_find(provider, STR("references")));
    }
}

static bool is_configuration_read(const struct run *run)
{
    const struct plan *plan = run_plan(run);
    return plan->configuration.is_present && plan->form == PLAN_FORM_PLAN && plan->configuration.resources.count > 0;
}

void declarations_check_variables(struct run *run, const struct rule *rule)
{
    struct joins *joins = run_joins(run);
    const struct plan *plan = run_plan(run);
    const struct configured_module *root = map_find(&plan->configuration.modules, STR(""));
    struct uses uses;
    if (!is_configuration_read(run) || root == NULL || root->variables == NULL)
        return;
    related_begin(joins);
    use_all(&uses, joins->indexes, plan, true);
    for (size_t i = 0; i < joins->wiring.blocks.count && !uses.has_locals; i++)
        uses.has_locals = wiring_has_dynamic(&joins->wiring, joins->wiring.blocks.entries[i].value);
    for (const struct value *variable = root->variables->first; variable != NULL; variable = variable->next) {
        struct str name = arena_join(run_arena(run), (struct str[]){ STR("var."), variable->key }, 2);
        if (map_find(&uses.names, key_of(joins->indexes, STR(""), name)) != NULL)
            run_pass(run, rule, 1);
        else if (!uses.has_locals)
            run_report(run, rule, (struct finding){ .verdict = VERDICT_FAIL, .address = name });
    }
}

static const struct value *root_outputs(const struct run *run)
{
    const struct configured_module *root = map_find(&run_plan(run)->configuration.modules, STR(""));
    return root == NULL ? NULL : root->outputs;
}

/* The wanted outputs, or any at all when no names are given. */
void declarations_check_outputs(struct run *run, const struct rule *rule)
{
    const struct value *outputs = root_outputs(run), *names = analysis_parameter(rule, STR("names"));
    if (!is_configuration_read(run))
        return;
    if (names == NULL && (outputs == NULL || outputs->first == NULL))
        run_report(run, rule, (struct finding){ .verdict = VERDICT_FAIL });
    else if (names == NULL)
        run_pass(run, rule, 1);
    for (const struct value *name = names == NULL ? NULL : names->first; name != NULL; name = name->next) {
        struct arena *arena = run_arena(run);
        if (value_find(outputs, name->text) != NULL) {
            run_pass(run, rule, 1);
            continue;
        }
        run_report(run, rule, (struct finding){
            .verdict = VERDICT_FAIL,
            .address = arena_join(arena, (struct str[]){ STR("output."), name->text }, 2),
            .message = STR("is not declared"),
        });
    }
}

struct secret_search {
    const struct value *words;
    struct str found;
};

static bool has_word(struct str text, const struct value *words)
{
    for (const struct value *word = words->first; word != NULL; word = word->next)
        if (str_find(text, word->text) >= 0)
            return true;
    return false;
}

static bool find_secret(void *context, const struct origin *origin)
{
    struct secret_search *search = context;
    struct str text = origin->kind == ORIGIN_BLOCK ? origin->attribute : origin->text;
    if (has_word(text, search->words))
        search->found = origin->text;
    return search->found.p == NULL;
}

void declarations_check_secret_outputs(struct run *run, const struct rule *rule)
{
    struct joins *joins = run_joins(run);
    const struct value *outputs = root_outputs(run);
    for (const struct value *output = outputs == NULL ? NULL : outputs->first; output != NULL; output = output->next) {
        struct secret_search search = { .words = analysis_parameter(rule, STR("words")) };
        struct origin_start start = { .module = STR(""), .instance = STR("") };
        if (!value_find_truth(output, STR("sensitive")))
            origin_each(&joins->wiring, start, value_find(output, STR("references")), find_secret, &search);
        if (search.found.p == NULL) {
            run_pass(run, rule, 1);
            continue;
        }
        struct arena *arena = run_arena(run);
        run_report(run, rule, (struct finding){
            .verdict = VERDICT_FAIL,
            .address = arena_join(arena, (struct str[]){ STR("output."), output->key }, 2),
            .message = arena_format(arena, "shows %.*s and is not sensitive", STR_ARG(search.found)),
        });
    }
}

/* --- resources that nothing refers to, attributes that something reads --- */

struct unused {
    struct policies policies;
    struct str open; /* a local that may refer to any; no string = none */
};

/* TYPE.NAME, with data. before it for data sources; no string for other references. */
static struct str block_of(struct str reference)
{
    static const struct str others[] = { STR_INIT("var."), STR_INIT("module."), STR_INIT("local."), STR_INIT("each."),
                                         STR_INIT("count."), STR_INIT("path."), STR_INIT("self."), STR_INIT("terraform.") };
    size_t names = str_starts_with(reference, STR("data.")) ? 3 : 2, n = 0;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (str_starts_with(reference, others[i]))
            return (struct str){ NULL, 0 };
    while (n < reference.n && reference.p[n] != '[' && !(reference.p[n] == '.' && --names == 0))
        n++;
    return str_part(reference, 0, n);
}

/* What references in module name is used, but by the block itself. */
static void note_use(struct unused *unused, struct str module, const struct value *references, struct str own)
{
    struct wiring *wiring = unused->policies.wiring;
    for (const struct value *item = references == NULL ? NULL : references->first; item != NULL; item = item->next) {
        struct str local = item->kind == VALUE_STRING ? block_of(item->text) : (struct str){ NULL, 0 };
        if (item->kind == VALUE_STRING && str_starts_with(item->text, STR("local.")))
            unused->open = item->text;
        if (local.p == NULL)
            continue;
        struct str key = module.n == 0 ? local : arena_join(wiring->scratch, (struct str[]){ module, STR("."), local }, 3);
        struct wired_block *block = map_find(&wiring->blocks, key);
        if (block != NULL && !str_equal(key, own))
            block->is_used = true;
    }
    arena_reset(wiring->scratch);
}

/* Outputs count too: other stacks may read them. */
static void note_module(struct unused *unused, struct str address, const struct configured_module *module)
{
    struct arena *arena = unused->policies.arena;
    for (const struct value *output = module->outputs == NULL ? NULL : module->outputs->first; output != NULL;
         output = output->next) {
        note_use(unused, address, value_find(output, STR("references")), STR(""));
        note_use(unused, address, value_find(output, STR("depends_on")), STR(""));
    }
    if (address.n == 0)
        return;
    struct str parent = configuration_parent(address);
    note_use(unused, parent, configuration_gather(arena, module->expressions), STR(""));
    note_use(unused, parent, module->repetition, STR(""));
    note_use(unused, parent, module->depends_on, STR(""));
}

static void judge_use(void *context, struct node *node, enum truth selected)
{
    struct unused *unused = context;
    struct policies_answer answer = { 0 };
    if (node->block->is_used)
        policies_note(&answer, PERMISSION_YES, STR(""));
    else if (unused->open.p != NULL)
        policies_note(&answer, PERMISSION_UNKNOWN,
                      arena_format(unused->policies.wiring->scratch, "%.*s may refer to it", STR_ARG(unused->open)));
    else
        policies_note(&answer, PERMISSION_NO, unused->policies.rule->message);
    policies_report(&unused->policies, node, selected, &answer);
}

void declarations_check_use(struct run *run, const struct rule *rule)
{
    struct unused unused = { 0 };
    const struct configuration *configuration = &run_plan(run)->configuration;
    if (!is_configuration_read(run) || !joins_has_selected(run_joins(run), rule))
        return;
    policies_open(&unused.policies, run, rule, false);
    for (size_t i = 0; i < configuration->resources.count; i++) {
        const struct configured *block = configuration->resources.entries[i].value;
        struct str own = configuration->resources.entries[i].key;
        note_use(&unused, block->module, block->references, own);
        note_use(&unused, block->module, block->repetition, own);
        note_use(&unused, block->module, block->depends_on, own);
    }
    for (size_t i = 0; i < configuration->modules.count; i++)
        note_module(&unused, configuration->modules.entries[i].key, configuration->modules.entries[i].value);
    joins_each_selected(unused.policies.joins, rule, judge_use, &unused);
}

struct reading {
    struct policies policies;
    struct uses uses;
    struct str attribute;
};

static void judge_reading(void *context, struct node *node, enum truth selected)
{
    struct reading *reading = context;
    struct policies_answer answer = { 0 };
    struct arena *scratch = reading->policies.wiring->scratch;
    const struct configured *configured = wiring_find_configured(reading->policies.wiring, node->block);
    struct str module = configured == NULL ? STR("") : configured->module;
    struct str local = module.n == 0 ? node->block->key : str_from_offset(node->block->key, module.n + 1);
    struct str name = arena_join(scratch, (struct str[]){ local, STR("."), reading->attribute }, 3);
    bool is_read = map_find(&reading->uses.names, key_of(scratch, module, name)) != NULL;
    policies_note(&answer, is_read ? PERMISSION_NO : PERMISSION_YES, is_read ? reading->policies.rule->message : STR(""));
    policies_report(&reading->policies, node, selected, &answer);
}

void declarations_check_reading(struct run *run, const struct rule *rule)
{
    struct reading reading = { 0 };
    if (!joins_has_selected(run_joins(run), rule))
        return;
    policies_open(&reading.policies, run, rule, false);
    reading.attribute = analysis_parameter(rule, STR("attribute"))->text;
    use_all(&reading.uses, reading.policies.arena, run_plan(run), false);
    joins_each_selected(reading.policies.joins, rule, judge_reading, &reading);
}

/* The item of depends_on that the block refers to anyway; NULL when there is none. */
static const struct value *find_repeated(const struct configured *block)
{
    for (const struct value *item = block->depends_on == NULL ? NULL : block->depends_on->first; item != NULL;
         item = item->next) {
        const struct value *other = block->references == NULL ? NULL : block->references->first;
        while (other != NULL && !str_equal(block_of(other->text), item->text))
            other = other->next;
        if (other != NULL && item->text.n > 0)
            return item;
    }
    return NULL;
}

void declarations_check_depends_on(struct run *run, const struct rule *rule)
{
    const struct map *blocks = &run_plan(run)->configuration.resources;
    struct arena *arena = run_arena(run);
    for (size_t i = 0; i < blocks->count && is_configuration_read(run); i++) {
        const struct configured *block = blocks->entries[i].value;
        const struct value *repeated = find_repeated(block);
        if (block->depends_on != NULL && repeated == NULL)
            run_pass(run, rule, 1);
        if (repeated == NULL)
            continue;
        run_report(run, rule, (struct finding){
            .verdict = VERDICT_FAIL,
            .address = blocks->entries[i].key,
            .path = STR("depends_on"),
            .message = arena_format(arena, "names %.*s, which it refers to anyway", STR_ARG(repeated->text)),
        });
    }
}

void declarations_check_types(struct run *run, const struct rule *rule)
{
    const struct value *types = analysis_parameter(rule, STR("types"));
    for (const struct value *type = types->first; type != NULL; type = type->next) {
        if (joins_count_type(run_joins(run), type->text) > 0) {
            run_pass(run, rule, 1);
            continue;
        }
        run_report(run, rule, (struct finding){
            .verdict = VERDICT_FAIL,
            .address = type->text,
            .message = arena_format(run_arena(run), "the stack has no %.*s", STR_ARG(type->text)),
        });
    }
}
