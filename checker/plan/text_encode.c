#include "plan/text_encode.h"

#include "base/arena.h"
#include "json/json_write.h"
#include "plan/text_value.h"

struct output {
    struct arena *arena;
    char *text;
    size_t n, capacity;
};

static bool append(void *context, struct str text)
{
    struct output *output = context;
    if (output->n + text.n > output->capacity) {
        output->capacity = 2 * (output->n + text.n) + 64;
        char *larger = arena_get_text(output->arena, output->capacity);
        if (output->n > 0)
            memcpy(larger, output->text, output->n);
        output->text = larger;
    }
    if (text.n > 0)
        memcpy(output->text + output->n, text.p, text.n);
    output->n += text.n;
    return true;
}

static void write_leaf(struct json_writer *writer, const struct value *value)
{
    switch (value->kind) {
    case VALUE_BOOL: json_write_bool(writer, value->truth); break;
    case VALUE_NUMBER: json_write_number(writer, value->text); break;
    case VALUE_STRING: json_write_string(writer, value->text); break;
    case VALUE_NULL:
    case VALUE_UNKNOWN:
    case VALUE_LIST:
    case VALUE_OBJECT: json_write_null(writer); break;
    }
}

static void open_container(struct json_writer *writer, const struct value *value)
{
    if (value->kind == VALUE_OBJECT)
        json_write_open_object(writer);
    else
        json_write_open_array(writer);
}

static void close_container(struct json_writer *writer, const struct value *value)
{
    if (value->kind == VALUE_OBJECT)
        json_write_close_object(writer);
    else
        json_write_close_array(writer);
}

/* The depth of value is that of the builder's frames. */
static void write_tree(struct json_writer *writer, const struct value *root)
{
    const struct value *open[TEXT_DEPTH_MAX + 1], *at[TEXT_DEPTH_MAX + 1];
    size_t depth = 0;
    const struct value *next = root;
    for (;;) {
        bool is_container = next->kind == VALUE_LIST || next->kind == VALUE_OBJECT;
        if (depth > 0 && open[depth - 1]->kind == VALUE_OBJECT)
            json_write_key_str(writer, next->key);
        if (is_container) {
            open_container(writer, next);
            open[depth] = next;
            at[depth++] = next->first;
        } else {
            write_leaf(writer, next);
        }
        while (depth > 0 && at[depth - 1] == NULL)
            close_container(writer, open[--depth]);
        if (depth == 0)
            return;
        next = at[depth - 1];
        at[depth - 1] = next->next;
    }
}

struct value *text_encode(struct arena *arena, const struct value *value)
{
    struct output output = { .arena = arena };
    if (value_has_unknown(value))
        return NULL;
    struct json_writer *writer = json_write_open(arena, append, &output, 0);
    write_tree(writer, value);
    json_write_close(writer);
    return value_make_string(arena, str_trim((struct str){ output.text, output.n }));
}

struct str text_join_lines(struct arena *arena, const struct value *list)
{
    size_t n = 0;
    for (const struct value *line = list->first; line != NULL; line = line->next)
        n += line->text.n + 1;
    char *out = arena_get_text(arena, n + 1);
    n = 0;
    for (const struct value *line = list->first; line != NULL; line = line->next) {
        if (line->text.n > 0)
            memcpy(out + n, line->text.p, line->text.n);
        n += line->text.n;
        out[n++] = '\n';
    }
    return (struct str){ out, n > 0 ? n - 1 : 0 };
}
