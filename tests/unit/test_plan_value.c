#include "plan_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct memory memory = { .exhausted = case_exhausted };

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

static void a_tree_holds_what_the_document_says(void **state)
{
    struct arena *arena = *state;
    assert_string_equal(case_show(arena, case_tree(arena, "{'a':[1,2.50,-3e2],'b':{'c':null},'d':true,'e':false,"
                                                          "'f':''}")),
                        "{a:[1 2.50 -3e2] b:{c:null} d:true e:false f:\"\"}");
    assert_string_equal(case_show(arena, case_tree(arena, "[]")), "[]");
    assert_string_equal(case_show(arena, case_tree(arena, "7")), "7");
}

static void malformed_text_has_no_tree(void **state)
{
    struct error error = { 0 };
    assert_null(value_read(*state, STR("{\"a\":"), &error));
    assert_int_equal(error.code, ERROR_INPUT);
}

static void members_and_items_are_found(void **state)
{
    struct arena *arena = *state;
    const struct value *tree = case_tree(arena, "{'t':'x','n':1,'yes':true,'no':false,'l':[5,6],'':'empty'}");
    assert_int_equal(tree->count, 6);
    assert_string_equal(case_show(arena, value_find(tree, STR("n"))), "1");
    assert_string_equal(case_show(arena, value_find(tree, STR(""))), "\"empty\"");
    assert_null(value_find(tree, STR("missing")));
    assert_null(value_find(NULL, STR("n")));
    assert_null(value_find(value_find(tree, STR("l")), STR("")));
    assert_true(str_equal(value_find_text(tree, STR("t")), STR("x")));
    assert_null(value_find_text(tree, STR("n")).p);
    assert_true(value_find_truth(tree, STR("yes")));
    assert_false(value_find_truth(tree, STR("no")));
    assert_false(value_find_truth(tree, STR("t")));
    assert_string_equal(case_show(arena, value_item(value_find(tree, STR("l")), 1)), "6");
    assert_null(value_item(value_find(tree, STR("l")), 2));
    assert_null(value_item(tree, 0));
    assert_null(value_item(NULL, 0));
}

static void a_copy_outlives_the_original(void **state)
{
    struct arena *arena = *state, *other = arena_open(&memory);
    struct map strings;
    static const char json[] = "{'a':[1,{'b':'text'},[[]],{}],'c':null,'d':true,'e':'text'}";
    struct value *tree = case_tree(other, json);
    map_init(&strings, arena);
    value_find(tree, STR("e"))->sensitive = true;
    value_find(tree, STR("c"))->kind = VALUE_UNKNOWN;
    const struct value *copy = value_copy(arena, NULL, tree), *interned = value_copy(arena, &strings, tree);
    arena_close(other);
    assert_string_equal(case_show(arena, copy), "{a:[1 {b:\"text\"} [[]] {}] c:? d:true e:!\"text\"}");
    assert_string_equal(case_show(arena, interned), case_show(arena, copy));
    const struct value *inner = value_find(value_item(interned->first, 1), STR("b"));
    assert_ptr_equal(value_find(interned, STR("e"))->text.p, inner->text.p);
    assert_string_equal(case_show(arena, value_copy(arena, NULL, case_tree(arena, "5"))), "5");
}

static void equal_values_are_equal_in_kind_and_content(void **state)
{
    struct arena *arena = *state;
    static const char *const equal[][2] = {
        { "null", "null" },
        { "1", "1.0" },
        { "[1e1]", "[10]" },
        { "{'a':1,'b':[2,{}]}", "{'b':[2.0,{}],'a':1}" },
        { "{'a':{'x':1,'y':2},'b':3}", "{'b':3,'a':{'y':2,'x':1}}" },
        { "'x'", "'\\u0078'" },
        { "[]", "[]" },
    };
    static const char *const different[][2] = {
        { "null", "false" },          { "true", "false" },     { "1", "'1'" },
        { "'a'", "'b'" },             { "[]", "{}" },          { "[1,2]", "[2,1]" },
        { "[1]", "[1,1]" },           { "{'a':1}", "{'b':1}" }, { "{'a':1}", "{'a':2}" },
        { "{'a':1}", "{'a':1,'b':1}" }, { "[[],[1]]", "[[1],[]]" }, { "{'a':[1]}", "{'a':[]}" },
        { "9007199254740993", "9007199254740992" },
    };
    for (size_t i = 0; i < sizeof equal / sizeof equal[0]; i++)
        assert_true(value_equal(case_tree(arena, equal[i][0]), case_tree(arena, equal[i][1])));
    for (size_t i = 0; i < sizeof different / sizeof different[0]; i++) {
        assert_false(value_equal(case_tree(arena, different[i][0]), case_tree(arena, different[i][1])));
        assert_false(value_equal(case_tree(arena, different[i][1]), case_tree(arena, different[i][0])));
    }
}

static void what_is_unknown_equals_nothing(void **state)
{
    struct value *unknown = value_make(*state, VALUE_UNKNOWN);
    assert_false(value_equal(unknown, unknown));
    struct value *list = value_make(*state, VALUE_LIST);
    value_add(list, unknown);
    assert_false(value_equal(list, list));
}

struct mask_row {
    const char *value, *mask, *wanted;
};

static void check_masks(struct arena *arena, const struct mask_row *rows, size_t count, bool is_unknown)
{
    for (size_t i = 0; i < count; i++) {
        struct value *value = case_tree(arena, rows[i].value);
        (is_unknown ? value_mark_unknown : value_mark_sensitive)(arena, value, case_tree(arena, rows[i].mask));
        assert_string_equal(case_show(arena, value), rows[i].wanted);
        size_t count_seen = 0;
        for (const struct value *child = value->first; child != NULL; child = child->next)
            count_seen++;
        assert_int_equal(count_seen, value->count);
    }
}

static void the_unknown_mask_names_what_comes_after_apply(void **state)
{
    static const struct mask_row rows[] = {
        { "{'a':1}", "{}", "{a:1}" },
        { "{'a':1}", "{'a':false}", "{a:1}" },
        { "{'a':1}", "{'a':true}", "{a:?}" },
        { "{'a':{'b':1,'c':[2]}}", "{'a':true}", "{a:?}" },
        { "{'a':{'b':1,'c':2}}", "{'a':{'c':true}}", "{a:{b:1 c:?}}" },
        { "{'z':1,'a':2}", "{'a':true,'z':true}", "{a:? z:?}" },
        { "{'a':1}", "true", "?" },
        { "{'a':1}", "false", "{a:1}" },
        { "5", "true", "?" },
    };
    check_masks(*state, rows, sizeof rows / sizeof rows[0], true);
}

static void members_that_the_value_lacks_are_made(void **state)
{
    static const struct mask_row rows[] = {
        { "{}", "{'id':true}", "{id:?}" },
        { "{'b':1}", "{'a':true,'b':false,'c':true}", "{a:? b:1 c:?}" },
        { "{}", "{'a':false,'b':{},'c':[],'d':{'e':false},'f':[{}]}", "{}" },
        { "{}", "{'a':{'b':{'c':true,'d':false}}}", "{a:{b:{c:?}}}" },
        { "{'a':null}", "{'a':{'b':true}}", "{a:{b:?}}" },
        { "{'a':null}", "{'a':{'b':false}}", "{a:null}" },
        { "{'a':null}", "{'a':[false,{'b':true}]}", "{a:[null {b:?}]}" },
        { "{}", "{'a':[true]}", "{a:[?]}" },
        { "{'':1}", "{'':true}", "{:?}" },
    };
    check_masks(*state, rows, sizeof rows / sizeof rows[0], true);
}

static void members_are_found_by_a_mask_in_whatever_order_both_are(void **state)
{
    static const struct mask_row rows[] = {
        { "{'b':1,'d':2,'f':3}", "{'a':true,'b':true,'c':true,'d':false,'e':true,'f':true,'g':true}",
          "{a:? b:? c:? d:2 e:? f:? g:?}" },
        { "{'b':1,'d':2,'f':3}", "{'f':true,'c':true,'b':true,'d':true}", "{b:? c:? d:? f:?}" },
        { "{'f':1,'b':2,'d':3}", "{'b':true,'c':true,'d':true,'e':true,'f':true}", "{b:? c:? d:? e:? f:?}" },
        { "{'b':1,'f':2}", "{'z':true,'a':true,'f':true}", "{a:? b:1 f:? z:?}" },
    };
    check_masks(*state, rows, sizeof rows / sizeof rows[0], true);
}

static void lists_keep_their_positions_under_the_unknown_mask(void **state)
{
    static const struct mask_row rows[] = {
        { "[null,'x',null]", "[true,false,true]", "[? \"x\" ?]" },
        { "{'a':[{'b':1},{}]}", "{'a':[{},{'c':true}]}", "{a:[{b:1} {c:?}]}" },
        { "[[1,2],[3,null]]", "[[false,false],[false,true]]", "[[1 2] [3 ?]]" },
        { "[1,2]", "[false,false]", "[1 2]" },
        { "[1,2,3]", "[true]", "[? 2 3]" },
        { "[]", "[]", "[]" },
        { "{'a':[1]}", "{'a':true}", "{a:?}" },
    };
    check_masks(*state, rows, sizeof rows / sizeof rows[0], true);
}

static void the_sensitive_mask_marks_and_changes_nothing_else(void **state)
{
    static const struct mask_row rows[] = {
        { "{'a':1,'b':2}", "{'b':true}", "{a:1 b:!2}" },
        { "{'a':{'b':[1,{'c':2}]}}", "{'a':{'b':[false,{'c':true}]}}", "{a:{b:[1 {c:!2}]}}" },
        { "{'a':[1,2]}", "{'a':true}", "{a:![1 2]}" },
        { "{'a':1}", "true", "!{a:1}" },
        { "{'a':1}", "false", "{a:1}" },
        { "{'a':1}", "{}", "{a:1}" },
        { "{'a':null}", "{'a':{'b':true}}", "{a:null}" },
        { "{'a':null}", "{'a':true}", "{a:!null}" },
        { "{}", "{'a':true,'b':{'c':true}}", "{}" },
    };
    check_masks(*state, rows, sizeof rows / sizeof rows[0], false);
}

static void a_mask_of_another_form_means_the_whole_value(void **state)
{
    static const struct mask_row unknown[] = {
        { "{'a':{'b':1}}", "{'a':[true]}", "{a:?}" }, { "{'a':[1]}", "{'a':{'b':true}}", "{a:?}" },
        { "{'a':1}", "{'a':[{'b':true}]}", "{a:?}" }, { "{'a':'x'}", "{'a':[false,{}]}", "{a:\"x\"}" },
        { "{'a':1}", "[true]", "?" },                 { "{'a':1}", "'true'", "{a:1}" },
        { "{'':1}", "[true]", "?" },
    };
    static const struct mask_row sensitive[] = {
        { "{'a':{'b':1}}", "{'a':[true]}", "{a:!{b:1}}" }, { "{'a':[1]}", "{'a':{'b':true}}", "{a:![1]}" },
        { "{'a':'x'}", "{'a':{'b':[true]}}", "{a:!\"x\"}" }, { "{'a':'x'}", "{'a':{'b':[false]}}", "{a:\"x\"}" },
        { "{'a':['x']}", "{'a':[false,true]}", "{a:![\"x\"]}" },
        { "{'a':['x']}", "{'a':[false,false]}", "{a:[\"x\"]}" },
    };
    check_masks(*state, unknown, sizeof unknown / sizeof unknown[0], true);
    check_masks(*state, sensitive, sizeof sensitive / sizeof sensitive[0], false);
}

static void what_is_unknown_may_be_sensitive_too(void **state)
{
    struct arena *arena = *state;
    struct value *value = case_tree(arena, "{'a':1,'b':{'c':2}}");
    value_mark_unknown(arena, value, case_tree(arena, "{'a':true,'b':true}"));
    value_mark_sensitive(arena, value, case_tree(arena, "{'a':true,'b':{'c':true}}"));
    assert_string_equal(case_show(arena, value), "{a:!? b:?}");
}

/* depth containers around inner, lists and objects in turn. */
static char *nest(struct arena *arena, size_t depth, const char *inner)
{
    size_t room = depth * 6 + strlen(inner) + 1, n = 0;
    char *text = arena_get_text(arena, room);
    for (size_t i = 0; i < depth; i++)
        n += (size_t)snprintf(text + n, room - n, i % 2 == 0 ? "{'a':" : "[");
    n += (size_t)snprintf(text + n, room - n, "%s", inner);
    for (size_t i = depth; i-- > 0;)
        n += (size_t)snprintf(text + n, room - n, i % 2 == 0 ? "}" : "]");
    return text;
}

static void the_deepest_document_is_copied_compared_and_masked(void **state)
{
    struct arena *arena = *state;
    const char *text = nest(arena, JSON_DEPTH_MAX, "1");
    struct value *value = case_tree(arena, text), *copy = value_copy(arena, NULL, value);
    assert_true(value_equal(value, copy));
    assert_false(value_equal(value, case_tree(arena, nest(arena, JSON_DEPTH_MAX, "2"))));
    value_mark_sensitive(arena, copy, case_tree(arena, nest(arena, JSON_DEPTH_MAX, "true")));
    assert_non_null(strstr(case_show(arena, copy), "!1"));
    value_mark_unknown(arena, value, case_tree(arena, nest(arena, JSON_DEPTH_MAX, "true")));
    assert_non_null(strstr(case_show(arena, value), "?"));
    assert_null(strstr(case_show(arena, value), "1"));
    struct value *empty = case_tree(arena, "{}");
    value_mark_unknown(arena, empty, case_tree(arena, nest(arena, JSON_DEPTH_MAX, "true")));
    assert_string_equal(case_show(arena, empty), case_show(arena, value));
}

static void large_objects_are_compared_in_little_time(void **state)
{
    struct arena *arena = *state;
    struct value *a = value_make(arena, VALUE_OBJECT), *b = value_make(arena, VALUE_OBJECT);
    for (int i = 0; i < 200000; i++) {
        struct value *one = value_make(arena, VALUE_NULL), *other = value_make(arena, VALUE_NULL);
        one->key = other->key = arena_format(arena, "key %d", i);
        value_add(a, one);
        value_add(b, other);
    }
    assert_true(value_equal(a, b));
}

int main(void)
{
#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    static const struct CMUnitTest tests[] = {
        WITH_ARENA(a_tree_holds_what_the_document_says),
        WITH_ARENA(malformed_text_has_no_tree),
        WITH_ARENA(members_and_items_are_found),
        WITH_ARENA(a_copy_outlives_the_original),
        WITH_ARENA(equal_values_are_equal_in_kind_and_content),
        WITH_ARENA(what_is_unknown_equals_nothing),
        WITH_ARENA(the_unknown_mask_names_what_comes_after_apply),
        WITH_ARENA(members_that_the_value_lacks_are_made),
        WITH_ARENA(members_are_found_by_a_mask_in_whatever_order_both_are),
        WITH_ARENA(lists_keep_their_positions_under_the_unknown_mask),
        WITH_ARENA(the_sensitive_mask_marks_and_changes_nothing_else),
        WITH_ARENA(a_mask_of_another_form_means_the_whole_value),
        WITH_ARENA(what_is_unknown_may_be_sensitive_too),
        WITH_ARENA(the_deepest_document_is_copied_compared_and_masked),
        WITH_ARENA(large_objects_are_compared_in_little_time),
    };
    return cmocka_run_group_tests_name("plan/value", tests, NULL, NULL);
}
