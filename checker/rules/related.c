#include "rules/related.h"

#include "base/arena.h"
#include "base/vec.h"
#include "plan/plan.h"
#include "rules/joins.h"
#include "rules/message.h"
#include "wiring/order.h"

/* What a run keeps of a related. */
struct join_state {
    struct link_index *index;
    bool has_open;             /* the open ones were looked for */
    struct str open_address;   /* one of them that counts; no string = none */
    struct str open_reason;
    bool has_whole;            /* without a link: what all resources of the types come to */
    size_t sure, maybe;
    struct str whole_address, whole_reason;
};

/* Made when it is first asked for. */
static struct join_state *get_state(struct joins *joins, const struct related *related)
{
    struct str key = { (const char *)&related, sizeof related };
    struct join_state *state = map_find(&joins->states, key);
    if (state == NULL) {
        state = arena_get(joins->indexes, sizeof *state);
        *map_get(&joins->states, arena_copy(joins->indexes, key)) = state;
        state->index = link_index_build(&joins->wiring, joins->indexes, related->types.items, related->types.count,
                                        related->theirs);
    }
    return state;
}

void related_begin(struct joins *joins)
{
    arena_reset(joins->indexes);
    map_init(&joins->states, joins->indexes);
}

struct counting {
    struct joins *joins;
    const struct related *related;
    struct node *node;
    struct node *root; /* the resource that the rule selects */
    struct related_answer *answer;
    size_t sure, maybe;
    struct str reason; /* of the maybes */
};

static enum truth both(enum truth a, enum truth b)
{
    return a == TRUTH_FALSE || b == TRUTH_FALSE ? TRUTH_FALSE : a == TRUTH_TRUE ? b : a;
}

static enum truth test_order(struct counting *counting, const struct node *other)
{
    if (counting->related->order == RELATED_IN_ANY_ORDER)
        return TRUTH_TRUE;
    enum order order = order_find(&counting->joins->wiring, counting->root->block->key, other->block->key,
                                  &counting->reason);
    if (order == ORDER_UNKNOWN)
        return TRUTH_UNKNOWN;
    return (order == ORDER_AFTER) == (counting->related->order == RELATED_BEFORE) ? TRUTH_TRUE : TRUTH_FALSE;
}

static enum truth test_region(struct counting *counting, const struct node *other)
{
    struct str ours, theirs;
    if (counting->related->region == RELATED_IN_ANY_REGION)
        return TRUTH_TRUE;
    struct str a = wiring_region(&counting->joins->wiring, counting->node, &ours);
    struct str b = wiring_region(&counting->joins->wiring, other, &theirs);
    bool is_same = (ours.p != NULL && theirs.p != NULL && str_equal(ours, theirs)) ||
                   (a.n > 0 && b.n > 0 && str_equal(a, b));
    if (!is_same && (a.n == 0 || b.n == 0)) {
        counting->reason = STR("the region of a provider");
        return TRUTH_UNKNOWN;
    }
    return is_same == (counting->related->region == RELATED_IN_SAME_REGION) ? TRUTH_TRUE : TRUTH_FALSE;
}

/* Whether a resource that is linked counts. */
static enum truth test_other(struct counting *counting, struct node *other)
{
    struct evaluation evaluation;
    const struct related *related = counting->related;
    if (other == counting->node || (related->actions != 0 && (other->resource.actions & related->actions) == 0))
        return TRUTH_FALSE;
    if (related->is_same_module && !str_equal(other->resource.module, counting->node->resource.module))
        return TRUTH_FALSE;
    enum truth truth = joins_test(counting->joins, related->where, other, &counting->root->resource, &evaluation);
    if (truth == TRUTH_UNKNOWN) {
        const struct str *origins;
        size_t count;
        counting->reason = message_unknown_reason(counting->joins->wiring.scratch, counting->joins->wiring.plan,
                                                  &other->resource, &evaluation.unknown, &origins, &count);
    }
    if (truth != TRUTH_FALSE)
        truth = both(truth, test_region(counting, other));
    if (truth != TRUTH_FALSE)
        truth = both(truth, test_order(counting, other));
    if (truth == TRUTH_FALSE || related->part_count == 0)
        return truth;
    struct related_answer inner = related_test(counting->joins, related->parts[0], other, counting->root);
    if (inner.truth == TRUTH_UNKNOWN)
        counting->reason = inner.reason;
    return both(truth, inner.truth);
}

static void note_address(struct counting *counting, struct str address)
{
    enum { MOST_ADDRESSES = 20 };
    if (counting->answer->count < MOST_ADDRESSES) {
        counting->answer->addresses =
            vec_grow(counting->joins->wiring.scratch, counting->answer->addresses, counting->answer->count,
                     &counting->answer->capacity, sizeof *counting->answer->addresses);
        counting->answer->addresses[counting->answer->count++] = address;
    }
}

/* Whether nothing can change the answer any more. */
static bool is_settled(const struct counting *counting)
{
    const struct related *related = counting->related;
    return related->at_most == SIZE_MAX && counting->sure >= related->at_least;
}

static bool count_one(void *context, struct node *other, bool is_sure)
{
    struct counting *counting = context;
    enum truth truth = test_other(counting, other);
    if (truth == TRUTH_FALSE)
        return true;
    if (truth == TRUTH_TRUE && is_sure) {
        counting->sure++;
    } else {
        counting->maybe++;
        if (counting->reason.p == NULL)
            counting->reason = arena_format(counting->joins->wiring.scratch, "it may be linked to %.*s",
                                            STR_ARG(other->resource.address));
    }
    note_address(counting, other->resource.address);
    return !is_settled(counting);
}

struct open_search {
    struct counting *counting;
    struct join_state *state;
};

/* Whether an open one would count if it were linked; what depends on the order or region is not asked. */
static bool find_open(void *context, struct node *other, struct str reason)
{
    struct open_search *search = context;
    struct evaluation evaluation;
    enum truth truth = joins_test(search->counting->joins, search->counting->related->where, other, NULL, &evaluation);
    if (truth == TRUTH_FALSE)
        return true;
    search->state->open_address = other->resource.address;
    search->state->open_reason = reason;
    return false;
}

static void count_open(struct counting *counting, struct join_state *state, const struct terms *ours)
{
    struct arena *scratch = counting->joins->wiring.scratch;
    if (is_settled(counting))
        return;
    if (ours->is_open) {
        counting->maybe++;
        counting->reason = arena_format(scratch, "it comes from %.*s", STR_ARG(ours->reason));
        return;
    }
    if (!state->has_open) {
        struct open_search search = { counting, state };
        state->has_open = true;
        link_each_open(state->index, find_open, &search);
    }
    if (state->open_address.p != NULL && !str_equal(state->open_address, counting->node->resource.address)) {
        counting->maybe++;
        if (counting->reason.p == NULL)
            counting->reason = arena_format(scratch, "%.*s comes from %.*s and may be linked to it",
                                            STR_ARG(state->open_address), STR_ARG(state->open_reason));
        note_address(counting, state->open_address);
    }
}

static bool depends_on_selected(const struct condition *condition)
{
    if (condition == NULL)
        return false;
    bool depends = condition->operand.is_of_selected || depends_on_selected(condition->operand.nested);
    for (size_t i = 0; i < condition->part_count && !depends; i++)
        depends = depends_on_selected(condition->parts[i]);
    return depends;
}

/* Without a link, order, region, module and the like nothing depends on the resource: one count serves all. The depth is
 * that of the rule file. */
static bool is_whole(const struct related *related)
{
    bool is_whole_part = related->kind != RELATED_COUNT ||
                         (related->order == RELATED_IN_ANY_ORDER && !depends_on_selected(related->where));
    for (size_t i = 0; i < related->part_count && is_whole_part; i++)
        is_whole_part = is_whole(related->parts[i]);
    return is_whole_part;
}

static void count_all(struct counting *counting, struct join_state *state)
{
    const struct related *related = counting->related;
    bool is_free = related->region == RELATED_IN_ANY_REGION && !related->is_same_module;
    if (!is_free || !is_whole(related)) {
        link_each_node(state->index, count_one, counting);
        return;
    }
    if (!state->has_whole) {
        link_each_node(state->index, count_one, counting);
        state->has_whole = true;
        state->sure = counting->sure;
        state->maybe = counting->maybe;
        if (counting->reason.p != NULL)
            state->whole_reason = arena_copy(counting->joins->indexes, counting->reason);
        if (counting->answer->count > 0)
            state->whole_address = counting->answer->addresses[0];
        return;
    }
    counting->sure = state->sure;
    counting->maybe = state->maybe;
    counting->reason = state->whole_reason;
    if (state->whole_address.p != NULL)
        note_address(counting, state->whole_address);
}

static struct related_answer test_count(struct joins *joins, const struct related *related, struct node *node,
                                        struct node *root)
{
    struct related_answer answer = { .truth = TRUTH_UNKNOWN, .part = related };
    struct join_state *state = get_state(joins, related);
    struct counting counting = { .joins = joins, .related = related, .node = node, .root = root, .answer = &answer };
    if (related->has_link) {
        struct terms ours = link_terms(&joins->wiring, node, related->ours, related->via, related->prefix);
        link_each(&joins->wiring, state->index, &ours, count_one, &counting);
        count_open(&counting, state, &ours);
    } else {
        count_all(&counting, state);
    }
    if (joins->wiring.plan->hides_resources) {
        counting.maybe = SIZE_MAX / 2;
        counting.reason = STR("the text of the plan does not show resources that stay as they are");
    }
    if (counting.sure > related->at_most || counting.sure + counting.maybe < related->at_least)
        answer.truth = TRUTH_FALSE;
    else if (counting.sure >= related->at_least &&
             (related->at_most == SIZE_MAX || counting.sure + counting.maybe <= related->at_most))
        answer.truth = TRUTH_TRUE;
    answer.reason = counting.reason;
    return answer;
}

/* The depth is that of the rule file, which is bounded. */
struct related_answer related_test(struct joins *joins, const struct related *related, struct node *node,
                                   struct node *root)
{
    if (related->kind == RELATED_COUNT)
        return test_count(joins, related, node, root);
    enum truth decisive = related->kind == RELATED_ANY ? TRUTH_TRUE : TRUTH_FALSE;
    struct related_answer answer = { .truth = decisive == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE };
    for (size_t i = 0; i < related->part_count; i++) {
        struct related_answer one = related_test(joins, related->parts[i], node, root);
        if (one.truth == decisive)
            return one;
        bool names_more = one.truth == answer.truth && one.count > 0 && answer.count == 0;
        if (one.truth == TRUTH_UNKNOWN || answer.part == NULL || names_more)
            answer = one;
    }
    return answer;
}
