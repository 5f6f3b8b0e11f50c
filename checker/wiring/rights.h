/* What the policies of a role let it do, wherever they are attached. */
#ifndef TFCHECK_WIRING_RIGHTS_H
#define TFCHECK_WIRING_RIGHTS_H
#include "wiring/document.h"
struct arena;
struct node;
struct rights; /* opaque */
struct value;
struct wiring;

/* TYPE.ATTRIBUTE of all that rights read, up to no string. */
extern const struct str rights_reads[];

/* Index roles and what is attached to them, in arena. managed is a table: name of a policy that AWS manages -> list of the
 * actions that it allows; NULL = none is known. Resets the wiring's scratch. */
struct rights *rights_open(struct wiring *wiring, struct arena *arena, const struct value *managed);

/* What was found of one role. */
struct role_rights {
    const struct node *role;      /* NULL = no role of the plan */
    struct document document;     /* all that it is allowed; in the wiring's scratch */
    struct str addresses[8];      /* the role, and where its policies stand */
    size_t address_count;
};

/* Call visit for each role that the attribute at path in node leads to, or may lead to when is_sure is false; through
 * instance profiles too. Nothing is visited when it leads to no role of the plan. */
void rights_each_role(struct rights *rights, const struct node *node, const struct path *path,
                      void (*visit)(void *context, struct role_rights *role, bool is_sure), void *context);

/* Fill role->document and the addresses. */
void rights_collect(struct rights *rights, struct role_rights *role);
#endif
