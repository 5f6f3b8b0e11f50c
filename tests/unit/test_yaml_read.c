#include "yaml/yaml_read.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void fail_for_memory(void *context)
{
    (void)context;
    abort();
}

static struct memory memory = { .exhausted = fail_for_memory };
static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_open(&memory);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

static const struct yaml_node *read_good(struct str text)
{
    struct error error = { .code = ERROR_NONE };
    const struct yaml_node *root = yaml_read(arena, STR("rule.yaml"), text, &error);
    if (root == NULL)
        fail_msg("refused %.*s: %zu:%zu %s", STR_ARG(text), error.line, error.column, error.text);
    assert_int_equal(error.code, ERROR_NONE);
    return root;
}

/* The text is refused at this place, with a sentence that holds part. */
static void check_refused(struct str text, size_t line, size_t column, const char *part)
{
    struct error error = { .code = ERROR_NONE };
    if (yaml_read(arena, STR("rule.yaml"), text, &error) != NULL)
        fail_msg("accepted %.*s", STR_ARG(text));
    assert_int_equal(error.code, ERROR_POLICY);
    assert_true(str_equal(error.file, STR("rule.yaml")));
    if (error.line != line || error.column != column || str_find(str_from(error.text), str_from(part)) < 0)
        fail_msg("%.*s: got %zu:%zu %s", STR_ARG(text), error.line, error.column, error.text);
}

static void check_text(const struct yaml_node *node, enum yaml_kind kind, struct str text)
{
    assert_non_null(node);
    assert_int_equal(node->kind, kind);
    assert_int_equal(node->text.n, text.n);
    assert_memory_equal(node->text.p, text.p, text.n);
}

static void check_scalar(struct str text, enum yaml_kind kind, struct str wanted)
{
    const struct yaml_node *node = read_good(text);
    check_text(node, kind, wanted);
    if (kind == YAML_NUMBER)
        assert_true(number_is_valid(node->text));
}

static void members_and_items_come_in_order_with_their_places(void **state)
{
    (void)state;
    const struct yaml_node *root = read_good(STR("id: a-b\nalso:\n  - X\n  - [1, two]\nselect: { type: t }\n"));
    assert_int_equal(root->kind, YAML_MAP);
    assert_int_equal(root->count, 3);
    assert_null(root->key.p);
    const struct yaml_node *id = root->first;
    check_text(id, YAML_STRING, STR("a-b"));
    assert_true(str_equal(id->key, STR("id")));
    assert_int_equal(id->key_line, 1);
    assert_int_equal(id->key_column, 1);
    assert_int_equal(id->column, 5);
    const struct yaml_node *also = id->next;
    assert_int_equal(also->kind, YAML_LIST);
    assert_int_equal(also->count, 2);
    assert_int_equal(also->key_line, 2);
    assert_int_equal(also->line, 3);
    assert_int_equal(also->column, 3);
    assert_null(also->first->key.p);
    assert_int_equal(also->first->next->line, 4);
    assert_int_equal(also->first->next->column, 5);
    check_text(also->first->next->first, YAML_NUMBER, STR("1"));
    const struct yaml_node *type = yaml_find(yaml_find(root, STR("select")), STR("type"));
    check_text(type, YAML_STRING, STR("t"));
    assert_int_equal(type->key_column, 11);
    assert_int_equal(type->column, 17);
    assert_null(type->next);
}

static void columns_count_bytes(void **state)
{
    (void)state;
    const struct yaml_node *root = read_good(STR("{\"\xC3\xA9\": \"\xF0\x9F\x98\x80\", b: 1}"));
    assert_int_equal(root->first->column, 8);
    assert_int_equal(root->first->next->key_column, 16);
    assert_int_equal(root->first->next->column, 19);
}

static void crlf_and_lone_cr_end_lines(void **state)
{
    (void)state;
    const struct yaml_node *root = read_good(STR("a: 1\r\nb: 2\rc: 3\n"));
    assert_int_equal(yaml_find(root, STR("b"))->line, 2);
    assert_int_equal(yaml_find(root, STR("c"))->line, 3);
    assert_int_equal(yaml_find(root, STR("c"))->column, 4);
}

static void json_is_read_as_yaml(void **state)
{
    (void)state;
    const struct yaml_node *root = read_good(
        STR("{\n\t\"a\":1,\"b\" : [true,false,null,-1.5e+3,\"x\\/\\n\\u00e9\\t\"],\n\t\"c\":{},\"d\":[],\"\":\"\"}"));
    assert_int_equal(root->count, 5);
    check_text(yaml_find(root, STR("a")), YAML_NUMBER, STR("1"));
    const struct yaml_node *item = yaml_find(root, STR("b"))->first;
    assert_int_equal(item->kind, YAML_BOOL);
    assert_true(item->truth);
    assert_false(item->next->truth);
    assert_int_equal(item->next->next->kind, YAML_NULL);
    check_text(item->next->next->next, YAML_NUMBER, STR("-1.5e+3"));
    check_text(item->next->next->next->next, YAML_STRING, STR("x/\n\xC3\xA9\t"));
    assert_int_equal(yaml_find(root, STR("c"))->kind, YAML_MAP);
    assert_int_equal(yaml_find(root, STR("c"))->count, 0);
    assert_int_equal(yaml_find(root, STR("d"))->kind, YAML_LIST);
    check_text(yaml_find(root, STR("")), YAML_STRING, STR(""));
}

static void empty_documents_are_null(void **state)
{
    (void)state;
    static const struct str texts[] = { STR_INIT(""), STR_INIT("# nothing\n"), STR_INIT("\xEF\xBB\xBF"),
                                        STR_INIT("---\n...\n") };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_scalar(texts[i], YAML_NULL, STR(""));
    assert_int_equal(read_good((struct str){ NULL, 0 })->line, 1);
    assert_int_equal(read_good(STR(""))->column, 1);
}

static void null_and_truth_have_three_spellings_each(void **state)
{
    (void)state;
    check_scalar(STR("null"), YAML_NULL, STR("null"));
    check_scalar(STR("Null"), YAML_NULL, STR("Null"));
    check_scalar(STR("NULL"), YAML_NULL, STR("NULL"));
    check_scalar(STR("~"), YAML_NULL, STR("~"));
    check_scalar(STR("nULL"), YAML_STRING, STR("nULL"));
    assert_int_equal(read_good(STR("a:"))->first->kind, YAML_NULL);
    static const struct str yes[] = { STR_INIT("true"), STR_INIT("True"), STR_INIT("TRUE") };
    static const struct str no[] = { STR_INIT("false"), STR_INIT("False"), STR_INIT("FALSE") };
    for (size_t i = 0; i < 3; i++) {
        check_scalar(yes[i], YAML_BOOL, yes[i]);
        assert_true(read_good(yes[i])->truth);
        check_scalar(no[i], YAML_BOOL, no[i]);
        assert_false(read_good(no[i])->truth);
    }
}

static void yes_no_on_off_and_other_old_words_are_strings(void **state)
{
    (void)state;
    static const struct str words[] = { STR_INIT("yes"),  STR_INIT("no"),   STR_INIT("on"),    STR_INIT("off"),
                                        STR_INIT("NO"),   STR_INIT("y"),    STR_INIT("1:20"),  STR_INIT("1_000"),
                                        STR_INIT(".inf"), STR_INIT(".nan"), STR_INIT("-.INF"), STR_INIT("2024-01-01"),
                                        STR_INIT("="),    STR_INIT("."),    STR_INIT("+"),     STR_INIT("1e"),
                                        STR_INIT("1.2.3"), STR_INIT("0x"),  STR_INIT("0xg"),   STR_INIT("-0x1"),
                                        STR_INIT("0o8"),  STR_INIT("--1"),  STR_INIT("1e+"),   STR_INIT("10.0.0.0") };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        check_scalar(words[i], YAML_STRING, words[i]);
}

static void numbers_become_json_numbers(void **state)
{
    (void)state;
    static const struct {
        struct str text, number;
    } rows[] = {
        { STR_INIT("0"), STR_INIT("0") },         { STR_INIT("-0"), STR_INIT("-0") },
        { STR_INIT("+5"), STR_INIT("5") },        { STR_INIT("-12"), STR_INIT("-12") },
        { STR_INIT(".5"), STR_INIT("0.5") },      { STR_INIT("-.5"), STR_INIT("-0.5") },
        { STR_INIT("5."), STR_INIT("5") },        { STR_INIT("5.e3"), STR_INIT("5e3") },
        { STR_INIT("1.50"), STR_INIT("1.50") },   { STR_INIT("+.5E+3"), STR_INIT("0.5E+3") },
        { STR_INIT("0x1F"), STR_INIT("31") },     { STR_INIT("0o17"), STR_INIT("15") },
        { STR_INIT("1e400"), STR_INIT("1e400") }, { STR_INIT("0.0"), STR_INIT("0.0") },
        { STR_INIT("0xffffffffffffffff"), STR_INIT("18446744073709551615") },
        { STR_INIT("0o1777777777777777777777"), STR_INIT("18446744073709551615") },
        { STR_INIT("123456789012345678901234567890"), STR_INIT("123456789012345678901234567890") },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_scalar(rows[i].text, YAML_NUMBER, rows[i].number);
}

static void digits_behind_a_leading_zero_stay_text(void **state)
{
    (void)state;
    check_scalar(STR("012345678901"), YAML_STRING, STR("012345678901"));
    check_scalar(STR("0755"), YAML_STRING, STR("0755"));
    check_scalar(STR("00.5"), YAML_STRING, STR("00.5"));
}

static void hexadecimal_beyond_64_bits_stays_text(void **state)
{
    (void)state;
    check_scalar(STR("0x10000000000000000"), YAML_STRING, STR("0x10000000000000000"));
    check_scalar(STR("0o2000000000000000000000"), YAML_STRING, STR("0o2000000000000000000000"));
}

static void quoted_and_block_scalars_are_always_strings(void **state)
{
    (void)state;
    check_scalar(STR("\"1\""), YAML_STRING, STR("1"));
    check_scalar(STR("'true'"), YAML_STRING, STR("true"));
    check_scalar(STR("''"), YAML_STRING, STR(""));
    check_text(read_good(STR("a: |\n  1\n"))->first, YAML_STRING, STR("1\n"));
    check_text(read_good(STR("a: >-\n  null\n"))->first, YAML_STRING, STR("null"));
    check_text(read_good(STR("a: |-\n  *x &y !z\n  %d\n"))->first, YAML_STRING, STR("*x &y !z\n%d"));
    check_scalar(STR("\"a\\0b\""), YAML_STRING, STR("a\0b"));
}

static void keys_are_always_strings(void **state)
{
    (void)state;
    const struct yaml_node *root = read_good(STR("1: a\ntrue: b\n~: c\n? d\n: e\n'': f\n\"<<\": g\n"));
    assert_int_equal(root->count, 6);
    assert_non_null(yaml_find(root, STR("1")));
    assert_non_null(yaml_find(root, STR("true")));
    assert_non_null(yaml_find(root, STR("~")));
    check_text(yaml_find(root, STR("d")), YAML_STRING, STR("e"));
    check_text(yaml_find(root, STR("")), YAML_STRING, STR("f"));
    assert_null(yaml_find(root, STR("h")));
    assert_null(yaml_find(root->first, STR("1")));
}

static void signs_inside_text_are_text(void **state)
{
    (void)state;
    const struct yaml_node *root = read_good(STR("a: s3:*\nb: x & y\nc: really!\nd: 100%\ne: a,b\nf: aws_?_x\n"));
    check_text(root->first, YAML_STRING, STR("s3:*"));
    check_text(yaml_find(root, STR("c")), YAML_STRING, STR("really!"));
    check_text(yaml_find(root, STR("f")), YAML_STRING, STR("aws_?_x"));
}

static void byte_order_mark_takes_no_column(void **state)
{
    (void)state;
    const struct yaml_node *root = read_good(STR("\xEF\xBB\xBF" "a: b\n"));
    assert_int_equal(root->column, 1);
    assert_int_equal(root->first->column, 4);
}

static void anchors_are_refused(void **state)
{
    (void)state;
    check_refused(STR("a: 1\nb: &base 2\n"), 2, 4, "found the anchor &base; anchors are not allowed");
    check_refused(STR("&r [1]"), 1, 1, "anchor &r");
    check_refused(STR("&r\na: 1"), 1, 1, "anchor &r");
    check_refused(STR("&k a: 1"), 1, 1, "anchor &k");
    check_refused(STR("\xC3\xA9: {\"\xC3\xBC\": &a 1}"), 1, 12, "anchor &a");
    check_refused(STR("a: & b"), 1, 4, "found &, which begins an anchor");
}

static void aliases_are_refused(void **state)
{
    (void)state;
    check_refused(STR("a: *base\n"), 1, 4, "found the alias *base; aliases are not allowed");
    check_refused(STR("[x,\n *y]"), 2, 2, "alias *y");
    check_refused(STR("*k : 1"), 1, 1, "alias *k");
    check_refused(STR("actions:\n  - *\n"), 2, 5, "for a star itself write \"*\" in quotes");
}

static void tags_are_refused(void **state)
{
    (void)state;
    static const struct str tagged[] = { STR_INIT("a: !t 1"),    STR_INIT("a: ! 12"),  STR_INIT("a: ! \"x\""),
                                         STR_INIT("a: !"),       STR_INIT("a: !!str 1"), STR_INIT("a: !e!x 1"),
                                         STR_INIT("a: !<x> 1"),  STR_INIT("a: !<x"),   STR_INIT("a: ! [1]"),
                                         STR_INIT("a: ! {}"),    STR_INIT("a: !Ref x"), STR_INIT("a: !t &a x") };
    for (size_t i = 0; i < sizeof tagged / sizeof *tagged; i++)
        check_refused(tagged[i], 1, 4, "found !, which begins a tag; tags are not allowed");
    check_refused(STR("a: 1\n!k b: 2\n"), 2, 1, "tag");
    check_refused(STR("!t\na: 1"), 1, 1, "tag");
}

static void directives_are_refused(void **state)
{
    (void)state;
    check_refused(STR("%YAML 1.2\n---\na: 1\n"), 1, 1, "found a % directive");
    check_refused(STR("# first\n\n%TAG ! !x\n---\n"), 3, 1, "found a % directive");
    check_refused(STR("%OTHER\n"), 1, 1, "found a % directive");
    check_refused(STR("%YAML 9.9\n---\n"), 1, 1, "found a % directive");
    check_refused(STR("a\n...\n%YAML 1.2\n---\nb"), 3, 1, "found a % directive");
    check_refused(STR("a\n...\n%OTHER x\n---\nb"), 3, 1, "found a % directive");
}

static void second_documents_are_refused(void **state)
{
    (void)state;
    check_refused(STR("a: 1\n---\nb: 2\n"), 2, 1, "found a second document; write one document per file");
    check_refused(STR("---\n---\n"), 2, 1, "second document");
    check_refused(STR("a: 1\n...\nb: 2\n"), 3, 1, "behind the end of the document");
    check_refused(STR("{}{}"), 1, 3, "behind the end of the document");
}

static void duplicate_keys_are_refused_with_the_line_of_the_first(void **state)
{
    (void)state;
    check_refused(STR("a: 1\nb: 2\n\"a\": 3\n"), 3, 1, "found the key \"a\" a second time, first on line 1");
    check_refused(STR("{\"a\":1,\n \"b\":{\"c\":1,\"c\":2}}"), 2, 13, "\"c\" a second time, first on line 2");
    assert_int_equal(read_good(STR("a: {x: 1}\nb: {x: 1}\n"))->count, 2);
    check_refused(STR("\"a\\n\\u001bb\": 1\n\"a\\n\\u001bb\": 2\n"), 2, 1, "\"a??b\"");
}

static void merge_keys_are_refused(void **state)
{
    (void)state;
    check_refused(STR("a:\n  <<: {b: 1}\n"), 2, 3, "found the merge key <<");
    check_refused(STR("{<<: x}"), 1, 2, "found the merge key <<");
}

static void keys_that_are_not_scalars_are_refused(void **state)
{
    (void)state;
    check_refused(STR("? [a]\n: b\n"), 1, 3, "found a list as a key");
    check_refused(STR("[a, b]: c\n"), 1, 1, "found a list as a key");
    check_refused(STR("? {a: 1}\n: b\n"), 1, 3, "found a mapping as a key");
    check_refused(STR("name: {{ x }}\n"), 1, 8, "put text such as \"{{ name }}\" in quotes");
}

static void missing_keys_are_refused(void **state)
{
    (void)state;
    check_refused(STR("?\n: b\n"), 1, 2, "found no key where one is due");
    check_refused(STR("[?x]"), 1, 3, "found text right behind a question mark");
    check_refused(STR("{?x: 1}"), 1, 3, "found text right behind a question mark");
}

static void nest(char *text, size_t depth)
{
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
}

static void nesting_is_refused_beyond_64(void **state)
{
    (void)state;
    char text[2 * 65];
    nest(text, 64);
    assert_int_equal(read_good((struct str){ text, 2 * 64 })->kind, YAML_LIST);
    nest(text, 65);
    check_refused((struct str){ text, 2 * 65 }, 1, 65, "found a list nested deeper than 64; write it flatter");
}

static void a_hundred_thousand_brackets_are_refused_alike(void **state)
{
    (void)state;
    enum { MANY = 100000 };
    char *text = arena_get_text(arena, MANY);
    memset(text, '[', MANY);
    check_refused((struct str){ text, MANY }, 1, 65, "nested deeper than 64");
    for (size_t i = 0; i < MANY; i++)
        text[i] = i % 2 == 0 ? '-' : ' ';
    check_refused((struct str){ text, MANY }, 1, 129, "nested deeper than 64");
}

static void text_that_is_not_utf8_is_refused(void **state)
{
    (void)state;
    check_refused(STR("a: b\nc: \xC3\xA9\xFF\n"), 2, 6, "found the byte 0xFF, which is not UTF-8");
    check_refused(STR("a: \xC0\x80"), 1, 4, "0xC0");
    check_refused(STR("a: \xED\xA0\x80"), 1, 4, "0xED");
}

static void utf16_is_refused(void **state)
{
    (void)state;
    check_refused(STR("\xFF\xFE" "a\0"), 1, 1, "found UTF-16 text; save the file as UTF-8");
    check_refused(STR("\xFE\xFF\0a"), 1, 1, "UTF-16");
    check_refused(STR("a\0:\0"), 1, 1, "UTF-16");
    check_refused(STR("\0a\0:"), 1, 1, "UTF-16");
}

static void control_characters_and_old_line_ends_are_refused(void **state)
{
    (void)state;
    check_refused(STR("a: 1\nb: \xC3\xA9\0x\n"), 2, 6, "found the control character U+0000");
    check_refused(STR("a: \"\x1B[0m\""), 1, 5, "write \\u001B in double quotes");
    check_refused(STR("a: \"\xE2\x80\xA8\""), 1, 5, "found the line separator U+2028");
    check_refused(STR("a: \xC2\x85"), 1, 4, "U+0085");
}

static void tabs_in_the_indentation_are_refused(void **state)
{
    (void)state;
    check_refused(STR("a:\n\tb: 1\n"), 2, 1, "found a tab in the indentation; indent with spaces");
    check_refused(STR("a:\n  b: 1\n\tc: 2\n"), 3, 1, "found a tab in the indentation");
    check_refused(STR("a: |\n\tx\n"), 2, 1, "found a tab in the indentation");
    check_refused(STR("a: b\n\tc\n"), 2, 1, "found a tab in the indentation");
    check_text(read_good(STR("a:\t1\t# tabs between are fine\n"))->first, YAML_NUMBER, STR("1"));
}

static void unfinished_quotes_and_brackets_are_refused(void **state)
{
    (void)state;
    check_refused(STR("a: 1\nb: \"x\nc: 2\n"), 2, 4, "found a quotation mark that is never closed");
    check_refused(STR("a: 'x\n---\n"), 1, 4, "not closed before the line ---");
    check_refused(STR("a: [1, 2\n"), 2, 1, "found neither , nor ] behind an item of a list in brackets");
    check_refused(STR("a:\n  {b: 1 c: 2}\n"), 2, 10, "(it begins on line 2)");
    check_refused(STR("a: ]"), 1, 4, "found a mark where a value is due");
}

static void wrong_escapes_are_refused(void **state)
{
    (void)state;
    check_refused(STR("a: \"\\d\""), 1, 5, "found an unknown escape after a backslash");
    check_refused(STR("a: \"\\xg0\""), 1, 7, "two after \\x");
    check_refused(STR("a: \"\\ud83d\\ude00\""), 1, 7, "write the character itself");
}

static void misplaced_colons_and_dashes_are_refused(void **state)
{
    (void)state;
    check_refused(STR("a: b: c"), 1, 5, "found a colon where no value can begin; put the text in quotes");
    check_refused(STR("a: 1\nb\n"), 2, 1, "found text without a colon where a key is due");
    check_refused(STR("a: - b\n"), 1, 4, "found - where no list can begin");
    check_refused(STR("a: @b\n"), 1, 4, "found @, which cannot begin a value; put the value in quotes");
    check_refused(STR("a: %b\n"), 1, 4, "found %, which cannot begin a value");
    check_refused(STR("a:\n    b: 2\n  c: 1\n"), 3, 3, "give all keys of a mapping the same indentation");
    check_refused(STR("- a\nb: 1\n"), 2, 1, "begin each with \"- \"");
    check_refused(STR("a: |x\n"), 1, 5, "begin the text on the next line");
}

static void the_first_error_counts(void **state)
{
    (void)state;
    struct error error = { .code = ERROR_NONE };
    error_set(&error, ERROR_USAGE, "earlier");
    assert_null(yaml_read(arena, STR("f"), STR("*a"), &error));
    assert_int_equal(error.code, ERROR_USAGE);
}

static jmp_buf out_of_memory;

static void jump_out(void *context)
{
    (void)context;
    longjmp(out_of_memory, 1);
}

static void refused_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    struct error error = { .code = ERROR_NONE };
    volatile size_t refusals = 0;
    for (volatile size_t at = 2;; at++) { /* the first is the arena's own */
        struct memory poor = { .exhausted = jump_out, .fail_at = at };
        struct arena *volatile small = arena_open(&poor);
        bool is_refused = setjmp(out_of_memory) != 0;
        if (!is_refused)
            assert_non_null(yaml_read(small, STR("f"), STR("a: [1, {b: c}]\nd: \"e\"\n"), &error));
        arena_close(small);
        if (!is_refused)
            break;
        refusals++;
    }
    assert_true(refusals > 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(members_and_items_come_in_order_with_their_places),
        TEST(columns_count_bytes),
        TEST(crlf_and_lone_cr_end_lines),
        TEST(json_is_read_as_yaml),
        TEST(empty_documents_are_null),
        TEST(null_and_truth_have_three_spellings_each),
        TEST(yes_no_on_off_and_other_old_words_are_strings),
        TEST(numbers_become_json_numbers),
        TEST(digits_behind_a_leading_zero_stay_text),
        TEST(hexadecimal_beyond_64_bits_stays_text),
        TEST(quoted_and_block_scalars_are_always_strings),
        TEST(keys_are_always_strings),
        TEST(signs_inside_text_are_text),
        TEST(byte_order_mark_takes_no_column),
        TEST(anchors_are_refused),
        TEST(aliases_are_refused),
        TEST(tags_are_refused),
        TEST(directives_are_refused),
        TEST(second_documents_are_refused),
        TEST(duplicate_keys_are_refused_with_the_line_of_the_first),
        TEST(merge_keys_are_refused),
        TEST(keys_that_are_not_scalars_are_refused),
        TEST(missing_keys_are_refused),
        TEST(nesting_is_refused_beyond_64),
        TEST(a_hundred_thousand_brackets_are_refused_alike),
        TEST(text_that_is_not_utf8_is_refused),
        TEST(utf16_is_refused),
        TEST(control_characters_and_old_line_ends_are_refused),
        TEST(tabs_in_the_indentation_are_refused),
        TEST(unfinished_quotes_and_brackets_are_refused),
        TEST(wrong_escapes_are_refused),
        TEST(misplaced_colons_and_dashes_are_refused),
        TEST(the_first_error_counts),
        TEST(refused_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests_name("yaml_read", tests, NULL, NULL);
}
