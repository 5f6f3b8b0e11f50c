/* What went wrong with the user's input. Filled once, by the lowest layer that knows the place. */
#ifndef TFCHECK_BASE_ERROR_H
#define TFCHECK_BASE_ERROR_H
#include "base/str.h"

enum error_code {
    ERROR_NONE,
    ERROR_INPUT,  /* the plan, state or other document cannot be read or is of the wrong form */
    ERROR_POLICY, /* a rule, table or configuration file is wrong */
    ERROR_USAGE,  /* the command line is wrong */
    ERROR_SYSTEM  /* the operating system refused something: no such file, no permission, ... */
};

struct error {
    enum error_code code;
    struct str file; /* NULL = no file, or standard input; must outlive the error */
    size_t line;     /* from 1; 0 = no place is known */
    size_t column;   /* in bytes, from 1; 0 = unknown */
    char text[760];  /* one sentence without the place, NUL-terminated, cut when too long */
};

/* Fill error unless it is filled already (the first cause counts). Always returns false, so that callers can return it. */
bool error_set(struct error *error, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As error_set, with the place. */
bool error_set_at(struct error *error, enum error_code code, struct str file, size_t line, size_t column,
                  const char *format, ...) __attribute__((format(printf, 6, 7)));
#endif
