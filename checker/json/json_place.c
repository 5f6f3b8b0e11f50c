#include "base/error.h"
#include "json/json_reader.h"

#include <stdio.h>

/* Line and column of an offset within the chunk, or before it on the line in which the chunk begins: no token that
 * was begun in an earlier chunk has a line end in it. */
static void find_place(const struct json_reader *reader, size_t offset, size_t *line, size_t *column)
{
    size_t line_start = reader->line_start;
    *line = reader->line + 1;
    if (reader->chunk != NULL && offset > reader->chunk_start) {
        const char *p = reader->chunk, *end = p + (offset - reader->chunk_start);
        while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
            p++;
            ++*line;
            line_start = reader->chunk_start + (size_t)(p - reader->chunk);
        }
    }
    *column = offset - line_start + 1;
}

static bool fail(struct json_reader *reader, size_t offset, const char *format, va_list arguments)
{
    char text[sizeof reader->error->text];
    size_t line, column;
    vsnprintf(text, sizeof text, format, arguments);
    find_place(reader, offset, &line, &column);
    reader->has_failed = true;
    return error_set_at(reader->error, ERROR_INPUT, reader->file, line, column, "%s", text);
}

bool json_reader_refuse(struct json_reader *reader, size_t offset, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail(reader, offset, format, arguments);
    va_end(arguments);
    return false;
}

bool json_reader_refuse_syntax(struct json_reader *reader)
{
    const char *problem = reader->syntax.problem == NULL ? "it cannot be read" : reader->syntax.problem;
    return json_reader_refuse(reader, reader->read, "malformed JSON: %s, at byte %zu", problem, reader->read);
}

/* The quote that opens the string whose closing quote is at p[end]: the last one before it that is not escaped. */
static size_t find_opening_quote(const char *p, size_t end)
{
    size_t i = end;
    while (i > 0) {
        i--;
        size_t backslashes = 0;
        while (p[i] == '"' && backslashes < i && p[i - 1 - backslashes] == '\\')
            backslashes++;
        if (p[i] == '"' && backslashes % 2 == 0)
            break;
    }
    return i;
}

size_t json_reader_token(const struct json_reader *reader)
{
    if (reader->token_n > 0)
        return reader->read - reader->token_n;
    if (reader->part == NULL)
        return reader->read;
    if (reader->read == reader->carried_end)
        return reader->syntax.token;
    return reader->part_start + find_opening_quote(reader->part, reader->read - reader->part_start - 1);
}

bool json_fail(struct json_reader *reader, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail(reader, json_reader_token(reader), format, arguments);
    va_end(arguments);
    return false;
}
