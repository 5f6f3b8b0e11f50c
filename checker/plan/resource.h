/* A resource instance of a plan or state. */
#ifndef TFCHECK_PLAN_RESOURCE_H
#define TFCHECK_PLAN_RESOURCE_H
#include "base/str.h"
struct arena;
struct value;

enum resource_mode {
    MODE_MANAGED,
    MODE_DATA,
    MODE_EPHEMERAL,
    MODE_BLOCK /* another block of configuration: terraform, provider.aws, variable, output, ... */
};

/* What the plan will do, as a set. Both orders of delete and create are ACTION_REPLACE. */
enum action {
    ACTION_NO_OP = 1,
    ACTION_CREATE = 2,
    ACTION_READ = 4,
    ACTION_UPDATE = 8,
    ACTION_DELETE = 16,
    ACTION_REPLACE = 32,
    ACTION_FORGET = 64,
    ACTION_OTHER = 128 /* one that this version does not know */
};

/* One instance. It is identified by (address, deposed). Texts may be no string when the document has none. */
struct resource {
    struct str address;
    struct str deposed;           /* key of a deposed object; no string for the current one */
    struct str module;            /* address of its module instance; empty for the root */
    struct str configuration_key; /* address without instance keys */
    struct str type, name;
    struct str provider;          /* as registry.terraform.io/hashicorp/aws, or aws in old plans */
    struct str previous_address;  /* where a moved block moved it from */
    struct str action_reason;
    enum resource_mode mode;
    unsigned actions;               /* set of enum action */
    bool is_import;
    const struct value *after;         /* what will exist after apply, masks joined in; NULL = nothing will */
    const struct value *written;       /* of configuration: the block's body, evaluated as far as can be; else NULL */
    struct str construct;              /* path of the CDK construct that made it; no string = none is known */
    const struct value *replace_paths; /* list of paths that force the replacement, or NULL */
};

/* The resource of one item of resource_changes or of a state module's resources, whose tree is item. Fills *resource,
 * whose parts live as long as item, or in arena. False when item has no address: it is no resource then. */
bool resource_from_change(struct arena *arena, struct value *item, struct resource *resource);
bool resource_from_state(struct arena *arena, struct value *item, struct resource *resource);

/* Mark as sensitive in tags_all what is in tags: the provider copies them, but Terraform does not carry their marks over. */
void resource_mark_copied_tags(struct value *after);

/* Whether the provider is the AWS provider, whatever registry it came from. */
bool resource_is_of_provider(const struct resource *resource, struct str name);

/* The names of a set of actions for people, as "update" or "replace". */
struct str resource_action_name(unsigned actions);
#endif
