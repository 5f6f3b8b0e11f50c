#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

bool error_set(struct error *error, enum error_code code, const char *format, ...)
{
    if (error->code != ERROR_NONE)
        return false;
    error->code = code;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    return false;
}

bool error_set_at(struct error *error, enum error_code code, struct str file, size_t line, size_t column,
                  const char *format, ...)
{
    if (error->code != ERROR_NONE)
        return false;
    *error = (struct error){ .code = code, .file = file, .line = line, .column = column };
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    return false;
}
