#include "base/arena.h"
#include "base/vec.h"
#include "cli/command.h"
#include "cli/outputs.h"
#include "match/glob.h"
#include "report/reported.h"

/* Whether a rule that the waiver names was in force, so that it could have found something; or no such rule exists. */
static bool could_match(const struct report *report, const struct waiver *waiver)
{
    bool exists = false;
    for (size_t r = 0; r < report->rule_count; r++) {
        if (!glob_match(waiver->rule, report->rules[r].id))
            continue;
        exists = true;
        for (size_t i = 0; i < report->count; i++)
            if (report->inputs[i].tallies != NULL && report->inputs[i].tallies[r].is_in_force)
                return true;
    }
    return !exists;
}

/* What is to be said of a waiver; no string when nothing is. */
static struct str note_on(struct arena *arena, const struct report *report, const struct waiver *waiver,
                          struct str today)
{
    struct str what = arena_format(arena, "waiver of %.*s on %.*s", STR_ARG(waiver->rule), STR_ARG(waiver->address));
    if (waiver->matches == 0)
        return could_match(report, waiver) && reported_count_troubles(report) == 0
                   ? arena_format(arena, "the %.*s matches nothing", STR_ARG(what)) : (struct str){ NULL, 0 };
    switch (waiver_state(waiver, today)) {
    case WAIVER_HAS_NO_REASON: return arena_format(arena, "the %.*s does not count: it has no reason", STR_ARG(what));
    case WAIVER_HAS_EXPIRED:
        return arena_format(arena, "the %.*s does not count: it ended on %.*s", STR_ARG(what),
                            STR_ARG(waiver->expires));
    case WAIVER_ENDS_SOON:
        return arena_format(arena, "the %.*s ends on %.*s", STR_ARG(what), STR_ARG(waiver->expires));
    case WAIVER_COUNTS: break;
    }
    return (struct str){ NULL, 0 };
}

void outputs_note_waivers(struct outputs *outputs)
{
    const struct waivers *waivers = &outputs->session->waivers;
    struct arena *arena = outputs->session->arena;
    struct texts notes = { 0 };
    for (size_t i = 0; i < waivers->count; i++) {
        const struct waiver *waiver = &waivers->items[i];
        struct str note = note_on(arena, &outputs->report, waiver, outputs->today);
        if (note.p == NULL)
            continue;
        note = arena_format(arena, "%.*s:%zu: %.*s", STR_ARG(waiver->file), waiver->line, STR_ARG(note));
        VEC_ADD(arena, &notes, note);
    }
    outputs->report.notes = notes.items;
    outputs->report.note_count = notes.count;
}
