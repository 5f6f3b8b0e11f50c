#include "findings/finding.h"

#include "base/map.h"
#include "base/arena.h"
#include "base/vec.h"

#include <stdlib.h>

static const struct str severity_names[SEVERITY_COUNT] = {
    [SEVERITY_ERROR] = STR_INIT("error"), [SEVERITY_HIGH] = STR_INIT("high"), [SEVERITY_MEDIUM] = STR_INIT("medium"),
    [SEVERITY_LOW] = STR_INIT("low"),     [SEVERITY_INFO] = STR_INIT("info"),
};

struct str severity_name(enum severity severity)
{
    return severity_names[severity];
}

bool severity_find(struct str name, enum severity *severity)
{
    for (int i = 0; i < SEVERITY_COUNT; i++) {
        if (str_equal(severity_names[i], name)) {
            *severity = (enum severity)i;
            return true;
        }
    }
    return false;
}

struct str verdict_name(enum verdict verdict)
{
    return verdict == VERDICT_PASS ? STR("pass") : verdict == VERDICT_FAIL ? STR("fail") : STR("unknown");
}

static uint64_t fingerprint_of(struct str rule, struct str address, struct str path)
{
    static const struct str end = STR_INIT("\n");
    uint64_t hash = str_hash_more(str_hash(rule), end);
    return str_hash_more(str_hash_more(str_hash_more(hash, address), end), path);
}

void findings_mark_moved(struct findings *findings, const struct map *moved)
{
    for (size_t i = 0; i < findings->count && moved->count > 0; i++) {
        struct finding *finding = &findings->items[i];
        const struct str *former = finding->address.p == NULL ? NULL : map_find(moved, finding->address);
        if (former != NULL)
            finding->former = fingerprint_of(finding->rule, *former, finding->path);
    }
}

void findings_add(struct findings *findings, struct finding finding)
{
    finding.fingerprint = fingerprint_of(finding.rule, finding.address, finding.path);
    VEC_ADD(findings->arena, findings, finding);
}

static const struct str *copy_texts(struct map *texts, const struct str *items, size_t count)
{
    if (count == 0)
        return NULL;
    struct str *copies = arena_get(texts->arena, count * sizeof *copies);
    for (size_t i = 0; i < count; i++)
        copies[i] = map_intern(texts, items[i]);
    return copies;
}

struct findings findings_copy(struct arena *arena, const struct findings *findings)
{
    struct findings copy = { .arena = arena, .capacity = findings->count };
    struct map texts;
    copy.items = arena_get(arena, (findings->count + 1) * sizeof *copy.items);
    map_init(&texts, arena);
    for (size_t i = 0; i < findings->count; i++) {
        struct finding finding = findings->items[i];
        struct str *const parts[] = { &finding.rule, &finding.address, &finding.path, &finding.message, &finding.why,
                                      &finding.fix, &finding.reason, &finding.construct, &finding.source.file,
                                      &finding.excuse };
        for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++)
            if (parts[p]->p != NULL)
                *parts[p] = map_intern(&texts, *parts[p]);
        finding.addresses = copy_texts(&texts, finding.addresses, finding.address_count);
        finding.related = copy_texts(&texts, finding.related, finding.related_count);
        copy.items[copy.count++] = finding;
    }
    return copy;
}

/* A finding with what its place in the report depends on. */
struct ranked {
    struct finding finding;
    int worst;       /* worst rank of its address */
    bool is_shared;  /* speaks of the whole stack or of several resources */
};

/* What cannot be decided comes after everything that fails. */
static int rank_of(const struct finding *finding)
{
    return (finding->verdict == VERDICT_UNKNOWN ? SEVERITY_COUNT : 0) + (int)finding->severity;
}

static int compare_ranked(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->worst != b->worst)
        return a->worst < b->worst ? -1 : 1;
    if (a->is_shared != b->is_shared)
        return a->is_shared ? -1 : 1;
    int order = str_compare(a->finding.address, b->finding.address);
    if (order == 0)
        order = rank_of(&a->finding) - rank_of(&b->finding);
    if (order == 0)
        order = str_compare(a->finding.rule, b->finding.rule);
    if (order == 0)
        order = str_compare(a->finding.path, b->finding.path);
    return order != 0 ? order : str_compare(a->finding.message, b->finding.message);
}

void findings_sort(struct findings *findings)
{
    struct map worst;
    map_init(&worst, findings->arena);
    for (size_t i = 0; i < findings->count; i++) {
        uintptr_t rank = (uintptr_t)rank_of(&findings->items[i]) + 1;
        void **place = map_get(&worst, findings->items[i].address);
        if (*place == NULL || (uintptr_t)*place > rank)
            *place = (void *)rank;
    }
    struct ranked *ranked = arena_get(findings->arena, (findings->count + 1) * sizeof *ranked);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        bool is_shared = finding->address.p == NULL || finding->address_count > 1;
        ranked[i] = (struct ranked){ *finding, (int)(uintptr_t)map_find(&worst, finding->address), is_shared };
    }
    qsort(ranked, findings->count, sizeof *ranked, compare_ranked);
    for (size_t i = 0; i < findings->count; i++)
        findings->items[i] = ranked[i].finding;
    arena_give_back(findings->arena, ranked);
}
