/* A finding: what a rule says of a resource. Plain data that knows no plans, rules and formats. */
#ifndef TFCHECK_FINDINGS_FINDING_H
#define TFCHECK_FINDINGS_FINDING_H
#include "base/str.h"
struct arena;
struct map;

/* From the worst to the mildest, so that a smaller number is worse. */
enum severity { SEVERITY_ERROR, SEVERITY_HIGH, SEVERITY_MEDIUM, SEVERITY_LOW, SEVERITY_INFO };
enum { SEVERITY_COUNT = SEVERITY_INFO + 1 };

enum verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_UNKNOWN };

/* Whether a finding counts for the exit code: only an open one does. */
enum standing {
    STANDING_OPEN,
    STANDING_WAIVED, /* somebody has given a reason to live with it */
    STANDING_KNOWN   /* it was there before: the baseline, or the other plan of a review, has it too */
};

/* A place in the files that people wrote. */
struct source_place {
    struct str file; /* path as it was opened; no string = not known */
    size_t line, column, end_line; /* from 1; 0 = not known */
};

/* All texts outlive the finding. Any may be no string when there is nothing to say. */
struct finding {
    struct str rule; /* its id */
    enum severity severity;
    enum verdict verdict; /* fail or unknown: what passes is no finding */
    struct str address;   /* resource address, var.NAME, output.NAME, module.NAME, terraform, a type; none = the whole stack */
    const struct str *addresses; /* the resources of a finding that speaks of several; sorted */
    size_t address_count;
    struct str path;    /* attribute that it is about */
    struct str message; /* what is the matter, one line, without the address */
    struct str why;     /* why it matters, one line */
    struct str fix;     /* what to write, one line */
    struct str reason;  /* of an unknown: why it could not be decided */
    const struct str *related; /* other addresses that have to do with it */
    size_t related_count;
    struct str construct; /* path of the CDK construct that made the resource; no string = none is known */
    struct source_place source; /* of the block or attribute that it is about */
    enum standing standing;
    struct str excuse;    /* of one that is waived: the reason, and who gave it; no string = none */
    uint64_t former;      /* the fingerprint that it had before its resource was moved here; 0 = it was not moved */
    uint64_t fingerprint; /* the same for the same rule, address and path in any plan */
};

struct findings {
    struct arena *arena;
    struct finding *items;
    size_t count, capacity;
};

/* "error", "high", "medium", "low", "info". */
struct str severity_name(enum severity severity);

/* The severity with that name. False when there is none. */
bool severity_find(struct str name, enum severity *severity);

/* "pass", "fail", "unknown". */
struct str verdict_name(enum verdict verdict);

/* Append finding, with its fingerprint computed. */
void findings_add(struct findings *findings, struct finding finding);

/* Give the findings on moved resources their former fingerprint. moved has struct str, the address before, under the
 * address of now. */
void findings_mark_moved(struct findings *findings, const struct map *moved);

/* A copy, texts and all, that lives in arena. */
struct findings findings_copy(struct arena *arena, const struct findings *findings);

/* Sort: resources with the worst finding first, then by address; in a resource by severity, rule and path. Findings on
 * the whole stack and on several resources come before single ones of the same severity. */
void findings_sort(struct findings *findings);
#endif
