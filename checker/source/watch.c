#include "source/watch.h"

#include "base/arena.h"
#include "hcl/hcl_read.h"
#include "plan/plan.h"
#include "plan/resource.h"
#include "source/folder.h"
#include "source/learn.h"

#include <stdio.h>

void source_watch_start(struct source_watch *watch, const struct source *source, const struct plan_events *events,
                        void *context)
{
    *watch = (struct source_watch){ .source = source, .events = events, .context = context };
    map_init(&watch->shown, source->arena);
}

void source_watch_teach(struct source_watch *watch, const struct plan *plan, struct source_lessons *lessons)
{
    watch->plan = plan;
    watch->lessons = lessons;
}

static void on_resource(void *context, const struct resource *resource)
{
    struct source_watch *watch = context;
    const unsigned removals = ACTION_DELETE | ACTION_FORGET;
    watch->has_old |= (resource->actions & ~(unsigned)(ACTION_CREATE | ACTION_READ)) != 0;
    if (resource->deposed.p == NULL && (resource->actions & ~removals) != 0) {
        bool is_declared = source_declares(watch->source, resource->configuration_key);
        *(is_declared ? &watch->declared : &watch->missing) += 1;
        bool is_text = watch->plan != NULL && watch->plan->is_text;
        if (is_declared && is_text && map_find(&watch->shown, resource->configuration_key) == NULL)
            *map_get(&watch->shown, arena_copy(watch->source->arena, resource->configuration_key)) = watch;
    }
    if (watch->lessons != NULL && watch->plan->is_text)
        source_learn(watch->lessons, resource);
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

static bool is_shown(const struct source_watch *watch, const struct source_module *module, struct str name)
{
    char text[1024];
    int n = snprintf(text, sizeof text, "%.*s%s%.*s", STR_ARG(module->address), module->address.n > 0 ? "." : "",
                     STR_ARG(name));
    return n > 0 && (size_t)n < sizeof text && map_find(&watch->shown, (struct str){ text, (size_t)n }) != NULL;
}

static bool is_conditional(const struct source_module *module, const struct hcl_block *block)
{
    while (block != NULL) {
        if (hcl_find_attribute(block, STR("count")) != NULL || hcl_find_attribute(block, STR("for_each")) != NULL)
            return true;
        block = module->call.block;
        module = module->caller == NULL ? module : module->caller;
    }
    return false;
}

bool source_watch_shows_all(const struct source_watch *watch)
{
    size_t certain = 0;
    bool lacks_conditional = false;
    for (const struct source_module *module = watch->source->modules; module != NULL; module = module->next) {
        if (module->folder == NULL)
            return false;
        for (size_t i = 0; i < module->folder->blocks.count; i++) {
            const struct map_entry *entry = &module->folder->blocks.entries[i];
            const struct hcl_block *block = ((const struct source_block *)entry->value)->block;
            if (!str_equal(block->type, STR("resource")))
                continue;
            bool is_there = is_shown(watch, module, entry->key), is_certain = !is_conditional(module, block);
            if (is_certain && !is_there)
                return false;
            certain += is_certain;
            lacks_conditional |= !is_there;
        }
    }
    return !lacks_conditional || (certain > 0 && !watch->has_old);
}
