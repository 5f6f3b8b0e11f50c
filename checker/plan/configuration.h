/* What the configuration part of a plan says: which attributes somebody wrote, and what their values are made of.
 *
 * It tells an attribute that nobody wrote (the provider's default will hold) from one that will be known after apply;
 * in the planned values both look the same. Locals, dynamic blocks and functions do not appear in it. */
#ifndef TFCHECK_PLAN_CONFIGURATION_H
#define TFCHECK_PLAN_CONFIGURATION_H
#include "base/map.h"
struct arena;
struct value;
struct path;

/* A resource block. */
struct configured {
    const struct value *expressions; /* object: attribute -> expression, block -> object or list of objects; or NULL */
    struct str module;               /* address of its module without instance keys; empty for the root */
    struct str provider_key;         /* of the provider configuration, as aws.west; no string = not told */
    bool has_count;                  /* count or for_each is set */
    const struct value *references;  /* list: what the block names anywhere, but in depends_on; NULL = was not kept */
    struct str written;              /* names of its arguments and blocks, each between line ends; no string = not kept */
    const struct value *repetition;  /* list: what its count or for_each names; or NULL */
    const struct value *depends_on;  /* list of addresses; or NULL */
};

/* A module call and the module behind it. */
struct configured_module {
    struct str address;              /* without instance keys; empty for the root module */
    const struct value *expressions; /* of the call: input -> expression; NULL for the root module */
    const struct value *variables;   /* variable -> {default, sensitive}; or NULL */
    const struct value *written_locals; /* local -> what is written, in JSON syntax; NULL = not told */
    const struct value *outputs;     /* output -> {references, sensitive, depends_on}; or NULL */
    const struct value *repetition;  /* list: what the call's count or for_each names; or NULL */
    const struct value *depends_on;  /* list of addresses, of the call; or NULL */
};

struct configuration {
    bool is_present;      /* the document has a configuration part, and it was read to its end */
    struct map resources; /* address without instance keys -> struct configured */
    struct map modules;   /* module address without instance keys, "" for the root -> struct configured_module */
    struct map providers; /* key of a provider configuration -> struct value: object of {name, region expression, references} */
};

/* What is known of an attribute whose planned value is unknown. */
enum written {
    WRITTEN_UNRESOLVED, /* the configuration does not tell */
    WRITTEN_NOT,        /* nobody wrote it */
    WRITTEN_NULL,       /* it is null by what was written */
    WRITTEN_CONSTANT,   /* a literal stands there */
    WRITTEN_EXPRESSION  /* it comes from an expression */
};

struct written_value {
    enum written written;
    size_t depth;                   /* of WRITTEN_NOT: steps of the path that the configuration has */
    const struct value *constant;   /* of WRITTEN_CONSTANT */
    const struct value *references; /* of WRITTEN_EXPRESSION: list of strings, longest first; NULL = none are named,
                                       or several blocks name different ones. Of WRITTEN_UNRESOLVED: those of the only
                                       block that has an expression there */
};

struct plan;

/* Whether nobody wrote the attribute: known is the number of its path's steps that the plan has. Where the plan has a block
 * that the configuration lacks, a dynamic block made it, and what is in that is not known. */
bool configuration_is_unset(const struct written_value *written, size_t known);

/* What the configuration of plan says of the attribute at path, in the block at address configuration_key. */
struct written_value configuration_find(const struct plan *plan, struct str configuration_key, const struct path *path);

/* The value of variable name of the module, when it is a literal all the way up to the root module's value; NULL if it
 * is not, or is not known. */
const struct value *configuration_find_variable(const struct plan *plan, struct str module, struct str name);

/* Follow var.NAME of a child module to what the calls above pass in. Calls visit for each reference that stands at the
 * end, with the module it is written in; stops when visit returns false. */
void configuration_each_origin(const struct plan *plan, struct str module, const struct value *references,
                               bool (*visit)(void *context, struct str module, struct str reference), void *context);

/* The references of an expression, a list; NULL when it names none. */
const struct value *configuration_references(const struct value *expression);

/* All references below expressions, those left out that only begin another of the same expression. A list in arena; the
 * key of an item is the attribute that it stands in. */
struct value *configuration_gather(struct arena *arena, const struct value *expressions);

/* The address of the module that calls module; both without instance keys. */
struct str configuration_parent(struct str module);

/* NAME of a reference var.NAME, with or without more behind it; no string when it is another reference. */
struct str configuration_variable_name(struct str reference);

/* Whether list item is only the beginning of an earlier reference, as aws_x.y is of aws_x.y.arn. */
bool configuration_is_prefix(const struct value *references, const struct value *item);
#endif
