/* What several formats ask about findings. */
#ifndef TFCHECK_REPORT_REPORTED_H
#define TFCHECK_REPORT_REPORTED_H
#include "report/report.h"

/* A finding and the input that it is of. */
struct reported {
    const struct report_input *input;
    const struct finding *finding;
    uint64_t fingerprint; /* the finding's; with several inputs mixed with the input's name */
    size_t ordinal;       /* from 1: which of those with this fingerprint */
};

/* A place in files, as reports name it. */
struct reported_place {
    struct str path; /* with / and relative to the repository where it is inside; the input's when no source is known */
    size_t line, column, end_line; /* from 1; line is 1 when it is not known, column and end_line 0 */
    bool is_source;                /* it is a place in the configuration, not the input */
};

/* All findings of all inputs, the worst first, else in their order; *count of them. In arena. */
struct reported *reported_list(struct arena *arena, const struct report *report, size_t *count);

/* Whether the finding fails the run: open, decided, and at or above fail_on. */
bool reported_fails(const struct report_options *options, const struct finding *finding);

/* Whether it is a failing finding that nothing excuses, at whatever severity. */
bool reported_is_open(const struct finding *finding);

/* Whether the rule with that number was in force in the input, looked at something, and complained of nothing. */
bool reported_has_passed(const struct report_input *input, size_t rule);

/* Inputs that could not be read, or hold a plan that failed halfway. */
size_t reported_count_troubles(const struct report *report);

/* Why an input could not be checked, as one sentence; no string when it could. */
struct str reported_trouble(const struct report_input *input);

/* The rule with that id, or NULL. */
const struct report_rule *reported_rule(const struct report *report, struct str id);

/* Where people have to look. */
struct reported_place reported_place(struct arena *arena, const struct report *report,
                                     const struct report_input *input, const struct finding *finding);

/* "main.tf:12", without line when it is the input. */
struct str reported_place_text(struct arena *arena, const struct reported_place *place);

/* The name of an input: its path, or "standard input". */
struct str reported_input_name(const struct report_input *input);

/* What a finding speaks of: its address; or the first addresses of several, or "the whole stack". */
struct str reported_subject(struct arena *arena, const struct finding *finding);

/* The module that an address begins with, as module.a["x"].module.b; empty for the root module and what has no
 * address. */
struct str reported_module(struct str address);

/* "1 rule", "2 rules". */
struct str reported_count(struct arena *arena, size_t count, const char *noun);
#endif
