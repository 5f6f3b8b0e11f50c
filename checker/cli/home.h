/* Where the program's own files are. */
#ifndef TFCHECK_CLI_HOME_H
#define TFCHECK_CLI_HOME_H
#include "base/str.h"
struct arena;

/* The folder that holds policies/: TFCHECK_HOME, the folder of the program, share/tfcheck of its install prefix or of
 * the prefix it was built for, or /usr/share/tfcheck. In arena. No string when none has it. */
struct str home_find(struct arena *arena);
#endif
