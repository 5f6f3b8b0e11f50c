#include "base/arena.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/vec.h"
#include "findings/baseline.h"
#include "findings/waiver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct str today = STR_INIT("2026-11-25");

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

static struct findings new_findings(void **state)
{
    return (struct findings){ .arena = *state };
}

static void add(struct findings *findings, const char *rule, const char *address)
{
    findings_add(findings, (struct finding){ .rule = str_from(rule), .address = str_from(address),
                                             .verdict = VERDICT_FAIL, .severity = SEVERITY_HIGH });
}

/* How the only finding stands after the only waiver. */
static enum standing settle(void **state, struct waiver waiver, const char *rule, const char *address, size_t *matches)
{
    struct findings findings = new_findings(state);
    struct waivers waivers = { .arena = *state };
    VEC_ADD(waivers.arena, &waivers, waiver);
    add(&findings, rule, address);
    waivers_apply(&waivers, &findings, STR("plan.json"), today);
    *matches = waivers.items[0].matches;
    return findings.items[0].standing;
}

static void a_waiver_takes_exact_and_globbed_names(void **state)
{
    size_t matches;
    struct waiver waiver = { .rule = STR("a-*"), .address = STR("aws_x.a[\"*\"]"), .reason = STR("because") };
    assert_int_equal(settle(state, waiver, "a-rule", "aws_x.a[\"k\"]", &matches), STANDING_WAIVED);
    assert_int_equal(settle(state, waiver, "b-rule", "aws_x.a[\"k\"]", &matches), STANDING_OPEN);
    assert_int_equal(matches, 0);
    waiver.address = STR("aws_x.a[\"*\"]?");
    assert_int_equal(settle(state, waiver, "a-rule", "aws_x.a[\"k\"]", &matches), STANDING_OPEN);
}

static void the_whole_stack_is_waived_by_a_star_only(void **state)
{
    size_t matches;
    struct waiver waiver = { .rule = STR("r"), .address = STR("*"), .reason = STR("because") };
    assert_int_equal(settle(state, waiver, "r", NULL, &matches), STANDING_WAIVED);
    waiver.address = STR("aws_*");
    assert_int_equal(settle(state, waiver, "r", NULL, &matches), STANDING_OPEN);
}

static void a_waiver_of_another_input_does_not_count(void **state)
{
    size_t matches;
    struct waiver waiver = { .rule = STR("r"), .address = STR("*"), .reason = STR("because"), .input = STR("other.json") };
    assert_int_equal(settle(state, waiver, "r", "aws_x.a", &matches), STANDING_OPEN);
    waiver.input = STR("plan.json");
    assert_int_equal(settle(state, waiver, "r", "aws_x.a", &matches), STANDING_WAIVED);
}

static void without_reason_or_past_its_date_it_does_not_count_but_matches(void **state)
{
    size_t matches;
    struct waiver waiver = { .rule = STR("r"), .address = STR("aws_x.a"), .reason = STR("  ") };
    assert_int_equal(settle(state, waiver, "r", "aws_x.a", &matches), STANDING_OPEN);
    assert_int_equal(matches, 1);
    waiver.reason = STR("because");
    waiver.expires = STR("2026-11-24");
    assert_int_equal(settle(state, waiver, "r", "aws_x.a", &matches), STANDING_OPEN);
    assert_int_equal(matches, 1);
    waiver.expires = today; /* its last day */
    assert_int_equal(settle(state, waiver, "r", "aws_x.a", &matches), STANDING_WAIVED);
}

static void a_waiver_ends_soon_within_fourteen_days(void **state)
{
    (void)state;
    struct waiver waiver = { .reason = STR("because") };
    assert_int_equal(waiver_state(&waiver, today), WAIVER_COUNTS);
    waiver.expires = STR("2026-12-09");
    assert_int_equal(waiver_state(&waiver, today), WAIVER_ENDS_SOON);
    waiver.expires = STR("2026-12-10");
    assert_int_equal(waiver_state(&waiver, today), WAIVER_COUNTS);
    waiver.expires = STR("2027-01-05");
    assert_int_equal(waiver_state(&waiver, STR("2026-12-28")), WAIVER_ENDS_SOON);
}

static void a_finding_on_several_resources_needs_a_waiver_for_each(void **state)
{
    static const struct str addresses[] = { STR_INIT("aws_x.a"), STR_INIT("aws_x.b") };
    struct waivers waivers = { .arena = *state };
    struct findings findings = new_findings(state);
    findings_add(&findings, (struct finding){ .rule = STR("r"), .verdict = VERDICT_FAIL, .addresses = addresses,
                                              .address_count = 2 });
    VEC_ADD(waivers.arena, &waivers,
            ((struct waiver){ .rule = STR("r"), .address = STR("aws_x.a"), .reason = STR("because") }));
    waivers_apply(&waivers, &findings, STR("plan.json"), today);
    assert_int_equal(findings.items[0].standing, STANDING_OPEN);
    VEC_ADD(waivers.arena, &waivers,
            ((struct waiver){ .rule = STR("r"), .address = STR("aws_x.b"), .reason = STR("because too") }));
    waivers_apply(&waivers, &findings, STR("plan.json"), today);
    assert_int_equal(findings.items[0].standing, STANDING_WAIVED);
    assert_true(str_equal(findings.items[0].excuse, STR("because")));
}

static void days_of_the_calendar_are_told_from_other_text(void **state)
{
    (void)state;
    static const char *const good[] = { "2026-11-25", "2024-02-29", "2000-02-29", "0001-01-01" };
    static const char *const bad[] = { "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-1",
                                       "26-04-01", "2026/04/01", "2026-04-00", "", "tomorrow" };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(waiver_is_date(str_from(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (waiver_is_date(str_from(bad[i])))
            fail_msg("%s is no day", bad[i]);
}

static void seconds_become_a_day(void **state)
{
    static const struct { long long seconds; const char *day; } rows[] = {
        { 0, "1970-01-01" },          { 86399, "1970-01-01" },       { 951782400, "2000-02-29" },
        { 1795608000, "2026-11-25" }, { 1798761599, "2026-12-31" }, { 4107542400, "2100-03-01" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str day = waiver_date(*state, rows[i].seconds);
        if (!str_equal(day, str_from(rows[i].day)))
            fail_msg("expected %s, got %.*s", rows[i].day, STR_ARG(day));
    }
}

static void a_fingerprint_of_the_baseline_excuses_one_finding(void **state)
{
    struct findings before = new_findings(state), after = new_findings(state);
    add(&before, "r", "aws_x.a");
    add(&after, "r", "aws_x.a");
    add(&after, "r", "aws_x.a");
    add(&after, "r", "aws_x.b");
    struct baseline baseline = baseline_of(*state, &before);
    baseline_apply(&baseline, &after);
    assert_int_equal(after.items[0].standing, STANDING_KNOWN);
    assert_int_equal(after.items[1].standing, STANDING_OPEN);
    assert_int_equal(after.items[2].standing, STANDING_OPEN);
}

static void what_cannot_be_decided_any_more_is_not_mended(void **state)
{
    struct findings before = new_findings(state), after = new_findings(state);
    add(&before, "r", "aws_x.a");
    add(&before, "r", "aws_x.b");
    add(&before, "r", "aws_x.c");
    add(&after, "r", "aws_x.a");
    add(&after, "r", "aws_x.b");
    after.items[1].verdict = VERDICT_UNKNOWN;
    struct findings mended = baseline_mended(*state, &before, &after);
    assert_int_equal(mended.count, 1);
    assert_true(str_equal(mended.items[0].address, STR("aws_x.c")));
}

static void what_was_moved_is_neither_new_nor_mended(void **state)
{
    struct findings before = new_findings(state), after = new_findings(state);
    struct str former = STR("aws_x.a[0]");
    struct map moved;
    map_init(&moved, *state);
    *map_get(&moved, STR("aws_x.a[\"main\"]")) = &former;
    add(&before, "r", "aws_x.a[0]");
    add(&after, "r", "aws_x.a[\"main\"]");
    add(&after, "r", "aws_x.a[\"other\"]");
    findings_mark_moved(&after, &moved);
    struct baseline baseline = baseline_of(*state, &before);
    baseline_apply(&baseline, &after);
    assert_int_equal(after.items[0].standing, STANDING_KNOWN);
    assert_int_equal(after.items[1].standing, STANDING_OPEN);
    assert_int_equal(baseline_mended(*state, &before, &after).count, 0);
}

static void a_copy_of_findings_does_not_need_the_original(void **state)
{
    char address[] = "aws_x.a", part[] = "aws_x.b";
    struct findings findings = new_findings(state);
    const struct str related[] = { { part, sizeof part - 1 } };
    findings_add(&findings, (struct finding){ .rule = STR("r"), .address = { address, sizeof address - 1 },
                                              .related = related, .related_count = 1 });
    struct findings copy = findings_copy(*state, &findings);
    memset(address, '-', sizeof address);
    memset(part, '-', sizeof part);
    assert_true(str_equal(copy.items[0].address, STR("aws_x.a")));
    assert_true(str_equal(copy.items[0].related[0], STR("aws_x.b")));
    assert_null(copy.items[0].path.p);
    assert_int_equal(copy.items[0].fingerprint, findings.items[0].fingerprint);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        TEST(a_waiver_takes_exact_and_globbed_names),
        TEST(the_whole_stack_is_waived_by_a_star_only),
        TEST(a_waiver_of_another_input_does_not_count),
        TEST(without_reason_or_past_its_date_it_does_not_count_but_matches),
        TEST(a_waiver_ends_soon_within_fourteen_days),
        TEST(a_finding_on_several_resources_needs_a_waiver_for_each),
        TEST(days_of_the_calendar_are_told_from_other_text),
        TEST(seconds_become_a_day),
        TEST(a_fingerprint_of_the_baseline_excuses_one_finding),
        TEST(what_cannot_be_decided_any_more_is_not_mended),
        TEST(what_was_moved_is_neither_new_nor_mended),
        TEST(a_copy_of_findings_does_not_need_the_original),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
