/* What a provider says of a resource type: its arguments and blocks, and what values they take. Read from snippets, one
 * JSON file per type in the shape of `terraform providers schema -json`; schemas/README.md describes them. */
#ifndef TFCHECK_SCHEMA_SCHEMA_H
#define TFCHECK_SCHEMA_SCHEMA_H
#include "schema/schema_fact.h"
struct arena;
struct error;
struct schema_block;
struct value;

enum schema_type_kind {
    TYPE_DYNAMIC, /* anything */
    TYPE_STRING,
    TYPE_NUMBER,
    TYPE_BOOL,
    TYPE_LIST,
    TYPE_SET,
    TYPE_MAP,
    TYPE_OBJECT,
    TYPE_TUPLE
};

struct schema_field;

struct schema_type {
    enum schema_type_kind kind;
    const struct schema_type *element;  /* of a list, set or map */
    const struct schema_field *fields;  /* of an object, field_count of them */
    size_t field_count;
};

struct schema_field {
    struct str name;
    const struct schema_type *type;
};

enum schema_nesting { NESTING_NONE, NESTING_SINGLE, NESTING_GROUP, NESTING_LIST, NESTING_SET, NESTING_MAP };

/* An argument, or a nested block. */
struct schema_item {
    struct str name;
    bool is_block; /* written as a block in HCL */
    bool required, optional, computed, sensitive, write_only, deprecated;
    const struct schema_type *type;   /* of an argument without nested attributes; else NULL */
    enum schema_nesting nesting;      /* of a block, or of an argument with nested attributes */
    const struct schema_block *block; /* what is in it; NULL for a plain argument */
    size_t min_items, max_items;      /* 0 = no bound */
    const struct schema_constraint *constraints;
    size_t constraint_count;
};

struct schema_block {
    const struct schema_item *items; /* sorted by name */
    size_t count;
    const struct schema_group *groups;
    size_t group_count;
    bool deprecated;
};

struct schema {
    const struct schema_block *block;
    struct str name_attribute; /* that holds the physical name; no string = none */
    struct str source,
        provider_version; /* of a provider's own snippet: registry address and version; no string = not told */
    bool deprecated;
};

/* Read the text of a snippet; file names it in errors. All lives in arena. NULL and error filled (ERROR_POLICY) when it
 * is malformed. Patterns are compiled when they are first matched. */
const struct schema *schema_load(struct arena *arena, struct str file, struct str text, struct error *error);

/* The argument or block of that name, or NULL. */
const struct schema_item *schema_find_item(const struct schema_block *block, struct str name);

/* The item at a dotted path such as rule.apply.sse_algorithm, or NULL. */
const struct schema_item *schema_find_path(const struct schema_block *block, struct str path);

/* The name in block that was probably meant by the first step of the dotted path that leads nowhere, with the steps
 * before it; no string when none is close. In arena. */
struct str schema_suggest_path(struct arena *arena, const struct schema_block *block, struct str path);

/* The block that a nested item of a raw snippet has: what stands under "block", or what that names in "blocks". NULL
 * when there is none. */
const struct value *schema_raw_block(const struct value *snippet, const struct value *nested);
#endif
