#include "json/json_read.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "json/json_reader.h"

#include <assert.h>

static void *get_for_yajl(void *memory, size_t size)
{
    return memory_resize(memory, NULL, size);
}

static void *resize_for_yajl(void *memory, void *old, size_t size)
{
    return memory_resize(memory, old, size);
}

static void free_for_yajl(void *memory, void *block)
{
    memory_free(memory, block);
}

static void free_reader(void *context)
{
    struct json_reader *reader = context;
    json_keys_free(&reader->keys);
    memory_free(reader->memory, reader->held);
    if (reader->yajl != NULL)
        yajl_free(reader->yajl);
}

static struct str quote_key(struct arena *arena, struct str key)
{
    char *text = arena_get_text(arena, key.n + 2);
    text[0] = '"';
    memcpy(text + 1, key.p, key.n);
    text[key.n + 1] = '"';
    return (struct str){ text, key.n + 2 };
}

struct json_reader *json_open(struct arena *arena, const struct json_events *events, void *context, struct str file,
                              const struct str *cheap_keys, size_t cheap_key_count, struct error *error)
{
    struct json_reader *reader = arena_get(arena, sizeof *reader);
    reader->events = events;
    reader->context = context;
    reader->file = file;
    reader->error = error;
    reader->memory = arena_memory(arena);
    reader->keys.memory = reader->memory;
    reader->cheap_count = cheap_key_count;
    reader->cheap = arena_get(arena, cheap_key_count * sizeof *reader->cheap);
    for (size_t i = 0; i < cheap_key_count; i++)
        reader->cheap[i].quoted = quote_key(arena, cheap_keys[i]);
    arena_defer(arena, free_reader, reader);
    reader->yajl_memory = (yajl_alloc_funcs){ get_for_yajl, resize_for_yajl, free_for_yajl, reader->memory };
    reader->yajl = yajl_alloc(&json_reader_callbacks, &reader->yajl_memory, reader);
    yajl_config(reader->yajl, yajl_dont_validate_strings, 1);
    yajl_config(reader->yajl, yajl_allow_trailing_garbage, 1);
    return reader;
}

static yajl_status run_yajl(struct json_reader *reader, const char *bytes, size_t n, size_t offset)
{
    reader->part = bytes;
    reader->part_start = offset;
    return yajl_parse(reader->yajl, (const unsigned char *)bytes, n);
}

static void hold(struct json_reader *reader, const char *bytes, size_t n)
{
    if (reader->held_size - reader->held_n < n) {
        reader->held_size = reader->held_size * 2 + n + 64;
        reader->held = memory_resize(reader->memory, reader->held, reader->held_size);
    }
    memcpy(reader->held + reader->held_n, bytes, n);
    reader->held_n += n;
}

/* Hand yajl the middle of a token. No event comes of it. */
static bool feed_held(struct json_reader *reader)
{
    if (reader->held_n == 0)
        return true;
    size_t n = reader->held_n;
    reader->held_n = 0;
    if (run_yajl(reader, reader->held, n, reader->syntax.token) != yajl_status_ok)
        return json_reader_refuse_syntax(reader);
    return true;
}

/* A token was begun before these bytes. yajl would read it once more from its beginning with each chunk, which takes
 * quadratic time, so it gets no more of it before all of it is there. Sets *is_held when its end is not in bytes. */
static bool continue_token(struct json_reader *reader, const char *bytes, size_t n, bool *is_held)
{
    size_t used = json_syntax_end_token(&reader->syntax, bytes, n);
    reader->read += used;
    if (reader->syntax.problem != NULL)
        return json_reader_refuse_syntax(reader);
    *is_held = json_syntax_is_in_token(&reader->syntax);
    if (*is_held) {
        hold(reader, bytes, n);
        return true;
    }
    reader->carried_end = reader->read;
    return feed_held(reader);
}

/* Let yajl read a piece of the chunk, and bring the syntax to its end from where the last event was. */
static bool feed_part(struct json_reader *reader, const char *bytes, size_t n, size_t offset)
{
    bool is_held = false;
    reader->carried_end = 0;
    if (json_syntax_is_in_token(&reader->syntax) && !continue_token(reader, bytes, n, &is_held))
        return false;
    if (is_held)
        return true;
    yajl_status status = run_yajl(reader, bytes, n, offset);
    if (reader->has_failed)
        return false;
    if (reader->is_complete)
        return true;
    size_t rest = reader->read - offset;
    reader->read += json_syntax_run(&reader->syntax, bytes + rest, n - rest, reader->read, 0);
    if (reader->syntax.problem != NULL || status != yajl_status_ok)
        return json_reader_refuse_syntax(reader);
    return true;
}

/* The index after the next cheap key in the chunk from i on, or n. */
static size_t find_cheap_key(struct json_reader *reader, const char *bytes, size_t i, size_t n)
{
    size_t nearest = n;
    for (size_t k = 0; k < reader->cheap_count; k++) {
        struct json_cheap *cheap = &reader->cheap[k];
        if (cheap->is_past)
            continue;
        if (cheap->next <= i) {
            const char *hit = memmem(bytes + i, n - i, cheap->quoted.p, cheap->quoted.n);
            cheap->next = hit == NULL ? n : (size_t)(hit - bytes);
        }
        if (cheap->next < n && cheap->next + cheap->quoted.n < nearest)
            nearest = cheap->next + cheap->quoted.n;
    }
    return nearest;
}

static bool is_before_skipped_value(const struct json_reader *reader)
{
    return reader->mode == JSON_MUTE && reader->syntax.state == JSON_COLON &&
           reader->syntax.depth == reader->skip_depth;
}

/* Check the syntax of the skipped value without yajl, which gets a null in its place. */
static bool pass_value(struct json_reader *reader, const char *bytes, size_t n, size_t *used)
{
    *used = json_syntax_run(&reader->syntax, bytes, n, reader->read, reader->skip_depth);
    reader->read += *used;
    if (reader->syntax.problem != NULL)
        return json_reader_refuse_syntax(reader);
    if (reader->syntax.state != JSON_AFTER || reader->syntax.depth > reader->skip_depth)
        return true;
    static const char stand_in[] = ":null";
    size_t end = reader->read;
    if (run_yajl(reader, stand_in, sizeof stand_in - 1, end) != yajl_status_ok)
        return json_reader_refuse_syntax(reader);
    assert(reader->mode == JSON_REPORT);
    reader->read = end;
    return true;
}

static void pass_next_value(struct json_reader *reader, size_t i)
{
    reader->mode = JSON_PASS;
    for (size_t k = 0; reader->skip_depth == 1 && k < reader->cheap_count; k++)
        reader->cheap[k].is_past |= reader->cheap[k].next + reader->cheap[k].quoted.n == i;
}

static bool feed_good(struct json_reader *reader, const char *bytes, size_t n)
{
    size_t i = 0;
    for (size_t k = 0; k < reader->cheap_count; k++)
        reader->cheap[k].next = 0;
    while (i < n && !reader->is_complete) {
        if (reader->mode == JSON_PASS) {
            size_t used;
            if (!pass_value(reader, bytes + i, n - i, &used))
                return false;
            i += used;
            continue;
        }
        size_t end = find_cheap_key(reader, bytes, i, n);
        if (!feed_part(reader, bytes + i, end - i, reader->chunk_start + i))
            return false;
        i = end;
        if (is_before_skipped_value(reader))
            pass_next_value(reader, i);
    }
    return true;
}

static bool refuse_screened(struct json_reader *reader, const char *bytes, enum json_screen_verdict verdict)
{
    size_t offset = reader->screen.start;
    if (verdict == JSON_SCREEN_UTF8)
        return json_reader_refuse(reader, offset, "malformed JSON: the text is not UTF-8, at byte %zu", offset);
    if (verdict == JSON_SCREEN_SURROGATE)
        return json_reader_refuse(reader, offset, "malformed JSON: half of a surrogate pair, at byte %zu", offset);
    json_syntax_run(&reader->syntax, bytes, 1, reader->read, 0);
    return json_reader_refuse_syntax(reader);
}

static bool feed_screened(struct json_reader *reader, const char *bytes, size_t n, size_t *lines)
{
    enum json_screen_verdict verdict;
    size_t good = json_screen_run(&reader->screen, bytes, n, reader->chunk_start, lines, &verdict);
    if (!feed_good(reader, bytes, good))
        return false;
    if (verdict != JSON_SCREEN_GOOD && !reader->is_complete)
        return refuse_screened(reader, bytes + good, verdict);
    return true;
}

bool json_feed(struct json_reader *reader, const char *bytes, size_t n)
{
    size_t lines = 0;
    reader->chunk_used = 0;
    if (reader->has_failed)
        return false;
    if (reader->is_complete || n == 0)
        return true;
    reader->chunk = bytes;
    bool ok = feed_screened(reader, bytes, n, &lines);
    reader->chunk = NULL;
    reader->part = NULL;
    if (!ok)
        return false;
    reader->chunk_used = reader->is_complete ? reader->read - reader->chunk_start : n;
    if (lines > 0) {
        const char *last = memrchr(bytes, '\n', n);
        reader->line += lines;
        reader->line_start = reader->chunk_start + (size_t)(last - bytes) + 1;
    }
    reader->chunk_start += n;
    return true;
}

static bool refuse_end(struct json_reader *reader)
{
    size_t offset = reader->chunk_start;
    return json_reader_refuse(reader, offset, "the JSON ends in the middle (byte %zu): %s", offset,
                              json_syntax_missing(&reader->syntax));
}

bool json_close(struct json_reader *reader)
{
    if (reader->has_failed || reader->is_complete)
        return !reader->has_failed;
    if (!json_syntax_may_end(&reader->syntax))
        return refuse_end(reader);
    if (!feed_held(reader))
        return false;
    reader->part = NULL;
    reader->part_start = reader->chunk_start;
    yajl_complete_parse(reader->yajl);
    if (!reader->has_failed && !reader->is_complete)
        return json_reader_refuse_syntax(reader);
    return !reader->has_failed;
}

void json_skip(struct json_reader *reader)
{
    reader->skip_asked = true;
}

bool json_is_complete(const struct json_reader *reader, size_t *used)
{
    if (used != NULL)
        *used = reader->chunk_used;
    return reader->is_complete;
}

bool json_read_all(struct arena *arena, const struct json_events *events, void *context, struct str text,
                   struct error *error)
{
    struct json_reader *reader = json_open(arena, events, context, str_from(NULL), NULL, 0, error);
    if (!json_feed(reader, text.p, text.n) || !json_close(reader))
        return false;
    for (size_t i = reader->chunk_used; i < text.n; i++)
        if (strchr(" \t\r\n", text.p[i]) == NULL || text.p[i] == '\0') {
            reader->chunk_start = 0;
            return json_reader_refuse(reader, i, "malformed JSON: something stands after its end, at byte %zu", i);
        }
    return true;
}
