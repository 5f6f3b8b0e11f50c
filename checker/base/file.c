#include "base/file.h"

#include "base/arena.h"
#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { FIRST_ROOM = 8 << 10 };

bool file_read(struct arena *arena, struct str path, size_t limit, enum error_code code, struct str *text,
               struct error *error)
{
    FILE *file = fopen(path.p, "rb");
    if (file == NULL)
        return error_set_at(error, ERROR_SYSTEM, path, 0, 0, "%s", strerror(errno));
    struct stat status;
    size_t n = 0, got = 0, room = FIRST_ROOM;
    if (fstat(fileno(file), &status) == 0 && status.st_size > 0 && (size_t)status.st_size <= limit)
        room = (size_t)status.st_size + 1;
    char *buffer = arena_get_text(arena, room);
    while ((got = fread(buffer + n, 1, room - n, file)) > 0 && (n += got) == room && room <= limit) {
        char *larger = arena_get_text(arena, room * 2);
        memcpy(larger, buffer, n);
        buffer = larger;
        room *= 2;
    }
    bool is_bad = ferror(file) != 0;
    fclose(file);
    *text = (struct str){ buffer, n };
    if (is_bad)
        return error_set_at(error, ERROR_SYSTEM, path, 0, 0, "cannot be read");
    return n <= limit || error_set_at(error, code, path, 0, 0, "is larger than %zu MiB", limit >> 20);
}

static int order_names(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

bool file_list(struct arena *arena, struct str path, struct file_names *names, struct error *error)
{
    DIR *folder = opendir(path.p);
    if (folder == NULL)
        return error_set_at(error, ERROR_SYSTEM, path, 0, 0, "%s", strerror(errno));
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        if (entry->d_name[0] != '.')
            VEC_ADD(arena, names, arena_copy(arena, str_from(entry->d_name)));
    closedir(folder);
    if (names->count > 0)
        qsort(names->items, names->count, sizeof *names->items, order_names);
    return true;
}

bool file_is_folder(struct str path)
{
    struct stat status;
    return stat(path.p, &status) == 0 && S_ISDIR(status.st_mode);
}

bool file_exists(struct str path)
{
    struct stat status;
    return stat(path.p, &status) == 0;
}
