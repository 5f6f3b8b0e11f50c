/* Findings that were there before, known by their fingerprints. */
#ifndef TFCHECK_FINDINGS_BASELINE_H
#define TFCHECK_FINDINGS_BASELINE_H
#include "findings/finding.h"

/* Fingerprints of failing findings; one that stands twice excuses two findings. */
struct baseline {
    uint64_t *items;
    size_t count, capacity;
};

/* Mark every open, failing finding that the baseline has too as known. Each of its fingerprints is used once. */
void baseline_apply(const struct baseline *baseline, struct findings *findings);

/* The fingerprints of all failing findings, waived ones too. In arena. */
struct baseline baseline_of(struct arena *arena, const struct findings *findings);

/* The findings of before that fail there and are neither failing nor undecided in after. In arena. */
struct findings baseline_mended(struct arena *arena, const struct findings *before, const struct findings *after);
#endif
