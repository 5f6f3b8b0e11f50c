#include "cli/value_text.h"

#include "base/arena.h"
#include "json/json_write.h"
#include "plan/value.h"

void value_text_write(struct json_writer *writer, const struct value *value)
{
    switch (value->kind) {
    case VALUE_BOOL: json_write_bool(writer, value->truth); break;
    case VALUE_NUMBER: json_write_number(writer, value->text); break;
    case VALUE_STRING: json_write_string(writer, value->text); break;
    case VALUE_LIST:
        json_write_open_array(writer);
        for (const struct value *item = value->first; item != NULL; item = item->next)
            value_text_write(writer, item);
        json_write_close_array(writer);
        break;
    case VALUE_OBJECT:
        json_write_open_object(writer);
        for (const struct value *member = value->first; member != NULL; member = member->next) {
            json_write_key_str(writer, member->key);
            value_text_write(writer, member);
        }
        json_write_close_object(writer);
        break;
    case VALUE_NULL:
    case VALUE_UNKNOWN: json_write_null(writer); break;
    }
}

struct line {
    struct arena *arena;
    struct str text;
};

static bool append(void *context, struct str part)
{
    struct line *line = context;
    line->text = arena_join(line->arena, (struct str[]){ line->text, part }, 2);
    return true;
}

struct str value_text(struct arena *arena, const struct value *value)
{
    struct line line = { arena, STR("") };
    struct json_writer *writer = json_write_open(arena, append, &line, 0);
    value_text_write(writer, value);
    json_write_close(writer);
    return str_trim(line.text);
}
