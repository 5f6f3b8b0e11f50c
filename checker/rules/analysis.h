/* Built-in analyses: what closed operators cannot say. One function and one row each, used from rule files by name. */
#ifndef TFCHECK_RULES_ANALYSIS_H
#define TFCHECK_RULES_ANALYSIS_H
#include "base/str.h"
struct rule;
struct run;

/* The index of the plan that an analysis shares with others. */
enum analysis_shares { SHARES_NOTHING, SHARES_RIGHTS, SHARES_NETWORK };

struct analysis {
    struct str name;
    /* Names of the parameters that the rule file has to give a value. */
    struct str parameters[4];
    /* At the end of the document: judge and report through run_report and run_pass. */
    void (*finish)(struct run *run, const struct rule *rule);
    bool joins;              /* it works on resources that are kept to the end */
    bool is_definite;        /* it never leaves a verdict unknown */
    bool needs_order;        /* it asks what waits for what, or for all references of blocks */
    enum analysis_shares shares;
    const struct str *reads; /* TYPE.ATTRIBUTE of other resources that it reads, up to no string; or NULL */
    const struct str *types; /* names of parameters that hold types of other resources, as texts or keys; or NULL */
    const struct str *paths; /* names of parameters that hold attribute paths of the selected resources; or NULL */
};

/* The analysis of that name, or NULL. */
const struct analysis *analysis_find(struct str name);

/* The name of analysis number i, or no string behind the last. */
struct str analysis_name(size_t i);

/* Value of a rule's parameter, or NULL. */
const struct value *analysis_parameter(const struct rule *rule, struct str name);

/* The analyses of policy documents, in policies_*.c. */
void policies_check_role_allows(struct run *run, const struct rule *rule);
void policies_check_environment(struct run *run, const struct rule *rule);
void policies_check_trust(struct run *run, const struct rule *rule);
void policies_check_admits(struct run *run, const struct rule *rule);

/* The analyses of networks, in networks*.c. */
void networks_check_routes(struct run *run, const struct rule *rule);
void networks_check_zones(struct run *run, const struct rule *rule);
void networks_check_vpc(struct run *run, const struct rule *rule);

/* Statements of policies, regions, sums and counts, address ranges; each in the file of its first word. */
void policies_check_statements(struct run *run, const struct rule *rule);
void regions_check(struct run *run, const struct rule *rule);
void totals_check(struct run *run, const struct rule *rule);
void totals_check_environments(struct run *run, const struct rule *rule);
void ranges_check_subnets(struct run *run, const struct rule *rule);
void ranges_check_peering(struct run *run, const struct rule *rule);

/* What the configuration of a plan declares and uses, in declarations.c. */
void declarations_check_variables(struct run *run, const struct rule *rule);
void declarations_check_outputs(struct run *run, const struct rule *rule);
void declarations_check_secret_outputs(struct run *run, const struct rule *rule);
void declarations_check_use(struct run *run, const struct rule *rule);
void declarations_check_reading(struct run *run, const struct rule *rule);
void declarations_check_depends_on(struct run *run, const struct rule *rule);
void declarations_check_types(struct run *run, const struct rule *rule);

/* What Terraform itself says of the plan, in told.c. */
void told_report_checks(struct run *run, const struct rule *rule);
void told_report_drift(struct run *run, const struct rule *rule);
void told_report_deferred(struct run *run, const struct rule *rule);

/* The analyses of naming, in naming_*.c. */
void naming_check_suffix_form(struct run *run, const struct rule *rule);
void naming_check_suffix(struct run *run, const struct rule *rule);
void naming_check_collision(struct run *run, const struct rule *rule);
void naming_check_words(struct run *run, const struct rule *rule);
void naming_check_length(struct run *run, const struct rule *rule);
#endif
