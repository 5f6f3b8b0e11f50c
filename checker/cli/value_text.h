/* Values of parameters, as people write them. */
#ifndef TFCHECK_CLI_VALUE_TEXT_H
#define TFCHECK_CLI_VALUE_TEXT_H
#include "base/str.h"
struct arena;
struct json_writer;
struct value;

/* Write value, whose depth its loader has bounded. */
void value_text_write(struct json_writer *writer, const struct value *value);

/* The same as one line of JSON, in arena. */
struct str value_text(struct arena *arena, const struct value *value);
#endif
