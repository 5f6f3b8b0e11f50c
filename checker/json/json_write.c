#include "json/json_write.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <assert.h>
#include <stdio.h>

enum { BUFFER_SIZE = 8192 };

struct level {
    char closing; /* } or ] */
    bool is_empty, is_flat;
};

struct json_writer {
    struct arena *arena;
    json_sink *sink;
    void *context;
    size_t indent;
    bool has_failed, after_key, is_complete, opens_flat;
    struct {
        struct level *items;
        size_t count, capacity;
    } levels;
    size_t used;
    char buffer[BUFFER_SIZE];
};

struct json_writer *json_write_open(struct arena *arena, json_sink *sink, void *context, int indent)
{
    assert(indent >= 0);
    struct json_writer *writer = arena_get(arena, sizeof *writer);
    writer->arena = arena;
    writer->sink = sink;
    writer->context = context;
    writer->indent = (size_t)indent;
    return writer;
}

static void flush(struct json_writer *writer)
{
    if (writer->used > 0 && !writer->has_failed &&
        !writer->sink(writer->context, (struct str){ writer->buffer, writer->used }))
        writer->has_failed = true;
    writer->used = 0;
}

static void put(struct json_writer *writer, struct str text)
{
    while (text.n > 0) {
        if (writer->used == BUFFER_SIZE)
            flush(writer);
        struct str part = str_part(text, 0, BUFFER_SIZE - writer->used);
        memcpy(writer->buffer + writer->used, part.p, part.n);
        writer->used += part.n;
        text = str_from_offset(text, part.n);
    }
}

static void put_line(struct json_writer *writer)
{
    if (writer->indent == 0)
        return;
    put(writer, STR("\n"));
    for (size_t i = writer->levels.count * writer->indent; i > 0; i--)
        put(writer, STR(" "));
}

static struct level *innermost(struct json_writer *writer)
{
    return writer->levels.count == 0 ? NULL : &writer->levels.items[writer->levels.count - 1];
}

/* The comma and the line end before a key or an item. */
static void put_separator(struct json_writer *writer, struct level *level)
{
    if (!level->is_empty)
        put(writer, level->is_flat ? STR(", ") : STR(","));
    level->is_empty = false;
    if (!level->is_flat)
        put_line(writer);
}

static void begin_value(struct json_writer *writer)
{
    struct level *level = innermost(writer);
    if (level == NULL) {
        assert(!writer->is_complete);
        writer->is_complete = true;
    } else if (level->closing == '}') {
        assert(writer->after_key);
        writer->after_key = false;
    } else {
        put_separator(writer, level);
    }
}

/* Length of the beginning of text that is written as it is. */
static size_t plain_length(struct str text)
{
    size_t n = 0;
    while (n < text.n && text.p[n] >= 0x20 && text.p[n] < 0x7F && text.p[n] != '"' && text.p[n] != '\\')
        n++;
    return n;
}

static void put_escape(struct json_writer *writer, uint32_t code)
{
    static const char letters[] = "\b\f\n\r\t\"\\", escapes[] = "bfnrt\"\\";
    char text[8];
    const char *letter = code > 0 && code < 0x7F ? strchr(letters, (int)code) : NULL;
    int n = letter != NULL ? snprintf(text, sizeof text, "\\%c", escapes[letter - letters])
                           : snprintf(text, sizeof text, "\\u%04x", (unsigned)code & 0xFFFF);
    put(writer, (struct str){ text, (size_t)n });
}

/* Write the character at the beginning of text, which is not plain. Returns its bytes. */
static size_t put_character(struct json_writer *writer, struct str text)
{
    size_t length;
    if (utf8_valid(str_part(text, 0, 4)) == 0) {
        put(writer, STR("\xEF\xBF\xBD"));
        return 1;
    }
    uint32_t code = utf8_decode(text, &length);
    if (code < 0xA0 || code == 0x2028 || code == 0x2029)
        put_escape(writer, code);
    else
        put(writer, str_part(text, 0, length));
    return length;
}

static void put_quoted(struct json_writer *writer, struct str text)
{
    put(writer, STR("\""));
    while (text.n > 0) {
        size_t n = plain_length(text);
        put(writer, str_part(text, 0, n));
        text = str_from_offset(text, n);
        if (text.n > 0)
            text = str_from_offset(text, put_character(writer, text));
    }
    put(writer, STR("\""));
}

void json_write_key_str(struct json_writer *writer, struct str key)
{
    struct level *level = innermost(writer);
    assert(level != NULL && level->closing == '}' && !writer->after_key);
    put_separator(writer, level);
    put_quoted(writer, key);
    put(writer, writer->indent > 0 ? STR(": ") : STR(":"));
    writer->after_key = true;
}

void json_write_key(struct json_writer *writer, const char *key)
{
    json_write_key_str(writer, str_from(key));
}

void json_write_null(struct json_writer *writer)
{
    begin_value(writer);
    put(writer, STR("null"));
}

void json_write_bool(struct json_writer *writer, bool value)
{
    begin_value(writer);
    put(writer, value ? STR("true") : STR("false"));
}

void json_write_size(struct json_writer *writer, size_t value)
{
    char text[24];
    begin_value(writer);
    put(writer, (struct str){ text, (size_t)snprintf(text, sizeof text, "%zu", value) });
}

void json_write_number(struct json_writer *writer, struct str text)
{
    begin_value(writer);
    put(writer, text);
}

void json_write_string(struct json_writer *writer, struct str text)
{
    if (text.p == NULL) {
        json_write_null(writer);
        return;
    }
    begin_value(writer);
    put_quoted(writer, text);
}

static void open_level(struct json_writer *writer, char opening, char closing)
{
    begin_value(writer);
    put(writer, (struct str){ &opening, 1 });
    const struct level *outer = innermost(writer);
    struct level level = { closing, true, writer->opens_flat || (outer != NULL && outer->is_flat) };
    VEC_ADD(writer->arena, &writer->levels, level);
}

static void close_level(struct json_writer *writer, char closing)
{
    struct level *level = innermost(writer);
    assert(level != NULL && level->closing == closing && !writer->after_key);
    bool has_lines = !level->is_empty && !level->is_flat;
    writer->levels.count--;
    if (has_lines)
        put_line(writer);
    put(writer, (struct str){ &closing, 1 });
}

void json_write_flat(struct json_writer *writer, bool is_flat)
{
    writer->opens_flat = is_flat;
}

void json_write_open_object(struct json_writer *writer)
{
    open_level(writer, '{', '}');
}

void json_write_close_object(struct json_writer *writer)
{
    close_level(writer, '}');
}

void json_write_open_array(struct json_writer *writer)
{
    open_level(writer, '[', ']');
}

void json_write_close_array(struct json_writer *writer)
{
    close_level(writer, ']');
}

bool json_write_close(struct json_writer *writer)
{
    assert(writer->levels.count == 0 && writer->is_complete);
    put(writer, STR("\n"));
    flush(writer);
    return !writer->has_failed;
}
