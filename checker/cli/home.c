#include "cli/home.h"

#include "base/arena.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_policies(struct arena *arena, struct str folder)
{
    struct stat status;
    struct str path = arena_format(arena, "%.*s/policies", STR_ARG(folder));
    return stat(path.p, &status) == 0 && S_ISDIR(status.st_mode);
}

static struct str program_folder(struct arena *arena)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    while (n > 0 && path[n - 1] != '/')
        n--;
    return n <= 1 ? STR(".") : arena_copy(arena, (struct str){ path, (size_t)n - 1 });
}

struct str home_find(struct arena *arena)
{
    struct str named = str_from(getenv("TFCHECK_HOME"));
    if (named.n > 0)
        return has_policies(arena, named) ? named : (struct str){ NULL, 0 };
    struct str folder = program_folder(arena);
    struct str candidates[] = { folder, arena_format(arena, "%.*s/..", STR_ARG(folder)),
                                arena_format(arena, "%.*s/../share/tfcheck", STR_ARG(folder)),
                                str_from(TFCHECK_DATA), STR("/usr/share/tfcheck") };
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++)
        if (has_policies(arena, candidates[i]))
            return candidates[i];
    return (struct str){ NULL, 0 };
}
