#include "hcl/hcl_read.h"

#include "base/arena.h"
#include "base/vec.h"
#include "hcl/hcl_lex.h"

struct reading {
    struct arena *arena;
    struct hcl_lexer lexer;
    struct hcl_token token; /* the one that is looked at */
    struct hcl_file *file;
    struct hcl_block *block; /* the innermost open one */
    size_t depth;
    struct hcl_comment *last_comment;
    struct hcl_complaint *last_complaint;
    size_t end_line; /* of the last token that was passed */
};

static struct str without_marks(struct str text)
{
    if (str_starts_with(text, STR("/*")))
        return str_trim(str_part(text, 2, text.n - 4));
    return str_trim(str_from_offset(text, text.p[0] == '#' ? 1 : 2));
}

static size_t end_of(const struct hcl_token *token)
{
    size_t line = token->line;
    for (size_t i = 0; i + 1 < token->text.n; i++)
        line += token->text.p[i] == '\n';
    return line;
}

static void add_comment(struct reading *reading, const struct hcl_token *token)
{
    struct hcl_comment *comment = arena_get(reading->arena, sizeof *comment);
    *comment = (struct hcl_comment){ .text = without_marks(token->text), .line = token->line, .column = token->column,
                                     .end_line = end_of(token), .inside = reading->block };
    if (reading->last_comment == NULL)
        reading->file->comments = comment;
    else
        reading->last_comment->next = comment;
    reading->last_comment = comment;
}

/* Go on to the next token that is no comment. */
static void advance(struct reading *reading)
{
    if (reading->token.kind != HCL_NEWLINE)
        reading->end_line = end_of(&reading->token);
    do {
        reading->token = hcl_lex(&reading->lexer);
        if (reading->token.kind == HCL_COMMENT)
            add_comment(reading, &reading->token);
    } while (reading->token.kind == HCL_COMMENT);
}

static bool is_sign(const struct reading *reading, char sign)
{
    return reading->token.kind == HCL_SIGN && reading->token.text.n == 1 && reading->token.text.p[0] == sign;
}

static void complain(struct reading *reading, const char *text)
{
    struct hcl_complaint *complaint = arena_get(reading->arena, sizeof *complaint);
    *complaint = (struct hcl_complaint){ .line = reading->token.line, .column = reading->token.column, .text = text };
    if (reading->last_complaint == NULL)
        reading->file->complaints = complaint;
    else
        reading->last_complaint->next = complaint;
    reading->last_complaint = complaint;
}

static void close_block(struct reading *reading)
{
    reading->block->end_line = reading->token.line;
    reading->block = reading->block->parent;
    reading->depth--;
}

/* Whether line looks like the head of a block: two words or more, or one, and a brace. */
static bool is_block_head(struct str line)
{
    bool is_letter = line.n > 0 && ((line.p[0] >= 'a' && line.p[0] <= 'z') || line.p[0] == '_');
    ptrdiff_t brace = str_find_byte(line, '{'), sign = str_find_byte(line, '=');
    return is_letter && brace > 0 && (sign < 0 || brace < sign);
}

/* Close everything and go on at the next line, behind the token, that is the head of a block in the first column. */
static void recover(struct reading *reading)
{
    size_t offset = reading->lexer.offset, line = reading->lexer.line;
    struct str text = reading->lexer.text;
    while (offset < text.n) {
        ptrdiff_t end = str_find_byte(str_from_offset(text, offset), '\n');
        offset = end < 0 ? text.n : offset + (size_t)end + 1;
        line += end >= 0;
        struct str rest = str_from_offset(text, offset);
        end = str_find_byte(rest, '\n');
        if (is_block_head(str_part(rest, 0, end < 0 ? rest.n : (size_t)end)))
            break;
    }
    while (reading->depth > 0)
        close_block(reading);
    hcl_lex_restart(&reading->lexer, offset, line);
    advance(reading);
}

static void fail(struct reading *reading, const char *text)
{
    complain(reading, text);
    recover(reading);
}

/* Whether the expression ends at the token, with this many brackets open in it. */
static bool ends_expression(const struct reading *reading, size_t brackets, size_t templates)
{
    enum hcl_token_kind kind = reading->token.kind;
    if (kind == HCL_END || kind == HCL_WRONG)
        return true;
    return brackets == 0 && templates == 0 && (kind == HCL_NEWLINE || is_sign(reading, '}'));
}

static void read_attribute(struct reading *reading, const struct hcl_token *name)
{
    struct hcl_attribute *attribute = arena_get(reading->arena, sizeof *attribute);
    size_t brackets = 0, templates = 0;
    advance(reading);
    *attribute = (struct hcl_attribute){ .name = name->text, .line = name->line, .column = name->column,
                                         .expression_line = reading->token.line,
                                         .expression_column = reading->token.column };
    const char *start = reading->token.text.p, *end = start;
    while (!ends_expression(reading, brackets, templates)) {
        if (reading->token.kind == HCL_SIGN && strchr("([{", reading->token.text.p[0]) != NULL)
            brackets++;
        else if (reading->token.kind == HCL_SIGN && strchr(")]}", reading->token.text.p[0]) != NULL && brackets > 0)
            brackets--;
        else if (reading->token.kind == HCL_OPEN_TEMPLATE)
            templates++;
        else if (reading->token.kind == HCL_CLOSE_TEMPLATE)
            templates--;
        if (reading->token.kind != HCL_NEWLINE)
            end = reading->token.text.p + reading->token.text.n;
        advance(reading);
    }
    attribute->expression = (struct str){ start, (size_t)(end - start) };
    attribute->end_line = reading->end_line;
    if (reading->token.kind == HCL_WRONG || brackets > 0 || templates > 0) {
        fail(reading, "this value does not end");
        return;
    }
    if (reading->block->last_attribute == NULL)
        reading->block->attributes = attribute;
    else
        reading->block->last_attribute->next = attribute;
    reading->block->last_attribute = attribute;
}

struct labels {
    struct str *items;
    size_t count, capacity;
};

/* A label at the token. False when there is none that can be read. */
static bool read_label(struct reading *reading, struct labels *labels)
{
    struct str label = reading->token.text;
    if (reading->token.kind == HCL_OPEN_QUOTE) {
        advance(reading);
        label = STR("");
        if (reading->token.kind == HCL_TEXT) {
            label = reading->token.text;
            advance(reading);
        }
        if (reading->token.kind != HCL_CLOSE_QUOTE)
            return false;
    } else if (reading->token.kind != HCL_NAME) {
        return false;
    }
    VEC_ADD(reading->arena, labels, label);
    advance(reading);
    return true;
}

static void open_block(struct reading *reading, const struct hcl_token *type, const struct labels *labels)
{
    struct hcl_block *block = arena_get(reading->arena, sizeof *block), *parent = reading->block;
    *block = (struct hcl_block){ .parent = parent, .type = type->text, .labels = labels->items,
                                 .label_count = labels->count, .line = type->line, .column = type->column,
                                 .end_line = type->line };
    if (parent->last_block == NULL)
        parent->blocks = block;
    else
        parent->last_block->next = block;
    parent->last_block = block;
    reading->block = block;
    reading->depth++;
}

/* An attribute or the head of a block, whose first word is the token. */
static void read_item(struct reading *reading)
{
    struct hcl_token name = reading->token;
    struct labels labels = { 0 };
    advance(reading);
    if (is_sign(reading, '=')) {
        read_attribute(reading, &name);
        return;
    }
    while (!is_sign(reading, '{')) {
        if (!read_label(reading, &labels)) {
            fail(reading, "a block's labels and its brace, or = and a value, were expected here");
            return;
        }
    }
    if (reading->depth == HCL_BLOCKS_MAX) {
        fail(reading, "blocks are nested too deep");
        return;
    }
    open_block(reading, &name, &labels);
    advance(reading);
}

struct hcl_file *hcl_read(struct arena *arena, struct str path, struct str text)
{
    struct reading *reading = arena_get(arena, sizeof *reading);
    struct hcl_file *file = arena_get(arena, sizeof *file);
    file->path = path;
    file->root = arena_get(arena, sizeof *file->root);
    file->root->type = STR("");
    file->root->line = file->root->column = 1;
    reading->arena = arena;
    reading->file = file;
    reading->block = file->root;
    hcl_lex_start(&reading->lexer, text);
    reading->token = (struct hcl_token){ .line = 1, .column = 1 };
    advance(reading);
    while (reading->token.kind != HCL_END) {
        if (reading->token.kind == HCL_NEWLINE) {
            advance(reading);
        } else if (reading->token.kind == HCL_NAME) {
            read_item(reading);
        } else if (is_sign(reading, '}') && reading->depth > 0) {
            close_block(reading);
            advance(reading);
        } else {
            fail(reading, "an attribute or a block was expected here");
        }
    }
    if (reading->depth > 0)
        complain(reading, "a block does not end");
    while (reading->depth > 0)
        close_block(reading);
    file->root->end_line = reading->token.line;
    return file;
}

const struct hcl_attribute *hcl_find_attribute(const struct hcl_block *block, struct str name)
{
    for (const struct hcl_attribute *attribute = block->attributes; attribute != NULL; attribute = attribute->next)
        if (str_equal(attribute->name, name))
            return attribute;
    return NULL;
}

const struct hcl_block *hcl_find_block(const struct hcl_block *block, struct str type)
{
    while (block != NULL && !str_equal(block->type, type))
        block = block->next;
    return block;
}
