/* Policy documents of IAM and of resources: from their JSON, or from the statements of aws_iam_policy_document. */
#ifndef TFCHECK_WIRING_DOCUMENT_H
#define TFCHECK_WIRING_DOCUMENT_H
#include "base/str.h"
struct arena;
struct node;
struct path;
struct value;
struct wiring;

/* Texts of which some may not be known. */
struct document_texts {
    struct str *items;
    size_t count, capacity;
    bool is_open; /* others may be among them */
};

struct document_condition {
    struct str operator; /* as StringEquals */
    struct str key;      /* as aws:SourceArn */
    struct document_texts values;
};

struct statement {
    bool is_allow;
    struct document_texts actions, resources;
    bool has_actions, has_resources;       /* Action or NotAction, Resource or NotResource is there */
    bool is_not_actions, is_not_resources; /* the lists are of NotAction, NotResource */
    struct document_texts services, accounts, others; /* principals: Service, AWS, the rest; "*" alone is an account */
    bool has_principals, is_not_principals;
    struct document_condition *conditions;
    size_t condition_count, condition_capacity;
    struct str sid;
};

/* One or more documents that hold together. */
struct document {
    struct statement *items;
    size_t count, capacity;
    bool is_open;      /* there may be more in it than is known */
    struct str reason; /* why it is open */
    bool is_malformed; /* some text is no policy document */
};

/* Add the document in text. Lives in arena. */
void document_add_text(struct arena *arena, struct str text, struct document *document);

/* Add the document at path in node: its text, or when that is known only after apply, the aws_iam_policy_document that it
 * comes from. Nothing at all is added when nobody wrote the attribute. Lives in the wiring's scratch. */
void document_add_path(const struct wiring *wiring, const struct node *node, const struct path *path,
                       struct document *document);

enum permission { PERMISSION_NO, PERMISSION_UNKNOWN, PERMISSION_YES };

/* Whether pattern of a policy, with * and ?, matches text; letter case does not matter. */
bool document_matches(struct str pattern, struct str text);

/* Whether some pattern of patterns matches text. */
bool document_covers(const struct document_texts *patterns, struct str text);

/* Whether the statement is about action, whatever its effect. */
bool statement_has_action(const struct statement *statement, struct str action);

/* Whether the documents allow action on every resource ("*"). */
enum permission document_allows_everywhere(const struct document *document, struct str action);

/* Whether the documents allow any action of service, as "dynamodb". */
enum permission document_allows_service(const struct document *document, struct str service);

/* Whether the documents let a principal whose name matches the glob service do action. "*" is every principal. */
enum permission document_admits(const struct document *document, struct str service, struct str action);

/* Whether the documents allow action on some resource; denials are not looked at. */
enum permission document_allows(const struct document *document, struct str action);
#endif
