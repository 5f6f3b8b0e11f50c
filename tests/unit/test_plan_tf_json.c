#include "plan/path.h"
#include "plan/tf_json.h"
#include "plan_case.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* What was told, a line each: address, provider, actions, construct, and after. */
struct told {
    struct memory memory;
    struct arena *arena, *scratch;
    struct plan plan;
    struct error error;
    struct str text;
};

static bool add_text(void *context, struct str text)
{
    struct told *told = context;
    told->text = arena_join(told->arena, (struct str[]){ told->text, text }, 2);
    return true;
}

static void add_value(struct told *told, const struct value *value)
{
    const char *mark = value->sensitive ? "!" : "";
    switch (value->kind) {
    case VALUE_UNKNOWN: add_text(told, arena_format(told->arena, "?%s<%.*s>", mark, STR_ARG(value->text))); return;
    case VALUE_NULL: add_text(told, STR("null")); return;
    case VALUE_BOOL: add_text(told, value->truth ? STR("true") : STR("false")); return;
    case VALUE_NUMBER: add_text(told, value->text); return;
    case VALUE_STRING: add_text(told, arena_format(told->arena, "'%s%.*s'", mark, STR_ARG(value->text))); return;
    case VALUE_LIST:
    case VALUE_OBJECT: break;
    }
    add_text(told, value->kind == VALUE_LIST ? STR("[") : STR("{"));
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        if (child != value->first)
            add_text(told, STR(","));
        if (value->kind == VALUE_OBJECT)
            add_text(told, arena_format(told->arena, "%.*s:", STR_ARG(child->key)));
        add_value(told, child);
    }
    add_text(told, value->kind == VALUE_LIST ? STR("]") : STR("}"));
}

static void on_resource(void *context, const struct resource *resource)
{
    struct told *told = context;
    if (resource->mode == MODE_BLOCK)
        add_text(told, STR("block "));
    add_text(told, resource->address);
    if (resource->construct.p != NULL)
        add_text(told, arena_format(told->arena, " (%.*s)", STR_ARG(resource->construct)));
    add_text(told, STR(" "));
    add_value(told, resource->after);
    add_text(told, STR("\n"));
}

static bool on_wants(void *context, struct str configuration_key, struct str type, struct str attribute)
{
    (void)context;
    (void)configuration_key;
    (void)type;
    (void)attribute;
    return true;
}

static int open_told(void **state)
{
    struct told *told = calloc(1, sizeof *told);
    if (told == NULL)
        return -1;
    told->memory.exhausted = case_exhausted;
    told->arena = arena_open(&told->memory);
    told->scratch = arena_open(&told->memory);
    *state = told;
    return 0;
}

static int close_told(void **state)
{
    struct told *told = *state;
    arena_close(told->scratch);
    arena_close(told->arena);
    free(told);
    return 0;
}

static void read_document(struct told *told, const char *text, size_t chunk)
{
    static const struct plan_events events = { on_resource, on_wants };
    size_t n = strlen(text);
    told->plan = (struct plan){ .arena = told->arena };
    told->error = (struct error){ 0 };
    told->text = STR("");
    struct plan_reader *reader = plan_open(&told->plan, told->scratch, &events, told, (struct str){ NULL, 0 }, &told->error);
    for (size_t i = 0; i < n; i += chunk)
        assert_true(plan_feed(reader, text + i, n - i < chunk ? n - i : chunk));
    assert_true(plan_close(reader));
    assert_int_equal(told->plan.form, PLAN_FORM_CONFIGURATION);
}

static void tells(struct told *told, const char *text, const char *expected)
{
    static const size_t chunks[] = { 1, 7, 100000 };
    for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
        read_document(told, text, chunks[i]);
        struct str got = arena_join(told->arena, (struct str[]){ told->text, STR("") }, 2);
        struct str with_end = arena_copy(told->arena, got);
        assert_string_equal(with_end.n == 0 ? "" : with_end.p, expected);
    }
}

static void resources_data_sources_and_blocks_are_told_in_order(void **state)
{
    tells(*state,
          "{\"//\":{\"metadata\":{\"stackName\":\"s\"}},\"output\":{\"o\":{\"value\":1}},\"resource\":{\"aws_a\":{\"x\":{\"n\":1,"
          "\"//\":{\"metadata\":{\"path\":\"s/x\"}}}}},\"data\":{\"aws_d\":{\"y\":{}}},\"provider\":{\"aws\":[{\"region\":\"r\"},"
          "{\"alias\":\"w\",\"region\":\"q\"}]},\"variable\":{\"v\":{\"default\":\"d\"}},\"terraform\":{\"backend\":{\"s3\":{"
          "\"key\":\"k\"}}},\"module\":{\"m\":{\"source\":\"./m\"}}}",
          "aws_a.x (s/x) {n:1}\ndata.aws_d.y {}\nblock terraform {backend:{s3:{key:'k'}}}\nblock terraform.backend.s3 {key:'k'}\n"
          "block provider.aws {region:'r'}\nblock provider.aws.w {alias:'w',region:'q'}\nblock var.v {default:'d'}\n"
          "block output.o {value:1}\nblock module.m {source:'./m'}\n");
}

static void bodies_and_kinds_may_be_lists(void **state)
{
    tells(*state, "{\"resource\":[{\"aws_a\":{\"x\":[{\"n\":1}]}},{\"aws_b\":[{\"y\":{}}]}]}", "aws_a.x {n:1}\naws_b.y {}\n");
}

static void meta_arguments_are_no_attributes_and_count_0_makes_nothing(void **state)
{
    tells(*state,
          "{\"resource\":{\"aws_a\":{\"x\":{\"count\":2,\"depends_on\":[\"aws_a.y\"],\"provider\":\"aws.w\",\"n\":1},"
          "\"y\":{\"count\":0},\"z\":{\"for_each\":{},\"lifecycle\":{\"prevent_destroy\":true}}}}}",
          "aws_a.x {n:1}\naws_a.z {lifecycle:{prevent_destroy:true}}\n");
}

static void templates_are_evaluated_as_far_as_everything_in_them_is_known(void **state)
{
    tells(*state,
          "{\"variable\":{\"env\":{\"default\":\"prod\"},\"n\":{\"default\":3},\"open\":{},\"list\":{\"default\":[1]}},"
          "\"locals\":{\"name\":\"shop-${var.env}\",\"deep\":\"${local.name}-x\"},"
          "\"resource\":{\"aws_a\":{\"x\":{\"a\":\"${local.deep}\",\"b\":\"${var.n}\",\"c\":\"n${var.n}\",\"d\":\"${var.open}-x\","
          "\"e\":\"$${aws:username}\",\"f\":\"${var.list}\",\"g\":\"x-${var.list}\",\"h\":\"${upper(var.env)}\",\"i\":\"${aws_a.y.id}\","
          "\"j\":\"${aws_a.y.name}-z\",\"k\":\"${\\\"${var.env}\\\"}\"},\"y\":{\"name\":\"${local.name}\"}}}}",
          "aws_a.x {a:'shop-prod-x',b:3,c:'n3',d:?<${var.open}-x>,e:'${aws:username}',f:[1],g:?<x-${var.list}>,"
          "h:?<${upper(var.env)}>,i:?<${aws_a.y.id}>,j:'shop-prod-z',k:?<${\"${var.env}\"}>}\n"
          "aws_a.y {name:'shop-prod'}\nblock var.env {default:'prod'}\nblock var.n {default:3}\nblock var.open {}\n"
          "block var.list {default:[1]}\n");
}

static void locals_that_go_round_in_circles_end_as_unknown(void **state)
{
    tells(*state, "{\"locals\":{\"a\":\"${local.b}\",\"b\":\"${local.a}\"},\"resource\":{\"aws_a\":{\"x\":{\"n\":\"${local.a}\"}}}}",
          "aws_a.x {n:?<${local.a}>}\n");
}

static void the_value_of_a_sensitive_variable_stays_marked_in_what_is_made_of_it(void **state)
{
    tells(*state,
          "{\"variable\":{\"p\":{\"default\":\"hunter2\",\"sensitive\":true}},\"resource\":{\"aws_a\":{\"x\":{\"a\":\"${var.p}\","
          "\"b\":\"u:${var.p}\"}}}}",
          "aws_a.x {a:'!hunter2',b:'!u:hunter2'}\nblock var.p {default:'hunter2',sensitive:true}\n");
    struct told *told = *state;
    assert_true(plan_is_sensitive_variable(&told->plan, STR("p")));
}

static void default_tags_of_the_provider_reach_the_resources_that_use_it(void **state)
{
    tells(*state,
          "{\"provider\":{\"aws\":[{\"default_tags\":[{\"tags\":{\"A\":\"1\",\"B\":\"2\"}}]},{\"alias\":\"w\"}]},"
          "\"resource\":{\"aws_a\":{\"x\":{\"tags\":{\"B\":\"3\"}},\"y\":{\"provider\":\"aws.w\"}}}}",
          "aws_a.x {tags:{B:'3'},tags_all:{B:'3',A:'1'}}\naws_a.y {}\n"
          "block provider.aws {default_tags:[{tags:{A:'1',B:'2'}}]}\nblock provider.aws.w {alias:'w'}\n");
}

static const char *references_of(struct told *told, const char *address, const char *path)
{
    struct error error = { 0 };
    const struct path *compiled = path_compile(told->arena, str_from(path), &error);
    struct written_value written = configuration_find(&told->plan, str_from(address), compiled);
    struct str text = written.written == WRITTEN_NOT          ? STR("not")
                      : written.written == WRITTEN_CONSTANT   ? STR("constant")
                      : written.written == WRITTEN_NULL       ? STR("null")
                      : written.written == WRITTEN_EXPRESSION ? STR("expression")
                                                              : STR("unresolved");
    for (const struct value *item = written.references == NULL ? NULL : written.references->first; item != NULL;
         item = item->next)
        text = arena_format(told->arena, "%.*s %.*s", STR_ARG(text), STR_ARG(item->text));
    return arena_copy(told->arena, text).p;
}

static void the_configuration_is_that_of_a_plan(void **state)
{
    struct told *told = *state;
    read_document(told,
                  "{\"locals\":{\"key\":\"${aws_k.k.arn}\"},\"resource\":{\"aws_a\":{\"x\":{\"a\":\"lit\",\"b\":null,\"c\":"
                  "\"p-${aws_k.k[0].arn}\",\"d\":\"${local.key}\",\"e\":{\"f\":\"${var.v}\"},\"g\":[{\"h\":1},{\"h\":2}],"
                  "\"count\":\"${var.n}\",\"depends_on\":[\"aws_k.k\"],\"provider\":\"aws.w\"}}}}",
                  1000);
    assert_string_equal(references_of(told, "aws_a.x", "a"), "constant");
    assert_string_equal(references_of(told, "aws_a.x", "b"), "null");
    assert_string_equal(references_of(told, "aws_a.x", "c"), "expression aws_k.k[0].arn aws_k.k");
    assert_string_equal(references_of(told, "aws_a.x", "d"), "expression aws_k.k.arn aws_k.k");
    assert_string_equal(references_of(told, "aws_a.x", "e.f"), "expression var.v");
    assert_string_equal(references_of(told, "aws_a.x", "g[0].h"), "unresolved");
    assert_string_equal(references_of(told, "aws_a.x", "z"), "not");
    const struct configured *block = map_find(&told->plan.configuration.resources, STR("aws_a.x"));
    assert_true(block->has_count);
    assert_true(str_equal(block->provider_key, STR("aws.w")));
    assert_true(str_equal(block->depends_on->first->text, STR("aws_k.k")));
    assert_true(str_equal(block->repetition->first->text, STR("var.n")));
}

static void a_template_that_holds_json_is_known_in_part(void **state)
{
    struct told *told = *state;
    read_document(told, "{\"resource\":{}}", 100);
    struct value *tree = tf_json_parse(&told->plan, told->arena,
                                       STR("{\"Action\":[\"s3:*\"],\"Resource\":\"${aws_b.b.arn}/*\",\"Who\":\"$${aws:user}\"}"));
    told->text = STR("");
    add_value(told, tree);
    assert_true(str_equal(told->text, STR("{Action:['s3:*'],Resource:?<${aws_b.b.arn}/*>,Who:'${aws:user}'}")));
    assert_int_equal(tf_json_parse(&told->plan, told->arena, STR("${jsonencode({})}"))->kind, VALUE_UNKNOWN);
}

static void a_template_surely_begins_and_ends_with_what_is_known(void **state)
{
    struct told *told = *state;
    struct str beginning, end;
    read_document(told, "{\"variable\":{\"e\":{\"default\":\"prod\"}},\"resource\":{}}", 100);
    tf_json_find_ends(&told->plan, told->arena, STR("a-${var.e}-${aws_b.b.id}.fifo"), &beginning, &end);
    assert_true(str_equal(beginning, STR("a-prod-")));
    assert_true(str_equal(end, STR(".fifo")));
    tf_json_find_ends(&told->plan, told->arena, STR("${aws_b.b.id}"), &beginning, &end);
    assert_int_equal(beginning.n + end.n, 0);
    tf_json_find_ends(&told->plan, told->arena, STR("a${"), &beginning, &end);
    assert_int_equal(beginning.n + end.n, 0);
}

static void what_required_providers_asks_for_is_found_in_any_form(void **state)
{
    struct told *told = *state;
    read_document(told, "{\"terraform\":{\"required_providers\":{\"aws\":{\"version\":\"5.1\"}}},\"resource\":{}}", 100);
    assert_true(str_equal(plan_find_version_constraint(&told->plan, STR("aws")), STR("5.1")));
    read_document(told, "{\"terraform\":[{\"required_providers\":[{\"aws\":\"~> 5\"}]}],\"resource\":{}}", 100);
    assert_true(str_equal(plan_find_version_constraint(&told->plan, STR("aws")), STR("~> 5")));
    assert_null(plan_find_version_constraint(&told->plan, STR("random")).p);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_told, close_told)
    const struct CMUnitTest tests[] = {
        TEST(resources_data_sources_and_blocks_are_told_in_order),
        TEST(bodies_and_kinds_may_be_lists),
        TEST(meta_arguments_are_no_attributes_and_count_0_makes_nothing),
        TEST(templates_are_evaluated_as_far_as_everything_in_them_is_known),
        TEST(locals_that_go_round_in_circles_end_as_unknown),
        TEST(the_value_of_a_sensitive_variable_stays_marked_in_what_is_made_of_it),
        TEST(default_tags_of_the_provider_reach_the_resources_that_use_it),
        TEST(the_configuration_is_that_of_a_plan),
        TEST(a_template_that_holds_json_is_known_in_part),
        TEST(a_template_surely_begins_and_ends_with_what_is_known),
        TEST(what_required_providers_asks_for_is_found_in_any_form),
    };
    return cmocka_run_group_tests_name("plan/tf_json", tests, NULL, NULL);
}
