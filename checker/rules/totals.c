#include "base/arena.h"
#include "base/number.h"
#include "base/vec.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/policies.h"
#include "rules/profile.h"
#include "rules/run.h"

#include <stdlib.h>

/* What belongs to one region, or to one type in it. */
struct share {
    struct str region, type;
    size_t sum;
    struct str *addresses;
    size_t count, capacity;
};

struct totals {
    struct policies policies;
    const struct path *path;      /* number that is summed; NULL = resources are counted */
    const struct value *limits;   /* type -> number */
    size_t limit;
    struct map shares;            /* region and type -> struct share */
};

static struct share *get_share(struct totals *totals, const struct node *node)
{
    struct str provider;
    struct str region = wiring_region(totals->policies.wiring, node, &provider);
    if (region.n == 0)
        region = provider.p == NULL ? STR("") : provider;
    struct arena *arena = totals->policies.arena;
    struct str key = arena_join(arena, (struct str[]){ region, STR("\n"), node->resource.type }, 3);
    struct share **place = (struct share **)map_get(&totals->shares, key);
    if (*place == NULL) {
        *place = arena_get(arena, sizeof **place);
        (*place)->region = region;
        (*place)->type = node->resource.type;
    }
    return *place;
}

static void add(void *context, struct node *node, enum truth selected)
{
    struct totals *totals = context;
    size_t number = 1;
    if (selected != TRUTH_TRUE)
        return;
    if (totals->path != NULL) {
        struct terms terms = { 0 };
        terms_add_path(totals->policies.wiring, node, totals->path, &terms);
        if (terms.count == 0 || !number_to_size(terms.items[0].text, 1000000, &number))
            return;
    }
    struct share *share = get_share(totals, node);
    share->sum += number;
    share->addresses = vec_grow(totals->policies.arena, share->addresses, share->count, &share->capacity,
                                sizeof *share->addresses);
    share->addresses[share->count++] = node->resource.address;
    arena_reset(totals->policies.wiring->scratch);
}

static int order_addresses(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static void report(struct totals *totals, struct share *share, size_t limit)
{
    struct run *run = totals->policies.run;
    struct arena *arena = run_arena(run);
    struct str *addresses = arena_get(arena, share->count * sizeof *addresses);
    memcpy(addresses, share->addresses, share->count * sizeof *addresses);
    qsort(addresses, share->count, sizeof *addresses, order_addresses);
    struct str what = totals->path == NULL ? share->type : STR("");
    run_report(run, totals->policies.rule, (struct finding){
        .verdict = VERDICT_FAIL,
        .address = share->count == 1 ? addresses[0] : (struct str){ NULL, 0 },
        .addresses = addresses,
        .address_count = share->count,
        .message = arena_format(arena, "%.*s%zu%s%.*s%s%.*s; the limit is %zu",
                                STR_ARG(totals->path == NULL ? STR("") : STR("come to ")), share->sum,
                                totals->path == NULL ? " " : "", STR_ARG(what),
                                share->region.n > 0 ? " in " : "", STR_ARG(share->region), limit),
    });
}

void totals_check(struct run *run, const struct rule *rule)
{
    struct totals totals = { 0 };
    if (!joins_has_selected(run_joins(run), rule))
        return;
    policies_open(&totals.policies, run, rule, false);
    struct link_end path = policies_end(&totals.policies, STR("sum"));
    const struct value *limit = analysis_parameter(rule, STR("limit"));
    const struct value *table = analysis_parameter(rule, STR("table"));
    totals.path = path.count > 0 ? path.paths[0] : NULL;
    totals.limits = table == NULL ? NULL : run_table(run, table->text);
    map_init(&totals.shares, totals.policies.arena);
    joins_each_selected(totals.policies.joins, rule, add, &totals);
    for (size_t i = 0; i < totals.shares.count; i++) {
        struct share *share = totals.shares.entries[i].value;
        const struct value *most = totals.limits != NULL ? value_find(totals.limits, share->type) : limit;
        size_t bound = 0;
        if (most == NULL || !number_to_size(most->text, 1000000, &bound))
            continue;
        if (share->sum > bound)
            report(&totals, share, bound);
        else
            run_pass(run, rule, share->count);
    }
}

/* --- one plan for several environments --- */

struct environments {
    struct policies policies;
    struct map blocks; /* configuration key -> struct environment_block */
};

struct environment_block {
    struct str words[4];
    size_t count;
};

/* The first quoted instance key of the address that stands for an environment. */
static struct str find_word(struct str address)
{
    enum profile profile;
    for (size_t i = 0; i + 1 < address.n; i++) {
        if (address.p[i] != '[' || address.p[i + 1] != '"')
            continue;
        struct str rest = str_from_offset(address, i + 2);
        ptrdiff_t end = str_find_byte(rest, '"');
        struct str word = end < 0 ? STR("") : str_part(rest, 0, (size_t)end);
        if (word.n > 0 && profile_is_word(word, &profile))
            return word;
    }
    return (struct str){ NULL, 0 };
}

static void note_word(void *context, struct node *node, enum truth selected)
{
    struct environments *environments = context;
    struct str word = find_word(node->resource.address);
    if (word.p == NULL || selected != TRUTH_TRUE)
        return;
    struct environment_block **place = (struct environment_block **)map_get(&environments->blocks, node->block->key);
    if (*place == NULL)
        *place = arena_get(environments->policies.arena, sizeof **place);
    struct environment_block *block = *place;
    for (size_t i = 0; i < block->count; i++)
        if (str_equal(block->words[i], word))
            return;
    if (block->count < sizeof block->words / sizeof block->words[0])
        block->words[block->count++] = word;
}

static void gather_word(void *context, struct node *node, enum truth selected)
{
    struct environments *environments = context;
    const struct environment_block *block = map_find(&environments->blocks, node->block->key);
    if (selected != TRUTH_TRUE)
        return;
    if (block != NULL && block->count > 1 && find_word(node->resource.address).p != NULL)
        run_gather(environments->policies.run, environments->policies.rule, node->resource.address);
    else
        run_pass(environments->policies.run, environments->policies.rule, 1);
}

void totals_check_environments(struct run *run, const struct rule *rule)
{
    struct environments environments = { 0 };
    if (!joins_has_selected(run_joins(run), rule))
        return;
    policies_open(&environments.policies, run, rule, false);
    map_init(&environments.blocks, environments.policies.arena);
    joins_each_selected(environments.policies.joins, rule, note_word, &environments);
    joins_each_selected(environments.policies.joins, rule, gather_word, &environments);
}
