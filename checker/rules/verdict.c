#include "rules/verdict.h"

#include "base/arena.h"
#include "base/map.h"
#include "rules/message.h"
#include "rules/rule.h"

struct finding verdict_fail(struct map *strings, const struct rule *rule, struct evaluation *evaluation)
{
    const struct cause *cause = evaluation->has_failure ? &evaluation->failure : NULL;
    struct finding finding = { .verdict = VERDICT_FAIL };
    if (cause != NULL)
        finding.path = map_intern(strings, condition_cause_path(evaluation->scratch, cause));
    struct str template = rule->message.p != NULL ? rule->message : rule->title;
    finding.message = map_intern(strings, message_render(evaluation->scratch, evaluation, template, cause));
    return finding;
}

struct finding verdict_unknown(struct arena *arena, struct map *strings, const struct rule *rule,
                               struct evaluation *evaluation)
{
    struct finding finding = { .verdict = VERDICT_UNKNOWN, .message = rule->title };
    const struct str *origins;
    finding.path = map_intern(strings, condition_cause_path(evaluation->scratch, &evaluation->unknown));
    struct str reason = message_unknown_reason(evaluation->scratch, evaluation->plan, evaluation->resource,
                                               &evaluation->unknown, &origins, &finding.related_count);
    finding.reason = map_intern(strings, reason);
    struct str *related = arena_get(arena, (finding.related_count + 1) * sizeof *related);
    for (size_t i = 0; i < finding.related_count; i++)
        related[i] = map_intern(strings, origins[i]);
    finding.related = related;
    return finding;
}
