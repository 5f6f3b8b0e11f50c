/* Tells plans and states from the documents that people take for them, by their top-level keys. */
#ifndef TFCHECK_PLAN_LOOKALIKE_H
#define TFCHECK_PLAN_LOOKALIKE_H
#include "plan/plan.h"
struct error;

enum lookalike_mark {
    LOOKALIKE_FORMAT = 1,            /* format_version */
    LOOKALIKE_PLAN = 2,              /* a key that only a plan has */
    LOOKALIKE_STATE = 4,             /* values */
    LOOKALIKE_TFSTATE = 8,           /* lineage, serial */
    LOOKALIKE_LOG = 16,              /* @level */
    LOOKALIKE_SCHEMA = 32,           /* provider_schemas */
    LOOKALIKE_REDACTED = 64,         /* plan_format_version */
    LOOKALIKE_TF_JSON = 128,         /* resource, terraform, ... of *.tf.json */
    LOOKALIKE_CLOUDFORMATION = 256,  /* Resources, AWSTemplateFormatVersion */
    LOOKALIKE_NOT_AN_OBJECT = 512,   /* the document is a list, a string, ... */
    LOOKALIKE_COMMON = 1024,         /* terraform_version, checks, ...: a plan and a state may have it */
    LOOKALIKE_OTHER = 2048           /* any other key */
};

/* The mark of a top-level key. */
unsigned lookalike_find_mark(struct str key);

/* Whether a top-level key is one of configuration in JSON syntax. */
bool lookalike_is_tf_json(struct str key);

/* What a document with these marks is. */
enum plan_form lookalike_find_form(unsigned marks);

/* Fill error with what the document is instead, and the command that makes the right file. Returns false. */
bool lookalike_explain(unsigned marks, struct error *error);
#endif
