#include "wiring/network.h"

#include "base/arena.h"
#include "base/error.h"
#include "plan/configuration.h"
#include "plan/path.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "wiring/link.h"
#include "wiring/wiring.h"

const struct str network_reads[] = {
    STR_INIT("aws_vpc.cidr_block"),
    STR_INIT("aws_subnet.vpc_id"),
    STR_INIT("aws_subnet.availability_zone"),
    STR_INIT("aws_subnet.cidr_block"),
    STR_INIT("aws_security_group.vpc_id"),
    STR_INIT("aws_internet_gateway.vpc_id"),
    STR_INIT("aws_route_table.vpc_id"),
    STR_INIT("aws_route_table.route"),
    STR_INIT("aws_default_route_table.route"),
    STR_INIT("aws_default_route_table.default_route_table_id"),
    STR_INIT("aws_main_route_table_association.vpc_id"),
    STR_INIT("aws_route.route_table_id"),
    STR_INIT("aws_route.destination_cidr_block"),
    STR_INIT("aws_route.gateway_id"),
    STR_INIT("aws_route.nat_gateway_id"),
    STR_INIT("aws_route_table_association.subnet_id"),
    STR_INIT("aws_route_table_association.route_table_id"),
    STR_INIT("aws_db_subnet_group.subnet_ids"),
    STR_INIT("aws_elasticache_subnet_group.subnet_ids"),
    STR_INIT("aws_redshift_subnet_group.subnet_ids"),
    { NULL, 0 },
};

struct network {
    struct wiring *wiring;
    struct link_index *subnets, *groups, *tables, *gateways, *vpcs;
    struct link_index *associations; /* by subnet */
    struct link_index *routes;       /* by route table */
    struct link_index *defaults;     /* default tables and main associations, by VPC */
    const struct path *association_table, *inline_gateway, *gateway, *vpc, *group_subnets;
};

static const struct path *compile(struct arena *arena, const char *text)
{
    struct error ignored = { 0 };
    return path_compile(arena, str_from(text), &ignored);
}

static struct link_index *index_of(struct network *network, struct arena *arena, const struct str *types, size_t count,
                                   const char *path)
{
    struct link_end end = { 0 };
    if (path != NULL) {
        end.paths = arena_get(arena, sizeof *end.paths);
        end.paths[0] = compile(arena, path);
        end.count = 1;
    }
    return link_index_build(network->wiring, arena, types, count, end);
}

struct network *network_open(struct wiring *wiring, struct arena *arena)
{
    static const struct str subnet[] = { STR_INIT("aws_subnet") }, vpc[] = { STR_INIT("aws_vpc") };
    static const struct str groups[] = { STR_INIT("aws_db_subnet_group"), STR_INIT("aws_elasticache_subnet_group"),
                                         STR_INIT("aws_redshift_subnet_group") };
    static const struct str tables[] = { STR_INIT("aws_route_table"), STR_INIT("aws_default_route_table") };
    static const struct str gateway[] = { STR_INIT("aws_internet_gateway") };
    static const struct str association[] = { STR_INIT("aws_route_table_association") };
    static const struct str route[] = { STR_INIT("aws_route") };
    static const struct str defaults[] = { STR_INIT("aws_default_route_table"),
                                           STR_INIT("aws_main_route_table_association") };
    struct network *network = arena_get(arena, sizeof *network);
    network->wiring = wiring;
    network->subnets = index_of(network, arena, subnet, 1, NULL);
    network->vpcs = index_of(network, arena, vpc, 1, NULL);
    network->groups = index_of(network, arena, groups, 3, NULL);
    network->tables = index_of(network, arena, tables, 2, NULL);
    network->gateways = index_of(network, arena, gateway, 1, NULL);
    network->associations = index_of(network, arena, association, 1, "subnet_id");
    network->routes = index_of(network, arena, route, 1, "route_table_id");
    network->defaults = index_of(network, arena, defaults, 2, NULL);
    network->association_table = compile(arena, "route_table_id");
    network->inline_gateway = compile(arena, "route[*].gateway_id");
    network->gateway = compile(arena, "gateway_id");
    network->vpc = compile(arena, "vpc_id");
    network->group_subnets = compile(arena, "subnet_ids[*]");
    return network;
}

struct finding_routes {
    struct network *network;
    struct subnet_routes *routes;
    size_t found; /* matches of the question that is asked */
};

static void unknown(struct finding_routes *finding, struct str reason)
{
    finding->routes->way = WAY_UNKNOWN;
    finding->routes->reason = reason;
}

static bool count_match(void *context, struct node *node, bool is_sure)
{
    size_t *count = context;
    (void)node;
    *count += is_sure;
    return true;
}

/* The main route table of a VPC that is made now has no default route. */
static bool count_new(void *context, struct node *node, bool is_sure)
{
    size_t *count = context;
    *count += is_sure && (node->resource.actions & (unsigned)(ACTION_CREATE | ACTION_REPLACE)) != 0;
    return true;
}

/* Whether the attribute at path leads to an internet gateway of the plan, or names one. */
static bool leads_to_gateway(struct network *network, const struct node *node, const struct path *path)
{
    struct terms terms = { 0 };
    size_t count = 0;
    terms_add_path(network->wiring, node, path, &terms);
    link_each(network->wiring, network->gateways, &terms, count_match, &count);
    for (size_t i = 0; i < terms.count; i++)
        count += terms.items[i].kind == TERM_VALUE && str_starts_with(terms.items[i].text, STR("igw-"));
    return count > 0;
}

static bool is_given(const struct value *value)
{
    return value != NULL && value->kind != VALUE_NULL && !(value->kind == VALUE_STRING && value->text.n == 0);
}

/* Whether the attribute at path, of one step, has a value; an unknown one has if it is written. */
static bool has_target(struct network *network, const struct node *node, const struct path *path)
{
    const struct value *value = value_find(node->resource.after, path->steps[0].name);
    if (!is_given(value) || value->kind != VALUE_UNKNOWN)
        return is_given(value);
    struct written_value written = configuration_find(network->wiring->plan, node->block->key, path);
    return !configuration_is_unset(&written, 0);
}

static bool is_default(const struct value *range)
{
    return range != NULL && range->kind == VALUE_STRING && str_equal(range->text, STR("0.0.0.0/0"));
}

/* The default routes of an inline list. */
static void read_inline(struct finding_routes *finding, const struct node *table)
{
    const struct value *routes = value_find(table->resource.after, STR("route"));
    for (const struct value *route = routes == NULL ? NULL : routes->first; route != NULL; route = route->next) {
        const struct value *range = value_find(route, STR("cidr_block"));
        if (range != NULL && range->kind == VALUE_UNKNOWN)
            unknown(finding, STR("a route whose range is not known"));
        if (!is_default(range) || finding->routes->way == WAY_INTERNET)
            continue;
        if (!is_given(value_find(route, STR("gateway_id"))))
            finding->routes->way = WAY_OTHER;
        else if (leads_to_gateway(finding->network, table, finding->network->inline_gateway))
            finding->routes->way = WAY_INTERNET;
        else
            unknown(finding, STR("a gateway that the plan does not show"));
    }
}

static bool read_route(void *context, struct node *route, bool is_sure)
{
    struct finding_routes *finding = context;
    const struct value *range = value_find(route->resource.after, STR("destination_cidr_block"));
    if (!is_default(range) && !(range != NULL && range->kind == VALUE_UNKNOWN))
        return true;
    if (!is_sure || !is_default(range))
        unknown(finding, route->resource.address);
    else if (leads_to_gateway(finding->network, route, finding->network->gateway))
        finding->routes->way = WAY_INTERNET;
    else if (!has_target(finding->network, route, finding->network->gateway))
        finding->routes->way = finding->routes->way == WAY_INTERNET ? WAY_INTERNET : WAY_OTHER;
    else
        unknown(finding, route->resource.address);
    return true;
}

static bool note_open(void *context, struct node *node, struct str reason)
{
    struct finding_routes *finding = context;
    (void)node;
    unknown(finding, reason);
    return false;
}

static bool read_table(void *context, struct node *table, bool is_sure)
{
    struct finding_routes *finding = context;
    struct wiring *wiring = finding->network->wiring;
    finding->found++;
    finding->routes->table = table->resource.address;
    if (!is_sure) {
        unknown(finding, table->resource.address);
        return true;
    }
    read_inline(finding, table);
    struct terms terms = link_terms(wiring, table, (struct link_end){ 0 }, (struct link_end){ 0 }, STR(""));
    link_each(wiring, finding->network->routes, &terms, read_route, finding);
    if (finding->routes->way == WAY_NONE)
        link_each_open(finding->network->routes, note_open, finding);
    return true;
}

static bool read_association(void *context, struct node *association, bool is_sure)
{
    struct finding_routes *finding = context;
    struct terms terms = { 0 };
    finding->routes->is_associated = true;
    if (!is_sure) {
        unknown(finding, association->resource.address);
        return true;
    }
    finding->found = 0;
    terms_add_path(finding->network->wiring, association, finding->network->association_table, &terms);
    link_each(finding->network->wiring, finding->network->tables, &terms, read_table, finding);
    if (finding->found == 0)
        unknown(finding, association->resource.address);
    return true;
}

struct subnet_routes network_find_routes(struct network *network, const struct node *subnet)
{
    struct subnet_routes routes = { .way = WAY_NONE };
    struct finding_routes finding = { network, &routes, 0 };
    struct wiring *wiring = network->wiring;
    struct terms ours = link_terms(wiring, subnet, (struct link_end){ 0 }, (struct link_end){ 0 }, STR(""));
    link_each(wiring, network->associations, &ours, read_association, &finding);
    if (routes.is_associated)
        return routes;
    link_each_open(network->associations, note_open, &finding);
    size_t defaults = 0, vpcs = 0;
    struct terms vpc = { 0 };
    terms_add_path(wiring, subnet, network->vpc, &vpc);
    link_each_node(network->defaults, count_match, &defaults);
    link_each(wiring, network->vpcs, &vpc, count_new, &vpcs);
    if (defaults > 0 || vpcs == 0)
        unknown(&finding, STR("the main route table of its VPC"));
    return routes;
}

struct reaching {
    struct network *network;
    bool (*visit)(void *context, struct node *subnet, bool is_sure);
    void *context;
    bool is_sure;
    bool is_open;
};

static bool visit_subnet(void *context, struct node *subnet, bool is_sure)
{
    struct reaching *reaching = context;
    return reaching->visit(reaching->context, subnet, is_sure && reaching->is_sure);
}

static bool visit_group(void *context, struct node *group, bool is_sure)
{
    struct reaching *reaching = context;
    struct terms terms = { 0 };
    terms_add_path(reaching->network->wiring, group, reaching->network->group_subnets, &terms);
    reaching->is_open |= terms.is_open;
    struct reaching inner = *reaching;
    inner.is_sure = is_sure;
    link_each(reaching->network->wiring, reaching->network->subnets, &terms, visit_subnet, &inner);
    return true;
}

bool network_each_subnet(struct network *network, struct node *node, const struct path *path,
                         bool (*visit)(void *context, struct node *subnet, bool is_sure), void *context)
{
    struct reaching reaching = { network, visit, context, true, false };
    struct terms terms = { 0 };
    terms_add_path(network->wiring, node, path, &terms);
    link_each(network->wiring, network->subnets, &terms, visit_subnet, &reaching);
    link_each(network->wiring, network->groups, &terms, visit_group, &reaching);
    return reaching.is_open || terms.is_open;
}

struct str network_find_vpc(struct network *network, const struct node *node)
{
    struct terms terms = { 0 };
    terms_add_path(network->wiring, node, network->vpc, &terms);
    if (terms.is_open || terms.count == 0 || !terms.items[0].is_sure)
        return (struct str){ NULL, 0 };
    return terms.items[0].text;
}
