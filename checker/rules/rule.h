/* A rule: read from one file, constant after that. The format is described in policies/README.md. */
#ifndef TFCHECK_RULES_RULE_H
#define TFCHECK_RULES_RULE_H
#include "base/map.h"
#include "findings/finding.h"
#include "rules/condition.h"
struct analysis;
struct error;
struct related;
struct schema_library;
struct yaml_node;

/* List of texts. */
struct texts {
    struct str *items;
    size_t count, capacity;
};

/* Which resources a rule looks at. Empty lists choose all. */
struct selection {
    struct texts types;     /* exact or glob */
    struct texts modes;     /* "managed" (the default), "data", "ephemeral", "any" */
    struct texts providers; /* last part of the provider's source, as "aws" */
    struct texts modules;   /* globs of module addresses */
    struct texts addresses; /* globs */
    unsigned actions;       /* set of enum action; 0 = all that leave something to exist */
    struct str has;         /* attribute that the resource's type must have; no string = none */
    const struct condition *where; /* NULL = none */
    const struct related *related; /* what has to be there; NULL = nothing */
};

/* Bounds on a number of actions in the whole plan. */
struct action_bound {
    unsigned action; /* one of enum action */
    struct str at_least, at_most; /* decimal; no string = no bound */
};

/* A condition on the plan as a whole. Empty = always. */
struct occasion {
    const struct condition *variables; /* on an object of the root module's variable values; NULL = none */
    struct texts profiles;
    struct texts inputs; /* "plan", "state", "configuration"; empty = any */
    struct action_bound *bounds;
    size_t bound_count;
};

enum profile { PROFILE_PRODUCTION, PROFILE_EPHEMERAL, PROFILE_COUNT };

struct example {
    struct str hcl, cdktf; /* no string = none */
};

struct rule {
    struct str id, title, why, fix, message;
    size_t number;   /* in rules->items, once all rules are loaded */
    struct str pack; /* folder below policies/ */
    struct str file;
    enum severity severity;
    bool is_off[PROFILE_COUNT];               /* the rule does not run under that profile */
    enum severity in_profile[PROFILE_COUNT];  /* severity under that profile */
    struct texts also;                        /* ids of the same check in other tools */
    struct str source;                        /* where its facts come from; no string = nowhere special */
    struct example example;
    struct occasion when;
    struct selection select;
    const struct condition *condition;        /* true = pass; NULL for an analysis, or when only related judges */
    const struct related *related;            /* what else must exist; NULL = nothing */
    const struct analysis *analysis;          /* built-in; NULL for a condition */
    struct map parameters;                    /* name -> struct value */
    enum treatment treat[ATTRIBUTE_STATE_COUNT];
    bool is_optional;                         /* in force only when the user wants its pack */
    bool reports_once;                        /* one finding for all failing resources */
    struct texts attributes;                  /* top-level attributes that conditions and messages read */
    bool can_be_unknown;                      /* some attribute's unknown value can leave it undecided */
    const struct yaml_node *cases;            /* list, or NULL */
};

/* A parameter that the user sets. */
struct setting {
    struct str id, name, text;
    bool is_used;
};

struct rules {
    struct arena *arena;
    struct rule **items; /* sorted by id */
    size_t count, capacity;
    struct map tables; /* name -> struct value, from the packs' tables folders */
    struct schema_library *schemas; /* NULL = there are none; set before rules are loaded */
    bool is_trusted;   /* the next files have passed their tests: cases are left out, patterns compiled when needed */
    struct {
        struct setting *items;
        size_t count, capacity;
    } settings;
};

/* No rules yet; they will live in arena. */
void rules_init(struct rules *rules, struct arena *arena);

/* All files are loaded: sort the rules. False and error filled when two have one id, or a setting fits no rule. */
bool rules_close(struct rules *rules, struct error *error);

/* Read one rule file's text; file and text must outlive the rules. Adds to rules and returns true, or fills error. */
bool rule_load(struct rules *rules, struct str pack, struct str file, struct str text, struct error *error);

/* Read a data table's text into rules->tables. Tables must be loaded before the rules that name them. */
bool rule_load_table(struct rules *rules, struct str file, struct str text, struct error *error);

/* Give parameter name of rule id the value in text (YAML); before that rule is loaded. All must outlive the rules. */
bool rule_set_parameter(struct rules *rules, struct str id, struct str name, struct str text, struct error *error);

/* The rule with that id, or NULL. */
struct rule *rule_find(const struct rules *rules, struct str id);

/* "production", "ephemeral". */
struct str profile_name(enum profile profile);
bool profile_find(struct str name, enum profile *profile);
#endif
