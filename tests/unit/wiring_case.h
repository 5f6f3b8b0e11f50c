/* A plan read into a wiring that keeps everything, for tests. */
#ifndef TFCHECK_TESTS_WIRING_CASE_H
#define TFCHECK_TESTS_WIRING_CASE_H
#include "plan_case.h"

#include "plan/path.h"
#include "wiring/link.h"
#include "wiring/order.h"
#include "wiring/origin.h"
#include "wiring/wiring.h"

struct wiring_case {
    struct plan_case plan; /* of which only the arenas, the plan and the error are used */
    struct map strings;
    struct wiring wiring;
};

static inline bool wiring_keep_all(void *context, const struct value *member)
{
    (void)context;
    (void)member;
    return true;
}

static inline void wiring_case_resource(void *context, const struct resource *resource)
{
    struct wiring_case *c = context;
    if (resource->after != NULL)
        wiring_add(&c->wiring, resource, arena_copy(c->plan.arena, resource->address), wiring_keep_all, NULL);
}

/* Read document, in which 'single' quotation marks stand for double ones. */
static inline void wiring_case_open(struct wiring_case *c, const char *document)
{
    static const struct plan_events events = { wiring_case_resource, case_wants };
    *c = (struct wiring_case){ .plan = { .memory = { .exhausted = case_exhausted } } };
    struct plan_case *p = &c->plan;
    p->arena = arena_open(&p->memory);
    p->scratch = arena_open(&p->memory);
    p->plan.arena = p->arena;
    map_init(&c->strings, p->arena);
    wiring_init(&c->wiring, p->arena, p->scratch, &c->strings, &p->plan);
    struct plan_reader *reader = plan_open(&p->plan, p->scratch, &events, c, (struct str){ NULL, 0 }, &p->error);
    struct arena *texts = arena_open(&p->memory);
    struct str text = case_document(texts, case_tree(texts, document), false, 0);
    if (!plan_feed(reader, text.p, text.n) || !plan_close(reader)) {
        fprintf(stderr, "%s\n", p->error.text);
        abort();
    }
    arena_close(texts);
}

static inline void wiring_case_close(struct wiring_case *c)
{
    arena_close(c->plan.scratch);
    arena_close(c->plan.arena);
}

static inline struct node *wiring_case_node(struct wiring_case *c, const char *address)
{
    struct node *node = wiring_find_node(&c->wiring, str_from(address));
    if (node == NULL) {
        fprintf(stderr, "no node %s\n", address);
        abort();
    }
    return node;
}

static inline struct link_end wiring_case_end(struct wiring_case *c, const char *path)
{
    struct link_end end = { 0 };
    if (path == NULL)
        return end;
    end.paths = arena_get(c->plan.arena, sizeof *end.paths);
    end.paths[0] = path_compile(c->plan.arena, str_from(path), &c->plan.error);
    if (end.paths[0] == NULL)
        abort();
    end.count = 1;
    return end;
}
#endif
