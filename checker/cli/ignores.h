/* Comments such as "# tfcheck:ignore RULE until=2027-01-31 reason" in .tf files, taken for waivers. */
#ifndef TFCHECK_CLI_IGNORES_H
#define TFCHECK_CLI_IGNORES_H
#include "base/str.h"
struct document;
struct findings;
struct session;
struct source;

/* Add a waiver to the session for every address in findings that a comment of source speaks of: that of the block around or
 * below it, with any instance key, or all that a module call makes. A comment that speaks of none becomes a waiver that
 * matches nothing; one without a rule, a block or a real date is told as a note on document. */
void ignores_add(struct session *session, const struct source *source, const struct findings *findings,
                 struct document *document);
#endif
