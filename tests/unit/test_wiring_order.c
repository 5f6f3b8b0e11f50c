#include "wiring_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define CHANGE(address, unknown)                                                                                  \
    "{'address':'" address "','mode':'managed','type':'x','name':'n','provider_name':'aws','change':{"             \
    "'actions':['create'],'before':null,'after':{'known':'k'},'after_unknown':{" unknown "}}}"

static const char document[] =
    "{'format_version':'1.2','resource_changes':["
    CHANGE("x.first", "'id':true") "," CHANGE("x.by_reference", "'id':true") "," CHANGE("x.by_depends", "'id':true") ","
    CHANGE("x.by_plain_local", "'id':true") "," CHANGE("x.by_local", "'id':true,'of':true")
    "],'configuration':{'root_module':{'resources':["
    "{'address':'x.first','type':'x','expressions':{}},"
    "{'address':'x.by_reference','type':'x','expressions':{'block':[{'of':{'references':['x.first.id','x.first']}}]}},"
    "{'address':'x.by_depends','type':'x','expressions':{},'depends_on':['x.by_reference']},"
    "{'address':'x.by_plain_local','type':'x','expressions':{'known':{'references':['local.l']}}},"
    "{'address':'x.by_local','type':'x','expressions':{'of':{'references':['local.l']}}}"
    "],'module_calls':{"
    "'m':{'depends_on':['x.first'],'module':{'resources':[{'address':'x.in','type':'x','expressions':{}}],"
    "'outputs':{'o':{'expression':{'references':['x.in.id','x.in']}}}}},"
    "'n':{'expressions':{'i':{'references':['module.m.o','module.m']}},'module':{'variables':{'i':{}},'resources':["
    "{'address':'x.with','type':'x','expressions':{'of':{'references':['var.i']}}},"
    "{'address':'x.without','type':'x','expressions':{}}]}},"
    "'q':{'expressions':{},'module':{'resources':[{'address':'x.a','type':'x','expressions':{}},"
    "{'address':'x.b','type':'x','expressions':{}}],"
    "'outputs':{'a':{'expression':{'references':['x.a.id','x.a']}}}}},"
    "'r':{'expressions':{'i':{'references':['module.q.a','module.q']}},'module':{'resources':["
    "{'address':'x.z','type':'x','expressions':{'of':{'references':['var.i']}}}]}}"
    "}}}}";

static enum order ask(struct wiring_case *c, const char *later, const char *earlier)
{
    struct str reason = { NULL, 0 };
    return order_find(&c->wiring, str_from(later), str_from(earlier), &reason);
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

static void references_and_depends_on_make_it_wait(void **state)
{
    assert_int_equal(ask(*state, "x.by_reference", "x.first"), ORDER_AFTER);
    assert_int_equal(ask(*state, "x.by_depends", "x.first"), ORDER_AFTER);
    assert_int_equal(ask(*state, "x.first", "x.by_depends"), ORDER_NONE);
}

static void all_in_a_module_waits_for_what_its_call_waits_for(void **state)
{
    assert_int_equal(ask(*state, "module.m.x.in", "x.first"), ORDER_AFTER);
}

static void an_output_leads_only_to_what_it_names(void **state)
{
    assert_int_equal(ask(*state, "module.n.x.with", "module.m.x.in"), ORDER_AFTER);
    assert_int_equal(ask(*state, "module.n.x.with", "x.first"), ORDER_AFTER);
    assert_int_equal(ask(*state, "module.n.x.without", "module.m.x.in"), ORDER_NONE);
    assert_int_equal(ask(*state, "module.r.x.z", "module.q.x.a"), ORDER_AFTER);
    assert_int_equal(ask(*state, "module.r.x.z", "module.q.x.b"), ORDER_NONE);
}

static void a_local_leaves_the_order_open_unless_its_value_is_known(void **state)
{
    assert_int_equal(ask(*state, "x.by_local", "x.first"), ORDER_UNKNOWN);
    assert_int_equal(ask(*state, "x.by_plain_local", "x.first"), ORDER_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(references_and_depends_on_make_it_wait, open_case, close_case),
        cmocka_unit_test_setup_teardown(all_in_a_module_waits_for_what_its_call_waits_for, open_case, close_case),
        cmocka_unit_test_setup_teardown(an_output_leads_only_to_what_it_names, open_case, close_case),
        cmocka_unit_test_setup_teardown(a_local_leaves_the_order_open_unless_its_value_is_known, open_case, close_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
