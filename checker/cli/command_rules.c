#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/value_text.h"
#include "json/json_write.h"
#include "match/glob.h"
#include "report/escape.h"
#include "report/paint.h"

#include <stdio.h>

static bool is_listed(const struct options *options, const struct rule *rule)
{
    bool is_chosen = options->run.only.count == 0;
    for (size_t i = 0; i < options->run.only.count; i++)
        is_chosen |= glob_match(options->run.only.items[i], rule->id);
    for (size_t i = 0; i < options->run.skip.count; i++)
        is_chosen &= !glob_match(options->run.skip.items[i], rule->id);
    return is_chosen && rule->severity <= options->run.least;
}

static void write_texts(struct json_writer *writer, const char *key, const struct texts *texts)
{
    json_write_key(writer, key);
    json_write_open_array(writer);
    for (size_t i = 0; i < texts->count; i++)
        json_write_string(writer, texts->items[i]);
    json_write_close_array(writer);
}

static void write_rule(struct json_writer *writer, const struct rule *rule)
{
    json_write_open_object(writer);
    json_write_key(writer, "id");
    json_write_string(writer, rule->id);
    json_write_key(writer, "pack");
    json_write_string(writer, rule->pack);
    json_write_key(writer, "severity");
    json_write_string(writer, severity_name(rule->severity));
    json_write_key(writer, "profiles");
    json_write_open_object(writer);
    for (int i = 0; i < PROFILE_COUNT; i++) {
        json_write_key_str(writer, profile_name((enum profile)i));
        json_write_string(writer, rule->is_off[i] ? STR("off") : severity_name(rule->in_profile[i]));
    }
    json_write_close_object(writer);
    json_write_key(writer, "title");
    json_write_string(writer, rule->title);
    json_write_key(writer, "why");
    json_write_string(writer, rule->why);
    json_write_key(writer, "fix");
    json_write_string(writer, rule->fix);
    write_texts(writer, "types", &rule->select.types);
    write_texts(writer, "also", &rule->also);
    json_write_key(writer, "parameters");
    json_write_open_object(writer);
    for (size_t i = 0; i < rule->parameters.count; i++) {
        json_write_key_str(writer, rule->parameters.entries[i].key);
        value_text_write(writer, rule->parameters.entries[i].value);
    }
    json_write_close_object(writer);
    json_write_close_object(writer);
}

static bool print_json(struct session *session, const struct rules *rules)
{
    struct json_writer *writer = json_write_open(session->arena, session_print, NULL, 2);
    json_write_open_array(writer);
    for (size_t i = 0; i < rules->count; i++)
        if (is_listed(session->options, rules->items[i]))
            write_rule(writer, rules->items[i]);
    json_write_close_array(writer);
    return json_write_close(writer);
}

static void print_text(const struct session *session, const struct rules *rules)
{
    int longest = 0;
    size_t listed = 0;
    for (size_t i = 0; i < rules->count; i++)
        if (is_listed(session->options, rules->items[i]) && (int)rules->items[i]->id.n > longest)
            longest = (int)rules->items[i]->id.n;
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = rules->items[i];
        if (!is_listed(session->options, rule))
            continue;
        listed++;
        const char *paint = session_has_color(session) ? paint_of(rule->severity) : "";
        struct str title = escape_for_terminal(session->arena, rule->title);
        printf("%s%-6.*s%s  %-*.*s  %.*s\n", paint, STR_ARG(severity_name(rule->severity)), *paint ? PAINT_END : "",
               longest, STR_ARG(rule->id), STR_ARG(title));
    }
    printf("%zu rule%s; tfcheck explain ID tells more\n", listed, listed == 1 ? "" : "s");
}

enum exit_code command_rules(struct session *session)
{
    struct error error = { 0 };
    struct rules rules;
    if (!session_load_rules(session, &rules, &error))
        return session_complain(&error);
    if (str_equal(session->options->format, STR("json")))
        return print_json(session, &rules) ? EXIT_CLEAN : EXIT_COULD_NOT_CHECK;
    print_text(session, &rules);
    return EXIT_CLEAN;
}
