/* The commands: one file each. */
#ifndef TFCHECK_CLI_COMMAND_H
#define TFCHECK_CLI_COMMAND_H
#include "findings/waiver.h"
#include "rules/rule.h"

#include <stdio.h>
struct arena;
struct error;
struct memory;
struct options;

enum exit_code { EXIT_CLEAN = 0, EXIT_FINDINGS = 1, EXIT_COULD_NOT_CHECK = 2, EXIT_INTERNAL = 3 };

/* What every command works with. */
struct session {
    struct memory *memory;
    struct arena *arena; /* lives as long as the program */
    const struct options *options;
    struct waivers waivers; /* of the configuration; more may be added before the findings that they excuse */
};

struct command {
    struct str name;
    enum exit_code (*run)(struct session *session);
};

/* The whole program: returns its exit code. */
enum exit_code program_run(struct memory *memory, int argc, char **argv);

/* The command of that name, or NULL. */
const struct command *command_find(struct str name);

/* The names of all commands; false behind the last. */
bool command_get(size_t number, struct str *name);

/* The name of the command that a person probably meant by word; no string when none is close. */
struct str command_suggest(struct str word);

enum exit_code command_check(struct session *session);

/* Nothing could be checked at all: say why, to Atlantis in its report. */
enum exit_code command_check_refuse(struct session *session, const struct error *error);
enum exit_code command_rules(struct session *session);
enum exit_code command_explain(struct session *session);
enum exit_code command_test(struct session *session);
enum exit_code command_review(struct session *session);
enum exit_code command_config(struct session *session);
enum exit_code command_init(struct session *session);
enum exit_code command_new_rule(struct session *session);
enum exit_code command_docs(struct session *session);
enum exit_code command_completions(struct session *session);
enum exit_code command_schema(struct session *session);
enum exit_code command_graph(struct session *session);

/* Make rules empty, with the schemas at hand. */
void session_start_rules(struct session *session, struct rules *rules);

/* Load the built-in packs (unless --no-builtin) and those of --policy. False and error filled when one is wrong. */
bool session_load_rules(struct session *session, struct rules *rules, struct error *error);

/* Load a rule file, a pack or a folder of packs. */
bool session_load_path(struct session *session, struct rules *rules, struct str path, struct error *error);

/* Print error to standard error, with its place, and return the exit code that goes with it. */
enum exit_code session_complain(const struct error *error);

/* Write text to stream, made harmless for a terminal. */
void session_put_escaped(FILE *stream, struct str text);

/* Write text to standard output; false when it cannot be. Fits report_sink and json_sink. */
bool session_print(void *context, struct str text);

/* Whether standard output wants colours, and how wide it is (0 = no terminal). */
bool session_has_color(const struct session *session);
size_t session_width(void);
#endif
