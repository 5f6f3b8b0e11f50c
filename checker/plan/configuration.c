#include "plan/configuration.h"

#include "base/arena.h"
#include "json/json_read.h"
#include "plan/path.h"
#include "plan/plan.h"
#include "plan/value.h"

/* Modules are called fifty deep by nobody; the bounds end every walk upward. */
enum { MODULE_DEPTH_MAX = 64, ORIGIN_STEPS_MAX = 4096 };

const struct value *configuration_references(const struct value *expression)
{
    const struct value *references = value_find(expression, STR("references"));
    return references != NULL && references->kind == VALUE_LIST ? references : NULL;
}

/* An expression, as against the object of a single nested block. */
static bool is_expression(const struct value *value)
{
    return value->kind == VALUE_OBJECT &&
           (value->count == 0 || configuration_references(value) != NULL || value_find(value, STR("constant_value")) != NULL);
}

/* Configuration in JSON syntax has its templates among the constants, unevaluated. */
static bool is_template(const struct value *constant)
{
    return constant->kind == VALUE_STRING && str_find(constant->text, STR("${")) >= 0;
}

/* A constant may be a list or object; the steps that are left lead into it. */
static struct written_value in_constant(const struct value *constant, const struct path *path, size_t step)
{
    for (; step < path->count; step++) {
        const struct path_step *s = &path->steps[step];
        const struct value *next = NULL;
        if (s->kind == STEP_NAME && constant->kind == VALUE_LIST && constant->count == 1)
            constant = constant->first;
        if (s->kind == STEP_NAME && constant->kind == VALUE_LIST)
            break;
        if (s->kind == STEP_NAME)
            next = value_find(constant, s->name);
        else if (s->kind == STEP_INDEX)
            next = constant->kind == VALUE_LIST ? value_item(constant, s->index) : s->index == 0 ? constant : NULL;
        else
            break;
        if (next == NULL)
            return (struct written_value){ .written = WRITTEN_NOT, .depth = step };
        constant = next;
    }
    if (step < path->count)
        return (struct written_value){ .written = WRITTEN_UNRESOLVED };
    if (is_template(constant))
        return (struct written_value){ .written = WRITTEN_EXPRESSION };
    if (constant->kind == VALUE_NULL)
        return (struct written_value){ .written = WRITTEN_NULL };
    return (struct written_value){ .written = WRITTEN_CONSTANT, .constant = constant };
}

static struct str variable_of(struct str reference)
{
    if (!str_starts_with(reference, STR("var.")))
        return (struct str){ NULL, 0 };
    struct str name = str_from_offset(reference, 4);
    return str_find_byte(name, '.') < 0 && str_find_byte(name, '[') < 0 ? name : (struct str){ NULL, 0 };
}

static struct written_value from_expression(const struct plan *plan, struct str module, const struct value *expression,
                                            const struct path *path, size_t step)
{
    const struct value *references = configuration_references(expression);
    const struct value *constant = value_find(expression, STR("constant_value"));
    if (constant != NULL && references == NULL && !is_template(constant))
        return in_constant(constant, path, step);
    if (references != NULL && references->count == 1) {
        struct str name = variable_of(references->first->text);
        const struct value *value = name.p == NULL ? NULL : configuration_find_variable(plan, module, name);
        if (value != NULL && value->kind == VALUE_NULL)
            return (struct written_value){ .written = WRITTEN_NULL };
    }
    return (struct written_value){ .written = WRITTEN_EXPRESSION, .references = references };
}

struct walk {
    const struct plan *plan;
    struct str module;
    const struct path *path;
};

static struct written_value walk_written(const struct walk *walk, const struct value *value, size_t step);

static bool is_same(const struct value *a, const struct value *b)
{
    return a == b || (a != NULL && b != NULL && value_equal(a, b));
}

/* Blocks of a set need not come in the order of the values: an index means one block only where there is just one. */
static struct written_value walk_blocks(const struct walk *walk, const struct value *blocks, size_t step)
{
    struct written_value answer = { .written = WRITTEN_NOT, .depth = step };
    size_t expressions = 0;
    bool is_differing = false;
    const struct value *references = NULL;
    for (const struct value *block = blocks->first; block != NULL; block = block->next) {
        bool is_bare = block->count == 0 && step < walk->path->count; /* a block without arguments, no expression */
        struct written_value one = { .written = WRITTEN_NOT, .depth = step };
        if (!is_bare)
            one = walk_written(walk, block, step);
        if (one.references != NULL) {
            references = one.references;
            expressions++;
        }
        if (block == blocks->first)
            answer = one;
        else if (one.written != answer.written || !is_same(one.constant, answer.constant))
            is_differing = true;
        else if (!is_same(one.references, answer.references))
            answer.references = NULL;
    }
    if (is_differing)
        return (struct written_value){ .written = WRITTEN_UNRESOLVED, .references = expressions == 1 ? references : NULL };
    return answer;
}

/* The depth is that of the path, which is bounded. */
static struct written_value walk_written(const struct walk *walk, const struct value *value, size_t step)
{
    if (is_expression(value) && step > 0)
        return from_expression(walk->plan, walk->module, value, walk->path, step);
    if (step == walk->path->count)
        return (struct written_value){ .written = WRITTEN_EXPRESSION };
    const struct path_step *s = &walk->path->steps[step];
    if (value->kind == VALUE_LIST) {
        bool is_list_step = s->kind == STEP_INDEX || s->kind == STEP_EVERY || s->kind == STEP_SOME;
        return walk_blocks(walk, value, is_list_step ? step + 1 : step);
    }
    if (s->kind == STEP_INDEX || s->kind == STEP_EVERY || s->kind == STEP_SOME)
        return walk_written(walk, value, step + 1);
    if (s->kind != STEP_NAME)
        return (struct written_value){ .written = WRITTEN_EXPRESSION };
    const struct value *member = value_find(value, s->name);
    if (member == NULL)
        return (struct written_value){ .written = WRITTEN_NOT, .depth = step };
    return walk_written(walk, member, step + 1);
}

bool configuration_is_unset(const struct written_value *written, size_t known)
{
    return written->written == WRITTEN_NULL || (written->written == WRITTEN_NOT && written->depth >= known);
}

struct written_value configuration_find(const struct plan *plan, struct str configuration_key, const struct path *path)
{
    const struct configured *configured = map_find(&plan->configuration.resources, configuration_key);
    if (configured == NULL || configured->expressions == NULL)
        return (struct written_value){ .written = WRITTEN_UNRESOLVED };
    struct walk walk = { plan, configured->module, path };
    return walk_written(&walk, configured->expressions, 0);
}

/* "module.a.module.b" -> "module.a" */
struct str configuration_parent(struct str module)
{
    size_t n = module.n;
    for (int dots = 0; n > 0; n--)
        if (module.p[n - 1] == '.' && ++dots == 2)
            return str_part(module, 0, n - 1);
    return (struct str){ module.p, 0 };
}

const struct value *configuration_find_variable(const struct plan *plan, struct str module, struct str name)
{
    for (int depth = 0; depth < MODULE_DEPTH_MAX; depth++) {
        if (module.n == 0)
            return plan_find_variable(plan, name);
        const struct configured_module *called = map_find(&plan->configuration.modules, module);
        if (called == NULL)
            return NULL;
        const struct value *input = value_find(called->expressions, name);
        if (input == NULL)
            return value_find(value_find(called->variables, name), STR("default"));
        const struct value *references = configuration_references(input);
        const struct value *constant = value_find(input, STR("constant_value"));
        if (references == NULL)
            return constant != NULL && !is_template(constant) ? constant : NULL;
        name = references->count == 1 ? variable_of(references->first->text) : (struct str){ NULL, 0 };
        if (name.p == NULL)
            return NULL;
        module = configuration_parent(module);
    }
    return NULL;
}

bool configuration_is_prefix(const struct value *references, const struct value *item)
{
    for (const struct value *other = references->first; other != item; other = other->next)
        if (str_starts_with(other->text, item->text) && other->text.n > item->text.n &&
            (other->text.p[item->text.n] == '.' || other->text.p[item->text.n] == '['))
            return true;
    return false;
}

struct origin {
    const struct value *references;
    const struct value *item;
    struct str module;
};

/* What module.NAME.OUTPUT, a reference in module, is made of; *inner gets the module that says so, whose address is the key
 * of a map and lasts. NULL when it is no such reference, or the plan does not tell. */
static const struct value *find_output(const struct plan *plan, struct str module, struct str reference, struct str *inner)
{
    char text[1024];
    struct str beginning = module.n == 0 ? STR("") : STR(".");
    if (!str_starts_with(reference, STR("module.")))
        return NULL;
    size_t n = strlen("module.");
    while (n < reference.n && reference.p[n] != '.' && reference.p[n] != '[')
        n++;
    size_t end = n; /* of the call's name; an instance key may follow */
    while (n < reference.n && reference.p[n] != '.')
        n++;
    if (n == reference.n || module.n + 1 + end > sizeof text)
        return NULL;
    memcpy(text, module.p, module.n);
    memcpy(text + module.n, beginning.p, beginning.n);
    memcpy(text + module.n + beginning.n, reference.p, end);
    const struct configured_module *called =
        map_find(&plan->configuration.modules, (struct str){ text, module.n + beginning.n + end });
    struct str output = str_from_offset(reference, n + 1);
    for (n = 0; n < output.n && output.p[n] != '.' && output.p[n] != '[';)
        n++;
    if (called == NULL)
        return NULL;
    *inner = called->address;
    return value_find(value_find(called->outputs, str_part(output, 0, n)), STR("references"));
}

void configuration_each_origin(const struct plan *plan, struct str module, const struct value *references,
                               bool (*visit)(void *context, struct str module, struct str reference), void *context)
{
    struct origin stack[MODULE_DEPTH_MAX];
    size_t depth = 0, steps = 0;
    if (references == NULL)
        return;
    stack[depth++] = (struct origin){ references, references->first, module };
    while (depth > 0) {
        struct origin *top = &stack[depth - 1];
        const struct value *item = top->item;
        if (item == NULL) {
            depth--;
            continue;
        }
        top->item = item->next;
        if (configuration_is_prefix(top->references, item))
            continue;
        struct str name = variable_of(item->text);
        const struct configured_module *called =
            name.p == NULL || top->module.n == 0 ? NULL : map_find(&plan->configuration.modules, top->module);
        const struct value *above = called == NULL ? NULL : configuration_references(value_find(called->expressions, name));
        struct str inner = top->module;
        const struct value *below = find_output(plan, top->module, item->text, &inner);
        if (above != NULL && depth < MODULE_DEPTH_MAX && steps++ < ORIGIN_STEPS_MAX)
            stack[depth++] = (struct origin){ above, above->first, configuration_parent(top->module) };
        else if (below != NULL && depth < MODULE_DEPTH_MAX && steps++ < ORIGIN_STEPS_MAX)
            stack[depth++] = (struct origin){ below, below->first, inner };
        else if (!visit(context, top->module, item->text))
            return;
    }
}

struct str configuration_variable_name(struct str reference)
{
    if (!str_starts_with(reference, STR("var.")))
        return (struct str){ NULL, 0 };
    size_t n = 4;
    while (n < reference.n && reference.p[n] != '.' && reference.p[n] != '[')
        n++;
    return str_part(reference, 4, n - 4);
}

/* How far back a reference is looked for, so that a long list costs no more than its length. */
enum { NEAR_REFERENCES = 16 };

static void gather_list(struct arena *arena, const struct value *references, struct str attribute, struct value *list)
{
    for (const struct value *item = references->first; item != NULL; item = item->next) {
        bool is_known = item->kind != VALUE_STRING || (references->count <= 64 && configuration_is_prefix(references, item));
        const struct value *old = list->first;
        for (uint32_t i = 0; i < NEAR_REFERENCES && old != NULL && !is_known; i++, old = old->next)
            is_known = str_equal(old->text, item->text) && str_equal(old->key, attribute);
        if (is_known)
            continue;
        struct value *kept = value_make_string(arena, item->text);
        kept->key = attribute;
        value_add(list, kept);
    }
}

struct value *configuration_gather(struct arena *arena, const struct value *expressions)
{
    const struct value *stack[JSON_DEPTH_MAX + 1];
    size_t depth = 0;
    struct value *list = value_make(arena, VALUE_LIST);
    struct str attribute = { NULL, 0 };
    if (expressions == NULL)
        return list;
    stack[depth++] = expressions->first;
    while (depth > 0) {
        const struct value *child = stack[depth - 1];
        if (child == NULL) {
            depth--;
            continue;
        }
        stack[depth - 1] = child->next;
        if (depth == 1)
            attribute = child->key;
        if (child->kind == VALUE_LIST && str_equal(child->key, STR("references")))
            gather_list(arena, child, attribute, list);
        else if (child->first != NULL && !str_equal(child->key, STR("constant_value")))
            stack[depth++] = child->first;
    }
    return list;
}
