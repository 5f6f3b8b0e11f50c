#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/snippets.h"

#include <errno.h>
#include <stdio.h>

enum { CHUNK = 65536 };

static bool read_schema(struct session *session, struct schema_import *import, FILE *file, struct str path,
                        struct error *error)
{
    char *chunk = arena_get_text(session->arena, CHUNK);
    for (size_t n; (n = fread(chunk, 1, CHUNK, file)) > 0;)
        if (!schema_import_feed(import, chunk, n))
            return false;
    return !ferror(file) || error_set_at(error, ERROR_SYSTEM, path, 0, 0, "cannot be read");
}

static enum exit_code import(struct session *session, struct str path)
{
    const struct options *options = session->options;
    struct str folder = options->schemas.count > 0 ? options->schemas.items[options->schemas.count - 1] : STR("schemas");
    bool is_standard_input = str_equal(path, STR("-"));
    struct error error = { 0 };
    size_t count = 0;
    FILE *file = is_standard_input ? stdin : fopen(path.p, "rb");
    if (file == NULL) {
        error_set_at(&error, ERROR_SYSTEM, path, 0, 0, "%s", strerror(errno));
        return session_complain(&error);
    }
    struct arena *scratch = arena_open(session->memory);
    struct str name = is_standard_input ? (struct str){ NULL, 0 } : path;
    struct schema_import *import = schema_import_open(session->arena, scratch, snippets_store(session, folder), name, &error);
    bool is_good = read_schema(session, import, file, path, &error) && schema_import_close(import, &count);
    arena_close(scratch);
    if (!is_standard_input)
        fclose(file);
    if (!is_good) {
        if (error.file.p == NULL && error.code == ERROR_INPUT)
            error.file = name;
        return session_complain(&error);
    }
    printf("%zu snippets written below %.*s\n", count, STR_ARG(folder));
    return EXIT_CLEAN;
}

enum exit_code command_schema(struct session *session)
{
    const struct texts *arguments = &session->options->arguments;
    struct error error = { 0 };
    if (arguments->count == 2 && str_equal(arguments->items[0], STR("import")))
        return import(session, arguments->items[1]);
    error_set(&error, ERROR_USAGE, "schema: show TYPE [PATH], import FILE or stats was expected");
    return session_complain(&error);
}
