#include "plan_case.h"

#include "wiring/document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct memory *memory;

static int open_arena(void **state)
{
    memory = calloc(1, sizeof *memory);
    memory->exhausted = case_exhausted;
    *state = arena_open(memory);
    return 0;
}

static int close_arena(void **state)
{
    arena_close(*state);
    free(memory);
    return 0;
}

/* 'single' quotation marks stand for double ones. */
static struct document read_document(struct arena *arena, const char *json)
{
    struct document document = { 0 };
    char *text = arena_get_text(arena, strlen(json) + 1);
    for (size_t i = 0; i <= strlen(json); i++)
        text[i] = (char)(json[i] == '\'' ? '"' : json[i]);
    document_add_text(arena, str_from(text), &document);
    return document;
}

static void patterns_match_in_any_letter_case(void **state)
{
    (void)state;
    assert_true(document_matches(STR("s3:Get*"), STR("S3:GetObject")));
    assert_true(document_matches(STR("*"), STR("sqs:SendMessage")));
    assert_true(document_matches(STR("s3:?etObject"), STR("s3:GetObject")));
    assert_true(document_matches(STR("logs:*Log*s"), STR("logs:DescribeLogGroups")));
    assert_false(document_matches(STR("s3:Get*"), STR("s3:PutObject")));
    assert_false(document_matches(STR("s3:GetObject"), STR("s3:GetObjectAcl")));
    assert_false(document_matches(STR(""), STR("s3:GetObject")));
    assert_true(document_matches(STR("**"), STR("")));
}

static void actions_are_allowed_singly_in_lists_and_by_not_action(void **state)
{
    struct document one = read_document(*state, "{'Statement':{'Effect':'Allow','Action':'sqs:*','Resource':'*'}}");
    assert_int_equal(document_allows(&one, STR("sqs:SendMessage")), PERMISSION_YES);
    assert_int_equal(document_allows(&one, STR("sns:Publish")), PERMISSION_NO);
    struct document list = read_document(
        *state, "{'Statement':[{'Effect':'Allow','Action':['a:B','c:D'],'Resource':['x']},"
                "{'Effect':'Allow','NotAction':['iam:*'],'Resource':'*'}]}");
    assert_int_equal(document_allows(&list, STR("ec2:RunInstances")), PERMISSION_YES);
    assert_int_equal(document_allows(&list, STR("iam:PassRole")), PERMISSION_NO);
}

static void a_denial_allows_nothing(void **state)
{
    struct document document = read_document(*state, "{'Statement':[{'Effect':'Deny','Action':'*','Resource':'*'}]}");
    assert_int_equal(document_allows(&document, STR("s3:GetObject")), PERMISSION_NO);
    assert_int_equal(document_admits(&document, STR("*"), STR("s3:GetObject")), PERMISSION_NO);
}

static void an_open_document_may_allow_anything(void **state)
{
    struct document document = read_document(*state, "{'Statement':[]}");
    document.is_open = true;
    assert_int_equal(document_allows(&document, STR("s3:GetObject")), PERMISSION_UNKNOWN);
    assert_int_equal(document_allows_service(&document, STR("s3")), PERMISSION_UNKNOWN);
    assert_int_equal(document_admits(&document, STR("x.amazonaws.com"), STR("s3:GetObject")), PERMISSION_UNKNOWN);
}

static void everywhere_means_the_resource_star(void **state)
{
    struct document document = read_document(
        *state, "{'Statement':[{'Effect':'Allow','Action':'logs:*','Resource':'arn:aws:logs:*:*:*'},"
                "{'Effect':'Allow','Action':'logs:CreateLogDelivery','Resource':['x','*']}]}");
    assert_int_equal(document_allows_everywhere(&document, STR("logs:CreateLogDelivery")), PERMISSION_YES);
    assert_int_equal(document_allows_everywhere(&document, STR("logs:GetLogDelivery")), PERMISSION_NO);
}

static void any_action_of_a_service_counts(void **state)
{
    struct document document =
        read_document(*state, "{'Statement':[{'Effect':'Allow','Action':['dynamodb:GetItem','*:Describe*'],'Resource':'x'}]}");
    assert_int_equal(document_allows_service(&document, STR("dynamodb")), PERMISSION_YES);
    assert_int_equal(document_allows_service(&document, STR("sqs")), PERMISSION_YES); /* by the wildcard */
    struct document other = read_document(*state, "{'Statement':[{'Effect':'Allow','Action':'logs:Put*','Resource':'x'}]}");
    assert_int_equal(document_allows_service(&other, STR("dynamodb")), PERMISSION_NO);
}

static void principals_are_services_accounts_and_everybody(void **state)
{
    struct document document = read_document(
        *state, "{'Statement':[{'Effect':'Allow','Principal':{'Service':['logs.us-east-1.amazonaws.com'],"
                "'AWS':'arn:aws:iam::1:root'},'Action':'kms:Decrypt','Resource':'*'}]}");
    assert_int_equal(document_admits(&document, STR("logs*.amazonaws.com"), STR("kms:Decrypt")), PERMISSION_YES);
    assert_int_equal(document_admits(&document, STR("logs*.amazonaws.com"), STR("kms:Encrypt")), PERMISSION_NO);
    assert_int_equal(document_admits(&document, STR("arn:aws:iam::*:root"), STR("kms:Decrypt")), PERMISSION_YES);
    assert_int_equal(document_admits(&document, STR("events.amazonaws.com"), STR("kms:Decrypt")), PERMISSION_NO);
    struct document all = read_document(*state, "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'sns:Publish'}]}");
    assert_int_equal(document_admits(&all, STR("events.amazonaws.com"), STR("sns:Publish")), PERMISSION_YES);
    struct document denied =
        read_document(*state, "{'Statement':[{'Effect':'Allow','NotPrincipal':{'AWS':'1'},'Action':'sns:Publish'}]}");
    assert_int_equal(document_admits(&denied, STR("events.amazonaws.com"), STR("sns:Publish")), PERMISSION_UNKNOWN);
}

static void conditions_keep_operator_key_and_values(void **state)
{
    struct document document = read_document(
        *state, "{'Statement':[{'Effect':'Deny','Action':'s3:*','Condition':{'Bool':{'aws:SecureTransport':false},"
                "'StringLike':{'aws:PrincipalArn':['a','b']}}}]}");
    const struct statement *statement = &document.items[0];
    assert_int_equal(statement->condition_count, 2);
    assert_true(str_equal(statement->conditions[0].key, STR("aws:SecureTransport")));
    assert_true(str_equal(statement->conditions[0].values.items[0], STR("false")));
    assert_true(str_equal(statement->conditions[1].operator, STR("StringLike")));
    assert_int_equal(statement->conditions[1].values.count, 2);
}

static void what_is_no_policy_is_malformed(void **state)
{
    assert_true(read_document(*state, "no json").is_malformed);
    assert_true(read_document(*state, "{'Version':'2012-10-17'}").is_malformed);
    assert_true(read_document(*state, "{'Statement':['text']}").is_malformed);
    assert_false(read_document(*state, "{'Statement':[]}").is_malformed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_match_in_any_letter_case),
        cmocka_unit_test_setup_teardown(actions_are_allowed_singly_in_lists_and_by_not_action, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_denial_allows_nothing, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(an_open_document_may_allow_anything, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(everywhere_means_the_resource_star, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(any_action_of_a_service_counts, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(principals_are_services_accounts_and_everybody, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(conditions_keep_operator_key_and_values, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(what_is_no_policy_is_malformed, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
