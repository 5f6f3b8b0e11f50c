/* Runs the rules over a plan while it is read, and once more at its end for what only the configuration decides. */
#ifndef TFCHECK_RULES_RUN_H
#define TFCHECK_RULES_RUN_H
#include "plan/plan_read.h"
#include "plan/resource.h"
#include "rules/rule.h"
struct joins;
struct names;
struct plan;
struct arguments;
struct declared_results;
struct schema_library;
struct suffix;

struct run_options {
    bool changed_only;        /* judge only what the plan changes */
    bool has_profile;         /* profile is given; else the plan tells */
    enum profile profile;
    struct texts only, skip;  /* globs of rule ids; an empty only = all */
    struct texts with;        /* globs of packs whose optional rules are in force too */
    enum severity least;      /* the mildest severity that is reported */
    struct str suffix;        /* environment suffix; no string = the plan or the workspace tells */
    struct texts suffix_variables; /* names to learn it from, best first; empty = the usual ones */
    struct str workspace;     /* no string = unknown */
};

/* What became of one rule. */
struct run_tally {
    size_t passed, failed, unknown; /* resources */
};

struct run; /* opaque */

/* A run of rules on plan, in arena. scratch is reset at will. All arguments outlive the run. */
struct run *run_open(struct arena *arena, struct arena *scratch, const struct rules *rules,
                     const struct run_options *options, const struct plan *plan);

/* The events that a plan reader has to call, with the run as their context. */
const struct plan_events *run_events(void);

/* The document has been read: judge what is left and put everything found into findings, sorted. */
void run_finish(struct run *run, struct findings *findings);

/* After run_finish: rules that were in force, and the sum of their tallies. */
size_t run_count_rules(const struct run *run);
struct run_tally run_sum(const struct run *run);

/* After run_finish: what became of the rule with that number; false when it was not in force. */
bool run_tally_of(const struct run *run, size_t number, struct run_tally *tally);

/* After run_finish: the profile in force and where it comes from; no string = the default. */
enum profile run_profile(const struct run *run);
struct str run_profile_origin(const struct run *run);

/* For analyses. */
struct arena *run_arena(struct run *run);
const struct plan *run_plan(const struct run *run);
const struct run_options *run_options(const struct run *run);
const struct names *run_names(const struct run *run);
struct schema_library *run_schemas(const struct run *run); /* NULL = there are none */
struct declared_results **run_declared(struct run *run);   /* where the checks of configuration keep what they found */
const struct arguments *run_arguments(const struct run *run); /* NULL = no rule in force is about arguments */
struct joins *run_joins(struct run *run);
const struct value *run_table(const struct run *run, struct str name); /* NULL = there is no such table */

/* The environment suffix, asked for while the plan is read; false when there is none. Whether it is sensitive is not
 * known yet: suffix_learn tells at the end. */
bool run_suffix(struct run *run, const struct suffix **suffix);

/* From an analysis: report finding for rule; the rule's texts and severity are filled in where finding has none. */
void run_report(struct run *run, const struct rule *rule, struct finding finding);

/* From an analysis: the resource at address, which lasts, fails a rule that reports once. */
void run_gather(struct run *run, const struct rule *rule, struct str address);

/* From an analysis: count resources that passed. */
void run_pass(struct run *run, const struct rule *rule, size_t count);
#endif
