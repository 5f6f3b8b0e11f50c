#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "hcl/hcl_read.h"
#include "plan/plan.h"
#include "plan/resource.h"
#include "source/folder.h"
#include "source/source.h"
#include "source/watch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define FIXTURE "tests/source"

static void exhausted(void *context)
{
    (void)context;
    abort();
}

static struct memory memory = { .exhausted = exhausted };

static int open_source(void **state)
{
    struct error error = { 0 };
    *state = source_open(arena_open(&memory), STR(FIXTURE), &error);
    return *state == NULL;
}

static int close_source(void **state)
{
    arena_close(((struct source *)*state)->arena);
    return 0;
}

static void assert_text(struct str text, const char *wanted)
{
    assert_int_equal(text.n, strlen(wanted));
    assert_memory_equal(text.p == NULL ? "" : text.p, wanted, text.n);
}

static void expect(const struct source *source, const char *address, const char *path, const char *file, size_t line,
                   size_t end_line)
{
    struct source_place place = source_find_place(source, str_from(address), str_from(path));
    assert_text(place.file, file);
    assert_int_equal(place.line, line);
    assert_int_equal(place.end_line, end_line);
}

static void what_a_finding_can_speak_of_is_found(void **state)
{
    const struct source *source = *state;
    expect(source, "aws_s3_bucket.logs", NULL, FIXTURE "/main.tf", 16, 38);
    expect(source, "aws_s3_bucket.logs[\"x.y\"]", NULL, FIXTURE "/main.tf", 16, 38);
    expect(source, "data.aws_region.here", NULL, FIXTURE "/main.tf", 56, 56);
    expect(source, "var.environment", NULL, FIXTURE "/main.tf", 10, 12);
    expect(source, "output.region", "value", FIXTURE "/main.tf", 59, 59);
    expect(source, "module.shelf", "for_each", FIXTURE "/main.tf", 42, 42);
    expect(source, "provider.aws.west", NULL, FIXTURE "/main.tf", 5, 8);
    expect(source, "terraform", NULL, FIXTURE "/main.tf", 1, 3);
    expect(source, "aws_s3_bucket.other", NULL, "", 0, 0);
    expect(source, "aws_s3_bucket", NULL, "", 0, 0);
}

static void attributes_are_found_and_else_the_block_that_lacks_them(void **state)
{
    const struct source *source = *state;
    expect(source, "aws_s3_bucket.logs", "bucket", FIXTURE "/main.tf", 17, 17);
    expect(source, "aws_s3_bucket.logs", "versioning[0].enabled", FIXTURE "/main.tf", 20, 20);
    expect(source, "aws_s3_bucket.logs", "versioning[0].mfa_delete", FIXTURE "/main.tf", 19, 21);
    expect(source, "aws_s3_bucket.logs", "cors_rule[0].allowed_methods[0]", FIXTURE "/main.tf", 27, 27);
    expect(source, "aws_s3_bucket.logs", "lifecycle_rule[1].id", FIXTURE "/main.tf", 16, 38);
    expect(source, "aws_s3_bucket.logs", "tags[\"Owner\"]", FIXTURE "/main.tf", 16, 38);
    expect(source, "aws_s3_bucket.logs", "not [a path", FIXTURE "/main.tf", 16, 38);
}

static void modules_are_followed_and_downloaded_ones_stand_at_their_call(void **state)
{
    const struct source *source = *state;
    expect(source, "module.shelf[\"a.b\"].aws_sqs_queue.box", "name", FIXTURE "/modules/shelf/main.tf", 2, 2);
    expect(source, "module.shelf[\"c\"].module.again.aws_sqs_queue.box", NULL, FIXTURE "/modules/shelf/main.tf", 1, 4);
    expect(source, "module.shelf.module.again", NULL, FIXTURE "/modules/shelf/main.tf", 6, 8);
    expect(source, "module.vpc.aws_vpc.this", "cidr_block", FIXTURE "/main.tf", 45, 48);
    expect(source, "module.vpc.module.sub.aws_subnet.this", NULL, FIXTURE "/main.tf", 45, 48);
    expect(source, "module.lost.aws_vpc.this", NULL, FIXTURE "/main.tf", 50, 52);
    expect(source, "module.nowhere.aws_vpc.this", NULL, "", 0, 0);
    assert_text(source_find_block(source, STR("module.vpc.module.sub.aws_subnet.this")).block->labels[0], "aws_subnet");
}

static void ignore_comments_name_their_block(void **state)
{
    const struct source_ignore *ignore = ((const struct source *)*state)->ignores;
    assert_text(ignore->rule, "s3-*");
    assert_text(ignore->address, "aws_s3_bucket.logs");
    assert_text(ignore->until, "2027-01-31");
    assert_text(ignore->reason, "Logs are thrown away with the stack.");
    assert_int_equal(ignore->place.line, 14);
    ignore = ignore->next;
    assert_text(ignore->rule, "versioning-off");
    assert_text(ignore->address, "aws_s3_bucket.logs");
    assert_null(ignore->until.p);
    assert_null(ignore->reason.p);
    ignore = ignore->next;
    assert_null(ignore->rule.p);
    assert_null(ignore->address.p);
    assert_int_equal(ignore->place.line, 54);
    ignore = ignore->next;
    assert_text(ignore->rule, "queue-dlq");
    assert_text(ignore->address, "module.shelf.aws_sqs_queue.box");
    assert_text(ignore->until, "2030-02-01");
    assert_null(ignore->reason.p);
    assert_text(ignore->next->address, "module.shelf.module.again.aws_sqs_queue.box");
}

static void findings_get_the_place_of_their_first_address(void **state)
{
    const struct source *source = *state;
    static const struct str addresses[] = { STR_INIT("aws_s3_bucket.logs"), STR_INIT("data.aws_region.here") };
    struct findings findings = { .arena = source->arena };
    findings_add(&findings, (struct finding){ .rule = STR("a"), .addresses = addresses, .address_count = 2 });
    findings_add(&findings, (struct finding){ .rule = STR("b") });
    findings_add(&findings, (struct finding){ .rule = STR("c"), .address = addresses[1],
                                              .source = { .file = STR("cdk.ts"), .line = 7 } });
    source_place_findings(source, &findings);
    assert_int_equal(findings.items[0].source.line, 16);
    assert_null(findings.items[1].source.file.p);
    assert_text(findings.items[2].source.file, "cdk.ts");
}

static void ignore_resource(void *context, const struct resource *resource)
{
    (void)resource;
    ++*(size_t *)context;
}

static bool want_nothing(void *context, struct str key, struct str type, struct str attribute)
{
    (void)context;
    (void)key;
    (void)type;
    return attribute.p == NULL;
}

static void a_plan_of_other_resources_does_not_match(void **state)
{
    static const struct plan_events events = { ignore_resource, want_nothing };
    size_t told = 0;
    struct source_watch watch;
    source_watch_start(&watch, *state, &events, &told);
    const struct plan_events *between = source_watch_events();
    struct resource resource = { .configuration_key = STR("aws_s3_bucket.logs"), .actions = ACTION_CREATE };
    assert_false(source_watch_matches(&watch));
    between->resource(&watch, &resource);
    resource.configuration_key = STR("module.lost.aws_vpc.this");
    between->resource(&watch, &resource);
    resource.configuration_key = STR("aws_s3_bucket.gone");
    resource.actions = ACTION_DELETE;
    between->resource(&watch, &resource);
    assert_true(source_watch_matches(&watch));
    resource.actions = ACTION_UPDATE;
    between->resource(&watch, &resource);
    assert_false(source_watch_matches(&watch));
    assert_int_equal(told, 4);
    assert_true(between->wants(&watch, STR(""), STR(""), (struct str){ NULL, 0 }));
    assert_false(between->wants(&watch, STR(""), STR(""), STR("name")));
}

/* Tells a watch on the wired configuration of these resources; the last is NULL. Whether nothing else can be there. */
static bool shows_all(void **state, const char *const *keys, unsigned actions)
{
    static const struct plan_events events = { ignore_resource, want_nothing };
    struct error error = { 0 };
    size_t told = 0;
    struct plan plan = { .is_text = true };
    struct source_watch watch;
    const struct source *source = source_open(((struct source *)*state)->arena, STR("tests/source/wired"), &error);
    assert_non_null(source);
    source_watch_start(&watch, source, &events, &told);
    source_watch_teach(&watch, &plan, NULL);
    for (; *keys != NULL; keys++)
        source_watch_events()->resource(&watch, &(struct resource){ .configuration_key = str_from(*keys), .actions = actions });
    return source_watch_shows_all(&watch);
}

static void a_new_stack_hides_nothing_and_an_old_one_may(void **state)
{
    static const char *const certain[] = { "aws_sns_topic.alerts", "aws_sns_topic.other", "module.queue.aws_sqs_queue.this", NULL };
    static const char *const all[] = { "aws_sns_topic.alerts", "aws_sns_topic.other", "module.queue.aws_sqs_queue.this",
                                       "aws_kms_key.main", "aws_sqs_queue.other", NULL };
    static const char *const some[] = { "aws_sns_topic.alerts", "aws_kms_key.main", "aws_sqs_queue.other", NULL };
    assert_true(shows_all(state, certain, ACTION_CREATE));
    assert_false(shows_all(state, certain, ACTION_UPDATE));
    assert_true(shows_all(state, all, ACTION_UPDATE));
    assert_false(shows_all(state, some, ACTION_CREATE));
}

static void paths_are_joined_without_dots(void **state)
{
    struct arena *arena = ((const struct source *)*state)->arena;
    assert_text(source_join_path(arena, STR("."), STR("main.tf")), "main.tf");
    assert_text(source_join_path(arena, STR("."), STR("../up")), "../up");
    assert_text(source_join_path(arena, STR("../up"), STR("../../x")), "../../x");
    assert_text(source_join_path(arena, STR("a/b/"), STR("./../c")), "a/c");
    assert_text(source_join_path(arena, STR("/"), STR("../x")), "/x");
    assert_text(source_join_path(arena, STR("/a"), STR("..")), "/");
    assert_text(source_join_path(arena, STR("a"), STR("..")), ".");
    assert_text(source_join_path(arena, STR("a"), STR("/b")), "/b");
}

static void a_directory_without_configuration_is_refused(void **state)
{
    struct error error = { 0 };
    assert_null(source_open(((struct source *)*state)->arena, STR("tests/fuzz"), &error));
    assert_int_equal(error.code, ERROR_INPUT);
    error.code = ERROR_NONE;
    assert_null(source_open(((struct source *)*state)->arena, STR("tests/nowhere"), &error));
    assert_int_equal(error.code, ERROR_SYSTEM);
}

static void what_cannot_be_read_is_told(void **state)
{
    struct source *source = *state;
    struct error error = { 0 };
    size_t count = 1;
    assert_null(source_complaint(source, source->arena, &count).p);
    assert_int_equal(count, 0);
    const struct source *wrong = source_open(source->arena, STR("tests/fuzz/seeds/hcl"), &error);
    assert_non_null(wrong);
    struct str complaint = source_complaint(wrong, source->arena, &count);
    assert_true(str_starts_with(complaint, STR("tests/fuzz/seeds/hcl/refused.tf:2:14: ")));
    assert_int_equal(count, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_a_finding_can_speak_of_is_found, open_source, close_source),
        cmocka_unit_test_setup_teardown(attributes_are_found_and_else_the_block_that_lacks_them, open_source, close_source),
        cmocka_unit_test_setup_teardown(modules_are_followed_and_downloaded_ones_stand_at_their_call, open_source,
                                        close_source),
        cmocka_unit_test_setup_teardown(ignore_comments_name_their_block, open_source, close_source),
        cmocka_unit_test_setup_teardown(findings_get_the_place_of_their_first_address, open_source, close_source),
        cmocka_unit_test_setup_teardown(a_plan_of_other_resources_does_not_match, open_source, close_source),
        cmocka_unit_test_setup_teardown(a_new_stack_hides_nothing_and_an_old_one_may, open_source, close_source),
        cmocka_unit_test_setup_teardown(paths_are_joined_without_dots, open_source, close_source),
        cmocka_unit_test_setup_teardown(a_directory_without_configuration_is_refused, open_source, close_source),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_told, open_source, close_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
