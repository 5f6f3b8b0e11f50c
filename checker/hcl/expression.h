/* Expressions and templates in the native syntax of HCL (HCL Native Syntax Specification), read without being
 * evaluated: what they refer to, and which of their parts are literals. */
#ifndef TFCHECK_HCL_EXPRESSION_H
#define TFCHECK_HCL_EXPRESSION_H
#include "base/str.h"
struct arena;

enum reference_step_kind {
    REFERENCE_NAME,   /* .name */
    REFERENCE_NUMBER, /* [0] or .0 */
    REFERENCE_KEY,    /* ["key"] */
    REFERENCE_OPEN    /* [expression], [*] or .*: nobody can tell which item without evaluating */
};

struct reference_step {
    enum reference_step_kind kind;
    struct str text; /* the name, the digits, or the key without its quotes; no string for an open step */
};

/* A traversal such as aws_subnet.main[0].id. */
struct reference {
    struct str text;              /* as written, up to the first open step */
    struct reference_step *steps; /* the first is the name that it begins with */
    size_t count;
    size_t offset; /* of its beginning in the text that was read */
};

enum expression_kind {
    EXPRESSION_OTHER, /* to be evaluated */
    EXPRESSION_NULL,
    EXPRESSION_BOOL,     /* text is true or false */
    EXPRESSION_NUMBER,   /* text is the number */
    EXPRESSION_STRING,   /* text is the value of a string without interpolations */
    EXPRESSION_REFERENCE /* reference is all there is */
};

struct expression {
    enum expression_kind kind;
    struct str text;
    const struct reference *reference;
};

/* A function that is called. */
struct template_call {
    struct str name;
    struct str argument; /* the first one when it is a literal string; else no string */
};

/* A piece of a template: literal text, or an expression in ${ }. A directive in %{ } is an expression of kind other. */
struct template_part {
    struct str literal; /* unescaped; no string = it is the expression */
    struct expression expression;
};

/* What a text was read as; lives in the arena and points into the text. */
struct template {
    struct template_part *parts;
    size_t part_count, part_capacity;
    struct reference **references; /* all of them, also those within function calls, in order */
    size_t reference_count, reference_capacity;
    struct template_call *calls;   /* in order */
    size_t call_count, call_capacity;
    const char
        *problem; /* NULL, or what is wrong with the syntax, in one sentence; the rest is as far as it was read */
    size_t problem_offset; /* in bytes */
};

/* Read text as a template without quotes, as strings of JSON configuration and here documents are. False when its
 * syntax is wrong. */
bool template_read(struct arena *arena, struct str text, struct template *template);

/* Read text as one expression: the template then has one part. */
bool expression_read(struct arena *arena, struct str text, struct template *template);

/* Whether text can have an interpolation or directive in it; without one it is a literal but for escapes. */
bool template_is_needed(struct str text);
#endif
