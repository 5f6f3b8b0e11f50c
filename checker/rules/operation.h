/* The operators of conditions: one row each. */
#ifndef TFCHECK_RULES_OPERATION_H
#define TFCHECK_RULES_OPERATION_H
#include "rules/condition.h"

/* What may stand behind an operator in a rule file; the loader checks it. */
enum operand_form {
    FORM_ANY,       /* any value */
    FORM_SCALAR,    /* string, number or bool */
    FORM_NUMBER,
    FORM_TEXTS,     /* a string or list of strings */
    FORM_LIST,      /* a list */
    FORM_PATTERNS,  /* a regular expression or list of them: one must match */
    FORM_TRUE,      /* only true */
    FORM_CONDITION, /* a mapping of paths to tests, judged on each item */
    FORM_LENGTH,    /* a number, or a mapping of equals, at_least, at_most to numbers */
    FORM_KIND       /* name of a form of text: json, arn, cidr, number */
};

/* What an operator decides by. */
enum operation_basis {
    BASIS_VALUE,    /* the known value */
    BASIS_PRESENCE, /* whether there is one */
    BASIS_TEMPLATE,  /* the template that it is written as */
    BASIS_REFERENCE, /* what the configuration says that it comes from */
    BASIS_WRITTEN   /* whether it is written out there */
};

/* One test of a value. */
struct operation_case {
    struct evaluation *evaluation;
    const struct condition *condition;
    const struct value *value;   /* known and not null */
    const struct value *operand; /* resolved: literal, row of a table or other attribute */
    bool operand_is_partial;     /* some items of the operand are unknown */
};

/* The part of a text that decides an operator. */
enum operation_end { END_NONE, END_BEGINNING, END_END };

struct operation {
    struct str name;
    enum operand_form form;
    enum operation_basis basis;
    bool holds_on_nothing; /* it is true when there is no value */
    enum truth (*test)(const struct operation_case *test); /* of BASIS_VALUE */
    enum operation_end end; /* the part of a text that may decide before all of it is known */
};

/* The operator of that name, or NULL. */
const struct operation *operation_find(struct str name);

/* The name of operator number i in the table, or no string behind the last. */
struct str operation_name(size_t i);

/* Whether text is a name that the operator "is" knows. */
bool operation_is_kind(struct str text);
#endif
