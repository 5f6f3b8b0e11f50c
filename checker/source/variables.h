/* Variables that a module declares, and the values that files and the environment give to those of the root module. */
#ifndef TFCHECK_SOURCE_VARIABLES_H
#define TFCHECK_SOURCE_VARIABLES_H
#include "base/str.h"
struct arena;
struct source_folder;
struct value;

/* An object: name -> {default, sensitive}, as far as these are literals. */
struct value *source_declared_variables(struct arena *arena, const struct source_folder *folder);

/* An object: name -> {value} for each declared variable whose value is a literal. *lacks_some tells whether a variable
 * has no value that could be read: it may have been given on the command line. */
struct value *source_variable_values(struct arena *arena, const struct source_folder *folder,
                                     const char *const *environment, bool *lacks_some);
#endif
