#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/snippets.h"
#include "schema/schema_show.h"

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
    struct str folder =
        options->schemas.count > 0 ? options->schemas.items[options->schemas.count - 1] : STR("schemas");
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
    struct schema_import *import =
        schema_import_open(session->arena, scratch, snippets_store(session, folder), name, &error);
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

/* What stands under type and path: a resource type first, then a data source. */
static enum exit_code show(struct session *session, struct str type, struct str path)
{
    static const char *const words[] = { [SCHEMA_RESOURCE] = "resource type", [SCHEMA_DATA] = "data source",
                                         [SCHEMA_EPHEMERAL] = "ephemeral resource type" };
    struct snippets snippets;
    struct error error = { 0 };
    struct str none = { NULL, 0 };
    snippets_open(session, &snippets);
    struct schema_library *library = schema_library_open(session->arena, &snippets.shelf);
    bool is_data = str_starts_with(type, STR("data."));
    struct str name = is_data ? str_from_offset(type, 5) : type;
    for (int mode = is_data ? SCHEMA_DATA : SCHEMA_RESOURCE; mode <= SCHEMA_EPHEMERAL; mode++) {
        const struct schema *schema = schema_library_find(library, none, (enum schema_mode)mode, name);
        if (schema == NULL)
            continue;
        const struct schema_item *item = path.n == 0 ? NULL : schema_find_path(schema->block, path);
        if (path.n > 0 && item == NULL) {
            struct str best = schema_suggest_path(session->arena, schema->block, path);
            error_set(&error, ERROR_USAGE, "%.*s has no argument or block %.*s%s%.*s%s", STR_ARG(name), STR_ARG(path),
                      best.p == NULL ? "" : "; did you mean ", STR_ARG(best), best.p == NULL ? "" : "?");
            return session_complain(&error);
        }
        session_print(NULL, item != NULL ? schema_show_item(session->arena, item, name, path)
                                         : schema_show_type(session->arena, schema, name, words[mode]));
        return EXIT_CLEAN;
    }
    struct str best =
        schema_library_suggest(library, session->arena, none, is_data ? SCHEMA_DATA : SCHEMA_RESOURCE, name);
    error_set(&error, ERROR_USAGE, "there is no schema of %.*s%s%.*s%s", STR_ARG(type),
              best.p == NULL ? "" : "; did you mean ", STR_ARG(best),
              best.p == NULL ? "; `tfcheck schema import` adds those of a provider" : "?");
    return session_complain(&error);
}

struct counting {
    struct session *session;
    const struct snippets *snippets;
    struct arena *scratch;
    struct schema_tally tally;
    size_t data, ephemeral, malformed;
};

static void count_snippet(void *context, struct str name)
{
    struct counting *counting = context;
    struct error error = { 0 };
    struct str file = { NULL, 0 };
    struct str text = counting->snippets->shelf.read(counting->snippets->shelf.context, counting->scratch, name, &file);
    const struct schema *schema = text.p == NULL ? NULL : schema_load(counting->scratch, file, text, &error);
    if (schema == NULL && text.p != NULL) {
        session_complain(&error);
        counting->malformed++;
    } else if (schema != NULL && !str_ends_with(name, STR("/provider.json"))) {
        counting->data += str_find(name, STR("/data/")) >= 0;
        counting->ephemeral += str_find(name, STR("/ephemeral/")) >= 0;
        schema_count(schema, &counting->tally);
    }
    arena_reset(counting->scratch);
}

static enum exit_code stats(struct session *session)
{
    struct snippets snippets;
    struct counting counting = { .session = session, .snippets = &snippets, .scratch = arena_open(session->memory) };
    const struct schema_tally *tally = &counting.tally;
    snippets_open(session, &snippets);
    snippets_each(session, &snippets, count_snippet, &counting);
    arena_close(counting.scratch);
    printf("%zu resource types, %zu data sources, %zu ephemeral resource types\n",
           tally->types - counting.data - counting.ephemeral, counting.data, counting.ephemeral);
    printf("%zu arguments, %zu nested blocks; %zu arguments or blocks have constraints\n", tally->arguments,
           tally->blocks, tally->constrained);
    printf("%-12s %10s %10s %10s\n", "", "provider", "text", "api");
    for (int kind = 0; kind < CONSTRAINT_COUNT; kind++)
        printf("%-12.*s %10zu %10zu %10zu\n", STR_ARG(schema_constraint_name((enum schema_constraint_kind)kind)),
               tally->constraints[kind][SOURCE_PROVIDER], tally->constraints[kind][SOURCE_TEXT],
               tally->constraints[kind][SOURCE_API]);
    printf("%zu groups of arguments that exclude or need each other\n", tally->groups);
    if (tally->patterns_refused > 0)
        printf("%zu patterns cannot be compiled\n", tally->patterns_refused);
    return counting.malformed > 0 || tally->patterns_refused > 0 ? EXIT_COULD_NOT_CHECK : EXIT_CLEAN;
}

enum exit_code command_schema(struct session *session)
{
    const struct texts *arguments = &session->options->arguments;
    struct error error = { 0 };
    struct str verb = arguments->count > 0 ? arguments->items[0] : STR("");
    if (arguments->count == 2 && str_equal(verb, STR("import")))
        return import(session, arguments->items[1]);
    if ((arguments->count == 2 || arguments->count == 3) && str_equal(verb, STR("show")))
        return show(session, arguments->items[1], arguments->count == 3 ? arguments->items[2] : STR(""));
    if (arguments->count == 1 && str_equal(verb, STR("stats")))
        return stats(session);
    error_set(&error, ERROR_USAGE, "schema: show TYPE [PATH], import FILE or stats was expected");
    return session_complain(&error);
}
