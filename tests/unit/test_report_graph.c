#include "report/graph_layout.h"
#include "report_page.h"

enum { MOST = 400 };

struct graph_case {
    struct page_catcher page;
    struct report_node nodes[MOST];
    size_t refers[MOST][3];
    struct report_graph graph;
};

static void open_case(struct graph_case *one, size_t count)
{
    page_open(&one->page);
    memset(one->nodes, 0, sizeof one->nodes);
    for (size_t i = 0; i < count; i++)
        one->nodes[i] = (struct report_node){ .address = arena_format(one->page.arena, "aws_x.n%03zu", i),
                                              .refers = one->refers[i] };
    one->graph = (struct report_graph){ .nodes = one->nodes, .count = count };
}

static void refer(struct graph_case *one, size_t from, size_t to)
{
    one->refers[from][one->nodes[from].count++] = to;
}

static void who_refers_stands_in_a_higher_layer(void **state)
{
    (void)state;
    struct graph_case one;
    open_case(&one, 5);
    refer(&one, 0, 1);
    refer(&one, 1, 2);
    refer(&one, 0, 2);
    refer(&one, 3, 2);
    struct graph_layout layout = graph_layout_make(one.page.arena, &one.graph);
    assert_int_equal(layout.layers, 3);
    assert_int_equal(layout.places[2].layer, 0);
    assert_int_equal(layout.places[1].layer, 1);
    assert_int_equal(layout.places[3].layer, 1);
    assert_int_equal(layout.places[0].layer, 2);
    assert_false(layout.places[4].is_drawn); /* nothing is joined to it */
    assert_int_equal(layout.drawn, 4);
    page_close(&one.page);
}

static void no_two_nodes_stand_in_one_place(void **state)
{
    (void)state;
    struct graph_case one;
    open_case(&one, 60);
    for (size_t i = 1; i < 60; i++) {
        refer(&one, i, i / 2);
        refer(&one, i, i / 3);
    }
    struct graph_layout layout = graph_layout_make(one.page.arena, &one.graph);
    for (size_t i = 0; i < 60; i++)
        for (size_t k = 0; k < i; k++)
            assert_false(layout.places[i].layer == layout.places[k].layer && layout.places[i].row == layout.places[k].row);
    page_close(&one.page);
}

static void a_circle_ends(void **state)
{
    (void)state;
    struct graph_case one;
    open_case(&one, 3);
    refer(&one, 0, 1);
    refer(&one, 1, 2);
    refer(&one, 2, 0);
    assert_true(graph_layout_make(one.page.arena, &one.graph).layers < 20);
    page_close(&one.page);
}

static void a_large_graph_is_drawn_around_its_findings(void **state)
{
    (void)state;
    struct graph_case one;
    open_case(&one, MOST);
    for (size_t i = 1; i < MOST; i++)
        refer(&one, i, i - 1);
    struct graph_layout layout = graph_layout_make(one.page.arena, &one.graph);
    assert_int_equal(layout.drawn, 0);
    one.nodes[200].findings = 1;
    layout = graph_layout_make(one.page.arena, &one.graph);
    assert_int_equal(layout.drawn, 3);
    assert_true(layout.is_part && layout.places[199].is_drawn && layout.places[201].is_drawn);
    for (size_t i = 0; i < MOST; i++)
        one.nodes[i].findings = 1;
    assert_int_equal(graph_layout_make(one.page.arena, &one.graph).drawn, 0);
    page_close(&one.page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_refers_stands_in_a_higher_layer),
        cmocka_unit_test(no_two_nodes_stand_in_one_place),
        cmocka_unit_test(a_circle_ends),
        cmocka_unit_test(a_large_graph_is_drawn_around_its_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
