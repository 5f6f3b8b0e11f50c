/* What the analyses of policy documents share. */
#ifndef TFCHECK_RULES_POLICIES_H
#define TFCHECK_RULES_POLICIES_H
#include "rules/joins.h"
#include "wiring/rights.h"
struct run;

/* One analysis at work. */
struct policies {
    struct run *run;
    const struct rule *rule;
    struct joins *joins;
    struct wiring *wiring;
    struct arena *arena;   /* of the indexes; forgotten with the next rule */
    struct rights *rights; /* NULL = not needed */
};

/* What came of judging one resource: the worst counts. */
struct policies_answer {
    bool is_judged;        /* there was something to judge */
    enum permission worst;
    struct str message;    /* of a PERMISSION_NO; in scratch */
    struct str path;       /* attribute that it is about; no string = none */
    struct str reason;     /* of a PERMISSION_UNKNOWN; in scratch */
    struct str related[8]; /* addresses */
    size_t related_count;
};

/* Begin: forget the indexes of the rule before; open the rights when wanted. */
void policies_open(struct policies *policies, struct run *run, const struct rule *rule, bool wants_rights);

/* Take permission into answer; message or reason in scratch. */
void policies_note(struct policies_answer *answer, enum permission permission, struct str text);

/* Remember an address that has to do with it. */
void policies_relate(struct policies_answer *answer, struct str address);

/* Report what came of node, whose selection was selected, and reset the scratch arena. */
void policies_report(struct policies *policies, const struct node *node, enum truth selected,
                     const struct policies_answer *answer);

/* Texts of a parameter. */
struct policies_texts {
    struct str *items;
    size_t count;
};

/* The text or the list of texts of a parameter; none when the rule has no such parameter. In the arena of the indexes. */
struct policies_texts policies_texts(const struct policies *policies, struct str parameter);

/* The path in text. NULL when it is malformed. In the arena of the indexes. */
const struct path *policies_path(const struct policies *policies, struct str text);

/* The link end of the paths in a parameter. */
struct link_end policies_end(const struct policies *policies, struct str parameter);
/* The network of the plan, which rules share. */
struct network *networks_get(struct joins *joins);
#endif
