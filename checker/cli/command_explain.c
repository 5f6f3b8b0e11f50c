#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/options.h"
#include "report/escape.h"
#include "report/paint.h"
#include "yaml/yaml_read.h"

#include <stdio.h>

/* Rules may be other people's: their texts are made harmless. */
static struct str show(const struct session *session, struct str text)
{
    return escape_for_terminal(session->arena, text);
}

static void print_indented(const struct session *session, struct str text, int indent)
{
    text = str_trim(text);
    while (text.n > 0) {
        ptrdiff_t end = str_find_byte(text, '\n');
        struct str line = show(session, str_part(text, 0, end < 0 ? text.n : (size_t)end));
        printf("%*s%.*s\n", line.n == 0 ? 0 : indent, "", STR_ARG(line));
        text = end < 0 ? STR("") : str_from_offset(text, (size_t)end + 1);
    }
}

static void print_section(const struct session *session, const char *title)
{
    bool has_color = session_has_color(session);
    printf("\n%s%s%s\n", has_color ? PAINT_BOLD : "", title, has_color ? PAINT_END : "");
}

static void print_cases(const struct session *session, const struct rule *rule)
{
    if (rule->cases == NULL)
        return;
    print_section(session, "Cases");
    for (const struct yaml_node *node = rule->cases->first; node != NULL; node = node->next) {
        const struct yaml_node *name = yaml_find(node, STR("name")), *expect = yaml_find(node, STR("expect"));
        struct str title = show(session, name == NULL ? STR("") : name->text);
        printf("  %.*s\n", STR_ARG(title));
        for (const struct yaml_node *one = expect == NULL ? NULL : expect->first; one != NULL; one = one->next) {
            struct str address = show(session, one->key), verdict = show(session, one->text);
            printf("    %.*s: %.*s\n", STR_ARG(address), STR_ARG(verdict));
        }
    }
}

static void print_list(const struct session *session, const char *title, const struct texts *texts)
{
    if (texts->count == 0)
        return;
    printf("\n%s", title);
    for (size_t i = 0; i < texts->count; i++) {
        struct str text = show(session, texts->items[i]);
        printf("%s%.*s", i == 0 ? " " : ", ", STR_ARG(text));
    }
    putchar('\n');
}

static void explain(const struct session *session, const struct rule *rule)
{
    bool has_color = session_has_color(session);
    struct str title = show(session, rule->title), pack = show(session, rule->pack), file = show(session, rule->file);
    struct str source = show(session, rule->source);
    printf("%s%.*s%s  %.*s\n", has_color ? PAINT_BOLD : "", STR_ARG(rule->id), has_color ? PAINT_END : "",
           STR_ARG(title));
    printf("%.*s, pack %.*s", STR_ARG(severity_name(rule->severity)), STR_ARG(pack));
    for (int i = 0; i < PROFILE_COUNT; i++)
        if (rule->is_off[i] || rule->in_profile[i] != rule->severity)
            printf("; under the profile %.*s: %.*s", STR_ARG(profile_name((enum profile)i)),
                   STR_ARG(rule->is_off[i] ? STR("off") : severity_name(rule->in_profile[i])));
    printf("\n%.*s\n", STR_ARG(file));
    print_section(session, "Why");
    print_indented(session, rule->why, 2);
    print_section(session, "Fix");
    print_indented(session, rule->fix, 2);
    if (rule->example.hcl.p != NULL) {
        print_section(session, "HCL");
        print_indented(session, rule->example.hcl, 2);
    }
    if (rule->example.cdktf.p != NULL) {
        print_section(session, "CDKTF (TypeScript)");
        print_indented(session, rule->example.cdktf, 2);
    }
    print_cases(session, rule);
    print_list(session, "Looks at:", &rule->select.types);
    print_list(session, "The same check elsewhere:", &rule->also);
    if (source.p != NULL)
        printf("\nSource: %.*s\n", STR_ARG(source));
}

static enum exit_code refuse(struct session *session, const struct rules *rules, struct str id)
{
    struct error error = { 0 };
    struct str *ids = arena_get(session->arena, (rules->count + 1) * sizeof *ids);
    for (size_t i = 0; i < rules->count; i++)
        ids[i] = rules->items[i]->id;
    struct str best = str_suggest(id, ids, rules->count);
    if (best.p != NULL)
        error_set(&error, ERROR_USAGE, "there is no rule %.*s; did you mean %.*s?", STR_ARG(id), STR_ARG(best));
    else
        error_set(&error, ERROR_USAGE, "there is no rule %.*s; `tfcheck rules` lists them", STR_ARG(id));
    return session_complain(&error);
}

enum exit_code command_explain(struct session *session)
{
    struct error error = { 0 };
    struct rules rules;
    const struct texts *ids = &session->options->arguments;
    if (!session_load_rules(session, &rules, &error))
        return session_complain(&error);
    if (ids->count == 0) {
        error_set(&error, ERROR_USAGE, "explain: the id of a rule was expected; `tfcheck rules` lists them");
        return session_complain(&error);
    }
    for (size_t i = 0; i < ids->count; i++) {
        const struct rule *rule = rule_find(&rules, ids->items[i]);
        if (rule == NULL)
            return refuse(session, &rules, ids->items[i]);
        if (i > 0)
            putchar('\n');
        explain(session, rule);
    }
    return EXIT_CLEAN;
}
