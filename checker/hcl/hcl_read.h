/* The structure of a .tf file: blocks, attributes and comments with their places. Expressions stay text. */
#ifndef TFCHECK_HCL_HCL_READ_H
#define TFCHECK_HCL_HCL_READ_H
#include "base/str.h"
struct arena;

/* Deepest nesting of blocks. */
enum { HCL_BLOCKS_MAX = 64 };

struct hcl_attribute {
    struct hcl_attribute *next;
    struct str name;
    struct str expression; /* its text as it stands there, without surrounding blanks */
    size_t expression_line, expression_column; /* of the expression's first byte */
    size_t line, column; /* of the name: from 1, columns in bytes */
    size_t end_line;
};

struct hcl_block {
    struct hcl_block *next, *parent; /* parent is NULL for the file itself */
    struct str type;                 /* as resource; empty for the file itself */
    const struct str *labels;        /* without their quotation marks */
    size_t label_count;
    struct hcl_attribute *attributes, *last_attribute; /* in order, hanging on each other by next */
    struct hcl_block *blocks, *last_block;
    size_t line, column, end_line;   /* end_line is that of the closing brace */
};

struct hcl_comment {
    struct hcl_comment *next;
    struct str text; /* without its marks and surrounding blanks */
    size_t line, column, end_line;
    const struct hcl_block *inside; /* the innermost block around it */
};

/* Something that could not be read. The reading went on at the next block in the first column of a line. */
struct hcl_complaint {
    struct hcl_complaint *next;
    size_t line, column;
    const char *text; /* one sentence */
};

struct hcl_file {
    struct str path;
    struct hcl_block *root;
    struct hcl_comment *comments;     /* in order */
    struct hcl_complaint *complaints; /* in order; NULL = all of it was read */
};

/* Read text, which must outlive the file and is named path. Never fails: what it cannot read it complains of. */
struct hcl_file *hcl_read(struct arena *arena, struct str path, struct str text);

/* The attribute with that name, or NULL. */
const struct hcl_attribute *hcl_find_attribute(const struct hcl_block *block, struct str name);

/* The first block of that type at or after block in its row, or NULL. block may be NULL. */
const struct hcl_block *hcl_find_block(const struct hcl_block *block, struct str type);
#endif
