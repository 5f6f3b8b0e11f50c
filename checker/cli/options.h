/* The command line. */
#ifndef TFCHECK_CLI_OPTIONS_H
#define TFCHECK_CLI_OPTIONS_H
#include "findings/waiver.h"
#include "report/report.h"
#include "rules/run.h"
struct arena;
struct error;

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };
enum unknown_policy { UNKNOWN_IGNORE, UNKNOWN_REPORT, UNKNOWN_FAIL };

/* A setting, and who has the last word on it. */
struct setting_origin {
    struct str name;   /* key of the configuration, or name of the option where there is no key */
    struct str value;  /* as given, several with commas; what is usual when nobody has set it; no string = nothing */
    struct str origin; /* "--only", or file and line; no string = nobody has set it */
};

/* What the configuration says of a rule. */
struct rule_setting {
    struct str rule;   /* id or glob */
    struct str name;   /* of a parameter; no string = this is its severity */
    struct str text;   /* the severity or "off", or the parameter's value as YAML */
    struct str file;
    size_t line, column;
};

struct rule_settings {
    struct rule_setting *items;
    size_t count, capacity;
};

struct options {
    struct str command;      /* "check" when none is named */
    struct texts arguments;  /* files, directories or rule ids */
    struct texts policies;   /* --policy */
    struct texts settings;   /* --set ID.NAME=VALUE */
    struct texts schemas;    /* --schema */
    struct run_options run;
    struct str terraform;    /* the program that shows binary plans; no string = the usual ones */
    struct str source;       /* --source; no string = the current directory if it is the plan's */
    struct str format;       /* "text" */
    struct texts outputs;    /* --output FORMAT=FILE, known to be well-formed */
    size_t max_bytes;        /* of Markdown; 0 = no limit */
    bool shows_waived;
    struct str config;       /* --config FILE; no string = look for one */
    bool no_config;
    struct str config_file;  /* the configuration that was read; no string = none */
    struct rule_settings rule_settings;
    struct waivers waivers;
    struct str help_uri;     /* of a rule's page, with {rule}; no string = none */
    struct str baseline, write_baseline;
    struct str base;         /* the plan that a review compares with */
    struct setting_origin *origins; /* one for each option, in the order of --help */
    size_t origin_count;
    bool no_builtin;
    bool no_comments;        /* comments in .tf files waive nothing */
    bool no_builtin_schemas;
    bool stats;
    bool echo;               /* print what is read before the report */
    bool wants_help, wants_version;
    enum when color;
    enum unknown_policy unknown;
    bool fails_never;        /* --fail-on never */
    enum severity fail_on;
};

/* The defaults. */
void options_init(struct arena *arena, struct options *options);

/* Read argv into options: what it says comes before what they say. False and error filled (ERROR_USAGE) for an unknown
 * option or a bad value. */
bool options_apply(struct arena *arena, int argc, char **argv, struct options *options, struct error *error);

/* Both. */
bool options_read(struct arena *arena, int argc, char **argv, struct options *options, struct error *error);

/* Set the option that has that key in the configuration, as origin says. Switches take "true" or "false". False and
 * error filled, without a place, for a bad value. */
bool options_set_key(struct arena *arena, struct options *options, struct str key, struct str value, struct str origin,
                     struct error *error);

/* All keys that options_set_key knows; *count of them. */
const struct str *options_keys(struct arena *arena, size_t *count);

/* The names of all options, in order, and whether they take a value; false behind the last. */
bool options_get(size_t number, struct str *name, bool *takes_value, struct str *choices);

/* What --help says of an option in one line; empty when it does not name it. */
struct str options_help_of(struct arena *arena, struct str name);

/* The text of --help: first the options, then the commands and exit codes. */
extern const char options_help[], options_help_commands[];
#endif
