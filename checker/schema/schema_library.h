/* The snippets that are at hand: each is opened when a resource of its type comes up. */
#ifndef TFCHECK_SCHEMA_SCHEMA_LIBRARY_H
#define TFCHECK_SCHEMA_SCHEMA_LIBRARY_H
#include "schema/schema.h"
struct schema_library; /* opaque */

/* Where the snippets' texts come from. */
struct schema_shelf {
    /* The text of the snippet with that path below a folder of snippets, as aws/data/aws_vpc.json, in arena; no string
     * when there is none. *file gets the name of the file for errors. */
    struct str (*read)(void *context, struct arena *arena, struct str name, struct str *file);
    /* Call visit with the name of every type of which there is a snippet in that folder, as aws or aws/data. */
    void (*each)(void *context, struct str folder, void (*visit)(void *context, struct str type), void *visit_context);
    /* Told of a snippet that is malformed; it then counts as absent. */
    void (*complain)(void *context, const struct error *error);
    void *context;
};

enum schema_mode { SCHEMA_RESOURCE, SCHEMA_DATA, SCHEMA_EPHEMERAL };

/* A library in arena, which has to last as long as anything that is found in it. shelf may be NULL: nothing is found.
 */
struct schema_library *schema_library_open(struct arena *arena, const struct schema_shelf *shelf);

/* The schema of a type. provider is the last part of its address, as aws; no string = the type's name up to its first
 * underscore. NULL when there is no snippet. */
const struct schema *schema_library_find(struct schema_library *library, struct str provider, enum schema_mode mode,
                                         struct str type);

/* The schema of a provider's own arguments, with the version that its snippets speak of. NULL when there is none. */
const struct schema *schema_library_find_provider(struct schema_library *library, struct str provider);

/* Whether there are snippets of that provider. */
bool schema_library_has_provider(struct schema_library *library, struct str provider);

/* The type that a person most probably meant by type; no string when none is close. In arena. */
struct str schema_library_suggest(struct schema_library *library, struct arena *arena, struct str provider,
                                  enum schema_mode mode, struct str type);
#endif
