/* A file that is written whole or not at all: beside its place first, then moved there. */
#ifndef TFCHECK_CLI_WHOLE_FILE_H
#define TFCHECK_CLI_WHOLE_FILE_H
#include "base/str.h"

#include <stdio.h>
struct arena;
struct error;

struct whole_file {
    FILE *file;
    struct str path, temporary; /* NUL-terminated */
};

/* Begin to write what will be the file path. False and error filled when nothing can be written there. */
bool whole_file_open(struct whole_file *file, struct arena *arena, struct str path, struct error *error);

/* Write text; context is the whole_file. False when it could not be written. Fits report_sink. */
bool whole_file_write(void *context, struct str text);

/* Move it to its place if everything was written and is_good; else leave what was there before. False and error filled
 * when it was not moved. */
bool whole_file_close(struct whole_file *file, bool is_good, struct error *error);
#endif
