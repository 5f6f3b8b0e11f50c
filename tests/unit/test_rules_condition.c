#include "rule_trial.h"

/* A resource aws_x.a of a small plan, in JSON. Parts that are NULL are empty. */
struct small_plan {
    const char *after, *unknown, *expressions;
};

#define FROM_KEY "{\"references\":[\"aws_kms_key.k.arn\",\"aws_kms_key.k\"]}"
#define KNOWN(after) { (after), NULL, NULL }
#define ABSENT { "{}", NULL, NULL }
#define NULL_A { "{\"a\":null}", NULL, NULL }
#define UNSET_A { "{}", "{\"a\":true}", NULL }
#define UNKNOWN_A { "{}", "{\"a\":true}", "{\"a\":" FROM_KEY "}" }

static struct str plan_text(struct arena *arena, const struct small_plan *plan)
{
    return arena_format(arena,
        "{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":\"aws_x.a\",\"mode\":\"managed\","
        "\"type\":\"aws_x\","
        "\"name\":\"a\",\"provider_name\":\"registry.terraform.io/hashicorp/aws\","
        "\"change\":{\"actions\":[\"create\"],"
        "\"before\":null,\"after\":%s,\"after_unknown\":%s,\"before_sensitive\":false,\"after_sensitive\":{}}}],"
        "\"configuration\":{\"root_module\":{\"resources\":[{\"address\":\"aws_x.a\",\"mode\":\"managed\","
        "\"type\":\"aws_x\","
        "\"name\":\"a\",\"provider_config_key\":\"aws\",\"expressions\":%s}]}}}",
        plan->after == NULL ? "{}" : plan->after, plan->unknown == NULL ? "{}" : plan->unknown,
        plan->expressions == NULL ? "{}" : plan->expressions);
}

static const char table_text[] = "table: limits\nabout: tests\nsource: tests\ndate: 2026-01-01\nrows:\n"
                                 "  small: [one, two]\n  large: [three]\n";

/* 'p', 'f' or 'u'; 'n' when the rule passed the resource over. */
static char judge(const char *rule, const struct small_plan *plan)
{
    struct trial trial;
    trial_open(&trial);
    assert_true(rule_load_table(&trial.rules, STR("limits.yaml"), str_from(table_text), &trial.error));
    trial_load_short(&trial, rule);
    trial_run(&trial, plan_text(trial.arena, plan));
    char verdict = trial_verdict(&trial, "r", "aws_x.a");
    if (verdict == '-')
        verdict = run_sum(trial.run).passed == 1 ? 'p' : 'n';
    trial_close(&trial);
    return verdict;
}

struct row {
    const char *rule;
    struct small_plan plan;
    char wanted;
};

static void assert_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char got = judge(rows[i].rule, &rows[i].plan);
        if (got != rows[i].wanted)
            fail_msg("row %zu: %s on %s, unknown %s, expressions %s: expected %c, got %c", i, rows[i].rule,
                     rows[i].plan.after, rows[i].plan.unknown == NULL ? "" : rows[i].plan.unknown,
                     rows[i].plan.expressions == NULL ? "" : rows[i].plan.expressions, rows[i].wanted, got);
    }
}

#define ASSERT_ROWS(rows) assert_rows((rows), sizeof(rows) / sizeof(rows)[0])

static void a_test_on_what_is_missing_is_false_and_on_the_unknown_unknown(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "require: { a: { equals: x } }", KNOWN("{\"a\":\"x\"}"), 'p' },
        { "require: { a: { equals: x } }", KNOWN("{\"a\":\"y\"}"), 'f' },
        { "require: { a: { equals: x } }", ABSENT, 'f' },
        { "require: { a: { equals: x } }", NULL_A, 'f' },
        { "require: { a: { equals: x } }", UNSET_A, 'f' },
        { "require: { a: { equals: x } }", UNKNOWN_A, 'u' },
        { "forbid: { a: { equals: x } }", KNOWN("{\"a\":\"x\"}"), 'f' },
        { "forbid: { a: { equals: x } }", KNOWN("{\"a\":\"y\"}"), 'p' },
        { "forbid: { a: { equals: x } }", ABSENT, 'p' },
        { "forbid: { a: { equals: x } }", NULL_A, 'p' },
        { "forbid: { a: { equals: x } }", UNSET_A, 'p' },
        { "forbid: { a: { equals: x } }", UNKNOWN_A, 'u' },
    };
    ASSERT_ROWS(rows);
}

static void a_constant_of_the_configuration_stands_in_for_an_unknown(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "require: { a: { equals: x } }", { "{}", "{\"a\":true}", "{\"a\":{\"constant_value\":\"x\"}}" }, 'p' },
        { "require: { a: { equals: x } }", { "{}", "{\"a\":true}", "{\"a\":{\"constant_value\":\"y\"}}" }, 'f' },
    };
    ASSERT_ROWS(rows);
}

static void default_is_the_value_where_nothing_is_set(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "require: { a: { equals: on, default: on } }", ABSENT, 'p' },
        { "require: { a: { equals: on, default: on } }", NULL_A, 'p' },
        { "require: { a: { equals: on, default: on } }", UNSET_A, 'p' },
        { "require: { a: { equals: on, default: on } }", UNKNOWN_A, 'u' },
        { "require: { a: { equals: on, default: on } }", KNOWN("{\"a\":\"off\"}"), 'f' },
        { "require: { a: { equals: on, default: off } }", ABSENT, 'f' },
        { "require: { a: { equals: on, default: off } }", UNSET_A, 'f' },
        { "forbid: { a: { equals: off, default: off } }", UNSET_A, 'f' },
        { "forbid: { a: { equals: off, default: on } }", UNSET_A, 'p' },
        { "require: { a: { at_least: 1, at_most: 3, default: 2 } }", ABSENT, 'p' },
        { "require: { a: { at_least: 1, at_most: 3, default: 4 } }", ABSENT, 'f' },
        { "require: { \"b[0].a\": { equals: on, default: on } }", ABSENT, 'p' },
        { "require: { a: { present: true, default: on } }", ABSENT, 'f' },
    };
    ASSERT_ROWS(rows);
}

static void treat_says_what_the_rule_makes_of_each_state(void **state)
{
    (void)state;
    static const char *const words[] = { "pass", "fail", "unknown" };
    static const char verdicts[] = { 'p', 'f', 'u' };
    static const struct {
        const char *state;
        struct small_plan plan;
    } states[] = { { "absent", ABSENT }, { "null", NULL_A }, { "unset", UNSET_A }, { "unknown", UNKNOWN_A } };
    static const char *const judgements[] = { "require: { a: { equals: x } }", "forbid: { a: { equals: x } }",
                                              "require: { not: { a: { equals: x } } }",
                                              "require: { a: { equals: x, default: x } }" };
    for (size_t s = 0; s < 4; s++) {
        for (size_t w = 0; w < 3; w++) {
            for (size_t j = 0; j < 4; j++) {
                char rule[200];
                snprintf(rule, sizeof rule, "treat: { %s: %s }\n%s", states[s].state, words[w], judgements[j]);
                struct row row = { rule, states[s].plan, verdicts[w] };
                assert_rows(&row, 1);
            }
        }
    }
}

static void treat_leaves_other_states_and_known_values_alone(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "treat: { absent: pass }\nrequire: { a: { equals: x } }", NULL_A, 'f' },
        { "treat: { absent: pass }\nrequire: { a: { equals: x } }", UNSET_A, 'f' },
        { "treat: { unset: pass }\nrequire: { a: { equals: x } }", UNKNOWN_A, 'u' },
        { "treat: { unknown: pass }\nrequire: { a: { equals: x } }", UNSET_A, 'f' },
        { "treat: { absent: pass, null: pass, unset: pass, unknown: pass }\nrequire: { a: { equals: x } }",
          KNOWN("{\"a\":\"y\"}"), 'f' },
    };
    ASSERT_ROWS(rows);
}

#define TRUE_T "{ t: { equals: 1 } }"
#define FALSE_T "{ t: { equals: 2 } }"
#define OPEN_T "{ a: { equals: x } }"
#define MIXED { "{\"t\":1}", "{\"a\":true}", "{\"a\":" FROM_KEY "}" }

static void any_all_and_not_follow_three_valued_logic(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "require: { any: [" OPEN_T ", " TRUE_T "] }", MIXED, 'p' },
        { "require: { any: [" TRUE_T ", " OPEN_T "] }", MIXED, 'p' },
        { "require: { any: [" OPEN_T ", " FALSE_T "] }", MIXED, 'u' },
        { "require: { any: [" FALSE_T ", " OPEN_T "] }", MIXED, 'u' },
        { "require: { any: [" FALSE_T ", " FALSE_T "] }", MIXED, 'f' },
        { "require: { all: [" OPEN_T ", " FALSE_T "] }", MIXED, 'f' },
        { "require: { all: [" FALSE_T ", " OPEN_T "] }", MIXED, 'f' },
        { "require: { all: [" OPEN_T ", " TRUE_T "] }", MIXED, 'u' },
        { "require: { all: [" TRUE_T ", " TRUE_T "] }", MIXED, 'p' },
        { "require: { not: " OPEN_T " }", MIXED, 'u' },
        { "require: { not: " TRUE_T " }", MIXED, 'f' },
        { "require: { not: " FALSE_T " }", MIXED, 'p' },
        { "require: { not: { not: " OPEN_T " } }", MIXED, 'u' },
        { "require: { not: { any: [" OPEN_T ", " TRUE_T "] } }", MIXED, 'f' },
        { "require: { not: { all: [" OPEN_T ", " FALSE_T "] } }", MIXED, 'p' },
        { "forbid: { any: [" OPEN_T ", " TRUE_T "] }", MIXED, 'f' },
        { "forbid: { all: [" OPEN_T ", " TRUE_T "] }", MIXED, 'u' },
        { "forbid: { all: [" OPEN_T ", " FALSE_T "] }", MIXED, 'p' },
        { "require: { a: { equals: x }, t: { equals: 2 } }", MIXED, 'f' },
        { "require: " TRUE_T "\nforbid: " FALSE_T, MIXED, 'p' },
        { "require: " TRUE_T "\nforbid: " TRUE_T, MIXED, 'f' },
        { "require: " OPEN_T "\nforbid: " TRUE_T, MIXED, 'f' },
        { "forbid: always", ABSENT, 'f' },
    };
    ASSERT_ROWS(rows);
}

#define UNKNOWN_L { "{}", "{\"l\":true}", "{\"l\":" FROM_KEY "}" }

static void a_list_without_items_holds_for_every_and_not_for_some(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "require: { \"l[*].x\": { equals: 1 } }", KNOWN("{\"l\":[]}"), 'p' },
        { "require: { \"l[*].x\": { equals: 1 } }", ABSENT, 'p' },
        { "require: { \"l[*].x\": { equals: 1 } }", KNOWN("{\"l\":null}"), 'p' },
        { "require: { \"l[*].x\": { equals: 1 } }", { "{}", "{\"l\":true}", NULL }, 'p' },
        { "require: { \"l[*].x\": { equals: 1 } }", UNKNOWN_L, 'u' },
        { "require: { \"l[any].x\": { equals: 1 } }", KNOWN("{\"l\":[]}"), 'f' },
        { "require: { \"l[any].x\": { equals: 1 } }", ABSENT, 'f' },
        { "require: { \"l[any].x\": { equals: 1 } }", KNOWN("{\"l\":null}"), 'f' },
        { "require: { \"l[any].x\": { equals: 1 } }", { "{}", "{\"l\":true}", NULL }, 'f' },
        { "require: { \"l[any].x\": { equals: 1 } }", UNKNOWN_L, 'u' },
        { "forbid: { \"l[any].x\": { equals: 1 } }", KNOWN("{\"l\":[]}"), 'p' },
        { "forbid: { \"l[any].x\": { equals: 1 } }", UNKNOWN_L, 'u' },
        { "require: { l: { every: { x: { equals: 1 } } } }", KNOWN("{\"l\":[]}"), 'p' },
        { "require: { l: { every: { x: { equals: 1 } } } }", ABSENT, 'p' },
        { "require: { l: { every: { x: { equals: 1 } } } }", { "{}", "{\"l\":true}", NULL }, 'p' },
        { "require: { l: { every: { x: { equals: 1 } } } }", UNKNOWN_L, 'u' },
        { "require: { l: { some: { x: { equals: 1 } } } }", KNOWN("{\"l\":[]}"), 'f' },
        { "require: { l: { some: { x: { equals: 1 } } } }", ABSENT, 'f' },
        { "require: { l: { some: { x: { equals: 1 } } } }", UNKNOWN_L, 'u' },
        { "require: { \"l[*].m[*].x\": { equals: 1 } }", KNOWN("{\"l\":[{\"m\":[]},{}]}"), 'p' },
        { "require: { \"l[0].m[*].x\": { equals: 1 } }", ABSENT, 'p' },
    };
    ASSERT_ROWS(rows);
}

#define SOME_OPEN(first) { "{\"l\":[" first ",{}]}", "{\"l\":[{},{\"x\":true}]}", \
                           "{\"l\":[{},{\"x\":" FROM_KEY "}]}" }

static void items_decide_as_far_as_they_are_known(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "require: { \"l[*].x\": { equals: 1 } }", KNOWN("{\"l\":[{\"x\":1},{\"x\":1}]}"), 'p' },
        { "require: { \"l[*].x\": { equals: 1 } }", KNOWN("{\"l\":[{\"x\":1},{\"x\":2}]}"), 'f' },
        { "require: { \"l[*].x\": { equals: 1 } }", KNOWN("{\"l\":[{\"x\":1},{}]}"), 'f' },
        { "require: { \"l[*].x\": { equals: 1 } }", SOME_OPEN("{\"x\":1}"), 'u' },
        { "require: { \"l[*].x\": { equals: 1 } }", SOME_OPEN("{\"x\":2}"), 'f' },
        { "require: { \"l[any].x\": { equals: 1 } }", SOME_OPEN("{\"x\":1}"), 'p' },
        { "require: { \"l[any].x\": { equals: 1 } }", SOME_OPEN("{\"x\":2}"), 'u' },
        { "require: { l: { every: { x: { equals: 1 } } } }", SOME_OPEN("{\"x\":1}"), 'u' },
        { "require: { l: { every: { x: { equals: 1 } } } }", SOME_OPEN("{\"x\":2}"), 'f' },
        { "require: { l: { some: { x: { equals: 1 } } } }", SOME_OPEN("{\"x\":1}"), 'p' },
        { "require: { l: { some: { x: { equals: 1 } } } }", SOME_OPEN("{\"x\":2}"), 'u' },
        { "forbid: { l: { some: { x: { equals: 1 } } } }", SOME_OPEN("{\"x\":1}"), 'f' },
        { "forbid: { l: { some: { x: { equals: 1 }, y: { equals: 2 } } } }",
          KNOWN("{\"l\":[{\"x\":1},{\"y\":2}]}"), 'p' },
        { "forbid: { l: { some: { x: { equals: 1 }, y: { equals: 2 } } } }", KNOWN("{\"l\":[{\"x\":1,\"y\":2}]}"),
          'f' },
    };
    ASSERT_ROWS(rows);
}

static void anything_that_is_no_list_counts_as_a_list_of_one(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "require: { \"l[*].x\": { equals: 1 } }", KNOWN("{\"l\":{\"x\":1}}"), 'p' },
        { "require: { \"l[any].x\": { equals: 1 } }", KNOWN("{\"l\":{\"x\":2}}"), 'f' },
        { "require: { \"l[0].x\": { equals: 1 } }", KNOWN("{\"l\":{\"x\":1}}"), 'p' },
        { "require: { \"l[1].x\": { equals: 1 } }", KNOWN("{\"l\":{\"x\":1}}"), 'f' },
        { "require: { l.x: { equals: 1 } }", KNOWN("{\"l\":[{\"x\":1}]}"), 'p' },
        { "require: { l.x: { equals: 1 } }", KNOWN("{\"l\":[{\"x\":1},{\"x\":1}]}"), 'f' },
        { "require: { \"l[*]\": { in: [1, 2] } }", KNOWN("{\"l\":2}"), 'p' },
        { "require: { l: { some: { x: { equals: 1 } } } }", KNOWN("{\"l\":{\"x\":1}}"), 'p' },
    };
    ASSERT_ROWS(rows);
}

static void paths_lead_into_json_texts(void **state)
{
    (void)state;
    static const char effect[] = "require: { \"p.json().Statement[*].Effect\": { equals: Allow } }";
    static const char version[] = "require: { \"p.json().Version\": { equals: \"1\" } }";
    static const struct row rows[] = {
        { effect, KNOWN("{\"p\":\"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Allow\\\"}]}\"}"), 'p' },
        { effect, KNOWN("{\"p\":\"{\\\"Statement\\\":[{\\\"Effect\\\":\\\"Deny\\\"}]}\"}"), 'f' },
        { effect, KNOWN("{\"p\":\"{\\\"Statement\\\":{\\\"Effect\\\":\\\"Allow\\\"}}\"}"), 'p' },
        { effect, KNOWN("{\"p\":\"{\\\"Statement\\\":{\\\"Effect\\\":\\\"Deny\\\"}}\"}"), 'f' },
        { effect, { "{}", "{\"p\":true}", "{\"p\":" FROM_KEY "}" }, 'u' },
        { version, KNOWN("{\"p\":\"{\\\"Version\\\":\\\"1\\\"}\"}"), 'p' },
        { version, KNOWN("{\"p\":\"{\\\"Version\\\":1}\"}"), 'p' },
        { version, KNOWN("{\"p\":\"{\\\"Version\\\":\"}"), 'f' },
        { version, KNOWN("{\"p\":\"\"}"), 'f' },
        { version, KNOWN("{\"p\":\"null\"}"), 'f' },
        { version, KNOWN("{\"p\":\"[1]\"}"), 'f' },
        { version, KNOWN("{\"p\":{\"Version\":\"1\"}}"), 'p' },
        { "treat: { absent: unknown }\nrequire: { \"p.json().Version\": { equals: \"1\" } }", KNOWN("{\"p\":\"{\"}"),
          'u' },
        { "require: { p: { is: json } }", KNOWN("{\"p\":\"{}\"}"), 'p' },
        { "require: { p: { is: json } }", KNOWN("{\"p\":\"{} {}\"}"), 'f' },
    };
    ASSERT_ROWS(rows);
}

static void keys_of_a_map_are_a_list(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "require: { \"d.keys()[*]\": { in: [b, c] } }", KNOWN("{\"d\":{\"b\":1,\"c\":2}}"), 'p' },
        { "require: { \"d.keys()[*]\": { in: [b, c] } }", KNOWN("{\"d\":{\"b\":1,\"e\":2}}"), 'f' },
        { "require: { \"d.keys()[*]\": { in: [b, c] } }", KNOWN("{\"d\":{}}"), 'p' },
        { "require: { \"d.keys()[any]\": { equals: b } }", KNOWN("{\"d\":{}}"), 'f' },
        { "require: { \"d.keys()\": { contains: b } }", KNOWN("{\"d\":{\"b\":1}}"), 'p' },
        { "require: { \"d.keys()\": { length: 2 } }", KNOWN("{\"d\":{\"b\":1,\"c\":1}}"), 'p' },
        { "require: { \"d.keys()[*]\": { in: [b] } }", { "{}", "{\"d\":true}", "{\"d\":" FROM_KEY "}" }, 'u' },
        { "require: { \"d.keys()[*]\": { in: [b] } }",
          { "{\"d\":{}}", "{\"d\":{\"b\":true}}", "{\"d\":" FROM_KEY "}" }, 'p' },
    };
    ASSERT_ROWS(rows);
}

static void an_operand_can_be_another_attribute(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "require: { a: { equals: { path: b } } }", KNOWN("{\"a\":1,\"b\":1}"), 'p' },
        { "require: { a: { equals: { path: b } } }", KNOWN("{\"a\":1,\"b\":2}"), 'f' },
        { "require: { a: { equals: { path: b } } }", KNOWN("{\"a\":1}"), 'u' },
        { "require: { a: { equals: { path: b, default: 1 } } }", KNOWN("{\"a\":1}"), 'p' },
        { "require: { a: { equals: { path: b, default: 1 } } }", KNOWN("{\"a\":1,\"b\":null}"), 'p' },
        { "require: { a: { equals: { path: b, default: 2 } } }", { "{\"a\":1}", "{\"b\":true}", NULL }, 'f' },
        { "require: { a: { equals: { path: b, default: 1 } } }", { "{\"a\":1}", "{\"b\":true}",
                                                                   "{\"b\":" FROM_KEY "}" },
          'u' },
        { "require: { a: { at_most: { path: b, plus: 2 } } }", KNOWN("{\"a\":5,\"b\":3}"), 'p' },
        { "require: { a: { at_most: { path: b, plus: 2 } } }", KNOWN("{\"a\":6,\"b\":3}"), 'f' },
        { "require: { a: { at_most: { path: b, plus: -2 } } }", KNOWN("{\"a\":2,\"b\":3}"), 'f' },
        { "require: { a: { at_most: { path: b, plus: 2, default: 1 } } }", KNOWN("{\"a\":3}"), 'p' },
        { "require: { a: { at_most: { path: b, plus: 2 } } }", KNOWN("{\"a\":3,\"b\":\"x\"}"), 'u' },
        { "require: { a: { in: { path: \"l[*].n\" } } }", KNOWN("{\"a\":2,\"l\":[{\"n\":1},{\"n\":2}]}"), 'p' },
        { "require: { a: { in: { path: \"l[*].n\" } } }", KNOWN("{\"a\":3,\"l\":[{\"n\":1},{\"n\":2}]}"), 'f' },
        { "require: { a: { in: { path: \"l[*].n\" } } }", KNOWN("{\"a\":3,\"l\":[]}"), 'f' },
        { "require: { a: { in: { path: \"l[*].n\" } } }", { "{\"a\":3}", "{\"l\":true}", NULL }, 'f' },
        { "require: { a: { in: { path: \"l[*].n\" } } }",
          { "{\"a\":3,\"l\":[{\"n\":1},{}]}", "{\"l\":[{},{\"n\":true}]}", "{\"l\":[{},{\"n\":" FROM_KEY "}]}" },
              'u' },
        { "require: { a: { in: { path: \"l[*].n\" } } }",
          { "{\"a\":1,\"l\":[{\"n\":1},{}]}", "{\"l\":[{},{\"n\":true}]}", "{\"l\":[{},{\"n\":" FROM_KEY "}]}" },
              'p' },
        { "require: { \"m[*].n\": { in: { path: \"l[*].n\" } } }",
          KNOWN("{\"m\":[{\"n\":1},{\"n\":2}],\"l\":[{\"n\":2},{\"n\":1}]}"), 'p' },
    };
    ASSERT_ROWS(rows);
}

static void the_row_of_a_table_is_the_operand_and_a_missing_row_objects_to_nothing(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "require: { a: { in: { table: limits, key: b } } }", KNOWN("{\"a\":\"one\",\"b\":\"small\"}"), 'p' },
        { "require: { a: { in: { table: limits, key: b } } }", KNOWN("{\"a\":\"three\",\"b\":\"small\"}"), 'f' },
        { "require: { a: { in: { table: limits, key: b } } }", KNOWN("{\"a\":\"x\",\"b\":\"huge\"}"), 'p' },
        { "require: { a: { in: { table: limits, key: b } } }", KNOWN("{\"a\":\"x\"}"), 'p' },
        { "require: { a: { in: { table: limits, key: b } } }",
          { "{\"a\":\"x\"}", "{\"b\":true}", "{\"b\":" FROM_KEY "}" }, 'u' },
        { "forbid: { a: { in: { table: limits, key: b } } }", KNOWN("{\"a\":\"one\",\"b\":\"small\"}"), 'f' },
        { "forbid: { a: { in: { table: limits, key: b } } }", KNOWN("{\"a\":\"one\",\"b\":\"huge\"}"), 'p' },
        { "require: { not: { a: { in: { table: limits, key: b } } } }", KNOWN("{\"a\":\"one\",\"b\":\"huge\"}"),
          'p' },
    };
    ASSERT_ROWS(rows);
}

static void presence_of_an_unknown_depends_on_where_it_comes_from(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "require: { a: { present: true } }", KNOWN("{\"a\":\"x\"}"), 'p' },
        { "require: { a: { present: true } }", KNOWN("{\"a\":false}"), 'p' },
        { "require: { a: { present: true } }", KNOWN("{\"a\":\"\"}"), 'f' },
        { "require: { a: { present: true } }", KNOWN("{\"a\":[]}"), 'f' },
        { "require: { a: { present: true } }", KNOWN("{\"a\":{}}"), 'f' },
        { "require: { a: { present: true } }", ABSENT, 'f' },
        { "require: { a: { present: true } }", NULL_A, 'f' },
        { "require: { a: { present: true } }", UNSET_A, 'f' },
        { "require: { a: { present: true } }", UNKNOWN_A, 'p' },
        { "require: { a: { present: true } }", { "{}", "{\"a\":true}", "{\"a\":{\"references\":[\"local.k\"]}}" },
          'u' },
        { "require: { a: { absent: true } }", KNOWN("{\"a\":\"x\"}"), 'f' },
        { "require: { a: { absent: true } }", KNOWN("{\"a\":\"\"}"), 'p' },
        { "require: { a: { absent: true } }", ABSENT, 'p' },
        { "require: { a: { absent: true } }", NULL_A, 'p' },
        { "require: { a: { absent: true } }", UNSET_A, 'p' },
        { "require: { a: { absent: true } }", UNKNOWN_A, 'f' },
        { "require: { a: { absent: true } }", { "{}", "{\"a\":true}", "{\"a\":{\"references\":[\"local.k\"]}}" },
          'u' },
        { "forbid: { a: { present: true } }", UNKNOWN_A, 'f' },
        { "forbid: { a: { absent: true } }", UNSET_A, 'f' },
    };
    ASSERT_ROWS(rows);
}

static void where_passes_resources_over_and_leaves_the_undecided_open(void **state)
{
    (void)state;
    static const struct {
        const char *where, *judgement;
        char wanted;
    } rows[] = {
        { TRUE_T, TRUE_T, 'p' }, { TRUE_T, FALSE_T, 'f' }, { TRUE_T, OPEN_T, 'u' },
        { FALSE_T, TRUE_T, 'n' }, { FALSE_T, FALSE_T, 'n' }, { FALSE_T, OPEN_T, 'n' },
        { OPEN_T, TRUE_T, 'p' }, { OPEN_T, FALSE_T, 'u' }, { OPEN_T, OPEN_T, 'u' },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct trial trial;
        struct small_plan plan = MIXED;
        trial_open(&trial);
        struct str yaml = arena_format(trial.arena, "id: r\ntitle: wrong\nseverity: low\nwhy: because\nfix: mend it\n"
                                       "select: { type: aws_x, where: %s }\nrequire: %s\n", rows[i].where,
                                       rows[i].judgement);
        assert_true(rule_load(&trial.rules, STR("own"), STR("r.yaml"), yaml, &trial.error));
        trial_run(&trial, plan_text(trial.arena, &plan));
        char got = trial_verdict(&trial, "r", "aws_x.a");
        if (got == '-')
            got = run_sum(trial.run).passed == 1 ? 'p' : 'n';
        if (got != rows[i].wanted)
            fail_msg("where %s, require %s: expected %c, got %c", rows[i].where, rows[i].judgement, rows[i].wanted,
                     got);
        trial_close(&trial);
    }
}

/* The resource stands in module.m, whose input comes from the root module. */
static char judge_in_module(const char *rule, const char *own, const char *input)
{
    struct trial trial;
    trial_open(&trial);
    trial_load_short(&trial, rule);
    trial_run(&trial, arena_format(trial.arena,
        "{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":\"module.m.aws_x.a\","
        "\"module_address\":\"module.m\","
        "\"mode\":\"managed\",\"type\":\"aws_x\",\"name\":\"a\",\"change\":{\"actions\":[\"create\"],\"after\":{},"
        "\"after_unknown\":{\"a\":true}}}],"
        "\"configuration\":{\"root_module\":{\"module_calls\":{\"m\":{\"expressions\":"
        "{\"input\":%s},\"module\":{\"resources\":[{\"address\":\"aws_x.a\",\"mode\":\"managed\","
        "\"type\":\"aws_x\",\"name\":"
        "\"a\",\"expressions\":{\"a\":%s}}],\"variables\":{\"input\":{}}}}}}}}", input, own));
    char verdict = trial_verdict(&trial, "r", "module.m.aws_x.a");
    trial_close(&trial);
    return verdict;
}

static void references_are_followed_through_module_inputs(void **state)
{
    (void)state;
    static const char rule[] = "require: { a: { refers_to: \"aws_api.*.execution_arn\" } }";
    static const char from_input[] = "{\"references\":[\"var.input\"]}";
    assert_int_equal(judge_in_module(rule, from_input,
                                     "{\"references\":[\"aws_api.x.execution_arn\",\"aws_api.x\"]}"), '-');
    assert_int_equal(judge_in_module(rule, from_input, "{\"references\":[\"aws_api.x.arn\",\"aws_api.x\"]}"), 'f');
    assert_int_equal(judge_in_module(rule, from_input, "{\"references\":[\"local.arn\"]}"), 'u');
    assert_int_equal(judge_in_module(rule, "{\"references\":[\"aws_api.x.execution_arn\",\"aws_api.x\"]}", "{}"),
                     '-');
    assert_int_equal(judge_in_module(rule, "{\"references\":[\"local.arn\"]}", "{}"), 'u');
}

static void one_of_several_references_is_enough(void **state)
{
    (void)state;
    static const char rule[] = "require: { a: { refers_to: [\"aws_z.*\", \"aws_kms_key.*.arn\"] } }";
    static const struct row rows[] = {
        { rule, UNKNOWN_A, 'p' },
        { rule, UNSET_A, 'f' },
        { rule, ABSENT, 'f' },
        { rule, { "{}", "{\"a\":true}",
                  "{\"a\":{\"references\":[\"aws_y.b.id\",\"aws_y.b\",\"aws_z.c.id\",\"aws_z.c\"]}}" },
          'p' },
        { rule, { "{}", "{\"a\":true}", "{\"a\":{\"references\":[\"aws_y.b.id\",\"aws_y.b\"]}}" }, 'f' },
    };
    ASSERT_ROWS(rows);
}

static void numbers_are_compared_exactly_and_also_in_texts(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "require: { a: { equals: 5 } }", KNOWN("{\"a\":\"5\"}"), 'p' },
        { "require: { a: { equals: \"5\" } }", KNOWN("{\"a\":5}"), 'p' },
        { "require: { a: { equals: 5 } }", KNOWN("{\"a\":5.0}"), 'p' },
        { "require: { a: { equals: true } }", KNOWN("{\"a\":\"true\"}"), 'p' },
        { "require: { a: { equals: 9007199254740993 } }", KNOWN("{\"a\":9007199254740992}"), 'f' },
        { "require: { a: { at_least: 0.3 } }", KNOWN("{\"a\":0.30000000000000000001}"), 'p' },
        { "require: { a: { more_than: 0.3 } }", KNOWN("{\"a\":3e-1}"), 'f' },
        { "require: { a: { less_than: 10 } }", KNOWN("{\"a\":\"9\"}"), 'p' },
        { "require: { a: { at_most: 10 } }", KNOWN("{\"a\":\"many\"}"), 'f' },
    };
    ASSERT_ROWS(rows);
}

static void each_operator_holds_for_what_the_table_says(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "require: { a: { matches: [\"^x$\", \"^y$\"] } }", KNOWN("{\"a\":\"y\"}"), 'p' },
        { "require: { a: { matches: \"^x$\" } }", KNOWN("{\"a\":\"x\\n\"}"), 'f' },
        { "require: { a: { starts_with: [b, x] } }", KNOWN("{\"a\":\"xyz\"}"), 'p' },
        { "require: { a: { ends_with: xy } }", KNOWN("{\"a\":\"xyz\"}"), 'f' },
        { "require: { a: { contains: y } }", KNOWN("{\"a\":\"xyz\"}"), 'p' },
        { "require: { a: { contains: y } }", KNOWN("{\"a\":[\"xyz\",\"y\"]}"), 'p' },
        { "require: { a: { contains: y } }", KNOWN("{\"a\":[\"xyz\"]}"), 'f' },
        { "require: { a: { contains_any: [y, z] } }", KNOWN("{\"a\":[\"z\"]}"), 'p' },
        { "require: { a: { contains_any: [y, z] } }", KNOWN("{\"a\":[\"x\"]}"), 'f' },
        { "require: { a: { length: 2 } }", KNOWN("{\"a\":\"\xC3\xA9" "a\"}"), 'p' },
        { "require: { a: { length: { at_least: 1, at_most: 2 } } }", KNOWN("{\"a\":[1,2,3]}"), 'f' },
        { "require: { a: { unique: true } }", KNOWN("{\"a\":[1,2,1.0]}"), 'f' },
        { "require: { a: { subset_of: [x, y] } }", KNOWN("{\"a\":[\"y\"]}"), 'p' },
        { "require: { a: { subset_of: [x, y] } }", KNOWN("{\"a\":[\"y\",\"z\"]}"), 'f' },
        { "require: { a: { has_keys: [k, l] } }", KNOWN("{\"a\":{\"k\":1,\"l\":2}}"), 'p' },
        { "require: { a: { has_keys: [k, l] } }", KNOWN("{\"a\":{\"k\":1,\"l\":null}}"), 'f' },
        { "require: { a: { cidr_within: [10.0.0.0/8] } }", KNOWN("{\"a\":\"10.1.0.0/16\"}"), 'p' },
        { "require: { a: { cidr_within: 10.0.0.0/8 } }", KNOWN("{\"a\":\"0.0.0.0/0\"}"), 'f' },
        { "require: { a: { is: arn } }", KNOWN("{\"a\":\"arn:aws:s3:::b\"}"), 'p' },
        { "require: { a: { is: cidr } }", KNOWN("{\"a\":\"10.0.0.0/33\"}"), 'f' },
        { "require: { a: { is: number } }", KNOWN("{\"a\":\"1e3\"}"), 'p' },
    };
    ASSERT_ROWS(rows);
}

static void lists_with_unknown_items_leave_open_what_these_could_decide(void **state)
{
    (void)state;
#define OPEN_LIST { "{\"a\":[\"x\",null]}", "{\"a\":[false,true]}", "{\"a\":" FROM_KEY "}" }
    static const struct row rows[] = {
        { "require: { a: { contains: x } }", OPEN_LIST, 'p' },
        { "require: { a: { contains: y } }", OPEN_LIST, 'u' },
        { "require: { a: { contains_any: [y, z] } }", OPEN_LIST, 'u' },
        { "require: { a: { subset_of: [x] } }", OPEN_LIST, 'u' },
        { "require: { a: { subset_of: [y] } }", OPEN_LIST, 'f' },
        { "require: { a: { unique: true } }", OPEN_LIST, 'u' },
        { "require: { a: { present: true } }", OPEN_LIST, 'p' },
        { "require: { a: { length: 2 } }", OPEN_LIST, 'p' },
        { "require: { a: { equals: [x, y] } }", OPEN_LIST, 'u' },
    };
    ASSERT_ROWS(rows);
}

static void the_finding_names_the_place_and_the_reason(void **state)
{
    (void)state;
    struct trial trial;
    struct small_plan plan = { "{\"l\":[{\"x\":1},{\"x\":7}]}", "{\"a\":true}", "{\"a\":" FROM_KEY "}" };
    trial_open(&trial);
    trial_load_short(&trial, "message: \"{path} is {value}, and l[0] {l[0].x}\"\nrequire: { \"l[*].x\": { equals: 1 "
                             "} }");
    assert_true(trial_load(&trial, "open.yaml", "id: open\ntitle: t\nseverity: high\nwhy: w\nfix: f\n"
                                                "select: { type: aws_x }\nrequire: { a: { equals: x } }\n"));
    trial_run(&trial, plan_text(trial.arena, &plan));
    const struct finding *failed = trial_find(&trial, "r", "aws_x.a"), *open = trial_find(&trial, "open", "aws_x.a");
    assert_non_null(failed);
    assert_text(failed->path, "l[1].x");
    assert_text(failed->message, "l[1].x is 7, and l[0] 1");
    assert_text(failed->why, "because");
    assert_text(failed->fix, "mend it");
    assert_non_null(open);
    assert_text(open->path, "a");
    assert_text(open->reason, "known after apply: comes from aws_kms_key.k");
    assert_int_equal(open->related_count, 1);
    assert_text(open->related[0], "aws_kms_key.k");
    trial_close(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_test_on_what_is_missing_is_false_and_on_the_unknown_unknown),
        cmocka_unit_test(a_constant_of_the_configuration_stands_in_for_an_unknown),
        cmocka_unit_test(default_is_the_value_where_nothing_is_set),
        cmocka_unit_test(treat_says_what_the_rule_makes_of_each_state),
        cmocka_unit_test(treat_leaves_other_states_and_known_values_alone),
        cmocka_unit_test(any_all_and_not_follow_three_valued_logic),
        cmocka_unit_test(a_list_without_items_holds_for_every_and_not_for_some),
        cmocka_unit_test(items_decide_as_far_as_they_are_known),
        cmocka_unit_test(anything_that_is_no_list_counts_as_a_list_of_one),
        cmocka_unit_test(paths_lead_into_json_texts),
        cmocka_unit_test(keys_of_a_map_are_a_list),
        cmocka_unit_test(an_operand_can_be_another_attribute),
        cmocka_unit_test(the_row_of_a_table_is_the_operand_and_a_missing_row_objects_to_nothing),
        cmocka_unit_test(presence_of_an_unknown_depends_on_where_it_comes_from),
        cmocka_unit_test(where_passes_resources_over_and_leaves_the_undecided_open),
        cmocka_unit_test(references_are_followed_through_module_inputs),
        cmocka_unit_test(one_of_several_references_is_enough),
        cmocka_unit_test(numbers_are_compared_exactly_and_also_in_texts),
        cmocka_unit_test(each_operator_holds_for_what_the_table_says),
        cmocka_unit_test(lists_with_unknown_items_leave_open_what_these_could_decide),
        cmocka_unit_test(the_finding_names_the_place_and_the_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
