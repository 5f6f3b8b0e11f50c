#include "wiring/wiring.h"

#include "base/arena.h"
#include "plan/address.h"
#include "plan/plan.h"
#include "plan/value.h"

void wiring_init(struct wiring *wiring, struct arena *arena, struct arena *scratch, struct map *strings,
                 const struct plan *plan)
{
    *wiring = (struct wiring){ .arena = arena, .scratch = scratch, .strings = strings, .plan = plan };
    map_init(&wiring->types, arena);
    map_init(&wiring->blocks, arena);
    map_init(&wiring->groups, arena);
    map_init(&wiring->vertices, arena);
    value_shares_init(&wiring->shares, arena, strings);
}

struct str wiring_type_name(struct map *strings, const struct resource *resource)
{
    if (resource->mode == MODE_MANAGED || resource->mode == MODE_BLOCK)
        return map_intern(strings, resource->type);
    char name[256];
    struct str mode = resource->mode == MODE_DATA ? STR("data.") : STR("ephemeral.");
    if (mode.n + resource->type.n > sizeof name)
        return map_intern(strings, resource->type);
    memcpy(name, mode.p, mode.n);
    memcpy(name + mode.n, resource->type.p, resource->type.n);
    return map_intern(strings, (struct str){ name, mode.n + resource->type.n });
}

/* A list of blocks that the plan knows. */
static bool is_block_list(const struct value *member)
{
    return member->kind == VALUE_LIST && member->first != NULL && member->first->kind == VALUE_OBJECT;
}

static struct wired_block *get_block(struct wiring *wiring, const struct resource *resource, struct str key)
{
    struct wired_block **place = (struct wired_block **)map_get(&wiring->blocks, key);
    if (*place == NULL) {
        struct wired_block *block = arena_get(wiring->arena, sizeof *block);
        *place = block;
        block->key = key;
        struct str module = address_without_keys(wiring->scratch, resource->module);
        block->module = map_intern(wiring->strings, module);
        block->unknowns = value_list_keys(wiring->strings, resource->after, value_has_unknown);
        block->blocks = value_list_keys(wiring->strings, resource->after, is_block_list);
    }
    return *place;
}

static const struct value *keep(struct wiring *wiring, const struct value *after,
                                bool (*keeps)(void *context, const struct value *member), void *context)
{
    struct value *kept = value_make(wiring->arena, VALUE_OBJECT);
    for (const struct value *member = after->first; member != NULL; member = member->next)
        if (member->kind != VALUE_NULL && keeps(context, member))
            value_add(kept, value_share(&wiring->shares, wiring->scratch, member));
    return kept;
}

static struct str keep_text(struct wiring *wiring, struct str text)
{
    return text.p == NULL ? text : map_intern(wiring->strings, text);
}

static void add_node(struct wiring *wiring, struct wired_block *block, const struct resource *resource,
                     struct str address, const struct value *kept)
{
    struct node *node = arena_get(wiring->arena, sizeof *node);
    struct address parts = { .key = { NULL, 0 } };
    node->resource = *resource;
    node->resource.address = address;
    node->resource.configuration_key = block->key;
    node->resource.module = keep_text(wiring, resource->module);
    node->resource.type = keep_text(wiring, resource->type);
    node->resource.name = keep_text(wiring, resource->name);
    node->resource.provider = keep_text(wiring, resource->provider);
    node->resource.previous_address = node->resource.action_reason = node->resource.deposed = (struct str){ NULL, 0 };
    node->resource.replace_paths = NULL;
    node->resource.after = kept;
    if (address_parse(address, &parts))
        node->key = parts.key;
    node->group = str_part(address, 0, address.n - node->key.n);
    node->block = block;

    struct str type = wiring_type_name(wiring->strings, resource);
    struct node_list **list = (struct node_list **)map_get(&wiring->types, type);
    if (*list == NULL)
        *list = arena_get(wiring->arena, sizeof **list);
    if ((*list)->last == NULL)
        (*list)->first = node;
    else
        (*list)->last->next_of_type = node;
    (*list)->last = node;
    (*list)->count++;
    node->list = *list;
    if (block->last == NULL)
        block->first = node;
    else
        block->last->next_of_block = node;
    block->last = node;
    struct node **group = (struct node **)map_get(&wiring->groups, node->group);
    if (*group == NULL)
        *group = node;
    if (node->key.n > 0)
        *map_get(&wiring->groups, node->resource.address) = node;
}

struct node *wiring_find_node(const struct wiring *wiring, struct str address)
{
    struct node *node = map_find(&wiring->groups, address);
    if (node != NULL)
        return node;
    const struct wired_block *block = map_find(&wiring->blocks, address);
    return block == NULL ? NULL : block->first;
}

void wiring_add(struct wiring *wiring, const struct resource *resource, struct str address,
                bool (*keeps)(void *context, const struct value *member), void *context)
{
    struct str key = resource->configuration_key.p == resource->address.p
                         ? address
                         : map_intern(wiring->strings, resource->configuration_key);
    struct wired_block *block = get_block(wiring, resource, key);
    if (keeps != NULL)
        add_node(wiring, block, resource, address, keep(wiring, resource->after, keeps, context));
}

const struct node_list *wiring_find_type(const struct wiring *wiring, struct str type)
{
    return map_find(&wiring->types, type);
}

const struct configured *wiring_find_configured(const struct wiring *wiring, struct wired_block *block)
{
    if (!block->was_looked_for) {
        block->was_looked_for = true;
        block->configured = map_find(&wiring->plan->configuration.resources, block->key);
    }
    return block->configured;
}

bool wiring_has_dynamic(const struct wiring *wiring, struct wired_block *block)
{
    const struct configured *configured = wiring_find_configured(wiring, block);
    if (configured == NULL || configured->written.p == NULL)
        return false;
    for (size_t start = 1, i = 1; i < block->blocks.n; i++) {
        if (block->blocks.p[i] != '\n')
            continue;
        struct str name = str_part(block->blocks, start - 1, i + 2 - start); /* with its line ends */
        if (str_find(configured->written, name) < 0)
            return true;
        start = i + 1;
    }
    return false;
}

struct str wiring_region(const struct wiring *wiring, const struct node *node, struct str *provider)
{
    const struct plan *plan = wiring->plan;
    const struct configured *configured = wiring_find_configured(wiring, node->block);
    struct str own = value_find_text(node->resource.after, STR("region"));
    *provider = configured == NULL ? (struct str){ NULL, 0 } : configured->provider_key;
    if (own.n > 0) {
        *provider = (struct str){ NULL, 0 };
        return own;
    }
    const struct value *known = provider->p == NULL ? NULL : map_find(&plan->configuration.providers, *provider);
    const struct value *region = value_find(known, STR("region"));
    const struct value *references = configuration_references(region);
    struct str module = value_find_text(known, STR("module_address"));
    if (region != NULL && references == NULL)
        return value_find_text(region, STR("constant_value"));
    if (references == NULL || references->count != 1)
        return (struct str){ NULL, 0 };
    const struct value *value = configuration_find_variable(plan, module.p == NULL ? STR("") : module,
                                                            configuration_variable_name(references->first->text));
    return value != NULL && value->kind == VALUE_STRING ? value->text : (struct str){ NULL, 0 };
}
