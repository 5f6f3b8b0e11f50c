/* What values an argument takes beyond its type, and how many of several arguments may be set. */
#ifndef TFCHECK_SCHEMA_SCHEMA_FACT_H
#define TFCHECK_SCHEMA_SCHEMA_FACT_H
#include "base/str.h"
struct regex;

/* Where a constraint comes from, from the surest on. */
enum schema_source {
    SOURCE_PROVIDER, /* the provider refuses anything else when it validates */
    SOURCE_TEXT,     /* what the provider's refusal says in words */
    SOURCE_API       /* the model of AWS's API */
};

enum schema_constraint_kind {
    CONSTRAINT_ENUM,
    CONSTRAINT_RANGE,   /* of a number */
    CONSTRAINT_LENGTH,  /* of a text, in characters */
    CONSTRAINT_ITEMS,   /* number of items of a list, set or map, or of blocks */
    CONSTRAINT_PATTERN,
    CONSTRAINT_FORM,
    CONSTRAINT_NOT_EMPTY,
    CONSTRAINT_COUNT
};

struct schema_constraint {
    enum schema_constraint_kind kind;
    enum schema_source source;
    const struct str *members;  /* of an enum, member_count of them */
    size_t member_count;
    struct str least, most;     /* of a range, length or number of items: decimal, no string = no bound */
    struct str text;            /* of a pattern or form: how it is written */
    struct regex *regex;        /* of a pattern */
    bool is_charset; /* of a pattern: a set of characters that all of the text must be of, so that a part decides */
    struct str rule;            /* id of the rule that checks this better; no string = none */
};

/* How many of several arguments may be set. Paths are relative to the block that has the group. */
enum schema_group_kind {
    GROUP_EXACTLY_ONE,
    GROUP_AT_LEAST_ONE,
    GROUP_CONFLICT,     /* one at most */
    GROUP_ALL_OR_NONE,
    GROUP_REQUIRED_WITH /* the first needs all others */
};

struct schema_group {
    enum schema_group_kind kind;
    const struct str *paths; /* dotted */
    size_t count;
};

/* "provider", "text", "api", and "enum", "range", ... as in snippets. */
struct str schema_source_name(enum schema_source source);
struct str schema_constraint_name(enum schema_constraint_kind kind);
struct str schema_group_name(enum schema_group_kind kind);

/* The kind or source of that name. False when there is none. */
bool schema_source_find(struct str name, enum schema_source *source);
bool schema_constraint_find(struct str name, enum schema_constraint_kind *kind);
bool schema_group_find(struct str name, enum schema_group_kind *kind);
#endif
