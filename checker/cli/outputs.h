/* Gathers what was found in all inputs and writes it in every format that was asked for. */
#ifndef TFCHECK_CLI_OUTPUTS_H
#define TFCHECK_CLI_OUTPUTS_H
#include "report/report.h"
struct error;
struct rules;
struct run;
struct session;

struct outputs {
    struct session *session;
    struct report report;
    size_t capacity; /* inputs that have room */
};

/* No inputs yet. Rules outlive the outputs. */
void outputs_open(struct outputs *outputs, struct session *session, const struct rules *rules);

/* Add an input that was read; everything is copied but the texts of rules. */
void outputs_add(struct outputs *outputs, const struct report_facts *facts, const struct run *run,
                 const struct findings *findings);

/* Add an input that could not be read, and why. */
void outputs_add_trouble(struct outputs *outputs, struct str file, const struct error *error);

/* Write everything: first the files of --output, each whole or not at all, then standard output. False, with a message
 * on standard error, when something could not be written. */
bool outputs_close(struct outputs *outputs);
#endif
