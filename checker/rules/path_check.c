#include "rules/path_check.h"

#include "base/arena.h"
#include "plan/path.h"
#include "schema/schema_library.h"

/* Whether block has what path names, as far as blocks go: what is in a map, object or JSON text is not known to a
 * schema. */
static bool has_path(const struct schema_block *block, const struct path *path, struct str *wrong)
{
    for (size_t i = 0; i < path->count; i++) {
        const struct path_step *step = &path->steps[i];
        if (step->kind == STEP_JSON || step->kind == STEP_KEYS)
            return true;
        if (step->kind != STEP_NAME)
            continue;
        const struct schema_item *item = schema_find_item(block, step->name);
        *wrong = step->name;
        if (item == NULL)
            return false;
        if (item->block == NULL)
            return true;
        block = item->block;
    }
    return true;
}

/* The names in path, with dots. */
static struct str names_of(struct arena *arena, const struct path *path)
{
    struct str text = STR("");
    for (size_t i = 0; i < path->count; i++)
        if (path->steps[i].kind == STEP_NAME)
            text =
                arena_format(arena, "%.*s%s%.*s", STR_ARG(text), text.n > 0 ? "." : "", STR_ARG(path->steps[i].name));
    return text;
}

/* Which schemas a selection's modes mean. False when there are none, or several. */
static bool find_mode(const struct texts *modes, enum schema_mode *mode)
{
    *mode = SCHEMA_RESOURCE;
    if (modes->count == 0)
        return true;
    if (str_equal(modes->items[0], STR("data")))
        *mode = SCHEMA_DATA;
    return modes->count == 1 && (str_equal(modes->items[0], STR("data")) || str_equal(modes->items[0], STR("managed")));
}

/* What Terraform itself lets every resource have. */
static bool is_meta_argument(struct str name)
{
    static const struct str names[] = { STR_INIT("lifecycle"), STR_INIT("count"), STR_INIT("for_each"),
                                        STR_INIT("depends_on"), STR_INIT("provider") };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_equal(names[i], name))
            return true;
    return false;
}

bool path_check(const struct rules *rules, const struct texts *types, const struct texts *modes,
                const struct path *path, struct arena *arena, struct str *complaint)
{
    enum schema_mode mode;
    const struct schema *first = NULL;
    struct str wrong = { NULL, 0 }, provider = { NULL, 0 };
    if (rules->schemas == NULL || rules->is_trusted || types == NULL || types->count == 0 || !find_mode(modes, &mode) ||
        is_meta_argument(path->steps[0].name))
        return true;
    for (size_t i = 0; i < types->count; i++) {
        struct str type = types->items[i];
        bool is_glob = str_find_byte(type, '*') >= 0 || str_find_byte(type, '?') >= 0;
        const struct schema *schema = is_glob ? NULL : schema_library_find(rules->schemas, provider, mode, type);
        if (schema == NULL || has_path(schema->block, path, &wrong))
            return true;
        if (first == NULL)
            first = schema;
    }
    struct str best = schema_suggest_path(arena, first->block, names_of(arena, path));
    *complaint = arena_format(arena, "%.*s has no argument or block \"%.*s\"%s%.*s%s", STR_ARG(types->items[0]),
                              STR_ARG(wrong), best.p == NULL ? "" : "; did you mean \"", STR_ARG(best),
                              best.p == NULL ? "" : "\"?");
    return false;
}
