#include "wiring/order.h"

#include "base/arena.h"
#include "base/vec.h"
#include "plan/address.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "wiring/wiring.h"

/* Steps that all questions of one run may take together, so that a dense plan ends in unknown and not in hours. */
enum { STEPS_MAX = 20000000 };

/* What a vertex waits for directly. A vertex is the address of a block without instance keys, an input or output of a
 * module as module.m.var.NAME or module.m.output.NAME, or a whole module as module.m. */
struct edges {
    const struct str *items; /* names of vertices */
    size_t count;
    struct str open; /* a local that it names and that may lead anywhere; no string = none */
};

struct vertex {
    struct edges edges;
    struct vertex **next; /* one for each edge; filled when first walked */
    size_t mark;
    bool is_read;
};

struct edge_list {
    struct wiring *wiring;
    struct str module; /* address of the module that the references stand in */
    struct {
        struct str *items;
        size_t count, capacity;
    } names;
    struct str open;
};

static void add_edge(struct edge_list *list, struct str local)
{
    struct wiring *wiring = list->wiring;
    struct str name = local;
    if (list->module.n > 0)
        name = arena_join(wiring->scratch, (struct str[]){ list->module, STR("."), local }, 3);
    VEC_ADD(wiring->arena, &list->names, map_intern(wiring->strings, name));
}

/* The first count dotted names of the text, without instance keys. */
static struct str first_names(struct arena *scratch, struct str text, size_t count)
{
    struct str plain = address_without_keys(scratch, text);
    size_t n = 0;
    while (n < plain.n && !(plain.p[n] == '.' && --count == 0))
        n++;
    return str_part(plain, 0, n);
}

/* module.m.out waits for the output of the module, module.m for all of it. */
static void add_module_edge(struct edge_list *list, struct str reference, bool is_explicit)
{
    struct arena *scratch = list->wiring->scratch;
    struct str module = first_names(scratch, reference, 2), output = first_names(scratch, reference, 3);
    if (output.n == module.n || is_explicit) {
        add_edge(list, module);
        return;
    }
    struct str name = str_from_offset(output, module.n + 1);
    add_edge(list, arena_join(scratch, (struct str[]){ module, STR(".output."), name }, 3));
}

static void add_reference(struct edge_list *list, struct str reference, bool is_explicit)
{
    struct arena *scratch = list->wiring->scratch;
    if (str_starts_with(reference, STR("each.")) || str_starts_with(reference, STR("count.")) ||
        str_starts_with(reference, STR("path.")) || str_starts_with(reference, STR("self.")) ||
        str_starts_with(reference, STR("terraform.")))
        return;
    if (str_starts_with(reference, STR("local.")))
        list->open = reference;
    else if (str_starts_with(reference, STR("var."))) {
        if (list->module.n > 0)
            add_edge(list, first_names(scratch, reference, 2));
    } else if (str_starts_with(reference, STR("module."))) {
        add_module_edge(list, reference, is_explicit);
    } else {
        add_edge(list, first_names(scratch, reference, str_starts_with(reference, STR("data.")) ? 3 : 2));
    }
}

static void add_references(struct edge_list *list, const struct value *references, bool is_explicit)
{
    for (const struct value *item = references == NULL ? NULL : references->first; item != NULL; item = item->next)
        if (item->kind == VALUE_STRING && (references->count > 64 || !configuration_is_prefix(references, item)))
            add_reference(list, item->text, is_explicit);
}

/* A local that only makes up a value which the plan knows leads to nothing that is still to be made. */
static bool is_plain(const struct wired_block *block, const struct value *reference)
{
    if (block == NULL || reference->key.p == NULL)
        return false;
    if (str_equal(reference->key, STR("tags")))
        return true;
    ptrdiff_t at = str_find(block->unknowns, reference->key);
    while (at > 0) {
        size_t end = (size_t)at + reference->key.n;
        if (block->unknowns.p[at - 1] == '\n' && block->unknowns.p[end] == '\n')
            return false;
        ptrdiff_t more = str_find(str_from_offset(block->unknowns, end), reference->key);
        at = more < 0 ? -1 : (ptrdiff_t)end + more;
    }
    return true;
}

static void read_block(struct edge_list *list, struct str address)
{
    const struct wiring *wiring = list->wiring;
    const struct configured *configured = map_find(&wiring->plan->configuration.resources, address);
    const struct wired_block *block = map_find(&wiring->blocks, address);
    if (configured == NULL)
        return;
    list->module = configured->module;
    const struct value *item = configured->references == NULL ? NULL : configured->references->first;
    for (; item != NULL; item = item->next)
        if (!str_starts_with(item->text, STR("local.")) || !is_plain(block, item))
            add_reference(list, item->text, false);
    add_references(list, configured->repetition, false);
    add_references(list, configured->depends_on, true);
    /* what a module call waits for, all in it waits for */
    for (struct str module = configured->module; module.n > 0;) {
        const struct configured_module *called = map_find(&wiring->plan->configuration.modules, module);
        module = list->module = configuration_parent(module);
        if (called != NULL)
            add_references(list, called->depends_on, true);
        if (called != NULL)
            add_references(list, called->repetition, false);
    }
}

/* All blocks of a module and of those that it calls. */
static void read_module(struct edge_list *list, struct str module)
{
    const struct map *resources = &list->wiring->plan->configuration.resources;
    list->module = STR("");
    list->wiring->steps += resources->count;
    for (size_t i = 0; i < resources->count && list->wiring->steps <= STEPS_MAX; i++) {
        struct str key = resources->entries[i].key;
        if (str_starts_with(key, module) && key.n > module.n && key.p[module.n] == '.')
            add_edge(list, key);
    }
}

/* An input or output of a module. False when name is none. */
static bool read_port(struct edge_list *list, struct str name)
{
    const struct map *modules = &list->wiring->plan->configuration.modules;
    static const struct str marks[] = { STR_INIT(".var."), STR_INIT(".output.") };
    for (int i = 0; i < 2; i++) {
        size_t at = name.n;
        while (at > 0 && !str_starts_with(str_from_offset(name, at), marks[i]))
            at--;
        const struct configured_module *module = at == 0 ? NULL : map_find(modules, str_part(name, 0, at));
        if (module == NULL)
            continue;
        struct str port = str_from_offset(name, at + marks[i].n);
        const struct value *output = i == 1 ? value_find(module->outputs, port) : NULL;
        list->module = i == 0 ? configuration_parent(str_part(name, 0, at)) : str_part(name, 0, at);
        add_references(list, i == 0 ? configuration_references(value_find(module->expressions, port))
                                    : value_find(output, STR("references")), false);
        add_references(list, value_find(output, STR("depends_on")), true);
        return true;
    }
    return false;
}

static void read_edges(struct wiring *wiring, struct vertex *vertex, struct str name)
{
    struct edge_list list = { .wiring = wiring };
    vertex->is_read = true;
    if (map_find(&wiring->plan->configuration.resources, name) != NULL)
        read_block(&list, name);
    else if (!read_port(&list, name) && map_find(&wiring->plan->configuration.modules, name) != NULL && name.n > 0)
        read_module(&list, name);
    vertex->edges = (struct edges){ list.names.items, list.names.count, list.open };
}

static struct vertex *get_vertex(struct wiring *wiring, struct str name)
{
    struct vertex **place = (struct vertex **)map_get(&wiring->vertices, name);
    if (*place == NULL)
        *place = arena_get(wiring->arena, sizeof **place);
    struct vertex *vertex = *place;
    if (!vertex->is_read)
        read_edges(wiring, vertex, name);
    return vertex;
}

static void read_next(struct wiring *wiring, struct vertex *vertex)
{
    if (vertex->next != NULL || vertex->edges.count == 0)
        return;
    vertex->next = arena_get(wiring->arena, vertex->edges.count * sizeof *vertex->next);
    for (size_t i = 0; i < vertex->edges.count; i++)
        vertex->next[i] = get_vertex(wiring, vertex->edges.items[i]);
}

enum order order_find(struct wiring *wiring, struct str later, struct str earlier, struct str *reason)
{
    struct {
        struct vertex **items;
        size_t count, capacity;
    } stack = { 0 };
    size_t question = ++wiring->questions;
    const struct vertex *goal = get_vertex(wiring, map_intern(wiring->strings, earlier));
    struct vertex *start = get_vertex(wiring, map_intern(wiring->strings, later));
    enum order order = ORDER_NONE;
    if (!wiring->plan->configuration.is_present) {
        *reason = STR("this input has no configuration part, which tells what waits for what");
        return ORDER_UNKNOWN;
    }
    start->mark = question;
    VEC_ADD(wiring->scratch, &stack, start);
    while (stack.count > 0) {
        struct vertex *vertex = stack.items[--stack.count];
        read_next(wiring, vertex);
        if (vertex->edges.open.p != NULL) {
            order = ORDER_UNKNOWN;
            *reason = vertex->edges.open;
        }
        for (size_t i = 0; i < vertex->edges.count; i++) {
            if (vertex->next[i] == goal)
                return ORDER_AFTER;
            if (++wiring->steps > STEPS_MAX) {
                *reason = STR("the plan has too many dependencies");
                return ORDER_UNKNOWN;
            }
            if (vertex->next[i]->mark == question)
                continue;
            vertex->next[i]->mark = question;
            VEC_ADD(wiring->scratch, &stack, vertex->next[i]);
        }
    }
    return order;
}
