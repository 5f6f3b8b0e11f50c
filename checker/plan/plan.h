/* What a document says besides its resources. */
#ifndef TFCHECK_PLAN_PLAN_H
#define TFCHECK_PLAN_PLAN_H
#include "plan/configuration.h"

enum plan_form {
    PLAN_FORM_NONE,
    PLAN_FORM_PLAN,
    PLAN_FORM_STATE,
    PLAN_FORM_CONFIGURATION /* in JSON syntax, as *.tf.json */
};

/* Lives in its arena. */
struct plan {
    struct arena *arena;
    struct map strings; /* interned texts */
    enum plan_form form;
    struct str format_version;    /* no string if the document has none */
    struct str terraform_version; /* no string if the document has none */
    const struct value *variables; /* object: name -> {value}; NULL = none */
    bool is_log;                   /* it was read from the log stream of a plan, which has no values at all */
    bool lacks_variables;          /* some variables have values that the input does not tell */
    bool has_variables;            /* that part was read, or the document has ended */
    bool is_text;                  /* it was read from a plan for people, which shows only what changes */
    bool hides_resources;          /* resources that stay as they are may exist and not be shown */
    bool is_errored;               /* planning failed halfway: resources are missing */
    bool is_incomplete;            /* "complete": false, as after -target or deferred changes */
    struct configuration configuration;
    const struct value *checks;    /* list of {address, status, message}: conditions that did not pass; NULL = none */
    const struct value *drift;     /* list of {address, type, deleted, attributes}: changed outside Terraform; NULL = none */
    const struct value *deferred;  /* list of {address, reason}: changes that Terraform put off; NULL = none */
    struct str folder; /* that the document lies in; no string = not known, as for standard input */
    const struct value *written; /* of PLAN_FORM_CONFIGURATION: the whole document; else NULL */
    struct map constructs; /* of PLAN_FORM_CONFIGURATION: address -> struct str, path of the CDK construct */
    size_t change_count; /* resource changes, or resources of a state or configuration */
};

/* The value of a root module variable, or NULL. */
const struct value *plan_find_variable(const struct plan *plan, struct str name);

/* What required_providers asks of the version of the provider with that local name; no string = nothing is told. */
struct str plan_find_version_constraint(const struct plan *plan, struct str provider);

/* Whether the configuration marks a root module variable as sensitive. */
bool plan_is_sensitive_variable(const struct plan *plan, struct str name);
#endif
