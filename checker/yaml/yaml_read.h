/* Strict YAML: the core schema of YAML 1.2 without anchors, aliases, tags, merge keys and second documents. JSON is a
 * subset. The only user of libyaml. */
#ifndef TFCHECK_YAML_YAML_READ_H
#define TFCHECK_YAML_YAML_READ_H
#include "base/str.h"
struct arena;
struct error;

enum yaml_kind { YAML_NULL, YAML_BOOL, YAML_NUMBER, YAML_STRING, YAML_LIST, YAML_MAP };

/* A node and its place in the file. Members of a map and items of a list hang on each other by next. */
struct yaml_node {
    enum yaml_kind kind;
    struct str key;          /* of a member; NULL text otherwise */
    size_t key_line, key_column;
    struct str text;         /* of a scalar, as written (unquoted); of a number as JSON */
    bool truth;              /* of a YAML_BOOL */
    struct yaml_node *first; /* of a list or map */
    struct yaml_node *next;
    size_t count;            /* items or members */
    size_t line, column;     /* from 1 */
};

/* Read one document. NULL and error filled (ERROR_POLICY, with file, line, column) when it is not strict YAML: among
 * others for a key that stands twice and for nesting deeper than 64. An empty document is a YAML_NULL node. yes, no,
 * on and off are strings, and so are unquoted digits behind a leading zero: account numbers would lose it. */
struct yaml_node *yaml_read(struct arena *arena, struct str file, struct str text, struct error *error);

/* The member of a map, or NULL. */
const struct yaml_node *yaml_find(const struct yaml_node *map, struct str key);

/* A word for people: "a list", "a mapping", "a string", ... */
const char *yaml_kind_name(enum yaml_kind kind);
#endif
