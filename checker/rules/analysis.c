#include "rules/analysis.h"

#include "rules/arguments.h"
#include "rules/declared.h"
#include "rules/rule.h"
#include "wiring/network.h"
#include "wiring/rights.h"

/* Resource policies, and what the roles of services read besides their rights. */
static const struct str policy_reads[] = {
    STR_INIT("aws_s3_bucket.policy"),
    STR_INIT("aws_s3_bucket_policy.bucket"),
    STR_INIT("aws_s3_bucket_policy.policy"),
    STR_INIT("aws_sns_topic.policy"),
    STR_INIT("aws_sns_topic_policy.arn"),
    STR_INIT("aws_sns_topic_policy.policy"),
    STR_INIT("aws_sqs_queue.policy"),
    STR_INIT("aws_sqs_queue_policy.queue_url"),
    STR_INIT("aws_sqs_queue_policy.policy"),
    STR_INIT("aws_kms_key.policy"),
    STR_INIT("aws_kms_alias.target_key_id"),
    STR_INIT("aws_kms_key_policy.key_id"),
    STR_INIT("aws_kms_key_policy.policy"),
    STR_INIT("data.aws_iam_policy_document.statement"),
    STR_INIT("data.aws_iam_policy_document.source_policy_documents"),
    STR_INIT("data.aws_iam_policy_document.override_policy_documents"),
    { NULL, 0 },
};

static const struct str role_paths[] = { STR_INIT("role"), STR_INIT("through"), STR_INIT("variables"),
                                         STR_INIT("roles"), { NULL, 0 } };
static const struct str network_paths[] = { STR_INIT("subnets"), STR_INIT("security_groups"), { NULL, 0 } };
static const struct str statement_paths[] = { STR_INIT("documents"), { NULL, 0 } };
static const struct str region_paths[] = { STR_INIT("named_in"), { NULL, 0 } };
static const struct str total_paths[] = { STR_INIT("sum"), { NULL, 0 } };
static const struct str peering_paths[] = { STR_INIT("ours"), STR_INIT("theirs"), { NULL, 0 } };
static const struct str role_types[] = { STR_INIT("through_types"), STR_INIT("services"), { NULL, 0 } };
static const struct str resource_types[] = { STR_INIT("resource_types"), STR_INIT("policy_types"), { NULL, 0 } };
static const struct str resource_paths[] = { STR_INIT("resource"), STR_INIT("context_name"), { NULL, 0 } };

static const struct analysis analyses[] = {
    { .name = STR_INIT("role-allows"), .parameters = { STR_INIT("role"), STR_INIT("actions") },
      .finish = policies_check_role_allows, .joins = true, .shares = SHARES_RIGHTS, .reads = rights_reads, .types = role_types,
      .paths = role_paths },
    { .name = STR_INIT("environment-rights"), .parameters = { STR_INIT("role"), STR_INIT("variables"), STR_INIT("services") },
      .finish = policies_check_environment, .joins = true, .shares = SHARES_RIGHTS, .reads = rights_reads, .types = role_types,
      .paths = role_paths },
    { .name = STR_INIT("role-trusts"), .parameters = { STR_INIT("roles") }, .finish = policies_check_trust, .joins = true,
      .shares = SHARES_RIGHTS, .reads = rights_reads, .paths = role_paths },
    { .name = STR_INIT("policy-admits"),
      .parameters = { STR_INIT("resource"), STR_INIT("resource_types"), STR_INIT("services"), STR_INIT("actions") },
      .finish = policies_check_admits, .joins = true, .reads = policy_reads, .types = resource_types,
      .paths = resource_paths },
    { .name = STR_INIT("subnet-routes"), .parameters = { STR_INIT("wants") }, .finish = networks_check_routes,
      .joins = true, .shares = SHARES_NETWORK, .reads = network_reads, .paths = network_paths },
    { .name = STR_INIT("subnet-zones"), .parameters = { STR_INIT("subnets") }, .finish = networks_check_zones,
      .joins = true, .shares = SHARES_NETWORK, .reads = network_reads, .paths = network_paths },
    { .name = STR_INIT("one-vpc"), .finish = networks_check_vpc, .joins = true, .shares = SHARES_NETWORK, .reads = network_reads,
      .paths = network_paths },
    { .name = STR_INIT("policy-statements"), .parameters = { STR_INIT("documents") }, .finish = policies_check_statements,
      .joins = true, .reads = policy_reads, .paths = statement_paths },
    { .name = STR_INIT("provider-region"), .finish = regions_check, .joins = true, .paths = region_paths },
    { .name = STR_INIT("total"), .finish = totals_check, .joins = true, .is_definite = true, .paths = total_paths },
    { .name = STR_INIT("environments"), .finish = totals_check_environments, .joins = true, .is_definite = true },
    { .name = STR_INIT("subnet-ranges"), .finish = ranges_check_subnets, .joins = true, .is_definite = true,
      .shares = SHARES_NETWORK, .reads = network_reads },
    { .name = STR_INIT("peering-ranges"), .parameters = { STR_INIT("ours"), STR_INIT("theirs") },
      .finish = ranges_check_peering, .joins = true, .shares = SHARES_NETWORK, .reads = network_reads, .paths = peering_paths },
    { .name = STR_INIT("variables-used"), .finish = declarations_check_variables, .needs_order = true },
    { .name = STR_INIT("depends-on-repeated"), .finish = declarations_check_depends_on, .needs_order = true },
    { .name = STR_INIT("types-present"), .parameters = { STR_INIT("types") }, .finish = declarations_check_types,
      .needs_order = true },
    { .name = STR_INIT("plan-checks"), .finish = told_report_checks },
    { .name = STR_INIT("plan-drift"), .parameters = { STR_INIT("attributes") }, .finish = told_report_drift },
    { .name = STR_INIT("plan-deferred"), .finish = told_report_deferred },
    { .name = STR_INIT("outputs-declared"), .finish = declarations_check_outputs },
    { .name = STR_INIT("secret-outputs"), .parameters = { STR_INIT("words") }, .finish = declarations_check_secret_outputs },
    { .name = STR_INIT("resource-used"), .finish = declarations_check_use, .joins = true, .needs_order = true },
    { .name = STR_INIT("attribute-read"), .parameters = { STR_INIT("attribute") }, .finish = declarations_check_reading,
      .joins = true, .is_definite = true, .needs_order = true },
    { .name = STR_INIT("suffix-form"), .parameters = { STR_INIT("pattern"), STR_INIT("shortest") },
      .finish = naming_check_suffix_form },
    { .name = STR_INIT("suffix-in-names"), .finish = naming_check_suffix },
    { .name = STR_INIT("name-collision"), .finish = naming_check_collision },
    { .name = STR_INIT("environment-words"), .parameters = { STR_INIT("words") }, .finish = naming_check_words },
    { .name = STR_INIT("name-length"), .parameters = { STR_INIT("suffix_length") }, .finish = naming_check_length },
    { .name = STR_INIT("argument-unknown"), .finish = arguments_finish },
    { .name = STR_INIT("argument-other-version"), .finish = arguments_finish },
    { .name = STR_INIT("argument-required"), .finish = arguments_finish },
    { .name = STR_INIT("argument-computed"), .finish = arguments_finish },
    { .name = STR_INIT("argument-type"), .finish = arguments_finish },
    { .name = STR_INIT("block-shape"), .finish = arguments_finish },
    { .name = STR_INIT("block-count"), .finish = arguments_finish },
    { .name = STR_INIT("block-array"), .finish = arguments_finish },
    { .name = STR_INIT("argument-enum"), .finish = arguments_finish },
    { .name = STR_INIT("argument-enum-case"), .finish = arguments_finish },
    { .name = STR_INIT("argument-range"), .finish = arguments_finish },
    { .name = STR_INIT("argument-length"), .finish = arguments_finish },
    { .name = STR_INIT("argument-pattern"), .finish = arguments_finish },
    { .name = STR_INIT("argument-form"), .finish = arguments_finish },
    { .name = STR_INIT("argument-empty"), .finish = arguments_finish },
    { .name = STR_INIT("argument-characters"), .finish = arguments_finish },
    { .name = STR_INIT("api-enum"), .finish = arguments_finish },
    { .name = STR_INIT("api-range"), .finish = arguments_finish },
    { .name = STR_INIT("api-length"), .finish = arguments_finish },
    { .name = STR_INIT("api-pattern"), .finish = arguments_finish },
    { .name = STR_INIT("api-items"), .finish = arguments_finish },
    { .name = STR_INIT("argument-one-of"), .finish = arguments_finish },
    { .name = STR_INIT("argument-conflict"), .finish = arguments_finish },
    { .name = STR_INIT("argument-required-with"), .finish = arguments_finish },
    { .name = STR_INIT("argument-deprecated"), .finish = arguments_finish },
    { .name = STR_INIT("expression-syntax"), .finish = declared_finish },
    { .name = STR_INIT("cdktf-token"), .finish = declared_finish },
    { .name = STR_INIT("reference-invalid"), .finish = declared_finish },
    { .name = STR_INIT("reference-undeclared"), .finish = declared_finish },
    { .name = STR_INIT("reference-attribute"), .finish = declared_finish },
    { .name = STR_INIT("reference-index"), .finish = declared_finish },
    { .name = STR_INIT("reference-self"), .finish = declared_finish },
    { .name = STR_INIT("reference-cycle"), .finish = declared_finish },
    { .name = STR_INIT("depends-on-address"), .finish = declared_finish },
    { .name = STR_INIT("provider-alias-undeclared"), .finish = declared_finish },
    { .name = STR_INIT("provider-argument-name"), .finish = declared_finish },
    { .name = STR_INIT("provider-undeclared"), .finish = declared_finish },
    { .name = STR_INIT("provider-default-undeclared"), .finish = declared_finish },
    { .name = STR_INIT("resource-type-unknown"), .finish = declared_finish },
    { .name = STR_INIT("reference-other-version"), .finish = declared_finish },
    { .name = STR_INIT("lifecycle-argument"), .finish = declared_finish },
    { .name = STR_INIT("literal-interpolation"), .finish = declared_finish },
    { .name = STR_INIT("output-sensitive"), .finish = declared_finish },
    { .name = STR_INIT("function-file"), .finish = declared_finish },
    { .name = STR_INIT("zone-index"), .parameters = { STR_INIT("zones") }, .finish = declared_check_zones },
    { .name = STR_INIT("function-impure"), .finish = declared_finish },
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
