#include "report/member.h"

#include "json/json_write.h"

#include <inttypes.h>
#include <stdio.h>

void member_text(struct json_writer *writer, const char *key, struct str text)
{
    json_write_key(writer, key);
    json_write_string(writer, text);
}

void member_text_if_any(struct json_writer *writer, const char *key, struct str text)
{
    if (text.n > 0)
        member_text(writer, key, text);
}

void member_count(struct json_writer *writer, const char *key, size_t count)
{
    json_write_key(writer, key);
    json_write_size(writer, count);
}

void member_texts(struct json_writer *writer, const char *key, const struct str *texts, size_t count)
{
    member_open_array(writer, key);
    for (size_t i = 0; i < count; i++)
        json_write_string(writer, texts[i]);
    json_write_close_array(writer);
}

void member_fingerprint(struct json_writer *writer, const char *key, uint64_t fingerprint)
{
    char text[17];
    int n = snprintf(text, sizeof text, "%016" PRIx64, fingerprint);
    member_text(writer, key, (struct str){ text, (size_t)n });
}

void member_open_object(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    json_write_open_object(writer);
}

void member_open_array(struct json_writer *writer, const char *key)
{
    json_write_key(writer, key);
    json_write_open_array(writer);
}
