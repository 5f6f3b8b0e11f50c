#include "source/ingredients.h"

#include "base/arena.h"
#include "hcl/expression.h"
#include "source/members.h"
#include "source/source.h"

enum { DEEPEST_ORIGIN = 16 };

static bool gather(struct arena *arena, const struct source_module *module, struct str text, int depth,
                   struct ingredients_list *list);

static bool add(struct ingredients_list *list, struct str text, bool is_variable)
{
    if (list->count == INGREDIENTS_MAX)
        return false;
    list->items[list->count++] = (struct ingredient){ text, is_variable };
    return true;
}

static bool gather_reference(struct arena *arena, const struct source_module *module, struct str text, int depth,
                             struct ingredients_list *list)
{
    static const struct str variable = STR_INIT("var.");
    if (module->caller == NULL && str_starts_with(text, variable))
        return add(list, str_from_offset(text, variable.n), true);
    return source_follow(arena, &module, &text) && gather(arena, module, text, depth + 1, list);
}

static bool gather_part(struct arena *arena, const struct source_module *module, const struct template_part *part,
                        int depth, struct ingredients_list *list)
{
    if (part->literal.p != NULL)
        return add(list, part->literal, false);
    switch (part->expression.kind) {
    case EXPRESSION_STRING:
    case EXPRESSION_NUMBER:
    case EXPRESSION_BOOL: return add(list, part->expression.text, false);
    case EXPRESSION_REFERENCE:
        return part->expression.reference->count == 2 &&
               gather_reference(arena, module, part->expression.reference->text, depth, list);
    case EXPRESSION_NULL:
    case EXPRESSION_OTHER: break;
    }
    return false;
}

/* The depth is bounded. */
static bool gather(struct arena *arena, const struct source_module *module, struct str text, int depth,
                   struct ingredients_list *list)
{
    struct template template = { 0 };
    bool is_quoted = text.n >= 2 && text.p[0] == '"' && text.p[text.n - 1] == '"' && str_find_byte(text, '\\') < 0;
    if (depth == DEEPEST_ORIGIN)
        return false;
    bool is_read = is_quoted ? template_read(arena, str_part(text, 1, text.n - 2), &template)
                             : expression_read(arena, text, &template);
    for (size_t i = 0; i < template.part_count && is_read; i++)
        is_read = gather_part(arena, module, &template.parts[i], depth, list);
    return is_read;
}

bool source_find_ingredients(struct arena *arena, const struct source_module *module, struct str text,
                             struct ingredients_list *list)
{
    list->count = 0;
    return gather(arena, module, text, 0, list);
}
