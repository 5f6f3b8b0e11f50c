#include "plan/trail.h"

#include "base/arena.h"

struct str trail_text(struct arena *arena, const struct trail *trail)
{
    struct str text = STR("");
    for (; trail != NULL; trail = trail->outer) {
        const char *dot = text.n > 0 && text.p[0] != '[' ? "." : "";
        if (trail->name.p == NULL)
            text = arena_format(arena, "[%zu]%s%.*s", trail->index, dot, STR_ARG(text));
        else
            text = arena_format(arena, "%.*s%s%.*s", STR_ARG(trail->name), dot, STR_ARG(text));
    }
    return text;
}
