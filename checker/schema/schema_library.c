#include "schema/schema_library.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"

struct schema_library {
    struct arena *arena;
    const struct schema_shelf *shelf;
    struct map schemas; /* path of a snippet -> struct entry */
};

struct entry {
    const struct schema *schema; /* NULL = there is none */
};

static const char *const folders[] = {
    [SCHEMA_RESOURCE] = "", [SCHEMA_DATA] = "data/", [SCHEMA_EPHEMERAL] = "ephemeral/"
};

struct schema_library *schema_library_open(struct arena *arena, const struct schema_shelf *shelf)
{
    struct schema_library *library = arena_get(arena, sizeof *library);
    library->arena = arena;
    library->shelf = shelf;
    map_init(&library->schemas, arena);
    return library;
}

static bool is_name(struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
            return false;
    }
    return text.n > 0 && text.n < 200;
}

static struct str provider_of(struct str provider, struct str type)
{
    if (provider.p != NULL)
        return provider;
    ptrdiff_t end = str_find_byte(type, '_');
    return str_part(type, 0, end < 0 ? type.n : (size_t)end);
}

/* What a document calls a type or provider may be anything: only plain names become file names. */
static const struct schema *find(struct schema_library *library, struct str provider, const char *folder,
                                 struct str type)
{
    struct error error = { 0 };
    struct str file = { NULL, 0 };
    char path[512];
    size_t n = 0;
    if (library->shelf == NULL || !is_name(provider) || !is_name(type))
        return NULL;
    const struct str parts[] = { provider, STR("/"), str_from(folder), type, STR(".json") };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        memcpy(path + n, parts[i].p, parts[i].n);
        n += parts[i].n;
    }
    struct str name = { path, n };
    struct entry *entry = map_find(&library->schemas, name);
    if (entry != NULL)
        return entry->schema;
    entry = arena_get(library->arena, sizeof *entry);
    *map_get(&library->schemas, arena_copy(library->arena, name)) = entry;
    struct str text = library->shelf->read(library->shelf->context, library->arena, name, &file);
    if (text.p == NULL)
        return NULL;
    entry->schema = schema_load(library->arena, file, text, &error);
    if (entry->schema == NULL)
        library->shelf->complain(library->shelf->context, &error);
    return entry->schema;
}

const struct schema *schema_library_find(struct schema_library *library, struct str provider, enum schema_mode mode,
                                         struct str type)
{
    return find(library, provider_of(provider, type), folders[mode], type);
}

const struct schema *schema_library_find_provider(struct schema_library *library, struct str provider)
{
    return find(library, provider, "", STR("provider"));
}

bool schema_library_has_provider(struct schema_library *library, struct str provider)
{
    return schema_library_find_provider(library, provider) != NULL;
}

struct names {
    struct arena *arena;
    struct str *items;
    size_t count, capacity;
};

static void add_name(void *context, struct str type)
{
    struct names *names = context;
    VEC_ADD(names->arena, names, arena_copy(names->arena, type));
}

/* Whether each word of type, between underscores, is one of candidate. */
static bool has_words(struct str candidate, struct str type)
{
    while (type.n > 0) {
        ptrdiff_t end = str_find_byte(type, '_');
        struct str word = str_part(type, 0, end < 0 ? type.n : (size_t)end), rest = candidate;
        bool is_found = false;
        while (rest.n > 0 && !is_found) {
            ptrdiff_t next = str_find_byte(rest, '_');
            is_found = str_equal(word, str_part(rest, 0, next < 0 ? rest.n : (size_t)next));
            rest = next < 0 ? STR("") : str_from_offset(rest, (size_t)next + 1);
        }
        if (!is_found)
            return false;
        type = end < 0 ? STR("") : str_from_offset(type, (size_t)end + 1);
    }
    return true;
}

/* The shortest name that has all words of type and more; no string when there is none. */
static struct str find_longer_name(const struct names *names, struct str type)
{
    struct str best = { NULL, 0 };
    for (size_t i = 0; i < names->count; i++) {
        struct str name = names->items[i];
        if (has_words(name, type) &&
            (best.p == NULL || name.n < best.n || (name.n == best.n && str_compare(name, best) < 0)))
            best = name;
    }
    return best;
}

struct str schema_library_suggest(struct schema_library *library, struct arena *arena, struct str provider,
                                  enum schema_mode mode, struct str type)
{
    struct names names = { .arena = arena };
    provider = provider_of(provider, type);
    if (library->shelf == NULL || !is_name(provider))
        return (struct str){ NULL, 0 };
    static const char *const below[] = {
        [SCHEMA_RESOURCE] = "", [SCHEMA_DATA] = "/data", [SCHEMA_EPHEMERAL] = "/ephemeral"
    };
    struct str folder = arena_format(arena, "%.*s%s", STR_ARG(provider), below[mode]);
    library->shelf->each(library->shelf->context, folder, add_name, &names);
    struct str longer = find_longer_name(&names, type);
    return longer.p != NULL ? longer : str_suggest(type, names.items, names.count);
}
