/* Runs the cases that a rule file carries as its proof. */
#ifndef TFCHECK_RULES_CASES_H
#define TFCHECK_RULES_CASES_H
#include "rules/rule.h"
struct error;

struct case_result {
    size_t passed, failed;
    bool has_pass, has_fail, has_unknown; /* verdicts that some case expects, and got */
};

/* Run all cases of rule. complain is told each that went wrong: its place, and what was expected and what came. Works in
 * an arena of its own. False and error filled when a case is malformed. */
bool cases_run(const struct rules *rules, const struct rule *rule, struct case_result *result,
               void (*complain)(void *context, struct str file, size_t line, struct str text), void *context,
               struct error *error);
#endif
