/* Events of a JSON reader written down as text, one character or word each, for tests to compare. */
#ifndef TFCHECK_TESTS_JSON_TRACE_H
#define TFCHECK_TESTS_JSON_TRACE_H
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "json/json_read.h"

#include <stdio.h>
#include <stdlib.h>

/* One reading of one document. Keys named "skip" are skipped, keys and strings named "fail" make the reading fail. */
struct json_trace {
    struct memory memory;
    struct arena *arena;
    struct json_reader *reader;
    struct error error;
    char *text; /* NUL-terminated */
    size_t n, size;
    bool ok;
    size_t used;
};

static inline void trace_add(struct json_trace *trace, const char *mark, struct str text)
{
    size_t mark_n = strlen(mark);
    if (trace->size - trace->n < mark_n + text.n + 2) {
        trace->size = trace->size * 2 + mark_n + text.n + 256;
        trace->text = realloc(trace->text, trace->size);
        if (trace->text == NULL)
            abort();
    }
    memcpy(trace->text + trace->n, mark, mark_n);
    trace->n += mark_n;
    if (text.n > 0)
        memcpy(trace->text + trace->n, text.p, text.n);
    trace->n += text.n;
    trace->text[trace->n++] = ' ';
    trace->text[trace->n] = '\0';
}

static inline bool trace_null(void *context)
{
    trace_add(context, "null", STR(""));
    return true;
}

static inline bool trace_boolean(void *context, bool value)
{
    trace_add(context, value ? "true" : "false", STR(""));
    return true;
}

static inline bool trace_number(void *context, struct str text)
{
    trace_add(context, "#", text);
    return true;
}

static inline bool trace_string(void *context, struct str text)
{
    struct json_trace *trace = context;
    trace_add(trace, "=", text);
    return str_equal(text, STR("fail")) ? json_fail(trace->reader, "made to fail") : true;
}

static inline bool trace_key(void *context, struct str name)
{
    struct json_trace *trace = context;
    trace_add(trace, ".", name);
    if (str_equal(name, STR("skip")))
        json_skip(trace->reader);
    return str_equal(name, STR("fail")) ? json_fail(trace->reader, "made to fail") : true;
}

static inline bool trace_open_object(void *context)
{
    trace_add(context, "{", STR(""));
    return true;
}

static inline bool trace_close_object(void *context)
{
    trace_add(context, "}", STR(""));
    return true;
}

static inline bool trace_open_array(void *context)
{
    trace_add(context, "[", STR(""));
    return true;
}

static inline bool trace_close_array(void *context)
{
    trace_add(context, "]", STR(""));
    return true;
}

static const struct json_events trace_events = {
    trace_null,        trace_boolean,      trace_number,     trace_string,      trace_key,
    trace_open_object, trace_close_object, trace_open_array, trace_close_array,
};

static inline void trace_exhausted(void *context)
{
    (void)context;
    abort();
}

/* Begin a reading; with_cheap_key names "skip" to the reader. */
static inline void trace_open(struct json_trace *trace, bool with_cheap_key)
{
    static const struct str cheap[] = { STR_INIT("skip") };
    *trace = (struct json_trace){ .memory = { .exhausted = trace_exhausted } };
    trace->arena = arena_open(&trace->memory);
    trace_add(trace, "", STR(""));
    trace->reader = json_open(trace->arena, &trace_events, trace, STR("x.json"), cheap, with_cheap_key ? 1 : 0,
                              &trace->error);
    trace->ok = true;
}

/* Feed a copy of its exact size, so that a read beyond it is seen by the sanitizers. */
static inline void trace_feed(struct json_trace *trace, const char *bytes, size_t n)
{
    char *copy = malloc(n == 0 ? 1 : n);
    if (copy == NULL)
        abort();
    if (n > 0)
        memcpy(copy, bytes, n);
    bool was_complete = json_is_complete(trace->reader, NULL);
    trace->ok = json_feed(trace->reader, copy, n) && trace->ok;
    free(copy);
    size_t used;
    json_is_complete(trace->reader, &used);
    if (!was_complete)
        trace->used += used;
}

/* End the reading and write the verdict down. */
static inline void trace_finish(struct json_trace *trace)
{
    trace->ok = json_close(trace->reader) && trace->ok;
    if (!trace->ok && trace->error.code == ERROR_NONE)
        abort();
    trace_add(trace, trace->ok ? "ok" : "bad ", str_from(trace->error.text));
    char place[64];
    int n = snprintf(place, sizeof place, "%zu:%zu:%zu", trace->error.line, trace->error.column,
                     trace->ok ? trace->used : 0);
    trace_add(trace, "@", (struct str){ place, (size_t)n });
}

static inline void trace_close(struct json_trace *trace)
{
    arena_close(trace->arena);
    free(trace->text);
}

/* Read text in chunks of chunk bytes, the first of them of first bytes; 0 = all in one. */
static inline void trace_read(struct json_trace *trace, struct str text, size_t first, size_t chunk,
                              bool with_cheap_key)
{
    trace_open(trace, with_cheap_key);
    size_t n = first;
    for (size_t i = 0; i < text.n; i += n, n = chunk) {
        if (n == 0 || n > text.n - i)
            n = text.n - i;
        trace_feed(trace, text.p + i, n);
    }
    trace_finish(trace);
}
#endif
