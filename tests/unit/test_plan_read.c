#include "plan_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const documents[] = {
    "tests/plans/actions.json",           "tests/plans/data.json",           "tests/plans/empty.json",
    "tests/plans/modules.json",           "tests/plans/sensitive.json",      "tests/plans/unset.json",
    "samples/network-database/plan.json", "samples/serverless-clean/plan.json",
    "samples/serverless-faulty/plan.json", "samples/update-replace/plan.json", "samples/state/state.json",
};

enum { DOCUMENT_COUNT = sizeof documents / sizeof documents[0] };

struct library {
    struct memory memory;
    struct arena *arena;
    struct str texts[DOCUMENT_COUNT];
    const struct value *trees[DOCUMENT_COUNT];
};

static int open_library(void **state)
{
    struct library *library = calloc(1, sizeof *library);
    struct error error = { 0 };
    library->memory.exhausted = case_exhausted;
    library->arena = arena_open(&library->memory);
    for (size_t i = 0; i < DOCUMENT_COUNT; i++) {
        library->texts[i] = case_file(library->arena, documents[i]);
        library->trees[i] = value_read(library->arena, library->texts[i], &error);
        assert_non_null(library->trees[i]);
    }
    *state = library;
    return 0;
}

static int close_library(void **state)
{
    struct library *library = *state;
    arena_close(library->arena);
    free(library);
    return 0;
}

static void compare(struct str one, size_t one_chunk, struct str other, size_t other_chunk)
{
    struct plan_case a, b;
    plan_case_read(&a, one, one_chunk);
    plan_case_read(&b, other, other_chunk);
    assert_true(a.ok);
    assert_string_equal(a.text, b.text);
    plan_case_close(&a);
    plan_case_close(&b);
}

static void any_chunk_size_reads_the_same(void **state)
{
    const struct library *library = *state;
    static const size_t chunks[] = { 1, 2, 3, 7, 64, 4096 };
    for (size_t i = 0; i < DOCUMENT_COUNT; i++)
        for (size_t k = 0; k < sizeof chunks / sizeof chunks[0]; k++)
            compare(library->texts[i], 0, library->texts[i], chunks[k]);
}

static void compact_indented_and_sorted_documents_read_the_same(void **state)
{
    const struct library *library = *state;
    struct memory memory = { .exhausted = case_exhausted };
    for (size_t i = 0; i < DOCUMENT_COUNT; i++) {
        struct arena *arena = arena_open(&memory);
        compare(library->texts[i], 0, case_document(arena, library->trees[i], false, 0), 0);
        compare(library->texts[i], 0, case_document(arena, library->trees[i], false, 4), 0);
        compare(library->texts[i], 0, case_document(arena, library->trees[i], true, 2), 0);
        compare(library->texts[i], 0, case_document(arena, library->trees[i], true, 0), 5);
        arena_close(arena);
    }
}

static void every_resource_change_is_reported_once(void **state)
{
    const struct library *library = *state;
    for (size_t i = 0; i < DOCUMENT_COUNT; i++) {
        struct plan_case c;
        const struct value *changes = value_find(library->trees[i], STR("resource_changes"));
        plan_case_read(&c, library->texts[i], 0);
        assert_true(c.ok);
        if (c.plan.form == PLAN_FORM_PLAN)
            assert_int_equal(c.resources, changes == NULL ? 0 : changes->count);
        assert_int_equal(c.plan.change_count, c.resources);
        assert_true(c.plan.configuration.is_present == (c.plan.form == PLAN_FORM_PLAN));
        plan_case_close(&c);
    }
}

static void a_plan_cut_off_at_any_byte_is_refused(void **state)
{
    const struct library *library = *state;
    struct str whole = str_trim(library->texts[0]);
    struct plan_case c;
    for (size_t n = 0; n < whole.n; n++) {
        plan_case_open(&c, false);
        plan_case_feed(&c, str_part(whole, 0, n), 0);
        plan_case_finish(&c);
        assert_false(c.ok);
        assert_int_equal(c.error.code, ERROR_INPUT);
        assert_int_equal(c.plan.form, PLAN_FORM_NONE);
        plan_case_close(&c);
    }
    plan_case_read(&c, whole, 0);
    assert_true(c.ok);
    plan_case_close(&c);
}

/* Read json, with ' for ", and compare what is understood, or the error, which is the last line. */
static void expect(const char *json, const char *text)
{
    struct plan_case c;
    struct memory memory = { .exhausted = case_exhausted };
    struct arena *arena = arena_open(&memory);
    struct str document = arena_copy(arena, str_from(json));
    char *bytes = arena_get_text(arena, document.n + 1);
    for (size_t i = 0; i <= document.n; i++)
        bytes[i] = (char)(document.p[i] == '\'' ? '"' : document.p[i]);
    document.p = bytes;
    plan_case_read(&c, document, 0);
    assert_string_equal(c.text, text);
    plan_case_close(&c);
    plan_case_read(&c, document, 1);
    assert_string_equal(c.text, text);
    plan_case_close(&c);
    arena_close(arena);
}

/* The document is refused with that sentence. */
static void expect_error(const char *json, const char *sentence)
{
    struct plan_case c;
    struct memory memory = { .exhausted = case_exhausted };
    struct arena *arena = arena_open(&memory);
    char *bytes = arena_get_text(arena, strlen(json) + 1);
    for (size_t i = 0; i <= strlen(json); i++)
        bytes[i] = (char)(json[i] == '\'' ? '"' : json[i]);
    plan_case_read(&c, str_from(bytes), 0);
    assert_false(c.ok);
    assert_int_equal(c.error.code, ERROR_INPUT);
    assert_string_equal(c.error.text, sentence);
    plan_case_close(&c);
    arena_close(arena);
}

static void a_change_becomes_a_resource_with_its_masks(void **state)
{
    (void)state;
    expect("{'format_version':'1.2','terraform_version':'1.9.0',"
           "'resource_changes':[{'address':'module.m[0].aws_x.y[1]',"
           "'module_address':'module.m[0]','mode':'managed','type':'aws_x','name':'y','index':1,"
           "'provider_name':'registry.terraform.io/hashicorp/aws','action_reason':'replace_because_tainted',"
           "'change':{'actions':['delete','create'],'before':{'a':0,'a':1},'after':{'a':1,'b':'s','l':[null,'x']},"
           "'after_unknown':{'l':[true,false],'id':true},'before_sensitive':{'a':true},'after_sensitive':{'b':true},"
           "'replace_paths':[['a']],'importing':{'id':'i'}}}]}",
           "resource | module.m[0].aws_x.y[1] | - | module.m[0] | module.m.aws_x.y | aws_x | y |"
           " registry.terraform.io/hashicorp/aws | - | replace_because_tainted | mode 0 actions 32 import"
           " after {a:1 b:!\"s\" id:? l:[? \"x\"]} replace [[\"a\"]]\n"
           "form 1 errored 0 incomplete 0 configuration 0 count 1 format 1.2 terraform 1.9.0 variables none\n");
}

static void parts_that_are_null_count_as_missing(void **state)
{
    (void)state;
    expect("{'format_version':'1.2','terraform_version':null,'variables':null,'planned_values':null,"
           "'resource_changes':null,'configuration':null,'errored':null,'complete':null}",
           "form 1 errored 0 incomplete 0 configuration 0 count 0 format 1.2 terraform - variables none\n");
    expect("{'format_version':'1.2','configuration':{'root_module':{'resources':null,'variables':null,"
           "'module_calls':{'a':null,'b':{'expressions':null,'module':{'resources':[{'address':'x.y','type':'x',"
           "'expressions':null,'count_expression':null},null,{'type':'x'}]}},'c':{'module':null}}}}}",
           "form 1 errored 0 incomplete 0 configuration 1 count 0 format 1.2 terraform - variables none\n"
           "block | module.b.x.y | module.b | - | {}\n"
           "module  inputs none variables none\n"
           "module module.b inputs null variables none\n");
    expect("{'format_version':'1.0','values':null}",
           "form 2 errored 0 incomplete 0 configuration 0 count 0 format 1.0 terraform - variables none\n");
    expect("{'format_version':'1.0','values':{'root_module':{'resources':null,'child_modules':[null,{}]}}}",
           "form 2 errored 0 incomplete 0 configuration 0 count 0 format 1.0 terraform - variables none\n");
}

static void a_plan_without_changes_is_a_plan(void **state)
{
    (void)state;
    expect("{'format_version':'1.2','planned_values':{'root_module':{}},'configuration':{}}",
           "form 1 errored 0 incomplete 0 configuration 1 count 0 format 1.2 terraform - variables none\n");
}

static void flags_tell_of_a_failed_or_partial_plan(void **state)
{
    (void)state;
    expect("{'format_version':'1.2','resource_changes':[],'complete':false,'errored':true}",
           "form 1 errored 1 incomplete 1 configuration 0 count 0 format 1.2 terraform - variables none\n");
    expect("{'format_version':'1.2','resource_changes':[],'complete':true,'errored':false}",
           "form 1 errored 0 incomplete 0 configuration 0 count 0 format 1.2 terraform - variables none\n");
}

static void unknown_parts_are_passed_over(void **state)
{
    (void)state;
    expect("{'format_version':'1.2','schemas':{'resource_changes':[5],'values':[]},'resource_changes':[],"
           "'news':[[{'format_version':'9.0'}]],'configuration':{'news':1,'root_module':{'news':[{}],"
           "'module_calls':{'a':{'news':{},'source':'./a'}}}}}",
           "form 1 errored 0 incomplete 0 configuration 1 count 0 format 1.2 terraform - variables none\n");
}

static void planned_values_are_never_read(void **state)
{
    (void)state;
    expect("{'format_version':'1.2','planned_values':{'root_module':{'resources':[{'a':1,'a':2}],'resources':5}},"
           "'prior_state':{'values':[],'values':{'root_module':{'resources':[{}]}}},'resource_changes':[]}",
           "form 1 errored 0 incomplete 0 configuration 0 count 0 format 1.2 terraform - variables none\n");
}

static void formats_before_two_are_read(void **state)
{
    (void)state;
    static const char *const good[] = { "0.1", "0.2", "1.0", "1.2", "1.99", "1" };
    char json[100], text[200];
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        snprintf(json, sizeof json, "{'format_version':'%s','resource_changes':[]}", good[i]);
        snprintf(text, sizeof text,
                 "form 1 errored 0 incomplete 0 configuration 0 count 0 format %s terraform - variables "
                 "none\n", good[i]);
        expect(json, text);
    }
    expect_error("{'resource_changes':[],'format_version':'2.0'}",
                 "plan format 2.0 is newer than this tfcheck can read (0.x and 1.x): update tfcheck"
                 " (`tfcheck --version` names the one you have)");
    expect_error("{'format_version':'10.1'}",
                 "plan format 10.1 is newer than this tfcheck can read (0.x and 1.x): update tfcheck"
                 " (`tfcheck --version` names the one you have)");
}

static void a_state_has_its_resources_in_modules(void **state)
{
    (void)state;
    expect("{'format_version':'1.0','values':{'outputs':{},'root_module':{'resources':[{'address':'a.b',"
           "'mode':'managed',"
           "'type':'a','name':'b','values':{'x':1,'s':'q'},'sensitive_values':{'s':true}}],'child_modules':["
           "{'resources':[{'address':'module.m.data.c.d','mode':'data','type':'c','name':'d','values':{}}],"
           "'address':'module.m','child_modules':[{'address':'module.m.module.n','resources':[{'address':"
           "'module.m.module.n.a.b','mode':'managed','type':'a','name':'b','values':{'x':2},'deposed_key':'ff'}]}]},"
           "{'child_modules':[]}]}}}",
           "resource | a.b | - |  | a.b | a | b | - | - | - | mode 0 actions 1 after {s:!\"q\" x:1} replace none\n"
           "resource | module.m.data.c.d | - | module.m | module.m.data.c.d | c | d | - | - | - | mode 1 actions 1"
           " after {} replace none\n"
           "resource | module.m.module.n.a.b | ff | module.m.module.n | module.m.module.n.a.b | a | b | - | - | - |"
           " mode 0 actions 1 after none replace none\n"
           "form 2 errored 0 incomplete 0 configuration 0 count 3 format 1.0 terraform - variables none\n");
    expect("{'format_version':'1.0'}",
           "form 2 errored 0 incomplete 0 configuration 0 count 0 format 1.0 terraform - variables none\n");
    expect("{'format_version':'1.0','terraform_version':'1.9.1','checks':[]}",
           "form 2 errored 0 incomplete 0 configuration 0 count 0 format 1.0 terraform 1.9.1 variables none\n");
}

static void modules_of_the_configuration_are_named_from_the_root(void **state)
{
    (void)state;
    expect("{'format_version':'1.2','configuration':{'root_module':{'module_calls':{'a':{'expressions':{'n':"
           "{'constant_value':1}},'module':{'resources':[{'address':'x.y','type':'x',"
           "'provider_config_key':'aws.west',"
           "'for_each_expression':{},'expressions':{'p':{}}}],'module_calls':{'b':{'module':{'resources':["
           "{'address':'data.x.z','type':'x'}],'variables':{'v':{'default':null,'description':'d',"
           "'sensitive':true}}}},"
           "'c':{'expressions':{}}}}},'d.e':{'expressions':{}},'f':{'expressions':{}}},'resources':["
           "{'expressions':{'p':{'references':['var.q']}},'type':'x','address':'x.y'}]}}}",
           "form 1 errored 0 incomplete 0 configuration 1 count 0 format 1.2 terraform - variables none\n"
           "block | module.a.module.b.data.x.z | module.a.module.b | - | {}\n"
           "block | module.a.x.y | module.a | aws.west | many {p:{}}\n"
           "block | x.y |  | - | {p:{references:[\"var.q\"]}}\n"
           "module module.a inputs {n:{constant_value:1}} variables none\n"
           "module module.a.module.b inputs none variables {v:{default:null sensitive:true}}\n"
           "module module.a.module.c inputs {} variables none\n"
           "module module.d.e inputs {} variables none\n"
           "module module.f inputs {} variables none\n");
}

static void modules_nested_too_deep_are_refused(void **state)
{
    (void)state;
    struct memory memory = { .exhausted = case_exhausted };
    struct arena *arena = arena_open(&memory);
    char *name = arena_get_text(arena, 5001);
    memset(name, 'm', 5000);
    name[5000] = '\0';
    expect_error(arena_format(arena, "{'format_version':'1.2',"
                                     "'configuration':{'root_module':{'module_calls':{'%s':{}}}}}",
                              name).p,
                 "modules are nested too deep");
    arena_close(arena);
}

static void parts_of_the_wrong_kind_are_refused_with_their_place(void **state)
{
    (void)state;
    static const char sentence[] = "this is not how Terraform writes a plan or state: a list or object was "
                                   "expected here";
    static const char *const bad[] = {
        "{'format_version':'1.2','resource_changes':{}}",
        "{'format_version':'1.2','resource_changes':5}",
        "{'format_version':'1.2','resource_changes':'x'}",
        "{'format_version':'1.2','configuration':[]}",
        "{'format_version':'1.2','configuration':{'root_module':true}}",
        "{'format_version':'1.2','configuration':{'root_module':{'resources':{}}}}",
        "{'format_version':'1.2','configuration':{'root_module':{'module_calls':[]}}}",
        "{'format_version':'1.2','configuration':{'root_module':{'module_calls':{'a':1}}}}",
        "{'format_version':'1.0','values':[]}",
        "{'format_version':'1.0','values':{'root_module':{'child_modules':[1]}}}",
        "{'format_version':'1.0','values':{'root_module':{'child_modules':[[]]}}}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        expect_error(bad[i], sentence);
}

static void resources_without_an_address_are_refused_with_their_place(void **state)
{
    (void)state;
    static const char sentence[] = "this is not how Terraform writes a plan or state: a resource has no address";
    static const char *const bad[] = {
        "{'format_version':'1.2','resource_changes':[{}]}",
        "{'format_version':'1.2','resource_changes':[{'address':''}]}",
        "{'format_version':'1.2','resource_changes':[{'address':7}]}",
        "{'format_version':'1.2','resource_changes':[null]}",
        "{'format_version':'1.2','resource_changes':['aws_x.y']}",
        "{'format_version':'1.2','resource_changes':[[]]}",
        "{'format_version':'1.0','values':{'root_module':{'resources':[{}]}}}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        expect_error(bad[i], sentence);
    struct plan_case c;
    plan_case_read(&c, STR("{\"format_version\":\"1.2\",\n\"resource_changes\":[\n  {}]}"), 0);
    assert_int_equal(c.error.line, 3);
    assert_int_equal(c.error.column, 4);
    plan_case_close(&c);
}

static void parts_of_an_odd_kind_inside_are_no_harm(void **state)
{
    (void)state;
    expect("{'format_version':1.2,'terraform_version':[],'variables':[1],'errored':'yes','complete':0,"
           "'configuration':{'root_module':{'variables':[{'default':1}],'resources':[{'address':'x.y','type':'x',"
           "'expressions':[{}],'provider_config_key':5},5],'module_calls':{'a':{'expressions':[1],'module':"
           "{'variables':{'v':[{'default':1}],'w':5}}}}}}}",
           "form 1 errored 0 incomplete 0 configuration 1 count 0 format - terraform - variables none\n"
           "block | x.y |  | - | {}\n"
           "module  inputs none variables none\n"
           "module module.a inputs [1] variables {v:{} w:{}}\n");
}

static void variables_are_kept_with_their_values(void **state)
{
    const struct library *library = *state;
    struct plan_case c;
    plan_case_read(&c, library->texts[4], 0);
    assert_string_equal(case_show(c.arena, plan_find_variable(&c.plan, STR("plain"))), "\"not-a-secret\"");
    assert_null(plan_find_variable(&c.plan, STR("nobody")));
    assert_true(plan_is_sensitive_variable(&c.plan, STR("token")));
    assert_false(plan_is_sensitive_variable(&c.plan, STR("plain")));
    assert_false(plan_is_sensitive_variable(&c.plan, STR("nobody")));
    plan_case_close(&c);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_chunk_size_reads_the_same),
        cmocka_unit_test(compact_indented_and_sorted_documents_read_the_same),
        cmocka_unit_test(every_resource_change_is_reported_once),
        cmocka_unit_test(a_plan_cut_off_at_any_byte_is_refused),
        cmocka_unit_test(a_change_becomes_a_resource_with_its_masks),
        cmocka_unit_test(parts_that_are_null_count_as_missing),
        cmocka_unit_test(a_plan_without_changes_is_a_plan),
        cmocka_unit_test(flags_tell_of_a_failed_or_partial_plan),
        cmocka_unit_test(unknown_parts_are_passed_over),
        cmocka_unit_test(planned_values_are_never_read),
        cmocka_unit_test(formats_before_two_are_read),
        cmocka_unit_test(a_state_has_its_resources_in_modules),
        cmocka_unit_test(modules_of_the_configuration_are_named_from_the_root),
        cmocka_unit_test(modules_nested_too_deep_are_refused),
        cmocka_unit_test(parts_of_the_wrong_kind_are_refused_with_their_place),
        cmocka_unit_test(resources_without_an_address_are_refused_with_their_place),
        cmocka_unit_test(parts_of_an_odd_kind_inside_are_no_harm),
        cmocka_unit_test(variables_are_kept_with_their_values),
    };
    return cmocka_run_group_tests_name("plan/read", tests, open_library, close_library);
}
