#include "base/arena.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/policies.h"
#include "rules/run.h"
#include "wiring/network.h"

/* Networks of one rule. */
struct networks {
    struct policies judging;
    struct network *network;
    struct link_end subnets; /* attributes that lead to subnets; none = the subnet itself is selected */
    struct str wants;
    struct policies_answer *answer;
    size_t count;            /* subnets that were surely found */
    struct str zone;         /* availability zone of the first */
    size_t zones;            /* different ones, up to two */
    bool has_unknown_zone;
    struct str vpc;          /* of the first member; no string = none yet */
    struct str member;       /* address of the first member */
    const struct node *node;
};

struct network *networks_get(struct joins *joins)
{
    if (joins->network == NULL)
        joins->network = network_open(&joins->wiring, joins->shared);
    return joins->network;
}

static bool open_networks(struct networks *networks, struct run *run, const struct rule *rule)
{
    *networks = (struct networks){ 0 };
    if (!joins_has_selected(run_joins(run), rule))
        return false;
    policies_open(&networks->judging, run, rule, false);
    networks->network = networks_get(run_joins(run));
    networks->subnets = policies_end(&networks->judging, STR("subnets"));
    const struct value *wants = analysis_parameter(rule, STR("wants"));
    networks->wants = wants == NULL ? STR("") : wants->text;
    return true;
}

/* Whether the way out of a subnet is what the rule wants. */
static enum permission test_way(const struct networks *networks, enum way_out way)
{
    if (way == WAY_UNKNOWN)
        return PERMISSION_UNKNOWN;
    bool is_good = str_equal(networks->wants, STR("internet"))      ? way == WAY_INTERNET
                   : str_equal(networks->wants, STR("not-internet")) ? way != WAY_INTERNET
                                                                     : way != WAY_NONE;
    return is_good ? PERMISSION_YES : PERMISSION_NO;
}

static const char *describe(enum way_out way)
{
    return way == WAY_INTERNET ? "leads to the internet gateway"
           : way == WAY_OTHER  ? "has no route to the internet gateway"
                               : "has no default route";
}

static bool ask_subnet(void *context, struct node *subnet, bool is_sure)
{
    struct networks *networks = context;
    struct arena *scratch = networks->judging.wiring->scratch;
    struct subnet_routes routes = network_find_routes(networks->network, subnet);
    enum permission permission = test_way(networks, routes.way);
    struct str text = STR(""), address = subnet->resource.address;
    if (permission == PERMISSION_NO && !is_sure)
        permission = PERMISSION_UNKNOWN;
    if (permission == PERMISSION_NO && subnet == networks->node)
        text = arena_format(scratch, "%s", describe(routes.way));
    else if (permission == PERMISSION_NO)
        text = arena_format(scratch, "is in %.*s, which %s", STR_ARG(address), describe(routes.way));
    else if (permission == PERMISSION_UNKNOWN)
        text = arena_format(scratch, "where %.*s leads to is not known: %.*s", STR_ARG(address), STR_ARG(routes.reason));
    if (permission != PERMISSION_YES && subnet != networks->node)
        policies_relate(networks->answer, address);
    if (permission != PERMISSION_YES && routes.table.p != NULL)
        policies_relate(networks->answer, routes.table);
    policies_note(networks->answer, permission, text);
    return true;
}

static void judge_routes(void *context, struct node *node, enum truth selected)
{
    struct networks *networks = context;
    struct policies_answer answer = { 0 };
    networks->answer = &answer;
    networks->node = node;
    if (networks->subnets.count == 0)
        ask_subnet(networks, node, true);
    for (size_t i = 0; i < networks->subnets.count; i++)
        network_each_subnet(networks->network, node, networks->subnets.paths[i], ask_subnet, networks);
    policies_report(&networks->judging, node, selected, &answer);
}

void networks_check_routes(struct run *run, const struct rule *rule)
{
    struct networks networks;
    if (open_networks(&networks, run, rule))
        joins_each_selected(networks.judging.joins, rule, judge_routes, &networks);
}

static bool note_zone(void *context, struct node *subnet, bool is_sure)
{
    struct networks *networks = context;
    struct str zone = value_find_text(subnet->resource.after, STR("availability_zone"));
    policies_relate(networks->answer, subnet->resource.address);
    networks->count += is_sure;
    networks->has_unknown_zone |= zone.p == NULL || !is_sure;
    if (zone.p == NULL)
        return true;
    if (networks->zones == 0)
        networks->zone = zone;
    if (networks->zones == 0 || !str_equal(zone, networks->zone))
        networks->zones++;
    return true;
}

static void judge_zones(void *context, struct node *node, enum truth selected)
{
    struct networks *networks = context;
    struct policies_answer answer = { 0 };
    struct arena *scratch = networks->judging.wiring->scratch;
    bool is_open = false;
    networks->answer = &answer;
    networks->count = networks->zones = 0;
    networks->has_unknown_zone = false;
    for (size_t i = 0; i < networks->subnets.count; i++)
        is_open |= network_each_subnet(networks->network, node, networks->subnets.paths[i], note_zone, networks);
    if (networks->zones > 1)
        policies_note(&answer, PERMISSION_YES, STR(""));
    else if (is_open || (networks->count > 1 && networks->has_unknown_zone))
        policies_note(&answer, PERMISSION_UNKNOWN, STR("the zones of its subnets are not known"));
    else if (networks->count == 1 && networks->zones == 0)
        policies_note(&answer, PERMISSION_NO, STR("has one subnet and with it one availability zone"));
    else if (networks->count > 0)
        policies_note(&answer, PERMISSION_NO,
                      arena_format(scratch, "is in one availability zone only, %.*s", STR_ARG(networks->zone)));
    policies_report(&networks->judging, node, selected, &answer);
}

void networks_check_zones(struct run *run, const struct rule *rule)
{
    struct networks networks;
    if (open_networks(&networks, run, rule))
        joins_each_selected(networks.judging.joins, rule, judge_zones, &networks);
}

static bool note_vpc(void *context, struct node *member, bool is_sure)
{
    struct networks *networks = context;
    struct wiring *wiring = networks->judging.wiring;
    struct str vpc = network_find_vpc(networks->network, member);
    bool is_group = str_equal(member->resource.type, STR("aws_security_group"));
    const struct value *written = value_find(member->resource.after, STR("vpc_id"));
    const struct configured *configured = wiring_find_configured(wiring, member->block);
    bool is_unset = vpc.p == NULL && is_group && written != NULL && configured != NULL &&
                    value_find(configured->expressions, STR("vpc_id")) == NULL;
    if (is_unset)
        vpc = STR("the default VPC");
    if (vpc.p == NULL || !is_sure) {
        policies_note(networks->answer, PERMISSION_UNKNOWN,
                      arena_format(wiring->scratch, "the VPC of %.*s is not known", STR_ARG(member->resource.address)));
        return true;
    }
    if (networks->vpc.p == NULL) {
        networks->vpc = vpc;
        networks->member = member->resource.address;
        policies_note(networks->answer, PERMISSION_YES, STR(""));
        return true;
    }
    policies_relate(networks->answer, networks->member);
    policies_relate(networks->answer, member->resource.address);
    if (!str_equal(vpc, networks->vpc))
        policies_note(networks->answer, PERMISSION_NO,
                      arena_format(wiring->scratch, "mixes %.*s of %.*s and %.*s of %.*s", STR_ARG(networks->member),
                                   STR_ARG(networks->vpc), STR_ARG(member->resource.address), STR_ARG(vpc)));
    return true;
}

struct vpc_judging {
    struct networks networks;
    struct link_end groups;
    struct link_index *security_groups;
};

static void judge_vpc(void *context, struct node *node, enum truth selected)
{
    struct vpc_judging *judging = context;
    struct networks *networks = &judging->networks;
    struct policies_answer answer = { 0 };
    struct terms terms = { 0 };
    networks->answer = &answer;
    networks->vpc = (struct str){ NULL, 0 };
    for (size_t i = 0; i < networks->subnets.count; i++)
        network_each_subnet(networks->network, node, networks->subnets.paths[i], note_vpc, networks);
    for (size_t i = 0; i < judging->groups.count; i++)
        terms_add_path(networks->judging.wiring, node, judging->groups.paths[i], &terms);
    link_each(networks->judging.wiring, judging->security_groups, &terms, note_vpc, networks);
    policies_report(&networks->judging, node, selected, &answer);
}

void networks_check_vpc(struct run *run, const struct rule *rule)
{
    static const struct str types[] = { STR_INIT("aws_security_group") };
    struct vpc_judging judging;
    if (!open_networks(&judging.networks, run, rule))
        return;
    judging.groups = policies_end(&judging.networks.judging, STR("security_groups"));
    judging.security_groups = link_index_build(judging.networks.judging.wiring, judging.networks.judging.arena, types, 1,
                                               (struct link_end){ 0 });
    joins_each_selected(judging.networks.judging.joins, rule, judge_vpc, &judging);
}
