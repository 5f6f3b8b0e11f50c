/* Resource addresses as Terraform writes them: module.a["x.y"].module.b[0].data.aws_s3_bucket.c["k"]. Instance keys are
 * HCL strings or numbers; they may hold dots, brackets and escaped quotes. */
#ifndef TFCHECK_PLAN_ADDRESS_H
#define TFCHECK_PLAN_ADDRESS_H
#include "base/str.h"
struct arena;

struct address {
    struct str module; /* with instance keys; empty for the root module */
    bool is_data;      /* the address begins with data. */
    bool is_ephemeral; /* the address begins with ephemeral. */
    struct str type;
    struct str name;
    struct str key; /* of the resource instance, with its brackets; empty without count and for_each */
};

/* Take text apart. The parts point into text. False when it is no resource address. */
bool address_parse(struct str text, struct address *address);

/* The same address without any instance key: how configuration speaks of it. In arena, or text itself. */
struct str address_without_keys(struct arena *arena, struct str text);

/* The module instance that calls module, an address of a module instance that is not the root; *key gets the instance key
 * of the call with its brackets, empty when it has none. The parts point into module. */
struct str address_parent_module(struct str module, struct str *key);
#endif
