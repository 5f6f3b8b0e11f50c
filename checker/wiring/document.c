#include "wiring/document.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "plan/path.h"
#include "plan/plan.h"
#include "plan/tf_json.h"
#include "plan/value_build.h"
#include "wiring/term.h"
#include "wiring/wiring.h"

static void add_text(struct arena *arena, struct document_texts *texts, struct str text)
{
    VEC_ADD(arena, texts, text);
}

/* A text or a list of texts. */
static void add_texts(struct arena *arena, struct document_texts *texts, const struct value *value)
{
    const struct value *item = value == NULL ? NULL : value->kind == VALUE_LIST ? value->first : value;
    for (; item != NULL; item = value->kind == VALUE_LIST ? item->next : NULL) {
        if (item->kind == VALUE_UNKNOWN)
            texts->is_open = true;
        else if (item->kind == VALUE_STRING || item->kind == VALUE_NUMBER)
            add_text(arena, texts, item->text);
        else if (item->kind == VALUE_BOOL)
            add_text(arena, texts, item->truth ? STR("true") : STR("false"));
    }
}

/* A template with the ARN of a resource in it is certainly not "*": its text stands for it. */
static void add_resources(struct arena *arena, struct document_texts *texts, const struct value *value)
{
    const struct value *item = value->kind == VALUE_LIST ? value->first : value;
    for (; item != NULL; item = value->kind == VALUE_LIST ? item->next : NULL) {
        if (item->kind == VALUE_UNKNOWN && item->text.n > 0)
            add_text(arena, texts, item->text);
        else if (item->kind == VALUE_UNKNOWN)
            texts->is_open = true;
        else if (item->kind == VALUE_STRING)
            add_text(arena, texts, item->text);
    }
}

static struct document_texts *principals_of(struct statement *statement, struct str type)
{
    if (str_equal(type, STR("Service")))
        return &statement->services;
    return str_equal(type, STR("AWS")) || str_equal(type, STR("*")) ? &statement->accounts : &statement->others;
}

static void add_principals(struct arena *arena, struct statement *statement, const struct value *value)
{
    statement->has_principals = true;
    if (value->kind != VALUE_OBJECT) {
        add_texts(arena, &statement->accounts, value);
        return;
    }
    for (const struct value *member = value->first; member != NULL; member = member->next)
        add_texts(arena, principals_of(statement, member->key), member);
}

static void add_condition(struct arena *arena, struct statement *statement, struct document_condition condition)
{
    statement->conditions = vec_grow(arena, statement->conditions, statement->condition_count,
                                     &statement->condition_capacity, sizeof *statement->conditions);
    statement->conditions[statement->condition_count++] = condition;
}

static void add_conditions(struct arena *arena, struct statement *statement, const struct value *value)
{
    for (const struct value *operator = value->first; operator != NULL; operator = operator->next) {
        for (const struct value *key = operator->first; key != NULL; key = key->next) {
            struct document_condition condition = { .operator = operator->key, .key = key->key };
            add_texts(arena, &condition.values, key);
            add_condition(arena, statement, condition);
        }
    }
}

static bool is_key(const struct value *member, struct str name)
{
    return str_equal_ignoring_case(member->key, name);
}

/* A statement of JSON. Keys are read in any letter case, as IAM does for most. */
static void add_statement(struct arena *arena, const struct value *value, struct document *document)
{
    struct statement statement = { 0 };
    document->is_malformed |= value->kind != VALUE_OBJECT;
    for (const struct value *member = value->first; member != NULL; member = member->next) {
        if (is_key(member, STR("Effect")))
            statement.is_allow = str_equal(member->text, STR("Allow"));
        else if (is_key(member, STR("Sid")))
            statement.sid = member->text;
        else if (is_key(member, STR("Condition")))
            add_conditions(arena, &statement, member);
        else if (is_key(member, STR("Principal")) || is_key(member, STR("NotPrincipal"))) {
            statement.is_not_principals = is_key(member, STR("NotPrincipal"));
            add_principals(arena, &statement, member);
        } else if (is_key(member, STR("Action")) || is_key(member, STR("NotAction"))) {
            statement.has_actions = true;
            statement.is_not_actions = is_key(member, STR("NotAction"));
            add_texts(arena, &statement.actions, member);
        } else if (is_key(member, STR("Resource")) || is_key(member, STR("NotResource"))) {
            statement.has_resources = true;
            statement.is_not_resources = is_key(member, STR("NotResource"));
            add_resources(arena, &statement.resources, member);
        }
    }
    VEC_ADD(arena, document, statement);
}

static void add_tree(struct arena *arena, const struct value *root, struct document *document)
{
    const struct value *statements = value_find(root, STR("Statement"));
    document->is_malformed |= statements == NULL;
    if (statements == NULL)
        return;
    const struct value *item = statements->kind == VALUE_LIST ? statements->first : statements;
    for (; item != NULL; item = statements->kind == VALUE_LIST ? item->next : NULL)
        add_statement(arena, item, document);
}

void document_add_text(struct arena *arena, struct str text, struct document *document)
{
    struct error ignored = { 0 };
    add_tree(arena, value_read(arena, text, &ignored), document);
}

static void add_block_list(struct arena *arena, const struct value *block, struct str name, struct document_texts *texts,
                           bool *is_there)
{
    const struct value *value = value_find(block, name);
    if (value == NULL || value->kind == VALUE_NULL)
        return;
    *is_there = true;
    if (value->kind == VALUE_UNKNOWN)
        texts->is_open = true;
    add_texts(arena, texts, value);
}

/* A statement block of aws_iam_policy_document. */
static void add_block(struct arena *arena, const struct value *block, struct document *document)
{
    struct statement statement = { .is_allow = true };
    struct str effect = value_find_text(block, STR("effect"));
    if (effect.p != NULL)
        statement.is_allow = str_equal(effect, STR("Allow"));
    statement.sid = value_find_text(block, STR("sid"));
    add_block_list(arena, block, STR("actions"), &statement.actions, &statement.has_actions);
    add_block_list(arena, block, STR("not_actions"), &statement.actions, &statement.is_not_actions);
    add_block_list(arena, block, STR("resources"), &statement.resources, &statement.has_resources);
    add_block_list(arena, block, STR("not_resources"), &statement.resources, &statement.is_not_resources);
    statement.has_actions |= statement.is_not_actions;
    statement.has_resources |= statement.is_not_resources;
    static const struct str principal_blocks[] = { STR_INIT("principals"), STR_INIT("not_principals") };
    for (int i = 0; i < 2; i++) {
        const struct value *principals = value_find(block, principal_blocks[i]);
        for (const struct value *p = principals == NULL ? NULL : principals->first; p != NULL; p = p->next) {
            struct document_texts *texts = principals_of(&statement, value_find_text(p, STR("type")));
            bool ignored;
            statement.has_principals = true;
            statement.is_not_principals |= i == 1;
            add_block_list(arena, p, STR("identifiers"), texts, &ignored);
        }
        statement.others.is_open |= principals != NULL && principals->kind == VALUE_UNKNOWN;
    }
    const struct value *conditions = value_find(block, STR("condition"));
    for (const struct value *c = conditions == NULL ? NULL : conditions->first; c != NULL; c = c->next) {
        struct document_condition condition = { .operator = value_find_text(c, STR("test")),
                                                .key = value_find_text(c, STR("variable")) };
        bool ignored;
        add_block_list(arena, c, STR("values"), &condition.values, &ignored);
        add_condition(arena, &statement, condition);
    }
    VEC_ADD(arena, document, statement);
}

static void leave_open(struct document *document, struct str reason)
{
    document->is_open = true;
    document->reason = reason;
}

/* How many documents may be built on one another. */
enum { SOURCES_MAX = 8 };

static void add_unknown(const struct wiring *wiring, const struct node *node, const struct path *path, int depth,
                        struct document *document);

/* The statements of a data source, and the documents that it is built on. */
static void add_data(const struct wiring *wiring, const struct node *node, int depth, struct document *document)
{
    static const struct str sources[] = { STR_INIT("source_policy_documents"), STR_INIT("override_policy_documents"),
                                          STR_INIT("source_json"), STR_INIT("override_json") };
    const struct value *statements = value_find(node->resource.after, STR("statement"));
    if (statements != NULL && statements->kind == VALUE_UNKNOWN)
        leave_open(document, STR("a dynamic statement block"));
    for (const struct value *block = statements == NULL ? NULL : statements->first; block != NULL; block = block->next) {
        if (block->kind == VALUE_UNKNOWN)
            leave_open(document, STR("a dynamic statement block"));
        else
            add_block(wiring->scratch, block, document);
    }
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        const struct value *value = value_find(node->resource.after, sources[i]);
        const struct value *item = value == NULL ? NULL : value->kind == VALUE_LIST ? value->first : value;
        bool has_unknown = value != NULL && value->kind == VALUE_UNKNOWN;
        for (; item != NULL; item = value->kind == VALUE_LIST ? item->next : NULL) {
            if (item->kind == VALUE_STRING && item->text.n > 0)
                document_add_text(wiring->scratch, item->text, document);
            has_unknown |= item->kind == VALUE_UNKNOWN;
        }
        struct path_step steps[] = { { .kind = STEP_NAME, .name = sources[i] }, { .kind = STEP_EVERY } };
        struct path path = { sources[i], steps, i < 2 ? 2 : 1 };
        if (has_unknown)
            add_unknown(wiring, node, &path, depth + 1, document);
    }
}

/* A document that is known only after apply. The depth is bounded. */
static void add_unknown(const struct wiring *wiring, const struct node *node, const struct path *path, int depth,
                        struct document *document)
{
    struct terms terms = { 0 };
    bool is_found = false;
    terms_add_path(wiring, node, path, &terms);
    for (size_t i = 0; i < terms.count; i++) {
        const struct term *term = &terms.items[i];
        const struct node *data = term->kind == TERM_PLACE ? wiring_find_node(wiring, term->text) : NULL;
        if (data == NULL || data->resource.mode != MODE_DATA ||
            !str_equal(data->resource.type, STR("aws_iam_policy_document")))
            continue;
        is_found = true;
        if (!term->is_sure || depth >= SOURCES_MAX)
            leave_open(document, data->resource.address);
        else
            add_data(wiring, data, depth, document);
    }
    if (terms.is_open)
        leave_open(document, terms.reason);
    else if (!is_found && terms.count > 0)
        leave_open(document, terms.items[0].text);
    else if (!is_found)
        leave_open(document, STR("an expression that the plan does not show"));
}

void document_add_path(const struct wiring *wiring, const struct node *node, const struct path *path,
                       struct document *document)
{
    const struct value *value = node->resource.after;
    size_t step = 0;
    for (; step < path->count && value != NULL && value->kind != VALUE_UNKNOWN; step++) {
        const struct path_step *s = &path->steps[step];
        if (s->kind == STEP_EVERY || s->kind == STEP_SOME) {
            for (size_t i = 0; value->kind == VALUE_LIST && i < value->count; i++) {
                struct path_step steps[PATH_STEPS_MAX];
                memcpy(steps, path->steps, path->count * sizeof *steps);
                steps[step] = (struct path_step){ .kind = STEP_INDEX, .index = i };
                struct path one = { path->text, steps, path->count };
                document_add_path(wiring, node, &one, document);
            }
            return;
        }
        value = s->kind == STEP_INDEX ? value_item(value, s->index) : value_find(value, s->name);
    }
    if (value == NULL || value->kind == VALUE_NULL)
        return;
    if (value->kind == VALUE_STRING) {
        if (value->text.n > 0)
            document_add_text(wiring->scratch, value->text, document);
        return;
    }
    /* a template of configuration in JSON syntax: all but the values known later stands in it */
    const struct value *tree = value->text.n > 0 ? tf_json_parse(wiring->plan, wiring->scratch, value->text) : NULL;
    if (tree != NULL && value_find(tree, STR("Statement")) != NULL) {
        add_tree(wiring->scratch, tree, document);
        return;
    }
    struct written_value written = configuration_find(wiring->plan, node->block->key, path);
    if (!configuration_is_unset(&written, step == 0 ? 0 : step - 1))
        add_unknown(wiring, node, path, 0, document);
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool document_matches(struct str pattern, struct str text)
{
    size_t p = 0, t = 0, star = SIZE_MAX, resume = 0;
    while (t < text.n) {
        if (p < pattern.n && (pattern.p[p] == '?' || (pattern.p[p] != '*' && fold(pattern.p[p]) == fold(text.p[t])))) {
            p++;
            t++;
        } else if (p < pattern.n && pattern.p[p] == '*') {
            star = p++;
            resume = t;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.n && pattern.p[p] == '*')
        p++;
    return p == pattern.n;
}

bool document_covers(const struct document_texts *patterns, struct str text)
{
    for (size_t i = 0; i < patterns->count; i++)
        if (document_matches(patterns->items[i], text))
            return true;
    return false;
}

bool statement_has_action(const struct statement *statement, struct str action)
{
    return statement->has_actions && document_covers(&statement->actions, action) != statement->is_not_actions;
}

enum permission document_allows(const struct document *document, struct str action)
{
    enum permission answer = document->is_open ? PERMISSION_UNKNOWN : PERMISSION_NO;
    for (size_t i = 0; i < document->count; i++) {
        const struct statement *statement = &document->items[i];
        if (!statement->is_allow)
            continue;
        if (statement_has_action(statement, action))
            return PERMISSION_YES;
        if (statement->actions.is_open)
            answer = PERMISSION_UNKNOWN;
    }
    return answer;
}

static bool is_everywhere(const struct statement *statement)
{
    for (size_t i = 0; i < statement->resources.count; i++)
        if (str_equal(statement->resources.items[i], STR("*")))
            return true;
    return false;
}

enum permission document_allows_everywhere(const struct document *document, struct str action)
{
    enum permission answer = document->is_open ? PERMISSION_UNKNOWN : PERMISSION_NO;
    for (size_t i = 0; i < document->count; i++) {
        const struct statement *statement = &document->items[i];
        bool may_act = statement_has_action(statement, action) || statement->actions.is_open;
        if (!statement->is_allow || !may_act)
            continue;
        if (is_everywhere(statement) && statement_has_action(statement, action))
            return PERMISSION_YES;
        if (is_everywhere(statement) || statement->resources.is_open || statement->is_not_resources)
            answer = PERMISSION_UNKNOWN;
    }
    return answer;
}

static bool is_of_service(struct str pattern, struct str service)
{
    ptrdiff_t colon = str_find_byte(pattern, ':');
    struct str own = colon < 0 ? pattern : str_part(pattern, 0, (size_t)colon);
    return document_matches(own, service);
}

enum permission document_allows_service(const struct document *document, struct str service)
{
    enum permission answer = document->is_open ? PERMISSION_UNKNOWN : PERMISSION_NO;
    for (size_t i = 0; i < document->count; i++) {
        const struct statement *statement = &document->items[i];
        if (!statement->is_allow)
            continue;
        if (statement->is_not_actions)
            return PERMISSION_YES;
        for (size_t a = 0; a < statement->actions.count; a++)
            if (is_of_service(statement->actions.items[a], service))
                return PERMISSION_YES;
        if (statement->actions.is_open)
            answer = PERMISSION_UNKNOWN;
    }
    return answer;
}

/* Whether the statement speaks to the principal. */
static enum permission speaks_to(const struct statement *statement, struct str service)
{
    if (!statement->has_principals || statement->is_not_principals)
        return PERMISSION_UNKNOWN;
    for (size_t i = 0; i < statement->services.count; i++)
        if (document_matches(service, statement->services.items[i]))
            return PERMISSION_YES;
    for (size_t i = 0; i < statement->accounts.count; i++)
        if (str_equal(statement->accounts.items[i], STR("*")) || document_matches(service, statement->accounts.items[i]))
            return PERMISSION_YES;
    bool is_open = statement->services.is_open || statement->accounts.is_open || statement->others.is_open;
    return is_open ? PERMISSION_UNKNOWN : PERMISSION_NO;
}

enum permission document_admits(const struct document *document, struct str service, struct str action)
{
    enum permission answer = document->is_open ? PERMISSION_UNKNOWN : PERMISSION_NO;
    for (size_t i = 0; i < document->count; i++) {
        const struct statement *statement = &document->items[i];
        enum permission spoken = statement->is_allow ? speaks_to(statement, service) : PERMISSION_NO;
        bool has_action = statement_has_action(statement, action);
        if (spoken == PERMISSION_YES && has_action)
            return PERMISSION_YES;
        if (spoken != PERMISSION_NO && (has_action || statement->actions.is_open))
            answer = PERMISSION_UNKNOWN;
    }
    return answer;
}
