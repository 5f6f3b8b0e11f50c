/* From the bytes of a file or pipe to the plan reader: encodings, text around the JSON, and files that are no JSON. */
#ifndef TFCHECK_PLAN_INPUT_H
#define TFCHECK_PLAN_INPUT_H
#include "base/str.h"
struct arena;
struct error;
struct plan_reader;

struct input {
    /* Fill buffer with up to n bytes; returns how many, which may be fewer at any time, 0 at the end, -1 on an error
     * of the system (errno tells). */
    ptrdiff_t (*read)(void *context, char *buffer, size_t n);
    /* Told about bytes that were left out: one sentence. */
    void (*note)(void *context, struct str sentence);
    void *context;
    struct str name; /* for errors; no string = standard input */
    size_t bytes;    /* out: how many were read */
};

/* Read all of input into reader and close it. Decodes UTF-16 and a byte-order mark, skips lines of text before and after
 * the JSON. False and error filled when it is no readable plan or state. */
bool input_read(struct arena *arena, struct input *input, struct plan_reader *reader, struct error *error);
#endif
