#include "plan/text_line.h"

#include "base/arena.h"
#include "base/utf8.h"

/* Length of the control sequence (ECMA-48) that the text begins with, or 0. */
static size_t sequence_length(struct str text)
{
    size_t n = 2;
    if (text.n < 3 || text.p[0] != '\x1b' || text.p[1] != '[')
        return 0;
    while (n < text.n && ((text.p[n] >= '0' && text.p[n] <= '9') || text.p[n] == ';'))
        n++;
    return n < text.n && text.p[n] == 'm' ? n + 1 : 0;
}

size_t text_line_clean(char *line, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n;) {
        size_t length = line[i] == '\x1b' ? sequence_length((struct str){ line + i, n - i }) : 0;
        i += length;
        if (length == 0)
            line[kept++] = line[i++];
    }
    return kept;
}

struct text_line text_line_read(struct str raw)
{
    static const struct {
        struct str text;
        enum text_mark mark;
    } rows[] = {
        { STR_INIT("+ "), TEXT_ADDED },      { STR_INIT("- "), TEXT_REMOVED },    { STR_INIT("~ "), TEXT_CHANGED },
        { STR_INIT("-/+ "), TEXT_REPLACED }, { STR_INIT("+/- "), TEXT_REPLACED }, { STR_INIT("<= "), TEXT_READ },
        { STR_INIT("+/. "), TEXT_REPLACED }, { STR_INIT("./+ "), TEXT_REPLACED }, { STR_INIT(". "), TEXT_FORGOTTEN },
    };
    struct text_line line = { .raw = raw };
    while (line.column < raw.n && raw.p[line.column] == ' ')
        line.column++;
    struct str rest = str_from_offset(raw, line.column);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && line.mark == TEXT_UNMARKED; i++) {
        if (str_starts_with(rest, rows[i].text)) {
            line.mark = rows[i].mark;
            line.column += rows[i].text.n;
        }
    }
    line.content = str_trim(str_from_offset(raw, line.column));
    return line;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Decode the escape behind a backslash at *i into out; returns the bytes written and moves *i behind it. */
static size_t decode_escape(struct str text, size_t *i, char *out)
{
    static const char letters[] = "abfnrtv", values[] = "\a\b\f\n\r\t\v";
    char letter = text.p[(*i)++];
    const char *found = strchr(letters, letter);
    int digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    uint32_t code = 0;
    if (digits == 0) {
        out[0] = found != NULL && letter != '\0' ? values[found - letters] : letter;
        return 1;
    }
    for (; digits > 0 && *i < text.n && hex_digit(text.p[*i]) >= 0; digits--, (*i)++)
        code = code << 4 | (uint32_t)hex_digit(text.p[*i]);
    if (letter != 'x')
        return utf8_encode(code > 0x10FFFF ? 0xFFFD : code, out);
    out[0] = (char)(unsigned char)code;
    return 1;
}

struct str text_take_quoted(struct arena *arena, struct str *rest)
{
    size_t end = 1;
    if (rest->n == 0 || rest->p[0] != '"')
        return (struct str){ NULL, 0 };
    while (end < rest->n && rest->p[end] != '"')
        end += rest->p[end] == '\\' ? 2 : 1;
    if (end >= rest->n)
        return (struct str){ NULL, 0 };
    struct str inner = str_part(*rest, 1, end - 1);
    *rest = str_from_offset(*rest, end + 1);
    char *out = arena_get_text(arena, inner.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < inner.n;) {
        if (inner.p[i] != '\\') {
            out[n++] = inner.p[i++];
        } else {
            i++;
            n += decode_escape(inner, &i, out + n);
        }
    }
    out[n] = '\0';
    return (struct str){ out, n };
}
