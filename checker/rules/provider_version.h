/* Whether a configuration uses the version of a provider that the schemas speak of. */
#ifndef TFCHECK_RULES_PROVIDER_VERSION_H
#define TFCHECK_RULES_PROVIDER_VERSION_H
#include "base/str.h"
struct plan;
struct schema_library;

/* Whether what plan, a configuration, asks of the provider with that local name leaves no other major version than that
 * of its schemas. "5.100.0", "~> 5.0" and "= 5.1" can be nothing but version 5; ">= 5.0" may be any later one. */
bool provider_is_surely_known(const struct plan *plan, struct schema_library *library, struct str provider);

/* "aws_s3_bucket" -> "aws", the local name of a type's provider. */
struct str provider_of_type(struct str type);
#endif
