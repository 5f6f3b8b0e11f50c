/* What rules across resources need of a plan: the resources that they join, and what was found out about them. */
#ifndef TFCHECK_RULES_JOINS_H
#define TFCHECK_RULES_JOINS_H
#include "rules/related.h"
#include "wiring/wiring.h"
struct network;
struct plan;
struct rights;
struct rule;
struct run;

struct join_keep;

struct joins {
    struct wiring wiring;
    struct {
        const struct rule **items; /* those that join */
        size_t count, capacity;
    } joining;
    struct map keeps;   /* type name -> struct join_keep: what is kept of its resources */
    struct arena *shared;  /* of the indexes that rules share; closed with the arena of the joins */
    struct arena *indexes; /* of the rule that is judged; closed with the arena of the joins */
    struct map states;  /* address of a struct related, as bytes -> struct join_state; in indexes */
    struct network *network; /* of the plan; NULL until an analysis needs it */
    struct rights *rights; /* of the roles of the plan; NULL until an analysis needs them */
    struct join_keep *last; /* of the resource before */
    bool needs_order;   /* some rule asks what waits for what, or for all references of a block */
};

/* No rule yet. All arguments outlive the joins. */
void joins_init(struct joins *joins, struct arena *arena, struct arena *scratch, struct map *strings,
                const struct plan *plan);

/* Whether the rule is judged on the kept resources, when the document has been read. */
bool joins_judges(const struct rule *rule);

/* A rule that may be in force. */
void joins_add_rule(struct joins *joins, const struct rule *rule);

/* Keep what the rules need of a resource that will exist. address is its address in a text that lasts. */
void joins_collect(struct joins *joins, const struct resource *resource, struct str address);

/* Whether a part of a block of the configuration is needed, as in struct plan_events. */
bool joins_want(struct joins *joins, struct str configuration_key, struct str type, struct str attribute);

/* Judge a condition on a node; selected is the resource that the rule selects when that is another one, or NULL. The
 * document has been read. */
enum truth joins_test(struct joins *joins, const struct condition *condition, const struct node *node,
                      const struct resource *selected, struct evaluation *evaluation);

/* Forget the rights and the network. */
void joins_forget_shared(struct joins *joins);

/* How many managed resources of the type will exist. */
size_t joins_count_type(const struct joins *joins, struct str type);

/* Whether there is any resource of the types that rule selects. */
bool joins_has_selected(const struct joins *joins, const struct rule *rule);

/* Call visit for each kept resource that rule selects, with what its where says (never TRUTH_FALSE); stops when visit
 * returns false. The scratch arena is the visitor's to reset. */
void joins_each_selected(struct joins *joins, const struct rule *rule,
                         void (*visit)(void *context, struct node *node, enum truth selected), void *context);

/* Judge a rule that has related on every resource that it selects. Resets the scratch arena. */
void joins_judge(struct run *run, const struct rule *rule);
#endif
