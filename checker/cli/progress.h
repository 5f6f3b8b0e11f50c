/* What a long run says of itself on a terminal. */
#ifndef TFCHECK_CLI_PROGRESS_H
#define TFCHECK_CLI_PROGRESS_H
#include "base/str.h"

/* One line on standard error, which is taken back. */
struct progress {
    struct str name;     /* of the input; no string = standard input */
    size_t bytes, total; /* read so far; of a file, its size, else 0 */
    double start, last;  /* of the run, and when the line was written; seconds of progress_now */
    bool is_wanted;      /* standard error is a terminal that can take a line back */
    bool is_shown;
};

/* Seconds since some moment. */
double progress_now(void);

/* Begin with an input of total bytes (0 = not known), in a run that began at start. */
void progress_open(struct progress *progress, struct str name, size_t total, double start);

/* So many bytes more were read: say so, when the run has taken a second, four times a second at most. */
void progress_step(struct progress *progress, size_t bytes);

/* Take the line back, before anything else is written. */
void progress_clear(struct progress *progress);
#endif
