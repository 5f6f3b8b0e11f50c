/* A document to check: a file, what terraform shows of a binary plan file, or standard input. */
#ifndef TFCHECK_CLI_DOCUMENT_H
#define TFCHECK_CLI_DOCUMENT_H
#include "cli/terraform.h"
struct options;

struct document {
    FILE *file;
    struct str name; /* no string = standard input */
    bool is_echoed;  /* what is read is printed to standard output */
    struct terraform terraform; /* what file is read from, for a binary plan */
};

/* Open what path names; - is standard input. What it needs lives in arena. False and error filled when it cannot be. */
bool document_open(struct arena *arena, struct document *document, const struct options *options, struct str path,
                   struct error *error);

/* Stop reading. False and error filled when what was read came from a program that failed. */
bool document_close(struct arena *arena, struct document *document, struct error *error);

/* For struct input: fill buffer from a document, and print a note about it to standard error. A document without a name
 * gives notes that name none. */
ptrdiff_t document_read(void *document, char *buffer, size_t n);
void document_note(void *document, struct str sentence);
#endif
