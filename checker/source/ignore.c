#include "source/ignore.h"

#include "base/arena.h"
#include "source/folder.h"

static const struct hcl_block *outermost(const struct hcl_block *block)
{
    while (block->parent != NULL && block->parent->parent != NULL)
        block = block->parent;
    return block->parent == NULL ? NULL : block;
}

/* The block that begins in the line behind the row of comments to which comment belongs, or NULL. */
static const struct hcl_block *find_below(const struct hcl_file *file, const struct hcl_comment *comment)
{
    size_t line = comment->end_line + 1;
    for (const struct hcl_comment *next = comment->next; next != NULL && next->line == line; next = next->next)
        line = next->end_line + 1;
    for (const struct hcl_block *block = file->root->blocks; block != NULL && block->line <= line; block = block->next)
        if (block->line == line)
            return block;
    return NULL;
}

/* The next word of rest, which is taken off it; empty at the end. */
static struct str take_word(struct str *rest)
{
    size_t n = 0;
    *rest = str_trim(*rest);
    while (n < rest->n && strchr(" \t\r\n", rest->p[n]) == NULL)
        n++;
    struct str word = str_part(*rest, 0, n);
    *rest = str_trim(str_from_offset(*rest, n));
    return word;
}

static struct str or_nothing(struct str text)
{
    return text.n > 0 ? text : (struct str){ NULL, 0 };
}

static void read_words(struct str rest, struct source_ignore *ignore)
{
    struct str after = rest, word = take_word(&after);
    if (!str_starts_with(word, STR("until="))) {
        ignore->rule = or_nothing(word);
        rest = after;
        word = take_word(&after);
    }
    if (str_starts_with(word, STR("until="))) {
        ignore->until = str_from_offset(word, 6);
        rest = after;
    }
    ignore->reason = or_nothing(rest);
}

static void add(struct source *source, struct source_ignore ***end, const struct source_module *module,
                const struct hcl_file *file, const struct hcl_comment *comment)
{
    static const struct str mark = STR_INIT("tfcheck:ignore");
    struct str rest = str_from_offset(comment->text, mark.n);
    bool is_meant = str_starts_with(comment->text, mark) && (rest.n == 0 || rest.p[0] == ' ' || rest.p[0] == '\t');
    if (!is_meant)
        return;
    struct source_ignore *ignore = arena_get(source->arena, sizeof *ignore);
    ignore->place = (struct source_place){ file->path, comment->line, comment->column, comment->end_line };
    read_words(rest, ignore);
    const struct hcl_block *block = outermost(comment->inside);
    if (block == NULL)
        block = find_below(file, comment);
    if (block != NULL)
        ignore->address = source_block_name(source->arena, block);
    if (ignore->address.p != NULL && module->address.n > 0)
        ignore->address = arena_join(source->arena, (struct str[]){ module->address, STR("."), ignore->address }, 3);
    **end = ignore;
    *end = &ignore->next;
}

void source_collect_ignores(struct source *source)
{
    struct source_ignore **end = &source->ignores;
    for (const struct source_module *module = source->modules; module != NULL; module = module->next) {
        size_t files = module->folder == NULL || module->is_downloaded ? 0 : module->folder->files.count;
        for (size_t i = 0; i < files; i++) {
            const struct hcl_file *file = module->folder->files.items[i];
            for (const struct hcl_comment *comment = file->comments; comment != NULL; comment = comment->next)
                add(source, &end, module, file, comment);
        }
    }
}
