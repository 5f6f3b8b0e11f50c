/* A line of a plan as `terraform plan` prints it for people. Facts: the renderers of Terraform's internal/command/format
 * and internal/command/jsonformat. */
#ifndef TFCHECK_PLAN_TEXT_LINE_H
#define TFCHECK_PLAN_TEXT_LINE_H
#include "base/str.h"
struct arena;

/* The mark before a line's content. */
enum text_mark { TEXT_UNMARKED, TEXT_ADDED, TEXT_REMOVED, TEXT_CHANGED, TEXT_REPLACED, TEXT_READ, TEXT_FORGOTTEN };

struct text_line {
    struct str raw;
    enum text_mark mark;
    size_t column; /* where the content begins, from 0 */
    struct str content; /* behind the mark, without blanks on either side */
};

/* Take colours off a line of n bytes in place. Returns its new length. */
size_t text_line_clean(char *line, size_t n);

/* Take a clean line apart. The parts point into it. */
struct text_line text_line_read(struct str raw);

/* The text in the quotation marks that rest begins with, as Go's %q writes it; it is taken off rest. Copied to arena.
 * No string when rest begins otherwise or the text does not end. */
struct str text_take_quoted(struct arena *arena, struct str *rest);
#endif
