#include "base/arena.h"
#include "base/number.h"
#include "plan/plan.h"
#include "plan/tf_json.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/declared.h"
#include "rules/run.h"

static struct str step_name(const struct reference *reference, size_t step)
{
    bool is_name = step < reference->count && reference->steps[step].kind == REFERENCE_NAME;
    return is_name ? reference->steps[step].text : (struct str){ NULL, 0 };
}

/* The index in data.aws_availability_zones.NAME.names[index]; no string when the reference is none. */
static struct str zone_index(const struct reference *reference)
{
    struct str list = step_name(reference, 3);
    bool is_zone = str_equal(step_name(reference, 0), STR("data")) &&
                   str_equal(step_name(reference, 1), STR("aws_availability_zones")) &&
                   (str_equal(list, STR("names")) || str_equal(list, STR("zone_ids"))) && reference->count > 4 &&
                   reference->steps[4].kind == REFERENCE_NUMBER;
    return is_zone ? reference->steps[4].text : (struct str){ NULL, 0 };
}

/* The region of the data source's provider, as far as it is written out; no string when it is not. */
static struct str find_region(const struct declarations *declarations, const struct declared_block *data)
{
    const struct value *given = value_find(data->body, STR("provider"));
    struct str name = given != NULL && given->kind == VALUE_STRING ? given->text : STR("aws");
    struct str address = arena_join(declarations->arena, (struct str[]){ STR("provider."), name }, 2);
    const struct declared_block *provider = map_find(&declarations->blocks, address);
    const struct value *region = provider == NULL ? NULL : value_find(provider->body, STR("region"));
    if (region == NULL)
        return (struct str){ NULL, 0 };
    const struct value *value = tf_json_evaluate(declarations->plan, declarations->arena, region);
    return value->kind == VALUE_STRING && !value->sensitive ? value->text : (struct str){ NULL, 0 };
}

static bool check_zone(struct run *run, const struct rule *rule, const struct declarations *declarations,
                       const struct declared_block *block, const struct declared_reference *reference)
{
    const struct value *zones = analysis_parameter(rule, STR("zones"));
    struct str index = zone_index(reference->reference), address;
    if (index.p == NULL)
        return true;
    const struct declared_block *data = declared_find(declarations, reference->reference, &address);
    struct str region = data == NULL ? (struct str){ NULL, 0 } : find_region(declarations, data);
    const struct value *count = region.p == NULL ? NULL : value_find(zones, region);
    if (count == NULL || count->kind != VALUE_NUMBER || number_compare(index, count->text) < 0)
        return true;
    struct finding finding = { .address = block->address, .path = reference->path, .verdict = VERDICT_FAIL };
    finding.message = arena_format(run_arena(run), "takes zone number %.*s, counted from 0, of %.*s, which has %.*s",
                                   STR_ARG(index), STR_ARG(region), STR_ARG(count->text));
    run_report(run, rule, finding);
    return false;
}

void declared_check_zones(struct run *run, const struct rule *rule)
{
    const struct declarations *declarations = declared_get(run);
    if (declarations == NULL)
        return;
    for (size_t i = 0; i < declarations->blocks.count; i++) {
        const struct declared_block *block = declarations->blocks.entries[i].value;
        bool is_good = true;
        for (size_t r = 0; r < block->count; r++)
            is_good &= check_zone(run, rule, declarations, block, &block->references[r]);
        run_pass(run, rule, is_good);
    }
}
