/* Files that people begin with. */
#ifndef TFCHECK_CLI_SKELETON_H
#define TFCHECK_CLI_SKELETON_H

/* A configuration with every key that most people need, explained. */
extern const char skeleton_configuration[];

/* A rule that passes its own cases; %s stands for its id, once. */
extern const char skeleton_rule[];
#endif
