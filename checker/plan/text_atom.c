#include "plan/text_atom.h"

#include "base/arena.h"
#include "base/number.h"
#include "plan/text_encode.h"
#include "plan/text_line.h"

struct value *text_make_hidden(struct arena *arena, bool is_sensitive)
{
    struct value *value = value_make(arena, VALUE_UNKNOWN);
    value->is_hidden = true;
    value->sensitive = is_sensitive;
    return value;
}

bool text_take(struct str *rest, struct str word)
{
    if (!str_starts_with(*rest, word))
        return false;
    *rest = str_from_offset(*rest, word.n);
    return true;
}

/* Words in the place of a value. */
static struct value *take_word(struct arena *arena, struct str *rest)
{
    static const struct {
        struct str text;
        enum value_kind kind;
        bool truth, is_hidden, sensitive;
    } rows[] = {
        { STR_INIT("(known after apply)"), VALUE_UNKNOWN, false, false, false },
        { STR_INIT("(sensitive value)"), VALUE_UNKNOWN, false, true, true },
        { STR_INIT("(sensitive)"), VALUE_UNKNOWN, false, true, true },
        { STR_INIT("(write-only attribute)"), VALUE_NULL, false, false, false },
        { STR_INIT("(sensitive, write-only attribute)"), VALUE_NULL, false, false, true },
        { STR_INIT("null"), VALUE_NULL, false, false, false },
        { STR_INIT("true"), VALUE_BOOL, true, false, false },
        { STR_INIT("false"), VALUE_BOOL, false, false, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (!text_take(rest, rows[i].text))
            continue;
        struct value *value = value_make(arena, rows[i].kind);
        value->truth = rows[i].truth;
        value->is_hidden = rows[i].is_hidden;
        value->sensitive = rows[i].sensitive;
        return value;
    }
    return NULL;
}

static struct value *take_number(struct arena *arena, struct str *rest)
{
    size_t n = 0;
    while (n < rest->n && strchr("+-.0123456789eE", rest->p[n]) != NULL)
        n++;
    struct str text = str_part(*rest, 0, n);
    if (!number_is_valid(text))
        return NULL;
    struct value *value = value_make(arena, VALUE_NUMBER);
    value->text = arena_copy(arena, text);
    *rest = str_from_offset(*rest, n);
    return value;
}

static struct value *take_empty(struct arena *arena, struct str *rest)
{
    if (text_take(rest, STR("{}")))
        return value_make(arena, VALUE_OBJECT);
    return text_take(rest, STR("[]")) ? value_make(arena, VALUE_LIST) : NULL;
}

/* jsonencode({}) in one line. */
static struct value *take_encoded(struct arena *arena, struct str *rest)
{
    struct str inner = *rest;
    if (!text_take(&inner, STR("jsonencode(")))
        return NULL;
    struct value *value = take_empty(arena, &inner);
    if (value == NULL || !text_take(&inner, STR(")")))
        return NULL;
    *rest = inner;
    return text_encode(arena, value);
}

struct value *text_take_short(struct arena *arena, struct str *rest)
{
    struct str quoted = text_take_quoted(arena, rest);
    if (quoted.p != NULL)
        return value_make_string(arena, quoted);
    struct value *value = take_word(arena, rest);
    if (value == NULL)
        value = take_number(arena, rest);
    if (value == NULL)
        value = take_empty(arena, rest);
    return value == NULL ? take_encoded(arena, rest) : value;
}
