/* The configuration part of a plan, from .tf files: for plans that come without one. */
#ifndef TFCHECK_SOURCE_CONFIGURE_H
#define TFCHECK_SOURCE_CONFIGURE_H
struct plan;
struct source;
struct source_lessons;

/* Fill plan->configuration with all resource blocks, module calls and variables of source, in the form that plan JSON has:
 * an expression is {constant_value} when it is a literal, else {references}. Fill plan->variables with what lessons tells;
 * plan->lacks_variables tells whether one was found without a value. */
void source_configure(const struct source *source, const struct source_lessons *lessons, struct plan *plan);
#endif
