/* Text on its way to a sink. The first refusal sticks. */
#ifndef TFCHECK_REPORT_PAGE_H
#define TFCHECK_REPORT_PAGE_H
#include "report/report.h"

struct page {
    struct arena *arena;
    const struct report_options *options;
    report_sink *sink;
    void *context;
    bool has_failed; /* the sink took no more */
};

/* Write text, or nothing once the sink has failed. */
void page_put(struct page *page, struct str text);

/* Write what printf would print. */
void page_format(struct page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));
#endif
