#include "source/watch.h"

#include "plan/resource.h"
#include "source/source.h"

static void on_resource(void *context, const struct resource *resource)
{
    struct source_watch *watch = context;
    const unsigned removals = ACTION_DELETE | ACTION_FORGET;
    if (resource->deposed.p == NULL && (resource->actions & ~removals) != 0) {
        bool is_declared = source_declares(watch->source, resource->configuration_key);
        *(is_declared ? &watch->declared : &watch->missing) += 1;
    }
    watch->events->resource(watch->context, resource);
}

static bool on_wants(void *context, struct str configuration_key, struct str type, struct str attribute)
{
    const struct source_watch *watch = context;
    return watch->events->wants(watch->context, configuration_key, type, attribute);
}

const struct plan_events *source_watch_events(void)
{
    static const struct plan_events events = { on_resource, on_wants };
    return &events;
}

bool source_watch_matches(const struct source_watch *watch)
{
    return watch->declared > 0 && watch->missing == 0;
}
