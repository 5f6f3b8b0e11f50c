#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/skeleton.h"
#include "cli/whole_file.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct str own_folder = STR_INIT("policies/own");
static const struct str first_rule = STR_INIT("queue-dead-letters");

/* Make the folders of path, whose last part is a file. */
static bool make_folders(struct arena *arena, struct str path, struct error *error)
{
    for (size_t i = 1; i < path.n; i++) {
        if (path.p[i] != '/')
            continue;
        struct str folder = arena_copy(arena, str_part(path, 0, i));
        if (mkdir(folder.p, 0777) != 0 && errno != EEXIST)
            return error_set_at(error, ERROR_SYSTEM, folder, 0, 0, "%s", strerror(errno));
    }
    return true;
}

/* Write a file that is not there yet. */
static bool write_new(struct arena *arena, struct str path, struct str text, struct error *error)
{
    struct whole_file file;
    if (access(path.p, F_OK) == 0)
        return error_set_at(error, ERROR_USAGE, path, 0, 0, "is there already, and is left as it is");
    if (!make_folders(arena, path, error) || !whole_file_open(&file, arena, path, error) ||
        !whole_file_close(&file, whole_file_write(&file, text), error))
        return false;
    fputs("wrote ", stdout);
    session_put_escaped(stdout, path);
    putchar('\n');
    return true;
}

static bool write_rule(struct arena *arena, struct str folder, struct str id, struct error *error)
{
    struct str path = arena_format(arena, "%.*s/%.*s.yaml", STR_ARG(folder), STR_ARG(id));
    struct str pattern = str_from(skeleton_rule);
    ptrdiff_t place = str_find(pattern, STR("%s"));
    struct str parts[] = { str_part(pattern, 0, (size_t)place), id, str_from_offset(pattern, (size_t)place + 2) };
    return write_new(arena, path, arena_join(arena, parts, 3), error);
}

enum exit_code command_init(struct session *session)
{
    struct error error = { 0 };
    if (session->options->arguments.count > 0)
        error_set(&error, ERROR_USAGE, "init takes no names: it writes .tfcheck.yaml into the working directory");
    else if (write_new(session->arena, STR(".tfcheck.yaml"), str_from(skeleton_configuration), &error))
        write_rule(session->arena, own_folder, first_rule, &error);
    if (error.code != ERROR_NONE)
        return session_complain(&error);
    puts("Next: tfcheck test policies/own; then terraform show -json tfplan | tfcheck");
    return EXIT_CLEAN;
}

/* Small letters, digits and single hyphens between them. */
static bool is_rule_id(struct str id)
{
    bool was_hyphen = true;
    for (size_t i = 0; i < id.n; i++) {
        bool is_letter = (id.p[i] >= 'a' && id.p[i] <= 'z') || (id.p[i] >= '0' && id.p[i] <= '9');
        if (!is_letter && (id.p[i] != '-' || was_hyphen))
            return false;
        was_hyphen = !is_letter;
    }
    return !was_hyphen;
}

enum exit_code command_new_rule(struct session *session)
{
    const struct options *options = session->options;
    struct error error = { 0 };
    struct str folder = options->policies.count > 0 ? options->policies.items[0] : own_folder;
    if (options->arguments.count != 1)
        error_set(&error, ERROR_USAGE, "new-rule takes one id, as in tfcheck new-rule bucket-owner-named");
    else if (!is_rule_id(options->arguments.items[0]))
        error_set(&error, ERROR_USAGE, "%.*s is no id of a rule: small letters, digits and hyphens between them",
                  STR_ARG(options->arguments.items[0]));
    else
        write_rule(session->arena, folder, options->arguments.items[0], &error);
    if (error.code != ERROR_NONE)
        return session_complain(&error);
    struct str id = options->arguments.items[0];
    printf("Next: change it, then tfcheck test %.*s/%.*s.yaml\n", STR_ARG(folder), STR_ARG(id));
    return EXIT_CLEAN;
}
