#include "plan_case.h"

#include "plan/path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Two levels of modules: root -> a -> a.b, each with variables that are passed, defaulted or null. */
static const char document[] =
    "{'format_version':'1.2','variables':{'nothing':{'value':null},'some':{'value':'v'},'list':{'value':[1]}},"
    "'configuration':{'root_module':{'variables':{'nothing':{'default':null},'some':{'default':'d'}},"
    "'resources':[{'address':'x.y','type':'x','expressions':{"
    "'literal':{'constant_value':'text'},"
    "'zero':{'constant_value':0},"
    "'no':{'constant_value':null},"
    "'blank':{'constant_value':''},"
    "'template':{'constant_value':'a-${timestamp()}'},"
    "'templates':{'constant_value':['a','${timestamp()}']},"
    "'function':{},"
    "'reference':{'references':['x.z.arn','x.z']},"
    "'json_syntax':{'constant_value':'${x.z.arn}','references':['x.z.arn','x.z']},"
    "'from_null':{'references':['var.nothing']},"
    "'from_some':{'references':['var.some']},"
    "'from_unheard':{'references':['var.unheard']},"
    "'from_two':{'references':['var.nothing','x.z']},"
    "'from_part':{'references':['var.nothing.part','var.nothing']},"
    "'map':{'constant_value':{'k':1,'n':null}},"
    "'maps':{'constant_value':[{'k':1}]},"
    "'many_maps':{'constant_value':[{'k':1},{'k':2}]},"
    "'block':[{'in':{'constant_value':true},'ref':{'references':['x.z.id','x.z']},"
    "'deep':[{'v':{'constant_value':5}}]}],"
    "'blocks':[{'same':{'constant_value':1},'other':{'constant_value':1},'ref':{'references':['x.a']},"
    "'like':{'references':['x.z']},'some':{'constant_value':1},'mix':{'constant_value':1}},"
    "{'same':{'constant_value':1.0},'other':{'constant_value':2},'ref':{'references':['x.b']},"
    "'like':{'references':['x.z']},'mix':{'references':['x.c']}}],"
    "'single':{'in':{'constant_value':'s'},'inner':{'v':{'references':['x.z']}}},"
    "'no_blocks':[],"
    "'odd':7,'odd_references':{'references':[5]}"
    "}}],'module_calls':{'a':{'expressions':{'null_passed':{'references':['var.nothing']},"
    "'literal_passed':{'constant_value':'l'},'null_literal':{'constant_value':null},"
    "'template_passed':{'constant_value':'${uuid()}'},"
    "'resource_passed':{'references':['x.z.arn','x.z']},"
    "'two_passed':{'references':['x.z.arn','x.z','var.some']},"
    "'local_passed':{'references':['local.l']}},"
    "'module':{'variables':{'null_passed':{},'literal_passed':{},'null_literal':{'default':'d'},'template_passed':{},"
    "'defaulted':{'default':'d'},'null_default':{'default':null},'required':{}},"
    "'resources':[{'address':'x.m','type':'x','expressions':{"
    "'null_passed':{'references':['var.null_passed']},'null_literal':{'references':['var.null_literal']},"
    "'null_default':{'references':['var.null_default']},'literal_passed':{'references':['var.literal_passed']},"
    "'defaulted':{'references':['var.defaulted']}}}],"
    "'module_calls':{'b':{'expressions':{'up_null':{'references':['var.null_passed']},"
    "'up_default':{'references':['var.null_default']},'up_literal':{'references':['var.literal_passed']},"
    "'up_resource':{'references':['var.resource_passed','var.two_passed','each.key']}},"
    "'module':{'resources':[{'address':'x.n','type':'x','expressions':{'up_null':{'references':['var.up_null']},"
    "'up_default':{'references':['var.up_default']},'up_literal':{'references':['var.up_literal']}}}]}}}}}}}}}";

struct setting {
    struct plan_case c;
    FILE *out;
    size_t left; /* origins after which to stop */
};

static int open_document(void **state)
{
    struct setting *setting = calloc(1, sizeof *setting);
    assert_non_null(setting);
    struct str text = { NULL, sizeof document - 1 };
    char *bytes = malloc(text.n);
    assert_non_null(bytes);
    for (size_t i = 0; i < text.n; i++)
        bytes[i] = (char)(document[i] == '\'' ? '"' : document[i]);
    text.p = bytes;
    plan_case_read(&setting->c, text, 0);
    free(bytes);
    assert_string_equal(setting->c.error.text, "");
    assert_true(setting->c.ok);
    *state = setting;
    return 0;
}

static int close_document(void **state)
{
    struct setting *setting = *state;
    plan_case_close(&setting->c);
    free(setting);
    return 0;
}

/* What is written at that path of the block: the name of the enum, and what comes with it. */
static void expect(void **state, const char *key, const char *path_text, const char *wanted)
{
    struct setting *setting = *state;
    static const char *const names[] = { "unresolved", "not", "null", "constant", "expression" };
    struct arena *arena = setting->c.arena;
    const struct path *path = path_compile(arena, str_from(path_text), &setting->c.error);
    assert_non_null(path);
    struct written_value written = configuration_find(&setting->c.plan, str_from(key), path);
    const char *text = names[written.written];
    if (written.constant != NULL)
        text = arena_format(arena, "%s %s", text, case_show(arena, written.constant)).p;
    if (written.references != NULL)
        text = arena_format(arena, "%s %s", text, case_show(arena, written.references)).p;
    assert_string_equal(text, wanted);
}

static void a_literal_is_a_constant(void **state)
{
    expect(state, "x.y", "literal", "constant \"text\"");
    expect(state, "x.y", "zero", "constant 0");
    expect(state, "x.y", "blank", "constant \"\"");
}

static void a_literal_null_is_null(void **state)
{
    expect(state, "x.y", "no", "null");
}

static void what_refers_to_something_is_an_expression(void **state)
{
    expect(state, "x.y", "reference", "expression [\"x.z.arn\" \"x.z\"]");
    expect(state, "x.y", "reference[0].part", "expression [\"x.z.arn\" \"x.z\"]");
    expect(state, "x.y", "json_syntax", "expression [\"x.z.arn\" \"x.z\"]");
    expect(state, "x.y", "function", "expression");
    expect(state, "x.y", "odd_references", "expression [5]");
}

static void a_template_among_the_constants_is_an_expression(void **state)
{
    expect(state, "x.y", "template", "expression");
    expect(state, "x.y", "templates[1]", "expression");
    expect(state, "x.y", "templates[0]", "constant \"a\"");
}

static void what_nobody_wrote_is_not_written(void **state)
{
    expect(state, "x.y", "missing", "not");
    expect(state, "x.y", "missing[0].in", "not");
    expect(state, "x.y", "no_blocks[0].in", "not");
    expect(state, "x.y", "block[0].missing", "not");
    expect(state, "x.y", "blocks[*].missing", "not");
}

static void a_block_that_the_configuration_lacks_is_unresolved(void **state)
{
    expect(state, "x.unheard", "literal", "unresolved");
    expect(state, "module.c.x.y", "literal", "unresolved");
}

static void steps_lead_into_constants(void **state)
{
    expect(state, "x.y", "map.k", "constant 1");
    expect(state, "x.y", "map[\"n\"]", "null");
    expect(state, "x.y", "map.missing", "not");
    expect(state, "x.y", "maps[0].k", "constant 1");
    expect(state, "x.y", "maps.k", "constant 1");
    expect(state, "x.y", "maps[1].k", "not");
    expect(state, "x.y", "many_maps.k", "unresolved");
    expect(state, "x.y", "many_maps[*].k", "unresolved");
    expect(state, "x.y", "map.keys()", "unresolved");
    expect(state, "x.y", "literal[0]", "constant \"text\"");
    expect(state, "x.y", "literal.json().a", "unresolved");
}

static void a_null_variable_makes_the_attribute_null(void **state)
{
    expect(state, "x.y", "from_null", "null");
    expect(state, "x.y", "from_some", "expression [\"var.some\"]");
    expect(state, "x.y", "from_unheard", "expression [\"var.unheard\"]");
    expect(state, "x.y", "from_two", "expression [\"var.nothing\" \"x.z\"]");
    expect(state, "x.y", "from_part", "expression [\"var.nothing.part\" \"var.nothing\"]");
}

static void a_null_variable_is_followed_through_modules(void **state)
{
    expect(state, "module.a.x.m", "null_passed", "null");
    expect(state, "module.a.x.m", "null_literal", "null");
    expect(state, "module.a.x.m", "null_default", "null");
    expect(state, "module.a.x.m", "literal_passed", "expression [\"var.literal_passed\"]");
    expect(state, "module.a.x.m", "defaulted", "expression [\"var.defaulted\"]");
    expect(state, "module.a.module.b.x.n", "up_null", "null");
    expect(state, "module.a.module.b.x.n", "up_default", "null");
    expect(state, "module.a.module.b.x.n", "up_literal", "expression [\"var.up_literal\"]");
}

static void one_nested_block_is_gone_into(void **state)
{
    expect(state, "x.y", "block[0].in", "constant true");
    expect(state, "x.y", "block[*].in", "constant true");
    expect(state, "x.y", "block.in", "constant true");
    expect(state, "x.y", "block[0].ref", "expression [\"x.z.id\" \"x.z\"]");
    expect(state, "x.y", "block[0].deep[0].v", "constant 5");
    expect(state, "x.y", "block.deep.v", "constant 5");
    expect(state, "x.y", "block", "expression");
    expect(state, "x.y", "block.keys()", "expression");
}

static void a_single_nested_block_is_an_object(void **state)
{
    expect(state, "x.y", "single.in", "constant \"s\"");
    expect(state, "x.y", "single[0].in", "constant \"s\"");
    expect(state, "x.y", "single.inner.v", "expression [\"x.z\"]");
    expect(state, "x.y", "single.missing", "not");
}

static void blocks_that_differ_do_not_tell(void **state)
{
    expect(state, "x.y", "blocks[0].same", "constant 1");
    expect(state, "x.y", "blocks[0].other", "unresolved");
    expect(state, "x.y", "blocks[1].some", "unresolved");
    expect(state, "x.y", "blocks[0].like", "expression [\"x.z\"]");
    expect(state, "x.y", "blocks[*].ref", "expression");
    expect(state, "x.y", "blocks[0].mix", "unresolved [\"x.c\"]");
}

static void odd_expressions_are_no_harm(void **state)
{
    expect(state, "x.y", "odd", "expression");
    expect(state, "x.y", "odd.a", "not");
    expect(state, "x.y", "odd[0]", "expression");
}

static void the_value_of_a_variable_is_found_where_it_is_literal(void **state)
{
    struct setting *setting = *state;
    static const struct {
        const char *module, *name, *wanted;
    } rows[] = {
        { "", "some", "\"v\"" },
        { "", "nothing", "null" },
        { "", "unheard", "none" },
        { "module.a", "null_passed", "null" },
        { "module.a", "literal_passed", "\"l\"" },
        { "module.a", "null_literal", "null" },
        { "module.a", "defaulted", "\"d\"" },
        { "module.a", "required", "none" },
        { "module.a", "template_passed", "none" },
        { "module.a", "resource_passed", "none" },
        { "module.a", "local_passed", "none" },
        { "module.a.module.b", "up_literal", "\"l\"" },
        { "module.a.module.b", "up_resource", "none" },
        { "module.unheard", "some", "none" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct value *value = configuration_find_variable(&setting->c.plan, str_from(rows[i].module),
                                                                str_from(rows[i].name));
        assert_string_equal(case_show(setting->c.arena, value), rows[i].wanted);
    }
}

static bool write_origin(void *context, struct str module, struct str reference)
{
    struct setting *setting = context;
    fprintf(setting->out, "%.*s:%.*s ", STR_ARG(module), STR_ARG(reference));
    return --setting->left > 0;
}

static void expect_origins(void **state, const char *module, const char *references, size_t limit, const char *wanted)
{
    struct setting *setting = *state;
    char *text = NULL;
    size_t n = 0;
    setting->out = open_memstream(&text, &n);
    setting->left = limit;
    assert_non_null(setting->out);
    const struct value *list = references == NULL ? NULL : case_tree(setting->c.arena, references);
    configuration_each_origin(&setting->c.plan, str_from(module), list, write_origin, setting);
    fclose(setting->out);
    assert_string_equal(text, wanted);
    free(text);
}

static void origins_are_followed_up_through_the_modules(void **state)
{
    expect_origins(state, "", "['x.z.arn','x.z','var.some']", 99, ":x.z.arn :var.some ");
    expect_origins(state, "module.a", "['var.resource_passed']", 99, ":x.z.arn ");
    expect_origins(state, "module.a", "['var.literal_passed','x.m.id','x.m']", 99,
                   "module.a:var.literal_passed module.a:x.m.id ");
    expect_origins(state, "module.a", "['var.null_passed','var.defaulted']", 99,
                   ":var.nothing module.a:var.defaulted ");
    expect_origins(state, "module.a.module.b", "['var.up_resource','x.n']", 99,
                   ":x.z.arn :x.z.arn :var.some module.a:each.key module.a.module.b:x.n ");
    expect_origins(state, "module.unheard", "['var.some']", 99, "module.unheard:var.some ");
    expect_origins(state, "module.a", "['var.resource_passed.part','var.resource_passed']", 99,
                   "module.a:var.resource_passed.part ");
}

static void following_origins_stops_when_it_is_told_to(void **state)
{
    expect_origins(state, "module.a.module.b", "['var.up_resource','x.n']", 2, ":x.z.arn :x.z.arn ");
    expect_origins(state, "", NULL, 99, "");
    expect_origins(state, "", "[]", 99, "");
}

static void beginnings_of_longer_references_are_dropped(void **state)
{
    expect_origins(state, "", "['x.y[0].arn','x.y[0]','x.y','x.yz','x']", 99, ":x.y[0].arn :x.yz ");
    expect_origins(state, "", "['x.y','x.y.arn']", 99, ":x.y :x.y.arn ");
    expect_origins(state, "", "['x.y','x.y']", 99, ":x.y :x.y ");
}

static bool count_origin(void *context, struct str module, struct str reference)
{
    (void)module;
    (void)reference;
    ++*(size_t *)context;
    return true;
}

static void modules_that_pass_everything_twice_are_followed_in_bounded_time(void **state)
{
    (void)state;
    struct plan_case c;
    char *text = NULL;
    size_t n = 0, origins = 0;
    FILE *out = open_memstream(&text, &n);
    assert_non_null(out);
    fputs("{\"format_version\":\"1.2\",\"configuration\":{\"root_module\":{", out);
    for (int i = 0; i < 60; i++)
        fputs("\"module_calls\":{\"m\":{\"expressions\":{\"a\":{\"references\":[\"var.a\",\"var.b\"]},"
              "\"b\":{\"references\":[\"var.a\",\"var.b\"]}},\"module\":{", out);
    for (int i = 0; i < 60; i++)
        fputs("}}}", out);
    fputs("}}}", out);
    fclose(out);
    plan_case_read(&c, (struct str){ text, n }, 0);
    assert_true(c.ok);
    const struct map *modules = &c.plan.configuration.modules;
    struct str deepest = STR("");
    for (size_t i = 0; i < modules->count; i++)
        if (modules->entries[i].key.n > deepest.n)
            deepest = modules->entries[i].key;
    configuration_each_origin(&c.plan, deepest, case_tree(c.arena, "['var.a']"), count_origin, &origins);
    assert_in_range(origins, 60, 100000);
    plan_case_close(&c);
    free(text);
}

static void attributes_of_a_real_plan_are_told_apart(void **state)
{
    (void)state;
    struct setting setting;
    struct setting *place = &setting;
    struct memory memory = { .exhausted = case_exhausted };
    struct arena *arena = arena_open(&memory);
    plan_case_read(&setting.c, case_file(arena, "tests/plans/unset.json"), 0);
    void *context = place;
    expect(&context, "aws_dynamodb_table.block_absent", "point_in_time_recovery[0].enabled", "not");
    expect(&context, "aws_dynamodb_table.off_by_literal", "point_in_time_recovery[0].enabled", "constant false");
    expect(&context, "aws_dynamodb_table.known_by_variable", "server_side_encryption[0].kms_key_arn", "null");
    expect(&context, "aws_dynamodb_table.unknown_until_apply", "server_side_encryption[0].kms_key_arn",
           "expression [\"aws_kms_key.store.arn\" \"aws_kms_key.store\"]");
    expect(&context, "aws_ebs_volume.key_absent", "kms_key_id", "not");
    expect(&context, "aws_ebs_volume.key_null_by_variable", "kms_key_id", "null");
    expect(&context, "aws_cloudwatch_log_group.null_everywhere", "retention_in_days", "null");
    expect(&context, "aws_cloudwatch_log_group.empty_string", "kms_key_id", "constant \"\"");
    expect(&context, "aws_cloudwatch_log_group.empty_string", "tags", "constant {}");
    plan_case_close(&setting.c);
    arena_close(arena);
}

int main(void)
{
#define WITH_DOCUMENT(test) cmocka_unit_test_setup_teardown(test, open_document, close_document)
    static const struct CMUnitTest tests[] = {
        WITH_DOCUMENT(a_literal_is_a_constant),
        WITH_DOCUMENT(a_literal_null_is_null),
        WITH_DOCUMENT(what_refers_to_something_is_an_expression),
        WITH_DOCUMENT(a_template_among_the_constants_is_an_expression),
        WITH_DOCUMENT(what_nobody_wrote_is_not_written),
        WITH_DOCUMENT(a_block_that_the_configuration_lacks_is_unresolved),
        WITH_DOCUMENT(steps_lead_into_constants),
        WITH_DOCUMENT(a_null_variable_makes_the_attribute_null),
        WITH_DOCUMENT(a_null_variable_is_followed_through_modules),
        WITH_DOCUMENT(one_nested_block_is_gone_into),
        WITH_DOCUMENT(a_single_nested_block_is_an_object),
        WITH_DOCUMENT(blocks_that_differ_do_not_tell),
        WITH_DOCUMENT(odd_expressions_are_no_harm),
        WITH_DOCUMENT(the_value_of_a_variable_is_found_where_it_is_literal),
        WITH_DOCUMENT(origins_are_followed_up_through_the_modules),
        WITH_DOCUMENT(following_origins_stops_when_it_is_told_to),
        WITH_DOCUMENT(beginnings_of_longer_references_are_dropped),
        cmocka_unit_test(modules_that_pass_everything_twice_are_followed_in_bounded_time),
        cmocka_unit_test(attributes_of_a_real_plan_are_told_apart),
    };
    return cmocka_run_group_tests_name("plan/configuration", tests, NULL, NULL);
}
