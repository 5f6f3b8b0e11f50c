#include "base/arena.h"
#include "base/memory.h"
#include "plan/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void exhausted(void *context)
{
    (void)context;
    abort();
}

static void assert_text(struct str text, const char *wanted)
{
    assert_int_equal(text.n, strlen(wanted));
    assert_memory_equal(text.p == NULL ? "" : text.p, wanted, text.n);
}

/* The address in a block of its exact size has these parts. */
static void expect(const char *text, const char *module, const char *type, const char *name, const char *key)
{
    struct address address;
    size_t n = strlen(text);
    char *copy = malloc(n);
    assert_non_null(copy);
    memcpy(copy, text, n);
    assert_true(address_parse((struct str){ copy, n }, &address));
    assert_text(address.module, module);
    assert_text(address.type, type);
    assert_text(address.name, name);
    assert_text(address.key, key);
    assert_true(address.is_data == (strstr(text, "data.") != NULL));
    assert_true(address.is_ephemeral == (strstr(text, "ephemeral.") != NULL));
    free(copy);
}

static void a_resource_has_a_type_and_a_name(void **state)
{
    (void)state;
    expect("aws_s3_bucket.b", "", "aws_s3_bucket", "b", "");
    expect("null_resource.a-b_c", "", "null_resource", "a-b_c", "");
}

static void an_instance_key_is_a_number_or_a_string(void **state)
{
    (void)state;
    expect("aws_x.y[0]", "", "aws_x", "y", "[0]");
    expect("aws_x.y[184467440737095516150]", "", "aws_x", "y", "[184467440737095516150]");
    expect("aws_x.y[\"k\"]", "", "aws_x", "y", "[\"k\"]");
    expect("aws_x.y[\"\"]", "", "aws_x", "y", "[\"\"]");
    expect("aws_x.y[*]", "", "aws_x", "y", "[*]");
}

static void a_key_may_hold_what_separates_addresses(void **state)
{
    (void)state;
    expect("aws_x.y[\"a.b\"]", "", "aws_x", "y", "[\"a.b\"]");
    expect("aws_x.y[\"a]b[c\"]", "", "aws_x", "y", "[\"a]b[c\"]");
    expect("aws_x.y[\"say \\\"hi\\\"].z\"]", "", "aws_x", "y", "[\"say \\\"hi\\\"].z\"]");
    expect("aws_x.y[\"end\\\\\"]", "", "aws_x", "y", "[\"end\\\\\"]");
    expect("aws_x.y[\"dollar $${left}\"]", "", "aws_x", "y", "[\"dollar $${left}\"]");
    expect("aws_x.y[\"k\xC3\xA4se\"]", "", "aws_x", "y", "[\"k\xC3\xA4se\"]");
}

static void modules_stand_before_the_resource_with_their_keys(void **state)
{
    (void)state;
    expect("module.a.aws_x.y", "module.a", "aws_x", "y", "");
    expect("module.a[0].module.b[\"k\"].aws_x.y[1]", "module.a[0].module.b[\"k\"]", "aws_x", "y", "[1]");
    expect("module.a[\"module.c.d\"].aws_x.y", "module.a[\"module.c.d\"]", "aws_x", "y", "");
    expect("module.a[\"module.x[\\\"y\\\"].aws\"].module.b[\"]\"].aws_x.y[0]",
           "module.a[\"module.x[\\\"y\\\"].aws\"].module.b[\"]\"]", "aws_x", "y", "[0]");
}

static void data_and_ephemeral_resources_say_so(void **state)
{
    (void)state;
    expect("data.aws_region.current", "", "aws_region", "current", "");
    expect("module.m[\"a\"].data.aws_region.current[0]", "module.m[\"a\"]", "aws_region", "current", "[0]");
    expect("ephemeral.random_password.p", "", "random_password", "p", "");
    expect("module.m.ephemeral.random_password.p[\"k\"]", "module.m", "random_password", "p", "[\"k\"]");
}

static void what_is_no_resource_address_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",           ".",           "aws_x",          "aws_x.",         ".y",         "aws_x..y",      "aws_x.y.",
        "aws_x.y.z",  "aws_x[0].y",  "aws_x.y[0]z",    "aws_x.y[0].z",   "module",     "module.a",      "module.a.",
        "module.a.b", "module.a[0]", "module[0].a.b.c", "module..aws_x.y", "data.aws_x", "data[0].aws_x.y", "[0]",
        "aws_x.[0]",  "data.aws_x.y.z", "ephemeral.x", "aws_x.y[0][1]",
    };
    struct address address;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(address_parse(str_from(bad[i]), &address));
}

static void addresses_cut_off_anywhere_are_no_harm(void **state)
{
    (void)state;
    static const char whole[] = "module.a[\"x\\\"]\"].data.aws_x.y[\"k\\\\\"]";
    size_t good = 0;
    for (size_t n = 0; n < sizeof whole; n++) {
        struct address address;
        char *copy = malloc(n == 0 ? 1 : n);
        assert_non_null(copy);
        memcpy(copy, whole, n);
        good += address_parse((struct str){ copy, n }, &address);
        free(copy);
    }
    assert_int_equal(good, 2); /* without its key, and whole */
}

static void expect_without_keys(const char *text, const char *wanted)
{
    struct memory memory = { .exhausted = exhausted };
    struct arena *arena = arena_open(&memory);
    assert_text(address_without_keys(arena, str_from(text)), wanted);
    arena_close(arena);
}

static void configuration_speaks_of_addresses_without_keys(void **state)
{
    (void)state;
    expect_without_keys("", "");
    expect_without_keys("aws_x.y", "aws_x.y");
    expect_without_keys("aws_x.y[0]", "aws_x.y");
    expect_without_keys("module.a[\"b.c\"].module.d[0].data.aws_x.y[\"]\"]", "module.a.module.d.data.aws_x.y");
    expect_without_keys("module.a[\"x[\\\"y\\\"]\"].aws_x.y", "module.a.aws_x.y");
    expect_without_keys("module.a[\"slash\\\\\"].aws_x.y[\"$${z}\"]", "module.a.aws_x.y");
}

static void a_key_that_does_not_end_stays(void **state)
{
    (void)state;
    expect_without_keys("module.a[0].aws_x.y[\"k", "module.a.aws_x.y[\"k");
    expect_without_keys("aws_x.y[", "aws_x.y[");
    expect_without_keys("aws_x.y[\"a\\\"]", "aws_x.y[\"a\\\"]");
    expect_without_keys("aws_x.y[\"a\\", "aws_x.y[\"a\\");
}

static void a_long_run_of_brackets_takes_no_long_time(void **state)
{
    (void)state;
    struct memory memory = { .exhausted = exhausted };
    struct arena *arena = arena_open(&memory);
    size_t n = 4 << 20;
    char *text = arena_get_text(arena, n);
    memset(text, '[', n);
    assert_int_equal(address_without_keys(arena, (struct str){ text, n }).n, n);
    arena_close(arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_resource_has_a_type_and_a_name),
        cmocka_unit_test(an_instance_key_is_a_number_or_a_string),
        cmocka_unit_test(a_key_may_hold_what_separates_addresses),
        cmocka_unit_test(modules_stand_before_the_resource_with_their_keys),
        cmocka_unit_test(data_and_ephemeral_resources_say_so),
        cmocka_unit_test(what_is_no_resource_address_is_refused),
        cmocka_unit_test(addresses_cut_off_anywhere_are_no_harm),
        cmocka_unit_test(configuration_speaks_of_addresses_without_keys),
        cmocka_unit_test(a_key_that_does_not_end_stays),
        cmocka_unit_test(a_long_run_of_brackets_takes_no_long_time),
    };
    return cmocka_run_group_tests_name("plan/address", tests, NULL, NULL);
}
