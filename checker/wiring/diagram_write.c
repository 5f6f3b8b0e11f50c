#include "base/arena.h"
#include "base/map.h"
#include "wiring/diagram.h"

static const struct str kind_names[] = {
    [EDGE_USES] = STR_INIT("uses"),         [EDGE_WATCHES] = STR_INIT("watches"), [EDGE_NOTIFIES] = STR_INIT("notifies"),
    [EDGE_ENCRYPTS] = STR_INIT("encrypted by"), [EDGE_GRANTS] = STR_INIT("grants"),   [EDGE_WAITS] = STR_INIT("waits for"),
};

struct writing {
    struct arena *arena;
    const struct diagram *diagram;
    json_sink *sink;
    void *context;
    struct map numbers; /* address -> number of the node, from 1 */
    bool is_good;
};

static void put(struct writing *writing, struct str text)
{
    writing->is_good = writing->is_good && writing->sink(writing->context, text);
}

/* Names of blocks are identifiers; anything else in an address is made harmless. */
static struct str plain(struct arena *arena, struct str text)
{
    char *out = arena_get_text(arena, text.n + 1);
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        out[i] = c < 0x20 || c == 0x7F || c >= 0x80 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '`' ? '?' : (char)c;
    }
    return (struct str){ out, text.n };
}

static size_t number_of(struct writing *writing, struct str address)
{
    void **place = map_get(&writing->numbers, address);
    if (*place == NULL)
        *place = (void *)(uintptr_t)writing->numbers.count;
    return (uintptr_t)*place;
}

static void write_text(struct writing *writing)
{
    const struct diagram *diagram = writing->diagram;
    size_t edge = 0;
    for (size_t i = 0; i < diagram->node_count; i++) {
        put(writing, plain(writing->arena, diagram->nodes[i]));
        put(writing, STR("\n"));
        for (; edge < diagram->edge_count && str_equal(diagram->edges[edge].from, diagram->nodes[i]); edge++) {
            const struct diagram_edge *one = &diagram->edges[edge];
            put(writing, arena_format(writing->arena, "  %-12.*s  %.*s\n", STR_ARG(one->is_open ? STR("unresolved") : kind_names[one->kind]),
                                      STR_ARG(plain(writing->arena, one->to))));
        }
    }
}

static void write_dot(struct writing *writing)
{
    const struct diagram *diagram = writing->diagram;
    put(writing, STR("digraph plan {\n  rankdir=LR;\n  node [shape=box];\n"));
    for (size_t i = 0; i < diagram->node_count; i++)
        put(writing, arena_format(writing->arena, "  \"%.*s\";\n", STR_ARG(plain(writing->arena, diagram->nodes[i]))));
    for (size_t i = 0; i < diagram->edge_count; i++) {
        const struct diagram_edge *edge = &diagram->edges[i];
        put(writing, arena_format(writing->arena, "  \"%.*s\" -> \"%.*s\" [label=\"%.*s\"%s];\n",
                                  STR_ARG(plain(writing->arena, edge->from)), STR_ARG(plain(writing->arena, edge->to)),
                                  STR_ARG(edge->is_open ? STR("unresolved") : kind_names[edge->kind]),
                                  edge->is_open ? ", style=dashed" : ""));
    }
    put(writing, STR("}\n"));
}

static void write_mermaid(struct writing *writing)
{
    const struct diagram *diagram = writing->diagram;
    put(writing, STR("flowchart LR\n"));
    for (size_t i = 0; i < diagram->node_count; i++)
        put(writing, arena_format(writing->arena, "  n%zu[\"%.*s\"]\n", number_of(writing, diagram->nodes[i]),
                                  STR_ARG(plain(writing->arena, diagram->nodes[i]))));
    for (size_t i = 0; i < diagram->edge_count; i++) {
        const struct diagram_edge *edge = &diagram->edges[i];
        size_t known = writing->numbers.count, to = number_of(writing, edge->to);
        if (writing->numbers.count > known)
            put(writing, arena_format(writing->arena, "  n%zu([\"%.*s\"])\n", to, STR_ARG(plain(writing->arena, edge->to))));
        put(writing, arena_format(writing->arena, "  n%zu %s|%.*s| n%zu\n", number_of(writing, edge->from),
                                  edge->is_open ? "-.->" : "-->",
                                  STR_ARG(edge->is_open ? STR("unresolved") : kind_names[edge->kind]), to));
    }
}

static void write_json(struct writing *writing)
{
    const struct diagram *diagram = writing->diagram;
    struct json_writer *json = json_write_open(writing->arena, writing->sink, writing->context, 2);
    json_write_open_object(json);
    json_write_key(json, "nodes");
    json_write_open_array(json);
    for (size_t i = 0; i < diagram->node_count; i++)
        json_write_string(json, diagram->nodes[i]);
    json_write_close_array(json);
    json_write_key(json, "edges");
    json_write_open_array(json);
    for (size_t i = 0; i < diagram->edge_count; i++) {
        const struct diagram_edge *edge = &diagram->edges[i];
        json_write_open_object(json);
        json_write_key(json, "from");
        json_write_string(json, edge->from);
        json_write_key(json, "to");
        json_write_string(json, edge->to);
        json_write_key(json, "kind");
        json_write_string(json, edge->is_open ? STR("unresolved") : kind_names[edge->kind]);
        json_write_key(json, "attribute");
        json_write_string(json, edge->attribute);
        json_write_close_object(json);
    }
    json_write_close_array(json);
    json_write_close_object(json);
    writing->is_good = json_write_close(json);
}

static const struct {
    struct str name;
    void (*write)(struct writing *writing);
} format_rows[] = {
    { STR_INIT("text"), write_text },
    { STR_INIT("json"), write_json },
    { STR_INIT("dot"), write_dot },
    { STR_INIT("mermaid"), write_mermaid },
};

bool diagram_has_format(struct str format)
{
    for (size_t i = 0; i < sizeof format_rows / sizeof format_rows[0]; i++)
        if (str_equal(format_rows[i].name, format))
            return true;
    return false;
}

bool diagram_write(struct arena *arena, const struct diagram *diagram, struct str format, json_sink *sink, void *context)
{
    struct writing writing = { .arena = arena, .diagram = diagram, .sink = sink, .context = context, .is_good = true };
    map_init(&writing.numbers, arena);
    for (size_t i = 0; i < sizeof format_rows / sizeof format_rows[0]; i++) {
        if (!str_equal(format_rows[i].name, format))
            continue;
        format_rows[i].write(&writing);
        return writing.is_good;
    }
    return false;
}
