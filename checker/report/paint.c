#include "report/paint.h"

const char *paint_of(enum severity severity)
{
    static const char *const paints[SEVERITY_COUNT] = {
        [SEVERITY_ERROR] = "\x1b[1;31m", [SEVERITY_HIGH] = "\x1b[31m", [SEVERITY_MEDIUM] = "\x1b[33m",
        [SEVERITY_LOW] = "\x1b[36m",     [SEVERITY_INFO] = "\x1b[2m",
    };
    return paints[severity];
}
