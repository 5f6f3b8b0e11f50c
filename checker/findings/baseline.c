#include "findings/baseline.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

static struct str key_of(const uint64_t *fingerprint)
{
    return (struct str){ (const char *)fingerprint, sizeof *fingerprint };
}

/* How often each fingerprint stands in the baseline. */
static void count_all(struct map *counts, const struct baseline *baseline)
{
    for (size_t i = 0; i < baseline->count; i++) {
        size_t **place = (size_t **)map_get(counts, key_of(&baseline->items[i]));
        if (*place == NULL)
            *place = arena_get(counts->arena, sizeof **place);
        ++**place;
    }
}

/* Take one of this fingerprint; false when there is none left. */
static bool take(struct map *counts, const uint64_t *fingerprint)
{
    size_t *left = map_find(counts, key_of(fingerprint));
    if (left == NULL || *left == 0)
        return false;
    --*left;
    return true;
}

/* The same for a finding, which may have been moved since. */
static bool take_finding(struct map *counts, const struct finding *finding)
{
    return take(counts, &finding->fingerprint) || (finding->former != 0 && take(counts, &finding->former));
}

void baseline_apply(const struct baseline *baseline, struct findings *findings)
{
    struct map counts;
    map_init(&counts, findings->arena);
    count_all(&counts, baseline);
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->items[i];
        if (finding->verdict == VERDICT_FAIL && take_finding(&counts, finding) &&
            finding->standing == STANDING_OPEN)
            finding->standing = STANDING_KNOWN;
    }
}

struct baseline baseline_of(struct arena *arena, const struct findings *findings)
{
    struct baseline baseline = { 0 };
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].verdict == VERDICT_FAIL)
            VEC_ADD(arena, &baseline, findings->items[i].fingerprint);
    return baseline;
}

struct findings baseline_mended(struct arena *arena, const struct findings *before, const struct findings *after)
{
    struct findings mended = { .arena = arena };
    struct baseline rest = { 0 };
    struct map counts;
    for (size_t i = 0; i < after->count; i++)
        VEC_ADD(arena, &rest, after->items[i].former != 0 ? after->items[i].former : after->items[i].fingerprint);
    map_init(&counts, arena);
    count_all(&counts, &rest);
    for (size_t i = 0; i < before->count; i++)
        if (before->items[i].verdict == VERDICT_FAIL && !take(&counts, &before->items[i].fingerprint))
            VEC_ADD(arena, &mended, before->items[i]);
    return mended;
}
