/* What refers to what, for the page: blocks of a configuration and their references, through modules. */
#ifndef TFCHECK_CLI_GRAPH_H
#define TFCHECK_CLI_GRAPH_H
#include "report/report.h"
struct plan;

/* The graph of a plan whose configuration was kept, with what findings say of its blocks. In arena; resets scratch. */
struct report_graph graph_build(struct arena *arena, struct arena *scratch, struct plan *plan,
                                const struct findings *findings);
#endif
