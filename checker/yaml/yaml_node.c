#include "yaml/yaml_read.h"

const struct yaml_node *yaml_find(const struct yaml_node *map, struct str key)
{
    if (map->kind != YAML_MAP)
        return NULL;
    for (const struct yaml_node *member = map->first; member != NULL; member = member->next)
        if (str_equal(member->key, key))
            return member;
    return NULL;
}

const char *yaml_kind_name(enum yaml_kind kind)
{
    static const char *const names[] = {
        [YAML_NULL] = "nothing (null)", [YAML_BOOL] = "true or false", [YAML_NUMBER] = "a number",
        [YAML_STRING] = "a string",     [YAML_LIST] = "a list",        [YAML_MAP] = "a mapping",
    };
    return names[kind];
}
