/* Runs `terraform show -json` on a binary plan file, without a shell. */
#ifndef TFCHECK_CLI_TERRAFORM_H
#define TFCHECK_CLI_TERRAFORM_H
#include "base/str.h"

#include <stdio.h>
#include <sys/types.h>
struct arena;
struct error;

/* A running program. Zeroed: none runs. */
struct terraform {
    pid_t pid;
    FILE *output;   /* what it prints; for reading */
    FILE *messages; /* what it complains of, in a file without a name */
    struct str program, plan; /* for messages */
};

/* Whether the file begins like a plan that `terraform plan -out` saved: a zip archive whose first entry is tfplan. */
bool terraform_is_plan(struct str path);

/* Start the program on the plan at path. program names it; no string = TFCHECK_TERRAFORM, else terraform, else tofu. It runs
 * in the plan's folder when that was initialised, else in the current one. False and error filled when it cannot start. */
bool terraform_show(struct arena *arena, struct terraform *terraform, struct str program, struct str path,
                    struct error *error);

/* Stop reading and wait for its end. False and error filled, with its own words, when it failed; not when it ended because
 * nobody read on. */
bool terraform_finish(struct arena *arena, struct terraform *terraform, struct error *error);
#endif
