#include "rules/selection.h"

#include "match/glob.h"
#include "plan/value.h"
#include "rules/names.h"

bool selection_matches(const struct texts *globs, struct str text)
{
    for (size_t i = 0; i < globs->count; i++)
        if (glob_match(globs->items[i], text))
            return true;
    return false;
}

static bool is_mode(const struct texts *modes, enum resource_mode mode)
{
    static const struct str names[] = { [MODE_MANAGED] = STR_INIT("managed"), [MODE_DATA] = STR_INIT("data"),
                                        [MODE_EPHEMERAL] = STR_INIT("ephemeral"), [MODE_BLOCK] = STR_INIT("block") };
    if (modes->count == 0)
        return mode == MODE_MANAGED;
    for (size_t i = 0; i < modes->count; i++)
        if (str_equal(modes->items[i], names[mode]) || str_equal(modes->items[i], STR("any")))
            return true;
    return false;
}

static bool is_provider(const struct texts *providers, const struct resource *resource)
{
    for (size_t i = 0; i < providers->count; i++)
        if (resource_is_of_provider(resource, providers->items[i]))
            return true;
    return providers->count == 0;
}

static bool is_selected(const struct rule *rule, const struct resource *resource)
{
    const struct selection *select = &rule->select;
    return is_mode(&select->modes, resource->mode) && is_provider(&select->providers, resource) &&
           (select->modules.count == 0 || selection_matches(&select->modules, resource->module)) &&
           (select->addresses.count == 0 || selection_matches(&select->addresses, resource->address));
}

bool selection_takes(const struct rule *rule, const struct resource *resource)
{
    const struct selection *select = &rule->select;
    bool is_there = select->actions == 0 ? resource->after != NULL : (resource->actions & select->actions) != 0;
    return is_there && is_selected(rule, resource) &&
           (select->has.p == NULL || value_find(resource->after, select->has) != NULL);
}

bool selection_takes_named(const struct rule *rule, const struct named *named)
{
    const struct selection *select = &rule->select;
    bool is_of_any = select->modes.count + select->providers.count + select->modules.count + select->addresses.count == 0;
    if (!selection_matches(&select->types, named->type) || (select->actions != 0 && (named->actions & select->actions) == 0))
        return false;
    if (is_of_any)
        return true;
    const struct resource resource = { .address = named->address, .module = named->module, .type = named->type,
                                       .provider = named->provider, .mode = MODE_MANAGED };
    return is_selected(rule, &resource);
}
