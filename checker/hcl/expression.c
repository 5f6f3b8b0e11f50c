#include "hcl/expression.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "hcl/expression_parser.h"

/* Deeper nesting than people write; it bounds the recursion. */
enum { DEPTH_MAX = 120 };

bool expression_fail(struct expression_parser *parser, size_t offset, const char *problem)
{
    if (parser->template->problem == NULL) {
        parser->template->problem = problem;
        parser->template->problem_offset = offset;
    }
    return false;
}

int expression_peek(const struct expression_parser *parser, size_t ahead)
{
    size_t at = parser->at + ahead;
    return at < parser->text.n ? (unsigned char)parser->text.p[at] : -1;
}

static void skip_line(struct expression_parser *parser)
{
    while (parser->at < parser->text.n && parser->text.p[parser->at] != '\n')
        parser->at++;
}

bool expression_skip_blanks(struct expression_parser *parser)
{
    bool has_line_end = false;
    for (;;) {
        int c = expression_peek(parser, 0), next = expression_peek(parser, 1);
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            has_line_end |= c == '\n';
            parser->at++;
        } else if (c == '#' || (c == '/' && next == '/')) {
            skip_line(parser);
        } else if (c == '/' && next == '*') {
            ptrdiff_t end = str_find(str_from_offset(parser->text, parser->at + 2), STR("*/"));
            parser->at = end < 0 ? parser->text.n : parser->at + (size_t)end + 4;
        } else {
            return has_line_end;
        }
    }
}

bool expression_is_name_start(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static struct str take_name(struct expression_parser *parser)
{
    size_t start = parser->at;
    while (expression_is_name_start(expression_peek(parser, 0)) || is_digit(expression_peek(parser, 0)) ||
           expression_peek(parser, 0) == '-')
        parser->at++;
    return str_part(parser->text, start, parser->at - start);
}

static struct str take_digits(struct expression_parser *parser)
{
    size_t start = parser->at;
    while (is_digit(expression_peek(parser, 0)))
        parser->at++;
    return str_part(parser->text, start, parser->at - start);
}

static bool takes(struct expression_parser *parser, const char *token)
{
    size_t n = strlen(token);
    if (parser->text.n - parser->at < n || memcmp(parser->text.p + parser->at, token, n) != 0)
        return false;
    parser->at += n;
    return true;
}

static bool expect(struct expression_parser *parser, const char *token, const char *problem)
{
    expression_skip_blanks(parser);
    return takes(parser, token) || expression_fail(parser, parser->at, problem);
}

static bool takes_word(struct expression_parser *parser, const char *word)
{
    size_t start = parser->at;
    if (str_equal(take_name(parser), str_from(word)))
        return true;
    parser->at = start;
    return false;
}

static bool is_bound(const struct expression_parser *parser, struct str name)
{
    for (size_t i = 0; i < parser->bound_count; i++)
        if (str_equal(parser->bound[i], name))
            return true;
    return false;
}

static void add_step(struct expression_parser *parser, struct reference *reference, size_t *capacity,
                     enum reference_step_kind kind, struct str text)
{
    if (reference == NULL)
        return;
    reference->steps = vec_grow(parser->arena, reference->steps, reference->count, capacity, sizeof *reference->steps);
    reference->steps[reference->count++] = (struct reference_step){ kind, text };
}

/* The brackets behind a term: a number, a key, or something to be evaluated. */
static bool parse_index(struct expression_parser *parser, enum reference_step_kind *kind, struct str *text)
{
    struct expression inner = { 0 };
    *kind = REFERENCE_OPEN;
    *text = (struct str){ NULL, 0 };
    expression_skip_blanks(parser);
    if (expression_peek(parser, 0) == '*') {
        parser->at++;
        return expect(parser, "]", "a closing bracket was expected");
    }
    if (!expression_parse(parser, &inner) || !expect(parser, "]", "a closing bracket was expected"))
        return false;
    if (inner.kind == EXPRESSION_NUMBER)
        *kind = REFERENCE_NUMBER;
    else if (inner.kind == EXPRESSION_STRING)
        *kind = REFERENCE_KEY;
    *text = inner.text;
    return true;
}

/* The steps behind a term. reference is NULL when the term is no name of something declared. */
static bool parse_steps(struct expression_parser *parser, struct reference *reference, size_t *end)
{
    size_t capacity = reference == NULL ? 0 : 1;
    bool is_open = false;
    for (;;) {
        enum reference_step_kind kind = REFERENCE_OPEN;
        struct str text = { NULL, 0 };
        size_t start = parser->at;
        int c = expression_peek(parser, 0), next = expression_peek(parser, 1);
        if (c == '.' && next != '.') {
            parser->at++;
            expression_skip_blanks(parser);
            if (expression_peek(parser, 0) == '*') {
                parser->at++;
            } else if (is_digit(expression_peek(parser, 0))) {
                kind = REFERENCE_NUMBER;
                text = take_digits(parser);
            } else if (expression_is_name_start(expression_peek(parser, 0))) {
                kind = REFERENCE_NAME;
                text = take_name(parser);
            } else {
                return expression_fail(parser, start, "an attribute name was expected after the dot");
            }
        } else if (c == '[') {
            parser->at++;
            if (!parse_index(parser, &kind, &text))
                return false;
        } else {
            return true;
        }
        add_step(parser, reference, &capacity, kind, text);
        is_open |= kind == REFERENCE_OPEN;
        if (!is_open)
            *end = parser->at;
    }
}

static bool parse_reference(struct expression_parser *parser, size_t start, struct str name,
                            struct expression *expression)
{
    struct template *template = parser->template;
    size_t end = parser->at;
    if (is_bound(parser, name))
        return parse_steps(parser, NULL, &end);
    struct reference *reference = arena_get(parser->arena, sizeof *reference);
    reference->steps = arena_get(parser->arena, sizeof *reference->steps);
    reference->steps[0] = (struct reference_step){ REFERENCE_NAME, name };
    reference->count = 1;
    reference->offset = start;
    if (!parse_steps(parser, reference, &end))
        return false;
    reference->text = str_part(parser->text, start, end - start);
    template->references = vec_grow(parser->arena, template->references, template->reference_count,
                                    &template->reference_capacity, sizeof(struct reference *));
    template->references[template->reference_count++] = reference;
    *expression = (struct expression){ .kind = EXPRESSION_REFERENCE, .reference = reference };
    return true;
}

/* Expressions with commas, up to the closing token; a last comma or three dots may stand before it. *first gets the
 * first. */
static bool parse_items(struct expression_parser *parser, const char *close, struct expression *first)
{
    struct expression item;
    *first = (struct expression){ .kind = EXPRESSION_OTHER };
    for (bool is_first = true;; is_first = false) {
        expression_skip_blanks(parser);
        if (takes(parser, close))
            return true;
        if (!expression_parse(parser, &item))
            return false;
        if (is_first)
            *first = item;
        expression_skip_blanks(parser);
        takes(parser, "...");
        expression_skip_blanks(parser);
        if (takes(parser, close))
            return true;
        if (!expect(parser, ",", "a comma or a closing bracket was expected"))
            return false;
    }
}

static bool parse_call(struct expression_parser *parser, struct str name)
{
    struct template *template = parser->template;
    struct expression first;
    size_t number = template->call_count++;
    template->calls =
        vec_grow(parser->arena, template->calls, number, &template->call_capacity, sizeof *template->calls);
    template->calls[number] = (struct template_call){ .name = name };
    if (!parse_items(parser, ")", &first))
        return false;
    if (first.kind == EXPRESSION_STRING)
        template->calls[number].argument = first.text;
    return true;
}

static bool bind(struct expression_parser *parser)
{
    expression_skip_blanks(parser);
    struct str name = take_name(parser);
    if (name.n == 0 || parser->bound_count == sizeof parser->bound / sizeof parser->bound[0])
        return expression_fail(parser, parser->at, "a name was expected after for");
    parser->bound[parser->bound_count++] = name;
    return true;
}

/* What follows the word for: names, in, a collection. The names stay bound. */
static bool parse_for_head(struct expression_parser *parser)
{
    struct expression inner;
    size_t outer = parser->bound_count;
    if (!bind(parser))
        return false;
    expression_skip_blanks(parser);
    if (takes(parser, ",") && !bind(parser))
        return false;
    expression_skip_blanks(parser);
    if (!takes_word(parser, "in"))
        return expression_fail(parser, parser->at, "the word in was expected");
    size_t inside = parser->bound_count; /* the collection does not see them */
    parser->bound_count = outer;
    bool is_good = expression_parse(parser, &inner);
    parser->bound_count = inside;
    return is_good;
}

static bool parse_for(struct expression_parser *parser, const char *close)
{
    struct expression inner;
    size_t outer = parser->bound_count;
    bool is_good = parse_for_head(parser) && expect(parser, ":", "a colon was expected") &&
                   expression_parse(parser, &inner);
    expression_skip_blanks(parser);
    if (is_good && takes(parser, "=>"))
        is_good = expression_parse(parser, &inner);
    expression_skip_blanks(parser);
    if (is_good)
        takes(parser, "...");
    expression_skip_blanks(parser);
    if (is_good && takes_word(parser, "if"))
        is_good = expression_parse(parser, &inner);
    is_good = is_good && expect(parser, close, "a closing bracket was expected");
    parser->bound_count = outer;
    return is_good;
}

/* A member's key: a bare name is the key itself. */
static bool parse_key(struct expression_parser *parser)
{
    struct expression key;
    size_t start = parser->at;
    if (expression_is_name_start(expression_peek(parser, 0))) {
        take_name(parser);
        expression_skip_blanks(parser);
        int c = expression_peek(parser, 0), next = expression_peek(parser, 1);
        if (c == ':' || (c == '=' && next != '='))
            return true;
        parser->at = start;
    }
    return expression_parse(parser, &key);
}

static bool parse_object(struct expression_parser *parser)
{
    struct expression value;
    for (;;) {
        expression_skip_blanks(parser);
        if (takes(parser, "}"))
            return true;
        if (!parse_key(parser))
            return false;
        expression_skip_blanks(parser);
        if (!takes(parser, "=") && !takes(parser, ":"))
            return expression_fail(parser, parser->at, "an equals sign or a colon was expected");
        if (!expression_parse(parser, &value))
            return false;
        bool has_line_end = expression_skip_blanks(parser);
        if (takes(parser, "}"))
            return true;
        if (!takes(parser, ",") && !has_line_end)
            return expression_fail(parser, parser->at, "a comma or a closing brace was expected");
    }
}

static bool parse_number(struct expression_parser *parser, struct expression *expression)
{
    size_t start = parser->at;
    take_digits(parser);
    if (expression_peek(parser, 0) == '.' && is_digit(expression_peek(parser, 1))) {
        parser->at++;
        take_digits(parser);
    }
    int c = expression_peek(parser, 0), next = expression_peek(parser, 1);
    bool is_signed = next == '+' || next == '-';
    if ((c == 'e' || c == 'E') && is_digit(is_signed ? expression_peek(parser, 2) : next)) {
        parser->at += is_signed ? 2 : 1;
        take_digits(parser);
    }
    *expression = (struct expression){ EXPRESSION_NUMBER, str_part(parser->text, start, parser->at - start), NULL };
    return true;
}

static bool parse_named(struct expression_parser *parser, struct expression *expression, bool *is_whole)
{
    size_t start = parser->at;
    struct str name = take_name(parser);
    while (takes(parser, "::"))
        take_name(parser);
    name = str_part(parser->text, start, parser->at - start);
    if (takes(parser, "("))
        return parse_call(parser, name);
    bool is_bool = str_equal(name, STR("true")) || str_equal(name, STR("false"));
    if (is_bool || str_equal(name, STR("null"))) {
        *expression = (struct expression){ is_bool ? EXPRESSION_BOOL : EXPRESSION_NULL, name, NULL };
        return true;
    }
    *is_whole = true; /* its steps have been read with it */
    return parse_reference(parser, start, name, expression);
}

static bool parse_term(struct expression_parser *parser, struct expression *expression)
{
    size_t end, start = parser->at;
    int c = expression_peek(parser, 0);
    bool is_good, is_whole = false;
    struct expression item;
    if (is_digit(c))
        is_good = parse_number(parser, expression);
    else if (expression_is_name_start(c))
        is_good = parse_named(parser, expression, &is_whole);
    else if (takes(parser, "\""))
        is_good = expression_parse_quoted(parser, expression);
    else if (takes(parser, "<<"))
        is_good = expression_parse_heredoc(parser);
    else if (takes(parser, "("))
        is_good = expression_parse(parser, expression) && expect(parser, ")", "a closing parenthesis was expected");
    else if (takes(parser, "[")) {
        expression_skip_blanks(parser);
        is_good = takes_word(parser, "for") ? parse_for(parser, "]") : parse_items(parser, "]", &item);
    } else if (takes(parser, "{")) {
        expression_skip_blanks(parser);
        is_good = takes_word(parser, "for") ? parse_for(parser, "}") : parse_object(parser);
    } else {
        return expression_fail(parser, start, "an expression was expected");
    }
    if (!is_good || is_whole)
        return is_good;
    size_t before = parser->at;
    is_good = parse_steps(parser, NULL, &end);
    if (parser->at != before)
        *expression = (struct expression){ .kind = EXPRESSION_OTHER };
    return is_good;
}

static bool takes_operator(struct expression_parser *parser)
{
    static const char *const operators[] = { "==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%" };
    if (expression_peek(parser, 0) == '%' && expression_peek(parser, 1) == '{')
        return false;
    for (size_t i = 0; i < sizeof operators / sizeof operators[0]; i++)
        if (takes(parser, operators[i]))
            return true;
    return false;
}

static bool parse_operation(struct expression_parser *parser, struct expression *expression)
{
    bool is_operation = false;
    for (;;) {
        expression_skip_blanks(parser);
        while (expression_peek(parser, 0) == '!' || expression_peek(parser, 0) == '-') {
            parser->at++;
            is_operation = true;
            expression_skip_blanks(parser);
        }
        if (!parse_term(parser, expression))
            return false;
        size_t end = parser->at;
        expression_skip_blanks(parser);
        if (!takes_operator(parser)) {
            parser->at = end;
            if (is_operation)
                *expression = (struct expression){ .kind = EXPRESSION_OTHER };
            return true;
        }
        is_operation = true;
    }
}

bool expression_parse(struct expression_parser *parser, struct expression *expression)
{
    *expression = (struct expression){ .kind = EXPRESSION_OTHER };
    if (parser->depth == DEPTH_MAX)
        return expression_fail(parser, parser->at, "the expression is nested too deep");
    parser->depth++;
    bool is_good = parse_operation(parser, expression);
    size_t end = parser->at;
    expression_skip_blanks(parser);
    if (is_good && takes(parser, "?")) {
        struct expression branch;
        is_good = expression_parse(parser, &branch) && expect(parser, ":", "a colon was expected") &&
                  expression_parse(parser, &branch);
        *expression = (struct expression){ .kind = EXPRESSION_OTHER };
    } else {
        parser->at = end;
    }
    parser->depth--;
    return is_good;
}

bool expression_parse_for_head(struct expression_parser *parser)
{
    return parse_for_head(parser);
}

bool expression_takes_word(struct expression_parser *parser, const char *word)
{
    return takes_word(parser, word);
}

bool expression_read(struct arena *arena, struct str text, struct template *template)
{
    *template = (struct template){ 0 };
    struct expression_parser parser = { .arena = arena, .text = text, .template = template };
    struct template_part part = { 0 };
    bool is_good = expression_parse(&parser, &part.expression);
    expression_skip_blanks(&parser);
    if (is_good && parser.at < text.n)
        is_good = expression_fail(&parser, parser.at, "there is more behind the end of the expression");
    template->parts = arena_get(arena, sizeof part);
    template->parts[0] = part;
    template->part_count = 1;
    return is_good;
}
