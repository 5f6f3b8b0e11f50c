#include "schema/schema_import.h"

#include "base/arena.h"
#include "base/error.h"
#include "json/json_read.h"
#include "plan/value_build.h"

/* Where the import stands, by depth: the document, provider_schemas, a provider, its resource_schemas, a type. */
enum { DEPTH_DOCUMENT = 1, DEPTH_PROVIDERS, DEPTH_PROVIDER, DEPTH_TYPES };

struct schema_import {
    struct arena *arena, *scratch;
    const struct schema_store *store;
    struct error *error;
    struct json_reader *json;
    unsigned depth;
    bool is_building, has_providers;
    struct value_builder builder;
    char source[256]; /* address of the provider */
    size_t source_n;
    const char *folder; /* below the provider's, with its slash */
    char type[256];
    size_t type_n;
    size_t count;
};

/* "registry.terraform.io/hashicorp/aws" -> "aws" */
static struct str provider_name(const struct schema_import *import)
{
    struct str source = { import->source, import->source_n };
    for (size_t i = source.n; i > 0; i--)
        if (source.p[i - 1] == '/')
            return str_from_offset(source, i);
    return source;
}

static bool is_safe_name(struct str name)
{
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool is_plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!is_plain)
            return false;
    }
    return name.n > 0;
}

static bool write_snippet(struct schema_import *import)
{
    struct arena *scratch = import->scratch;
    const struct schema_store *store = import->store;
    struct str provider = provider_name(import), type = { import->type, import->type_n };
    struct error ignored = { 0 };
    if (!is_safe_name(provider) || !is_safe_name(type))
        return json_fail(import->json,
                         "a name of a provider or type has other characters than letters, digits, - and _");
    struct str name = arena_format(scratch, "%.*s/%s%.*s.json", STR_ARG(provider), import->folder, STR_ARG(type));
    struct str old = store->read(store->context, scratch, name);
    const struct value *facts = old.p == NULL ? NULL : value_read(scratch, old, &ignored);
    if (old.p != NULL && facts == NULL)
        return error_set(import->error, ERROR_POLICY,
                         "%.*s is no JSON: mend it or take it away, its facts would be lost", STR_ARG(name));
    bool is_provider = str_equal(type, STR("provider"));
    struct str source = is_provider ? (struct str){ import->source, import->source_n } : (struct str){ NULL, 0 };
    struct str text = schema_import_render(scratch, import->builder.root, facts, source);
    import->count++;
    bool is_good = store->write(store->context, name, text, import->error);
    import->is_building = false;
    arena_reset(scratch);
    return is_good;
}

static bool keep(char *place, size_t room, size_t *n, struct str text)
{
    *n = text.n < room ? text.n : 0;
    memcpy(place, text.p, *n);
    return *n > 0;
}

/* Which folder the types under this key of a provider go to; NULL = they are of no use here. */
static const char *folder_of(struct str key)
{
    if (str_equal(key, STR("resource_schemas")))
        return "";
    if (str_equal(key, STR("data_source_schemas")))
        return "data/";
    return str_equal(key, STR("ephemeral_resource_schemas")) ? "ephemeral/" : NULL;
}

static bool start_type(struct schema_import *import, struct str name)
{
    if (!keep(import->type, sizeof import->type, &import->type_n, name))
        return json_fail(import->json, "the name of a type is empty or too long");
    import->is_building = true;
    value_build_start(&import->builder, import->scratch);
    return true;
}

static bool on_key(void *context, struct str name)
{
    struct schema_import *import = context;
    if (import->is_building) {
        value_build_key(&import->builder, name);
        return true;
    }
    bool is_wanted = false;
    if (import->depth == DEPTH_DOCUMENT) {
        is_wanted = str_equal(name, STR("provider_schemas"));
        import->has_providers |= is_wanted;
    } else if (import->depth == DEPTH_PROVIDERS) {
        if (!keep(import->source, sizeof import->source, &import->source_n, name))
            return json_fail(import->json, "the address of a provider is empty or too long");
        is_wanted = true;
    } else if (import->depth == DEPTH_PROVIDER) {
        import->folder = folder_of(name);
        if (str_equal(name, STR("provider"))) {
            import->folder = "";
            return start_type(import, name);
        }
        is_wanted = import->folder != NULL;
    } else if (import->depth == DEPTH_TYPES) {
        return start_type(import, name);
    }
    if (!is_wanted)
        json_skip(import->json);
    return true;
}

static bool end_value(struct schema_import *import)
{
    return !import->builder.is_done || write_snippet(import);
}

static bool add_leaf(struct schema_import *import, enum value_kind kind, struct str text, bool truth)
{
    if (!import->is_building)
        return true;
    value_build_leaf(&import->builder, kind, text, truth);
    return end_value(import);
}

static bool on_null(void *context)
{
    return add_leaf(context, VALUE_NULL, (struct str){ NULL, 0 }, false);
}

static bool on_boolean(void *context, bool value)
{
    return add_leaf(context, VALUE_BOOL, (struct str){ NULL, 0 }, value);
}

static bool on_number(void *context, struct str text)
{
    return add_leaf(context, VALUE_NUMBER, text, false);
}

static bool on_string(void *context, struct str text)
{
    return add_leaf(context, VALUE_STRING, text, false);
}

static bool open_container(struct schema_import *import, enum value_kind kind)
{
    if (import->is_building)
        value_build_open(&import->builder, kind);
    else
        import->depth++;
    return true;
}

static bool on_open_object(void *context)
{
    return open_container(context, VALUE_OBJECT);
}

static bool on_open_array(void *context)
{
    return open_container(context, VALUE_LIST);
}

static bool on_close(void *context)
{
    struct schema_import *import = context;
    if (!import->is_building) {
        import->depth--;
        return true;
    }
    value_build_close(&import->builder);
    return end_value(import);
}

struct schema_import *schema_import_open(struct arena *arena, struct arena *scratch, const struct schema_store *store,
                                         struct str file, struct error *error)
{
    static const struct json_events events = { on_null,        on_boolean, on_number,     on_string, on_key,
                                               on_open_object, on_close,   on_open_array, on_close };
    struct schema_import *import = arena_get(arena, sizeof *import);
    import->arena = arena;
    import->scratch = scratch;
    import->store = store;
    import->error = error;
    import->json = json_open(arena, &events, import, file, NULL, 0, error);
    return import;
}

bool schema_import_feed(struct schema_import *import, const char *bytes, size_t n)
{
    return json_feed(import->json, bytes, n);
}

bool schema_import_close(struct schema_import *import, size_t *count)
{
    *count = import->count;
    if (!json_close(import->json))
        return false;
    if (!import->has_providers || import->count == 0)
        return error_set(import->error, ERROR_INPUT,
                         "this is no provider schema: make it with `terraform providers schema"
                         " -json` in a directory that has been initialised");
    return true;
}
