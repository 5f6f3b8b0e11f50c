#include "cli/options.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "cli/command.h"
#include "cli/option_row.h"

#include <stdlib.h>

/* Set what row sets, and remember who said so. The command line does not add to the configuration's lists. */
static bool set_row(struct reading *reading, const struct option_row *row, struct str value, struct str origin)
{
    struct options *options = reading->options;
    struct setting_origin *last = &options->origins[row - option_rows];
    bool is_repeated = last->origin.p != NULL && str_equal(last->origin, origin);
    if (last->origin.p != NULL && !is_repeated && row->list > 0)
        ((struct texts *)(void *)((char *)options + row->list))->count = 0;
    if (!row->set(reading, value))
        return false;
    struct str shown = value;
    if (!row->takes_value && value.n == 0) /* a switch turns round what is usual */
        shown = str_equal(row->usual, STR("true")) ? STR("false") : STR("true");
    last->value = is_repeated ? arena_join(reading->arena, (struct str[]){ last->value, STR(", "), shown }, 3) : shown;
    last->origin = origin;
    return true;
}

static bool refuse_option(struct reading *reading, struct str name)
{
    struct str *names = arena_get(reading->arena, option_row_count * sizeof *names);
    for (size_t i = 0; i < option_row_count; i++)
        names[i] = option_rows[i].name;
    struct str best = str_suggest(name, names, option_row_count);
    if (best.p == NULL)
        return error_set(reading->error, ERROR_USAGE, "there is no option %.*s; see tfcheck --help", STR_ARG(name));
    return error_set(reading->error, ERROR_USAGE, "there is no option %.*s; did you mean %.*s?", STR_ARG(name),
                     STR_ARG(best));
}

static const struct option_row *find_row(struct str name)
{
    for (size_t i = 0; i < option_row_count; i++)
        if (str_equal(option_rows[i].name, name))
            return &option_rows[i];
    return NULL;
}

/* One option at argv[*i]; moves *i on when the value is the next argument. */
static bool read_option(struct reading *reading, int argc, char **argv, int *i)
{
    struct str argument = str_from(argv[*i]);
    ptrdiff_t sign = str_starts_with(argument, STR("--")) ? str_find_byte(argument, '=') : -1;
    struct str name = sign < 0 ? argument : str_part(argument, 0, (size_t)sign);
    const struct option_row *row = find_row(name);
    if (row == NULL)
        return refuse_option(reading, name);
    if (!row->takes_value) {
        if (sign >= 0)
            return error_set(reading->error, ERROR_USAGE, "%.*s takes no value", STR_ARG(name));
        return set_row(reading, row, STR(""), row->name);
    }
    if (sign >= 0)
        return set_row(reading, row, str_from_offset(argument, (size_t)sign + 1), row->name);
    if (*i + 1 >= argc)
        return error_set(reading->error, ERROR_USAGE, "%.*s needs a value", STR_ARG(name));
    return set_row(reading, row, str_from(argv[++*i]), row->name);
}

void options_init(struct arena *arena, struct options *options)
{
    *options = (struct options){ .command = STR("check"), .format = STR("text"), .unknown = UNKNOWN_REPORT,
                                 .fail_on = SEVERITY_HIGH, .max_bytes = USUAL_COMMENT };
    options->run.least = SEVERITY_INFO;
    options->run.workspace = str_from(getenv("TF_WORKSPACE"));
    options->waivers.arena = arena;
    options->origin_count = option_row_count;
    options->origins = arena_get(arena, option_row_count * sizeof *options->origins);
    for (size_t i = 0; i < option_row_count; i++) {
        options->origins[i].value = option_rows[i].usual;
        options->origins[i].name = option_rows[i].key.p != NULL ? option_rows[i].key : option_rows[i].name;
    }
}

bool options_apply(struct arena *arena, int argc, char **argv, struct options *options, struct error *error)
{
    struct reading reading = { arena, options, error, { NULL, 0 } };
    bool takes_options = true;
    for (int i = 1; i < argc; i++) {
        struct str argument = str_from(argv[i]);
        if (takes_options && str_equal(argument, STR("--"))) {
            takes_options = false;
        } else if (takes_options && argument.n > 1 && argument.p[0] == '-') {
            if (!read_option(&reading, argc, argv, &i))
                return false;
        } else if (takes_options && options->arguments.count == 0 && str_equal(options->command, STR("check")) &&
                   command_find(argument) != NULL && i == 1) {
            options->command = argument;
        } else {
            VEC_ADD(arena, &options->arguments, argument);
        }
    }
    return true;
}

bool options_read(struct arena *arena, int argc, char **argv, struct options *options, struct error *error)
{
    options_init(arena, options);
    return options_apply(arena, argc, argv, options, error);
}

bool options_set_key(struct arena *arena, struct options *options, struct str key, struct str value, struct str origin,
                     struct error *error)
{
    struct reading reading = { arena, options, error, key };
    for (size_t i = 0; i < option_row_count; i++)
        if (option_rows[i].key.p != NULL && str_equal(option_rows[i].key, key))
            return set_row(&reading, &option_rows[i], value, origin);
    return error_set(error, ERROR_POLICY, "there is no key %.*s", STR_ARG(key));
}

const struct str *options_keys(struct arena *arena, size_t *count)
{
    struct str *keys = arena_get(arena, option_row_count * sizeof *keys);
    *count = 0;
    for (size_t i = 0; i < option_row_count; i++)
        if (option_rows[i].key.p != NULL)
            keys[(*count)++] = option_rows[i].key;
    return keys;
}

bool options_get(size_t number, struct str *name, bool *takes_value, struct str *choices)
{
    if (number >= option_row_count)
        return false;
    *name = option_rows[number].name;
    *takes_value = option_rows[number].takes_value;
    *choices = option_rows[number].choices;
    return true;
}
