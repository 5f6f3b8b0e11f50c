/* The configuration file, .tfcheck.yaml: what the command line could say, and what it is too short for. */
#ifndef TFCHECK_CLI_CONFIG_H
#define TFCHECK_CLI_CONFIG_H
#include "base/str.h"
struct arena;
struct error;
struct options;
struct rules;

enum { CONFIG_LARGEST = 4 << 20 }; /* bytes of a configuration, or of a file that it names */

/* The configuration that holds in the working directory: .tfcheck.yaml there or in a folder above, up to the one that
 * holds .git. No string when there is none. */
struct str config_find(struct arena *arena);

/* Read the configuration in file into options. False and error filled, with the place, when it is wrong. */
bool config_read(struct arena *arena, struct options *options, struct str file, struct error *error);

/* Give the rules, which are all loaded, the severities of the configuration. False and error filled when a rule or a
 * parameter that it names does not exist. */
bool config_apply(const struct options *options, struct rules *rules, struct error *error);

/* An error about --set, when nobody has given that option, is about the configuration: give it that place. */
void config_blame(struct arena *arena, const struct options *options, struct error *error);

/* Today as YYYY-MM-DD: SOURCE_DATE_EPOCH when it is set, else the clock. */
struct str config_today(struct arena *arena);
#endif
