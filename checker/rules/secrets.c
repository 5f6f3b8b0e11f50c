#include "rules/secrets.h"

#include "base/arena.h"
#include "base/vec.h"
#include "json/json_read.h"
#include "plan/plan.h"
#include "plan/value.h"

enum { SHORTEST_SECRET = 4 };

static void collect_tree(struct arena *arena, const struct value *root, struct texts *texts)
{
    const struct value *stack[JSON_DEPTH_MAX + 1];
    size_t depth = 0;
    if (root->text.n >= SHORTEST_SECRET)
        VEC_ADD(arena, texts, root->text);
    stack[depth++] = root->first;
    while (depth > 0) {
        const struct value *value = stack[depth - 1];
        if (value == NULL) {
            depth--;
            continue;
        }
        stack[depth - 1] = value->next;
        if (value->text.n >= SHORTEST_SECRET)
            VEC_ADD(arena, texts, value->text);
        if (value->first != NULL)
            stack[depth++] = value->first;
    }
}

void secrets_collect(struct arena *arena, const struct plan *plan, struct texts *texts)
{
    for (const struct value *v = plan->variables == NULL ? NULL : plan->variables->first; v != NULL; v = v->next) {
        const struct value *value = value_find(v, STR("value"));
        if (value != NULL && plan_is_sensitive_variable(plan, v->key))
            collect_tree(arena, value, texts);
    }
}

struct str secrets_mask(struct arena *arena, const struct texts *secrets, struct str text)
{
    for (size_t i = 0; i < secrets->count; i++) {
        struct str secret = secrets->items[i];
        ptrdiff_t at = text.n == 0 ? -1 : str_find(text, secret);
        while (at >= 0) {
            struct str before = str_part(text, 0, (size_t)at);
            struct str after = str_from_offset(text, (size_t)at + secret.n);
            text = arena_join(arena, (struct str[]){ before, STR("(sensitive)"), after }, 3);
            at = str_find(text, secret);
            if (str_find(STR("(sensitive)"), secret) >= 0)
                break;
        }
    }
    return text;
}
