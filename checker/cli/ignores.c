#include "cli/ignores.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "cli/command.h"
#include "cli/document.h"
#include "findings/waiver.h"
#include "match/glob.h"
#include "plan/address.h"
#include "source/source.h"

/* Whether the comment's block declares what the address, without instance keys, names, or calls the module that has it. */
static bool speaks_of(const struct source_ignore *ignore, struct str address)
{
    if (str_equal(ignore->address, address))
        return true;
    return str_starts_with(ignore->address, STR("module.")) && str_starts_with(address, ignore->address) &&
           address.n > ignore->address.n && address.p[ignore->address.n] == '.';
}

static void add(struct session *session, const struct source_ignore *ignore, struct str address, struct str input)
{
    struct waiver waiver = { .rule = ignore->rule, .address = arena_copy(session->arena, address),
                             .reason = ignore->reason, .expires = ignore->until, .file = ignore->place.file,
                             .line = ignore->place.line, .column = ignore->place.column, .input = input };
    VEC_ADD(session->arena, &session->waivers, waiver);
}

static void complain(struct session *session, const struct source_ignore *ignore, struct document *document,
                     const char *what)
{
    document_note(document, arena_format(session->arena, "%.*s:%zu: this tfcheck:ignore does not count: %s",
                                         STR_ARG(ignore->place.file), ignore->place.line, what));
}

/* A waiver for each address that the comment excuses; for its own when there is none. */
static void add_for_findings(struct session *session, const struct source_ignore *ignore, const struct findings *findings,
                             struct str input)
{
    struct map seen;
    map_init(&seen, session->arena);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (!glob_match(ignore->rule, finding->rule))
            continue;
        for (size_t a = 0; a < finding->address_count + (finding->address.p != NULL); a++) {
            struct str address = a < finding->address_count ? finding->addresses[a] : finding->address;
            if (!speaks_of(ignore, address_without_keys(session->arena, address)) || map_find(&seen, address) != NULL)
                continue;
            *map_get(&seen, arena_copy(session->arena, address)) = session;
            add(session, ignore, address, input);
        }
    }
    if (seen.count == 0)
        add(session, ignore, ignore->address, input);
}

void ignores_add(struct session *session, const struct source *source, const struct findings *findings,
                 struct document *document)
{
    for (const struct source_ignore *ignore = source->ignores; ignore != NULL; ignore = ignore->next) {
        if (ignore->rule.p == NULL)
            complain(session, ignore, document, "it names no rule");
        else if (ignore->address.p == NULL)
            complain(session, ignore, document, "no block is around or below it");
        else if (ignore->until.p != NULL && !waiver_is_date(ignore->until))
            complain(session, ignore, document, "its until is no day such as 2027-01-31");
        else
            add_for_findings(session, ignore, findings, document->name);
    }
}
