#include "yaml/yaml_source.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

enum { LONGEST_QUOTE = 60 };

static void step(struct yaml_source *source)
{
    struct yaml_place *at = &source->cursor;
    struct str text = source->text;
    char first = text.p[at->offset++];
    while (at->offset < text.n && ((unsigned char)text.p[at->offset] & 0xC0) == 0x80)
        at->offset++;
    at->index++;
    bool is_crlf = first == '\r' && at->offset < text.n && text.p[at->offset] == '\n';
    if (first == '\n' || (first == '\r' && !is_crlf)) {
        at->line++;
        at->line_start = at->offset;
    }
}

static void rewind_cursor(struct yaml_source *source)
{
    source->cursor = (struct yaml_place){ .line = 1 };
}

/* To an offset ahead, where each character is one byte. */
static void step_lines(struct yaml_source *source, size_t offset)
{
    struct yaml_place *at = &source->cursor;
    const char *text = source->text.p, *end;
    while (at->offset < offset && (end = memchr(text + at->offset, '\n', offset - at->offset)) != NULL) {
        at->line++;
        at->line_start = at->offset = (size_t)(end - text) + 1;
    }
    at->index = at->offset = offset;
}

static bool is_plain(struct str text)
{
    unsigned char seen = 0;
    for (size_t i = 0; i < text.n; i++)
        seen |= (unsigned char)text.p[i];
    return seen < 0x80 && str_find_byte(text, '\r') < 0;
}

void yaml_source_seek(struct yaml_source *source, size_t index)
{
    if (index < source->cursor.index)
        rewind_cursor(source);
    if (source->is_plain)
        step_lines(source, index < source->text.n ? index : source->text.n);
    while (source->cursor.index < index && source->cursor.offset < source->text.n)
        step(source);
}

static void seek_byte(struct yaml_source *source, size_t offset)
{
    rewind_cursor(source);
    while (source->cursor.offset < offset && source->cursor.offset < source->text.n)
        step(source);
}

size_t yaml_source_column(const struct yaml_source *source)
{
    return source->cursor.offset - source->cursor.line_start + 1;
}

char yaml_source_byte(const struct yaml_source *source)
{
    return source->cursor.offset < source->text.n ? source->text.p[source->cursor.offset] : '\0';
}

bool yaml_source_refuse(struct yaml_source *source, const char *format, ...)
{
    char sentence[sizeof source->error->text];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    return error_set_at(source->error, ERROR_POLICY, source->file, source->cursor.line, yaml_source_column(source),
                        "%s", sentence);
}

const char *yaml_source_quote(struct arena *arena, struct str text)
{
    bool is_long = text.n > LONGEST_QUOTE;
    struct str part = str_part(text, 0, LONGEST_QUOTE);
    part.n = utf8_valid(part);
    char *quote = arena_get_text(arena, LONGEST_QUOTE + sizeof "...");
    for (size_t i = 0; i < part.n; i++) {
        unsigned char byte = (unsigned char)part.p[i];
        quote[i] = byte < ' ' || byte == 0x7F ? '?' : part.p[i];
    }
    memcpy(quote + part.n, is_long ? "..." : "", is_long ? sizeof "..." : 1);
    return quote;
}

static bool is_utf16(struct str text)
{
    return str_starts_with(text, STR("\xFF\xFE")) || str_starts_with(text, STR("\xFE\xFF")) ||
           (text.n >= 2 && (text.p[0] == '\0') != (text.p[1] == '\0'));
}

static bool check_utf8(struct yaml_source *source)
{
    size_t valid = utf8_valid(source->text);
    if (valid == source->text.n)
        return true;
    seek_byte(source, valid);
    return yaml_source_refuse(source, "found the byte 0x%02X, which is not UTF-8 here; save the file as UTF-8",
                              (unsigned)(unsigned char)source->text.p[valid]);
}

/* U+0085, U+2028 and U+2029: line ends of YAML 1.1, which libyaml would fold, but plain characters of YAML 1.2. */
static bool check_line_ends(struct yaml_source *source)
{
    static const struct {
        struct str bytes;
        const char *name, *escape;
    } table[] = {
        { STR_INIT("\xC2\x85"), "U+0085", "\\N" },
        { STR_INIT("\xE2\x80\xA8"), "U+2028", "\\L" },
        { STR_INIT("\xE2\x80\xA9"), "U+2029", "\\P" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        ptrdiff_t found = str_find(source->text, table[i].bytes);
        if (found < 0)
            continue;
        seek_byte(source, (size_t)found);
        return yaml_source_refuse(source, "found the line separator %s, on which readers of YAML disagree; write %s "
                                  "in double quotes", table[i].name, table[i].escape);
    }
    return true;
}

static bool check_directive(struct yaml_source *source)
{
    struct str rest = source->text;
    while (rest.n > 0 && rest.p[0] != '%') {
        ptrdiff_t end = str_find_byte(rest, '\n');
        struct str line = str_trim(str_part(rest, 0, end < 0 ? rest.n : (size_t)end));
        if (end < 0 || (line.n > 0 && line.p[0] != '#'))
            return true;
        rest = str_from_offset(rest, (size_t)end + 1);
    }
    if (rest.n == 0)
        return true;
    seek_byte(source, (size_t)(rest.p - source->text.p));
    return yaml_source_refuse(source, "found a %% directive; directives are not allowed: remove the line");
}

bool yaml_source_open(struct yaml_source *source, struct str file, struct str text, struct error *error)
{
    *source = (struct yaml_source){ .file = file, .text = text, .error = error };
    rewind_cursor(source);
    if (is_utf16(text))
        return yaml_source_refuse(source, "found UTF-16 text; save the file as UTF-8");
    if (str_starts_with(text, STR("\xEF\xBB\xBF")))
        source->text = str_from_offset(text, 3);
    bool is_good = check_utf8(source) && check_line_ends(source) && check_directive(source);
    if (is_good)
        rewind_cursor(source);
    source->is_plain = is_good && is_plain(source->text);
    return is_good;
}
