#include "rules/names.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "plan/value.h"

static const struct value *row_of(const struct names *names, struct str type)
{
    return value_find(names->table, type);
}

bool names_use(const struct names *names, struct str type, struct str attribute)
{
    const struct value *row = row_of(names, type);
    if (row == NULL)
        return false;
    struct str name = value_find_text(row, STR("attribute")), prefix = value_find_text(row, STR("prefix"));
    return str_equal(attribute, name.p == NULL ? STR("tags") : name) || (prefix.p != NULL && str_equal(attribute, prefix));
}

static void keep_identity(struct names *names, const struct resource *from, struct resource *to)
{
    *to = (struct resource){ .mode = from->mode, .actions = from->actions, .is_import = from->is_import };
    to->address = map_intern(names->strings, from->address);
    to->configuration_key = map_intern(names->strings, from->configuration_key);
    to->module = map_intern(names->strings, from->module);
    to->type = map_intern(names->strings, from->type);
    to->name = map_intern(names->strings, from->name);
    to->provider = map_intern(names->strings, from->provider);
}

static void add(struct names *names, const struct resource *resource, const struct value *row, struct str attribute,
                const struct value *value, bool is_prefix)
{
    struct named named = { .row = row, .attribute = attribute, .is_prefix = is_prefix };
    keep_identity(names, resource, &named.resource);
    named.is_unknown = value->kind == VALUE_UNKNOWN;
    named.is_sensitive = value->sensitive;
    if (value->kind == VALUE_STRING)
        named.value = map_intern(names->strings, value->text);
    VEC_ADD(names->arena, names, named);
}

static bool holds_name(const struct value *value)
{
    return value != NULL && (value->kind == VALUE_UNKNOWN || (value->kind == VALUE_STRING && value->text.n > 0));
}

void names_collect(struct names *names, const struct resource *resource)
{
    const struct value *row = row_of(names, resource->type);
    if (row == NULL || resource->mode != MODE_MANAGED)
        return;
    struct str name = value_find_text(row, STR("attribute")), prefix = value_find_text(row, STR("prefix"));
    const struct value *value = NULL;
    if (name.p == NULL) {
        const struct value *tags = value_find(resource->after, STR("tags"));
        value = tags != NULL && tags->kind == VALUE_UNKNOWN ? tags : value_find(tags, STR("Name"));
        if (holds_name(value))
            add(names, resource, row, STR("tags[\"Name\"]"), value, false);
        return;
    }
    value = value_find(resource->after, name);
    const struct value *beginning = prefix.p == NULL ? NULL : value_find(resource->after, prefix);
    bool has_beginning = beginning != NULL && beginning->kind == VALUE_STRING && beginning->text.n > 0;
    if (holds_name(value) && !(value->kind == VALUE_UNKNOWN && has_beginning))
        add(names, resource, row, name, value, false);
    else if (holds_name(beginning))
        add(names, resource, row, prefix, beginning, true);
}
