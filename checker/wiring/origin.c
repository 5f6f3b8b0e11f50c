#include "wiring/origin.h"

#include "base/arena.h"
#include "plan/address.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "wiring/wiring.h"

/* Bounds that end every walk. */
enum { WALK_DEPTH_MAX = 64, WALK_STEPS_MAX = 4096 };

/* A list of references on the way. */
struct stage {
    struct origin_start at;
    const struct value *references;
    const struct value *item;
    bool is_part;
    bool is_each;  /* the list is what a for_each goes through */
    bool has_each; /* each.* or count.index is among the references */
    bool is_by_key; /* these are the key itself */
    bool has_index; /* a local or variable is, which may choose among instances */
    size_t ends;   /* of them that say something else */
};

struct walk {
    const struct wiring *wiring;
    struct stage stack[WALK_DEPTH_MAX];
    size_t depth, steps;
};

struct origin_start origin_start_at(const struct wiring *wiring, const struct node *node)
{
    const struct configured *configured = wiring_find_configured(wiring, node->block);
    return (struct origin_start){
        .module = configured == NULL ? node->block->module : configured->module,
        .instance = node->resource.module,
        .key = node->key,
        .repetition = configured == NULL ? NULL : configured->repetition,
    };
}

/* Take the first dotted name, with the instance key behind it, off rest. */
static struct str take_name(struct str *rest, struct str *key)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != '.' && rest->p[n] != '[')
        n++;
    struct str name = str_part(*rest, 0, n);
    size_t start = n;
    bool is_quoted = false;
    while (n < rest->n && (rest->p[n] != '.' || is_quoted)) {
        if (rest->p[n] == '\\' && is_quoted && n + 1 < rest->n)
            n++;
        else if (rest->p[n] == '"')
            is_quoted = !is_quoted;
        else if (rest->p[n] == ']' && !is_quoted && n > start) {
            n++;
            break;
        }
        n++;
    }
    *key = str_part(*rest, start, n - start);
    *rest = str_from_offset(*rest, n);
    if (rest->n > 0 && rest->p[0] == '.')
        *rest = str_from_offset(*rest, 1);
    return name;
}

static bool is_each(struct str reference)
{
    return str_starts_with(reference, STR("each.")) || str_equal(reference, STR("count.index"));
}

/* How many references of the list say something of their own, those by each left out. *is_by_key is false when each.value
 * has more behind it: that need not be the key. */
static size_t count_ends(const struct value *references, bool *has_each, bool *is_by_key)
{
    size_t count = 0;
    *has_each = false;
    *is_by_key = true;
    for (const struct value *item = references->first; item != NULL; item = item->next) {
        if (is_each(item->text)) {
            *has_each = true;
            *is_by_key &= !str_starts_with(item->text, STR("each.value."));
        } else if (references->count > WALK_DEPTH_MAX || !configuration_is_prefix(references, item))
            count++;
    }
    return count;
}

static bool push(struct walk *walk, struct origin_start at, const struct value *references, bool is_part, bool is_each_list)
{
    if (references == NULL || walk->depth == WALK_DEPTH_MAX)
        return false;
    struct stage *stage = &walk->stack[walk->depth++];
    *stage = (struct stage){ .at = at, .references = references, .item = references->first, .is_part = is_part,
                             .is_each = is_each_list };
    stage->ends = count_ends(references, &stage->has_each, &stage->is_by_key);
    for (const struct value *item = references->first; item != NULL; item = item->next)
        stage->has_index |= str_starts_with(item->text, STR("local.")) || str_starts_with(item->text, STR("var."));
    return true;
}

static struct str join_module(const struct walk *walk, struct str module, struct str name, struct str key)
{
    struct str beginning = module.n == 0 ? STR("module.") : STR(".module.");
    return arena_join(walk->wiring->scratch, (struct str[]){ module, beginning, name, key }, 4);
}

/* var.NAME of a child module: what its call passes in. False when that is the end. */
static bool go_up(struct walk *walk, const struct stage *stage, struct str reference)
{
    const struct configuration *configuration = &walk->wiring->plan->configuration;
    struct str name = configuration_variable_name(reference), key;
    const struct configured_module *called =
        stage->at.module.n == 0 ? NULL : map_find(&configuration->modules, stage->at.module);
    const struct value *references = called == NULL ? NULL : configuration_references(value_find(called->expressions, name));
    if (references == NULL)
        return false;
    struct origin_start at = { .module = configuration_parent(stage->at.module), .repetition = called->repetition };
    if (stage->at.instance.p != NULL)
        at.instance = address_parent_module(stage->at.instance, &key);
    at.key = stage->at.instance.p != NULL ? key : STR("");
    bool has_each, is_by_key;
    bool is_part = name.n + 4 < reference.n && count_ends(references, &has_each, &is_by_key) > 1;
    return push(walk, at, references, stage->is_part || is_part, false);
}

/* module.NAME.OUTPUT: what the output is made of. False when that is the end. */
static bool go_down(struct walk *walk, const struct stage *stage, struct str reference)
{
    const struct configuration *configuration = &walk->wiring->plan->configuration;
    struct str rest = str_from_offset(reference, strlen("module.")), key, ignored;
    struct str name = take_name(&rest, &key);
    struct str output = take_name(&rest, &ignored);
    struct str module = join_module(walk, stage->at.module, name, STR(""));
    const struct configured_module *called = map_find(&configuration->modules, module);
    const struct value *references = called == NULL ? NULL : value_find(value_find(called->outputs, output), STR("references"));
    if (references == NULL)
        return called != NULL && output.n > 0 && value_find(called->outputs, output) != NULL;
    struct origin_start at = { .module = module };
    bool is_single = called->repetition == NULL && key.n == 0;
    if (stage->at.instance.p != NULL && (key.n > 0 || is_single))
        at.instance = join_module(walk, stage->at.instance, name, key);
    bool has_each, is_by_key;
    bool is_part = (rest.n > 0 || ignored.n > 0) && count_ends(references, &has_each, &is_by_key) > 1;
    return push(walk, at, references, stage->is_part || is_part, false);
}

static bool is_value(struct str reference)
{
    return str_starts_with(reference, STR("var.")) || str_starts_with(reference, STR("path.")) ||
           str_starts_with(reference, STR("terraform."));
}

/* TYPE.NAME[KEY].ATTRIBUTE, with data. before it for data sources. */
static void read_block(const struct walk *walk, const struct stage *stage, struct str reference, struct origin *origin)
{
    struct str rest = reference, key = { NULL, 0 };
    struct str first = take_name(&rest, &key);
    if (str_equal(first, STR("data")) || str_equal(first, STR("ephemeral")))
        take_name(&rest, &key);
    struct str name = take_name(&rest, &key);
    struct str local = str_part(reference, 0, (size_t)(name.p - reference.p) + name.n);
    origin->kind = ORIGIN_BLOCK;
    origin->attribute = rest;
    origin->local = local;
    origin->block = stage->at.module.n == 0
                        ? local
                        : arena_join(walk->wiring->scratch, (struct str[]){ stage->at.module, STR("."), local }, 3);
    origin->module = stage->at.instance;
    origin->reach = REACH_ALL;
    if (key.n > 0 && !str_equal(key, STR("[*]"))) {
        origin->reach = REACH_KEY;
        origin->key = key;
    } else if (stage->has_each && rest.n == 0) {
        origin->reach = stage->at.key.n > 0 && stage->ends == 1 && stage->is_by_key ? REACH_SAME : REACH_SOME;
        origin->key = stage->at.key;
    } else if (stage->is_each && rest.n == 0 && stage->at.key.n > 0) {
        origin->reach = REACH_SAME;
        origin->key = stage->at.key;
    } else if (stage->has_index && rest.n == 0) {
        origin->reach = REACH_SOME;
    }
}

/* each.value and the like with nothing else: what the for_each goes through. */
static bool go_through_each(struct walk *walk, const struct stage *stage)
{
    if (stage->ends > 0 || stage->is_each)
        return true; /* it only chooses among the others */
    return stage->at.repetition != NULL && push(walk, stage->at, stage->at.repetition, stage->is_part, true);
}

/* One reference: true when it leads on, or says nothing by itself. */
static bool lead_on(struct walk *walk, const struct stage *stage, struct str reference, struct origin *origin)
{
    *origin = (struct origin){ .kind = ORIGIN_OPEN, .text = reference, .is_part = stage->is_part };
    if (walk->steps++ > WALK_STEPS_MAX)
        return false;
    if (is_each(reference))
        return go_through_each(walk, stage);
    if (is_value(reference)) {
        if (str_starts_with(reference, STR("var.")) && go_up(walk, stage, reference))
            return true;
        origin->kind = ORIGIN_VALUE;
        return false;
    }
    if (str_starts_with(reference, STR("module.")))
        return go_down(walk, stage, reference);
    if (str_starts_with(reference, STR("local.")) || str_starts_with(reference, STR("self.")))
        return false;
    read_block(walk, stage, reference, origin);
    return false;
}

void origin_each(const struct wiring *wiring, struct origin_start start, const struct value *references,
                 bool (*visit)(void *context, const struct origin *origin), void *context)
{
    struct walk walk; /* too large to be zeroed each time */
    walk.wiring = wiring;
    walk.depth = walk.steps = 0;
    push(&walk, start, references, false, false);
    while (walk.depth > 0) {
        struct stage stage = walk.stack[walk.depth - 1];
        const struct value *item = stage.item;
        if (item == NULL) {
            walk.depth--;
            continue;
        }
        walk.stack[walk.depth - 1].item = item->next;
        struct origin origin;
        if (stage.references->count <= WALK_DEPTH_MAX && configuration_is_prefix(stage.references, item))
            continue;
        if (!lead_on(&walk, &stage, item->text, &origin) && !visit(context, &origin))
            return;
    }
}
