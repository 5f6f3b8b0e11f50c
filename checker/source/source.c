#include "source/source.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "plan/value.h"
#include "plan/value_build.h"
#include "source/folder.h"
#include "source/ignore.h"

/* Beyond this many modules the rest are passed over: a module that calls itself would never end. */
enum { MOST_MODULES = 4096, DEEPEST_MODULE = 48, LARGEST_MANIFEST = 16 << 20 };

struct opening {
    struct source *source;
    struct str root;             /* path of the root module */
    const struct value *manifest; /* the list of modules that `terraform init` wrote; NULL = there is none */
    struct map folders;          /* path -> struct source_folder, or NULL for what cannot be read */
    size_t count;
};

static const struct value *read_manifest(struct arena *arena, struct str root)
{
    struct str text, path = source_join_path(arena, root, STR(".terraform/modules/modules.json"));
    struct error ignored = { 0 };
    if (!file_read(arena, path, LARGEST_MANIFEST, ERROR_INPUT, &text, &ignored))
        return NULL;
    return value_find(value_read(arena, text, &ignored), STR("Modules"));
}

/* "module.a.module.b" as the manifest names it: "a.b". */
static struct str manifest_key(struct arena *arena, struct str address)
{
    char *out = arena_get_text(arena, address.n + 1);
    size_t n = 0, dots = 0;
    for (size_t i = 0; i < address.n; i++) {
        dots += address.p[i] == '.';
        bool is_kept = dots % 2 == 1 ? address.p[i] != '.' || n > 0 : false;
        if (is_kept)
            out[n++] = address.p[i];
    }
    return (struct str){ out, n };
}

static struct str find_downloaded(const struct opening *opening, struct str address)
{
    struct arena *arena = opening->source->arena;
    struct str key = manifest_key(arena, address);
    const struct value *item = opening->manifest == NULL ? NULL : opening->manifest->first;
    for (; item != NULL; item = item->next) {
        struct str dir = value_find_text(item, STR("Dir"));
        if (str_equal(value_find_text(item, STR("Key")), key) && dir.p != NULL)
            return source_join_path(arena, opening->root, dir);
    }
    return (struct str){ NULL, 0 };
}

static const struct source_folder *get_folder(struct opening *opening, struct str path)
{
    struct error ignored = { 0 };
    if (path.p == NULL)
        return NULL;
    size_t before = opening->folders.count;
    void **place = map_get(&opening->folders, path);
    if (opening->folders.count == before)
        return *place;
    struct source_folder *folder = source_folder_read(opening->source->arena, path, &ignored);
    *map_get(&opening->folders, path) = folder;
    return folder;
}

static struct source_module *add_module(struct opening *opening, struct str address)
{
    struct source *source = opening->source;
    struct source_module *module = arena_get(source->arena, sizeof *module);
    module->address = address;
    if (source->last_module == NULL)
        source->modules = module;
    else
        source->last_module->next = module;
    source->last_module = module;
    *map_get(&source->by_address, address) = module;
    opening->count++;
    return module;
}

static bool is_local(struct str path)
{
    return str_starts_with(path, STR("./")) || str_starts_with(path, STR("../"));
}

static void add_call(struct opening *opening, struct source_module *caller, const struct source_block *call)
{
    struct arena *arena = opening->source->arena;
    struct str name = call->block->labels[0], from = source_find_text(arena, call->block, STR("source"));
    struct str address = caller->address.n == 0
                             ? arena_join(arena, (struct str[]){ STR("module."), name }, 2)
                             : arena_join(arena, (struct str[]){ caller->address, STR(".module."), name }, 3);
    struct source_module *module = add_module(opening, address);
    struct str path = is_local(from) ? source_join_path(arena, caller->folder->path, from)
                                     : find_downloaded(opening, address);
    module->caller = caller;
    module->call = *call;
    module->is_downloaded = caller->is_downloaded || !is_local(from);
    module->folder = get_folder(opening, path);
}

static size_t depth_of(const struct source_module *module)
{
    size_t depth = 0;
    for (; module != NULL; module = module->caller)
        depth++;
    return depth;
}

static void add_calls(struct opening *opening, struct source_module *caller)
{
    if (caller->folder == NULL || depth_of(caller) > DEEPEST_MODULE)
        return;
    const struct map *blocks = &caller->folder->blocks;
    for (size_t i = 0; i < blocks->count && opening->count < MOST_MODULES; i++)
        if (str_starts_with(blocks->entries[i].key, STR("module.")))
            add_call(opening, caller, blocks->entries[i].value);
}

struct source *source_open(struct arena *arena, struct str directory, struct error *error)
{
    struct source *source = arena_get(arena, sizeof *source);
    struct opening opening = { .source = source, .root = directory };
    source->arena = arena;
    map_init(&source->by_address, arena);
    map_init(&opening.folders, arena);
    struct source_folder *folder = source_folder_read(arena, directory, error);
    if (folder == NULL)
        return NULL;
    if (folder->files.count == 0) {
        error_set_at(error, ERROR_INPUT, directory, 0, 0, "this directory holds no .tf files");
        return NULL;
    }
    opening.manifest = read_manifest(arena, directory);
    *map_get(&opening.folders, directory) = folder;
    add_module(&opening, STR(""))->folder = folder;
    for (struct source_module *module = source->modules; module != NULL; module = module->next)
        add_calls(&opening, module);
    source_collect_ignores(source);
    return source;
}

struct str source_complaint(const struct source *source, struct arena *arena, size_t *count)
{
    struct str first = { NULL, 0 };
    struct map seen;
    map_init(&seen, arena);
    *count = 0;
    for (const struct source_module *module = source->modules; module != NULL; module = module->next) {
        if (module->folder == NULL || module->is_downloaded || map_find(&seen, module->folder->path) != NULL)
            continue;
        *map_get(&seen, module->folder->path) = &seen;
        for (size_t i = 0; i < module->folder->files.count; i++) {
            const struct hcl_file *file = module->folder->files.items[i];
            for (const struct hcl_complaint *c = file->complaints; c != NULL; c = c->next, (*count)++)
                if (first.p == NULL)
                    first = arena_format(arena, "%.*s:%zu:%zu: %s", STR_ARG(file->path), c->line, c->column, c->text);
        }
    }
    return first;
}
