#include "cli/progress.h"

#include "cli/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static const double patience = 1, interval = 0.25; /* seconds */

double progress_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void progress_open(struct progress *progress, struct str name, size_t total, double start)
{
    const char *term = getenv("TERM");
    bool is_plain = term != NULL && strcmp(term, "dumb") == 0;
    *progress = (struct progress){ .name = name, .total = total, .start = start, .last = start,
                                   .is_wanted = isatty(STDERR_FILENO) && !is_plain };
}

void progress_step(struct progress *progress, size_t bytes)
{
    progress->bytes += bytes;
    if (!progress->is_wanted)
        return;
    double now = progress_now();
    if (now - progress->start < patience || now - progress->last < interval)
        return;
    progress->last = now;
    progress->is_shown = true;
    fputs("\r\x1b[Ktfcheck: ", stderr);
    session_put_escaped(stderr, progress->name.p == NULL ? STR("standard input") : progress->name);
    fprintf(stderr, ": %.1f", (double)progress->bytes / 1e6);
    if (progress->total > 0)
        fprintf(stderr, " of %.1f", (double)progress->total / 1e6);
    fputs(" MB read", stderr);
}

void progress_clear(struct progress *progress)
{
    if (progress->is_shown)
        fputs("\r\x1b[K", stderr);
    progress->is_shown = false;
}
