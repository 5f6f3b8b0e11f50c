/* Holds the arguments of a resource against its schema. */
#ifndef TFCHECK_SCHEMA_SCHEMA_CHECK_H
#define TFCHECK_SCHEMA_SCHEMA_CHECK_H
#include "schema/schema.h"
struct arena;

enum schema_problem_kind {
    PROBLEM_UNKNOWN_ARGUMENT, /* the type has no argument or block of that name */
    PROBLEM_REQUIRED,         /* a required argument or block is not there */
    PROBLEM_COMPUTED,         /* only the provider sets that attribute */
    PROBLEM_TYPE,             /* a value of another type */
    PROBLEM_BLOCK_SHAPE,      /* a block in a form that it cannot have */
    PROBLEM_BLOCK_COUNT,      /* more or fewer blocks than there may be */
    PROBLEM_BLOCK_ARRAY,      /* a list of one where CDKTF's class takes an object */
    PROBLEM_ENUM,
    PROBLEM_ENUM_CASE,        /* the value is right but for the case of its letters */
    PROBLEM_RANGE,
    PROBLEM_LENGTH,
    PROBLEM_PATTERN,
    PROBLEM_FORM,
    PROBLEM_EMPTY,
    PROBLEM_TEXT_PATTERN,     /* the words of the provider's refusal speak against the value */
    PROBLEM_API_ENUM,
    PROBLEM_API_RANGE,
    PROBLEM_API_LENGTH,
    PROBLEM_API_PATTERN,
    PROBLEM_API_ITEMS,
    PROBLEM_ONE_OF,           /* none of several arguments of which one is needed, or more than one */
    PROBLEM_CONFLICT,
    PROBLEM_REQUIRED_WITH,
    PROBLEM_DEPRECATED,
    PROBLEM_COUNT
};

struct schema_problem {
    enum schema_problem_kind kind;
    struct str path;    /* of the argument or block, as rule[0].action */
    struct str message; /* in the words that Terraform uses where it has any; no value that is sensitive */
};

/* One check. Set everything; texts of problems live in arena. */
struct schema_check {
    struct arena *arena;
    bool is_configuration; /* the values are configuration in JSON syntax; else planned values */
    void (*report)(void *context, const struct schema_problem *problem);
    void *context;
};

/* Check value, the object of all that is set, against block. In configuration, a key that begins a meta-argument of a
 * resource is passed over when is_resource. */
void schema_check_block(const struct schema_check *check, const struct schema_block *block, const struct value *value,
                        bool is_resource);
#endif
