#include "cli/snippets.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "cli/command.h"
#include "cli/home.h"
#include "cli/options.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { LARGEST_SNIPPET = 64 << 20, DEEPEST_FOLDER = 4 };

/* The whole file, or no string when it cannot be read. */
static struct str read_whole(struct arena *arena, struct str path)
{
    struct str text;
    struct error ignored = { 0 };
    return file_read(arena, path, LARGEST_SNIPPET, ERROR_SYSTEM, &text, &ignored) ? text : (struct str){ NULL, 0 };
}

static struct str shelf_read(void *context, struct arena *arena, struct str name, struct str *file)
{
    const struct snippets *snippets = context;
    for (size_t i = 0; i < snippets->folders.count; i++) {
        struct str path = arena_format(arena, "%.*s/%.*s", STR_ARG(snippets->folders.items[i]), STR_ARG(name));
        struct str text = read_whole(arena, path);
        *file = path;
        if (text.p != NULL)
            return text;
    }
    return (struct str){ NULL, 0 };
}

static void shelf_each(void *context, struct str folder, void (*visit)(void *context, struct str type),
                       void *visit_context)
{
    const struct snippets *snippets = context;
    for (size_t i = 0; i < snippets->folders.count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%.*s/%.*s", STR_ARG(snippets->folders.items[i]), STR_ARG(folder));
        DIR *directory = opendir(path);
        for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
            struct str name = str_from(entry->d_name);
            if (str_ends_with(name, STR(".json")) && !str_equal(name, STR("provider.json")))
                visit(visit_context, str_part(name, 0, name.n - 5));
        }
        if (directory != NULL)
            closedir(directory);
    }
}

static void shelf_complain(void *context, const struct error *error)
{
    (void)context;
    session_complain(error);
}

void snippets_open(struct session *session, struct snippets *snippets)
{
    struct str home = session->options->no_builtin_schemas ? (struct str){ NULL, 0 } : home_find(session->arena);
    *snippets = (struct snippets){ .shelf = { shelf_read, shelf_each, shelf_complain, snippets } };
    for (size_t i = 0; i < session->options->schemas.count; i++)
        VEC_ADD(session->arena, &snippets->folders, session->options->schemas.items[i]);
    if (home.p != NULL)
        VEC_ADD(session->arena, &snippets->folders, arena_format(session->arena, "%.*s/schemas", STR_ARG(home)));
}

struct store {
    struct str folder;
    struct arena *arena;
};

static struct str store_read(void *context, struct arena *arena, struct str name)
{
    const struct store *store = context;
    return read_whole(arena, arena_format(arena, "%.*s/%.*s", STR_ARG(store->folder), STR_ARG(name)));
}

/* Make the folders that path lies in, from the store's on. */
static bool make_folders(struct str path)
{
    char text[4096];
    if (path.n >= sizeof text)
        return false;
    memcpy(text, path.p, path.n);
    text[path.n] = '\0';
    for (char *slash = strchr(text + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(text, 0777) != 0 && errno != EEXIST)
            return false;
        *slash = '/';
    }
    return true;
}

/* A snippet is replaced as a whole or not at all, and not touched when it would stay the same. */
static bool store_write(void *context, struct str name, struct str text, struct error *error)
{
    const struct store *store = context;
    char path[4096], other[4104];
    int n = snprintf(path, sizeof path, "%.*s/%.*s", STR_ARG(store->folder), STR_ARG(name));
    snprintf(other, sizeof other, "%s.new", path);
    FILE *file = n > 0 && (size_t)n < sizeof path && make_folders((struct str){ path, (size_t)n }) ? fopen(other, "wb")
                                                                                                     : NULL;
    bool is_good = file != NULL && fwrite(text.p, 1, text.n, file) == text.n;
    if (file != NULL && fclose(file) != 0)
        is_good = false;
    if (is_good && rename(other, path) == 0)
        return true;
    int cause = errno;
    remove(other);
    return error_set(error, ERROR_SYSTEM, "%s cannot be written: %s", path, strerror(cause));
}

struct schema_store *snippets_store(struct session *session, struct str folder)
{
    struct store *store = arena_get(session->arena, sizeof *store);
    struct schema_store *result = arena_get(session->arena, sizeof *result);
    *store = (struct store){ folder, session->arena };
    *result = (struct schema_store){ store_read, store_write, store };
    return result;
}

struct listing {
    struct arena *arena;
    struct map seen;
    struct texts names;
};

/* The depth is bounded. */
static void list_files(struct listing *listing, struct str root, struct str below, int depth)
{
    struct str path = arena_format(listing->arena, "%.*s/%.*s", STR_ARG(root), STR_ARG(below));
    DIR *directory = opendir(path.p);
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        struct stat status;
        struct str name =
            arena_format(listing->arena, "%.*s%s%s", STR_ARG(below), below.n > 0 ? "/" : "", entry->d_name);
        struct str file = arena_format(listing->arena, "%.*s/%.*s", STR_ARG(root), STR_ARG(name));
        if (entry->d_name[0] == '.' || stat(file.p, &status) != 0)
            continue;
        if (S_ISDIR(status.st_mode) && depth < DEEPEST_FOLDER)
            list_files(listing, root, name, depth + 1);
        else if (below.n > 0 && str_ends_with(name, STR(".json")) && map_find(&listing->seen, name) == NULL) {
            *map_get(&listing->seen, name) = listing;
            VEC_ADD(listing->arena, &listing->names, name);
        }
    }
    if (directory != NULL)
        closedir(directory);
}

static int order_names(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

void snippets_each(struct session *session, const struct snippets *snippets,
                   void (*visit)(void *context, struct str name), void *context)
{
    struct listing listing = { .arena = session->arena };
    map_init(&listing.seen, session->arena);
    for (size_t i = 0; i < snippets->folders.count; i++)
        list_files(&listing, snippets->folders.items[i], STR(""), 0);
    if (listing.names.count > 0)
        qsort(listing.names.items, listing.names.count, sizeof(struct str), order_names);
    for (size_t i = 0; i < listing.names.count; i++)
        visit(context, listing.names.items[i]);
}
