#include "report/html_graph.h"

#include "base/arena.h"
#include "report/escape.h"
#include "report/graph_layout.h"
#include "report/reported.h"

/* Of the picture, in its own units. */
enum { BOX_WIDTH = 250, BOX_HEIGHT = 24, GAP_X = 70, GAP_Y = 10, MARGIN = 4, LONGEST_LABEL = 34, MOST_LISTED = 2000 };

struct picture {
    struct page *page;
    const struct report_graph *graph;
    struct graph_layout layout;
    size_t number;
};

static size_t left_of(const struct picture *picture, size_t node)
{
    size_t column = picture->layout.layers - 1 - picture->layout.places[node].layer;
    return MARGIN + column * (BOX_WIDTH + GAP_X);
}

static size_t top_of(const struct picture *picture, size_t node)
{
    return MARGIN + picture->layout.places[node].top * (BOX_HEIGHT + GAP_Y) / 2;
}

/* The class that gives a block its colour: the severity of its worst finding. */
static struct str tone_of(const struct report_node *node)
{
    return node->findings == 0 ? STR("plain") : severity_name(node->worst);
}

static void put_edge(const struct picture *picture, size_t from, size_t to)
{
    size_t x1 = left_of(picture, from) + BOX_WIDTH, y1 = top_of(picture, from) + BOX_HEIGHT / 2;
    size_t x2 = left_of(picture, to), y2 = top_of(picture, to) + BOX_HEIGHT / 2;
    page_format(picture->page, "<path d=\"M%zu %zuC%zu %zu %zu %zu %zu %zu\"/>\n", x1, y1, x1 + GAP_X / 2, y1,
                x2 - GAP_X / 2, y2, x2, y2);
}

/* The end of a long address says more than its beginning. Cut between characters. */
static struct str label_of(struct arena *arena, struct str address)
{
    struct str shown = escape_for_terminal(arena, address);
    if (shown.n <= LONGEST_LABEL)
        return shown;
    size_t at = shown.n - LONGEST_LABEL;
    while (at < shown.n && ((unsigned char)shown.p[at] & 0xc0) == 0x80)
        at++;
    return arena_join(arena, (struct str[]){ STR("\xE2\x80\xA6"), str_from_offset(shown, at) }, 2);
}

static void put_box(const struct picture *picture, size_t number)
{
    struct page *page = picture->page;
    const struct report_node *node = &picture->graph->nodes[number];
    struct str tone = tone_of(node), title = escape_for_xml(page->arena, node->address);
    struct str label = escape_for_xml(page->arena, label_of(page->arena, node->address));
    size_t x = left_of(picture, number), y = top_of(picture, number);
    page_format(page, "<a href=\"#block-%zu-%zu\" class=\"%.*s\"><title>%.*s</title>", picture->number, number,
                STR_ARG(tone), STR_ARG(title));
    page_format(page, "<rect x=\"%zu\" y=\"%zu\" width=\"%d\" height=\"%d\" rx=\"4\"/><text x=\"%zu\" y=\"%zu\">"
                      "%.*s</text></a>\n", x, y, BOX_WIDTH, BOX_HEIGHT, x + 8, y + 16, STR_ARG(label));
}

static void put_picture(const struct picture *picture)
{
    struct page *page = picture->page;
    const struct graph_layout *layout = &picture->layout;
    if (layout->drawn == 0)
        return;
    size_t width = layout->layers * (BOX_WIDTH + GAP_X) - GAP_X + 2 * MARGIN;
    size_t height = layout->rows * (BOX_HEIGHT + GAP_Y) + 2 * MARGIN;
    if (layout->is_part)
        page_put(page, STR("<p class=\"dim\">The picture shows what has findings, and what that is joined to.</p>\n"));
    page_format(page, "<div class=\"picture\" tabindex=\"0\" role=\"group\" aria-label=\"What refers to what\"><svg "
                      "width=\"%zu\" height=\"%zu\" viewBox=\"0 0 %zu %zu\">\n<g class=\"edges\">\n", width, height, width,
                height);
    for (size_t i = 0; i < picture->graph->count; i++)
        for (size_t e = 0; e < picture->graph->nodes[i].count; e++)
            if (layout->places[i].is_drawn && layout->places[picture->graph->nodes[i].refers[e]].is_drawn)
                put_edge(picture, i, picture->graph->nodes[i].refers[e]);
    page_put(page, STR("</g>\n"));
    for (size_t i = 0; i < picture->graph->count; i++)
        if (layout->places[i].is_drawn)
            put_box(picture, i);
    page_put(page, STR("</svg></div>\n"));
}

static void put_link(const struct picture *picture, size_t number, const char *before)
{
    struct page *page = picture->page;
    struct str address = escape_for_xml(page->arena, picture->graph->nodes[number].address);
    if (number < MOST_LISTED)
        page_format(page, "%s<a href=\"#block-%zu-%zu\"><code>%.*s</code></a>", before, picture->number, number,
                    STR_ARG(address));
    else
        page_format(page, "%s<code>%.*s</code>", before, STR_ARG(address));
}

/* Who refers to each node: the numbers of its own stand from starts[node] to starts[node + 1]. */
static size_t *turn_round(struct arena *arena, const struct report_graph *graph, size_t **starts)
{
    size_t total = 0;
    *starts = arena_get(arena, (graph->count + 2) * sizeof **starts);
    for (size_t i = 0; i < graph->count; i++) {
        total += graph->nodes[i].count;
        for (size_t e = 0; e < graph->nodes[i].count; e++)
            (*starts)[graph->nodes[i].refers[e] + 2]++;
    }
    for (size_t i = 2; i < graph->count + 2; i++)
        (*starts)[i] += (*starts)[i - 1];
    size_t *items = arena_get(arena, (total + 1) * sizeof *items);
    for (size_t i = 0; i < graph->count; i++)
        for (size_t e = 0; e < graph->nodes[i].count; e++)
            items[(*starts)[graph->nodes[i].refers[e] + 1]++] = i;
    return items;
}

static void put_list(const struct picture *picture)
{
    struct page *page = picture->page;
    const struct report_graph *graph = picture->graph;
    size_t *starts, *users = turn_round(page->arena, graph, &starts);
    page_put(page, STR("<details><summary>All blocks</summary>\n<ul>\n"));
    for (size_t i = 0; i < graph->count && i < MOST_LISTED; i++) {
        const struct report_node *node = &graph->nodes[i];
        struct str tone = tone_of(node), address = escape_for_xml(page->arena, node->address);
        page_format(page, "<li class=\"block %.*s\" id=\"block-%zu-%zu\"><code>%.*s</code>", STR_ARG(tone),
                    picture->number, i, STR_ARG(address));
        if (node->findings > 0)
            page_format(page, " <span class=\"badge\">%s</span>",
                        reported_count(page->arena, node->findings, "finding").p);
        for (size_t e = 0; e < node->count; e++)
            put_link(picture, node->refers[e], e == 0 ? "<br><span class=\"dim\">refers to </span>" : ", ");
        if (node->open.n > 0)
            page_format(page, "<br><span class=\"dim\">cannot be resolved: %.*s</span>",
                        STR_ARG(escape_for_xml(page->arena, node->open)));
        for (size_t e = starts[i]; e < starts[i + 1]; e++)
            put_link(picture, users[e], e == starts[i] ? "<br><span class=\"dim\">is referred to by </span>" : ", ");
        page_put(page, STR("</li>\n"));
    }
    page_put(page, STR("</ul>\n"));
    if (graph->count > MOST_LISTED)
        page_format(page, "<p class=\"dim\">and %zu more</p>\n", graph->count - MOST_LISTED);
    page_put(page, STR("</details>\n"));
}

void html_put_graph(struct page *page, const struct report_input *input, size_t number)
{
    struct picture picture = { .page = page, .graph = &input->graph, .number = number };
    if (input->graph.count == 0)
        return;
    picture.layout = graph_layout_make(page->arena, &input->graph);
    page_put(page, STR("<h2>What refers to what</h2>\n"));
    put_picture(&picture);
    put_list(&picture);
}
