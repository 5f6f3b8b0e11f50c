#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/value_text.h"
#include "cli/whole_file.h"
#include "report/escape.h"
#include "yaml/yaml_read.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

/* A page that is being written. */
struct sheet {
    struct arena *arena;
    struct whole_file file;
    bool is_good;
};

static void put(struct sheet *sheet, struct str text)
{
    sheet->is_good = sheet->is_good && whole_file_write(&sheet->file, text);
}

static void put_text(struct sheet *sheet, const char *before, struct str text, const char *after)
{
    put(sheet, str_from(before));
    put(sheet, escape_for_markdown(sheet->arena, str_trim(text)));
    put(sheet, str_from(after));
}

static void put_code(struct sheet *sheet, const char *before, struct str text, const char *after)
{
    put(sheet, str_from(before));
    put(sheet, escape_as_code(sheet->arena, text));
    put(sheet, str_from(after));
}

static void put_example(struct sheet *sheet, const char *title, const char *language, struct str text)
{
    if (text.p == NULL)
        return;
    put(sheet, str_from(title));
    put(sheet, escape_as_fence(sheet->arena, str_from(language), text));
}

static void put_codes(struct sheet *sheet, const char *title, const struct texts *texts)
{
    if (texts->count == 0)
        return;
    put(sheet, str_from(title));
    for (size_t i = 0; i < texts->count; i++)
        put_code(sheet, i == 0 ? "" : ", ", texts->items[i], "");
    put(sheet, STR("\n"));
}

static void put_parameters(struct sheet *sheet, const struct rule *rule)
{
    if (rule->parameters.count == 0)
        return;
    put(sheet, STR("\n## Parameters\n\n| name | default |\n|---|---|\n"));
    for (size_t i = 0; i < rule->parameters.count; i++) {
        put_code(sheet, "| ", rule->parameters.entries[i].key, " | ");
        put_code(sheet, "", value_text(sheet->arena, rule->parameters.entries[i].value), " |\n");
    }
}

static void put_cases(struct sheet *sheet, const struct rule *rule)
{
    if (rule->cases == NULL || rule->cases->first == NULL)
        return;
    put(sheet, STR("\n## Cases\n\n| case | verdict |\n|---|---|\n"));
    for (const struct yaml_node *node = rule->cases->first; node != NULL; node = node->next) {
        const struct yaml_node *name = yaml_find(node, STR("name")), *expect = yaml_find(node, STR("expect"));
        put_text(sheet, "| ", name == NULL ? STR("") : name->text, " | ");
        for (const struct yaml_node *one = expect == NULL ? NULL : expect->first; one != NULL; one = one->next) {
            put_code(sheet, one == expect->first ? "" : ", ", one->key, " ");
            put_text(sheet, "", one->text, "");
        }
        put(sheet, STR(" |\n"));
    }
}

static void put_severity(struct sheet *sheet, const struct rule *rule)
{
    put_text(sheet, "Severity ", severity_name(rule->severity), "");
    for (int i = 0; i < PROFILE_COUNT; i++) {
        if (!rule->is_off[i] && rule->in_profile[i] == rule->severity)
            continue;
        put_text(sheet, "; under the profile ", profile_name((enum profile)i), ": ");
        put_text(sheet, "", rule->is_off[i] ? STR("off") : severity_name(rule->in_profile[i]), "");
    }
    put_text(sheet, ". Pack ", rule->pack, ".\n");
}

static void put_rule(struct sheet *sheet, const struct rule *rule)
{
    put_text(sheet, "# ", rule->title, "\n\n");
    put_code(sheet, "", rule->id, "  \n");
    put_severity(sheet, rule);
    put_text(sheet, "\n## Why\n\n", rule->why, "\n\n## Fix\n\n");
    put_text(sheet, "", rule->fix, "\n");
    put_example(sheet, "\n", "hcl", rule->example.hcl);
    put_example(sheet, "\nCDKTF (TypeScript):\n\n", "typescript", rule->example.cdktf);
    put_codes(sheet, "\n## Looks at\n\n", &rule->select.types);
    put_parameters(sheet, rule);
    put_cases(sheet, rule);
    put_codes(sheet, "\n## The same check elsewhere\n\n", &rule->also);
    if (rule->source.p != NULL)
        put_text(sheet, "\n## Source\n\n", rule->source, "\n");
}

static void put_index(struct sheet *sheet, const struct rules *rules)
{
    struct str pack = { NULL, 0 };
    put(sheet, STR("# Rules\n"));
    for (size_t shown = 0; shown < rules->count;) {
        struct str next = { NULL, 0 };
        for (size_t i = 0; i < rules->count; i++)
            if ((pack.p == NULL || str_compare(rules->items[i]->pack, pack) > 0) &&
                (next.p == NULL || str_compare(rules->items[i]->pack, next) < 0))
                next = rules->items[i]->pack;
        pack = next;
        put_text(sheet, "\n## ", pack, "\n\n| rule | severity | what it wants |\n|---|---|---|\n");
        for (size_t i = 0; i < rules->count; i++) {
            const struct rule *rule = rules->items[i];
            if (!str_equal(rule->pack, pack))
                continue;
            shown++;
            put_text(sheet, "| [", rule->id, "](");
            put_text(sheet, "", rule->id, ".md) | ");
            put_text(sheet, "", severity_name(rule->severity), " | ");
            put_text(sheet, "", rule->title, " |\n");
        }
    }
}

/* One page: of a rule, or of all of them when rule is NULL. */
static bool write_page(struct arena *arena, struct str folder, const struct rules *rules, const struct rule *rule,
                       struct error *error)
{
    struct str name = rule == NULL ? STR("README") : rule->id;
    struct sheet sheet = { .arena = arena, .is_good = true };
    struct str path = arena_format(arena, "%.*s/%.*s.md", STR_ARG(folder), STR_ARG(name));
    if (!whole_file_open(&sheet.file, arena, path, error))
        return false;
    if (rule == NULL)
        put_index(&sheet, rules);
    else
        put_rule(&sheet, rule);
    return whole_file_close(&sheet.file, sheet.is_good, error);
}

static bool write_pages(struct arena *arena, struct str folder, const struct rules *rules, struct error *error)
{
    if (mkdir(folder.p, 0777) != 0 && errno != EEXIST)
        return error_set_at(error, ERROR_SYSTEM, folder, 0, 0, "%s", strerror(errno));
    for (size_t i = 0; i < rules->count; i++)
        if (!write_page(arena, folder, rules, rules->items[i], error))
            return false;
    return write_page(arena, folder, rules, NULL, error);
}

enum exit_code command_docs(struct session *session)
{
    struct error error = { 0 };
    struct rules rules;
    if (session->options->arguments.count != 1)
        error_set(&error, ERROR_USAGE, "docs takes one folder, in which it writes a page for each rule");
    if (error.code != ERROR_NONE || !session_load_rules(session, &rules, &error) ||
        !write_pages(session->arena, session->options->arguments.items[0], &rules, &error))
        return session_complain(&error);
    printf("%zu pages in %.*s\n", rules.count + 1, STR_ARG(session->options->arguments.items[0]));
    return EXIT_CLEAN;
}
