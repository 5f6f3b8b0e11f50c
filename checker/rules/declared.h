/* What configuration in JSON syntax refers to: the references of every block, gathered once, and the checks on them. */
#ifndef TFCHECK_RULES_DECLARED_H
#define TFCHECK_RULES_DECLARED_H
#include "base/map.h"
#include "hcl/expression.h"
#include "rules/rule.h"
struct plan;
struct run;
struct value;

enum declared_kind {
    DECLARED_RESOURCE,
    DECLARED_DATA,
    DECLARED_PROVIDER,
    DECLARED_VARIABLE,
    DECLARED_LOCAL,
    DECLARED_OUTPUT,
    DECLARED_MODULE
};

/* Where in its block a reference stands. */
enum declared_part { PART_ARGUMENT, PART_DEPENDS_ON, PART_LIFECYCLE };

struct declared_reference {
    const struct reference *reference;
    struct str path;   /* of the argument, as rule[0].action */
    enum declared_part part;
};

struct declared_block {
    enum declared_kind kind;
    struct str address; /* aws_x.y, data.aws_x.y, var.x, local.x, output.x, provider.aws, module.m */
    struct str type, name; /* type is no string but for resources and data sources */
    const struct value *body;
    bool has_count, has_for_each;
    struct declared_reference *references;
    size_t count, capacity;
    size_t low, number; /* of the search for cycles; 0 = not reached */
    bool is_open;
};

enum declared_problem_kind {
    DECLARED_SYNTAX,          /* a template that Terraform cannot read */
    DECLARED_TOKEN,           /* a token of CDKTF that was never resolved */
    DECLARED_INVALID,         /* a name that can refer to nothing */
    DECLARED_UNDECLARED,
    DECLARED_ATTRIBUTE,       /* the type has no such attribute */
    DECLARED_INDEX,           /* an index where there is one instance, or none where there are several */
    DECLARED_SELF,
    DECLARED_CYCLE,
    DECLARED_DEPENDS_ON,      /* depends_on holds something else than addresses */
    DECLARED_ALIAS,           /* a provider configuration that nobody declares */
    DECLARED_PROVIDER_NAME,   /* the provider argument is no name */
    DECLARED_NO_PROVIDER,     /* nobody declares any configuration of the provider */
    DECLARED_DEFAULT_PROVIDER, /* all configurations of the provider have aliases, and some resource uses none */
    DECLARED_TYPE,            /* the provider has no such resource type */
    DECLARED_OTHER_VERSION,   /* a type or attribute that another version of the provider may have */
    DECLARED_LIFECYCLE,
    DECLARED_LITERAL,         /* an interpolation where Terraform takes the text as it is */
    DECLARED_SENSITIVE,       /* an output of a sensitive value that is not marked */
    DECLARED_IMPURE,          /* a function that gives another value every time */
    DECLARED_FILE,            /* a function reads a file that is not there */
    DECLARED_PROBLEM_COUNT
};

struct declarations {
    struct arena *arena;
    const struct plan *plan;
    struct schema_library *schemas; /* or NULL */
    struct map blocks;              /* address -> struct declared_block, in the order of the document */
    size_t reference_count;
    void (*report)(void *context, enum declared_problem_kind kind, struct finding finding);
    void *context;
};

/* Gather the blocks and references of the plan's document, reporting what cannot be read. Set arena, plan, schemas,
 * report and context before. */
void declared_gather(struct declarations *declarations);

/* Check the references, and report cycles. */
void declared_check(struct declarations *declarations);
void declared_check_cycles(struct declarations *declarations);

/* Report a problem at a block. */
void declared_complain(struct declarations *declarations, enum declared_problem_kind kind, struct str address,
                       struct str path, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The block that a reference names, or NULL; with what its address would be. */
struct declared_block *declared_find(const struct declarations *declarations, const struct reference *reference,
                                     struct str *address);

/* What the document that run reads declares; NULL when it is no configuration in JSON syntax. */
const struct declarations *declared_get(struct run *run);

/* The analyses behind the rules on configuration in JSON syntax. */
void declared_finish(struct run *run, const struct rule *rule);
void declared_check_zones(struct run *run, const struct rule *rule);
struct str declared_analysis_name(enum declared_problem_kind kind);
#endif
