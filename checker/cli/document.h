/* A document to check: a file, what terraform shows of a binary plan file, or standard input. */
#ifndef TFCHECK_CLI_DOCUMENT_H
#define TFCHECK_CLI_DOCUMENT_H
#include "cli/terraform.h"
struct options;
struct plan_reader;

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

/* Read the document into reader, to its end, with its progress on a terminal since start, and close it. *bytes is how much
 * was read. False and error filled when it is no readable plan, or what prints it failed. */
bool document_read_plan(struct arena *arena, struct document *document, struct plan_reader *reader, double start,
                        size_t *bytes, struct error *error);

/* Print a sentence about a document to standard error. One without a name gives notes that name none. */
void document_note(const struct document *document, struct str sentence);
#endif
