#include "plan/plan.h"

#include "plan/value.h"

const struct value *plan_find_variable(const struct plan *plan, struct str name)
{
    return value_find(value_find(plan->variables, name), STR("value"));
}

bool plan_is_sensitive_variable(const struct plan *plan, struct str name)
{
    const struct configured_module *root = map_find(&plan->configuration.modules, STR(""));
    return root != NULL && value_find_truth(value_find(root->variables, name), STR("sensitive"));
}
