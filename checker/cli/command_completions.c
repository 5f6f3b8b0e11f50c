#include "base/arena.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/options.h"

#include <stdio.h>

/* An option as a shell's script needs it. */
struct word {
    struct str name, help, choices;
    bool takes_value;
};

struct scripts {
    struct str shell;
    void (*print)(const struct session *session);
};

static bool get_word(const struct session *session, size_t number, struct word *word)
{
    if (!options_get(number, &word->name, &word->takes_value, &word->choices))
        return false;
    word->help = options_help_of(session->arena, word->name);
    return true;
}

static bool is_long(const struct word *word)
{
    return str_starts_with(word->name, STR("--"));
}

/* Words that stand for something else than themselves. */
static bool is_kind(const struct word *word, const char *kind)
{
    return str_equal(word->choices, str_from(kind));
}

/* The formats, divided by spaces, each with tail behind it. */
static void print_formats(const struct session *session, const char *tail)
{
    struct str rest = report_names(session->arena);
    while (rest.n > 0) {
        ptrdiff_t comma = str_find_byte(rest, ',');
        struct str name = str_trim(str_part(rest, 0, comma < 0 ? rest.n : (size_t)comma));
        printf("%.*s%s%s", STR_ARG(name), tail, comma < 0 ? "" : " ");
        rest = comma < 0 ? STR("") : str_from_offset(rest, (size_t)comma + 1);
    }
}

/* text between single quotes, without what means something to a shell or to zsh's descriptions. */
static void print_quoted(struct str text)
{
    putchar('\'');
    for (size_t i = 0; i < text.n; i++)
        if (strchr("'[]:\\", text.p[i]) == NULL)
            putchar(text.p[i]);
    putchar('\'');
}

static void print_commands(const char *divider)
{
    struct str name;
    for (size_t i = 0; command_get(i, &name); i++)
        printf("%s%.*s", i == 0 ? "" : divider, STR_ARG(name));
}

static void print_bash_values(const struct session *session, const struct word *word)
{
    if (is_kind(word, "RULE")) {
        printf("$(tfcheck rules 2>/dev/null | awk 'NF > 2 && $2 ~ /-/ { print $2 }')");
    } else if (is_kind(word, "FORMAT")) {
        print_formats(session, "");
    } else if (is_kind(word, "FORMAT=")) {
        print_formats(session, "=");
    } else {
        printf("%.*s", STR_ARG(word->choices));
    }
}

static void print_bash(const struct session *session)
{
    struct word word;
    printf("# bash completion of tfcheck\n_tfcheck() {\n    local cur=${COMP_WORDS[COMP_CWORD]} prev="
           "${COMP_WORDS[COMP_CWORD - 1]} words=\n    case $prev in\n");
    for (size_t i = 0; get_word(session, i, &word); i++) {
        if (!word.takes_value)
            continue;
        if (word.choices.p == NULL || is_kind(&word, "FILE")) {
            printf("    %.*s) return ;;\n", STR_ARG(word.name));
            continue;
        }
        printf("    %.*s) words=\"", STR_ARG(word.name));
        print_bash_values(session, &word);
        printf("\" ;;\n");
    }
    printf("    explain) words=\"$(tfcheck rules 2>/dev/null | awk 'NF > 2 && $2 ~ /-/ { print $2 }')\" ;;\n"
           "    completions) words=\"bash zsh fish\" ;;\n    *)\n        case $cur in\n        -*) words=\"");
    for (size_t i = 0; get_word(session, i, &word); i++)
        printf("%s%.*s", i == 0 ? "" : " ", STR_ARG(word.name));
    printf("\" ;;\n        *) [ \"$COMP_CWORD\" -eq 1 ] && words=\"");
    print_commands(" ");
    printf("\" ;;\n        esac\n        ;;\n    esac\n"
           "    # shellcheck disable=SC2207 # no word has a space\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\n"
           "complete -o default -F _tfcheck tfcheck\n");
}

static void print_zsh_value(const struct session *session, const struct word *word)
{
    if (is_kind(word, "RULE")) {
        printf(":rule:_tfcheck_rules");
    } else if (is_kind(word, "FILE")) {
        printf(":file:_files");
    } else if (is_kind(word, "FORMAT") || is_kind(word, "FORMAT=")) {
        printf(":format:(");
        print_formats(session, is_kind(word, "FORMAT=") ? "=" : "");
        putchar(')');
    } else if (word->choices.p != NULL) {
        printf(":value:(%.*s)", STR_ARG(word->choices));
    } else {
        printf(":value: ");
    }
}

static void print_zsh(const struct session *session)
{
    struct word word;
    printf("#compdef tfcheck\n_tfcheck_rules() {\n    local -a rules\n"
           "    rules=(${(f)\"$(tfcheck rules 2>/dev/null | awk 'NF > 2 && $2 ~ /-/ { print $2 }')\"})\n"
           "    compadd -a rules\n}\n_tfcheck_first() {\n    compadd ");
    print_commands(" ");
    printf("\n    _files\n}\n_arguments -s \\\n");
    for (size_t i = 0; get_word(session, i, &word); i++) {
        printf("    '*%.*s'", STR_ARG(word.name));
        printf("'['");
        print_quoted(word.help);
        printf("']'");
        if (word.takes_value) {
            putchar('\'');
            print_zsh_value(session, &word);
            putchar('\'');
        }
        printf(" \\\n");
    }
    printf("    '1:command or plan:_tfcheck_first' \\\n    '*:plan:_files'\n");
}

static void print_fish(const struct session *session)
{
    struct word word;
    struct str name;
    printf("# fish completion of tfcheck\nfunction __tfcheck_rules\n"
           "    tfcheck rules 2>/dev/null | awk 'NF > 2 && $2 ~ /-/ { print $2 }'\nend\n");
    for (size_t i = 0; command_get(i, &name); i++)
        printf("complete -c tfcheck -n __fish_use_subcommand -a %.*s\n", STR_ARG(name));
    printf("complete -c tfcheck -n '__fish_seen_subcommand_from explain' -a '(__tfcheck_rules)'\n");
    for (size_t i = 0; get_word(session, i, &word); i++) {
        printf("complete -c tfcheck -%c %.*s", is_long(&word) ? 'l' : 's',
               STR_ARG(str_from_offset(word.name, is_long(&word) ? 2 : 1)));
        if (word.takes_value && is_kind(&word, "FILE")) {
            printf(" -r -F");
        } else if (word.takes_value) {
            printf(" -x");
        }
        if (is_kind(&word, "RULE")) {
            printf(" -a '(__tfcheck_rules)'");
        } else if (is_kind(&word, "FORMAT") || is_kind(&word, "FORMAT=")) {
            printf(" -a '");
            print_formats(session, is_kind(&word, "FORMAT=") ? "=" : "");
            putchar('\'');
        } else if (word.choices.p != NULL && !is_kind(&word, "FILE")) {
            printf(" -a '%.*s'", STR_ARG(word.choices));
        }
        printf(" -d ");
        print_quoted(word.help);
        putchar('\n');
    }
}

enum exit_code command_completions(struct session *session)
{
    static const struct scripts scripts[] = { { STR_INIT("bash"), print_bash }, { STR_INIT("zsh"), print_zsh },
                                              { STR_INIT("fish"), print_fish } };
    const struct texts *arguments = &session->options->arguments;
    struct error error = { 0 };
    for (size_t i = 0; arguments->count == 1 && i < sizeof scripts / sizeof scripts[0]; i++) {
        if (!str_equal(scripts[i].shell, arguments->items[0]))
            continue;
        scripts[i].print(session);
        return EXIT_CLEAN;
    }
    error_set(&error, ERROR_USAGE, "completions takes the name of a shell: bash, zsh or fish");
    return session_complain(&error);
}
