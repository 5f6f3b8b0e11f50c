/* Takes YAML nodes for what a rule file needs, or says at which place something else was expected. */
#ifndef TFCHECK_RULES_SHAPE_H
#define TFCHECK_RULES_SHAPE_H
#include "rules/rule.h"
#include "yaml/yaml_read.h"

/* What is being loaded. */
struct shape {
    struct arena *arena;
    struct str file;
    struct error *error;
};

/* Fill the error with node's place. Returns false. */
bool shape_fail(const struct shape *shape, const struct yaml_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with the place of node's key. */
bool shape_fail_key(const struct shape *shape, const struct yaml_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Whether node is a mapping that has only these keys. what names it, as "a rule". */
bool shape_check_keys(const struct shape *shape, const struct yaml_node *node, const char *what, const struct str *keys,
                      size_t count);

/* A text that is not empty. */
bool shape_text(const struct shape *shape, const struct yaml_node *node, struct str *text);

/* A text or a list of texts, appended to texts. */
bool shape_texts(const struct shape *shape, const struct yaml_node *node, struct texts *texts);

/* One of count names; *number is which. */
bool shape_name(const struct shape *shape, const struct yaml_node *node, const struct str *names, size_t count,
                size_t *number);

/* A set of actions, from one name or a list. */
bool shape_actions(const struct shape *shape, const struct yaml_node *node, unsigned *actions);

/* The action of that name, or 0. */
unsigned shape_find_action(struct str name);

/* Any node as a value tree. The depth is that of the file, which is bounded. */
struct value *shape_value(struct arena *arena, const struct yaml_node *node);
#endif
