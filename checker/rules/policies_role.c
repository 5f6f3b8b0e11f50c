#include "base/arena.h"
#include "plan/path.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/policies.h"
#include "rules/run.h"

/* Roles of one resource, and what is asked of them. */
struct asking {
    struct policies *policies;
    struct policies_answer *answer;
    struct policies_texts actions;
    bool wants_all;        /* each of the actions, else one of them */
    bool wants_everywhere; /* on the resource "*" */
    struct str service;    /* asked in place of actions: any action of it; or no string */
    struct str purpose;    /* what it is for, in messages */
};

static enum permission ask_action(const struct asking *asking, const struct document *document, struct str action)
{
    return asking->wants_everywhere ? document_allows_everywhere(document, action) : document_allows(document, action);
}

static void relate_role(struct policies_answer *answer, const struct role_rights *role)
{
    for (size_t i = 0; i < role->address_count; i++)
        policies_relate(answer, role->addresses[i]);
}

static void ask_role(void *context, struct role_rights *role, bool is_sure)
{
    struct asking *asking = context;
    struct arena *scratch = asking->policies->wiring->scratch;
    struct str missing = { "", 0 };
    rights_collect(asking->policies->rights, role);
    enum permission worst = PERMISSION_YES, best = PERMISSION_NO;
    for (size_t i = 0; i < asking->actions.count; i++) {
        enum permission one = ask_action(asking, &role->document, asking->actions.items[i]);
        if (one == PERMISSION_NO)
            missing = arena_join(scratch, (struct str[]){ missing, missing.n == 0 ? STR("") : STR(", "),
                                                          asking->actions.items[i] }, 3);
        worst = one < worst ? one : worst;
        best = one > best ? one : best;
    }
    enum permission permission = asking->wants_all ? worst : best;
    if (permission == PERMISSION_NO && !is_sure)
        permission = PERMISSION_UNKNOWN;
    if (permission == PERMISSION_YES) {
        policies_note(asking->answer, permission, STR(""));
        return;
    }
    relate_role(asking->answer, role);
    struct str text = role->document.reason.p != NULL
                          ? arena_format(scratch, "what %.*s allows is not known: %.*s",
                                         STR_ARG(role->role->resource.address), STR_ARG(role->document.reason))
                          : arena_format(scratch, "what %.*s allows is not known", STR_ARG(role->role->resource.address));
    if (permission == PERMISSION_NO)
        text = arena_format(scratch, "%.*s does not allow %s%.*s%s%.*s%s", STR_ARG(role->role->resource.address),
                            asking->wants_all || asking->actions.count == 1 ? "" : "any of ", STR_ARG(missing),
                            asking->purpose.n > 0 ? ", which is needed " : "", STR_ARG(asking->purpose),
                            asking->wants_everywhere ? " on all resources" : "");
    policies_note(asking->answer, permission, text);
}

struct judging {
    struct policies policies;
    struct link_end roles;
    struct link_end through;         /* attributes that lead to the resource that has the role; none = the resource itself */
    struct link_index *intermediate; /* of these resources */
    struct asking asking;
};

static void ask_node(struct judging *judging, const struct node *node)
{
    for (size_t i = 0; i < judging->roles.count; i++)
        rights_each_role(judging->policies.rights, node, judging->roles.paths[i], ask_role, &judging->asking);
}

static bool ask_through(void *context, struct node *node, bool is_sure)
{
    if (is_sure)
        ask_node(context, node);
    return true;
}

static void judge_node(void *context, struct node *node, enum truth selected)
{
    struct judging *judging = context;
    struct policies_answer answer = { 0 };
    judging->asking.answer = &answer;
    if (judging->intermediate == NULL) {
        ask_node(judging, node);
    } else {
        struct terms terms = { 0 };
        for (size_t i = 0; i < judging->through.count; i++)
            terms_add_path(judging->policies.wiring, node, judging->through.paths[i], &terms);
        link_each(judging->policies.wiring, judging->intermediate, &terms, ask_through, judging);
    }
    policies_report(&judging->policies, node, selected, &answer);
}

void policies_check_role_allows(struct run *run, const struct rule *rule)
{
    if (!joins_has_selected(run_joins(run), rule))
        return;
    struct judging judging = { 0 };
    policies_open(&judging.policies, run, rule, true);
    struct policies *policies = &judging.policies;
    const struct value *purpose = analysis_parameter(rule, STR("purpose"));
    const struct value *wants = analysis_parameter(rule, STR("wants"));
    const struct value *on = analysis_parameter(rule, STR("on"));
    struct policies_texts types = policies_texts(policies, STR("through_types"));
    judging.roles = policies_end(policies, STR("role"));
    judging.through = policies_end(policies, STR("through"));
    if (types.count > 0)
        judging.intermediate =
            link_index_build(policies->wiring, policies->arena, types.items, types.count, (struct link_end){ 0 });
    judging.asking = (struct asking){ .policies = policies, .actions = policies_texts(policies, STR("actions")) };
    judging.asking.wants_all = wants == NULL || !str_equal(wants->text, STR("any"));
    judging.asking.wants_everywhere = on != NULL && str_equal(on->text, STR("*"));
    judging.asking.purpose = purpose == NULL ? STR("") : purpose->text;
    joins_each_selected(policies->joins, rule, judge_node, &judging);
}

/* --- rights for what the environment of a function names --- */

struct environment {
    struct policies policies;
    struct link_end roles, variables;
    struct link_index *resources;
    const struct value *services; /* type -> service */
    struct policies_answer *answer;
    const struct node *resource;  /* the one that is asked for */
    const struct node *node;
};

static void ask_service(void *context, struct role_rights *role, bool is_sure)
{
    struct environment *environment = context;
    struct arena *scratch = environment->policies.wiring->scratch;
    struct str service = value_find_text(environment->services, environment->resource->resource.type);
    rights_collect(environment->policies.rights, role);
    enum permission permission = document_allows_service(&role->document, service);
    if (permission == PERMISSION_NO && !is_sure)
        permission = PERMISSION_UNKNOWN;
    struct str text = STR("");
    if (permission == PERMISSION_NO)
        text = arena_format(scratch, "is given %.*s in its environment, but %.*s allows no %.*s action",
                            STR_ARG(environment->resource->resource.address), STR_ARG(role->role->resource.address),
                            STR_ARG(service));
    else if (permission == PERMISSION_UNKNOWN)
        text = arena_format(scratch, "what %.*s allows is not known", STR_ARG(role->role->resource.address));
    if (permission != PERMISSION_YES)
        relate_role(environment->answer, role);
    policies_note(environment->answer, permission, text);
}

static bool ask_resource(void *context, struct node *resource, bool is_sure)
{
    struct environment *environment = context;
    environment->resource = resource;
    for (size_t i = 0; is_sure && i < environment->roles.count; i++)
        rights_each_role(environment->policies.rights, environment->node, environment->roles.paths[i], ask_service,
                         environment);
    return true;
}

static void judge_environment(void *context, struct node *node, enum truth selected)
{
    struct environment *environment = context;
    struct policies_answer answer = { 0 };
    struct terms terms = { 0 };
    environment->answer = &answer;
    environment->node = node;
    for (size_t i = 0; i < environment->variables.count; i++)
        terms_add_path(environment->policies.wiring, node, environment->variables.paths[i], &terms);
    link_each(environment->policies.wiring, environment->resources, &terms, ask_resource, environment);
    policies_report(&environment->policies, node, selected, &answer);
}

void policies_check_environment(struct run *run, const struct rule *rule)
{
    if (!joins_has_selected(run_joins(run), rule))
        return;
    struct environment environment = { 0 };
    policies_open(&environment.policies, run, rule, true);
    struct policies *policies = &environment.policies;
    environment.roles = policies_end(policies, STR("role"));
    environment.variables = policies_end(policies, STR("variables"));
    environment.services = analysis_parameter(rule, STR("services"));
    struct str *types = arena_get(policies->arena, (environment.services->count + 1) * sizeof *types);
    size_t count = 0;
    for (const struct value *row = environment.services->first; row != NULL; row = row->next)
        types[count++] = row->key;
    environment.resources = link_index_build(policies->wiring, policies->arena, types, count, (struct link_end){ 0 });
    joins_each_selected(policies->joins, rule, judge_environment, &environment);
}

/* --- who may assume the role --- */

struct trusting {
    struct policies policies;
    const struct value *rows; /* type -> {role, services} */
    const struct value *row;
    const struct path *document;
    struct policies_answer *answer;
};

static enum permission ask_trust(const struct document *document, const struct value *services)
{
    enum permission best = PERMISSION_NO;
    const struct value *item = services->kind == VALUE_LIST ? services->first : services;
    for (; item != NULL; item = services->kind == VALUE_LIST ? item->next : NULL) {
        enum permission one = document_admits(document, item->text, STR("sts:AssumeRole"));
        best = one > best ? one : best;
    }
    return best;
}

static void ask_trusted_role(void *context, struct role_rights *role, bool is_sure)
{
    struct trusting *trusting = context;
    struct arena *scratch = trusting->policies.wiring->scratch;
    struct document document = { 0 };
    const struct value *services = value_find(trusting->row, STR("services"));
    const struct value *first = services->kind == VALUE_LIST ? services->first : services;
    document_add_path(trusting->policies.wiring, role->role, trusting->document, &document);
    enum permission permission = ask_trust(&document, services);
    if (permission == PERMISSION_NO && !is_sure)
        permission = PERMISSION_UNKNOWN;
    struct str text = STR("");
    if (permission == PERMISSION_NO)
        text = arena_format(scratch, "runs as %.*s, which does not trust %.*s", STR_ARG(role->role->resource.address),
                            STR_ARG(first->text));
    else if (permission == PERMISSION_UNKNOWN)
        text = arena_format(scratch, "whom %.*s trusts is not known", STR_ARG(role->role->resource.address));
    if (permission != PERMISSION_YES)
        policies_relate(trusting->answer, role->role->resource.address);
    policies_note(trusting->answer, permission, text);
}

static void judge_trust(void *context, struct node *node, enum truth selected)
{
    struct trusting *trusting = context;
    struct policies_answer answer = { 0 };
    trusting->answer = &answer;
    trusting->row = value_find(trusting->rows, node->resource.type);
    const struct value *roles = value_find(trusting->row, STR("role"));
    const struct value *item = roles == NULL ? NULL : roles->kind == VALUE_LIST ? roles->first : roles;
    for (; item != NULL; item = roles->kind == VALUE_LIST ? item->next : NULL) {
        const struct path *path = policies_path(&trusting->policies, item->text);
        if (path != NULL)
            rights_each_role(trusting->policies.rights, node, path, ask_trusted_role, trusting);
    }
    policies_report(&trusting->policies, node, selected, &answer);
}

void policies_check_trust(struct run *run, const struct rule *rule)
{
    if (!joins_has_selected(run_joins(run), rule))
        return;
    struct trusting trusting = { 0 };
    policies_open(&trusting.policies, run, rule, true);
    trusting.rows = analysis_parameter(rule, STR("roles"));
    trusting.document = policies_path(&trusting.policies, STR("assume_role_policy"));
    joins_each_selected(trusting.policies.joins, rule, judge_trust, &trusting);
}
