/* Contexts in which some characters stand for markup. */
#include "report/escape.h"

#include "base/arena.h"
#include "base/vec.h"

struct text {
    struct arena *arena;
    char *items;
    size_t count, capacity;
};

static void add(struct text *out, struct str part)
{
    for (size_t i = 0; i < part.n; i++)
        VEC_ADD(out->arena, out, part.p[i]);
}

static struct str taken(const struct text *out)
{
    return (struct str){ out->count == 0 ? "" : out->items, out->count };
}

/* What stands for byte; no string when it stands for itself. */
typedef struct str replacement(char byte);

static struct str replace(struct arena *arena, struct str text, replacement *replacement_of)
{
    struct text out = { .arena = arena };
    for (size_t i = 0; i < text.n; i++) {
        struct str other = replacement_of(text.p[i]);
        add(&out, other.p == NULL ? str_part(text, i, 1) : other);
    }
    return taken(&out);
}

static struct str for_xml(char byte)
{
    switch (byte) {
    case '&': return STR("&amp;");
    case '<': return STR("&lt;");
    case '>': return STR("&gt;");
    case '"': return STR("&quot;");
    case '\'': return STR("&#39;");
    default: return (struct str){ NULL, 0 };
    }
}

struct str escape_for_xml(struct arena *arena, struct str text)
{
    return replace(arena, escape_for_terminal(arena, text), for_xml);
}

/* Text never stands at the beginning of a line, so that what is markup only there needs no escape. */
static struct str for_markdown(char byte)
{
    static const char marks[] = "\\`*_{}[]!|~";
    static const char escaped[] = "\\\\\\`\\*\\_\\{\\}\\[\\]\\!\\|\\~";
    switch (byte) {
    case '\0': return (struct str){ NULL, 0 };
    case '&': return STR("&amp;");
    case '<': return STR("&lt;");
    case '>': return STR("&gt;");
    case '@': return STR("@&#8203;"); /* a space of no width keeps it from naming somebody */
    case '#': return STR("#&#8203;");
    default: break;
    }
    const char *mark = strchr(marks, byte);
    return mark == NULL ? (struct str){ NULL, 0 } : (struct str){ escaped + 2 * (mark - marks), 2 };
}

struct str escape_for_markdown(struct arena *arena, struct str text)
{
    return replace(arena, escape_for_terminal(arena, text), for_markdown);
}

/* Length of the longest run of backticks. */
static size_t longest_run(struct str text)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < text.n; i++) {
        run = text.p[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void add_backticks(struct text *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add(out, STR("`"));
}

static struct str for_cell(char byte)
{
    return byte == '|' ? STR("\\|") : (struct str){ NULL, 0 };
}

struct str escape_as_code(struct arena *arena, struct str text)
{
    struct text out = { .arena = arena };
    struct str shown = replace(arena, escape_for_terminal(arena, text), for_cell);
    size_t ticks = longest_run(shown) + 1;
    bool needs_space = shown.n == 0 || ticks > 1 || (shown.p[0] == ' ' && shown.p[shown.n - 1] == ' ');
    add_backticks(&out, ticks);
    add(&out, needs_space ? STR(" ") : STR(""));
    add(&out, shown);
    add(&out, needs_space ? STR(" ") : STR(""));
    add_backticks(&out, ticks);
    return taken(&out);
}

struct str escape_lines(struct arena *arena, struct str text)
{
    struct text out = { .arena = arena };
    for (struct str rest = text; rest.n > 0;) {
        ptrdiff_t end = str_find_byte(rest, '\n');
        add(&out, escape_for_terminal(arena, str_part(rest, 0, end < 0 ? rest.n : (size_t)end)));
        add(&out, end < 0 ? STR("") : STR("\n"));
        rest = end < 0 ? STR("") : str_from_offset(rest, (size_t)end + 1);
    }
    return taken(&out);
}

struct str escape_as_fence(struct arena *arena, struct str language, struct str text)
{
    struct text out = { .arena = arena };
    size_t ticks = longest_run(text) < 3 ? 3 : longest_run(text) + 1;
    add_backticks(&out, ticks);
    add(&out, language);
    add(&out, STR("\n"));
    add(&out, escape_lines(arena, str_trim(text)));
    add(&out, STR("\n"));
    add_backticks(&out, ticks);
    add(&out, STR("\n"));
    return taken(&out);
}
