#include "plan/lookalike.h"

#include "base/error.h"

unsigned lookalike_find_mark(struct str key)
{
    static const struct {
        struct str key;
        enum lookalike_mark mark;
    } rows[] = {
        { STR_INIT("format_version"), LOOKALIKE_FORMAT },
        { STR_INIT("resource_changes"), LOOKALIKE_PLAN },
        { STR_INIT("planned_values"), LOOKALIKE_PLAN },
        { STR_INIT("configuration"), LOOKALIKE_PLAN },
        { STR_INIT("prior_state"), LOOKALIKE_PLAN },
        { STR_INIT("output_changes"), LOOKALIKE_PLAN },
        { STR_INIT("resource_drift"), LOOKALIKE_PLAN },
        { STR_INIT("deferred_changes"), LOOKALIKE_PLAN },
        { STR_INIT("relevant_attributes"), LOOKALIKE_PLAN },
        { STR_INIT("applyable"), LOOKALIKE_PLAN },
        { STR_INIT("terraform_version"), LOOKALIKE_COMMON },
        { STR_INIT("checks"), LOOKALIKE_COMMON },
        { STR_INIT("timestamp"), LOOKALIKE_COMMON },
        { STR_INIT("values"), LOOKALIKE_STATE },
        { STR_INIT("lineage"), LOOKALIKE_TFSTATE },
        { STR_INIT("serial"), LOOKALIKE_TFSTATE },
        { STR_INIT("@level"), LOOKALIKE_LOG },
        { STR_INIT("provider_schemas"), LOOKALIKE_SCHEMA },
        { STR_INIT("plan_format_version"), LOOKALIKE_REDACTED },
        { STR_INIT("resource"), LOOKALIKE_TF_JSON },
        { STR_INIT("terraform"), LOOKALIKE_TF_JSON },
        { STR_INIT("provider"), LOOKALIKE_TF_JSON },
        { STR_INIT("variable"), LOOKALIKE_TF_JSON },
        { STR_INIT("locals"), LOOKALIKE_TF_JSON },
        { STR_INIT("Resources"), LOOKALIKE_CLOUDFORMATION },
        { STR_INIT("AWSTemplateFormatVersion"), LOOKALIKE_CLOUDFORMATION },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_equal(rows[i].key, key))
            return rows[i].mark;
    return LOOKALIKE_OTHER;
}

bool lookalike_is_tf_json(struct str key)
{
    static const struct str keys[] = { STR_INIT("//"),     STR_INIT("terraform"), STR_INIT("provider"), STR_INIT("resource"),
                                       STR_INIT("data"),   STR_INIT("variable"),  STR_INIT("locals"),   STR_INIT("output"),
                                       STR_INIT("module"), STR_INIT("moved"),     STR_INIT("import"),   STR_INIT("removed"),
                                       STR_INIT("check"),  STR_INIT("ephemeral") };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (str_equal(keys[i], key))
            return true;
    return false;
}

static bool has(unsigned marks, unsigned mark)
{
    return (marks & mark) != 0;
}

/* An empty state has a format_version and little else. So have the answers of other commands, but with keys of their
 * own. */
enum plan_form lookalike_find_form(unsigned marks)
{
    if (has(marks, LOOKALIKE_TF_JSON) && (marks & ~(unsigned)(LOOKALIKE_TF_JSON | LOOKALIKE_OTHER)) == 0)
        return PLAN_FORM_CONFIGURATION;
    if (has(marks, LOOKALIKE_REDACTED | LOOKALIKE_LOG | LOOKALIKE_SCHEMA | LOOKALIKE_NOT_AN_OBJECT) ||
        !has(marks, LOOKALIKE_FORMAT))
        return PLAN_FORM_NONE;
    if (has(marks, LOOKALIKE_PLAN))
        return PLAN_FORM_PLAN;
    return has(marks, LOOKALIKE_STATE) || !has(marks, LOOKALIKE_OTHER) ? PLAN_FORM_STATE : PLAN_FORM_NONE;
}

bool lookalike_explain(unsigned marks, struct error *error)
{
    static const struct {
        unsigned mark;
        const char *text;
    } rows[] = {
        { LOOKALIKE_REDACTED, "this is the redacted plan of HCP Terraform, which lacks the values: download the unredacted"
                              " one (API: plans/ID/json-output), or run `terraform plan -out=tfplan && terraform show"
                              " -json tfplan` locally" },
        { LOOKALIKE_LOG, "this is the log stream of `terraform plan -json`, which lacks the values: run `terraform plan"
                         " -out=tfplan && terraform show -json tfplan`" },
        { LOOKALIKE_SCHEMA, "this is a provider schema, not a plan: run `terraform plan -out=tfplan && terraform show"
                            " -json tfplan`" },
        { LOOKALIKE_TFSTATE, "this is a raw state file: run `terraform show -json` in its directory, or `terraform show"
                             " -json FILE.tfstate`" },
        { LOOKALIKE_CLOUDFORMATION, "this is a CloudFormation template, not a Terraform plan: check it with cfn-lint, or"
                                    " make a plan with `terraform show -json tfplan`" },
        { LOOKALIKE_PLAN, "this looks like a plan without its format_version: make the file again with `terraform show"
                          " -json tfplan`" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (has(marks, rows[i].mark))
            return error_set(error, ERROR_INPUT, "%s", rows[i].text);
    return error_set(error, ERROR_INPUT,
                     "this is JSON, but neither a plan nor a state: make the file with `terraform plan -out=tfplan &&"
                     " terraform show -json tfplan`");
}
