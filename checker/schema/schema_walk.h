/* The inside of the check, shared by its files. */
#ifndef TFCHECK_SCHEMA_SCHEMA_WALK_H
#define TFCHECK_SCHEMA_SCHEMA_WALK_H
#include "plan/trail.h"
#include "schema/schema_check.h"

/* Report a problem at trail. */
void schema_complain(const struct schema_check *check, enum schema_problem_kind kind, const struct trail *trail,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Check a known value that is a text, number, bool, list or object against the constraints of item. */
void schema_check_constraints(const struct schema_check *check, const struct schema_item *item,
                              const struct value *value, const struct trail *trail);

/* Check the literal parts of a value that is known later and has its template as text. */
void schema_check_template(const struct schema_check *check, const struct schema_item *item, const struct value *value,
                           const struct trail *trail);

/* Check the groups of block on what value sets; trail leads to value, NULL for the resource itself. */
void schema_check_groups(const struct schema_check *check, const struct schema_block *block, const struct value *value,
                         const struct trail *trail);

/* Check value, an object, against block, with the groups of block. */
void schema_check_block_at(const struct schema_check *check, const struct schema_block *block,
                           const struct value *value, const struct trail *trail);

/* Check one argument or the blocks of one type. trail leads to what has them. */
void schema_check_member(const struct schema_check *check, const struct schema_item *item, const struct value *value,
                         const struct trail *trail);

/* Check what configuration sets in a block, and what it leaves out, without groups. */
void schema_check_written(const struct schema_check *check, const struct schema_block *block, const struct value *value,
                          const struct trail *trail, bool is_resource);

/* Whether the configuration of a block makes nested blocks of that name with "dynamic": how many, nobody knows. */
bool schema_is_dynamic(const struct value *value, struct str name);

/* Whether there is one such block at most by the nature of its nesting. */
static inline bool schema_is_single(const struct schema_item *item)
{
    return item->nesting == NESTING_SINGLE || item->nesting == NESTING_GROUP;
}

/* Whether text has the form of that name; true when the name is not known. */
bool schema_has_form(struct str text, struct str form);

/* What a form is, for people: "an ARN". */
struct str schema_form_words(struct str form);
#endif
