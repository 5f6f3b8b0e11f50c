#include "plan/resource.h"

#include "base/arena.h"
#include "plan/address.h"
#include "plan/value.h"

/* What the text says, or without it the address. */
static enum resource_mode read_mode(struct str text, const struct address *address)
{
    if (text.p == NULL)
        return address->is_data ? MODE_DATA : address->is_ephemeral ? MODE_EPHEMERAL : MODE_MANAGED;
    if (str_equal(text, STR("data")))
        return MODE_DATA;
    return str_equal(text, STR("ephemeral")) ? MODE_EPHEMERAL : MODE_MANAGED;
}

/* The text of a member that some tools leave empty instead of leaving it out. */
static struct str find_text(const struct value *item, struct str key)
{
    struct str text = value_find_text(item, key);
    return text.n > 0 ? text : (struct str){ NULL, 0 };
}

static bool fill_identity(struct arena *arena, const struct value *item, struct resource *resource)
{
    *resource = (struct resource){ .address = find_text(item, STR("address")) };
    if (resource->address.p == NULL)
        return false;
    struct address address;
    resource->type = value_find_text(item, STR("type"));
    resource->name = value_find_text(item, STR("name"));
    resource->module = find_text(item, STR("module_address"));
    resource->provider = value_find_text(item, STR("provider_name"));
    resource->deposed = find_text(item, STR("deposed"));
    struct str mode = value_find_text(item, STR("mode"));
    bool is_told = resource->type.p != NULL && resource->name.p != NULL && mode.p != NULL &&
                   (resource->module.p != NULL || !str_starts_with(resource->address, STR("module.")));
    if (is_told || !address_parse(resource->address, &address))
        address = (struct address){ .module = STR(""), .type = STR(""), .name = STR("") };
    resource->mode = read_mode(mode, &address);
    if (resource->type.p == NULL)
        resource->type = address.type;
    if (resource->name.p == NULL)
        resource->name = address.name;
    if (resource->module.p == NULL)
        resource->module = address.module;
    resource->configuration_key = address_without_keys(arena, resource->address);
    return true;
}

static enum action read_action(struct str name)
{
    static const struct {
        struct str name;
        enum action action;
    } rows[] = {
        { STR_INIT("no-op"), ACTION_NO_OP },   { STR_INIT("create"), ACTION_CREATE }, { STR_INIT("read"), ACTION_READ },
        { STR_INIT("update"), ACTION_UPDATE }, { STR_INIT("delete"), ACTION_DELETE }, { STR_INIT("forget"), ACTION_FORGET },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_equal(rows[i].name, name))
            return rows[i].action;
    return ACTION_OTHER;
}

static unsigned read_actions(const struct value *list)
{
    unsigned actions = 0;
    if (list != NULL)
        for (const struct value *item = list->first; item != NULL; item = item->next)
            actions |= read_action(item->text);
    if ((actions & ACTION_CREATE) != 0 && (actions & ACTION_DELETE) != 0)
        actions = (actions & ~(unsigned)(ACTION_CREATE | ACTION_DELETE)) | ACTION_REPLACE;
    return actions == 0 ? ACTION_OTHER : actions;
}

void resource_mark_copied_tags(struct value *after)
{
    const struct value *tags = value_find(after, STR("tags"));
    struct value *all = value_find(after, STR("tags_all"));
    if (tags == NULL || all == NULL)
        return;
    all->sensitive |= tags->sensitive;
    for (const struct value *tag = tags->first; tag != NULL; tag = tag->next) {
        struct value *copy = tag->sensitive ? value_find(all, tag->key) : NULL;
        if (copy != NULL)
            copy->sensitive = true;
    }
}

static void join_masks(struct arena *arena, struct value *after, const struct value *unknown,
                       const struct value *sensitive)
{
    if (unknown != NULL)
        value_mark_unknown(arena, after, unknown);
    if (sensitive != NULL)
        value_mark_sensitive(arena, after, sensitive);
    resource_mark_copied_tags(after);
}

bool resource_from_change(struct arena *arena, struct value *item, struct resource *resource)
{
    if (!fill_identity(arena, item, resource))
        return false;
    resource->previous_address = value_find_text(item, STR("previous_address"));
    resource->action_reason = value_find_text(item, STR("action_reason"));
    struct value *change = value_find(item, STR("change"));
    resource->actions = read_actions(value_find(change, STR("actions")));
    const struct value *importing = value_find(change, STR("importing"));
    resource->is_import = importing != NULL && importing->kind != VALUE_NULL;
    const struct value *paths = value_find(change, STR("replace_paths"));
    resource->replace_paths = paths != NULL && paths->kind == VALUE_LIST ? paths : NULL;

    struct value *after = value_find(change, STR("after"));
    const struct value *unknown = value_find(change, STR("after_unknown"));
    bool is_gone = (resource->actions & ~(unsigned)(ACTION_DELETE | ACTION_FORGET)) == 0 || resource->deposed.p != NULL;
    if (is_gone)
        return true;
    if (after == NULL || after->kind != VALUE_OBJECT) {
        bool is_deferred = unknown != NULL && (unknown->first != NULL || unknown->truth);
        if (!is_deferred)
            return true;
        after = value_make(arena, VALUE_OBJECT);
    }
    join_masks(arena, after, unknown, value_find(change, STR("after_sensitive")));
    resource->after = after;
    return true;
}

bool resource_from_state(struct arena *arena, struct value *item, struct resource *resource)
{
    if (!fill_identity(arena, item, resource))
        return false;
    resource->deposed = find_text(item, STR("deposed_key"));
    resource->actions = ACTION_NO_OP;
    struct value *values = value_find(item, STR("values"));
    if (values == NULL || values->kind != VALUE_OBJECT || resource->deposed.p != NULL)
        return true;
    join_masks(arena, values, NULL, value_find(item, STR("sensitive_values")));
    resource->after = values;
    return true;
}

bool resource_is_of_provider(const struct resource *resource, struct str name)
{
    struct str provider = resource->provider;
    if (!str_ends_with(provider, name))
        return false;
    return provider.n == name.n || provider.p[provider.n - name.n - 1] == '/';
}

struct str resource_action_name(unsigned actions)
{
    static const struct {
        unsigned action;
        struct str name;
    } rows[] = {
        { ACTION_REPLACE, STR_INIT("replace") }, { ACTION_DELETE, STR_INIT("delete") },
        { ACTION_FORGET, STR_INIT("forget") },   { ACTION_CREATE, STR_INIT("create") },
        { ACTION_UPDATE, STR_INIT("update") },   { ACTION_READ, STR_INIT("read") },
        { ACTION_NO_OP, STR_INIT("no-op") },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if ((actions & rows[i].action) != 0)
            return rows[i].name;
    return STR("other");
}
