#include "plan/log_read.h"
#include "plan_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define START "{\"@level\":\"info\",\"@message\":\"Terraform 1.11.4\",\"terraform\":\"1.11.4\",\"type\":\"version\"}\n"
#define CHANGE(address, rest) \
    "{\"@level\":\"info\",\"change\":{\"resource\":{\"addr\":\"" address "\",\"implied_provider\":\"aws\"}," rest "}," \
    "\"type\":\"planned_change\"}\n"

static struct log_reader *read_log(struct plan_case *c, const char *text, size_t chunk)
{
    plan_case_open(c, true);
    struct log_reader *reader = plan_open_log(c->reader);
    struct str all = str_from(text);
    for (size_t i = 0, n; i < all.n && c->ok; i += n) {
        n = chunk == 0 || chunk > all.n - i ? all.n - i : chunk;
        c->ok = log_feed(reader, all.p + i, n);
    }
    c->ok = c->ok && log_close(reader);
    fflush(c->out);
    return reader;
}

static void close_case(struct plan_case *c)
{
    fclose(c->out);
    plan_case_close(c);
}

static void planned_changes_are_resources_without_values(void **state)
{
    (void)state;
    static const char text[] =
        START "a line of a wrapper\n"
        "{\"@level\":\"info\",\"change\":{\"resource\":{\"addr\":\"aws_x.drift\"},\"action\":\"update\"},\"type\":"
        "\"resource_drift\"}\n"
        CHANGE("module.m[\\\"k\\\"].aws_x.a[0]", "\"action\":\"replace\",\"reason\":\"tainted\"")
        CHANGE("aws_x.b", "\"action\":\"delete\",\"reason\":\"delete_because_no_resource_config\"")
        CHANGE("aws_x.c", "\"action\":\"move\",\"previous_resource\":{\"addr\":\"aws_x.old\"}")
        CHANGE("aws_x.d", "\"action\":\"import\",\"importing\":{\"id\":\"i\"}")
        CHANGE("aws_x.e", "\"action\":\"remove\"")
        CHANGE("data.aws_x.f", "\"action\":\"read\"")
        "{\"@level\":\"info\",\"changes\":{\"add\":1,\"operation\":\"plan\"},\"type\":\"change_summary\"}";
    for (size_t chunk = 0; chunk < 4; chunk++) {
        struct plan_case c;
        read_log(&c, text, chunk);
        assert_true(c.ok);
        assert_string_equal(
            c.text,
            "resource | module.m[\"k\"].aws_x.a[0] | - | module.m[\"k\"] | module.m.aws_x.a | aws_x | a | aws | - | "
            "replace_because_tainted | mode 0 actions 32 after {-:?} replace none\n"
            "resource | aws_x.b | - |  | aws_x.b | aws_x | b | aws | - | delete_because_no_resource_config | mode 0 actions 16 "
            "after none replace none\n"
            "resource | aws_x.c | - |  | aws_x.c | aws_x | c | aws | aws_x.old | - | mode 0 actions 1 after {-:?} replace none\n"
            "resource | aws_x.d | - |  | aws_x.d | aws_x | d | aws | - | - | mode 0 actions 1 import after {-:?} replace none\n"
            "resource | aws_x.e | - |  | aws_x.e | aws_x | e | aws | - | - | mode 0 actions 64 after none replace none\n"
            "resource | data.aws_x.f | - |  | data.aws_x.f | aws_x | f | aws | - | - | mode 1 actions 4 after {-:?} replace "
            "none\n");
        assert_true(c.plan.is_log && c.plan.is_text && c.plan.hides_resources);
        assert_true(str_equal(c.plan.terraform_version, STR("1.11.4")));
        assert_false(c.plan.is_errored);
        close_case(&c);
    }
}

static void diagnostics_are_sentences_and_errors_mark_the_plan(void **state)
{
    (void)state;
    struct plan_case c;
    size_t count = 0;
    struct log_reader *reader =
        read_log(&c, START "{\"@level\":\"warn\",\"diagnostic\":{\"severity\":\"warning\",\"summary\":\"Old argument\"},"
                           "\"type\":\"diagnostic\"}\n"
                           "{\"@level\":\"error\",\"diagnostic\":{\"severity\":\"error\",\"summary\":\"No bucket\",\"range\":"
                           "{\"filename\":\"main.tf\",\"start\":{\"line\":7}}},\"type\":\"diagnostic\"}\n", 0);
    assert_true(c.ok && c.plan.is_errored);
    const struct str *diagnostics = log_diagnostics(reader, &count);
    assert_int_equal(count, 2);
    assert_true(str_equal(diagnostics[0], STR("Terraform says: warning: Old argument")));
    assert_true(str_equal(diagnostics[1], STR("Terraform says: error: No bucket (main.tf:7)")));
    close_case(&c);
}

static void the_log_of_another_command_is_refused(void **state)
{
    (void)state;
    struct plan_case c;
    read_log(&c, START "{\"@level\":\"info\",\"changes\":{\"add\":1,\"operation\":\"apply\"},\"type\":\"change_summary\"}\n", 0);
    assert_false(c.ok);
    assert_int_equal(c.error.code, ERROR_INPUT);
    close_case(&c);
    assert_true(log_is_stream(STR(START)));
    assert_false(log_is_stream(STR("{\"format_version\":\"1.2\"}")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planned_changes_are_resources_without_values),
        cmocka_unit_test(diagnostics_are_sentences_and_errors_mark_the_plan),
        cmocka_unit_test(the_log_of_another_command_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
