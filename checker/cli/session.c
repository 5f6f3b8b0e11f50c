#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "cli/command.h"
#include "cli/config.h"
#include "cli/home.h"
#include "cli/options.h"
#include "cli/snippets.h"
#include "match/glob.h"
#include "report/escape.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LARGEST_POLICY = 4 << 20, DEEPEST_FOLDER = 8 };

bool session_print(void *context, struct str text)
{
    (void)context;
    return text.n == 0 || fwrite(text.p, 1, text.n, stdout) == text.n;
}

void session_put_escaped(FILE *stream, struct str text)
{
    char out[ESCAPED_ROOM];
    size_t used;
    for (struct str rest = text; rest.n > 0; rest = str_from_offset(rest, used)) {
        size_t n = escape_beginning(rest, out, &used);
        fwrite(out, 1, n, stream);
    }
}

enum exit_code session_complain(const struct error *error)
{
    fputs("tfcheck: ", stderr);
    if (error->file.p != NULL)
        session_put_escaped(stderr, error->file);
    if (error->line > 0)
        fprintf(stderr, "%s%zu:%zu", error->file.p == NULL ? "line " : ":", error->line, error->column);
    if (error->file.p != NULL || error->line > 0)
        fputs(": ", stderr);
    session_put_escaped(stderr, str_from(error->text));
    fputc('\n', stderr);
    return EXIT_COULD_NOT_CHECK;
}

bool session_has_color(const struct session *session)
{
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    if (session->options->color != WHEN_AUTO)
        return session->options->color == WHEN_ALWAYS;
    return isatty(STDOUT_FILENO) && (no_color == NULL || no_color[0] == '\0') &&
           (term == NULL || strcmp(term, "dumb") != 0);
}

size_t session_width(void)
{
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    const char *columns = getenv("COLUMNS");
    long width = columns == NULL ? 0 : strtol(columns, NULL, 10);
    return width > 0 && width < 10000 ? (size_t)width : 0;
}

static bool is_rule_file(const char *name)
{
    struct str s = str_from(name);
    return s.p[0] != '.' && (str_ends_with(s, STR(".yaml")) || str_ends_with(s, STR(".yml")) ||
                             str_ends_with(s, STR(".json")));
}

static struct str last_part(struct str path)
{
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/')
            return str_from_offset(path, i);
    return path;
}

static bool load_file(struct session *session, struct rules *rules, struct str pack, struct str path, bool is_table,
                      struct error *error)
{
    struct str text;
    if (!file_read(session->arena, path, LARGEST_POLICY, ERROR_POLICY, &text, error))
        return false;
    return is_table ? rule_load_table(rules, path, text, error) : rule_load(rules, pack, path, text, error);
}

/* Tables come first, since rules name them. The depth is bounded. */
static bool load_folder(struct session *session, struct rules *rules, struct str path, int depth, struct error *error)
{
    struct file_names names = { 0 };
    struct str tables = arena_format(session->arena, "%.*s/tables", STR_ARG(path));
    struct file_names table_names = { 0 };
    if (file_is_folder(tables) && !file_list(session->arena, tables, &table_names, error))
        return false;
    for (size_t i = 0; i < table_names.count; i++) {
        struct str file = arena_format(session->arena, "%.*s/%.*s", STR_ARG(tables), STR_ARG(table_names.items[i]));
        if (is_rule_file(table_names.items[i].p) && !load_file(session, rules, STR(""), file, true, error))
            return false;
    }
    if (!file_list(session->arena, path, &names, error))
        return false;
    for (size_t i = 0; i < names.count; i++) {
        struct str entry = arena_format(session->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(names.items[i]));
        bool is_folder = file_is_folder(entry);
        bool is_subfolder = is_folder && depth < DEEPEST_FOLDER && !str_equal(names.items[i], STR("tables"));
        if (is_subfolder && !load_folder(session, rules, entry, depth + 1, error))
            return false;
        if (!is_folder && is_rule_file(names.items[i].p) &&
            !load_file(session, rules, last_part(path), entry, false, error))
            return false;
    }
    return true;
}

bool session_load_path(struct session *session, struct rules *rules, struct str path, struct error *error)
{
    if (file_is_folder(path))
        return load_folder(session, rules, path, 0, error);
    return load_file(session, rules, STR("own"), path, false, error);
}

static bool set_parameters(struct session *session, struct rules *rules, struct error *error)
{
    const struct rule_settings *configured = &session->options->rule_settings;
    for (size_t i = 0; i < configured->count; i++)
        if (configured->items[i].name.p != NULL)
            rule_set_parameter(rules, configured->items[i].rule, configured->items[i].name, configured->items[i].text,
                               error);
    const struct texts *settings = &session->options->settings;
    for (size_t i = 0; i < settings->count; i++) {
        struct str text = settings->items[i];
        ptrdiff_t dot = str_find_byte(text, '.'), sign = str_find_byte(text, '=');
        if (dot < 0 || sign < dot)
            return error_set(error, ERROR_USAGE, "--set %.*s: ID.NAME=VALUE was expected", STR_ARG(text));
        struct str name = str_part(text, (size_t)dot + 1, (size_t)(sign - dot) - 1);
        if (!rule_set_parameter(rules, str_part(text, 0, (size_t)dot), name, str_from_offset(text, (size_t)sign + 1),
                                error))
            return false;
    }
    return true;
}

/* A misspelt id must not leave a rule out, or all of them, without a word. */
static bool check_ids(const struct rules *rules, const char *option, const struct texts *globs, struct error *error)
{
    for (size_t i = 0; i < globs->count; i++) {
        size_t matches = 0;
        for (size_t r = 0; r < rules->count; r++)
            matches += glob_match(globs->items[i], rules->items[r]->id);
        if (matches > 0)
            continue;
        struct str *ids = arena_get(rules->arena, (rules->count + 1) * sizeof *ids);
        for (size_t r = 0; r < rules->count; r++)
            ids[r] = rules->items[r]->id;
        struct str best = str_suggest(globs->items[i], ids, rules->count);
        if (best.p != NULL)
            return error_set(error, ERROR_USAGE, "%s %.*s: there is no such rule; did you mean %.*s?", option,
                             STR_ARG(globs->items[i]), STR_ARG(best));
        return error_set(error, ERROR_USAGE, "%s %.*s: there is no such rule; `tfcheck rules` lists them", option,
                         STR_ARG(globs->items[i]));
    }
    return true;
}

void session_start_rules(struct session *session, struct rules *rules)
{
    struct snippets *snippets = arena_get(session->arena, sizeof *snippets);
    rules_init(rules, session->arena);
    snippets_open(session, snippets);
    rules->schemas = schema_library_open(session->arena, &snippets->shelf);
}

static bool load_rules(struct session *session, struct rules *rules, struct error *error)
{
    const struct options *options = session->options;
    session_start_rules(session, rules);
    if (!set_parameters(session, rules, error))
        return false;
    if (!options->no_builtin) {
        struct str home = home_find(session->arena);
        if (home.p == NULL)
            return error_set(error, ERROR_SYSTEM, "the built-in policies are not to be found; set TFCHECK_HOME to the"
                                                  " folder that holds policies/, or use --no-builtin");
        struct str packs = arena_format(session->arena, "%.*s/policies", STR_ARG(home));
        rules->is_trusted = str_equal(options->command, STR("check")) || str_equal(options->command, STR("review"));
        if (!session_load_path(session, rules, packs, error))
            return false;
    }
    rules->is_trusted = false;
    for (size_t i = 0; i < options->policies.count; i++)
        if (!session_load_path(session, rules, options->policies.items[i], error))
            return false;
    if (!config_apply(options, rules, error) || !rules_close(rules, error))
        return false;
    if (rules->count == 0)
        return error_set(error, ERROR_USAGE,
                         "there are no rules: name some with --policy, or leave out --no-builtin");
    return check_ids(rules, "--only", &options->run.only, error) &&
           check_ids(rules, "--skip", &options->run.skip, error);
}

bool session_load_rules(struct session *session, struct rules *rules, struct error *error)
{
    if (load_rules(session, rules, error))
        return true;
    config_blame(session->arena, session->options, error);
    return false;
}
