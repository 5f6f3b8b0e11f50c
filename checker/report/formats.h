/* The writers behind the rows of report.c. Each writes one document on all inputs; false when the sink failed. */
#ifndef TFCHECK_REPORT_FORMATS_H
#define TFCHECK_REPORT_FORMATS_H
#include "report/report.h"

/* For people: grouped by resource, wrapped to the width, then a summary; one after another. What could not be read is
 * left out. */
bool report_write_text(struct arena *arena, const struct report *report, report_sink *sink, void *context);

/* For programs: one object for each input that could be read, described by schemas/report.schema.json. */
bool report_write_json(struct arena *arena, const struct report *report, report_sink *sink, void *context);

/* SARIF 2.1.0 within the limits of GitHub code scanning: a run for each input, 20 at most. */
bool report_write_sarif(struct arena *arena, const struct report *report, report_sink *sink, void *context);

/* JUnit XML: a suite for each input. */
bool report_write_junit(struct arena *arena, const struct report *report, report_sink *sink, void *context);

/* Workflow commands of GitHub Actions, worst first, as many as a step may have. */
bool report_write_github(struct arena *arena, const struct report *report, report_sink *sink, void *context);

/* Code Quality report of GitLab: one array. */
bool report_write_gitlab(struct arena *arena, const struct report *report, report_sink *sink, void *context);

/* A comment on a pull request in GitHub's Markdown: verdict, table, folded details, never longer than max_bytes. */
bool report_write_markdown(struct arena *arena, const struct report *report, report_sink *sink, void *context);

/* One page for a browser that needs nothing from elsewhere: findings with filters, and the rules in force. */
bool report_write_html(struct arena *arena, const struct report *report, report_sink *sink, void *context);

/* Test Anything Protocol, version 13. */
bool report_write_tap(struct arena *arena, const struct report *report, report_sink *sink, void *context);

/* Comma-separated values (RFC 4180) with a header row, a row for each finding. */
bool report_write_csv(struct arena *arena, const struct report *report, report_sink *sink, void *context);

/* Lines as Conftest prints them: FAIL first, then WARN, and the summary that Atlantis reads its verdict from. */
bool report_write_atlantis(struct arena *arena, const struct report *report, report_sink *sink, void *context);
#endif
