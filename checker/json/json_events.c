#include "base/error.h"
#include "json/json_reader.h"

#include <assert.h>

enum { LONGEST_KEY_SHOWN = 80 };

/* Keep up with yajl, which has just read a token. */
static inline void follow(struct json_reader *reader, size_t token_n)
{
    reader->read = reader->part_start + yajl_get_bytes_consumed(reader->yajl);
    reader->token_n = token_n;
}

static inline int answer(struct json_reader *reader, bool ok)
{
    if (ok)
        return 1;
    assert(reader->error->code != ERROR_NONE);
    reader->has_failed = true;
    return 0;
}

/* A value has ended. Whether it is to be reported. */
static inline bool end_value(struct json_reader *reader)
{
    reader->syntax.state = JSON_AFTER;
    if (reader->syntax.depth == 0)
        reader->is_complete = true;
    if (reader->mode == JSON_REPORT)
        return true;
    if (reader->syntax.depth == reader->skip_depth)
        reader->mode = JSON_REPORT;
    return false;
}

static int read_null(void *context)
{
    struct json_reader *reader = context;
    follow(reader, 4);
    return end_value(reader) ? answer(reader, reader->events->null(reader->context)) : 1;
}

static int read_boolean(void *context, int value)
{
    struct json_reader *reader = context;
    follow(reader, value ? 4 : 5);
    return end_value(reader) ? answer(reader, reader->events->boolean(reader->context, value != 0)) : 1;
}

static int read_number(void *context, const char *text, size_t n)
{
    struct json_reader *reader = context;
    follow(reader, n);
    if (!end_value(reader))
        return 1;
    return answer(reader, reader->events->number(reader->context, (struct str){ text, n }));
}

static int read_string(void *context, const unsigned char *text, size_t n)
{
    struct json_reader *reader = context;
    follow(reader, 0);
    if (!end_value(reader))
        return 1;
    struct str s = { n == 0 ? "" : (const char *)text, n };
    return answer(reader, reader->events->string(reader->context, s));
}

/* The beginning of a key for a message, cut between characters and without what would disturb a terminal. */
static void show_key(struct str name, char shown[LONGEST_KEY_SHOWN + 4])
{
    size_t n = name.n;
    if (n > LONGEST_KEY_SHOWN)
        for (n = LONGEST_KEY_SHOWN; n > 0 && ((unsigned char)name.p[n] & 0xC0) == 0x80; n--)
            ;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        shown[i] = c < 0x20 || c == 0x7F ? '?' : (char)c;
    }
    memcpy(shown + n, n < name.n ? "..." : "", n < name.n ? 4 : 1);
}

static int refuse_key(struct json_reader *reader, struct str name)
{
    char shown[LONGEST_KEY_SHOWN + 4];
    show_key(name, shown);
    size_t offset = json_reader_token(reader);
    json_reader_refuse(reader, offset, "the key \"%s\" stands twice in one object, at byte %zu", shown, offset);
    return 0;
}

static int read_key(void *context, const unsigned char *text, size_t n)
{
    struct json_reader *reader = context;
    follow(reader, 0);
    reader->syntax.state = JSON_COLON;
    if (reader->mode != JSON_REPORT)
        return 1;
    struct str name = { n == 0 ? "" : (const char *)text, n };
    if (!json_keys_add(&reader->keys, name))
        return refuse_key(reader, name);
    reader->skip_asked = false;
    bool ok = reader->events->key(reader->context, name);
    if (reader->skip_asked) {
        reader->mode = JSON_MUTE;
        reader->skip_depth = reader->syntax.depth;
    }
    return answer(reader, ok);
}

static bool open_container(struct json_reader *reader, bool object)
{
    follow(reader, 1);
    if (json_syntax_open(&reader->syntax, object))
        return true;
    size_t offset = reader->read - 1;
    json_reader_refuse(reader, offset, "malformed JSON: %s, at byte %zu", json_syntax_too_deep, offset);
    return false;
}

static int open_object(void *context)
{
    struct json_reader *reader = context;
    if (!open_container(reader, true))
        return 0;
    if (reader->mode != JSON_REPORT)
        return 1;
    json_keys_open(&reader->keys);
    return answer(reader, reader->events->open_object(reader->context));
}

static int open_array(void *context)
{
    struct json_reader *reader = context;
    if (!open_container(reader, false))
        return 0;
    return reader->mode != JSON_REPORT ? 1 : answer(reader, reader->events->open_array(reader->context));
}

static int close_object(void *context)
{
    struct json_reader *reader = context;
    follow(reader, 1);
    json_syntax_close(&reader->syntax);
    if (!end_value(reader))
        return 1;
    json_keys_close(&reader->keys);
    return answer(reader, reader->events->close_object(reader->context));
}

static int close_array(void *context)
{
    struct json_reader *reader = context;
    follow(reader, 1);
    json_syntax_close(&reader->syntax);
    return end_value(reader) ? answer(reader, reader->events->close_array(reader->context)) : 1;
}

const yajl_callbacks json_reader_callbacks = {
    .yajl_null = read_null,
    .yajl_boolean = read_boolean,
    .yajl_number = read_number,
    .yajl_string = read_string,
    .yajl_map_key = read_key,
    .yajl_start_map = open_object,
    .yajl_end_map = close_object,
    .yajl_start_array = open_array,
    .yajl_end_array = close_array,
};
