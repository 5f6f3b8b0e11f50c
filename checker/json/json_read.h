/* JSON as a stream of events. The only user of yajl.
 *
 * Stricter than yajl: UTF-8 is RFC 3629, escaped surrogates come in pairs, no key stands twice in one object, depth is
 * capped. Numbers are handed on as text. */
#ifndef TFCHECK_JSON_JSON_READ_H
#define TFCHECK_JSON_JSON_READ_H
#include "base/str.h"
struct arena;
struct error;
struct json_reader; /* opaque */

/* Deepest nesting that is read. Modules nested fifty deep stay below it. */
enum { JSON_DEPTH_MAX = 256 };

/* What the document holds, in order. Strings are good until the function returns. Each returns false to stop the
 * reading, after it has filled the reader's error. */
struct json_events {
    bool (*null)(void *context);
    bool (*boolean)(void *context, bool value);
    bool (*number)(void *context, struct str text);
    bool (*string)(void *context, struct str text);
    bool (*key)(void *context, struct str name);
    bool (*open_object)(void *context);
    bool (*close_object)(void *context);
    bool (*open_array)(void *context);
    bool (*close_array)(void *context);
};

/* A reader of one document. file names it in errors (NULL text = standard input). All must outlive the reader, which
 * lives in arena. cheap_keys (count of them, may be 0) are the keys whose values may be skipped; to name them here only
 * makes skipping faster, it never changes what is read. */
struct json_reader *json_open(struct arena *arena, const struct json_events *events, void *context, struct str file,
                              const struct str *cheap_keys, size_t cheap_key_count, struct error *error);

/* Read the next bytes of the document: any division into chunks gives the same events. False after an error. */
bool json_feed(struct json_reader *reader, const char *bytes, size_t n);

/* The document ends here. False when it is not complete. */
bool json_close(struct json_reader *reader);

/* From within a key event: do not report the value of this key. It is still checked to be well-formed JSON, but not for
 * keys that stand twice. */
void json_skip(struct json_reader *reader);

/* From within an event: fill the reader's error with the place of that event. Returns false. */
bool json_fail(struct json_reader *reader, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Whether the top-level value is complete, and where the text after it starts: number of bytes of the chunk last fed
 * that belong to the document. What follows is not looked at. */
bool json_is_complete(const struct json_reader *reader, size_t *used);

/* Read a whole document that is in memory, such as a policy held in a string. */
bool json_read_all(struct arena *arena, const struct json_events *events, void *context, struct str text,
                   struct error *error);
#endif
