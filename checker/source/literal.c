#include "source/literal.h"

#include "hcl/expression.h"
#include "hcl/hcl_lex.h"
#include "plan/tf_json.h"

enum { DEEPEST_LITERAL = 16 };

static struct value *read_scalar(struct arena *arena, struct str text)
{
    struct template template = { 0 };
    bool is_negative = text.n > 1 && text.p[0] == '-' && text.p[1] >= '0' && text.p[1] <= '9';
    if (!expression_read(arena, str_from_offset(text, is_negative), &template) || template.part_count != 1)
        return NULL;
    const struct expression *expression = &template.parts[0].expression;
    if (is_negative && expression->kind != EXPRESSION_NUMBER)
        return NULL;
    struct value *value = tf_json_scalar(arena, expression);
    if (is_negative)
        value->text = text;
    return value;
}

static bool is_one_of(const struct hcl_token *token, const char *signs)
{
    return token->kind == HCL_SIGN && token->text.n == 1 && strchr(signs, token->text.p[0]) != NULL;
}

struct str source_take_until(struct hcl_lexer *lexer, const char *signs, bool line_ends, struct hcl_token *end)
{
    size_t depth = 0;
    const char *start = NULL, *last = NULL;
    for (;;) {
        *end = hcl_lex(lexer);
        bool is_end = depth == 0 && (is_one_of(end, signs) || (line_ends && end->kind == HCL_NEWLINE));
        if (is_end || end->kind == HCL_END || end->kind == HCL_WRONG)
            break;
        if (is_one_of(end, "([{") || end->kind == HCL_OPEN_TEMPLATE || end->kind == HCL_OPEN_QUOTE)
            depth++;
        else if (is_one_of(end, ")]}") || end->kind == HCL_CLOSE_TEMPLATE || end->kind == HCL_CLOSE_QUOTE)
            depth--;
        if (end->kind == HCL_NEWLINE || end->kind == HCL_COMMENT)
            continue;
        if (start == NULL)
            start = end->text.p;
        last = end->text.p + end->text.n;
    }
    return (struct str){ start, start == NULL ? 0 : (size_t)(last - start) };
}

static struct value *read(struct arena *arena, struct str text, int depth);

static struct value *read_list(struct arena *arena, struct hcl_lexer *lexer, int depth)
{
    struct value *list = value_make(arena, VALUE_LIST);
    struct hcl_token end;
    do {
        struct str text = source_take_until(lexer, ",]", false, &end);
        struct value *item = text.n == 0 ? NULL : read(arena, text, depth);
        if (item == NULL && !(text.n == 0 && is_one_of(&end, "]")))
            return NULL;
        if (item != NULL)
            value_add(list, item);
    } while (is_one_of(&end, ","));
    return is_one_of(&end, "]") ? list : NULL;
}

/* The next KEY = EXPRESSION behind the lexer, which stands in an object. False at its end. *key is no string when it is no
 * name or literal string. */
static bool take_member(struct arena *arena, struct hcl_lexer *lexer, struct str *key, struct str *text,
                        struct hcl_token *end)
{
    *key = source_take_until(lexer, "=:}", false, end);
    if (is_one_of(end, "}") || end->kind == HCL_END || end->kind == HCL_WRONG)
        return false;
    bool is_quoted = key->n > 0 && key->p[0] == '"', is_name = key->n > 0 && strchr("(\"", key->p[0]) == NULL;
    const struct value *name = is_quoted ? read_scalar(arena, *key) : NULL;
    if (name != NULL)
        *key = name->text;
    else if (!is_name)
        *key = (struct str){ NULL, 0 };
    *text = source_take_until(lexer, ",}", true, end);
    return true;
}

static struct value *read_object(struct arena *arena, struct hcl_lexer *lexer, int depth)
{
    struct value *object = value_make(arena, VALUE_OBJECT);
    struct hcl_token end = { .kind = HCL_NEWLINE };
    struct str key = { NULL, 0 }, text;
    while (!is_one_of(&end, "}") && take_member(arena, lexer, &key, &text, &end)) {
        struct value *member = key.p == NULL || text.n == 0 ? NULL : read(arena, text, depth);
        if (member == NULL)
            return NULL;
        member->key = key;
        value_add(object, member);
        key = (struct str){ NULL, 0 };
    }
    return is_one_of(&end, "}") && key.n == 0 ? object : NULL;
}

void source_each_member(struct arena *arena, struct str text,
                        void (*visit)(void *context, struct str key, struct str expression), void *context)
{
    struct hcl_lexer lexer;
    struct str key, expression;
    hcl_lex_start(&lexer, text);
    struct hcl_token end = hcl_lex(&lexer);
    if (!is_one_of(&end, "{"))
        return;
    while (!is_one_of(&end, "}") && take_member(arena, &lexer, &key, &expression, &end))
        if (key.p != NULL && expression.n > 0)
            visit(context, key, expression);
}

/* The depth is bounded. */
static struct value *read(struct arena *arena, struct str text, int depth)
{
    struct hcl_lexer lexer;
    hcl_lex_start(&lexer, text);
    struct hcl_token first = hcl_lex(&lexer);
    if (depth == DEEPEST_LITERAL)
        return NULL;
    if (!is_one_of(&first, "[{"))
        return read_scalar(arena, text);
    struct value *value = is_one_of(&first, "[") ? read_list(arena, &lexer, depth + 1)
                                                 : read_object(arena, &lexer, depth + 1);
    return hcl_lex(&lexer).kind == HCL_END ? value : NULL;
}

struct value *source_read_literal(struct arena *arena, struct str text)
{
    return read(arena, text, 0);
}
