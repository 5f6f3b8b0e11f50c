/* The part of the HTML report that shows what refers to what. For the room's own use. */
#ifndef TFCHECK_REPORT_HTML_GRAPH_H
#define TFCHECK_REPORT_HTML_GRAPH_H
#include "report/page.h"

/* A picture, when there are not too many blocks, and a list; nothing for an input without graph. number tells the inputs
 * of a page apart. */
void html_put_graph(struct page *page, const struct report_input *input, size_t number);
#endif
