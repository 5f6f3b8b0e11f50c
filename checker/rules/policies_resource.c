#include "base/arena.h"
#include "plan/path.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/policies.h"
#include "rules/run.h"

/* Whether the policy of a resource lets a service that another resource brings into play do what it has to. */
struct admitting {
    struct policies policies;
    struct link_end resource;       /* attributes that lead to the resource with the policy */
    struct link_index *resources;
    struct link_index *documents;   /* the policies that stand apart from it */
    const struct path *own;         /* attribute of the resource that holds its policy; NULL = none */
    const struct path *apart;       /* attribute of a policy that stands apart */
    struct policies_texts services, actions;
    bool is_default_enough;         /* without any policy it is admitted */
    const struct value *context_key, *context_mark; /* of a condition that names who asks, behind the mark; or NULL */
    const struct path *context_name;                /* attribute of who asks that it has to match */
    struct str name;                                /* its value; no string = not known */
    struct policies_answer *answer;
    struct document document;
    size_t found;
};

static bool add_apart(void *context, struct node *node, bool is_sure)
{
    struct admitting *admitting = context;
    admitting->found++;
    if (!is_sure)
        admitting->document.is_open = true;
    document_add_path(admitting->policies.wiring, node, admitting->apart, &admitting->document);
    policies_relate(admitting->answer, node->resource.address);
    return true;
}

static bool note_open(void *context, struct node *node, struct str reason)
{
    struct admitting *admitting = context;
    (void)node;
    admitting->document.is_open = true;
    admitting->document.reason = reason;
    admitting->found++;
    return false;
}

static struct str join_texts(struct arena *arena, const struct policies_texts *texts)
{
    struct str text = { "", 0 };
    for (size_t i = 0; i < texts->count; i++)
        text = arena_join(arena, (struct str[]){ text, i == 0 ? STR("") : STR(", "), texts->items[i] }, 3);
    return text;
}

/* A service principal for people: a star before .amazonaws.com stands for the region, others for anything. */
static struct str service_name(struct arena *arena, struct str service)
{
    size_t star = 0;
    while (star < service.n && service.p[star] != '*')
        star++;
    if (star == service.n)
        return service;
    struct str before = str_part(service, 0, star), after = str_from_offset(service, star + 1);
    if (star == 0 || !str_ends_with(after, STR(".amazonaws.com")))
        return arena_format(arena, "%.*s%.*s", STR_ARG(before), STR_ARG(after));
    return arena_format(arena, "%.*s.REGION%.*s", STR_ARG(before), STR_ARG(after));
}

/* Every action has to be admitted, for one of the services. */
static enum permission ask(const struct admitting *admitting)
{
    enum permission worst = PERMISSION_YES;
    for (size_t a = 0; a < admitting->actions.count; a++) {
        enum permission best = PERMISSION_NO;
        for (size_t s = 0; s < admitting->services.count; s++) {
            enum permission one =
                document_admits(&admitting->document, admitting->services.items[s], admitting->actions.items[a]);
            best = one > best ? one : best;
        }
        worst = best < worst ? best : worst;
    }
    return worst;
}

static bool has_own(const struct admitting *admitting, const struct node *resource)
{
    if (admitting->own == NULL)
        return false;
    const struct value *value = value_find(resource->resource.after, admitting->own->steps[0].name);
    if (value == NULL || value->kind == VALUE_NULL || (value->kind == VALUE_STRING && value->text.n == 0))
        return false;
    if (value->kind == VALUE_STRING)
        return true;
    struct written_value written =
        configuration_find(admitting->policies.wiring->plan, resource->block->key, admitting->own);
    return !configuration_is_unset(&written, 0);
}

/* Whether a value of the condition can stand for who asks: what is before the mark, a region and an account, may be any. */
static bool can_name(const struct admitting *admitting, struct str value)
{
    struct str mark = admitting->context_mark->text;
    ptrdiff_t at = str_find(value, mark);
    if (at < 0 || str_find(value, STR("${")) >= 0)
        return true;
    struct str pattern = str_from_offset(value, (size_t)at + mark.n);
    struct str longer = arena_join(admitting->policies.wiring->scratch, (struct str[]){ admitting->name, STR(":*") }, 2);
    return document_matches(pattern, admitting->name) || document_matches(pattern, longer);
}

/* Whether the conditions of a statement certainly leave out who asks. */
static bool leaves_out(const struct admitting *admitting, const struct statement *statement)
{
    for (size_t i = 0; i < statement->condition_count; i++) {
        const struct document_condition *condition = &statement->conditions[i];
        bool is_positive =
            str_equal(condition->operator, STR("ArnLike")) || str_equal(condition->operator, STR("ArnEquals")) ||
            str_equal(condition->operator, STR("StringLike")) || str_equal(condition->operator, STR("StringEquals"));
        if (!is_positive || condition->values.is_open || !str_equal(condition->key, admitting->context_key->text))
            continue;
        size_t good = 0;
        for (size_t v = 0; v < condition->values.count; v++)
            good += can_name(admitting, condition->values.items[v]);
        if (good == 0)
            return true;
    }
    return false;
}

static void drop_other_statements(struct admitting *admitting)
{
    size_t kept = 0;
    if (admitting->context_key == NULL || admitting->context_mark == NULL || admitting->name.p == NULL)
        return;
    for (size_t i = 0; i < admitting->document.count; i++)
        if (!leaves_out(admitting, &admitting->document.items[i]))
            admitting->document.items[kept++] = admitting->document.items[i];
    admitting->document.count = kept;
}

static bool ask_resource(void *context, struct node *resource, bool is_sure)
{
    struct admitting *admitting = context;
    struct wiring *wiring = admitting->policies.wiring;
    admitting->document = (struct document){ 0 };
    admitting->found = 0;
    policies_relate(admitting->answer, resource->resource.address);
    if (has_own(admitting, resource)) {
        admitting->found++;
        document_add_path(wiring, resource, admitting->own, &admitting->document);
    }
    struct terms terms = link_terms(wiring, resource, (struct link_end){ 0 }, (struct link_end){ 0 }, STR(""));
    link_each(wiring, admitting->documents, &terms, add_apart, admitting);
    if (admitting->found == 0)
        link_each_open(admitting->documents, note_open, admitting);
    bool exists_already = (resource->resource.actions & (unsigned)(ACTION_CREATE | ACTION_REPLACE)) == 0;
    drop_other_statements(admitting);
    enum permission permission = ask(admitting);
    if (admitting->found == 0 && (admitting->is_default_enough || exists_already))
        permission = admitting->is_default_enough ? PERMISSION_YES : PERMISSION_UNKNOWN;
    if (permission == PERMISSION_NO && !is_sure)
        permission = PERMISSION_UNKNOWN;
    struct str address = resource->resource.address, reason = admitting->document.reason, text = STR("");
    if (permission == PERMISSION_NO)
        text = arena_format(wiring->scratch, "%.*s does not let %.*s do %.*s", STR_ARG(address),
                            STR_ARG(service_name(wiring->scratch, admitting->services.items[0])),
                            STR_ARG(join_texts(wiring->scratch, &admitting->actions)));
    else if (permission == PERMISSION_UNKNOWN)
        text = arena_format(wiring->scratch, "whom the policy of %.*s admits is not known%s%.*s", STR_ARG(address),
                            reason.n > 0 ? ": " : "", STR_ARG(reason));
    policies_note(admitting->answer, permission, text);
    return true;
}

static void judge_node(void *context, struct node *node, enum truth selected)
{
    struct admitting *admitting = context;
    struct policies_answer answer = { 0 };
    struct terms terms = { 0 };
    const struct value *name =
        admitting->context_name == NULL ? NULL : value_find(node->resource.after, admitting->context_name->steps[0].name);
    admitting->answer = &answer;
    admitting->name = name != NULL && name->kind == VALUE_STRING ? name->text : (struct str){ 0 };
    for (size_t i = 0; i < admitting->resource.count; i++)
        terms_add_path(admitting->policies.wiring, node, admitting->resource.paths[i], &terms);
    link_each(admitting->policies.wiring, admitting->resources, &terms, ask_resource, admitting);
    policies_report(&admitting->policies, node, selected, &answer);
}

void policies_check_admits(struct run *run, const struct rule *rule)
{
    if (!joins_has_selected(run_joins(run), rule))
        return;
    struct admitting admitting = { 0 };
    policies_open(&admitting.policies, run, rule, false);
    struct policies *policies = &admitting.policies;
    struct policies_texts types = policies_texts(policies, STR("resource_types"));
    struct policies_texts apart = policies_texts(policies, STR("policy_types"));
    struct policies_texts own = policies_texts(policies, STR("own_policy"));
    const struct value *absent = analysis_parameter(rule, STR("absent"));
    admitting.resource = policies_end(policies, STR("resource"));
    admitting.services = policies_texts(policies, STR("services"));
    admitting.actions = policies_texts(policies, STR("actions"));
    struct policies_texts named = policies_texts(policies, STR("context_name"));
    admitting.context_key = analysis_parameter(rule, STR("context_key"));
    admitting.context_mark = analysis_parameter(rule, STR("context_mark"));
    admitting.context_name = named.count > 0 ? policies_path(policies, named.items[0]) : NULL;
    admitting.is_default_enough = absent != NULL && str_equal(absent->text, STR("pass"));
    admitting.own = own.count > 0 ? policies_path(policies, own.items[0]) : NULL;
    admitting.apart = policies_path(policies, STR("policy"));
    admitting.resources =
        link_index_build(policies->wiring, policies->arena, types.items, types.count, (struct link_end){ 0 });
    admitting.documents = link_index_build(policies->wiring, policies->arena, apart.items, apart.count,
                                           policies_end(policies, STR("policy_of")));
    joins_each_selected(policies->joins, rule, judge_node, &admitting);
}
