/* Which provider configuration a resource uses. */
#ifndef TFCHECK_SOURCE_PROVIDER_H
#define TFCHECK_SOURCE_PROVIDER_H
#include "base/str.h"
struct hcl_block;
struct source_module;

/* The key of the provider configuration for a resource block of module, as the root module names it: aws, or aws.west.
 * Modules pass them on by their name, or under another one by the argument providers of their call. */
struct str source_provider_key(const struct source_module *module, const struct hcl_block *block);
#endif
