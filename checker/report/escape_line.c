/* Contexts of one line that a program reads. */
#include "report/escape.h"

#include "base/arena.h"

#include <stdio.h>

/* text with each of the bytes of marks replaced by what the string of the same place in others says. */
static struct str replace_bytes(struct arena *arena, struct str text, const char *marks, const char *const *others)
{
    enum { MOST = 3 };
    char *out = arena_get_text(arena, text.n * MOST + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        const char *mark = text.p[i] == '\0' ? NULL : strchr(marks, text.p[i]);
        if (mark == NULL) {
            out[n++] = text.p[i];
            continue;
        }
        size_t length = strlen(others[mark - marks]);
        memcpy(out + n, others[mark - marks], length);
        n += length;
    }
    return (struct str){ out, n };
}

struct str escape_for_command(struct arena *arena, struct str text)
{
    static const char *const others[] = { "%25", "%0D", "%0A" };
    return replace_bytes(arena, escape_lines(arena, text), "%\r\n", others);
}

struct str escape_for_property(struct arena *arena, struct str text)
{
    static const char *const others[] = { "%25", "%3A", "%2C" };
    return replace_bytes(arena, escape_for_terminal(arena, text), "%:,", others);
}

struct str escape_for_csv(struct arena *arena, struct str text)
{
    static const char *const others[] = { "\"\"" };
    struct str shown = escape_for_terminal(arena, text);
    if (shown.n > 0 && strchr("=+-@", shown.p[0]) != NULL)
        shown = arena_join(arena, (struct str[]){ STR("'"), shown }, 2);
    if (str_find_byte(shown, '"') < 0 && str_find_byte(shown, ',') < 0)
        return shown;
    struct str parts[] = { STR("\""), replace_bytes(arena, shown, "\"", others), STR("\"") };
    return arena_join(arena, parts, 3);
}

struct str escape_for_tap(struct arena *arena, struct str text)
{
    static const char *const others[] = { "\\\\", "\\#" };
    return replace_bytes(arena, escape_for_terminal(arena, text), "\\#", others);
}

struct str escape_as_string(struct arena *arena, struct str text)
{
    static const char *const others[] = { "\\\\", "\\\"" };
    struct str shown = replace_bytes(arena, escape_for_terminal(arena, text), "\\\"", others);
    return arena_join(arena, (struct str[]){ STR("\""), shown, STR("\"") }, 3);
}

/* Whether a space between these two would make the number that Atlantis looks for. */
static bool is_counting(struct str before, struct str behind)
{
    bool is_digit = before.n > 0 && before.p[before.n - 1] >= '0' && before.p[before.n - 1] <= '9';
    return (is_digit && (str_starts_with(behind, STR("failure")) || str_starts_with(behind, STR("test")))) ||
           (str_ends_with(before, STR("failures\":")) && str_starts_with(behind, STR("[")));
}

struct str escape_for_atlantis(struct arena *arena, struct str text)
{
    struct str shown = escape_for_terminal(arena, text);
    char *out = arena_get_text(arena, shown.n * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i < shown.n; i++) {
        char byte = shown.p[i];
        if (byte == '`' && n > 1 && out[n - 1] == '`' && out[n - 2] == '`')
            byte = '\'';
        out[n++] = byte;
        if (byte == ' ' && is_counting(str_part(shown, 0, i), str_from_offset(shown, i + 1)))
            out[n++] = ' ';
    }
    return (struct str){ out, n };
}

struct str escape_for_uri(struct arena *arena, struct str path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/!$&'()*+,;=@";
    char *out = arena_get_text(arena, path.n * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < path.n; i++) {
        unsigned char byte = (unsigned char)path.p[i];
        if (byte != '\0' && strchr(plain, byte) != NULL)
            out[n++] = (char)byte;
        else
            n += (size_t)snprintf(out + n, 4, "%%%02X", byte);
    }
    return (struct str){ out, n };
}
