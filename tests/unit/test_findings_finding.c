#include "base/arena.h"
#include "base/memory.h"
#include "findings/finding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void give_up(void *context)
{
    (void)context;
    abort();
}

static struct memory memory = { .exhausted = give_up };

static int open_arena(void **state)
{
    *state = arena_open(&memory);
    return 0;
}

static int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

static struct finding make(const char *rule, enum severity severity, const char *address)
{
    return (struct finding){ .rule = str_from(rule), .severity = severity, .verdict = VERDICT_FAIL,
                             .address = str_from(address), .message = STR("wrong") };
}

static void assert_order(const struct findings *findings, const char *const *wanted)
{
    for (size_t i = 0; i < findings->count; i++)
        if (!str_equal(findings->items[i].message, str_from(wanted[i])))
            fail_msg("place %zu: expected %s, got %.*s", i, wanted[i], STR_ARG(findings->items[i].message));
}

static void add(struct findings *findings, const char *name, struct finding finding)
{
    finding.message = str_from(name);
    findings_add(findings, finding);
}

static void resources_with_the_worst_finding_come_first(void **state)
{
    struct findings findings = { .arena = *state };
    add(&findings, "b low", make("r", SEVERITY_LOW, "b"));
    add(&findings, "a medium", make("r", SEVERITY_MEDIUM, "a"));
    add(&findings, "c info", make("s", SEVERITY_INFO, "c"));
    add(&findings, "c error", make("r", SEVERITY_ERROR, "c"));
    add(&findings, "a low", make("s", SEVERITY_LOW, "a"));
    findings_sort(&findings);
    assert_order(&findings, (const char *const[]){ "c error", "c info", "a medium", "a low", "b low" });
}

static void equal_severities_are_ordered_by_address_then_rule_then_path(void **state)
{
    struct findings findings = { .arena = *state };
    struct finding with_path = make("r", SEVERITY_HIGH, "a");
    with_path.path = STR("z");
    add(&findings, "b r", make("r", SEVERITY_HIGH, "b"));
    add(&findings, "a s", make("s", SEVERITY_HIGH, "a"));
    add(&findings, "a r z", with_path);
    with_path.path = STR("y");
    add(&findings, "a r y", with_path);
    add(&findings, "a r", make("r", SEVERITY_HIGH, "a"));
    findings_sort(&findings);
    assert_order(&findings, (const char *const[]){ "a r", "a r y", "a r z", "a s", "b r" });
}

static void shared_findings_come_before_single_ones_of_their_severity(void **state)
{
    static const struct str both[] = { STR_INIT("a"), STR_INIT("b") };
    struct findings findings = { .arena = *state };
    struct finding several = make("r", SEVERITY_MEDIUM, NULL);
    several.addresses = both;
    several.address_count = 2;
    add(&findings, "a medium", make("r", SEVERITY_MEDIUM, "a"));
    add(&findings, "b high", make("r", SEVERITY_HIGH, "b"));
    add(&findings, "shared medium", several);
    findings_sort(&findings);
    assert_order(&findings, (const char *const[]){ "b high", "shared medium", "a medium" });
}

static void the_undecided_comes_after_everything_that_fails(void **state)
{
    struct findings findings = { .arena = *state };
    struct finding open = make("r", SEVERITY_ERROR, "a");
    open.verdict = VERDICT_UNKNOWN;
    add(&findings, "a unknown error", open);
    add(&findings, "b info", make("r", SEVERITY_INFO, "b"));
    add(&findings, "a low", make("s", SEVERITY_LOW, "a"));
    findings_sort(&findings);
    assert_order(&findings, (const char *const[]){ "a low", "a unknown error", "b info" });
}

static void order_does_not_depend_on_the_order_of_adding(void **state)
{
    static const char *const wanted[] = { "b", "a", "c", "d" };
    for (size_t turn = 0; turn < 4; turn++) {
        struct findings findings = { .arena = *state };
        for (size_t i = 0; i < 4; i++) {
            size_t number = (turn + i) % 4;
            enum severity severity = number == 1 ? SEVERITY_ERROR : SEVERITY_LOW;
            const char *names[] = { "a", "b", "c", "d" };
            add(&findings, names[number], make("r", severity, names[number]));
        }
        findings_sort(&findings);
        assert_order(&findings, wanted);
    }
}

static void no_findings_are_sorted_too(void **state)
{
    struct findings findings = { .arena = *state };
    findings_sort(&findings);
    assert_int_equal(findings.count, 0);
}

static uint64_t fingerprint_of(struct arena *arena, struct finding finding)
{
    struct findings findings = { .arena = arena };
    findings_add(&findings, finding);
    return findings.items[0].fingerprint;
}

static void fingerprint_stays_with_other_findings_orders_and_texts(void **state)
{
    struct finding finding = make("r", SEVERITY_LOW, "aws_x.a");
    finding.path = STR("name");
    uint64_t alone = fingerprint_of(*state, finding);
    struct findings findings = { .arena = *state };
    findings_add(&findings, make("q", SEVERITY_ERROR, "aws_x.a"));
    finding.message = STR("other words");
    finding.severity = SEVERITY_HIGH;
    finding.verdict = VERDICT_UNKNOWN;
    findings_add(&findings, finding);
    findings_add(&findings, make("s", SEVERITY_ERROR, "aws_x.b"));
    findings_sort(&findings);
    for (size_t i = 0; i < findings.count; i++)
        if (str_equal(findings.items[i].rule, STR("r")))
            assert_true(findings.items[i].fingerprint == alone);
}

static void fingerprint_tells_rule_address_and_path_apart(void **state)
{
    struct finding finding = make("r", SEVERITY_LOW, "a");
    uint64_t first = fingerprint_of(*state, finding);
    finding.path = STR("p");
    assert_true(fingerprint_of(*state, finding) != first);
    assert_true(fingerprint_of(*state, make("s", SEVERITY_LOW, "a")) != first);
    assert_true(fingerprint_of(*state, make("r", SEVERITY_LOW, "b")) != first);
    assert_true(fingerprint_of(*state, make("ra", SEVERITY_LOW, "")) != fingerprint_of(*state, make("r", SEVERITY_LOW,
                                                                                                    "a")));
}

static void fingerprint_is_the_same_for_ever(void **state)
{
    struct finding finding = make("kms-rotation", SEVERITY_LOW, "aws_kms_key.main");
    finding.path = STR("enable_key_rotation");
    assert_true(fingerprint_of(*state, finding) == UINT64_C(0x407BFC3F332A77CD));
}

static void names_of_severities_lead_back_to_them(void **state)
{
    (void)state;
    for (int i = 0; i < SEVERITY_COUNT; i++) {
        enum severity found = SEVERITY_ERROR;
        assert_true(severity_find(severity_name((enum severity)i), &found));
        assert_int_equal(found, i);
    }
    enum severity untouched = SEVERITY_MEDIUM;
    assert_false(severity_find(STR("critical"), &untouched));
    assert_false(severity_find(STR(""), &untouched));
    assert_int_equal(untouched, SEVERITY_MEDIUM);
    assert_true(str_equal(verdict_name(VERDICT_PASS), STR("pass")));
    assert_true(str_equal(verdict_name(VERDICT_FAIL), STR("fail")));
    assert_true(str_equal(verdict_name(VERDICT_UNKNOWN), STR("unknown")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(resources_with_the_worst_finding_come_first, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(equal_severities_are_ordered_by_address_then_rule_then_path, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(shared_findings_come_before_single_ones_of_their_severity, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(the_undecided_comes_after_everything_that_fails, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(order_does_not_depend_on_the_order_of_adding, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(no_findings_are_sorted_too, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(fingerprint_stays_with_other_findings_orders_and_texts, open_arena,
                                        close_arena),
        cmocka_unit_test_setup_teardown(fingerprint_tells_rule_address_and_path_apart, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(fingerprint_is_the_same_for_ever, open_arena, close_arena),
        cmocka_unit_test(names_of_severities_lead_back_to_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
