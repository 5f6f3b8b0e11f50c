/* Comments that ask for findings not to count. */
#ifndef TFCHECK_SOURCE_IGNORE_H
#define TFCHECK_SOURCE_IGNORE_H
struct source;

/* Fill source->ignores from the comments of all modules that are the user's own. */
void source_collect_ignores(struct source *source);
#endif
