#include "plan/value.h"
#include "schema_trial.h"

#define ATTRIBUTES(members) "{\"block\":{\"attributes\":{" members "}}}"
#define BLOCKS(members) "{\"block\":{\"block_types\":{" members "}}}"
#define STRING "\"type\":\"string\",\"optional\":true"
#define ENUM "\"constraints\":[{\"enum\":[\"GET\",\"POST\"],\"source\":\"provider\"}]"

static void a_value_of_another_type_is_a_problem(void **state)
{
    const char *schema = ATTRIBUTES("\"a\":{" STRING "},\"l\":{\"type\":[\"list\",\"string\"],\"optional\":true}");
    trial_planned(*state, schema, "{\"a\":[],\"l\":\"x\"}",
                  "type a: a string is required here, got a list\ntype l: a list is required here, got a string\n");
    trial_planned(*state, schema, "{\"a\":\"x\",\"l\":[\"y\"]}", "");
    trial_planned(*state, schema, "{\"l\":[[]]}", "type l[0]: a string is required here, got a list\n");
}

static void configuration_converts_scalars_as_terraform_does(void **state)
{
    const char *schema = ATTRIBUTES("\"s\":{" STRING "},\"n\":{\"type\":\"number\",\"optional\":true},"
                                    "\"b\":{\"type\":\"bool\",\"optional\":true}");
    trial_written(*state, schema, "{\"s\":5,\"n\":\"7\",\"b\":\"true\"}", "");
    trial_written(*state, schema, "{\"s\":true,\"n\":null,\"b\":null}", "");
    trial_written(*state, schema, "{\"n\":\"x\",\"b\":\"yes\"}",
                  "type n: a number is required here, got a string\ntype b: a bool is required here, got a string\n");
    trial_planned(*state, schema, "{\"s\":5}", "type s: a string is required here, got a number\n");
}

static void an_attribute_that_the_schema_lacks_is_silent_in_a_plan_and_wrong_in_configuration(void **state)
{
    const char *schema = ATTRIBUTES("\"tracing_config\":{" STRING "}");
    trial_planned(*state, schema, "{\"other\":1}", "");
    trial_written(*state, schema, "{\"TracingConfig\":1}",
                  "unknown TracingConfig: an argument named \"TracingConfig\" is not expected here; did you mean"
                  " \"tracing_config\"?\n");
    trial_written(*state, schema, "{\"tracing_confg\":1}",
                  "unknown tracing_confg: an argument named \"tracing_confg\" is not expected here; did you mean"
                  " \"tracing_config\"?\n");
    trial_written(*state, schema, "{\"zzz\":null}",
                  "unknown zzz: an argument named \"zzz\" is not expected here\n");
}

static void comments_and_meta_arguments_are_no_arguments(void **state)
{
    const char *schema = "{\"block\":{\"attributes\":{},\"block_types\":{\"b\":{\"nesting_mode\":\"list\",\"block\":{}}}}}";
    trial_written(*state, schema, "{\"//\":{},\"count\":1,\"lifecycle\":{},\"provider\":\"aws.x\",\"depends_on\":[]}", "");
    trial_written(*state, schema, "{\"b\":{\"count\":1}}",
                  "unknown b.count: an argument named \"count\" is not expected here\n");
}

static void what_is_required_may_not_be_left_out(void **state)
{
    const char *schema = "{\"block\":{\"attributes\":{\"a\":{\"type\":\"string\",\"required\":true},"
                         "\"w\":{\"type\":\"string\",\"required\":true,\"write_only\":true}},"
                         "\"block_types\":{\"b\":{\"nesting_mode\":\"list\",\"min_items\":1,\"block\":{}}}}}";
    trial_planned(*state, schema, "{\"a\":null,\"w\":null,\"b\":[]}",
                  "required a: the argument \"a\" is required, but no definition was found\n"
                  "required b: at least 1 \"b\" block is required, got 0\n");
    trial_planned(*state, schema, "{}", "");
    trial_written(*state, schema, "{\"w\":\"x\"}",
                  "required a: the argument \"a\" is required, but no definition was found\n"
                  "required b: at least 1 \"b\" block is required\n");
    trial_written(*state, schema, "{\"a\":\"x\",\"w\":\"x\",\"dynamic\":{\"b\":{\"for_each\":[],\"content\":{}}}}", "");
}

static void what_the_provider_computes_may_not_be_set(void **state)
{
    const char *schema = ATTRIBUTES("\"arn\":{\"type\":\"string\",\"computed\":true}");
    trial_planned(*state, schema, "{\"arn\":\"x\"}", "");
    trial_written(*state, schema, "{\"arn\":null}", "");
    trial_written(*state, schema, "{\"arn\":\"x\"}",
                  "computed arn: the provider decides the value of \"arn\" by itself: it cannot be set\n");
}

static void blocks_have_the_shape_of_their_nesting_in_a_plan(void **state)
{
    const char *schema = BLOCKS("\"l\":{\"nesting_mode\":\"list\",\"max_items\":1,\"block\":{}},"
                                "\"s\":{\"nesting_mode\":\"single\",\"block\":{}}");
    trial_planned(*state, schema, "{\"l\":[{}],\"s\":{}}", "");
    trial_planned(*state, schema, "{\"l\":[],\"s\":null}", "");
    trial_planned(*state, schema, "{\"l\":{},\"s\":[{}]}",
                  "shape l: \"l\" is a list of blocks in a plan, got an object\nshape s: \"s\" is an object in a plan, got a"
                  " list\n");
    trial_planned(*state, schema, "{\"l\":[{},{}]}", "count l: no more than 1 \"l\" block is allowed, got 2\n");
    trial_planned(*state, schema, "{\"l\":[\"x\"]}",
                  "shape l[0]: an object is required for a \"l\" block, got a string\n");
}

static void blocks_in_configuration_are_objects_or_lists_of_objects(void **state)
{
    const char *schema = BLOCKS("\"one\":{\"nesting_mode\":\"list\",\"max_items\":1,\"block\":{}},"
                                "\"many\":{\"nesting_mode\":\"set\",\"block\":{}}");
    trial_written(*state, schema, "{\"one\":{},\"many\":{}}", "");
    trial_written(*state, schema, "{\"many\":[{},{}]}", "");
    trial_written(*state, schema, "{\"one\":[{}]}",
                  "array one: a list of one \"one\"; CDKTF's class takes an object here\n");
    trial_written(*state, schema, "{\"one\":[{},{}]}", "count one: no more than 1 \"one\" block is allowed, got 2\n");
    trial_written(*state, schema, "{\"one\":\"x\"}",
                  "shape one: an object or a list of objects is required for \"one\" blocks, got a string\n");
}

static void objects_in_lists_have_all_their_attributes_in_configuration(void **state)
{
    const char *schema = ATTRIBUTES("\"ingress\":{\"type\":[\"set\",[\"object\",{\"from\":\"number\",\"self\":\"bool\"}]],"
                                    "\"optional\":true}");
    trial_written(*state, schema, "{\"ingress\":[{\"from\":1,\"self\":null}]}", "");
    trial_written(*state, schema, "{\"ingress\":[{\"from\":1}]}",
                  "required ingress[0]: attribute \"self\" is required: an object here has all its attributes, those that are"
                  " not used as null\n");
    trial_planned(*state, schema, "{\"ingress\":[{\"from\":1}]}", "");
}

static void enums_are_compared_by_text_and_by_number(void **state)
{
    trial_planned(*state, ATTRIBUTES("\"m\":{" STRING "," ENUM "}"), "{\"m\":\"*\"}",
                  "enum m: expected m to be one of [\"GET\" \"POST\"], got *\n");
    trial_planned(*state, ATTRIBUTES("\"m\":{" STRING "," ENUM "}"), "{\"m\":\"GET\"}", "");
    trial_planned(*state, ATTRIBUTES("\"m\":{" STRING "," ENUM "}"), "{\"m\":\"get\"}",
                  "case m: expected m to be one of [\"GET\" \"POST\"], got get\n");
    const char *numbers = ATTRIBUTES("\"n\":{\"type\":\"number\",\"optional\":true,\"constraints\":[{\"enum\":[\"60\"],"
                                     "\"source\":\"provider\"}]}");
    trial_planned(*state, numbers, "{\"n\":60.0}", "");
    trial_planned(*state, numbers, "{\"n\":61}", "enum n: expected n to be one of [\"60\"], got 61\n");
    trial_planned(*state, ATTRIBUTES("\"l\":{\"type\":[\"list\",\"string\"],\"optional\":true," ENUM "}"),
                  "{\"l\":[\"GET\",\"PUT\"]}", "enum l[1]: expected l to be one of [\"GET\" \"POST\"], got PUT\n");
}

static void an_empty_text_and_nought_are_the_provider_s_way_of_saying_nothing(void **state)
{
    const char *schema = ATTRIBUTES("\"m\":{" STRING "," ENUM "},\"n\":{\"type\":\"number\",\"optional\":true,"
                                    "\"constraints\":[{\"range\":[60,900],\"source\":\"provider\"}]}");
    trial_planned(*state, schema, "{\"m\":\"\",\"n\":0}", "");
    trial_written(*state, schema, "{\"n\":0}", "range n: expected n to be in the range (60 - 900), got 0\n");
}

static void what_is_sensitive_is_not_quoted(void **state)
{
    struct trial *trial = *state;
    const struct schema *schema = trial_schema(trial, ATTRIBUTES("\"m\":{" STRING "," ENUM "},\"p\":{" STRING
                                                                 ",\"sensitive\":true," ENUM "}"));
    struct value *value = trial_value(trial, "{\"m\":\"hunter2\",\"p\":\"hunter3\"}");
    value->first->sensitive = true;
    assert_string_equal(trial_check(trial, schema, value, false),
                        "enum m: expected m to be one of [\"GET\" \"POST\"], got (sensitive)\n"
                        "enum p: expected p to be one of [\"GET\" \"POST\"], got (sensitive)\n");
}

static void bounds_may_be_open_at_either_end(void **state)
{
    const char *schema = ATTRIBUTES(
        "\"a\":{\"type\":\"number\",\"optional\":true,\"constraints\":[{\"range\":[null,9],\"source\":\"provider\"}]},"
        "\"b\":{\"type\":\"number\",\"optional\":true,\"constraints\":[{\"range\":[1.5,null],\"source\":\"api\"}]}");
    trial_planned(*state, schema, "{\"a\":9,\"b\":1.50}", "");
    trial_planned(*state, schema, "{\"a\":9.01,\"b\":1.49}",
                  "range a: expected a to be at most 9, got 9.01\napi-range b: expected b to be at least 1.5, got 1.49\n");
}

static void a_length_is_broken_only_when_bytes_and_characters_say_so(void **state)
{
    const char *schema = ATTRIBUTES("\"a\":{" STRING ",\"constraints\":[{\"length\":[2,3],\"source\":\"provider\"}]}");
    trial_planned(*state, schema, "{\"a\":\"\u00e9\u00e9\u00e9\"}", "");
    trial_planned(*state, schema, "{\"a\":\"\u00e9\"}", "");
    trial_planned(*state, schema, "{\"a\":\"x\"}",
                  "length a: expected length of a to be in the range (2 - 3), got 1 characters\n");
    trial_planned(*state, schema, "{\"a\":\"abcd\"}",
                  "length a: expected length of a to be in the range (2 - 3), got 4 characters\n");
}

static void patterns_forms_and_items_are_checked(void **state)
{
    const char *schema = ATTRIBUTES(
        "\"p\":{" STRING ",\"constraints\":[{\"pattern\":\"^[a-z]+$\",\"source\":\"text\"}]},"
        "\"f\":{" STRING ",\"constraints\":[{\"form\":\"arn\",\"source\":\"provider\"}]},"
        "\"l\":{\"type\":[\"list\",\"string\"],\"optional\":true,\"constraints\":[{\"items\":[null,1],\"source\":\"api\"}]}");
    trial_planned(*state, schema, "{\"p\":\"abc\",\"f\":\"arn:aws:s3:::b\",\"l\":[\"x\"]}", "");
    trial_planned(*state, schema, "{\"p\":\"a b\",\"f\":\"b\",\"l\":[\"x\",\"y\"]}",
                  "text-pattern p: expected p to match \"^[a-z]+$\", got a b\n"
                  "form f: expected f to be an ARN (arn:partition:service:region:account:resource), got b\n"
                  "api-items l: expected the number of items of l to be at most 1, got 2\n");
}

static void forms_take_what_they_name_and_refuse_the_rest(void **state)
{
    static const struct {
        const char *form, *good, *bad;
    } rows[] = {
        { "json", "{\\\"a\\\":[1]}", "{" },
        { "cidr", "10.0.0.0/16", "10.0.0.0/33" },
        { "rfc3339", "2026-01-02T15:04:05.5+01:00", "2026-01-02" },
        { "duration", "1h30m", "1 hour" },
        { "account_id", "111122223333", "1111-2222-3333" },
        { "base64", "YWJj\\nZGVm", "a" },
        { "ipv4", "10.0.0.1", "10.0.0.256" },
        { "bool", "TRUE", "on" },
        { "int", "-12", "1.5" },
        { "region", "us-gov-west-1", "us-east" },
        { "weekly_window", "sun:04:00-sun:05:00", "04:00-05:00" },
        { "daily_window", "04:00-05:00", "4:00-5:00" },
        { "a form of tomorrow", "anything", NULL },
    };
    struct trial *trial = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str schema = arena_format(trial->arena, ATTRIBUTES("\"f\":{" STRING ",\"constraints\":[{\"form\":\"%s\","
                                                                  "\"source\":\"provider\"}]}"),
                                         rows[i].form);
        struct str good = arena_format(trial->arena, "{\"f\":\"%s\"}", rows[i].good);
        trial_planned(trial, schema.p, good.p, "");
        if (rows[i].bad == NULL)
            continue;
        struct str bad = arena_format(trial->arena, "{\"f\":\"%s\"}", rows[i].bad);
        const char *problems = trial_check(trial, trial_schema(trial, schema.p), trial_value(trial, bad.p), false);
        assert_true(str_starts_with(str_from(problems), STR("form f: expected f to be ")));
    }
}

static void unknown_values_are_no_problem(void **state)
{
    struct trial *trial = *state;
    const struct schema *schema = trial_schema(
        trial, "{\"block\":{\"attributes\":{\"m\":{\"type\":\"string\",\"required\":true," ENUM "}},\"block_types\":{\"b\":"
               "{\"nesting_mode\":\"list\",\"min_items\":1,\"max_items\":1,\"block\":{}}}}}");
    struct value *value = trial_value(trial, "{\"m\":1,\"b\":1}");
    for (struct value *member = value->first; member != NULL; member = member->next)
        *member = (struct value){ .kind = VALUE_UNKNOWN, .key = member->key, .next = member->next };
    assert_string_equal(trial_check(trial, schema, value, false), "");
    assert_string_equal(trial_check(trial, schema, value, true), "");
}

static void literal_parts_of_a_template_are_held_against_sets_of_characters(void **state)
{
    struct trial *trial = *state;
    const struct schema *schema = trial_schema(
        trial, ATTRIBUTES("\"a\":{" STRING ",\"constraints\":[{\"pattern\":\"^[a-z-]+$\",\"source\":\"provider\"}]},"
                          "\"b\":{" STRING ",\"constraints\":[{\"pattern\":\"^[a-z].*z$\",\"source\":\"provider\"}]}"));
    struct value *value = trial_value(trial, "{\"a\":1,\"b\":1}");
    for (struct value *member = value->first; member != NULL; member = member->next)
        *member = (struct value){ .kind = VALUE_UNKNOWN, .key = member->key, .next = member->next,
                                  .text = STR("App-${var.x}-end") };
    assert_string_equal(trial_check(trial, schema, value, true), "pattern a: expected a to match \"^[a-z-]+$\", got App-\n");
}

static void groups_count_what_is_set(void **state)
{
    const char *one = "{\"block\":{\"attributes\":{\"a\":{" STRING "},\"b\":{" STRING "}},\"constraints\":[{\"exactly_one_of\":"
                      "[\"a\",\"b\"],\"source\":\"provider\"}]}}";
    trial_planned(*state, one, "{\"a\":null,\"b\":null}", "one-of : one of `a, b` must be specified\n");
    trial_planned(*state, one, "{\"a\":\"x\",\"b\":\"y\"}",
                  "one-of : only one of `a, b` can be specified, but `a, b` were specified\n");
    trial_planned(*state, one, "{\"a\":\"x\",\"b\":\"\"}", "");
    const char *conflict = "{\"block\":{\"attributes\":{\"a\":{" STRING "},\"b\":{" STRING ",\"computed\":true}},"
                           "\"constraints\":[{\"conflicts_with\":[\"a\",\"b\"],\"source\":\"provider\"}]}}";
    trial_written(*state, conflict, "{\"a\":\"x\",\"b\":\"y\"}", "conflict : \"a\": conflicts with b\n");
    trial_planned(*state, conflict, "{\"a\":\"x\",\"b\":\"y\"}", "");
    const char *with = "{\"block\":{\"attributes\":{\"a\":{" STRING "},\"b\":{" STRING "}},\"constraints\":[{\"required_with\":"
                       "[\"a\",\"b\"],\"source\":\"provider\"}]}}";
    trial_written(*state, with, "{\"a\":\"x\"}", "required-with : \"a\": all of `a, b` must be specified\n");
    trial_written(*state, with, "{\"b\":\"x\"}", "");
}

static void groups_reach_into_single_blocks(void **state)
{
    const char *schema = "{\"block\":{\"attributes\":{\"a\":{" STRING "}},\"block_types\":{\"b\":{\"nesting_mode\":\"list\","
                         "\"max_items\":1,\"block\":{\"attributes\":{\"c\":{" STRING "}}}}},\"constraints\":[{\"at_least_one_of\""
                         ":[\"a\",\"b.c\"],\"source\":\"provider\"}]}}";
    trial_written(*state, schema, "{}", "one-of : one of `a, b.c` must be specified\n");
    trial_written(*state, schema, "{\"b\":{\"c\":\"x\"}}", "");
    trial_planned(*state, schema, "{\"a\":null,\"b\":[{\"c\":null}]}", "one-of : one of `a, b.c` must be specified\n");
}

static void a_constraint_that_a_rule_checks_better_is_left_to_it(void **state)
{
    trial_planned(*state, ATTRIBUTES("\"m\":{" STRING ",\"constraints\":[{\"enum\":[\"GET\"],\"source\":\"provider\","
                                     "\"rule\":\"some-rule\"}]}"),
                  "{\"m\":\"*\"}", "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, trial_open, trial_close)
    const struct CMUnitTest tests[] = {
        TEST(a_value_of_another_type_is_a_problem),
        TEST(configuration_converts_scalars_as_terraform_does),
        TEST(an_attribute_that_the_schema_lacks_is_silent_in_a_plan_and_wrong_in_configuration),
        TEST(comments_and_meta_arguments_are_no_arguments),
        TEST(what_is_required_may_not_be_left_out),
        TEST(what_the_provider_computes_may_not_be_set),
        TEST(blocks_have_the_shape_of_their_nesting_in_a_plan),
        TEST(blocks_in_configuration_are_objects_or_lists_of_objects),
        TEST(objects_in_lists_have_all_their_attributes_in_configuration),
        TEST(enums_are_compared_by_text_and_by_number),
        TEST(an_empty_text_and_nought_are_the_provider_s_way_of_saying_nothing),
        TEST(what_is_sensitive_is_not_quoted),
        TEST(bounds_may_be_open_at_either_end),
        TEST(a_length_is_broken_only_when_bytes_and_characters_say_so),
        TEST(patterns_forms_and_items_are_checked),
        TEST(forms_take_what_they_name_and_refuse_the_rest),
        TEST(unknown_values_are_no_problem),
        TEST(literal_parts_of_a_template_are_held_against_sets_of_characters),
        TEST(groups_count_what_is_set),
        TEST(groups_reach_into_single_blocks),
        TEST(a_constraint_that_a_rule_checks_better_is_left_to_it),
    };
    return cmocka_run_group_tests_name("schema/check", tests, NULL, NULL);
}
