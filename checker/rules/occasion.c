#include "rules/occasion.h"

#include "base/arena.h"
#include "base/number.h"
#include "plan/plan.h"
#include "plan/resource.h"
#include "plan/value.h"

#include <stdio.h>

static const struct value *variable_values(struct arena *arena, const struct plan *plan)
{
    struct value *object = value_make(arena, VALUE_OBJECT);
    for (const struct value *v = plan->variables == NULL ? NULL : plan->variables->first; v != NULL; v = v->next) {
        const struct value *value = value_find(v, STR("value"));
        if (value == NULL)
            continue;
        struct value *copy = value_make(arena, value->kind);
        *copy = *value;
        copy->next = NULL;
        copy->key = v->key;
        value_add(object, copy);
    }
    return object;
}

static bool is_profile_named(const struct texts *profiles, enum profile profile)
{
    for (size_t i = 0; i < profiles->count; i++)
        if (str_equal(profiles->items[i], profile_name(profile)))
            return true;
    return profiles->count == 0;
}

static bool holds_for_variables(struct arena *arena, const struct occasion *when, const struct plan *plan)
{
    struct resource variables = { .address = STR("var"), .configuration_key = STR("var"),
                                  .after = variable_values(arena, plan) };
    struct evaluation evaluation = { .plan = plan, .resource = &variables, .scratch = arena, .is_final = true };
    return condition_test(&evaluation, when->variables) == TRUTH_TRUE;
}

static bool is_within(const struct action_bound *bound, size_t count)
{
    char digits[32];
    struct value number = { .kind = VALUE_NUMBER, .text = { digits, (size_t)snprintf(digits, sizeof digits, "%zu", count) } };
    if (bound->at_least.p != NULL && number_compare(number.text, bound->at_least) < 0)
        return false;
    return bound->at_most.p == NULL || number_compare(number.text, bound->at_most) <= 0;
}

/* The form is known once the document has ended; a rule that asks for one is decided then. */
static bool is_input_named(const struct texts *inputs, enum plan_form form)
{
    static const struct str names[] = { [PLAN_FORM_NONE] = STR_INIT("plan"), [PLAN_FORM_PLAN] = STR_INIT("plan"),
                                        [PLAN_FORM_STATE] = STR_INIT("state"),
                                        [PLAN_FORM_CONFIGURATION] = STR_INIT("configuration") };
    for (size_t i = 0; i < inputs->count; i++)
        if (str_equal(inputs->items[i], names[form]))
            return true;
    return inputs->count == 0;
}

bool occasion_holds(struct arena *arena, const struct occasion *when, const struct plan *plan, enum profile profile,
                    const size_t *actions)
{
    if (!is_profile_named(&when->profiles, profile) || !is_input_named(&when->inputs, plan->form))
        return false;
    if (when->variables != NULL && !holds_for_variables(arena, when, plan))
        return false;
    for (size_t i = 0; i < when->bound_count; i++) {
        size_t count = 0;
        for (int bit = 0; bit < ACTION_BITS; bit++)
            count += (when->bounds[i].action & (1U << bit)) != 0 ? actions[bit] : 0;
        if (!is_within(&when->bounds[i], count))
            return false;
    }
    return true;
}
