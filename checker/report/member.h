/* Members of JSON objects, for the formats that are JSON. */
#ifndef TFCHECK_REPORT_MEMBER_H
#define TFCHECK_REPORT_MEMBER_H
#include "base/str.h"
struct json_writer;

/* A string; no string at all is written as null. */
void member_text(struct json_writer *writer, const char *key, struct str text);

/* The same, but nothing is written when there is no text. */
void member_text_if_any(struct json_writer *writer, const char *key, struct str text);

void member_count(struct json_writer *writer, const char *key, size_t count);
void member_texts(struct json_writer *writer, const char *key, const struct str *texts, size_t count);

/* 16 hexadecimal digits. */
void member_fingerprint(struct json_writer *writer, const char *key, uint64_t fingerprint);

/* Open the object or array that is the member's value. */
void member_open_object(struct json_writer *writer, const char *key);
void member_open_array(struct json_writer *writer, const char *key);
#endif
