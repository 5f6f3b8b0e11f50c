/* The small plan that a case describes. */
#ifndef TFCHECK_RULES_CASE_PLAN_H
#define TFCHECK_RULES_CASE_PLAN_H
#include "plan/plan.h"
#include "plan/resource.h"
#include "rules/shape.h"

struct case_plan {
    struct plan plan; /* of PLAN_FORM_CONFIGURATION when the case has one; it is still to be read then */
    struct resource *resources;
    size_t count;
    bool has_profile;
    enum profile profile;
};

/* Read the case at node, in shape's arena. False and the error filled when it is malformed. */
bool case_plan_load(const struct shape *shape, const struct yaml_node *node, struct case_plan *plan);
#endif
