#include "rules/condition.h"

#include "base/arena.h"
#include "base/number.h"
#include "match/glob.h"
#include "plan/path.h"
#include "plan/plan.h"
#include "plan/resource.h"
#include "plan/tf_json.h"
#include "plan/value.h"
#include "rules/attribute.h"
#include "rules/operation.h"

/* The way from the resource to the value that is tested. */
struct place {
    struct evaluation *evaluation;
    const struct condition *condition;
    const struct path *path;
    uint32_t indices[PATH_STEPS_MAX]; /* the item taken at each step that takes one */
    bool is_sensitive;
};

static bool makes_fail(const struct condition *condition, enum truth truth)
{
    return truth == (condition->is_negative ? TRUTH_TRUE : TRUTH_FALSE);
}

struct str condition_cause_path(struct arena *arena, const struct cause *cause)
{
    const struct path *full = cause->condition->full_path;
    struct str text = { "", 0 };
    size_t outer = full->count - cause->condition->path->count; /* the last of these takes an item of some or every */
    for (size_t i = 0; i < outer + cause->steps; i++) {
        const struct path_step *step = &full->steps[i];
        const char *dot = i == 0 ? "" : ".";
        switch (step->kind) {
        case STEP_NAME: text = arena_format(arena, "%.*s%s%.*s", STR_ARG(text), dot, STR_ARG(step->name)); break;
        case STEP_JSON: text = arena_format(arena, "%.*s%sjson()", STR_ARG(text), dot); break;
        case STEP_KEYS: text = arena_format(arena, "%.*s%skeys()", STR_ARG(text), dot); break;
        case STEP_INDEX: text = arena_format(arena, "%.*s[%zu]", STR_ARG(text), step->index); break;
        case STEP_EVERY:
        case STEP_SOME:
            text = i + 1 < outer ? arena_format(arena, "%.*s[*]", STR_ARG(text))
                                 : arena_format(arena, "%.*s[%zu]", STR_ARG(text),
                                                i < outer ? cause->item : cause->indices[i - outer]);
            break;
        }
    }
    return text;
}

static void note_cause(const struct place *place, size_t steps, enum truth truth, struct cause cause)
{
    struct evaluation *evaluation = place->evaluation;
    bool is_failure = makes_fail(place->condition, truth);
    if (truth == TRUTH_UNKNOWN ? evaluation->has_unknown : !is_failure || evaluation->has_failure)
        return;
    cause.condition = place->condition;
    cause.steps = steps;
    cause.item = evaluation->item;
    memcpy(cause.indices, place->indices, sizeof cause.indices);
    cause.is_sensitive = place->is_sensitive;
    if (truth == TRUTH_UNKNOWN) {
        evaluation->has_unknown = true;
        evaluation->unknown = cause;
    } else {
        evaluation->has_failure = true;
        evaluation->failure = cause;
    }
}

static enum truth answer(const struct place *place, size_t steps, enum truth truth, struct cause cause)
{
    note_cause(place, steps, truth, cause);
    return truth;
}

static enum truth negate(enum truth truth)
{
    return truth == TRUTH_UNKNOWN ? TRUTH_UNKNOWN : truth == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
}

static enum truth treated(const struct condition *condition, enum treatment treatment)
{
    if (treatment == TREAT_UNKNOWN)
        return TRUTH_UNKNOWN;
    return (treatment == TREAT_PASS) != condition->is_negative ? TRUTH_TRUE : TRUTH_FALSE;
}

static bool is_empty(const struct value *value)
{
    if (value->kind == VALUE_STRING)
        return value->text.n == 0;
    return (value->kind == VALUE_LIST || value->kind == VALUE_OBJECT) && value->count == 0;
}

/* The operand of a path to another attribute: its value, or the reason why there is none. */
static enum truth resolve_path(const struct place *place, const struct operand *operand, const struct value **value)
{
    struct evaluation *evaluation = place->evaluation;
    struct evaluation other = *evaluation;
    enum attribute_state state = ATTRIBUTE_ABSENT;
    bool is_sensitive = false;
    if (operand->is_of_selected) {
        if (evaluation->selected == NULL)
            return answer(place, place->path->count, TRUTH_UNKNOWN, (struct cause){ .text = STR("it depends on the resource") });
        other.resource = evaluation->selected;
        other.parsed = NULL;
    }
    if (attribute_is_plural(operand->path)) {
        *value = attribute_list(&other, operand->path);
        evaluation->wants_configuration |= other.wants_configuration;
        return TRUTH_TRUE;
    }
    *value = attribute_find(&other, operand->path, &state, &is_sensitive);
    evaluation->wants_configuration |= other.wants_configuration;
    if (*value == NULL && state != ATTRIBUTE_UNKNOWN)
        *value = operand->standin;
    struct cause cause = { .state = state };
    if (*value == NULL && state == ATTRIBUTE_UNKNOWN)
        cause.references = attribute_ask(&other, operand->path).references;
    if (*value == NULL && state != ATTRIBUTE_UNKNOWN)
        cause.text = arena_format(evaluation->scratch, "%.*s is not set", STR_ARG(operand->path->text));
    if (*value == NULL)
        return answer(place, place->path->count, TRUTH_UNKNOWN, cause);
    if (operand->plus.p == NULL)
        return TRUTH_TRUE;
    struct value *sum = value_make(evaluation->scratch, VALUE_NUMBER);
    if (!number_is_valid((*value)->text) ||
        !number_add(evaluation->scratch, (*value)->text, operand->plus, &sum->text)) {
        cause.text = arena_format(evaluation->scratch, "%.*s is no number", STR_ARG(operand->path->text));
        return answer(place, place->path->count, TRUTH_UNKNOWN, cause);
    }
    *value = sum;
    return TRUTH_TRUE;
}

/* The row of a table under the value of another attribute. A key that the table lacks leaves nothing to object to. */
static enum truth resolve_row(const struct place *place, const struct operand *operand, const struct value **value)
{
    enum attribute_state state = ATTRIBUTE_ABSENT;
    bool is_sensitive = false;
    const struct value *key = attribute_find(place->evaluation, operand->key, &state, &is_sensitive);
    if (key == NULL && state == ATTRIBUTE_UNKNOWN) {
        struct cause cause = { .state = state,
                               .references = attribute_ask(place->evaluation, operand->key).references };
        return answer(place, place->path->count, TRUTH_UNKNOWN, cause);
    }
    *value = key == NULL ? NULL : value_find(operand->literal, key->text);
    return TRUTH_TRUE;
}

static enum truth test_value(const struct place *place, const struct value *value)
{
    const struct condition *condition = place->condition;
    const struct operand *operand = &condition->operand;
    struct operation_case test = { .evaluation = place->evaluation, .condition = condition, .value = value,
                                   .operand = operand->literal };
    enum truth resolved = TRUTH_TRUE;
    if (operand->kind == OPERAND_PATH)
        resolved = resolve_path(place, operand, &test.operand);
    else if (operand->key != NULL)
        resolved = resolve_row(place, operand, &test.operand);
    if (resolved != TRUTH_TRUE)
        return resolved;
    struct cause cause = { .value = value, .state = ATTRIBUTE_UNKNOWN };
    if (operand->key != NULL && test.operand == NULL)
        return condition->is_negative ? TRUTH_FALSE : TRUTH_TRUE;
    test.operand_is_partial = test.operand != NULL && attribute_has_unknown_item(test.operand);
    bool had_failure = place->evaluation->has_failure;
    enum truth truth = condition->operation->test(&test);
    if (truth == TRUTH_UNKNOWN && test.operand_is_partial)
        cause.references = attribute_ask(place->evaluation, operand->path).references;
    else if (truth == TRUTH_UNKNOWN && value_has_unknown(value))
        cause.references = attribute_ask(place->evaluation, condition->full_path).references;
    if (operand->nested != NULL && place->evaluation->has_failure && !had_failure)
        return truth;
    return answer(place, place->path->count, truth, cause);
}

static enum truth test_missing(const struct place *place, size_t steps, enum attribute_state state)
{
    const struct condition *condition = place->condition;
    const struct operation *operation = condition->operation;
    struct cause cause = { .state = state };
    if (condition->treat[state] != TREAT_DEFAULT)
        return answer(place, steps, treated(condition, condition->treat[state]), cause);
    if (condition->standin != NULL && operation->basis == BASIS_VALUE)
        return test_value(place, condition->standin);
    if (operation->holds_on_nothing)
        return answer(place, steps, TRUTH_TRUE, cause);
    for (size_t i = steps; i < place->path->count; i++)
        if (place->path->steps[i].kind == STEP_EVERY)
            return answer(place, steps, TRUTH_TRUE, cause);
    return answer(place, steps, TRUTH_FALSE, cause);
}

struct reference_search {
    const struct value *globs;
    bool is_found;
    bool is_open; /* a local or the like: nobody can tell where it comes from */
};

static bool glob_matches_one(const struct value *globs, struct str text)
{
    if (globs->kind == VALUE_STRING)
        return glob_match(globs->text, text);
    for (const struct value *glob = globs->first; glob != NULL; glob = glob->next)
        if (glob_match(glob->text, text))
            return true;
    return false;
}

static bool search_reference(void *context, struct str module, struct str reference)
{
    (void)module;
    struct reference_search *search = context;
    if (glob_matches_one(search->globs, reference))
        search->is_found = true;
    if (str_starts_with(reference, STR("local.")) || str_starts_with(reference, STR("each.")) ||
        str_starts_with(reference, STR("module.")))
        search->is_open = true;
    return !search->is_found;
}

static enum truth test_references(const struct place *place, struct written_value written)
{
    const struct condition *condition = place->condition;
    struct reference_search search = { .globs = condition->operand.literal };
    const struct plan *plan = place->evaluation->plan;
    const struct configured *block = map_find(&plan->configuration.resources, place->evaluation->resource->configuration_key);
    struct str module = block == NULL ? STR("") : block->module;
    configuration_each_origin(plan, module, written.references, search_reference, &search);
    enum truth truth = search.is_found ? TRUTH_TRUE
                       : search.is_open || written.references == NULL ? TRUTH_UNKNOWN
                                                                      : TRUTH_FALSE;
    return answer(place, place->path->count, truth,
                  (struct cause){ .state = ATTRIBUTE_UNKNOWN, .references = written.references });
}

static bool find_resource(void *context, struct str module, struct str reference)
{
    (void)module;
    bool *is_found = context;
    *is_found = !str_starts_with(reference, STR("var.")) && !str_starts_with(reference, STR("local.")) &&
                !str_starts_with(reference, STR("each.")) && !str_starts_with(reference, STR("module."));
    return !*is_found;
}

/* Whether some resource is among what the references of the evaluated resource lead to. */
static bool comes_from_resource(const struct evaluation *evaluation, const struct value *references)
{
    bool is_found = false;
    const struct configured *block =
        map_find(&evaluation->plan->configuration.resources, evaluation->resource->configuration_key);
    configuration_each_origin(evaluation->plan, block == NULL ? STR("") : block->module, references, find_resource,
                              &is_found);
    return is_found;
}

/* What the sure beginning or end of a template says of a text that has to begin or end so. */
static enum truth compare_end(struct str sure, struct str wanted, enum operation_end end)
{
    size_t n = sure.n < wanted.n ? sure.n : wanted.n;
    size_t from_sure = end == END_BEGINNING ? 0 : sure.n - n, from_wanted = end == END_BEGINNING ? 0 : wanted.n - n;
    if (!str_equal(str_part(sure, from_sure, n), str_part(wanted, from_wanted, n)))
        return TRUTH_FALSE;
    return sure.n >= wanted.n ? TRUTH_TRUE : TRUTH_UNKNOWN;
}

/* Whether a text that is not known has something in it for sure. */
static bool has_known_end(const struct place *place, const struct value *value)
{
    struct str beginning, end;
    if (value->text.n == 0)
        return false;
    tf_json_find_ends(place->evaluation->plan, place->evaluation->scratch, value->text, &beginning, &end);
    return beginning.n + end.n > 0;
}

/* Decide a text that is known in part. */
static enum truth test_ends(const struct place *place, struct str template)
{
    const struct operation *operation = place->condition->operation;
    const struct value *literal = place->condition->operand.literal;
    struct str beginning, end;
    enum truth truth = TRUTH_FALSE;
    if (template.n == 0 || operation->end == END_NONE || place->condition->operand.kind != OPERAND_LITERAL)
        return TRUTH_UNKNOWN;
    tf_json_find_ends(place->evaluation->plan, place->evaluation->scratch, template, &beginning, &end);
    const struct value *wanted = literal->kind == VALUE_LIST ? literal->first : literal;
    for (; wanted != NULL && truth != TRUTH_TRUE; wanted = literal->kind == VALUE_LIST ? wanted->next : NULL) {
        enum truth one = compare_end(operation->end == END_BEGINNING ? beginning : end, wanted->text, operation->end);
        truth = one == TRUTH_FALSE ? truth : one;
    }
    return truth;
}

/* Whether the template of a value that is known later is written so. */
static enum truth test_template(const struct place *place, const struct value *value, struct cause cause)
{
    struct value text = { .kind = VALUE_STRING, .text = value->text };
    struct operation_case test = { .evaluation = place->evaluation, .condition = place->condition, .value = &text,
                                   .operand = place->condition->operand.literal };
    if (value->text.n == 0)
        cause.text = STR("the plan does not tell how it is written");
    return answer(place, place->path->count, value->text.n == 0 ? TRUTH_UNKNOWN : place->condition->operation->test(&test),
                  cause);
}

/* Why the input does not show a value. */
static struct str hidden_reason(const struct plan *plan, const struct value *value)
{
    if (plan->is_log)
        return STR("the log of a plan has no values");
    return value->sensitive ? STR("the text of the plan hides it because it is sensitive")
                            : STR("the text of the plan does not show what stays as it is");
}

static enum truth test_unknown(const struct place *place, const struct value *value, size_t steps)
{
    struct evaluation *evaluation = place->evaluation;
    const struct condition *condition = place->condition;
    struct cause cause = { .state = ATTRIBUTE_UNKNOWN };
    if (value->is_hidden)
        cause.text = hidden_reason(evaluation->plan, value);
    struct written_value written = attribute_ask(evaluation, condition->full_path);
    if (!evaluation->is_final)
        return answer(place, steps, TRUTH_UNKNOWN, cause);
    size_t known = condition->full_path->count - place->path->count + steps;
    if (!value->is_hidden && configuration_is_unset(&written, known == 0 ? 0 : known - 1))
        return test_missing(place, steps, ATTRIBUTE_UNSET);
    if (written.written == WRITTEN_CONSTANT && condition->operation->basis == BASIS_VALUE) {
        struct place hidden = *place; /* the configuration does not mark its secrets */
        hidden.is_sensitive = true;
        return test_value(&hidden, written.constant);
    }
    cause.references = written.references;
    if (condition->operation->basis == BASIS_TEMPLATE)
        return test_template(place, value, cause);
    if (condition->operation->basis == BASIS_REFERENCE && written.written == WRITTEN_EXPRESSION)
        return test_references(place, written);
    if (condition->treat[ATTRIBUTE_UNKNOWN] != TREAT_DEFAULT)
        return answer(place, steps, treated(condition, condition->treat[ATTRIBUTE_UNKNOWN]), cause);
    enum truth by_end = test_ends(place, steps == place->path->count ? value->text : STR(""));
    if (by_end != TRUTH_UNKNOWN)
        return answer(place, steps, by_end, cause);
    bool is_there = written.written == WRITTEN_CONSTANT || has_known_end(place, value) ||
                    (written.written == WRITTEN_EXPRESSION && comes_from_resource(evaluation, written.references));
    if (condition->operation->basis == BASIS_PRESENCE && is_there)
        return answer(place, steps, condition->operation->holds_on_nothing ? TRUTH_FALSE : TRUTH_TRUE, cause);
    return answer(place, steps, TRUTH_UNKNOWN, cause);
}

/* Whether the value is written out as a literal. */
static enum truth test_written(const struct place *place, struct cause cause)
{
    struct evaluation *evaluation = place->evaluation;
    struct written_value written = attribute_ask(evaluation, place->condition->full_path);
    enum truth truth = written.written == WRITTEN_CONSTANT     ? TRUTH_TRUE
                       : written.written == WRITTEN_UNRESOLVED ? TRUTH_UNKNOWN
                                                               : TRUTH_FALSE;
    cause.references = written.references;
    if (truth == TRUTH_UNKNOWN)
        cause.text = STR("the configuration does not tell how it is written");
    return answer(place, place->path->count, truth, cause);
}

/* Some items of a list that is no literal may decide an operator although others are unknown; the operator tells. */
static enum truth test_end(struct place *place, const struct value *value)
{
    const struct operation *operation = place->condition->operation;
    size_t steps = place->path->count;
    if (value->kind == VALUE_UNKNOWN)
        return test_unknown(place, value, steps);
    if (value->kind == VALUE_NULL)
        return test_missing(place, steps, ATTRIBUTE_NULL);
    struct cause cause = { .value = value };
    if (operation->basis == BASIS_PRESENCE)
        return answer(place, steps, is_empty(value) == operation->holds_on_nothing ? TRUTH_TRUE : TRUTH_FALSE, cause);
    if (operation->basis == BASIS_REFERENCE || operation->basis == BASIS_TEMPLATE)
        return answer(place, steps, TRUTH_FALSE, cause);
    if (operation->basis == BASIS_WRITTEN)
        return test_written(place, cause);
    return test_value(place, value);
}

static enum truth walk(struct place *place, const struct value *value, size_t step);

/* [*] and [any]: all items, or one of them. */
static enum truth walk_items(struct place *place, const struct value *list, size_t step)
{
    struct evaluation *evaluation = place->evaluation;
    bool is_every = place->path->steps[step].kind == STEP_EVERY;
    enum truth decisive = is_every ? TRUTH_FALSE : TRUTH_TRUE, truth = negate(decisive);
    bool was_sensitive = place->is_sensitive, had_failure = evaluation->has_failure, had_unknown = evaluation->has_unknown;
    const struct value *item = list->kind == VALUE_LIST ? list->first : list;
    if (item == NULL && !is_every)
        return test_missing(place, step, ATTRIBUTE_ABSENT);
    for (uint32_t i = 0; item != NULL && truth != decisive; i++) {
        place->indices[step] = i;
        place->is_sensitive = was_sensitive;
        enum truth one = walk(place, item, step + 1);
        if (one == decisive || one == TRUTH_UNKNOWN)
            truth = one;
        item = list->kind == VALUE_LIST ? item->next : NULL;
    }
    if (!makes_fail(place->condition, truth))
        evaluation->has_failure = had_failure;
    if (truth != TRUTH_UNKNOWN)
        evaluation->has_unknown = had_unknown;
    return truth;
}

/* The depth is that of the path, which is bounded. */
static enum truth walk(struct place *place, const struct value *value, size_t step)
{
    for (; step < place->path->count; step++) {
        const struct path_step *s = &place->path->steps[step];
        place->is_sensitive |= value->sensitive;
        if (attribute_ends(value, s))
            return test_unknown(place, value, step);
        if (value->kind == VALUE_NULL)
            return test_missing(place, step, ATTRIBUTE_NULL);
        if (s->kind == STEP_EVERY || s->kind == STEP_SOME)
            return walk_items(place, value, step);
        const struct value *next = attribute_step(place->evaluation, value, s);
        if (next == NULL)
            return test_missing(place, step + 1, ATTRIBUTE_ABSENT);
        value = next;
    }
    place->is_sensitive |= value->sensitive;
    return test_end(place, value);
}

/* The value that the conditions of a resource start from, or of an item under some and every. */
static enum truth test_on(struct evaluation *evaluation, const struct condition *condition, const struct value *root,
                          bool is_sensitive)
{
    if (condition->kind == CONDITION_TEST) {
        struct place place = { .evaluation = evaluation, .condition = condition, .path = condition->path,
                               .is_sensitive = is_sensitive };
        return walk(&place, root, 0);
    }
    if (condition->kind == CONDITION_ALWAYS)
        return TRUTH_TRUE;
    bool had_failure = evaluation->has_failure, had_unknown = evaluation->has_unknown;
    enum truth decisive = condition->kind == CONDITION_ANY ? TRUTH_TRUE : TRUTH_FALSE, truth = negate(decisive);
    for (size_t i = 0; i < condition->part_count && truth != decisive; i++) {
        enum truth one = test_on(evaluation, condition->parts[i], root, is_sensitive);
        if (condition->kind == CONDITION_NOT)
            one = negate(one);
        if (one == decisive || one == TRUTH_UNKNOWN)
            truth = one;
    }
    if (!makes_fail(condition, truth))
        evaluation->has_failure = had_failure;
    if (truth != TRUTH_UNKNOWN)
        evaluation->has_unknown = had_unknown;
    return truth;
}

enum truth condition_test(struct evaluation *evaluation, const struct condition *condition)
{
    static const struct value nothing = { .kind = VALUE_OBJECT };
    const struct value *root = evaluation->resource->after;
    return test_on(evaluation, condition, root == NULL ? &nothing : root, false);
}

enum truth condition_test_item(struct evaluation *evaluation, const struct condition *condition, const struct value *item)
{
    return test_on(evaluation, condition, item, item->sensitive);
}
