#include "schema/schema_fact.h"

static const struct str sources[] = {
    [SOURCE_PROVIDER] = STR_INIT("provider"),
    [SOURCE_TEXT] = STR_INIT("text"),
    [SOURCE_API] = STR_INIT("api"),
};

static const struct str constraints[CONSTRAINT_COUNT] = {
    [CONSTRAINT_ENUM] = STR_INIT("enum"),       [CONSTRAINT_RANGE] = STR_INIT("range"),
    [CONSTRAINT_LENGTH] = STR_INIT("length"),   [CONSTRAINT_ITEMS] = STR_INIT("items"),
    [CONSTRAINT_PATTERN] = STR_INIT("pattern"), [CONSTRAINT_FORM] = STR_INIT("form"),
    [CONSTRAINT_NOT_EMPTY] = STR_INIT("not_empty"),
};

static const struct str groups[] = {
    [GROUP_EXACTLY_ONE] = STR_INIT("exactly_one_of"), [GROUP_AT_LEAST_ONE] = STR_INIT("at_least_one_of"),
    [GROUP_CONFLICT] = STR_INIT("conflicts_with"),    [GROUP_ALL_OR_NONE] = STR_INIT("all_or_none_of"),
    [GROUP_REQUIRED_WITH] = STR_INIT("required_with"),
};

/* Number of the name in the table, or -1. */
static int find(const struct str *names, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(names[i], name))
            return (int)i;
    return -1;
}

struct str schema_source_name(enum schema_source source)
{
    return sources[source];
}

struct str schema_constraint_name(enum schema_constraint_kind kind)
{
    return constraints[kind];
}

struct str schema_group_name(enum schema_group_kind kind)
{
    return groups[kind];
}

bool schema_source_find(struct str name, enum schema_source *source)
{
    int number = find(sources, sizeof sources / sizeof sources[0], name);
    if (number >= 0)
        *source = (enum schema_source)number;
    return number >= 0;
}

bool schema_constraint_find(struct str name, enum schema_constraint_kind *kind)
{
    int number = find(constraints, CONSTRAINT_COUNT, name);
    if (number >= 0)
        *kind = (enum schema_constraint_kind)number;
    return number >= 0;
}

bool schema_group_find(struct str name, enum schema_group_kind *kind)
{
    int number = find(groups, sizeof groups / sizeof groups[0], name);
    if (number >= 0)
        *kind = (enum schema_group_kind)number;
    return number >= 0;
}
