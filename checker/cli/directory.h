/* What can be checked in a directory. */
#ifndef TFCHECK_CLI_DIRECTORY_H
#define TFCHECK_CLI_DIRECTORY_H
#include "rules/rule.h"
struct error;

/* Add to documents the paths of what a directory holds to be checked: all stacks of what cdktf synthesized, else a saved
 * plan, binary or JSON, else cdk.tf.json. False and error filled when there is nothing or several plans. */
bool directory_list(struct arena *arena, struct str path, struct texts *documents, struct error *error);
#endif
