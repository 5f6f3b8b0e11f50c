/* JSON written as a stream. The first error sticks and is asked for once, at the end. */
#ifndef TFCHECK_JSON_JSON_WRITE_H
#define TFCHECK_JSON_JSON_WRITE_H
#include "base/str.h"
struct arena;
struct json_writer; /* opaque */

/* Where the text goes: returns false when it could not be taken. */
typedef bool json_sink(void *context, struct str text);

/* A writer in arena. indent is the spaces per level; 0 writes one line. */
struct json_writer *json_write_open(struct arena *arena, json_sink *sink, void *context, int indent);

/* The next member's key. Only inside an object, before each value. */
void json_write_key(struct json_writer *writer, const char *key);
void json_write_key_str(struct json_writer *writer, struct str key);

/* Values. Text that is not valid UTF-8 has its bad bytes replaced by U+FFFD. */
void json_write_null(struct json_writer *writer);
void json_write_bool(struct json_writer *writer, bool value);
void json_write_size(struct json_writer *writer, size_t value);
void json_write_number(struct json_writer *writer, struct str text); /* text is a valid JSON number */
void json_write_string(struct json_writer *writer, struct str text); /* no string at all is written as null */

/* Whether containers that are opened from now on stand on one line with all they hold. */
void json_write_flat(struct json_writer *writer, bool is_flat);

void json_write_open_object(struct json_writer *writer);
void json_write_close_object(struct json_writer *writer);
void json_write_open_array(struct json_writer *writer);
void json_write_close_array(struct json_writer *writer);

/* End the document with a line end. False if anything could not be written. */
bool json_write_close(struct json_writer *writer);
#endif
