/* The .tf files of a configuration: where its resources, variables, outputs and module calls are declared, through local
 * modules and those that `terraform init` downloaded. */
#ifndef TFCHECK_SOURCE_SOURCE_H
#define TFCHECK_SOURCE_SOURCE_H
#include "base/map.h"
#include "findings/finding.h"
struct error;
struct hcl_block;
struct hcl_file;
struct source_folder;

/* A block and the file it stands in; both NULL when there is none. */
struct source_block {
    const struct hcl_block *block;
    const struct hcl_file *file;
};

/* A module, by the call that brings it in. A folder that is called twice is two modules. */
struct source_module {
    struct source_module *next;
    struct source_module *caller; /* NULL for the root module */
    struct source_block call;     /* nothing for the root module */
    struct str address;           /* without instance keys; empty for the root module */
    bool is_downloaded;           /* its files are not the user's own */
    const struct source_folder *folder; /* NULL = its files are not at hand */
};

/* A comment that asks for a finding not to count: tfcheck:ignore RULE until=2027-01-31 reason. */
struct source_ignore {
    struct source_ignore *next;
    struct str rule;    /* a rule id or a glob of them; no string = the comment names none */
    struct str address; /* of the block around or below it, without instance keys; no string = there is none */
    struct str reason;  /* no string = the comment gives none */
    struct str until;   /* the text behind until=; no string = it has no end */
    struct source_place place;
};

/* Lives in its arena. */
struct source {
    struct arena *arena;
    struct source_module *modules, *last_module; /* the root module first; a caller before those it calls */
    struct map by_address;                       /* module address without instance keys -> struct source_module */
    struct source_ignore *ignores;               /* in the order of modules, files and lines */
};

/* Read the configuration in directory, which ends with a NUL byte; "." is left out of the names of its files. NULL and
 * error filled when the directory cannot be read or holds no .tf file. A module that is not at hand is passed over. */
struct source *source_open(struct arena *arena, struct str directory, struct error *error);

/* The block that declares what address names, with or without instance keys: a resource, var.NAME, output.NAME,
 * provider.NAME, module.NAME or terraform, each with or without modules before it. Nothing when there is none. */
struct source_block source_find_block(const struct source *source, struct str address);

/* Whether a resource address without instance keys is declared, or stands in a module that is called and whose files are
 * not at hand. */
bool source_declares(const struct source *source, struct str configuration_key);

/* Where the attribute at path is written, else the block that should have it: without an instance key in path that leads
 * to one of several blocks. For what stands in a downloaded module, the call in the user's own files. No file when it
 * is not declared there. */
struct source_place source_find_place(const struct source *source, struct str address, struct str path);

/* Give each finding that has no place yet the place of its address, or of the first of its addresses. */
void source_place_findings(const struct source *source, struct findings *findings);

/* The first thing in the user's own files that could not be read, as "FILE:LINE:COLUMN: sentence" in arena; no string
 * when all could be. *count is the number of such things. */
struct str source_complaint(const struct source *source, struct arena *arena, size_t *count);
#endif
