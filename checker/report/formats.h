/* The writers behind the rows of report.c. */
#ifndef TFCHECK_REPORT_FORMATS_H
#define TFCHECK_REPORT_FORMATS_H
#include "report/report.h"

/* For people: grouped by resource, wrapped to the width, then a summary. */
bool report_write_text(struct arena *arena, const struct report_facts *facts, const struct report_options *options,
                       const struct findings *findings, report_sink *sink, void *context);

/* For programs: one object, described by schemas/report.schema.json. */
bool report_write_json(struct arena *arena, const struct report_facts *facts, const struct report_options *options,
                       const struct findings *findings, report_sink *sink, void *context);
#endif
