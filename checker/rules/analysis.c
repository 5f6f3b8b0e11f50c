#include "rules/analysis.h"

#include "rules/arguments.h"
#include "rules/declared.h"
#include "rules/rule.h"

static const struct analysis analyses[] = {
    { STR_INIT("suffix-form"), { STR_INIT("pattern"), STR_INIT("shortest") }, naming_check_suffix_form },
    { STR_INIT("suffix-in-names"), { { NULL, 0 } }, naming_check_suffix },
    { STR_INIT("name-collision"), { { NULL, 0 } }, naming_check_collision },
    { STR_INIT("environment-words"), { STR_INIT("words") }, naming_check_words },
    { STR_INIT("name-length"), { STR_INIT("suffix_length") }, naming_check_length },
    { STR_INIT("argument-unknown"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-other-version"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-required"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-computed"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-type"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("block-shape"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("block-count"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("block-array"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-enum"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-enum-case"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-range"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-length"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-pattern"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-form"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-empty"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-characters"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("api-enum"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("api-range"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("api-length"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("api-pattern"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("api-items"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-one-of"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-conflict"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-required-with"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("argument-deprecated"), { { NULL, 0 } }, arguments_finish },
    { STR_INIT("expression-syntax"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("cdktf-token"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("reference-invalid"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("reference-undeclared"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("reference-attribute"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("reference-index"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("reference-self"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("reference-cycle"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("depends-on-address"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("provider-alias-undeclared"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("provider-argument-name"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("provider-undeclared"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("provider-default-undeclared"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("resource-type-unknown"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("reference-other-version"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("lifecycle-argument"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("literal-interpolation"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("output-sensitive"), { { NULL, 0 } }, declared_finish },
    { STR_INIT("function-impure"), { { NULL, 0 } }, declared_finish },
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
