#include "base/arena.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/policies.h"
#include "rules/run.h"

/* What is asked of the statements of a document. */
struct statements {
    struct policies policies;
    struct link_end documents;
    struct policies_texts wants;      /* condition keys, one of which some Deny has to have */
    struct policies_texts wants_any;  /* condition keys, one of which some statement has to have */
    struct policies_texts forbids;    /* action patterns, as written, that no Allow may have */
    struct policies_texts known_keys; /* condition keys that exist under prefix */
    struct str prefix;
};

static bool has_text(const struct policies_texts *texts, struct str text)
{
    for (size_t i = 0; i < texts->count; i++)
        if (str_equal_ignoring_case(texts->items[i], text))
            return true;
    return false;
}

static bool has_condition(const struct statement *statement, const struct policies_texts *keys)
{
    for (size_t i = 0; i < statement->condition_count; i++)
        if (has_text(keys, statement->conditions[i].key))
            return true;
    return false;
}

static bool has_wanted(const struct statements *statements, const struct document *document)
{
    for (size_t i = 0; i < document->count; i++) {
        const struct statement *one = &document->items[i];
        if ((!one->is_allow && has_condition(one, &statements->wants)) || has_condition(one, &statements->wants_any))
            return true;
    }
    return false;
}

/* What is wrong with a statement by itself; no string when nothing is. */
static struct str find_fault(const struct statements *statements, const struct statement *statement)
{
    struct arena *scratch = statements->policies.wiring->scratch;
    for (size_t i = 0; i < statement->actions.count && statement->is_allow; i++)
        if (has_text(&statements->forbids, statement->actions.items[i]))
            return arena_format(scratch, "allows %.*s", STR_ARG(statement->actions.items[i]));
    for (size_t i = 0; i < statement->condition_count && statements->prefix.n > 0; i++) {
        struct str key = statement->conditions[i].key;
        ptrdiff_t slash = str_find_byte(key, '/'); /* a tag key may follow */
        struct str bare = slash < 0 ? key : str_part(key, 0, (size_t)slash);
        if (str_starts_with(key, statements->prefix) && !has_text(&statements->known_keys, bare))
            return arena_format(scratch, "has the condition key %.*s, which does not exist", STR_ARG(key));
    }
    return (struct str){ NULL, 0 };
}

static void judge(void *context, struct node *node, enum truth selected)
{
    struct statements *statements = context;
    struct policies_answer answer = { 0 };
    struct document document = { 0 };
    for (size_t i = 0; i < statements->documents.count; i++)
        document_add_path(statements->policies.wiring, node, statements->documents.paths[i], &document);
    bool is_asked = statements->wants.count + statements->wants_any.count > 0;
    if (document.count > 0 || document.is_open)
        policies_note(&answer, PERMISSION_YES, STR(""));
    for (size_t i = 0; i < document.count; i++) {
        struct str fault = find_fault(statements, &document.items[i]);
        if (fault.p != NULL)
            policies_note(&answer, PERMISSION_NO, fault);
    }
    bool is_missing = is_asked && answer.is_judged && !has_wanted(statements, &document);
    if (is_missing && !document.is_open)
        policies_note(&answer, PERMISSION_NO, statements->policies.rule->message);
    else if (document.is_open && (is_missing || !is_asked))
        policies_note(&answer, PERMISSION_UNKNOWN,
                      arena_format(statements->policies.wiring->scratch, "what the policy says is not known: %.*s",
                                   STR_ARG(document.reason)));
    policies_report(&statements->policies, node, selected, &answer);
}

void policies_check_statements(struct run *run, const struct rule *rule)
{
    struct statements statements = { 0 };
    if (!joins_has_selected(run_joins(run), rule))
        return;
    policies_open(&statements.policies, run, rule, false);
    const struct value *prefix = analysis_parameter(rule, STR("key_prefix"));
    statements.documents = policies_end(&statements.policies, STR("documents"));
    statements.wants = policies_texts(&statements.policies, STR("wants_denial_if"));
    statements.wants_any = policies_texts(&statements.policies, STR("wants_condition"));
    statements.forbids = policies_texts(&statements.policies, STR("forbids"));
    statements.known_keys = policies_texts(&statements.policies, STR("known_keys"));
    statements.prefix = prefix == NULL ? STR("") : prefix->text;
    joins_each_selected(statements.policies.joins, rule, judge, &statements);
}
