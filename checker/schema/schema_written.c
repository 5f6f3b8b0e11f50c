#include "base/arena.h"
#include "plan/value.h"
#include "schema/schema_walk.h"

/* What a resource or data source may have besides the arguments of its type. */
static bool is_meta_argument(struct str name)
{
    static const struct str names[] = { STR_INIT("count"),      STR_INIT("for_each"),  STR_INIT("depends_on"),
                                        STR_INIT("provider"),   STR_INIT("lifecycle"), STR_INIT("provisioner"),
                                        STR_INIT("connection") };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_equal(names[i], name))
            return true;
    return false;
}

/* "TracingConfig", "tracingConfig" -> "tracing_config" */
static struct str to_snake_case(struct arena *arena, struct str name)
{
    char *text = arena_get_text(arena, 2 * name.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool is_upper = c >= 'A' && c <= 'Z';
        bool follows_lower = i > 0 && !(name.p[i - 1] >= 'A' && name.p[i - 1] <= 'Z') && name.p[i - 1] != '_';
        if (is_upper && follows_lower)
            text[n++] = '_';
        text[n++] = is_upper ? (char)(c + 32) : c;
    }
    return (struct str){ text, n };
}

static struct str suggest(struct arena *arena, const struct schema_block *block, struct str name)
{
    struct str snake = to_snake_case(arena, name);
    if (schema_find_item(block, snake) != NULL)
        return snake;
    struct str *names = arena_get(arena, (block->count + 1) * sizeof *names);
    for (size_t i = 0; i < block->count; i++)
        names[i] = block->items[i].name;
    return str_suggest(snake, names, block->count);
}

struct str schema_suggest_path(struct arena *arena, const struct schema_block *block, struct str path)
{
    struct str before = STR("");
    for (;;) {
        ptrdiff_t dot = str_find_byte(path, '.');
        struct str name = str_part(path, 0, dot < 0 ? path.n : (size_t)dot);
        const struct schema_item *item = schema_find_item(block, name);
        if (item == NULL || item->block == NULL || dot < 0) {
            struct str best = suggest(arena, block, name);
            return best.p == NULL || before.n == 0 ? best
                                                   : arena_join(arena, (struct str[]){ before, STR("."), best }, 3);
        }
        before = before.n == 0 ? name : arena_join(arena, (struct str[]){ before, STR("."), name }, 3);
        block = item->block;
        path = str_from_offset(path, (size_t)dot + 1);
    }
}

static void complain_of_unknown(const struct schema_check *check, const struct schema_block *block, struct str name,
                                const struct trail *trail)
{
    struct trail inner = { .outer = trail, .name = name };
    struct str best = suggest(check->arena, block, name);
    if (best.p != NULL)
        schema_complain(check, PROBLEM_UNKNOWN_ARGUMENT, &inner,
                        "an argument named \"%.*s\" is not expected here; did you mean \"%.*s\"?", STR_ARG(name),
                        STR_ARG(best));
    else
        schema_complain(check, PROBLEM_UNKNOWN_ARGUMENT, &inner, "an argument named \"%.*s\" is not expected here",
                        STR_ARG(name));
}

bool schema_is_dynamic(const struct value *value, struct str name)
{
    const struct value *dynamic = value_find(value, STR("dynamic"));
    if (dynamic == NULL || dynamic->kind != VALUE_LIST)
        return value_find(dynamic, name) != NULL;
    for (const struct value *one = dynamic->first; one != NULL; one = one->next)
        if (value_find(one, name) != NULL)
            return true;
    return false;
}

static void check_content(const struct schema_check *check, const struct schema_item *item, const struct value *dynamic,
                          const struct trail *trail)
{
    struct trail inner = { .outer = trail, .name = item->name };
    const struct value *one = dynamic->kind == VALUE_LIST ? dynamic->first : dynamic;
    for (; one != NULL; one = dynamic->kind == VALUE_LIST ? one->next : NULL) {
        const struct value *content = value_find(one, STR("content"));
        if (content != NULL && content->kind == VALUE_OBJECT)
            schema_check_block_at(check, item->block, content, &inner);
    }
}

static void check_dynamic(const struct schema_check *check, const struct schema_block *block,
                          const struct value *dynamic, const struct trail *trail)
{
    const struct value *part = dynamic->kind == VALUE_LIST ? dynamic->first : dynamic;
    for (; part != NULL; part = dynamic->kind == VALUE_LIST ? part->next : NULL) {
        for (const struct value *one = part->kind == VALUE_OBJECT ? part->first : NULL; one != NULL; one = one->next) {
            const struct schema_item *item = schema_find_item(block, one->key);
            if (item == NULL || !item->is_block)
                complain_of_unknown(check, block, one->key, trail);
            else
                check_content(check, item, one, trail);
        }
    }
}

static void check_missing(const struct schema_check *check, const struct schema_block *block, const struct value *value,
                          const struct trail *trail)
{
    for (size_t i = 0; i < block->count; i++) {
        const struct schema_item *item = &block->items[i];
        bool is_needed = item->required || (item->is_block && item->min_items > 0);
        if (!is_needed)
            continue;
        const struct value *member = value_find(value, item->name);
        bool is_there = member != NULL && (!item->is_block || member->kind != VALUE_NULL);
        if (is_there || (item->is_block && schema_is_dynamic(value, item->name)))
            continue;
        struct trail inner = { .outer = trail, .name = item->name };
        if (item->is_block)
            schema_complain(check, PROBLEM_REQUIRED, &inner, "at least %zu \"%.*s\" block%s required", item->min_items,
                            STR_ARG(item->name), item->min_items == 1 ? " is" : "s are");
        else
            schema_complain(check, PROBLEM_REQUIRED, &inner,
                            "the argument \"%.*s\" is required, but no definition was found", STR_ARG(item->name));
    }
}

void schema_check_written(const struct schema_check *check, const struct schema_block *block, const struct value *value,
                          const struct trail *trail, bool is_resource)
{
    for (const struct value *member = value->first; member != NULL; member = member->next) {
        if (str_equal(member->key, STR("//")) || (is_resource && is_meta_argument(member->key)))
            continue;
        const struct schema_item *item = schema_find_item(block, member->key);
        if (item == NULL && str_equal(member->key, STR("dynamic")))
            check_dynamic(check, block, member, trail);
        else if (item == NULL)
            complain_of_unknown(check, block, member->key, trail);
        else
            schema_check_member(check, item, member, trail);
    }
    check_missing(check, block, value, trail);
}
