/* The inside of the reader of expressions, shared by its two files. */
#ifndef TFCHECK_HCL_EXPRESSION_PARSER_H
#define TFCHECK_HCL_EXPRESSION_PARSER_H
#include "hcl/expression.h"

struct expression_parser {
    struct arena *arena;
    struct str text;
    size_t at; /* offset of what comes next */
    struct template *template; /* gets references, functions and the problem */
    int depth;                 /* of nested expressions */
    struct str bound[16];      /* names of for expressions that are open */
    size_t bound_count;
};

/* Note the first problem. Returns false. */
bool expression_fail(struct expression_parser *parser, size_t offset, const char *problem);

/* The byte that many bytes ahead, or -1 behind the end. */
int expression_peek(const struct expression_parser *parser, size_t ahead);

/* Pass blanks, line ends and comments. Returns whether there was a line end. */
bool expression_skip_blanks(struct expression_parser *parser);

/* Whether a name can begin with that byte. */
bool expression_is_name_start(int c);

/* Read an expression. */
bool expression_parse(struct expression_parser *parser, struct expression *expression);

/* Read what follows the word for: names, the word in, a collection. The names stay bound. */
bool expression_parse_for_head(struct expression_parser *parser);

/* Pass the word if it comes next. */
bool expression_takes_word(struct expression_parser *parser, const char *word);

/* Read a string behind its opening quote, and the quote that closes it. */
bool expression_parse_quoted(struct expression_parser *parser, struct expression *expression);

/* Read a here document behind its <<. */
bool expression_parse_heredoc(struct expression_parser *parser);
#endif
