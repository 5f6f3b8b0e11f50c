#include "cli/whole_file.h"

#include "base/arena.h"
#include "base/error.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A pipe or device has no place to move a file to: it is written as it is. */
static bool is_special(struct str path)
{
    struct stat status;
    return stat(path.p, &status) == 0 && !S_ISREG(status.st_mode);
}

bool whole_file_open(struct whole_file *file, struct arena *arena, struct str path, struct error *error)
{
    *file = (struct whole_file){ .path = path };
    if (is_special(path)) {
        file->file = fopen(path.p, "wb");
    } else {
        char *name = arena_get_text(arena, path.n + sizeof ".XXXXXX");
        snprintf(name, path.n + sizeof ".XXXXXX", "%s.XXXXXX", path.p);
        int number = mkstemp(name);
        mode_t mask = umask(0);
        umask(mask);
        file->temporary = str_from(name);
        if (number >= 0 && (fchmod(number, 0666 & ~mask) != 0 || (file->file = fdopen(number, "wb")) == NULL)) {
            close(number);
            unlink(name);
        }
    }
    return file->file != NULL || error_set_at(error, ERROR_SYSTEM, path, 0, 0, "%s", strerror(errno));
}

bool whole_file_write(void *context, struct str text)
{
    struct whole_file *file = context;
    return text.n == 0 || fwrite(text.p, 1, text.n, file->file) == text.n;
}

bool whole_file_close(struct whole_file *file, bool is_good, struct error *error)
{
    bool is_written = fclose(file->file) == 0 && is_good;
    if (is_written && file->temporary.p != NULL)
        is_written = rename(file->temporary.p, file->path.p) == 0;
    if (is_written)
        return true;
    error_set_at(error, ERROR_SYSTEM, file->path, 0, 0, "could not be written: %s", strerror(errno));
    if (file->temporary.p != NULL)
        unlink(file->temporary.p);
    return false;
}
