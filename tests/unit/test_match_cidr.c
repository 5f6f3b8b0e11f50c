#include "match/cidr.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct cidr parse(const char *text)
{
    struct cidr cidr;
    if (!cidr_parse(str_from(text), &cidr))
        fail_msg("refused %s", text);
    return cidr;
}

static bool contains(const char *outer, const char *inner)
{
    struct cidr a = parse(outer), b = parse(inner);
    return cidr_contains(&a, &b);
}

static bool overlaps(const char *one, const char *other)
{
    struct cidr a = parse(one), b = parse(other);
    assert_int_equal(cidr_overlaps(&a, &b), cidr_overlaps(&b, &a));
    return cidr_overlaps(&a, &b);
}

static void both_families_are_parsed(void **state)
{
    (void)state;
    struct cidr v4 = parse("10.1.2.3/16");
    assert_false(v4.is_v6);
    assert_int_equal(v4.bits, 16);
    assert_memory_equal(v4.bytes, "\x0A\x01\x02\x03", 4);
    struct cidr v6 = parse("2001:db8::/32");
    assert_true(v6.is_v6);
    assert_int_equal(v6.bits, 32);
    assert_memory_equal(v6.bytes, "\x20\x01\x0D\xB8\0\0\0\0\0\0\0\0\0\0\0\0", 16);
    assert_int_equal(parse("::/0").bits, 0);
    assert_int_equal(parse("::ffff:1.2.3.4/128").bits, 128);
    assert_int_equal(parse("0.0.0.0/0").bits, 0);
    assert_int_equal(parse("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255/128").bits, 128);
}

static void malformed_ranges_are_refused(void **state)
{
    (void)state;
    static const struct str texts[] = {
        STR_INIT(""),             STR_INIT("/"),               STR_INIT("10.0.0.0"),       STR_INIT("10.0.0.0/"),
        STR_INIT("/8"),           STR_INIT("10.0.0.0/33"),     STR_INIT("10.0.0.0/08"),    STR_INIT("10.0.0.0/00"),
        STR_INIT("10.0.0.0/+8"),  STR_INIT("10.0.0.0/-1"),     STR_INIT("10.0.0.0/ 8"),    STR_INIT("10.0.0.0/8 "),
        STR_INIT(" 10.0.0.0/8"),  STR_INIT("10.0.0/8"),        STR_INIT("10.0.0.256/8"),   STR_INIT("010.0.0.0/8"),
        STR_INIT("10.0.0.0/8/8"), STR_INIT("10.0.0.0\0/8"),    STR_INIT("10.0.0.0/8\0"),   STR_INIT("::/129"),
        STR_INIT("::1::/64"),     STR_INIT("fe80::1%eth0/64"), STR_INIT("2001:db8/32"),    STR_INIT("0x0a.0.0.0/8"),
        STR_INIT("10/8"),         STR_INIT("::/1000"),         STR_INIT("10.0.0.0/255.0.0.0"),
        STR_INIT("0000:0000:0000:0000:0000:0000:0000:0000:0000:0000/64"),
    };
    struct cidr cidr = { .bits = 7 };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (cidr_parse(texts[i], &cidr))
            fail_msg("accepted %.*s", STR_ARG(texts[i]));
    assert_false(cidr_parse((struct str){ NULL, 0 }, &cidr));
    assert_int_equal(cidr.bits, 7);
}

static void range_contains_itself_and_smaller_ones(void **state)
{
    (void)state;
    assert_true(contains("10.0.0.0/16", "10.0.0.0/16"));
    assert_true(contains("10.0.0.0/16", "10.0.255.0/24"));
    assert_false(contains("10.0.0.0/16", "10.1.0.0/24"));
    assert_false(contains("10.0.0.0/24", "10.0.0.0/16"));
    assert_true(contains("0.0.0.0/0", "203.0.113.7/32"));
    assert_true(contains("10.0.0.0/12", "10.15.0.0/16"));
    assert_false(contains("10.0.0.0/12", "10.16.0.0/16"));
    assert_true(contains("2001:db8::/33", "2001:db8:7fff::/48"));
    assert_false(contains("2001:db8::/33", "2001:db8:8000::/48"));
    assert_true(contains("2001:db8::1/128", "2001:db8::1/128"));
    assert_false(contains("2001:db8::1/128", "2001:db8::2/128"));
}

static void bits_behind_the_prefix_do_not_count(void **state)
{
    (void)state;
    assert_true(contains("10.0.3.4/16", "10.0.0.0/24"));
    assert_true(overlaps("10.0.3.4/16", "10.0.200.0/17"));
}

static void ranges_overlap_when_one_contains_the_other(void **state)
{
    (void)state;
    assert_true(overlaps("10.0.0.0/16", "10.0.4.0/22"));
    assert_false(overlaps("10.0.0.0/24", "10.0.1.0/24"));
    assert_true(overlaps("0.0.0.0/0", "1.2.3.4/32"));
}

static void families_never_meet(void **state)
{
    (void)state;
    assert_false(contains("::/0", "10.0.0.0/8"));
    assert_false(contains("0.0.0.0/0", "::/0"));
    assert_false(overlaps("::/0", "0.0.0.0/0"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_families_are_parsed),
        cmocka_unit_test(malformed_ranges_are_refused),
        cmocka_unit_test(range_contains_itself_and_smaller_ones),
        cmocka_unit_test(bits_behind_the_prefix_do_not_count),
        cmocka_unit_test(ranges_overlap_when_one_contains_the_other),
        cmocka_unit_test(families_never_meet),
    };
    return cmocka_run_group_tests_name("match_cidr", tests, NULL, NULL);
}
