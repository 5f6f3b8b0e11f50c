#include "base/arena.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "hcl/expression_parser.h"

/* Literal text that is being collected. */
struct literal {
    struct arena *arena;
    char *p;
    size_t n, room;
};

static char *get_room(struct literal *literal, size_t n)
{
    if (literal->room - literal->n < n) {
        literal->room = literal->room * 2 + 32;
        char *larger = arena_get_text(literal->arena, literal->room);
        if (literal->n > 0)
            memcpy(larger, literal->p, literal->n);
        literal->p = larger;
    }
    return literal->p + literal->n;
}

static void add_byte(struct literal *literal, int c)
{
    *get_room(literal, 1) = (char)c;
    literal->n++;
}

static int hex_digit(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The digits of \u or \U. */
static bool take_code(struct expression_parser *parser, int digits, struct literal *literal)
{
    uint32_t code = 0;
    for (int i = 0; i < digits; i++) {
        int digit = hex_digit(expression_peek(parser, 0));
        if (digit < 0 || code > 0x10ffff)
            return expression_fail(parser, parser->at, "the escape sequence is not a character");
        code = code * 16 + (uint32_t)digit;
        parser->at++;
    }
    if (code > 0x10ffff)
        return expression_fail(parser, parser->at, "the escape sequence is not a character");
    literal->n += utf8_encode(code, get_room(literal, 4));
    return true;
}

static bool take_escape(struct expression_parser *parser, struct literal *literal)
{
    static const char letters[] = "nrt\"\\", values[] = "\n\r\t\"\\";
    int c = expression_peek(parser, 1);
    const char *letter = c <= 0 ? NULL : strchr(letters, c);
    if (letter != NULL) {
        add_byte(literal, values[letter - letters]);
        parser->at += 2;
        return true;
    }
    if (c != 'u' && c != 'U')
        return expression_fail(parser, parser->at, "there is no such escape sequence");
    parser->at += 2;
    return take_code(parser, c == 'u' ? 4 : 8, literal);
}

static void add_part(struct expression_parser *parser, struct template_part part)
{
    struct template *template = parser->template;
    template->parts = vec_grow(parser->arena, template->parts, template->part_count, &template->part_capacity,
                               sizeof part);
    template->parts[template->part_count++] = part;
}

static bool close_sequence(struct expression_parser *parser, const char *problem)
{
    expression_skip_blanks(parser);
    if (expression_peek(parser, 0) == '~' && expression_peek(parser, 1) == '}')
        parser->at++;
    if (expression_peek(parser, 0) != '}')
        return expression_fail(parser, parser->at, problem);
    parser->at++;
    return true;
}

/* Directives are read for their references; which of their branches is taken cannot be told. */
static bool parse_directive(struct expression_parser *parser)
{
    struct expression ignored;
    bool is_good = true;
    expression_skip_blanks(parser);
    if (expression_takes_word(parser, "if")) {
        is_good = expression_parse(parser, &ignored);
    } else if (expression_takes_word(parser, "for")) {
        is_good = expression_parse_for_head(parser);
    } else if (expression_takes_word(parser, "endfor")) {
        parser->bound_count = 0;
    } else if (!expression_takes_word(parser, "else") && !expression_takes_word(parser, "endif")) {
        return expression_fail(parser, parser->at, "if, else, endif, for or endfor was expected");
    }
    return is_good && close_sequence(parser, "a closing brace was expected behind the template directive");
}

static bool parse_sequence(struct expression_parser *parser, struct expression *expression)
{
    bool is_directive = expression_peek(parser, 0) == '%';
    parser->at += 2;
    if (expression_peek(parser, 0) == '~')
        parser->at++;
    if (is_directive)
        return parse_directive(parser);
    return expression_parse(parser, expression) &&
           close_sequence(parser,
                          "there are extra characters after the interpolation expression; write $${ for a literal ${");
}

static void end_literal(struct expression_parser *parser, struct literal *literal, bool keeps_parts)
{
    if (keeps_parts && literal->n > 0)
        add_part(parser, (struct template_part){ .literal = { literal->p, literal->n } });
    *literal = (struct literal){ .arena = parser->arena };
}

/* Read up to the closing quote, or to the end of the text without one. *is_plain: there was no interpolation. */
static bool parse_template(struct expression_parser *parser, bool is_quoted, bool keeps_parts, struct str *plain,
                           bool *is_plain)
{
    struct literal literal = { .arena = parser->arena };
    size_t opened = parser->at;
    *is_plain = true;
    for (;;) {
        int c = expression_peek(parser, 0), next = expression_peek(parser, 1);
        if (c < 0 && is_quoted)
            return expression_fail(parser, opened, "the string is not closed");
        if (c < 0 || (is_quoted && c == '"')) {
            parser->at += c >= 0;
            *plain = literal.n == 0 ? STR("") : (struct str){ literal.p, literal.n };
            end_literal(parser, &literal, keeps_parts);
            return true;
        }
        bool is_mark = c == '$' || c == '%';
        if (is_mark && next == c && expression_peek(parser, 2) == '{') {
            add_byte(&literal, c);
            add_byte(&literal, '{');
            parser->at += 3;
        } else if (is_mark && next == '{') {
            struct expression expression = { 0 };
            *is_plain = false;
            end_literal(parser, &literal, keeps_parts);
            if (!parse_sequence(parser, &expression))
                return false;
            if (keeps_parts)
                add_part(parser, (struct template_part){ .expression = expression });
        } else if (is_quoted && c == '\\') {
            if (!take_escape(parser, &literal))
                return false;
        } else {
            add_byte(&literal, c);
            parser->at++;
        }
    }
}

bool expression_parse_quoted(struct expression_parser *parser, struct expression *expression)
{
    struct str plain = { NULL, 0 };
    bool is_plain = false;
    if (!parse_template(parser, true, false, &plain, &is_plain))
        return false;
    *expression = (struct expression){ .kind = EXPRESSION_OTHER };
    if (is_plain)
        *expression = (struct expression){ EXPRESSION_STRING, plain, NULL };
    return true;
}

/* The line that ends a here document has only its marker, and blanks before it. Returns the offset of that line, or of
 * the end of the text, and moves *after behind the marker. */
static size_t find_heredoc_end(const struct expression_parser *parser, struct str marker, size_t *after)
{
    size_t line = parser->at;
    while (line < parser->text.n) {
        ptrdiff_t end = str_find_byte(str_from_offset(parser->text, line), '\n');
        size_t next = end < 0 ? parser->text.n : line + (size_t)end + 1;
        struct str text = str_part(parser->text, line, next - line);
        if (str_equal(str_trim(text), marker)) {
            *after = line + (size_t)str_find(text, marker) + marker.n;
            return line;
        }
        line = next;
    }
    *after = parser->text.n;
    return line;
}

bool expression_parse_heredoc(struct expression_parser *parser)
{
    size_t start = parser->at + (expression_peek(parser, 0) == '-');
    ptrdiff_t end = str_find_byte(str_from_offset(parser->text, start), '\n');
    if (end < 0)
        return expression_fail(parser, parser->at, "the here document is not closed");
    struct str marker = str_trim(str_part(parser->text, start, (size_t)end));
    parser->at = start + (size_t)end + 1;
    size_t after, last = find_heredoc_end(parser, marker, &after);
    struct expression_parser inner = *parser;
    struct str plain;
    bool is_plain;
    inner.text = str_part(parser->text, 0, last);
    bool is_good = parse_template(&inner, false, false, &plain, &is_plain);
    parser->at = after;
    return is_good;
}

bool template_is_needed(struct str text)
{
    for (size_t i = 0; i + 1 < text.n; i++)
        if ((text.p[i] == '$' || text.p[i] == '%') && text.p[i + 1] == '{')
            return true;
    return false;
}

bool template_read(struct arena *arena, struct str text, struct template *template)
{
    *template = (struct template){ 0 };
    struct expression_parser parser = { .arena = arena, .text = text, .template = template };
    struct str plain;
    bool is_plain;
    return parse_template(&parser, false, true, &plain, &is_plain);
}
