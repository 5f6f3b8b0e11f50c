#include "wiring/link.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "match/glob.h"
#include "plan/path.h"
#include "wiring/wiring.h"

/* An instance under one of its terms. */
struct entry {
    struct entry *next;
    struct node *node;
    const struct node *named; /* the kept instance that the end surely refers to; NULL = none */
    bool is_sure;
};

struct entry_list {
    struct entry *first, *last;
};

struct open_node {
    struct node *node;
    struct str reason;
};

struct link_index {
    struct arena *arena;
    struct map values, places; /* text -> struct entry_list */
    const struct node_list **lists; /* of the types */
    size_t list_count;
    struct {
        struct open_node *items;
        size_t count, capacity;
    } open;
    struct {
        struct node **items;
        size_t count, capacity;
    } nodes;
};

/* An end that leads to one place and names it is not open, whatever else is in its expression. */
static void settle(struct terms *terms)
{
    for (size_t i = 0; i < terms->count && !terms->is_plural; i++)
        if (terms->items[i].kind == TERM_PLACE && terms->items[i].is_sure)
            terms->is_open = false;
}

/* The terms of attributes of what terms lead to. Places whose attributes were not kept leave the end open. */
static struct terms go_via(const struct wiring *wiring, const struct terms *terms, struct link_end via)
{
    struct terms further = { .is_open = terms->is_open, .is_plural = terms->is_plural, .reason = terms->reason };
    for (size_t i = 0; i < terms->count; i++) {
        const struct term *term = &terms->items[i];
        const struct node *node = term->kind == TERM_PLACE ? wiring_find_node(wiring, term->text) : NULL;
        size_t before = further.count;
        for (size_t p = 0; node != NULL && p < via.count; p++) {
            const struct path *path = via.paths[p];
            const struct path rest = { path->text, path->steps + 1, path->count - 1 };
            if (str_equal(path->steps[0].name, node->resource.type))
                terms_add_path(wiring, node, &rest, &further);
        }
        for (size_t t = before; t < further.count; t++)
            further.items[t].is_sure &= term->is_sure;
    }
    settle(&further);
    return further;
}

struct terms link_terms(const struct wiring *wiring, const struct node *node, struct link_end ours, struct link_end via,
                        struct str prefix)
{
    struct terms terms = { 0 };
    for (size_t i = 0; i < ours.count; i++)
        terms_add_path(wiring, node, ours.paths[i], &terms);
    if (via.count > 0)
        return go_via(wiring, &terms, via);
    if (ours.count == 0)
        terms_add_names(wiring, node, &terms);
    for (size_t i = 0; i < terms.count && prefix.n > 0; i++)
        if (terms.items[i].kind == TERM_VALUE)
            terms.items[i].text = arena_join(wiring->scratch, (struct str[]){ prefix, terms.items[i].text }, 2);
    settle(&terms);
    terms_add_places(wiring, node, &terms);
    terms.self = node;
    return terms;
}

/* A copy of an address that the wiring has anyway, or one in the index. */
static struct str keep_text(const struct wiring *wiring, struct link_index *index, const struct term *term)
{
    const struct node *node = term->kind == TERM_PLACE ? map_find(&wiring->groups, term->text) : NULL;
    const struct wired_block *block = term->kind == TERM_PLACE ? map_find(&wiring->blocks, term->text) : NULL;
    if (node != NULL)
        return str_equal(node->resource.address, term->text) ? node->resource.address : node->group;
    return block != NULL ? block->key : arena_copy(index->arena, term->text);
}

static void add_entry(const struct wiring *wiring, struct link_index *index, const struct term *term, struct node *node,
                      const struct node *named)
{
    struct map *map = term->kind == TERM_VALUE ? &index->values : &index->places;
    struct arena *arena = index->arena;
    bool is_sure = term->is_sure;
    struct entry_list *list = map_find(map, term->text);
    if (list == NULL) {
        list = arena_get(arena, sizeof *list);
        *map_get(map, keep_text(wiring, index, term)) = list;
    }
    if (list->last != NULL && list->last->node == node) {
        list->last->is_sure |= is_sure;
        return;
    }
    struct entry *entry = arena_get(arena, sizeof *entry);
    *entry = (struct entry){ NULL, node, named, is_sure };
    if (list->last == NULL)
        list->first = entry;
    else
        list->last->next = entry;
    list->last = entry;
}

static const struct node *find_named(const struct wiring *wiring, const struct terms *terms)
{
    for (size_t i = 0; i < terms->count && !terms->is_plural; i++)
        if (terms->items[i].kind == TERM_PLACE && terms->items[i].is_sure)
            return wiring_find_node(wiring, terms->items[i].text);
    return NULL;
}

static void index_node(const struct wiring *wiring, struct link_index *index, struct link_end theirs, struct node *node)
{
    struct terms terms = { 0 };
    for (size_t i = 0; i < theirs.count; i++)
        terms_add_path(wiring, node, theirs.paths[i], &terms);
    if (theirs.count == 0)
        terms_add_names(wiring, node, &terms);
    settle(&terms);
    for (size_t i = 0; i < terms.count; i++)
        add_entry(wiring, index, &terms.items[i], node, find_named(wiring, &terms));
    VEC_ADD(index->arena, &index->nodes, node);
    if (terms.is_open)
        VEC_ADD(index->arena, &index->open, ((struct open_node){ node, map_intern(wiring->strings, terms.reason) }));
}

static bool is_wanted(struct str type, const struct str *types, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (glob_match(types[i], type))
            return true;
    return false;
}

struct link_index *link_index_build(const struct wiring *outer, struct arena *arena, const struct str *types,
                                    size_t type_count, struct link_end theirs)
{
    struct link_index *index = arena_get(arena, sizeof *index);
    struct wiring own = *outer, *wiring = &own;
    own.scratch = arena_open(arena_memory(arena));
    index->arena = arena;
    map_init(&index->values, arena);
    map_init(&index->places, arena);
    index->lists = arena_get(arena, (wiring->types.count + 1) * sizeof *index->lists);
    for (size_t t = 0; t < wiring->types.count; t++) {
        const struct node_list *list = wiring->types.entries[t].value;
        if (!is_wanted(wiring->types.entries[t].key, types, type_count))
            continue;
        index->lists[index->list_count++] = list;
        for (struct node *node = list->first; node != NULL; node = node->next_of_type) {
            index_node(wiring, index, theirs, node);
            arena_reset(wiring->scratch);
        }
    }
    arena_close(own.scratch);
    return index;
}

/* What was found so far for one question. */
struct found_nodes {
    struct node **items;
    size_t count, capacity;
};

static void add_found(struct wiring *wiring, struct found_nodes *found, struct node *node, bool is_sure)
{
    if (node->mark == wiring->questions) {
        node->is_sure |= is_sure;
        return;
    }
    node->mark = wiring->questions;
    node->is_sure = is_sure;
    VEC_ADD(wiring->scratch, found, node);
}

/* Whether an end that has our value refers to another of our kind, which has the same name by mistake. */
static bool means_another(const struct entry *entry, const struct node *self)
{
    const struct node *named = entry->named;
    return self != NULL && named != NULL && named->list == self->list && !str_equal(named->group, self->group);
}

static void find(struct wiring *wiring, const struct map *map, const struct term *term, const struct node *self,
                 struct found_nodes *found)
{
    const struct entry_list *list = map_find(map, term->text);
    for (struct entry *entry = list == NULL ? NULL : list->first; entry != NULL; entry = entry->next)
        if (term->kind != TERM_VALUE || !means_another(entry, self))
            add_found(wiring, found, entry->node, entry->is_sure && term->is_sure);
}

static bool is_indexed(const struct link_index *index, const struct node *node)
{
    for (size_t i = 0; i < index->list_count; i++)
        if (index->lists[i] == node->list)
            return true;
    return false;
}

/* The instances that a place stands for: one, those of a group, or those of a block. */
static void find_selves(struct wiring *wiring, const struct link_index *index, const struct term *term,
                        struct found_nodes *found)
{
    struct node *first = map_find(&wiring->groups, term->text);
    const struct wired_block *block = first != NULL ? first->block : map_find(&wiring->blocks, term->text);
    bool is_one = first != NULL && str_equal(first->resource.address, term->text);
    struct node *node = first != NULL ? first : block != NULL ? block->first : NULL;
    if (node == NULL || !is_indexed(index, node))
        return;
    for (; node != NULL; node = is_one ? NULL : node->next_of_block)
        if (is_one || first == NULL || str_equal(node->group, term->text))
            add_found(wiring, found, node, term->is_sure);
}

void link_each(struct wiring *wiring, const struct link_index *index, const struct terms *ours,
               bool (*visit)(void *context, struct node *node, bool is_sure), void *context)
{
    struct found_nodes found = { 0 };
    wiring->questions++;
    for (size_t i = 0; i < ours->count; i++) {
        const struct term *term = &ours->items[i];
        find(wiring, term->kind == TERM_VALUE ? &index->values : &index->places, term, ours->self, &found);
        if (term->kind == TERM_PLACE)
            find_selves(wiring, index, term, &found);
    }
    bool *sure = arena_get(wiring->scratch, found.count + 1); /* a visit may ask other questions, which mark anew */
    for (size_t i = 0; i < found.count; i++)
        sure[i] = found.items[i]->is_sure;
    for (size_t i = 0; i < found.count; i++)
        if (!visit(context, found.items[i], sure[i]))
            return;
}

void link_each_open(const struct link_index *index,
                    bool (*visit)(void *context, struct node *node, struct str reason), void *context)
{
    for (size_t i = 0; i < index->open.count; i++)
        if (!visit(context, index->open.items[i].node, index->open.items[i].reason))
            return;
}

void link_each_node(const struct link_index *index, bool (*visit)(void *context, struct node *node, bool is_sure),
                    void *context)
{
    for (size_t i = 0; i < index->nodes.count; i++)
        if (!visit(context, index->nodes.items[i], true))
            return;
}
