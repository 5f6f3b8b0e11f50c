/* Reasons to live with a finding. Plain data: read from the configuration, or from comments in it. */
#ifndef TFCHECK_FINDINGS_WAIVER_H
#define TFCHECK_FINDINGS_WAIVER_H
#include "findings/finding.h"

struct waiver {
    struct str rule;    /* id or glob */
    struct str address; /* exact, or glob; "*" takes what has no address too */
    struct str reason;  /* no string = none was given: it does not count */
    struct str owner;   /* no string = nobody is named */
    struct str expires; /* the last day on which it counts, YYYY-MM-DD; no string = it counts for ever */
    struct str input;   /* it counts only for the input of this name; no string = for every input */
    struct str file;    /* where it is written */
    size_t line, column;
    size_t matches;     /* findings that it excuses, or would excuse if it counted */
};

struct waivers {
    struct arena *arena;
    struct waiver *items;
    size_t count, capacity;
};

enum waiver_state { WAIVER_COUNTS, WAIVER_ENDS_SOON, WAIVER_HAS_NO_REASON, WAIVER_HAS_EXPIRED };

/* What the waiver is worth today (YYYY-MM-DD). It ends soon when that is within fourteen days. */
enum waiver_state waiver_state(const struct waiver *waiver, struct str today);

/* Whether text is a day of the calendar as YYYY-MM-DD. */
bool waiver_is_date(struct str text);

/* The day of so many seconds since 1970, in UTC, as YYYY-MM-DD in arena. */
struct str waiver_date(struct arena *arena, long long seconds);

/* Mark the findings of an input that a waiver excuses, and count what each waiver matches. A finding on several
 * resources is excused when each of them is. */
void waivers_apply(struct waivers *waivers, struct findings *findings, struct str input, struct str today);
#endif
