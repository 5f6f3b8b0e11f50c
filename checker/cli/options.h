/* The command line. */
#ifndef TFCHECK_CLI_OPTIONS_H
#define TFCHECK_CLI_OPTIONS_H
#include "report/report.h"
#include "rules/run.h"
struct arena;
struct error;

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };
enum unknown_policy { UNKNOWN_IGNORE, UNKNOWN_REPORT, UNKNOWN_FAIL };

struct options {
    struct str command;      /* "check" when none is named */
    struct texts arguments;  /* files, directories or rule ids */
    struct texts policies;   /* --policy */
    struct texts settings;   /* --set ID.NAME=VALUE */
    struct texts schemas;    /* --schema */
    struct run_options run;
    struct str source;       /* --source; no string = the current directory if it is the plan's */
    struct str format;       /* "text" */
    struct texts outputs;    /* --output FORMAT=FILE, known to be well-formed */
    size_t max_bytes;        /* of Markdown; 0 = no limit */
    bool shows_waived;
    bool no_builtin;
    bool no_builtin_schemas;
    bool stats;
    bool wants_help, wants_version;
    enum when color;
    enum unknown_policy unknown;
    bool fails_never;        /* --fail-on never */
    enum severity fail_on;
};

/* Read argv into options. False and error filled (ERROR_USAGE) for an unknown option or a bad value. */
bool options_read(struct arena *arena, int argc, char **argv, struct options *options, struct error *error);

/* The text of --help. */
extern const char options_help[];
#endif
