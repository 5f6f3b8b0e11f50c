#include "rules/analysis.h"

#include "rules/rule.h"

static const struct analysis analyses[] = {
    { STR_INIT("suffix-form"), { STR_INIT("pattern"), STR_INIT("shortest") }, naming_check_suffix_form },
    { STR_INIT("suffix-in-names"), { { NULL, 0 } }, naming_check_suffix },
    { STR_INIT("name-collision"), { { NULL, 0 } }, naming_check_collision },
    { STR_INIT("environment-words"), { STR_INIT("words") }, naming_check_words },
    { STR_INIT("name-length"), { STR_INIT("suffix_length") }, naming_check_length },
};

enum { ANALYSIS_COUNT = sizeof analyses / sizeof analyses[0] };

const struct analysis *analysis_find(struct str name)
{
    for (size_t i = 0; i < ANALYSIS_COUNT; i++)
        if (str_equal(analyses[i].name, name))
            return &analyses[i];
    return NULL;
}

struct str analysis_name(size_t i)
{
    return i < ANALYSIS_COUNT ? analyses[i].name : (struct str){ NULL, 0 };
}

const struct value *analysis_parameter(const struct rule *rule, struct str name)
{
    return map_find(&rule->parameters, name);
}
