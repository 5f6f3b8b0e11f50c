#include "hcl/hcl_lex.h"

static int peek(const struct hcl_lexer *lexer, size_t ahead)
{
    size_t at = lexer->offset + ahead;
    return at < lexer->text.n ? (unsigned char)lexer->text.p[at] : -1;
}

void hcl_lex_restart(struct hcl_lexer *lexer, size_t offset, size_t line)
{
    lexer->offset = lexer->line_start = offset;
    lexer->line = line;
    lexer->depth = 1;
    lexer->stack[0] = (struct hcl_surroundings){ .kind = HCL_IN_CODE };
}

void hcl_lex_start(struct hcl_lexer *lexer, struct str text)
{
    lexer->text = text;
    hcl_lex_restart(lexer, 0, 1);
    if (str_starts_with(text, STR("\xEF\xBB\xBF")))
        lexer->offset = lexer->line_start = 3;
}

/* The token of the next n bytes, which are passed. */
static struct hcl_token take(struct hcl_lexer *lexer, enum hcl_token_kind kind, size_t n)
{
    struct hcl_token token = { kind, str_part(lexer->text, lexer->offset, n), lexer->line,
                               lexer->offset - lexer->line_start + 1 };
    for (size_t i = 0; i < token.text.n; i++) {
        if (token.text.p[i] == '\n') {
            lexer->line++;
            lexer->line_start = lexer->offset + i + 1;
        }
    }
    lexer->offset += token.text.n;
    return token;
}

static bool push(struct hcl_lexer *lexer, struct hcl_surroundings surroundings)
{
    if (lexer->depth == HCL_TEMPLATES_MAX)
        return false;
    lexer->stack[lexer->depth++] = surroundings;
    return true;
}

static bool begins_name(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static size_t name_length(const struct hcl_lexer *lexer, size_t from)
{
    size_t n = from;
    if (!begins_name(peek(lexer, n)))
        return 0;
    while (begins_name(peek(lexer, n)) || is_digit(peek(lexer, n)) || peek(lexer, n) == '-')
        n++;
    return n - from;
}

static size_t number_length(const struct hcl_lexer *lexer)
{
    size_t n = 0;
    while (is_digit(peek(lexer, n)))
        n++;
    if (peek(lexer, n) == '.' && is_digit(peek(lexer, n + 1)))
        for (n++; is_digit(peek(lexer, n));)
            n++;
    size_t sign = peek(lexer, n + 1) == '+' || peek(lexer, n + 1) == '-';
    if ((peek(lexer, n) == 'e' || peek(lexer, n) == 'E') && is_digit(peek(lexer, n + 1 + sign)))
        for (n += 1 + sign; is_digit(peek(lexer, n));)
            n++;
    return n;
}

static size_t line_length(const struct hcl_lexer *lexer)
{
    ptrdiff_t end = str_find_byte(str_from_offset(lexer->text, lexer->offset), '\n');
    return end < 0 ? lexer->text.n - lexer->offset : (size_t)end;
}

static struct hcl_token take_block_comment(struct hcl_lexer *lexer)
{
    struct str rest = str_from_offset(lexer->text, lexer->offset + 2);
    ptrdiff_t end = str_find(rest, STR("*/"));
    return take(lexer, end < 0 ? HCL_WRONG : HCL_COMMENT, end < 0 ? rest.n + 2 : (size_t)end + 4);
}

/* <<WORD or <<-WORD at the end of a line; anything else that begins with < is a sign. */
static bool begins_heredoc(const struct hcl_lexer *lexer, struct str *word, size_t *n)
{
    size_t start = peek(lexer, 2) == '-' ? 3 : 2;
    size_t length = name_length(lexer, start);
    size_t end = start + length + (peek(lexer, start + length) == '\r');
    if (peek(lexer, 0) != '<' || peek(lexer, 1) != '<' || length == 0 || peek(lexer, end) != '\n')
        return false;
    *word = str_part(lexer->text, lexer->offset + start, length);
    *n = end + 1;
    return true;
}

static size_t sign_length(const struct hcl_lexer *lexer)
{
    static const struct str longer[] = { STR_INIT("..."), STR_INIT("=="), STR_INIT("=>"), STR_INIT("!="), STR_INIT("<="),
                                         STR_INIT(">="),  STR_INIT("&&"), STR_INIT("||"), STR_INIT("::") };
    struct str rest = str_from_offset(lexer->text, lexer->offset);
    for (size_t i = 0; i < sizeof longer / sizeof longer[0]; i++)
        if (str_starts_with(rest, longer[i]))
            return longer[i].n;
    return 1;
}

static bool is_sign(int c)
{
    return c > 0 && strchr("{}[]()=.,:?!<>+-*/%&|", c) != NULL;
}

static struct hcl_token lex_code(struct hcl_lexer *lexer)
{
    while (peek(lexer, 0) == ' ' || peek(lexer, 0) == '\t' || (peek(lexer, 0) == '\r' && peek(lexer, 1) == '\n'))
        lexer->offset++;
    struct hcl_surroundings *code = &lexer->stack[lexer->depth - 1];
    int c = peek(lexer, 0);
    struct str word;
    size_t n = name_length(lexer, 0);
    if (c < 0)
        return take(lexer, HCL_END, 0);
    if (c == '\n')
        return take(lexer, HCL_NEWLINE, 1);
    if (c == '#' || (c == '/' && peek(lexer, 1) == '/'))
        return take(lexer, HCL_COMMENT, line_length(lexer));
    if (c == '/' && peek(lexer, 1) == '*')
        return take_block_comment(lexer);
    if (n > 0)
        return take(lexer, HCL_NAME, n);
    if (is_digit(c))
        return take(lexer, HCL_NUMBER, number_length(lexer));
    if (c == '"')
        return take(lexer, push(lexer, (struct hcl_surroundings){ .kind = HCL_IN_QUOTE }) ? HCL_OPEN_QUOTE : HCL_WRONG, 1);
    if (begins_heredoc(lexer, &word, &n))
        return take(lexer, push(lexer, (struct hcl_surroundings){ .kind = HCL_IN_HEREDOC, .word = word }) ? HCL_OPEN_HEREDOC
                                                                                                     : HCL_WRONG, n);
    size_t tilde = c == '~' && peek(lexer, 1) == '}';
    if ((c == '}' || tilde > 0) && code->braces == 0 && lexer->depth > 1) {
        lexer->depth--;
        return take(lexer, HCL_CLOSE_TEMPLATE, 1 + tilde);
    }
    if (!is_sign(c))
        return take(lexer, HCL_WRONG, 1);
    if (c == '{')
        code->braces++;
    else if (c == '}' && code->braces > 0)
        code->braces--;
    return take(lexer, HCL_SIGN, sign_length(lexer));
}

/* Whether ${ or %{ stands at offset bytes from here. Doubled, $${ is text. */
static bool begins_template(const struct hcl_lexer *lexer, size_t ahead)
{
    int c = peek(lexer, ahead);
    return (c == '$' || c == '%') && peek(lexer, ahead + 1) == '{';
}

static bool is_doubled(const struct hcl_lexer *lexer, size_t ahead)
{
    int c = peek(lexer, ahead);
    return (c == '$' || c == '%') && peek(lexer, ahead + 1) == c && peek(lexer, ahead + 2) == '{';
}

static struct hcl_token open_template(struct hcl_lexer *lexer)
{
    bool fits = push(lexer, (struct hcl_surroundings){ .kind = HCL_IN_CODE });
    return take(lexer, fits ? HCL_OPEN_TEMPLATE : HCL_WRONG, peek(lexer, 2) == '~' ? 3 : 2);
}

static struct hcl_token lex_quote(struct hcl_lexer *lexer)
{
    size_t n = 0;
    if (begins_template(lexer, 0))
        return open_template(lexer);
    while (peek(lexer, n) >= 0 && peek(lexer, n) != '"' && peek(lexer, n) != '\n' && !begins_template(lexer, n)) {
        bool is_escape = peek(lexer, n) == '\\' && peek(lexer, n + 1) >= 0 && peek(lexer, n + 1) != '\n';
        n += is_doubled(lexer, n) ? 3 : is_escape ? 2 : 1;
    }
    if (n > 0)
        return take(lexer, HCL_TEXT, n);
    lexer->depth--;
    bool is_closed = peek(lexer, 0) == '"';
    return take(lexer, is_closed ? HCL_CLOSE_QUOTE : HCL_WRONG, is_closed);
}

/* Whether the line that begins at offset bytes from here holds nothing but word. *n is its length without line end. */
static bool is_end_of_heredoc(const struct hcl_lexer *lexer, size_t ahead, struct str word, size_t *n)
{
    struct str rest = str_from_offset(lexer->text, lexer->offset + ahead);
    ptrdiff_t end = str_find_byte(rest, '\n');
    struct str line = str_part(rest, 0, end < 0 ? rest.n : (size_t)end);
    *n = line.n;
    return str_equal(str_trim(line), word);
}

static struct hcl_token lex_heredoc(struct hcl_lexer *lexer)
{
    struct str word = lexer->stack[lexer->depth - 1].word;
    size_t n = 0, length;
    bool is_line_start = lexer->offset == lexer->line_start;
    if (begins_template(lexer, 0))
        return open_template(lexer);
    while (peek(lexer, n) >= 0 && !begins_template(lexer, n)) {
        if (is_line_start && is_end_of_heredoc(lexer, n, word, &length)) {
            if (n > 0)
                break;
            lexer->depth--;
            return take(lexer, HCL_CLOSE_HEREDOC, length);
        }
        is_line_start = peek(lexer, n) == '\n';
        n += is_doubled(lexer, n) ? 3 : 1;
    }
    if (n > 0)
        return take(lexer, HCL_TEXT, n);
    lexer->depth--;
    return take(lexer, HCL_WRONG, 0);
}

struct hcl_token hcl_lex(struct hcl_lexer *lexer)
{
    switch (lexer->stack[lexer->depth - 1].kind) {
    case HCL_IN_QUOTE: return lex_quote(lexer);
    case HCL_IN_HEREDOC: return lex_heredoc(lexer);
    case HCL_IN_CODE: break;
    }
    return lex_code(lexer);
}
