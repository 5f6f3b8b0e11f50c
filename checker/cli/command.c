#include "cli/command.h"

#include "base/arena.h"
#include "base/error.h"
#include "cli/config.h"
#include "cli/options.h"

#include <stdio.h>

static const struct command commands[] = {
    { STR_INIT("check"), command_check },
    { STR_INIT("review"), command_review },
    { STR_INIT("config"), command_config },
    { STR_INIT("rules"), command_rules },
    { STR_INIT("explain"), command_explain },
    { STR_INIT("test"), command_test },
    { STR_INIT("init"), command_init },
    { STR_INIT("new-rule"), command_new_rule },
    { STR_INIT("docs"), command_docs },
    { STR_INIT("completions"), command_completions },
    { STR_INIT("schema"), command_schema },
    { STR_INIT("graph"), command_graph },
};

const struct command *command_find(struct str name)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
        if (str_equal(commands[i].name, name))
            return &commands[i];
    return NULL;
}

bool command_get(size_t number, struct str *name)
{
    if (number >= sizeof commands / sizeof commands[0])
        return false;
    *name = commands[number].name;
    return true;
}

struct str command_suggest(struct str word)
{
    enum { COUNT = sizeof commands / sizeof commands[0] };
    struct str names[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        names[i] = commands[i].name;
    return str_suggest(word, names, COUNT);
}

/* Atlantis must be told in its own words, whichever option was wrong. */
static void take_format(int argc, char **argv, struct options *options)
{
    for (int i = 1; i < argc; i++)
        if (str_equal(str_from(argv[i]), STR("--format=atlantis")) ||
            (str_equal(str_from(argv[i]), STR("atlantis")) && str_equal(str_from(argv[i - 1]), STR("--format"))))
            options->format = STR("atlantis");
}

/* The options: of the defaults, the configuration and the command line the last that says something. */
static bool read_options(struct arena *arena, int argc, char **argv, struct options *options, struct error *error)
{
    if (!options_read(arena, argc, argv, options, error))
        return false;
    struct str file = options->config;
    bool needs_config = !options->no_config && !options->wants_help && !options->wants_version;
    if (needs_config && file.p == NULL)
        file = config_find(arena);
    if (!needs_config || file.p == NULL)
        return true;
    options_init(arena, options);
    return config_read(arena, options, file, error) && options_apply(arena, argc, argv, options, error);
}

enum exit_code program_run(struct memory *memory, int argc, char **argv)
{
    struct arena *arena = arena_open(memory);
    struct error error = { 0 };
    struct options options;
    struct session session = { .memory = memory, .arena = arena, .options = &options };
    enum exit_code code = EXIT_CLEAN;
    if (!read_options(arena, argc, argv, &options, &error)) {
        take_format(argc, argv, &options);
        options.outputs.count = 0;
        code = command_check_refuse(&session, &error);
    } else if (options.wants_help) {
        session_print(NULL, str_from(options_help));
        session_print(NULL, str_from(options_help_commands));
    } else if (options.wants_version) {
        session_print(NULL, STR("tfcheck " TFCHECK_VERSION "\n"));
    } else {
        session.waivers = options.waivers;
        code = command_find(options.command)->run(&session);
    }
    arena_close(arena);
    if ((fflush(stdout) != 0 || ferror(stdout)) && code != EXIT_INTERNAL) {
        fputs("tfcheck: standard output could not be written\n", stderr);
        code = EXIT_COULD_NOT_CHECK;
    }
    return code;
}
