#include "base/arena.h"
#include "base/error.h"
#include "hcl/expression.h"
#include "plan/plan.h"
#include "plan/tf_json.h"
#include "plan/value_build.h"

/* How far names are followed from one to the next; it ends circles too. The depth within a value is that of the JSON.
 */
enum { HOPS_MAX = 16 };

struct evaluating {
    const struct plan *plan;
    struct arena *arena;
    int hops;
};

static struct value *evaluate(const struct evaluating *evaluating, const struct value *written);

static struct value *make_unknown(struct arena *arena, struct str text)
{
    struct value *value = value_make(arena, VALUE_UNKNOWN);
    value->text = text;
    return value;
}

static struct str step_name(const struct reference *reference, size_t step)
{
    bool is_name = step < reference->count && reference->steps[step].kind == REFERENCE_NAME;
    return is_name ? reference->steps[step].text : (struct str){ NULL, 0 };
}

/* What stands in the document under that name, unevaluated; NULL when it is not to be told. */
static const struct value *find_written(const struct plan *plan, const struct reference *reference, bool *is_sensitive)
{
    const struct configured_module *root = map_find(&plan->configuration.modules, STR(""));
    struct str first = step_name(reference, 0), second = step_name(reference, 1), third = step_name(reference, 2);
    if (second.p == NULL || root == NULL)
        return NULL;
    if (str_equal(first, STR("var"))) {
        *is_sensitive = plan_is_sensitive_variable(plan, second);
        return reference->count == 2 ? plan_find_variable(plan, second) : NULL;
    }
    if (str_equal(first, STR("local")))
        return reference->count == 2 ? value_find(root->written_locals, second) : NULL;
    if (reference->count != 3 || third.p == NULL)
        return NULL;
    const struct value *resources = value_find(plan->written, STR("resource"));
    const struct value *body = value_find(value_find(resources, first), second);
    if (body == NULL || value_find(body, STR("count")) != NULL || value_find(body, STR("for_each")) != NULL)
        return NULL;
    const struct value *argument = value_find(body, third);
    bool is_scalar = argument != NULL && (argument->kind == VALUE_STRING || argument->kind == VALUE_NUMBER ||
                                          argument->kind == VALUE_BOOL);
    return is_scalar ? argument : NULL;
}

static struct value *follow(const struct evaluating *evaluating, const struct reference *reference)
{
    struct evaluating inner = *evaluating;
    bool is_sensitive = false;
    const struct value *written = find_written(evaluating->plan, reference, &is_sensitive);
    if (written == NULL || written->kind == VALUE_NULL || ++inner.hops > HOPS_MAX)
        return make_unknown(evaluating->arena, (struct str){ NULL, 0 });
    /* the default of a variable is a value, not an expression */
    bool is_value = str_equal(step_name(reference, 0), STR("var"));
    struct value *value = is_value ? value_copy(evaluating->arena, NULL, written) : evaluate(&inner, written);
    value->next = NULL;
    value->sensitive |= is_sensitive;
    return value;
}

struct value *tf_json_scalar(struct arena *arena, const struct expression *expression)
{
    struct value *value;
    switch (expression->kind) {
    case EXPRESSION_NULL: return value_make(arena, VALUE_NULL);
    case EXPRESSION_STRING: return value_make_string(arena, expression->text);
    case EXPRESSION_BOOL:
        value = value_make(arena, VALUE_BOOL);
        value->truth = str_equal(expression->text, STR("true"));
        return value;
    case EXPRESSION_NUMBER:
        value = value_make(arena, VALUE_NUMBER);
        value->text = expression->text;
        return value;
    case EXPRESSION_REFERENCE:
    case EXPRESSION_OTHER: break;
    }
    return NULL;
}

static struct value *evaluate_part(const struct evaluating *evaluating, const struct template_part *part)
{
    struct arena *arena = evaluating->arena;
    const struct expression *expression = &part->expression;
    if (part->literal.p != NULL)
        return value_make_string(arena, part->literal);
    if (expression->kind == EXPRESSION_REFERENCE)
        return follow(evaluating, expression->reference);
    struct value *value = tf_json_scalar(arena, expression);
    return value != NULL ? value : make_unknown(arena, (struct str){ NULL, 0 });
}

/* What a value is within a text; no string when it cannot stand there. */
static struct str as_text(const struct value *value)
{
    if (value->kind == VALUE_BOOL)
        return value->truth ? STR("true") : STR("false");
    return value->kind == VALUE_STRING || value->kind == VALUE_NUMBER ? value->text : (struct str){ NULL, 0 };
}

static struct value *evaluate_text(const struct evaluating *evaluating, struct str text)
{
    struct arena *arena = evaluating->arena;
    struct template template;
    if (!template_is_needed(text))
        return value_make_string(arena, text);
    if (!template_read(arena, text, &template))
        return make_unknown(arena, text);
    bool is_sensitive = false;
    struct str *parts = arena_get(arena, (template.part_count + 1) * sizeof *parts);
    for (size_t i = 0; i < template.part_count; i++) {
        struct value *value = evaluate_part(evaluating, &template.parts[i]);
        if (template.part_count == 1 && value->kind != VALUE_UNKNOWN)
            return value;
        is_sensitive |= value->sensitive;
        parts[i] = as_text(value);
        if (parts[i].p == NULL)
            return make_unknown(arena, text);
    }
    struct value *joined = value_make_string(arena, arena_join(arena, parts, template.part_count));
    joined->sensitive = is_sensitive;
    return joined;
}

void tf_json_find_ends(const struct plan *plan, struct arena *arena, struct str text, struct str *beginning,
                       struct str *end)
{
    struct evaluating evaluating = { plan, arena, 0 };
    struct template template;
    *beginning = *end = STR("");
    if (!template_read(arena, text, &template))
        return;
    for (size_t i = 0; i < template.part_count; i++) {
        struct str part = as_text(evaluate_part(&evaluating, &template.parts[i]));
        if (part.p == NULL)
            break;
        *beginning = arena_join(arena, (struct str[]){ *beginning, part }, 2);
    }
    for (size_t i = template.part_count; i > 0; i--) {
        struct str part = as_text(evaluate_part(&evaluating, &template.parts[i - 1]));
        if (part.p == NULL)
            break;
        *end = arena_join(arena, (struct str[]){ part, *end }, 2);
    }
}

static struct value *evaluate(const struct evaluating *evaluating, const struct value *written)
{
    struct value *value;
    if (written->kind == VALUE_STRING) {
        value = evaluate_text(evaluating, written->text);
        value->key = written->key;
        return value;
    }
    value = value_make(evaluating->arena, written->kind);
    *value =
        (struct value){ .key = written->key, .text = written->text, .kind = written->kind, .truth = written->truth };
    for (const struct value *child = written->first; child != NULL; child = child->next)
        value_add(value, evaluate(evaluating, child));
    return value;
}

struct value *tf_json_evaluate(const struct plan *plan, struct arena *arena, const struct value *written)
{
    struct evaluating evaluating = { plan, arena, 0 };
    return evaluate(&evaluating, written);
}

struct value *tf_json_parse(const struct plan *plan, struct arena *arena, struct str template)
{
    struct error ignored = { 0 };
    const struct value *tree = value_read(arena, template, &ignored);
    return tree == NULL ? make_unknown(arena, template) : tf_json_evaluate(plan, arena, tree);
}

static void add_reference(struct arena *arena, struct value *list, struct str text)
{
    for (const struct value *item = list->first; item != NULL; item = item->next)
        if (str_equal(item->text, text))
            return;
    value_add(list, value_make_string(arena, text));
}

/* Steps of a reference that name what it belongs to: aws_x.y, data.aws_x.y, module.m. */
static size_t owner_steps(const struct reference *reference)
{
    struct str first = step_name(reference, 0);
    return str_equal(first, STR("data")) ? 3 : 2;
}

/* The beginning of the reference's text that has so many steps. */
static struct str first_steps(const struct reference *reference, size_t steps)
{
    size_t n = 0;
    for (size_t i = 0; i < steps && i < reference->count; i++)
        n += reference->steps[i].text.n + (i > 0);
    return str_part(reference->text, 0, n);
}

/* What references are gathered for. */
struct references {
    struct arena *arena;
    const struct value *locals; /* written; or NULL */
    struct value *list;
    int hops;
};

static void gather_references(const struct references *references, const struct value *written);

/* As in a plan: the reference, then what it belongs to; a local is followed to what it refers to. */
static void add_references(const struct references *references, struct str text)
{
    struct template template;
    template_read(references->arena, text, &template); /* what comes before a mistake counts */
    for (size_t i = 0; i < template.reference_count; i++) {
        const struct reference *reference = template.references[i];
        const struct value *local = NULL;
        if (str_equal(step_name(reference, 0), STR("local")) && references->hops < HOPS_MAX)
            local = value_find(references->locals, step_name(reference, 1));
        if (local != NULL) {
            struct references inner = *references;
            inner.hops++;
            gather_references(&inner, local);
            continue;
        }
        if (reference->count < owner_steps(reference))
            continue; /* it names nothing */
        add_reference(references->arena, references->list, reference->text);
        if (reference->count > owner_steps(reference))
            add_reference(references->arena, references->list, first_steps(reference, owner_steps(reference)));
    }
}

/* The depth is that of the JSON. */
static void gather_references(const struct references *references, const struct value *written)
{
    if (written->kind == VALUE_STRING && template_is_needed(written->text))
        add_references(references, written->text);
    for (const struct value *child = written->first; child != NULL; child = child->next)
        gather_references(references, child);
}

struct value *tf_json_references(const struct plan *plan, struct arena *arena, const struct value *written)
{
    const struct configured_module *root = map_find(&plan->configuration.modules, STR(""));
    struct references references = { arena, root == NULL ? NULL : root->written_locals, value_make(arena, VALUE_LIST),
                                     0 };
    gather_references(&references, written);
    return references.list;
}

static struct value *expression_of(const struct plan *plan, struct arena *arena, const struct value *written)
{
    struct value *expression = value_make(arena, VALUE_OBJECT), *list = tf_json_references(plan, arena, written);
    if (list->count > 0) {
        list->key = STR("references");
        value_add(expression, list);
        return expression;
    }
    struct value *constant = value_copy(arena, NULL, written);
    constant->next = NULL;
    constant->key = STR("constant_value");
    value_add(expression, constant);
    return expression;
}

static bool is_list_of_objects(const struct value *value)
{
    if (value->kind != VALUE_LIST || value->count == 0)
        return false;
    for (const struct value *item = value->first; item != NULL; item = item->next)
        if (item->kind != VALUE_OBJECT)
            return false;
    return true;
}

struct value *tf_json_expression(const struct plan *plan, struct arena *arena, const struct value *written)
{
    bool is_object = written->kind == VALUE_OBJECT && written->count > 0;
    if (!is_object && !is_list_of_objects(written)) {
        struct value *expression = expression_of(plan, arena, written);
        expression->key = written->key;
        return expression;
    }
    struct value *result = value_make(arena, written->kind);
    result->key = written->key;
    for (const struct value *child = written->first; child != NULL; child = child->next)
        value_add(result, tf_json_expression(plan, arena, child));
    return result;
}
