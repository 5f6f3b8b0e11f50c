/* Escape sequences for colours on a terminal. */
#ifndef TFCHECK_REPORT_PAINT_H
#define TFCHECK_REPORT_PAINT_H
#include "findings/finding.h"

#define PAINT_END "\x1b[0m"
#define PAINT_BOLD "\x1b[1m"
#define PAINT_DIM "\x1b[2m"

/* The sequence that starts a severity's colour. */
const char *paint_of(enum severity severity);
#endif
