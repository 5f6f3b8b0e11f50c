/* Text made harmless for where it is shown. One function per context. All begin with escape_for_terminal, so that
 * nothing invisible is left, but for JSON, whose writer keeps every character. */
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

/* The same, but lines stay lines: for examples of several lines. */
struct str escape_lines(struct arena *arena, struct str text);

/* For text and quoted attribute values of XML and HTML. */
struct str escape_for_xml(struct arena *arena, struct str text);

/* For running text of GitHub's Markdown, table cells included: no markup, no HTML, and nobody is notified. */
struct str escape_for_markdown(struct arena *arena, struct str text);

/* A code span of GitHub's Markdown, with its backticks, which may stand in a table cell. */
struct str escape_as_code(struct arena *arena, struct str text);

/* A fenced block of code with its fences, longer than any in text, ending in a line end. language may be empty. */
struct str escape_as_fence(struct arena *arena, struct str language, struct str text);

/* For the text of a GitHub workflow command; line ends of text are kept. */
struct str escape_for_command(struct arena *arena, struct str text);

/* For a property of a GitHub workflow command. */
struct str escape_for_property(struct arena *arena, struct str text);

/* A field of a CSV row (RFC 4180), quoted where it must be; a spreadsheet does not take it for a formula. */
struct str escape_for_csv(struct arena *arena, struct str text);

/* For the description of a TAP line. */
struct str escape_for_tap(struct arena *arena, struct str text);

/* A string of YAML and JSON, with its quotes. */
struct str escape_as_string(struct arena *arena, struct str text);

/* For a line that Atlantis reads: holds no ``` and nothing that looks like a summary of failures. */
struct str escape_for_atlantis(struct arena *arena, struct str text);

/* A path as a relative URI reference (RFC 3986). */
struct str escape_for_uri(struct arena *arena, struct str path);
#endif
