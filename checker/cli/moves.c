#include "cli/moves.h"

#include "base/arena.h"
#include "plan/resource.h"

static void see_resource(void *context, const struct resource *resource)
{
    struct moves *moves = context;
    if (resource->previous_address.n > 0) {
        struct str *former = arena_get(moves->former.arena, sizeof *former);
        *former = arena_copy(moves->former.arena, resource->previous_address);
        *map_get(&moves->former, arena_copy(moves->former.arena, resource->address)) = former;
    }
    moves->events->resource(moves->context, resource);
}

static bool wants(void *context, struct str configuration_key, struct str type, struct str attribute)
{
    struct moves *moves = context;
    bool is_reference = attribute.n == 0 || str_equal(attribute, STR("*"));
    return (moves->keeps_references && is_reference) ||
           moves->events->wants(moves->context, configuration_key, type, attribute);
}

void moves_open(struct moves *moves, struct arena *arena, const struct plan_events *events, void *context)
{
    *moves = (struct moves){ .events = events, .context = context };
    map_init(&moves->former, arena);
}

const struct plan_events *moves_events(void)
{
    static const struct plan_events events = { see_resource, wants };
    return &events;
}
