#include "plan/plan.h"

#include "plan/value.h"

const struct value *plan_find_variable(const struct plan *plan, struct str name)
{
    return value_find(value_find(plan->variables, name), STR("value"));
}

/* What a block is written as: an object, or a list of one. */
static const struct value *only_block(const struct value *value)
{
    return value != NULL && value->kind == VALUE_LIST ? value->first : value;
}

struct str plan_find_version_constraint(const struct plan *plan, struct str provider)
{
    const struct value *terraform = only_block(value_find(plan->written, STR("terraform")));
    const struct value *required = value_find(only_block(value_find(terraform, STR("required_providers"))), provider);
    if (required != NULL && required->kind == VALUE_STRING)
        return required->text;
    return value_find_text(required, STR("version"));
}

bool plan_is_sensitive_variable(const struct plan *plan, struct str name)
{
    const struct configured_module *root = map_find(&plan->configuration.modules, STR(""));
    return root != NULL && value_find_truth(value_find(root->variables, name), STR("sensitive"));
}
