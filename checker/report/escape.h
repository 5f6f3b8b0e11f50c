/* Text made harmless for where it is shown. One function per context. */
#ifndef TFCHECK_REPORT_ESCAPE_H
#define TFCHECK_REPORT_ESCAPE_H
#include "base/str.h"

#include <stdio.h>
struct arena;

/* For a terminal: control characters (also C1, DEL, bidirectional marks, line and paragraph separators) and invalid
 * UTF-8 become visible, as \n or \x1b or \u202e. In arena, or text itself when nothing is to be done. */
struct str escape_for_terminal(struct arena *arena, struct str text);

/* The same, written to stream. */
void escape_terminal(FILE *stream, struct str text);
#endif
