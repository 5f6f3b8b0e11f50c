#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "cli/command.h"
#include "cli/options.h"
#include "report/escape.h"

#include <stdio.h>

enum { WIDEST_VALUE = 40 };

struct line {
    struct str name, value, origin;
};

struct lines {
    struct arena *arena;
    struct line *items;
    size_t count, capacity;
};

static void add_line(struct lines *lines, struct str name, struct str value, struct str origin)
{
    struct arena *arena = lines->arena;
    struct line line = { escape_for_terminal(arena, name), escape_for_terminal(arena, value),
                         escape_for_terminal(arena, origin) };
    VEC_ADD(arena, lines, line);
}

/* "file:12". */
static struct str place(struct arena *arena, struct str file, size_t line)
{
    return arena_format(arena, "%.*s:%zu", STR_ARG(file), line);
}

/* Options without a key are about the run itself: they are left out while nobody has set them. */
static void add_settings(struct lines *lines, const struct options *options)
{
    for (size_t i = 0; i < options->origin_count; i++) {
        const struct setting_origin *setting = &options->origins[i];
        if (setting->origin.p == NULL && str_starts_with(setting->name, STR("-")))
            continue;
        add_line(lines, setting->name, setting->value.p != NULL ? setting->value : STR("-"),
                 setting->origin.p != NULL ? setting->origin : STR("default"));
    }
}

static void add_rules(struct lines *lines, const struct rule_settings *settings)
{
    struct arena *arena = lines->arena;
    for (size_t i = 0; i < settings->count; i++) {
        const struct rule_setting *one = &settings->items[i];
        struct str name = one->name.p == NULL ? arena_format(arena, "severities.%.*s", STR_ARG(one->rule))
                                              : arena_format(arena, "parameters.%.*s.%.*s", STR_ARG(one->rule),
                                                             STR_ARG(one->name));
        add_line(lines, name, one->text, place(arena, one->file, one->line));
    }
}

static void add_waivers(struct lines *lines, const struct waivers *waivers)
{
    for (size_t i = 0; i < waivers->count; i++) {
        const struct waiver *one = &waivers->items[i];
        struct str value = arena_format(lines->arena, "%.*s on %.*s", STR_ARG(one->rule), STR_ARG(one->address));
        add_line(lines, STR("waivers"), value, place(lines->arena, one->file, one->line));
    }
}

static void print_lines(const struct lines *lines)
{
    int name = 0, value = 0;
    for (size_t i = 0; i < lines->count; i++) {
        name = (int)lines->items[i].name.n > name ? (int)lines->items[i].name.n : name;
        value = (int)lines->items[i].value.n > value ? (int)lines->items[i].value.n : value;
    }
    value = value > WIDEST_VALUE ? WIDEST_VALUE : value;
    for (size_t i = 0; i < lines->count; i++)
        printf("%-*.*s  %-*.*s  %.*s\n", name, STR_ARG(lines->items[i].name), value, STR_ARG(lines->items[i].value),
               STR_ARG(lines->items[i].origin));
}

enum exit_code command_config(struct session *session)
{
    const struct options *options = session->options;
    struct lines lines = { .arena = session->arena };
    struct error error = { 0 };
    struct rules rules;
    if (options->config_file.p == NULL)
        puts("There is no .tfcheck.yaml here or above, up to the root of the repository.");
    add_settings(&lines, options);
    add_rules(&lines, &options->rule_settings);
    add_waivers(&lines, &session->waivers);
    print_lines(&lines);
    return session_load_rules(session, &rules, &error) ? EXIT_CLEAN : session_complain(&error);
}
