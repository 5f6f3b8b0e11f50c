#include "wiring_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define CHANGE(address, type, after, unknown)                                                                     \
    "{'address':'" address "','type':'" type "','change':{'actions':['create'],'after':{" after "},"               \
    "'after_unknown':{" unknown "}}}"
#define CHANGE_IN(module, address, type, after, unknown) CHANGE(module "." address, type, after, unknown)

/* Buckets x.a (counted), x.b and module.m's x.c; y.* and module.n's y.* speak of them in every way. */
static const char document[] =
    "{'format_version':'1.2','variables':{},'resource_changes':["
    CHANGE("x.a[0]", "x", "'name':'a0'", "'id':true") ","
    CHANGE("x.a[1]", "x", "'name':'a1'", "'id':true") ","
    CHANGE("x.b", "x", "'name':'b'", "'id':true") ","
    CHANGE_IN("module.m", "x.c", "x", "'name':'c'", "'id':true") ","
    CHANGE("x.twin", "x", "'name':'b'", "'id':true") ","
    CHANGE("y.by_value", "y", "'of':'b'", "") ","
    CHANGE("y.by_both", "y", "'of':'b'", "") ","
    CHANGE("y.by_arn", "y", "'of':'arn:aws:s3:::b/*'", "") ","
    CHANGE("y.by_index", "y", "", "'of':true") ","
    CHANGE("y.by_splat", "y", "", "'of':true") ","
    CHANGE("y.by_output", "y", "", "'of':true") ","
    CHANGE("y.by_local", "y", "", "'of':true") ","
    CHANGE("y.by_other", "y", "", "'of':true") ","
    CHANGE("y.by_pass", "y", "", "'of':true") ","
    CHANGE("y.by_count[1]", "y", "", "'of':true") ","
    CHANGE_IN("module.n", "y.by_input", "y", "", "'of':true")
    "],'configuration':{'root_module':{'resources':["
    "{'address':'x.a','type':'x','count_expression':{'constant_value':2},'expressions':{'name':{'references':['count.index']}}},"
    "{'address':'x.b','type':'x','expressions':{'name':{'constant_value':'b'}}},"
    "{'address':'x.twin','type':'x','expressions':{'name':{'constant_value':'b'}}},"
    "{'address':'y.by_both','type':'y','expressions':{'of':{'references':['x.b.name','x.b']}}},"
    "{'address':'y.by_value','type':'y','expressions':{'of':{'constant_value':'b'}}},"
    "{'address':'y.by_arn','type':'y','expressions':{'of':{'constant_value':'arn:aws:s3:::b/*'}}},"
    "{'address':'y.by_index','type':'y','expressions':{'of':{'references':['x.a[1].id','x.a[1]','x.a']}}},"
    "{'address':'y.by_splat','type':'y','expressions':{'of':{'references':['x.a']}}},"
    "{'address':'y.by_output','type':'y','expressions':{'of':{'references':['module.m.id','module.m']}}},"
    "{'address':'y.by_local','type':'y','expressions':{'of':{'references':['local.l']}}},"
    "{'address':'y.by_other','type':'y','expressions':{'of':{'references':['x.b.id','x.b']}}},"
    "{'address':'y.by_pass','type':'y','expressions':{'of':{'references':['y.by_other.of','y.by_other']}}},"
    "{'address':'y.by_count','type':'y','count_expression':{'constant_value':2},"
    "'expressions':{'of':{'references':['x.a','count.index']}}}"
    "],'module_calls':{'m':{'module':{'outputs':{'id':{'expression':{'references':['x.c.id','x.c']}}},"
    "'resources':[{'address':'x.c','type':'x','expressions':{'name':{'constant_value':'c'}}}]}},"
    "'n':{'expressions':{'in':{'references':['module.m.id','module.m']}},'module':{'variables':{'in':{}},"
    "'resources':[{'address':'y.by_input','type':'y','expressions':{'of':{'references':['var.in']}}}]}}}}}}";

struct found {
    char text[1024];
};

static bool note(void *context, struct node *node, bool is_sure)
{
    struct found *found = context;
    size_t n = strlen(found->text);
    snprintf(found->text + n, sizeof found->text - n, "%s%.*s%s", n == 0 ? "" : " ", STR_ARG(node->resource.address),
             is_sure ? "" : "?");
    return true;
}

static bool note_open(void *context, struct node *node, struct str reason)
{
    struct found *found = context;
    size_t n = strlen(found->text);
    snprintf(found->text + n, sizeof found->text - n, "%s%.*s:%.*s", n == 0 ? "" : " ", STR_ARG(node->resource.address),
             STR_ARG(reason));
    return true;
}

static struct found find_links(struct wiring_case *c, const char *theirs, const char *address)
{
    struct found found = { "" };
    struct str type = STR("y");
    struct link_index *index = link_index_build(&c->wiring, c->plan.arena, &type, 1, wiring_case_end(c, theirs));
    struct terms ours = link_terms(&c->wiring, wiring_case_node(c, address), (struct link_end){ 0 },
                                   (struct link_end){ 0 }, STR(""));
    link_each(&c->wiring, index, &ours, note, &found);
    return found;
}

static int open_case(void **state)
{
    struct wiring_case *c = calloc(1, sizeof *c);
    wiring_case_open(c, document);
    *state = c;
    return 0;
}

static int close_case(void **state)
{
    wiring_case_close(*state);
    free(*state);
    return 0;
}

static void known_values_names_and_arns_link(void **state)
{
    struct found found = find_links(*state, "of", "x.b");
    assert_non_null(strstr(found.text, "y.by_value"));
    assert_non_null(strstr(found.text, "y.by_arn"));
    assert_null(strstr(found.text, "y.by_index"));
}

static void a_name_that_two_have_means_the_one_that_is_referred_to(void **state)
{
    assert_non_null(strstr(find_links(*state, "of", "x.b").text, "y.by_both"));
    struct found twin = find_links(*state, "of", "x.twin");
    assert_non_null(strstr(twin.text, "y.by_value"));
    assert_null(strstr(twin.text, "y.by_both"));
}

static void what_another_resource_passes_on_links_too(void **state)
{
    struct found found = find_links(*state, "of", "x.b");
    assert_non_null(strstr(found.text, "y.by_other"));
    assert_non_null(strstr(found.text, "y.by_pass"));
}

static void outputs_lead_up_and_inputs_lead_down(void **state)
{
    assert_string_equal(find_links(*state, "of", "module.m.x.c").text, "y.by_output module.n.y.by_input");
}

static void an_index_means_one_instance_and_a_whole_block_may_mean_any(void **state)
{
    assert_string_equal(find_links(*state, "of", "x.a[1]").text, "y.by_index y.by_count[1] y.by_splat?");
    assert_string_equal(find_links(*state, "of", "x.a[0]").text, "y.by_splat?");
}

static void a_list_of_a_whole_block_means_every_instance(void **state)
{
    struct found found = find_links(*state, "of[*]", "x.a[0]");
    assert_string_equal(found.text, "y.by_splat");
}

static void a_local_leaves_the_link_open(void **state)
{
    struct wiring_case *c = *state;
    struct found found = { "" };
    struct str type = STR("y");
    struct link_index *index = link_index_build(&c->wiring, c->plan.arena, &type, 1, wiring_case_end(c, "of"));
    link_each_open(index, note_open, &found);
    assert_string_equal(found.text, "y.by_local:local.l");
}

static void a_resource_finds_what_it_leads_to(void **state)
{
    struct wiring_case *c = *state;
    struct found found = { "" };
    struct str type = STR("x");
    struct link_index *index = link_index_build(&c->wiring, c->plan.arena, &type, 1, (struct link_end){ 0 });
    struct terms ours = link_terms(&c->wiring, wiring_case_node(c, "module.n.y.by_input"), wiring_case_end(c, "of"),
                                   (struct link_end){ 0 }, STR(""));
    link_each(&c->wiring, index, &ours, note, &found);
    assert_string_equal(found.text, "module.m.x.c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(known_values_names_and_arns_link, open_case, close_case),
        cmocka_unit_test_setup_teardown(a_name_that_two_have_means_the_one_that_is_referred_to, open_case, close_case),
        cmocka_unit_test_setup_teardown(what_another_resource_passes_on_links_too, open_case, close_case),
        cmocka_unit_test_setup_teardown(outputs_lead_up_and_inputs_lead_down, open_case, close_case),
        cmocka_unit_test_setup_teardown(an_index_means_one_instance_and_a_whole_block_may_mean_any, open_case, close_case),
        cmocka_unit_test_setup_teardown(a_list_of_a_whole_block_means_every_instance, open_case, close_case),
        cmocka_unit_test_setup_teardown(a_local_leaves_the_link_open, open_case, close_case),
        cmocka_unit_test_setup_teardown(a_resource_finds_what_it_leads_to, open_case, close_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
