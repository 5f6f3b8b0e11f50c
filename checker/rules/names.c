#include "rules/names.h"

#include "base/arena.h"
#include "base/error.h"
#include "plan/path.h"
#include "plan/value.h"

void names_init(struct names *names, struct arena *arena, struct map *strings, const struct value *table)
{
    *names = (struct names){ .arena = arena, .strings = strings };
    map_init(&names->rows, arena);
    map_init(&names->paths, arena);
    for (struct value *row = table == NULL ? NULL : table->first; row != NULL; row = row->next)
        *map_get(&names->rows, row->key) = row;
}

bool names_use(const struct names *names, struct str type, struct str attribute)
{
    const struct value *row = map_find(&names->rows, type);
    if (row == NULL)
        return false;
    struct str name = value_find_text(row, STR("attribute")), prefix = value_find_text(row, STR("prefix"));
    return str_equal(attribute, name.p == NULL ? STR("tags") : name) || (prefix.p != NULL && str_equal(attribute, prefix));
}

/* One copy of text: mostly it is that of the name before. */
static struct str keep(struct names *names, struct str before, struct str text)
{
    return before.p != NULL && str_equal(before, text) ? before : map_intern(names->strings, text);
}

static const struct path *path_of(struct names *names, struct str attribute)
{
    struct error ignored = { 0 };
    const struct path **place = (const struct path **)map_get(&names->paths, attribute);
    if (*place == NULL)
        *place = path_compile(names->arena, attribute, &ignored);
    return *place;
}

static struct named *add(struct names *names, const struct resource *resource, struct str address,
                         const struct value *row, struct str attribute, const struct value *value, bool is_prefix)
{
    struct named *named = arena_get(names->arena, sizeof *named);
    named->address = address;
    named->configuration_key = resource->configuration_key.p == resource->address.p
                                   ? address
                                   : map_intern(names->strings, resource->configuration_key);
    static const struct named nothing;
    const struct named *before = names->last == NULL ? &nothing : names->last;
    named->module = keep(names, before->module, resource->module);
    named->type = keep(names, before->type, resource->type);
    named->provider = keep(names, before->provider, resource->provider);
    named->actions = resource->actions;
    named->row = row;
    named->attribute = attribute;
    named->path = path_of(names, attribute);
    named->is_prefix = is_prefix;
    named->is_unknown = value->kind == VALUE_UNKNOWN;
    named->is_sensitive = value->sensitive;
    struct str region = value_find_text(resource->after, STR("region"));
    if (region.p != NULL)
        named->region = map_intern(names->strings, region);
    if (value->kind == VALUE_STRING)
        named->value = arena_copy(names->arena, value->text);
    if (names->last == NULL)
        names->first = named;
    else
        names->last->next = named;
    names->last = named;
    return named;
}

static bool holds_name(const struct value *value)
{
    return value != NULL && (value->kind == VALUE_UNKNOWN || (value->kind == VALUE_STRING && value->text.n > 0));
}

const struct named *names_collect(struct names *names, const struct resource *resource, struct str address)
{
    const struct value *row = resource->mode == MODE_MANAGED ? map_find(&names->rows, resource->type) : NULL;
    if (row == NULL)
        return NULL;
    struct str name = value_find_text(row, STR("attribute")), prefix = value_find_text(row, STR("prefix"));
    const struct value *value = NULL;
    if (name.p == NULL) {
        const struct value *tags = value_find(resource->after, STR("tags"));
        value = tags != NULL && tags->kind == VALUE_UNKNOWN ? tags : value_find(tags, STR("Name"));
        return holds_name(value) ? add(names, resource, address, row, STR("tags[\"Name\"]"), value, false) : NULL;
    }
    value = value_find(resource->after, name);
    const struct value *beginning = prefix.p == NULL ? NULL : value_find(resource->after, prefix);
    bool has_beginning = beginning != NULL && beginning->kind == VALUE_STRING && beginning->text.n > 0;
    if (holds_name(value) && !(value->kind == VALUE_UNKNOWN && has_beginning))
        return add(names, resource, address, row, name, value, false);
    return holds_name(beginning) ? add(names, resource, address, row, prefix, beginning, true) : NULL;
}
