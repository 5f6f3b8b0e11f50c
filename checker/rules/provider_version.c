#include "rules/provider_version.h"

#include "plan/plan.h"
#include "schema/schema_library.h"

static bool is_surely_major(struct str constraint, struct str version)
{
    ptrdiff_t dot = str_find_byte(version, '.');
    struct str major = str_part(version, 0, dot < 0 ? version.n : (size_t)dot);
    constraint = str_trim(constraint);
    bool is_pinned_minor = !str_starts_with(constraint, STR("~>")) || str_find_byte(constraint, '.') >= 0;
    if (str_starts_with(constraint, STR("~>")))
        constraint = str_from_offset(constraint, 2);
    else if (str_starts_with(constraint, STR("=")))
        constraint = str_from_offset(constraint, 1);
    constraint = str_trim(constraint);
    return is_pinned_minor && str_starts_with(constraint, major) &&
           (constraint.n == major.n || constraint.p[major.n] == '.') && str_find_byte(constraint, ',') < 0;
}

struct str provider_of_type(struct str type)
{
    ptrdiff_t end = str_find_byte(type, '_');
    return str_part(type, 0, end < 0 ? type.n : (size_t)end);
}

bool provider_is_surely_known(const struct plan *plan, struct schema_library *library, struct str provider)
{
    const struct schema *schema = schema_library_find_provider(library, provider);
    return schema != NULL && schema->provider_version.p != NULL &&
           is_surely_major(plan_find_version_constraint(plan, provider), schema->provider_version);
}
