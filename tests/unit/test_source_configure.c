#include "hcl/hcl_read.h"
#include "plan/path.h"
#include "plan_case.h"
#include "source/configure.h"
#include "source/learn.h"
#include "source/literal.h"
#include "source/source.h"
#include "source/variables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const environment[] = { "HOME=/", "TF_VAR_password=secret", "TF_VAR_environment=from-shell", NULL };

static int open_plan(void **state)
{
    struct plan_case *c = malloc(sizeof *c);
    assert_non_null(c);
    plan_case_open(c, false);
    const struct source *source = source_open(c->arena, STR("tests/source/wired"), &c->error);
    assert_non_null(source);
    struct source_lessons lessons;
    source_learn_start(&lessons, source, environment);
    source_configure(source, &lessons, &c->plan);
    *state = c;
    return 0;
}

static int close_plan(void **state)
{
    struct plan_case *c = *state;
    fclose(c->out);
    plan_case_close(c);
    free(c);
    return 0;
}

static const struct configured *find(struct plan_case *c, const char *key)
{
    const struct configured *configured = map_find(&c->plan.configuration.resources, str_from(key));
    assert_non_null(configured);
    return configured;
}

static void expect(struct plan_case *c, const struct value *value, const char *wanted)
{
    assert_string_equal(case_show(c->arena, value), wanted);
}

static void expressions_are_constants_or_references(void **state)
{
    struct plan_case *c = *state;
    const struct configured *queue = find(c, "aws_sqs_queue.other");
    expect(c, queue->expressions,
           "{name:{references:[\"var.environment\" \"count.index\"]} "
           "redrive_policy:[{provider:[{source:{references:[\"var.region\"]}}] target:{references:[\"data.aws_region.here.name\" \"data.aws_region.here\"]}}] "
           "tags:{constant_value:{Team:\"x\" a.b:1}} version:{constant_value:2}}");
    assert_true(queue->has_count);
    expect(c, queue->repetition, "[\"var.names\"]");
    const struct configured *key = find(c, "aws_kms_key.main");
    expect(c, key->expressions, "{enable_key_rotation:{constant_value:true} policy:{references:[\"aws_sqs_queue.other[0].arn\" "
                                "\"aws_sqs_queue.other[0]\" \"aws_sqs_queue.other\"]}}");
    expect(c, key->references, "[\"aws_sqs_queue.other[0].arn\"]");
    assert_true(str_equal(key->written, STR("\nenable_key_rotation\npolicy\n")));
    expect(c, key->depends_on, "[\"aws_sqs_queue.other\" \"module.queue\"]");
}

static void what_nobody_wrote_is_told_from_what_comes_from_elsewhere(void **state)
{
    struct plan_case *c = *state;
    struct error error = { 0 };
    const struct path *name = path_compile(c->arena, STR("name"), &error);
    const struct path *fifo = path_compile(c->arena, STR("fifo_queue"), &error);
    assert_int_equal(configuration_find(&c->plan, STR("aws_sqs_queue.other"), name).written, WRITTEN_EXPRESSION);
    assert_int_equal(configuration_find(&c->plan, STR("aws_sqs_queue.other"), fifo).written, WRITTEN_NOT);
    assert_int_equal(configuration_find(&c->plan, STR("aws_sqs_queue.nowhere"), fifo).written, WRITTEN_UNRESOLVED);
}

static void modules_have_inputs_outputs_and_providers(void **state)
{
    struct plan_case *c = *state;
    const struct configured_module *module = map_find(&c->plan.configuration.modules, STR("module.queue"));
    assert_non_null(module);
    expect(c, module->expressions, "{name:{references:[\"var.environment\"]}}");
    expect(c, module->outputs, "{arn:{depends_on:[\"aws_sqs_queue.this\"] references:[\"aws_sqs_queue.this.arn\" "
                               "\"aws_sqs_queue.this\"] sensitive:true}}");
    assert_true(str_equal(find(c, "module.queue.aws_sqs_queue.this")->provider_key, STR("aws.west")));
    assert_true(str_equal(find(c, "aws_sqs_queue.other")->provider_key, STR("aws.west")));
    assert_true(str_equal(find(c, "aws_kms_key.main")->provider_key, STR("aws")));
    expect(c, map_find(&c->plan.configuration.providers, STR("aws.west")),
           "{name:\"aws\" references:[] region:{constant_value:\"us-west-2\"}}");
    expect(c, map_find(&c->plan.configuration.providers, STR("aws")), "{name:\"aws\" references:[\"var.region\"] region:{references:[\"var.region\"]}}");
}

static void later_sources_of_variables_count(void **state)
{
    struct plan_case *c = *state;
    expect(c, c->plan.variables, "{environment:{value:\"from-json\"} names:{value:[\"c\"]} password:{value:\"secret\"} "
                                 "region:{value:\"eu-north-1\"}}");
    assert_false(c->plan.lacks_variables);
    assert_true(plan_is_sensitive_variable(&c->plan, STR("password")));
    assert_true(c->plan.configuration.is_present && c->plan.has_variables);
}

static void a_variable_that_nobody_sets_is_missed(void **state)
{
    struct plan_case *c = *state;
    const struct source *source = source_open(c->arena, STR("tests/source/wired"), &c->error);
    struct source_lessons lessons;
    source_learn_start(&lessons, source, NULL);
    source_configure(source, &lessons, &c->plan);
    assert_true(c->plan.lacks_variables);
    assert_null(plan_find_variable(&c->plan, STR("password")));
}

/* The variables after a plan has shown these resources: address, values, address, values, ..., NULL. */
static const char *learn(struct plan_case *c, const char *const *shown, bool *lacks_some)
{
    struct source_lessons lessons;
    source_learn_start(&lessons, source_open(c->arena, STR("tests/source/wired"), &c->error), environment);
    for (; *shown != NULL; shown += 2) {
        struct resource resource = { .configuration_key = str_from(shown[0]), .provider = STR("aws"), .module = STR("") };
        if (str_starts_with(resource.configuration_key, STR("module.queue.")))
            resource.module = STR("module.queue");
        resource.after = case_tree(c->arena, shown[1]);
        source_learn(&lessons, &resource);
    }
    return case_show(c->arena, source_learnt_variables(&lessons, c->arena, lacks_some));
}

#define OTHERS " names:{value:[\"c\"]} password:{value:\"secret\"} "

static void a_plan_corrects_what_was_assumed_of_variables(void **state)
{
    struct plan_case *c = *state;
    bool lacks_some = true;
    static const char *const topic[] = { "aws_sns_topic.alerts", "{'name': 'app-live-alerts', 'tags': {'Environment': 'live',"
                                         " 'Region': 'eu-west-1', 'Name': 'alerts'}}", NULL };
    assert_string_equal(learn(c, topic, &lacks_some),
                        "{environment:{value:\"live\"}" OTHERS "region:{value:\"eu-west-1\"}}");
    assert_false(lacks_some);
    static const char *const queue[] = { "module.queue.aws_sqs_queue.this", "{'name': 'queue-live'}", NULL };
    assert_string_equal(learn(c, queue, &lacks_some),
                        "{environment:{value:\"live\"}" OTHERS "region:{value:\"eu-north-1\"}}");
    static const char *const same[] = { "aws_sns_topic.alerts", "{'name': 'app-from-json-alerts', 'tags': null}", NULL };
    assert_string_equal(learn(c, same, &lacks_some),
                        "{environment:{value:\"from-json\"}" OTHERS "region:{value:\"eu-north-1\"}}");
    assert_false(lacks_some);
}

static void what_a_plan_shows_in_two_ways_is_not_known(void **state)
{
    struct plan_case *c = *state;
    bool lacks_some = false;
    static const char *const torn[] = { "aws_sns_topic.alerts", "{'name': 'app-live-alerts', 'tags': {'Environment': 'dev'}}",
                                        NULL };
    assert_string_equal(learn(c, torn, &lacks_some), "{names:{value:[\"c\"]} password:{value:\"secret\"} region:{value:\"eu-north-1\"}}");
    assert_true(lacks_some);
}

static void what_may_have_been_replaced_teaches_nothing(void **state)
{
    struct plan_case *c = *state;
    bool lacks_some = true;
    static const char *const shown[] = { "aws_sns_topic.other", "{'tags': {'Environment': 'live', 'Region': 'eu-west-1'}}",
                                         "aws_sqs_queue.other", "{'name': 'other-live-0', 'tags': {'Team': 'y'}}",
                                         "aws_kms_key.nowhere", "{'name': 'x'}", NULL };
    assert_string_equal(learn(c, shown, &lacks_some),
                        "{environment:{value:\"from-json\"}" OTHERS "region:{value:\"eu-west-1\"}}");
    assert_false(lacks_some);
}

static void expect_literal(struct plan_case *c, const char *text, const char *wanted)
{
    struct value *value = source_read_literal(c->arena, str_from(text));
    if (wanted == NULL)
        assert_null(value);
    else
        expect(c, value, wanted);
}

static void literals_are_read_and_nothing_else(void **state)
{
    struct plan_case *c = *state;
    expect_literal(c, "\"a\\n\"", "\"a\n\"");
    expect_literal(c, "-1.5e3", "-1.5e3");
    expect_literal(c, "null", "null");
    expect_literal(c, "[1, [\n true, # yes\n ], {}]", "[1 [true] {}]");
    expect_literal(c, "{\n a = 1\n \"b c\" : \"}\"\n d = [\"x\", \"y\"], e = null }", "{a:1 b c:\"}\" d:[\"x\" \"y\"] e:null}");
    expect_literal(c, "[]", "[]");
    expect_literal(c, "\"a${b.c}\"", NULL);
    expect_literal(c, "[var.x]", NULL);
    expect_literal(c, "[for x in [1] : x]", NULL);
    expect_literal(c, "{ a = f(1) }", NULL);
    expect_literal(c, "[1,,2]", NULL);
    expect_literal(c, "[1", NULL);
    expect_literal(c, "{ a = 1", NULL);
    expect_literal(c, "[1] + [2]", NULL);
    expect_literal(c, "-x.y", NULL);
    expect_literal(c, "", NULL);
    expect_literal(c, "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(expressions_are_constants_or_references, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(what_nobody_wrote_is_told_from_what_comes_from_elsewhere, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(modules_have_inputs_outputs_and_providers, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(later_sources_of_variables_count, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(a_variable_that_nobody_sets_is_missed, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(a_plan_corrects_what_was_assumed_of_variables, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(what_a_plan_shows_in_two_ways_is_not_known, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(what_may_have_been_replaced_teaches_nothing, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(literals_are_read_and_nothing_else, open_plan, close_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
