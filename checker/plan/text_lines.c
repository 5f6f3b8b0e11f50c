#include "plan/text_lines.h"

#include "base/arena.h"
#include "base/memory.h"

enum { FIRST_ROOM = 4096 };

static void free_line(void *context)
{
    struct text_lines *lines = context;
    memory_free(arena_memory(lines->arena), lines->line);
}

void text_lines_start(struct text_lines *lines, struct arena *arena, text_lines_take *take, void *context)
{
    *lines = (struct text_lines){ .arena = arena, .take = take, .context = context };
    arena_defer(arena, free_line, lines);
}

static void append(struct text_lines *lines, const char *bytes, size_t n)
{
    size_t needed = lines->n + n;
    if (needed > lines->capacity) {
        lines->capacity = needed < FIRST_ROOM ? FIRST_ROOM : 2 * needed;
        lines->line = memory_resize(arena_memory(lines->arena), lines->line, lines->capacity);
    }
    if (n > 0)
        memcpy(lines->line + lines->n, bytes, n);
    lines->n = needed;
}

bool text_lines_feed(struct text_lines *lines, const char *bytes, size_t n)
{
    struct str rest = { bytes, n };
    while (rest.n > 0) {
        ptrdiff_t end = str_find_byte(rest, '\n');
        append(lines, rest.p, end < 0 ? rest.n : (size_t)end);
        if (end < 0)
            return true;
        size_t length = lines->n;
        lines->n = 0;
        if (!lines->take(lines->context, lines->line, length))
            return false;
        rest = str_from_offset(rest, (size_t)end + 1);
    }
    return true;
}

bool text_lines_close(struct text_lines *lines)
{
    size_t n = lines->n;
    lines->n = 0;
    return n == 0 || lines->take(lines->context, lines->line, n);
}
