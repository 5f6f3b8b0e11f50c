#include "source/folder.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/vec.h"
#include "hcl/expression.h"

enum { LARGEST_FILE = 16 << 20 };

struct str source_find_text(struct arena *arena, const struct hcl_block *block, struct str name)
{
    struct template template = { 0 };
    const struct hcl_attribute *attribute = hcl_find_attribute(block, name);
    if (attribute == NULL || !expression_read(arena, attribute->expression, &template) || template.part_count != 1)
        return (struct str){ NULL, 0 };
    const struct expression *expression = &template.parts[0].expression;
    return expression->kind == EXPRESSION_STRING ? expression->text : (struct str){ NULL, 0 };
}

static struct str provider_name(struct arena *arena, const struct hcl_block *block)
{
    struct str alias = source_find_text(arena, block, STR("alias"));
    if (alias.p == NULL)
        return arena_format(arena, "provider.%.*s", STR_ARG(block->labels[0]));
    return arena_format(arena, "provider.%.*s.%.*s", STR_ARG(block->labels[0]), STR_ARG(alias));
}

struct str source_block_name(struct arena *arena, const struct hcl_block *block)
{
    static const struct {
        struct str type;
        size_t labels;
        struct str prefix;
    } rows[] = {
        { STR_INIT("resource"), 2, STR_INIT("") },
        { STR_INIT("data"), 2, STR_INIT("data.") },
        { STR_INIT("ephemeral"), 2, STR_INIT("ephemeral.") },
        { STR_INIT("variable"), 1, STR_INIT("var.") },
        { STR_INIT("output"), 1, STR_INIT("output.") },
        { STR_INIT("module"), 1, STR_INIT("module.") },
        { STR_INIT("check"), 1, STR_INIT("check.") },
    };
    if (str_equal(block->type, STR("terraform")))
        return block->type;
    if (str_equal(block->type, STR("provider")) && block->label_count == 1)
        return provider_name(arena, block);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!str_equal(rows[i].type, block->type) || rows[i].labels != block->label_count)
            continue;
        struct str first = block->labels[0], last = block->labels[block->label_count - 1];
        return arena_join(arena, (struct str[]){ rows[i].prefix, first, STR("."), last }, rows[i].labels * 2);
    }
    return (struct str){ NULL, 0 };
}

static void index_blocks(struct arena *arena, struct source_folder *folder, const struct hcl_file *file)
{
    for (const struct hcl_block *block = file->root->blocks; block != NULL; block = block->next) {
        struct str name = source_block_name(arena, block);
        if (name.p == NULL)
            continue;
        void **place = map_get(&folder->blocks, name);
        if (*place != NULL)
            continue;
        struct source_block *found = arena_get(arena, sizeof *found);
        *found = (struct source_block){ block, file };
        *place = found;
    }
}

/* Terraform merges override files into what the others declare. */
static bool is_override(struct str name)
{
    return str_equal(name, STR("override.tf")) || str_ends_with(name, STR("_override.tf"));
}

static void read_files(struct arena *arena, struct source_folder *folder, const struct file_names *names, bool overrides)
{
    for (size_t i = 0; i < names->count; i++) {
        struct str text, path = source_join_path(arena, folder->path, names->items[i]);
        struct error ignored = { 0 };
        bool is_chosen = str_ends_with(names->items[i], STR(".tf")) && is_override(names->items[i]) == overrides;
        if (!is_chosen || file_is_folder(path) || !file_read(arena, path, LARGEST_FILE, ERROR_INPUT, &text, &ignored))
            continue;
        struct hcl_file *file = hcl_read(arena, path, text);
        VEC_ADD(arena, &folder->files, file);
        index_blocks(arena, folder, file);
    }
}

struct source_folder *source_folder_read(struct arena *arena, struct str path, struct error *error)
{
    struct file_names names = { 0 };
    if (!file_list(arena, path, &names, error))
        return NULL;
    struct source_folder *folder = arena_get(arena, sizeof *folder);
    folder->path = path;
    map_init(&folder->blocks, arena);
    read_files(arena, folder, &names, false);
    read_files(arena, folder, &names, true);
    return folder;
}

/* Append part to the n bytes of out, or take the last part off them for "..". */
static size_t add_part(char *out, size_t n, struct str part)
{
    if (part.n == 0 || str_equal(part, STR(".")))
        return n;
    size_t last = n;
    while (last > 0 && out[last - 1] != '/')
        last--;
    bool is_up = str_equal(part, STR(".."));
    if (is_up && last < n && !str_equal((struct str){ out + last, n - last }, STR("..")))
        return last > 1 ? last - 1 : last;
    if (is_up && n == 1 && out[0] == '/')
        return n;
    if (n > 0 && out[n - 1] != '/')
        out[n++] = '/';
    memcpy(out + n, part.p, part.n);
    return n + part.n;
}

struct str source_join_path(struct arena *arena, struct str path, struct str name)
{
    bool is_absolute = name.n > 0 && name.p[0] == '/';
    struct str both = is_absolute || path.n == 0 ? name : arena_join(arena, (struct str[]){ path, STR("/"), name }, 3);
    char *out = arena_get_text(arena, both.n + 2);
    size_t n = 0;
    if (both.n > 0 && both.p[0] == '/')
        out[n++] = '/';
    while (both.n > 0) {
        ptrdiff_t slash = str_find_byte(both, '/');
        n = add_part(out, n, str_part(both, 0, slash < 0 ? both.n : (size_t)slash));
        both = slash < 0 ? STR("") : str_from_offset(both, (size_t)slash + 1);
    }
    if (n == 0)
        out[n++] = '.';
    out[n] = '\0';
    return (struct str){ out, n };
}
