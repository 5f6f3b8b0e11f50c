/* Whole files and folders. */
#ifndef TFCHECK_BASE_FILE_H
#define TFCHECK_BASE_FILE_H
#include "base/error.h"
struct arena;

struct file_names {
    struct str *items; /* each is followed by a NUL byte */
    size_t count, capacity;
};

/* The bytes of the file at path, which ends with a NUL byte, in arena. False and error filled when it cannot be read
 * (ERROR_SYSTEM) or has more than limit bytes (code). */
bool file_read(struct arena *arena, struct str path, size_t limit, enum error_code code, struct str *text,
               struct error *error);

/* The names in the folder at path, in byte order, without those that begin with a dot. False and error filled
 * (ERROR_SYSTEM) when it cannot be read. */
bool file_list(struct arena *arena, struct str path, struct file_names *names, struct error *error);

/* Whether there is anything at path, which ends with a NUL byte. */
bool file_exists(struct str path);

/* Whether path, which ends with a NUL byte, is a folder. */
bool file_is_folder(struct str path);
#endif
