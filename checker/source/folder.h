/* The .tf files of one folder, and what they declare. */
#ifndef TFCHECK_SOURCE_FOLDER_H
#define TFCHECK_SOURCE_FOLDER_H
#include "source/source.h"
#include "hcl/hcl_read.h"

struct source_folder {
    struct str path; /* ends with a NUL byte */
    struct {
        struct hcl_file **items; /* in byte order of their names, overrides last */
        size_t count, capacity;
    } files;
    struct map blocks; /* aws_sqs_queue.main, data.aws_region.here, var.NAME, module.NAME, ... -> struct source_block */
};

/* Read the folder at path; files that cannot be read and those beyond 16 MiB are passed over. NULL and error filled when
 * the folder cannot be listed. */
struct source_folder *source_folder_read(struct arena *arena, struct str path, struct error *error);

/* The path of name within the folder path: ".." and "." are taken out where that is possible. In arena, with a NUL
 * byte behind it. */
struct str source_join_path(struct arena *arena, struct str path, struct str name);

/* The text of an attribute that is a string without templates; no string when it is anything else. */
struct str source_find_text(struct arena *arena, const struct hcl_block *block, struct str name);

/* Under which name a block is found in a folder; no string when its kind is not looked for. In arena. */
struct str source_block_name(struct arena *arena, const struct hcl_block *block);
#endif
