/* A document to check: a file, or standard input. */
#ifndef TFCHECK_CLI_DOCUMENT_H
#define TFCHECK_CLI_DOCUMENT_H
#include "base/str.h"

#include <stdio.h>
struct error;

struct document {
    FILE *file;
    struct str name; /* no string = standard input */
    bool is_echoed;  /* what is read is printed to standard output */
};

/* Open what path names; - is standard input. False and error filled when it cannot be. */
bool document_open(struct document *document, struct str path, struct error *error);

void document_close(struct document *document);

/* For struct input: fill buffer from a document, and print a note about it to standard error. A document without a name
 * gives notes that name none. */
ptrdiff_t document_read(void *document, char *buffer, size_t n);
void document_note(void *document, struct str sentence);
#endif
