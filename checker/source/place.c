#include "base/arena.h"
#include "base/error.h"
#include "plan/address.h"
#include "plan/path.h"
#include "source/folder.h"
#include "source/source.h"

static struct source_place block_place(const struct source_block *found)
{
    if (found->block == NULL)
        return (struct source_place){ .file = { NULL, 0 } };
    return (struct source_place){ found->file->path, found->block->line, found->block->column, found->block->end_line };
}

/* Length of the modules that a text without instance keys begins with; 0 when it begins with none. */
static size_t modules_length(struct str text)
{
    size_t n = 0;
    while (str_starts_with(str_from_offset(text, n), STR("module."))) {
        struct str rest = str_from_offset(text, n + 7);
        ptrdiff_t dot = str_find_byte(rest, '.');
        n += 7 + (dot < 0 ? rest.n : (size_t)dot + 1);
    }
    return n;
}

/* The module that declares what text, without instance keys, names, and the rest of the text; empty when it names the
 * module. A module that is not at hand is represented by the nearest one that is called. */
static const struct source_module *find_module(const struct source *source, struct str text, struct str *rest)
{
    size_t n = modules_length(text);
    *rest = str_from_offset(text, n);
    if (n == 0)
        return source->modules;
    struct str address = str_part(text, 0, rest->n == 0 ? n : n - 1);
    const struct source_module *module = map_find(&source->by_address, address);
    while (module == NULL && address.n > 0) {
        *rest = STR("");
        ptrdiff_t last = -1;
        for (size_t i = 0; i + 8 <= address.n; i++)
            if (str_starts_with(str_from_offset(address, i), STR(".module.")))
                last = (ptrdiff_t)i;
        address = str_part(address, 0, last < 0 ? 0 : (size_t)last);
        module = address.n == 0 ? NULL : map_find(&source->by_address, address);
    }
    return module;
}

struct source_block source_find_block(const struct source *source, struct str address)
{
    struct str rest, text = address_without_keys(source->arena, address);
    const struct source_module *module = find_module(source, text, &rest);
    if (module == NULL)
        return (struct source_block){ NULL, NULL };
    if (rest.n == 0)
        return module->call;
    const struct source_block *found = module->folder == NULL ? NULL : map_find(&module->folder->blocks, rest);
    return found == NULL ? (struct source_block){ NULL, NULL } : *found;
}

bool source_declares(const struct source *source, struct str configuration_key)
{
    struct str rest;
    const struct source_module *module = find_module(source, configuration_key, &rest);
    if (module == NULL || module->folder == NULL)
        return module != NULL;
    return rest.n > 0 && map_find(&module->folder->blocks, rest) != NULL;
}

/* The only nested block of that type, or the content of the only dynamic block that makes such; NULL when there is none
 * or are several. */
static const struct hcl_block *find_only(const struct hcl_block *block, struct str type)
{
    const struct hcl_block *only = NULL;
    for (const struct hcl_block *nested = block->blocks; nested != NULL; nested = nested->next) {
        bool is_dynamic = str_equal(nested->type, STR("dynamic")) && nested->label_count == 1;
        if (!str_equal(is_dynamic ? nested->labels[0] : nested->type, type))
            continue;
        if (only != NULL)
            return NULL;
        only = is_dynamic ? hcl_find_block(nested->blocks, STR("content")) : nested;
    }
    return only;
}

static struct source_place find_in_block(const struct source *source, struct source_block found, struct str text)
{
    struct error ignored = { 0 };
    const struct path *path = text.n == 0 ? NULL : path_compile(source->arena, text, &ignored);
    for (size_t i = 0; path != NULL && i < path->count; i++) {
        if (path->steps[i].kind != STEP_NAME)
            continue;
        const struct hcl_attribute *attribute = hcl_find_attribute(found.block, path->steps[i].name);
        if (attribute != NULL)
            return (struct source_place){ found.file->path, attribute->line, attribute->column, attribute->end_line };
        const struct hcl_block *nested = find_only(found.block, path->steps[i].name);
        if (nested == NULL)
            break;
        found.block = nested;
    }
    return block_place(&found);
}

struct source_place source_find_place(const struct source *source, struct str address, struct str path)
{
    struct str rest, text = address_without_keys(source->arena, address);
    const struct source_module *module = find_module(source, text, &rest);
    if (module != NULL && module->is_downloaded) {
        while (module->caller->is_downloaded)
            module = module->caller;
        return block_place(&module->call);
    }
    struct source_block found = source_find_block(source, address);
    if (found.block == NULL && module != NULL && module->folder == NULL)
        return block_place(&module->call);
    return found.block == NULL ? block_place(&found) : find_in_block(source, found, path);
}

void source_place_findings(const struct source *source, struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        struct str address = finding->address.p == NULL && finding->address_count > 0 ? finding->addresses[0]
                                                                                      : finding->address;
        if (finding->source.file.p == NULL && address.n > 0)
            finding->source = source_find_place(source, address, finding->path);
    }
}
