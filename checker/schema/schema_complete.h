/* Gives written configuration the shape that a plan of it would have. */
#ifndef TFCHECK_SCHEMA_SCHEMA_COMPLETE_H
#define TFCHECK_SCHEMA_SCHEMA_COMPLETE_H
#include "schema/schema.h"
struct arena;

/* The object written with its blocks as lists where a plan has lists, its scalars of the type that the schema gives
 * them, and what the provider marks as sensitive marked. An argument that nobody wrote is unknown, as the provider's
 * default may be; a block that nobody wrote is an empty list. In arena; texts and what needs no change are shared with
 * written. */
struct value *schema_complete(struct arena *arena, const struct schema_block *block, const struct value *written);
#endif
