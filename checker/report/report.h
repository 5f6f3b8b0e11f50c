/* Reports on one input. One file per format, one row per format in report.c. */
#ifndef TFCHECK_REPORT_REPORT_H
#define TFCHECK_REPORT_REPORT_H
#include "findings/finding.h"
struct arena;

/* What was read and done, beside the findings. */
struct report_facts {
    struct str version;           /* of tfcheck */
    struct str file;              /* no string = standard input */
    struct str form;              /* "plan" or "state" */
    struct str format_version;    /* no string if the document has none */
    struct str terraform_version; /* no string if the document has none */
    struct str profile;           /* "production", "ephemeral" */
    struct str profile_origin;    /* where the profile comes from, as "var.environment = dev"; no string = by default */
    bool is_errored;              /* the plan says that planning failed halfway */
    bool is_incomplete;           /* the plan says that it is not complete */
    size_t bytes;
    size_t resources;    /* resource changes, or resources of a state */
    size_t rules;        /* that were run */
    size_t passed;       /* verdicts pass, of all rules and resources */
    size_t by_severity[SEVERITY_COUNT]; /* findings with verdict fail */
    size_t unknowns;     /* findings with verdict unknown */
    double seconds;      /* below zero = do not show it */
};

enum report_unknowns { UNKNOWNS_IGNORE, UNKNOWNS_SUMMARY };

struct report_options {
    bool color;      /* escape sequences are welcome */
    size_t width;    /* columns of the terminal; 0 = do not wrap */
    enum report_unknowns unknowns;
};

/* Where the text goes: returns false when it could not be taken. */
typedef bool report_sink(void *context, struct str text);

struct reporter {
    struct str name; /* as in --format */
    /* Write the whole report on findings, which are sorted. False when sink failed. */
    bool (*write)(struct arena *arena, const struct report_facts *facts, const struct report_options *options,
                  const struct findings *findings, report_sink *sink, void *context);
};

/* The reporter of a format, or NULL. */
const struct reporter *report_find(struct str name);

/* The names of all formats, with commas, for messages. */
struct str report_names(struct arena *arena);
#endif
