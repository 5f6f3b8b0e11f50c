/* Tokens of the native syntax of HCL (its specification is "HCL Native Syntax Specification"): what stands where, without
 * any meaning. */
#ifndef TFCHECK_HCL_HCL_LEX_H
#define TFCHECK_HCL_HCL_LEX_H
#include "base/str.h"

/* Deepest nesting of templates within templates. */
enum { HCL_TEMPLATES_MAX = 64 };

enum hcl_token_kind {
    HCL_END,
    HCL_NEWLINE,
    HCL_COMMENT, /* with its marks, without the line end behind it */
    HCL_NAME,
    HCL_NUMBER,
    HCL_SIGN,           /* an operator or bracket */
    HCL_OPEN_QUOTE,     /* the " before a template */
    HCL_CLOSE_QUOTE,
    HCL_OPEN_HEREDOC,   /* <<WORD or <<-WORD with its line end */
    HCL_CLOSE_HEREDOC,  /* the word in its own line */
    HCL_TEXT,           /* literal text of a template, escapes as written */
    HCL_OPEN_TEMPLATE,  /* ${ or %{, with a ~ behind it */
    HCL_CLOSE_TEMPLATE, /* } or ~} that ends it */
    HCL_WRONG           /* a byte that begins no token, or the place where a string or heredoc should have ended */
};

struct hcl_token {
    enum hcl_token_kind kind;
    struct str text;       /* as it stands in the source */
    size_t line, column;   /* of its first byte: from 1, columns in bytes */
};

/* What surrounds the place that is read. */
struct hcl_surroundings {
    enum { HCL_IN_CODE, HCL_IN_QUOTE, HCL_IN_HEREDOC } kind;
    size_t braces;   /* in code: open ones */
    struct str word; /* of a heredoc */
};

struct hcl_lexer {
    struct str text;
    size_t offset, line, line_start;
    struct hcl_surroundings stack[HCL_TEMPLATES_MAX]; /* the outermost is code */
    size_t depth;
};

/* Start at the beginning of text, which must outlive the tokens. A byte-order mark is passed over. */
void hcl_lex_start(struct hcl_lexer *lexer, struct str text);

/* The next token. At the end HCL_END, for ever. White space in code is left out. */
struct hcl_token hcl_lex(struct hcl_lexer *lexer);

/* Go on at offset, which is the beginning of a line, as if all strings and templates before it were closed. */
void hcl_lex_restart(struct hcl_lexer *lexer, size_t offset, size_t line);
#endif
