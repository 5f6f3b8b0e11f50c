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

static struct resource from_change(struct arena *arena, const char *json)
{
    struct resource resource;
    assert_true(resource_from_change(arena, case_tree(arena, json), &resource));
    return resource;
}

static void assert_text(struct str text, const char *wanted)
{
    if (wanted == NULL) {
        assert_null(text.p);
        return;
    }
    assert_non_null(text.p);
    assert_int_equal(text.n, strlen(wanted));
    assert_memory_equal(text.p, wanted, text.n);
}

static void every_action_of_terraform_is_known(void **state)
{
    struct arena *arena = *state;
    static const struct {
        const char *list;
        unsigned actions;
        const char *name;
        bool leaves_something;
    } rows[] = {
        { "['no-op']", ACTION_NO_OP, "no-op", true },
        { "['create']", ACTION_CREATE, "create", true },
        { "['read']", ACTION_READ, "read", true },
        { "['update']", ACTION_UPDATE, "update", true },
        { "['delete']", ACTION_DELETE, "delete", false },
        { "['delete','create']", ACTION_REPLACE, "replace", true },
        { "['create','delete']", ACTION_REPLACE, "replace", true },
        { "['forget']", ACTION_FORGET, "forget", false },
        { "['create','forget']", ACTION_CREATE | ACTION_FORGET, "forget", true },
        { "['forget','create']", ACTION_CREATE | ACTION_FORGET, "forget", true },
        { "['teleport']", ACTION_OTHER, "other", true },
        { "['create','teleport']", ACTION_CREATE | ACTION_OTHER, "create", true },
        { "[]", ACTION_OTHER, "other", true },
        { "[5]", ACTION_OTHER, "other", true },
        { "null", ACTION_OTHER, "other", true },
        { "'create'", ACTION_OTHER, "other", true },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct resource r = from_change(arena, arena_format(arena, "{'address':'a.b','change':{'actions':%s,"
                                                                   "'after':{'x':1},"
                                                                   "'after_unknown':{}}}", rows[i].list).p);
        assert_int_equal(r.actions, rows[i].actions);
        assert_text(resource_action_name(r.actions), rows[i].name);
        assert_string_equal(case_show(arena, r.after), rows[i].leaves_something ? "{x:1}" : "none");
    }
}

static void a_change_without_its_parts_is_still_a_resource(void **state)
{
    struct resource r = from_change(*state, "{'address':'aws_x.y'}");
    assert_int_equal(r.actions, ACTION_OTHER);
    assert_null(r.after);
    assert_false(r.is_import);
    assert_null(r.replace_paths);
    assert_text(r.provider, NULL);
    assert_text(r.type, "aws_x");
    r = from_change(*state, "{'address':'aws_x.y','change':[]}");
    assert_int_equal(r.actions, ACTION_OTHER);
}

static void a_deposed_object_will_not_exist(void **state)
{
    struct resource r = from_change(*state, "{'address':'a.b','deposed':'5e21c0d7','change':{'actions':['no-op'],"
                                            "'after':{'x':1}}}");
    assert_text(r.deposed, "5e21c0d7");
    assert_null(r.after);
    r = from_change(*state, "{'address':'a.b','deposed':'','change':{'actions':['no-op'],'after':{}}}");
    assert_text(r.deposed, NULL);
    assert_non_null(r.after);
}

static void the_mode_is_told_or_seen_from_the_address(void **state)
{
    static const struct {
        const char *json;
        enum resource_mode mode;
    } rows[] = {
        { "{'address':'a.b','mode':'managed','type':'a','name':'b'}", MODE_MANAGED },
        { "{'address':'data.a.b','mode':'data','type':'a','name':'b'}", MODE_DATA },
        { "{'address':'ephemeral.a.b','mode':'ephemeral','type':'a','name':'b'}", MODE_EPHEMERAL },
        { "{'address':'a.b'}", MODE_MANAGED },
        { "{'address':'module.m[\"k\"].data.a.b'}", MODE_DATA },
        { "{'address':'data.a.b','mode':null,'type':'a','name':'b'}", MODE_DATA },
        { "{'address':'ephemeral.a.b','type':'a','name':'b'}", MODE_EPHEMERAL },
        { "{'address':'data.a.b','mode':'something'}", MODE_MANAGED },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char json[200];
        size_t n = 0;
        for (const char *p = rows[i].json; *p != '\0'; p++) {
            if (*p == '"')
                json[n++] = '\\';
            json[n++] = *p;
        }
        json[n] = '\0';
        struct resource r = from_change(*state, json);
        assert_int_equal(r.mode, rows[i].mode);
        assert_text(r.type, "a");
        assert_text(r.name, "b");
    }
}

static void an_ephemeral_resource_leaves_nothing(void **state)
{
    struct resource r = from_change(*state, "{'address':'ephemeral.a.b','mode':'ephemeral','type':'a','name':'b',"
                                            "'change':{'actions':['read'],'before':null,'after':null,"
                                            "'after_unknown':{}}}");
    assert_int_equal(r.mode, MODE_EPHEMERAL);
    assert_null(r.after);
}

static void parts_that_the_document_lacks_come_from_the_address(void **state)
{
    struct resource r = from_change(*state, "{'address':'module.m[0].module.n.aws_x.y[3]'}");
    assert_text(r.module, "module.m[0].module.n");
    assert_text(r.type, "aws_x");
    assert_text(r.name, "y");
    assert_text(r.configuration_key, "module.m.module.n.aws_x.y");
    r = from_change(*state, "{'address':'module.m[0].aws_x.y','type':'aws_x','name':'y','mode':'managed'}");
    assert_text(r.module, "module.m[0]");
    r = from_change(*state, "{'address':'no address at all','change':{'actions':['create'],'after':{}}}");
    assert_text(r.address, "no address at all");
    assert_text(r.type, "");
    assert_text(r.name, "");
    assert_text(r.module, "");
    r = from_change(*state, "{'address':'module.m[0].data.','type':5}");
    assert_text(r.type, "");
    assert_text(r.module, "");
    assert_int_equal(r.mode, MODE_MANAGED);
}

static void an_item_without_an_address_is_no_resource(void **state)
{
    struct resource resource;
    static const char *const items[] = { "{}", "{'address':''}", "{'address':null}", "{'address':['a.b']}", "null",
                                         "[]" };
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++) {
        assert_false(resource_from_change(*state, case_tree(*state, items[i]), &resource));
        assert_false(resource_from_state(*state, case_tree(*state, items[i]), &resource));
    }
}

static void an_import_and_a_move_are_told(void **state)
{
    struct resource r = from_change(*state, "{'address':'a.b','previous_address':'a.old','action_reason':'r',"
                                            "'change':"
                                            "{'actions':['no-op'],'importing':{'id':'x'},'replace_paths':[['k'],"
                                            "['l',0]]}}");
    assert_true(r.is_import);
    assert_text(r.previous_address, "a.old");
    assert_text(r.action_reason, "r");
    assert_string_equal(case_show(*state, r.replace_paths), "[[\"k\"] [\"l\" 0]]");
    assert_true(from_change(*state, "{'address':'a.b','change':{'importing':{'unknown':true}}}").is_import);
    assert_false(from_change(*state, "{'address':'a.b','change':{'importing':null}}").is_import);
    assert_null(from_change(*state, "{'address':'a.b','change':{'replace_paths':{}}}").replace_paths);
}

static void masks_are_joined_into_what_will_exist(void **state)
{
    struct resource r = from_change(*state, "{'address':'a.b','change':{'actions':['create'],'after':{'p':'x',"
                                            "'l':[null]},"
                                            "'after_unknown':{'id':true,'l':[true]},'after_sensitive':{'p':true}}}");
    assert_string_equal(case_show(*state, r.after), "{id:? l:[?] p:!\"x\"}");
    r = from_change(*state, "{'address':'a.b','change':{'actions':['create'],'after':{'p':'x'},"
                            "'after_sensitive':true}}");
    assert_string_equal(case_show(*state, r.after), "!{p:\"x\"}");
    r = from_change(*state, "{'address':'a.b','change':{'actions':['create'],'after':{'p':1},'after_unknown':true}}");
    assert_string_equal(case_show(*state, r.after), "?");
}

static void an_object_that_is_wholly_deferred_is_made_of_its_mask(void **state)
{
    struct resource r = from_change(*state, "{'address':'data.a.b','change':{'actions':['read'],'after':null,"
                                            "'after_unknown':{'id':true,'s':[{'x':true}]}}}");
    assert_string_equal(case_show(*state, r.after), "{id:? s:[{x:?}]}");
    r = from_change(*state, "{'address':'data.a.b','change':{'actions':['read'],'after':null,'after_unknown':true}}");
    assert_string_equal(case_show(*state, r.after), "?");
    r = from_change(*state, "{'address':'data.a.b','change':{'actions':['read'],'after':null,'after_unknown':{}}}");
    assert_null(r.after);
}

static void marks_of_tags_are_carried_over_to_tags_all(void **state)
{
    struct resource r = from_change(*state, "{'address':'a.b','change':{'actions':['create'],"
                                            "'after':{'tags':{'k':'s','o':'p'},"
                                            "'tags_all':{'k':'s','o':'p'}},'after_sensitive':{'tags':{'k':true}}}}");
    assert_string_equal(case_show(*state, r.after), "{tags:{k:!\"s\" o:\"p\"} tags_all:{k:!\"s\" o:\"p\"}}");
    r = from_change(*state, "{'address':'a.b','change':{'actions':['create'],'after':{'tags':{'k':'s'},"
                            "'tags_all':{'k':'s'}},'after_sensitive':{'tags':true,'tags_all':{}}}}");
    assert_string_equal(case_show(*state, r.after), "{tags:!{k:\"s\"} tags_all:!{k:\"s\"}}");
    r = from_change(*state, "{'address':'a.b','change':{'actions':['create'],'after':{'tags':null,'tags_all':5}}}");
    assert_string_equal(case_show(*state, r.after), "{tags:null tags_all:5}");
}

static void a_change_of_terraform_0_12_is_read(void **state)
{
    struct resource r = from_change(*state, "{'address':'module.m.aws_x.y[0]','module_address':'module.m',"
                                            "'mode':'managed',"
                                            "'type':'aws_x','name':'y','index':0,'provider_name':'aws',"
                                            "'change':{'actions':"
                                            "['create'],'before':null,'after':{'p':1},'after_unknown':{'id':true}}}");
    assert_true(resource_is_of_provider(&r, STR("aws")));
    assert_string_equal(case_show(*state, r.after), "{id:? p:1}");
    assert_int_equal(r.actions, ACTION_CREATE);
    assert_text(r.module, "module.m");
}

static void a_provider_is_told_by_the_last_part_of_its_source(void **state)
{
    static const struct {
        const char *provider;
        bool is_aws;
    } rows[] = {
        { "'registry.terraform.io/hashicorp/aws'", true }, { "'registry.opentofu.org/hashicorp/aws'", true },
        { "'aws'", true },   { "'registry.terraform.io/x/notaws'", false }, { "'awscc'", false },
        { "'registry.terraform.io/hashicorp/awscc'", false }, { "''", false }, { "null", false }, { "5", false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct resource r = from_change(*state, arena_format(*state, "{'address':'a.b','provider_name':%s}",
                                                             rows[i].provider).p);
        assert_int_equal(resource_is_of_provider(&r, STR("aws")), rows[i].is_aws);
    }
}

static void a_resource_of_a_state_exists_as_it_is(void **state)
{
    struct resource r;
    assert_true(resource_from_state(*state, case_tree(*state, "{'address':'a.b','mode':'managed','type':'a',"
                                                              "'name':'b',"
                                                              "'values':{'x':1,'tags':{'k':'v'},"
                                                              "'tags_all':{'k':'v'}},"
                                                              "'sensitive_values':{'x':true,"
                                                              "'tags':{'k':true}}}"), &r));
    assert_int_equal(r.actions, ACTION_NO_OP);
    assert_string_equal(case_show(*state, r.after), "{tags:{k:!\"v\"} tags_all:{k:!\"v\"} x:!1}");
    assert_true(resource_from_state(*state, case_tree(*state, "{'address':'a.b','deposed_key':'ff',"
                                                              "'values':{'x':1}}"), &r));
    assert_text(r.deposed, "ff");
    assert_null(r.after);
    assert_true(resource_from_state(*state, case_tree(*state, "{'address':'a.b','values':[1]}"), &r));
    assert_null(r.after);
}

int main(void)
{
#define WITH_ARENA(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
    static const struct CMUnitTest tests[] = {
        WITH_ARENA(every_action_of_terraform_is_known),
        WITH_ARENA(a_change_without_its_parts_is_still_a_resource),
        WITH_ARENA(a_deposed_object_will_not_exist),
        WITH_ARENA(the_mode_is_told_or_seen_from_the_address),
        WITH_ARENA(an_ephemeral_resource_leaves_nothing),
        WITH_ARENA(parts_that_the_document_lacks_come_from_the_address),
        WITH_ARENA(an_item_without_an_address_is_no_resource),
        WITH_ARENA(an_import_and_a_move_are_told),
        WITH_ARENA(masks_are_joined_into_what_will_exist),
        WITH_ARENA(an_object_that_is_wholly_deferred_is_made_of_its_mask),
        WITH_ARENA(marks_of_tags_are_carried_over_to_tags_all),
        WITH_ARENA(a_change_of_terraform_0_12_is_read),
        WITH_ARENA(a_provider_is_told_by_the_last_part_of_its_source),
        WITH_ARENA(a_resource_of_a_state_exists_as_it_is),
    };
    return cmocka_run_group_tests_name("plan/resource", tests, NULL, NULL);
}
