/* Gathers what was found in all inputs and writes it in every format that was asked for. */
#ifndef TFCHECK_CLI_OUTPUTS_H
#define TFCHECK_CLI_OUTPUTS_H
#include "findings/baseline.h"
#include "report/report.h"
struct error;
struct rules;
struct run;
struct session;

struct outputs {
    struct session *session;
    struct report report;
    size_t capacity;          /* inputs that have room */
    struct str today;         /* YYYY-MM-DD */
    struct baseline baseline; /* of --baseline */
    bool is_base;             /* what is added now is the document before the change of a review */
    struct str base_name;     /* that document's; no string = none was added */
    struct findings base;     /* what was found in it */
};

/* No inputs yet; reads the baseline. Rules outlive the outputs. False and error filled when the baseline cannot be
 * read. */
bool outputs_open(struct outputs *outputs, struct session *session, const struct rules *rules, struct error *error);

/* Say which of an input's findings are waived, and which were there before. */
void outputs_settle(struct outputs *outputs, struct str input, struct findings *findings);

/* Whether a format that was asked for shows the graph. */
bool outputs_want_graph(const struct outputs *outputs);

/* Add an input that was read and settled, with its graph; everything is copied but the texts of rules. */
void outputs_add(struct outputs *outputs, const struct report_facts *facts, const struct run *run,
                 const struct findings *findings, const struct report_graph *graph);

/* Add an input that could not be read, and why. */
void outputs_add_trouble(struct outputs *outputs, struct str file, const struct error *error);

/* Write everything: first the files of --output, each whole or not at all, then standard output. False, with a message
 * on standard error, when something could not be written. */
bool outputs_close(struct outputs *outputs);

/* Read the fingerprints of a baseline, or of a JSON report. False and error filled when it is neither. */
bool outputs_read_baseline(struct arena *arena, struct str file, struct baseline *baseline, struct error *error);

/* Write the findings of the report as a baseline. Nothing is written when an input could not be checked: error says
 * so. */
bool outputs_write_baseline(struct outputs *outputs, struct str file, struct error *error);

/* The sentences on waivers that do not count, end soon or match nothing, as notes of the report. */
void outputs_note_waivers(struct outputs *outputs);
#endif
