/* What a plain scalar means in the core schema of YAML 1.2. For the room's own use. */
#ifndef TFCHECK_YAML_YAML_SCALAR_H
#define TFCHECK_YAML_YAML_SCALAR_H
#include "yaml/yaml_read.h"
struct arena;

/* Give node, whose text is an unquoted scalar as written, its kind and truth. The text of a number becomes a valid
 * JSON number in arena: +5 is 5, .5 is 0.5, 0x1F is 31. What JSON has no number for stays a string: .inf, .nan,
 * digits behind a leading zero (such as account numbers), and hexadecimal or octal beyond 64 bits. */
void yaml_scalar_type(struct arena *arena, struct yaml_node *node);
#endif
