/* Reports on what was checked. One file per format, one row per format in report.c. */
#ifndef TFCHECK_REPORT_REPORT_H
#define TFCHECK_REPORT_REPORT_H
#include "findings/finding.h"
struct arena;

/* A rule as readers of a report want to know it. No string where there is nothing to say. */
struct report_rule {
    struct str id, pack, title, why, fix;
    struct str hcl;      /* example, several lines */
    struct str help_uri; /* page that explains it */
    enum severity severity;
    const struct str *also; /* ids of the same check in other tools */
    size_t also_count;
};

/* What became of one rule in one input. */
struct report_tally {
    bool is_in_force;
    size_t passed, failed, unknown; /* resources */
};

/* What was read and done, beside the findings. */
struct report_facts {
    struct str version;           /* of tfcheck */
    struct str file;              /* no string = standard input */
    struct str trouble;           /* why the input could not be read, one line; no string = it was read */
    struct str form;              /* "plan", "plan text", "plan log", "state" or "configuration" */
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
    size_t by_severity[SEVERITY_COUNT]; /* open findings with verdict fail */
    size_t unknowns;     /* open findings with verdict unknown */
    size_t waived;       /* findings that a waiver excuses */
    size_t known;        /* failing findings that the baseline has too */
    double seconds;      /* below zero = do not show it */
};

/* A block of the configuration, and the blocks that it refers to. */
struct report_node {
    struct str address;   /* without instance keys */
    const size_t *refers; /* numbers of nodes */
    size_t count;
    struct str open;      /* references that lead nobody can tell where, with commas; empty = none */
    size_t findings;      /* open ones */
    enum severity worst;  /* of them */
};

struct report_graph {
    const struct report_node *nodes; /* sorted by address */
    size_t count;                    /* 0 = no graph was asked for, or the configuration is not known */
};

/* One input and what was found in it. */
struct report_input {
    struct report_facts facts;
    struct findings findings;           /* sorted */
    const struct report_tally *tallies; /* one for each rule of the report; NULL = not known */
    struct str base;                    /* of a review: the document before the change; no string = no review */
    struct report_graph graph;
    struct findings mended;             /* of a review: what failed before and does not any more */
};

enum report_unknowns { UNKNOWNS_IGNORE, UNKNOWNS_SUMMARY };

struct report_options {
    bool color;      /* escape sequences are welcome */
    size_t width;    /* columns of the terminal; 0 = do not wrap */
    enum report_unknowns unknowns;
    bool fails_never;      /* findings fail nothing */
    enum severity fail_on; /* this and worse fails the run */
    bool shows_waived;     /* list what is waived */
    size_t max_bytes;      /* longest text that Markdown may make; 0 = no limit */
    struct str root;       /* absolute path of the repository, with / at its end; no string = not known */
    struct str folder;     /* working directory below root, with / at its end, or empty */
};

/* All that one document tells. */
struct report {
    struct report_options options;
    const struct report_rule *rules; /* sorted by id */
    size_t rule_count;
    struct report_input *inputs; /* in the order of the command line */
    size_t count;
    const struct str *notes; /* what is to be said of waivers, one sentence each */
    size_t note_count;
};

/* Where the text goes: returns false when it could not be taken. */
typedef bool report_sink(void *context, struct str text);

struct reporter {
    struct str name; /* as in --format */
    /* Write the whole document. False when sink failed. */
    bool (*write)(struct arena *arena, const struct report *report, report_sink *sink, void *context);
};

/* The reporter of a format, or NULL. */
const struct reporter *report_find(struct str name);

/* The names of all formats, with commas, for messages. */
struct str report_names(struct arena *arena);
#endif
