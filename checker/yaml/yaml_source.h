/* The text of a YAML document and the places in it. For the room's own use. */
#ifndef TFCHECK_YAML_YAML_SOURCE_H
#define TFCHECK_YAML_YAML_SOURCE_H
#include "base/str.h"
struct arena;
struct error;

struct yaml_place {
    size_t index;      /* characters before it, as libyaml counts */
    size_t offset;     /* bytes before it */
    size_t line_start; /* bytes before its line */
    size_t line;       /* from 1 */
};

/* A document on its way to nodes. */
struct yaml_source {
    struct str file;
    struct str text;          /* without a byte order mark */
    bool is_plain;            /* all characters are ASCII, and lines end with a line feed alone */
    struct yaml_place cursor; /* the last place asked for, so that places in order cost one walk */
    struct error *error;
};

/* Begin with the text of file: take off a byte order mark. False and error filled when the text is not UTF-8, or
 * holds a character that YAML 1.1 takes for a line end and everybody else does not, or begins with a % directive. */
bool yaml_source_open(struct yaml_source *source, struct str file, struct str text, struct error *error);

/* Move the cursor to the place that has index characters before it, or to the end of the text. */
void yaml_source_seek(struct yaml_source *source, size_t index);

/* The column of the cursor, in bytes from 1. */
size_t yaml_source_column(const struct yaml_source *source);

/* The byte at the cursor, or NUL at the end. */
char yaml_source_byte(const struct yaml_source *source);

/* Fill the error with a sentence about the cursor's place. Always false. */
bool yaml_source_refuse(struct yaml_source *source, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* text for use in a sentence: the beginning of a long one, with ? for control characters. Lives in arena. */
const char *yaml_source_quote(struct arena *arena, struct str text);
#endif
