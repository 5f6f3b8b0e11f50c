#include "base/arena.h"
#include "base/vec.h"
#include "match/cidr.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/policies.h"
#include "rules/run.h"
#include "wiring/network.h"

#include <stdlib.h>

/* An address range of a VPC, a subnet or a peering. */
struct range {
    struct cidr cidr;
    struct str text;
    struct str vpc; /* address or id of the VPC that it belongs to */
    const struct node *node;
};

struct ranges {
    struct policies policies;
    struct network *network;
    struct link_index *vpcs;
    struct {
        struct range *items;
        size_t count, capacity;
    } list;
    struct link_end ours, theirs; /* the two ends of a peering */
};

static bool read_range(const struct node *node, struct range *range)
{
    range->node = node;
    range->text = value_find_text(node->resource.after, STR("cidr_block"));
    return range->text.n > 0 && cidr_parse(range->text, &range->cidr);
}

static void report(struct ranges *ranges, const struct range *one, const struct range *other, const char *how)
{
    struct arena *arena = run_arena(ranges->policies.run);
    struct str *related = arena_get(arena, sizeof *related);
    related[0] = other->node->resource.address;
    run_report(ranges->policies.run, ranges->policies.rule, (struct finding){
        .verdict = VERDICT_FAIL,
        .address = one->node->resource.address,
        .path = STR("cidr_block"),
        .message = arena_format(arena, "%.*s %s %.*s of %.*s", STR_ARG(one->text), how, STR_ARG(other->text),
                                STR_ARG(other->node->resource.address)),
        .related = related,
        .related_count = 1,
    });
}

static int order_ranges(const void *a, const void *b)
{
    const struct range *x = a, *y = b;
    int order = str_compare(x->vpc, y->vpc);
    if (order == 0)
        order = memcmp(x->cidr.bytes, y->cidr.bytes, sizeof x->cidr.bytes);
    if (order == 0)
        order = x->cidr.bits < y->cidr.bits ? -1 : x->cidr.bits > y->cidr.bits;
    return order == 0 ? str_compare(x->node->resource.address, y->node->resource.address) : order;
}

/* The first bits of the range, and zeros. */
static void cut(struct cidr *cidr)
{
    unsigned bytes = cidr->is_v6 ? 16 : 4;
    for (unsigned i = 0; i < bytes; i++) {
        unsigned kept = cidr->bits > i * 8 ? cidr->bits - i * 8 : 0;
        if (kept < 8)
            cidr->bytes[i] = (unsigned char)(cidr->bytes[i] & (0xFF00 >> kept));
    }
}

static bool find_vpc(void *context, struct node *node, bool is_sure)
{
    const struct node **found = context;
    if (is_sure)
        *found = node;
    return !is_sure;
}

/* A subnet has to lie in a range of its VPC. Secondary ranges of the VPC leave that open. */
static void judge_inside(struct ranges *ranges, const struct range *subnet)
{
    const struct node *vpc = NULL;
    struct range outer;
    struct terms terms = { 0 };
    terms_add_path(ranges->policies.wiring, subnet->node, policies_path(&ranges->policies, STR("vpc_id")), &terms);
    link_each(ranges->policies.wiring, ranges->vpcs, &terms, find_vpc, &vpc);
    const struct node_list *secondary =
        wiring_find_type(ranges->policies.wiring, STR("aws_vpc_ipv4_cidr_block_association"));
    if (vpc == NULL || !read_range(vpc, &outer))
        return;
    if (cidr_contains(&outer.cidr, &subnet->cidr))
        run_pass(ranges->policies.run, ranges->policies.rule, 1);
    else if (secondary == NULL)
        report(ranges, subnet, &outer, "is outside");
}

static void add_subnet(void *context, struct node *node, enum truth selected)
{
    struct ranges *ranges = context;
    struct range range = { .node = node };
    if (selected != TRUTH_TRUE || !read_range(node, &range))
        return;
    struct str vpc = network_find_vpc(ranges->network, node);
    if (vpc.p == NULL)
        return;
    range.vpc = map_intern(ranges->policies.wiring->strings, vpc);
    cut(&range.cidr);
    VEC_ADD(ranges->policies.arena, &ranges->list, range);
    arena_reset(ranges->policies.wiring->scratch);
}

void ranges_check_subnets(struct run *run, const struct rule *rule)
{
    static const struct str types[] = { STR_INIT("aws_vpc") };
    struct ranges ranges = { 0 };
    if (!joins_has_selected(run_joins(run), rule))
        return;
    policies_open(&ranges.policies, run, rule, false);
    ranges.network = networks_get(ranges.policies.joins);
    ranges.vpcs = link_index_build(ranges.policies.wiring, ranges.policies.arena, types, 1, (struct link_end){ 0 });
    joins_each_selected(ranges.policies.joins, rule, add_subnet, &ranges);
    if (ranges.list.count > 0)
        qsort(ranges.list.items, ranges.list.count, sizeof *ranges.list.items, order_ranges);
    const struct range *widest = NULL; /* the one of this VPC that reaches furthest so far */
    for (size_t i = 0; i < ranges.list.count; i++) {
        const struct range *range = &ranges.list.items[i];
        bool is_same = widest != NULL && str_equal(widest->vpc, range->vpc) && widest->cidr.is_v6 == range->cidr.is_v6;
        if (is_same && cidr_overlaps(&widest->cidr, &range->cidr))
            report(&ranges, range, widest, "overlaps");
        else
            widest = range;
        judge_inside(&ranges, range);
        arena_reset(ranges.policies.wiring->scratch);
    }
}

static void judge_peering(void *context, struct node *node, enum truth selected)
{
    struct ranges *ranges = context;
    const struct node *vpcs[2] = { NULL, NULL };
    struct policies_answer answer = { 0 };
    const struct link_end *ends[] = { &ranges->ours, &ranges->theirs };
    for (int i = 0; i < 2; i++) {
        struct terms terms = { 0 };
        for (size_t p = 0; p < ends[i]->count; p++)
            terms_add_path(ranges->policies.wiring, node, ends[i]->paths[p], &terms);
        link_each(ranges->policies.wiring, ranges->vpcs, &terms, find_vpc, &vpcs[i]);
    }
    struct range one, other;
    if (vpcs[0] != NULL && vpcs[1] != NULL && vpcs[0] != vpcs[1]) {
        policies_relate(&answer, vpcs[0]->resource.address);
        policies_relate(&answer, vpcs[1]->resource.address);
        if (!read_range(vpcs[0], &one) || !read_range(vpcs[1], &other))
            policies_note(&answer, PERMISSION_UNKNOWN, STR("the ranges of the VPCs are not known"));
        else if (!cidr_overlaps(&one.cidr, &other.cidr))
            policies_note(&answer, PERMISSION_YES, STR(""));
        else
            policies_note(&answer, PERMISSION_NO,
                          arena_format(ranges->policies.wiring->scratch, "joins %.*s of %.*s and %.*s of %.*s, which overlap",
                                       STR_ARG(one.text), STR_ARG(vpcs[0]->resource.address), STR_ARG(other.text),
                                       STR_ARG(vpcs[1]->resource.address)));
    }
    policies_report(&ranges->policies, node, selected, &answer);
}

void ranges_check_peering(struct run *run, const struct rule *rule)
{
    static const struct str types[] = { STR_INIT("aws_vpc") };
    struct ranges ranges = { 0 };
    if (!joins_has_selected(run_joins(run), rule))
        return;
    policies_open(&ranges.policies, run, rule, false);
    ranges.vpcs = link_index_build(ranges.policies.wiring, ranges.policies.arena, types, 1, (struct link_end){ 0 });
    ranges.ours = policies_end(&ranges.policies, STR("ours"));
    ranges.theirs = policies_end(&ranges.policies, STR("theirs"));
    joins_each_selected(ranges.policies.joins, rule, judge_peering, &ranges);
}
