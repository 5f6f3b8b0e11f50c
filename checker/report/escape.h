/* Text made harmless for where it is shown. One function per context. */
#ifndef TFCHECK_REPORT_ESCAPE_H
#define TFCHECK_REPORT_ESCAPE_H
#include "base/str.h"
struct arena;

/* Bytes that one character takes at most when it is escaped. */
enum { ESCAPED_ROOM = 12 };

/* For a terminal: control characters (also C1, DEL, bidirectional marks, line and paragraph separators) and invalid
 * UTF-8 become visible, as \n or \x1b or \u202e. In arena, or text itself when nothing is to be done. */
struct str escape_for_terminal(struct arena *arena, struct str text);

/* The same, a character at a time: writes what is shown for the beginning of text, which is not empty, to out
 * (ESCAPED_ROOM bytes) and returns its length. *used is how much of text that was. */
size_t escape_beginning(struct str text, char *out, size_t *used);
#endif
