/* Makes snippets out of `terraform providers schema -json`, a type at a time, and keeps the facts that are in them. */
#ifndef TFCHECK_SCHEMA_SCHEMA_IMPORT_H
#define TFCHECK_SCHEMA_SCHEMA_IMPORT_H
#include "base/str.h"
struct arena;
struct error;
struct schema_import; /* opaque */

/* Where snippets are kept. name is the path of a snippet below the folder of snippets, as aws/aws_s3_bucket.json,
 * aws/data/aws_vpc.json or aws/provider.json; it is safe as a file name. */
struct schema_store {
    /* The text of the snippet that is there, in arena; no string when there is none. */
    struct str (*read)(void *context, struct arena *arena, struct str name);
    /* Replace it. False and error filled when that cannot be done. */
    bool (*write)(void *context, struct str name, struct str text, struct error *error);
    void *context;
};

/* An import in arena. scratch is reset after each type. file names the input in errors; no string = standard input. */
struct schema_import *schema_import_open(struct arena *arena, struct arena *scratch, const struct schema_store *store,
                                         struct str file, struct error *error);

/* Read the next bytes of the document, in chunks of any size. False after an error. */
bool schema_import_feed(struct schema_import *import, const char *bytes, size_t n);

/* The document has ended. False when it is incomplete or is no provider schema. *count is the snippets written. */
bool schema_import_close(struct schema_import *import, size_t *count);

/* The snippet of raw, the tree of one schema ({version, block}), with the facts of old, the tree of an earlier snippet
 * or NULL. In arena. */
struct value;
struct str schema_import_render(struct arena *arena, const struct value *raw, const struct value *old,
                                struct str source);
#endif
