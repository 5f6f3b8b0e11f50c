/* The folders of schema snippets: those of --schema, then the built-in ones. */
#ifndef TFCHECK_CLI_SNIPPETS_H
#define TFCHECK_CLI_SNIPPETS_H
#include "rules/rule.h"
#include "schema/schema_library.h"
#include "schema/schema_import.h"
struct session;

struct snippets {
    struct texts folders; /* the first that has a snippet counts */
    struct schema_shelf shelf;
};

/* Find the folders. The snippets live as long as the session; shelf points into them. */
void snippets_open(struct session *session, struct snippets *snippets);

/* A store that reads and writes snippets below folder. It lives in the session's arena. */
struct schema_store *snippets_store(struct session *session, struct str folder);

/* Call visit with every file of snippets below the folders, as aws/data/aws_vpc.json, in byte order; one that stands in
 * several folders comes once. */
void snippets_each(struct session *session, const struct snippets *snippets,
                   void (*visit)(void *context, struct str name), void *context);
#endif
