/* Conditions on the attributes of one resource: compiled once, judged with three truths. */
#ifndef TFCHECK_RULES_CONDITION_H
#define TFCHECK_RULES_CONDITION_H
#include "plan/path.h"
struct arena;
struct condition;
struct operation;
struct plan;
struct regex;
struct resource;
struct value;

enum truth { TRUTH_FALSE, TRUTH_UNKNOWN, TRUTH_TRUE };

/* What an attribute is when there is no value to test. */
enum attribute_state {
    ATTRIBUTE_ABSENT,  /* the path leads nowhere: no such key, block or item */
    ATTRIBUTE_NULL,    /* null in the plan, or by what was written */
    ATTRIBUTE_UNSET,   /* nobody wrote it: the provider's default will hold */
    ATTRIBUTE_UNKNOWN, /* known after apply */
    ATTRIBUTE_STATE_COUNT
};

/* What a rule says of such an attribute. */
enum treatment { TREAT_DEFAULT, TREAT_PASS, TREAT_FAIL, TREAT_UNKNOWN };

enum condition_kind { CONDITION_ALL, CONDITION_ANY, CONDITION_NOT, CONDITION_TEST, CONDITION_ALWAYS };

/* What a test compares with. */
enum operand_kind { OPERAND_LITERAL, OPERAND_PATH };

struct operand {
    enum operand_kind kind;
    const struct value *literal;    /* of OPERAND_LITERAL; parameters and tables are literals once a rule is loaded */
    const struct path *path;        /* of OPERAND_PATH: an attribute of the same resource */
    bool is_of_selected;            /* the path starts at the resource that the rule selects, not at the related one */
    const struct value *standin;    /* used when the path has no value; NULL = the test is unknown then */
    struct str plus;                /* decimal number that is added; no string = nothing */
    const struct path *key;         /* literal is a table, and the row under the value of this path counts; or NULL */
    struct regex **regexes;         /* the literal's texts, compiled, for operators on patterns; else NULL */
    const struct condition *nested; /* condition on each item, for some and every; else NULL */
};

struct condition {
    enum condition_kind kind;
    const struct condition **parts; /* of ALL, ANY, NOT */
    size_t part_count;
    bool is_negative;               /* the rule fails when this is true: it stands under a not or forbid */
    const struct path *path;        /* of a TEST: from the resource, or from the item of an outer some or every */
    const struct path *full_path;   /* of a TEST: from the resource, through outer quantifiers */
    const struct operation *operation;
    struct operand operand;
    const struct value *standin;    /* "default": what holds when nothing is set; NULL = none */
    const enum treatment *treat;    /* of the rule: ATTRIBUTE_STATE_COUNT of them */
};

/* Why a condition came out as it did. */
struct cause {
    const struct condition *condition;  /* the test */
    size_t steps;                       /* of its path, as far as the walk came */
    uint32_t indices[PATH_STEPS_MAX];   /* the item taken at each step that takes one */
    size_t item;                        /* the item that the innermost some or every judged */
    const struct value *value;     /* what it is; NULL = there is none */
    bool is_sensitive;             /* the value must not be shown */
    enum attribute_state state;    /* when value is NULL */
    const struct value *references; /* of an unknown: where it comes from; NULL = not told */
    struct str text;               /* of an unknown: reason in words, when it is no attribute's; else no string */
};

/* JSON texts that were parsed for one resource, so that each is parsed once for all rules. Zero it for each resource. */
struct parsed_texts {
    const char *texts[8];
    const struct value *values[8]; /* NULL = it is no JSON */
    size_t count;
};

/* One judging of one resource. Set the upper half; the lower half is filled. */
struct evaluation {
    const struct plan *plan;
    const struct resource *resource;
    struct arena *scratch;
    struct parsed_texts *parsed; /* NULL = none are kept */
    bool is_final; /* the document has ended: configuration can be asked */
    const struct resource *selected; /* the resource that the rule selects, when this judges a related one; or NULL */
    struct str related; /* addresses of resources that have to do with it, for messages; or no string */
    size_t item;   /* number of the item that the innermost some or every judges */

    bool wants_configuration; /* the answer may become definite when it is judged again at the end */
    bool has_failure, has_unknown;
    struct cause failure; /* the first test that makes the rule fail */
    struct cause unknown; /* the first test that could not be decided */
};

/* Judge condition on the evaluation's resource. The causes live in scratch and in the plan. */
enum truth condition_test(struct evaluation *evaluation, const struct condition *condition);

/* The attribute that cause speaks of, with the real indices. In arena. */
struct str condition_cause_path(struct arena *arena, const struct cause *cause);

/* condition_test on an item of the resource, for operators that judge every item. */
enum truth condition_test_item(struct evaluation *evaluation, const struct condition *condition,
                               const struct value *item);

#endif
