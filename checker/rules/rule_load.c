#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "match/regex.h"
#include "plan/path.h"
#include "plan/value.h"
#include "rules/analysis.h"
#include "rules/condition_load.h"
#include "rules/message.h"
#include "rules/related.h"
#include "rules/shape.h"

struct loading {
    struct shape shape;
    struct rules *rules;
    struct rule *rule;
    const struct yaml_node *root;
};

static const struct str rule_keys[] = {
    STR_INIT("id"),      STR_INIT("title"),   STR_INIT("severity"), STR_INIT("profiles"), STR_INIT("why"),
    STR_INIT("fix"),     STR_INIT("message"), STR_INIT("also"),     STR_INIT("source"),   STR_INIT("example"),
    STR_INIT("when"),    STR_INIT("select"),  STR_INIT("require"),  STR_INIT("forbid"),   STR_INIT("analysis"),
    STR_INIT("related"), STR_INIT("default"), STR_INIT("treat"),   STR_INIT("parameters"), STR_INIT("reports"), STR_INIT("cases"),
};

static const struct str severity_names[] = { STR_INIT("error"), STR_INIT("high"), STR_INIT("medium"), STR_INIT("low"),
                                             STR_INIT("info"), STR_INIT("off") };

static const struct yaml_node *find(const struct loading *loading, const char *key)
{
    return yaml_find(loading->root, str_from(key));
}

static bool load_text(struct loading *loading, const char *key, bool is_required, struct str *text)
{
    const struct yaml_node *node = find(loading, key);
    if (node != NULL)
        return shape_text(&loading->shape, node, text);
    return !is_required || shape_fail(&loading->shape, loading->root, "the rule lacks \"%s\"", key);
}

static bool is_kebab_case(struct str id)
{
    for (size_t i = 0; i < id.n; i++)
        if (!((id.p[i] >= 'a' && id.p[i] <= 'z') || (id.p[i] >= '0' && id.p[i] <= '9') ||
              (id.p[i] == '-' && i > 0 && i + 1 < id.n && id.p[i - 1] != '-')))
            return false;
    return true;
}

static bool is_named_like(struct str file, struct str id)
{
    ptrdiff_t at = (ptrdiff_t)file.n;
    while (at > 0 && file.p[at - 1] != '/')
        at--;
    struct str name = str_from_offset(file, (size_t)at);
    return str_starts_with(name, id) && name.n > id.n && name.p[id.n] == '.';
}

static bool load_texts(struct loading *loading)
{
    struct rule *rule = loading->rule;
    const struct yaml_node *id = find(loading, "id"), *also = find(loading, "also");
    if (!load_text(loading, "id", true, &rule->id) || !load_text(loading, "title", true, &rule->title) ||
        !load_text(loading, "why", true, &rule->why) || !load_text(loading, "fix", true, &rule->fix) ||
        !load_text(loading, "message", false, &rule->message) || !load_text(loading, "source", false, &rule->source))
        return false;
    if (!is_kebab_case(rule->id))
        return shape_fail(&loading->shape, id, "id: a name of small letters, digits and single - was expected");
    if (!is_named_like(loading->shape.file, rule->id))
        return shape_fail(&loading->shape, id, "id: the file has to be named %.*s.yaml", STR_ARG(rule->id));
    return also == NULL || shape_texts(&loading->shape, also, &rule->also);
}

static bool load_severities(struct loading *loading)
{
    static const struct str profiles[] = { STR_INIT("production"), STR_INIT("ephemeral") };
    struct rule *rule = loading->rule;
    const struct yaml_node *severity = find(loading, "severity"), *node = find(loading, "profiles");
    size_t number;
    if (severity == NULL)
        return shape_fail(&loading->shape, loading->root, "the rule lacks \"severity\"");
    if (!shape_name(&loading->shape, severity, severity_names, SEVERITY_COUNT, &number))
        return false;
    rule->severity = (enum severity)number;
    for (int i = 0; i < PROFILE_COUNT; i++)
        rule->in_profile[i] = rule->severity;
    if (node == NULL)
        return true;
    if (!shape_check_keys(&loading->shape, node, "profiles", profiles, PROFILE_COUNT))
        return false;
    for (const struct yaml_node *member = node->first; member != NULL; member = member->next) {
        enum profile profile = PROFILE_PRODUCTION;
        profile_find(member->key, &profile);
        if (!shape_name(&loading->shape, member, severity_names, SEVERITY_COUNT + 1, &number))
            return false;
        rule->is_off[profile] = number == SEVERITY_COUNT;
        if (number < SEVERITY_COUNT)
            rule->in_profile[profile] = (enum severity)number;
    }
    return true;
}

static bool load_default(struct loading *loading)
{
    static const struct str names[] = { STR_INIT("on"), STR_INIT("off") };
    const struct yaml_node *node = find(loading, "default");
    size_t number = 0;
    if (node != NULL && !shape_name(&loading->shape, node, names, 2, &number))
        return false;
    loading->rule->is_optional = number == 1;
    return true;
}

static bool load_example(struct loading *loading)
{
    static const struct str keys[] = { STR_INIT("hcl"), STR_INIT("cdktf") };
    const struct yaml_node *node = find(loading, "example");
    if (node == NULL)
        return true;
    if (!shape_check_keys(&loading->shape, node, "example", keys, 2))
        return false;
    const struct yaml_node *hcl = yaml_find(node, keys[0]), *cdktf = yaml_find(node, keys[1]);
    return (hcl == NULL || shape_text(&loading->shape, hcl, &loading->rule->example.hcl)) &&
           (cdktf == NULL || shape_text(&loading->shape, cdktf, &loading->rule->example.cdktf));
}

static const struct setting *find_setting(struct rules *rules, struct str id, struct str name)
{
    for (size_t i = rules->settings.count; i > 0; i--) {
        struct setting *setting = &rules->settings.items[i - 1];
        if (str_equal(setting->id, id) && str_equal(setting->name, name)) {
            setting->is_used = true;
            return setting;
        }
    }
    return NULL;
}

static bool load_parameters(struct loading *loading)
{
    const struct yaml_node *node = find(loading, "parameters");
    map_init(&loading->rule->parameters, loading->shape.arena);
    if (node == NULL)
        return true;
    if (node->kind != YAML_MAP)
        return shape_fail(&loading->shape, node, "parameters: a mapping of names to default values was expected");
    for (const struct yaml_node *member = node->first; member != NULL; member = member->next) {
        const struct setting *setting = find_setting(loading->rules, loading->rule->id, member->key);
        const struct yaml_node *value = member;
        if (setting != NULL) {
            value = yaml_read(loading->shape.arena, STR("--set"), setting->text, loading->shape.error);
            if (value == NULL)
                return false;
            if (value->kind != member->kind)
                return error_set(loading->shape.error, ERROR_USAGE, "--set %.*s.%.*s: %s was expected, not %s",
                                 STR_ARG(setting->id), STR_ARG(setting->name), yaml_kind_name(member->kind),
                                 yaml_kind_name(value->kind));
        }
        *map_get(&loading->rule->parameters, member->key) = shape_value(loading->shape.arena, value);
    }
    return true;
}

static bool load_treat(struct loading *loading)
{
    static const struct str states[] = { [ATTRIBUTE_ABSENT] = STR_INIT("absent"), [ATTRIBUTE_NULL] = STR_INIT("null"),
                                         [ATTRIBUTE_UNSET] = STR_INIT("unset"),
                                         [ATTRIBUTE_UNKNOWN] = STR_INIT("unknown") };
    static const struct str verdicts[] = { STR_INIT("pass"), STR_INIT("fail"), STR_INIT("unknown") };
    static const enum treatment treatments[] = { TREAT_PASS, TREAT_FAIL, TREAT_UNKNOWN };
    const struct yaml_node *node = find(loading, "treat");
    if (node == NULL)
        return true;
    if (!shape_check_keys(&loading->shape, node, "treat", states, ATTRIBUTE_STATE_COUNT))
        return false;
    for (int i = 0; i < ATTRIBUTE_STATE_COUNT; i++) {
        const struct yaml_node *member = yaml_find(node, states[i]);
        size_t number;
        if (member == NULL)
            continue;
        if (!shape_name(&loading->shape, member, verdicts, 3, &number))
            return false;
        loading->rule->treat[i] = treatments[number];
    }
    return true;
}

static bool load_modes(struct loading *loading, const struct yaml_node *node, struct texts *modes)
{
    static const struct str names[] = { STR_INIT("managed"), STR_INIT("data"), STR_INIT("ephemeral"), STR_INIT("block"), STR_INIT("any") };
    size_t number;
    for (const struct yaml_node *item = node->kind == YAML_LIST ? node->first : node; item != NULL;
         item = node->kind == YAML_LIST ? item->next : NULL) {
        if (!shape_name(&loading->shape, item, names, 5, &number))
            return false;
        VEC_ADD(loading->shape.arena, modes, names[number]);
    }
    return true;
}

static bool load_selection(struct loading *loading, struct condition_loader *conditions)
{
    static const struct str keys[] = { STR_INIT("type"),   STR_INIT("mode"),    STR_INIT("action"), STR_INIT("provider"),
                                       STR_INIT("module"), STR_INIT("address"), STR_INIT("has"),    STR_INIT("where"),
                                       STR_INIT("related") };
    struct selection *select = &loading->rule->select;
    const struct shape *shape = &loading->shape;
    const struct yaml_node *node = find(loading, "select");
    if (node == NULL)
        return shape_fail(shape, loading->root, "the rule lacks \"select\"");
    if (!shape_check_keys(shape, node, "select", keys, sizeof keys / sizeof keys[0]))
        return false;
    if (yaml_find(node, keys[0]) == NULL)
        return shape_fail(shape, node, "select: a type was expected, \"*\" for all");
    for (const struct yaml_node *member = node->first; member != NULL; member = member->next) {
        bool is_good = true;
        if (str_equal(member->key, keys[0]))
            is_good = shape_texts(shape, member, &select->types);
        else if (str_equal(member->key, keys[1]))
            is_good = load_modes(loading, member, &select->modes);
        else if (str_equal(member->key, keys[2]))
            is_good = shape_actions(shape, member, &select->actions);
        else if (str_equal(member->key, keys[3]))
            is_good = shape_texts(shape, member, &select->providers);
        else if (str_equal(member->key, keys[4]))
            is_good = shape_texts(shape, member, &select->modules);
        else if (str_equal(member->key, keys[5]))
            is_good = shape_texts(shape, member, &select->addresses);
        else if (str_equal(member->key, keys[6]))
            is_good = shape_text(shape, member, &select->has);
        else if (str_equal(member->key, keys[7]))
            is_good = (select->where = condition_load(conditions, member, true)) != NULL;
        else
            is_good = (select->related = related_load(conditions, member)) != NULL;
        if (!is_good)
            return false;
    }
    return true;
}

static bool load_bounds(struct loading *loading, const struct yaml_node *node)
{
    static const struct str keys[] = { STR_INIT("at_least"), STR_INIT("at_most") };
    struct occasion *when = &loading->rule->when;
    if (node->kind != YAML_MAP)
        return shape_fail(&loading->shape, node, "actions: a mapping of actions to bounds was expected");
    when->bounds = arena_get(loading->shape.arena, (node->count + 1) * sizeof *when->bounds);
    for (const struct yaml_node *member = node->first; member != NULL; member = member->next) {
        struct action_bound *bound = &when->bounds[when->bound_count++];
        bound->action = shape_find_action(member->key);
        if (bound->action == 0)
            return shape_fail_key(&loading->shape, member, "there is no action \"%.*s\"; create, read, update, delete,"
                                  " replace, forget or no-op was expected", STR_ARG(member->key));
        if (!shape_check_keys(&loading->shape, member, "a bound", keys, 2))
            return false;
        for (const struct yaml_node *limit = member->first; limit != NULL; limit = limit->next) {
            if (limit->kind != YAML_NUMBER)
                return shape_fail(&loading->shape, limit, "a number was expected, not %s", yaml_kind_name(limit->kind));
            *(str_equal(limit->key, keys[0]) ? &bound->at_least : &bound->at_most) = limit->text;
        }
    }
    return true;
}

static bool load_occasion(struct loading *loading)
{
    static const struct str keys[] = { STR_INIT("variables"), STR_INIT("profile"), STR_INIT("actions"),
                                       STR_INIT("input") };
    static const struct str inputs[] = { STR_INIT("plan"), STR_INIT("state"), STR_INIT("configuration") };
    static const struct str profiles[] = { STR_INIT("production"), STR_INIT("ephemeral") };
    struct occasion *when = &loading->rule->when;
    const struct yaml_node *node = find(loading, "when");
    if (node == NULL)
        return true;
    if (!shape_check_keys(&loading->shape, node, "when", keys, 4))
        return false;
    const struct yaml_node *variables = yaml_find(node, keys[0]), *profile = yaml_find(node, keys[1]);
    const struct yaml_node *actions = yaml_find(node, keys[2]);
    if (variables != NULL) {
        /* what it reads are variables, not attributes of the rule's resources */
        struct rule *sink = arena_get(loading->shape.arena, sizeof *sink);
        struct condition_loader conditions = { &loading->shape, sink, loading->rules, NULL };
        sink->parameters = loading->rule->parameters;
        when->variables = condition_load(&conditions, variables, true);
        if (when->variables == NULL)
            return false;
    }
    for (const struct yaml_node *item = profile == NULL || profile->kind != YAML_LIST ? profile : profile->first;
         item != NULL; item = profile->kind == YAML_LIST ? item->next : NULL) {
        size_t number;
        if (!shape_name(&loading->shape, item, profiles, PROFILE_COUNT, &number))
            return false;
        VEC_ADD(loading->shape.arena, &when->profiles, profiles[number]);
    }
    const struct yaml_node *input = yaml_find(node, keys[3]);
    for (const struct yaml_node *item = input == NULL || input->kind != YAML_LIST ? input : input->first; item != NULL;
         item = input->kind == YAML_LIST ? item->next : NULL) {
        size_t number;
        if (!shape_name(&loading->shape, item, inputs, 3, &number))
            return false;
        VEC_ADD(loading->shape.arena, &when->inputs, inputs[number]);
    }
    return actions == NULL || load_bounds(loading, actions);
}

static bool load_analysis(struct loading *loading, const struct yaml_node *node)
{
    const struct yaml_node *name = node->kind == YAML_MAP ? yaml_find(node, STR("name")) : node;
    struct rule *rule = loading->rule;
    struct str names[128];
    size_t count = 0, number;
    if (name == NULL)
        return shape_fail(&loading->shape, node, "analysis: a name was expected");
    while (count < 128 && analysis_name(count).p != NULL) {
        names[count] = analysis_name(count);
        count++;
    }
    if (!shape_name(&loading->shape, name, names, count, &number))
        return false;
    rule->analysis = analysis_find(names[number]);
    rule->can_be_unknown = rule->analysis->joins && !rule->analysis->is_definite;
    for (size_t i = 0; i < sizeof rule->analysis->parameters / sizeof(struct str); i++) {
        struct str needed = rule->analysis->parameters[i];
        const struct value *value = needed.p == NULL ? NULL : map_find(&rule->parameters, needed);
        struct error error = { 0 };
        if (needed.p != NULL && value == NULL)
            return shape_fail(&loading->shape, node, "analysis %.*s needs the parameter \"%.*s\"",
                              STR_ARG(rule->analysis->name), STR_ARG(needed));
        bool is_pattern = value != NULL && str_equal(needed, STR("pattern"));
        if (is_pattern && regex_compile(loading->shape.arena, value->text, &error) == NULL)
            return shape_fail(&loading->shape, find(loading, "parameters"), "pattern: %s", error.text);
    }
    return true;
}

static const struct condition *load_forbid(struct loading *loading, struct condition_loader *conditions,
                                           const struct yaml_node *forbid)
{
    bool is_always = forbid->kind == YAML_STRING && str_equal(forbid->text, STR("always"));
    const struct condition *part = is_always ? condition_always(conditions, true)
                                             : condition_load(conditions, forbid, true);
    (void)loading;
    return part == NULL ? NULL : condition_negate(conditions, part);
}

/* Only what counts every resource of a type, whatever it is like, is always decided. */
static void note_unknown(void *context, const struct related *related)
{
    struct rule *rule = context;
    rule->can_be_unknown |= related->has_link || related->where != NULL || related->order != RELATED_IN_ANY_ORDER ||
                            related->region != RELATED_IN_ANY_REGION;
}

static bool load_judgement(struct loading *loading, struct condition_loader *conditions)
{
    struct rule *rule = loading->rule;
    const struct yaml_node *require = find(loading, "require"), *forbid = find(loading, "forbid");
    const struct yaml_node *analysis = find(loading, "analysis"), *related = find(loading, "related");
    const struct condition *wanted = NULL, *unwanted = NULL;
    if ((analysis != NULL) == (require != NULL || forbid != NULL || related != NULL))
        return shape_fail(&loading->shape, loading->root,
                          "a rule has require, forbid and related, or some of them, or an analysis");
    if (analysis != NULL)
        return load_analysis(loading, analysis);
    if (require != NULL && (wanted = condition_load(conditions, require, false)) == NULL)
        return false;
    rule->can_be_unknown = rule->attributes.count > 0 && rule->treat[ATTRIBUTE_UNKNOWN] == TREAT_DEFAULT;
    if (forbid != NULL && (unwanted = load_forbid(loading, conditions, forbid)) == NULL)
        return false;
    rule->condition = condition_join(conditions, wanted, unwanted);
    if (related != NULL && (rule->related = related_load(conditions, related)) == NULL)
        return false;
    rule->can_be_unknown = rule->attributes.count > 0 && rule->treat[ATTRIBUTE_UNKNOWN] == TREAT_DEFAULT;
    if (rule->related != NULL)
        related_each(rule->related, note_unknown, rule);
    return true;
}

static bool load_reports(struct loading *loading)
{
    static const struct str names[] = { STR_INIT("each"), STR_INIT("once") };
    const struct yaml_node *node = find(loading, "reports");
    size_t number = 0;
    if (node != NULL && !shape_name(&loading->shape, node, names, 2, &number))
        return false;
    loading->rule->reports_once = number == 1;
    if (number == 1 && str_find_byte(loading->rule->message, '{') >= 0)
        return shape_fail(&loading->shape, find(loading, "message"),
                          "the message of a rule that reports once speaks of many resources and has no placeholders");
    return true;
}

static void note_message_path(void *context, struct str text)
{
    struct loading *loading = context;
    struct error error = { 0 };
    const struct path *path = path_compile(loading->shape.arena, text, &error);
    if (path != NULL)
        condition_note_path(loading->shape.arena, loading->rule, path);
    else
        shape_fail(&loading->shape, find(loading, "message"), "%s", error.text);
}

static bool load_all(struct loading *loading)
{
    struct condition_loader conditions = { &loading->shape, loading->rule, loading->rules, NULL };
    const struct yaml_node *cases = find(loading, "cases");
    if (!shape_check_keys(&loading->shape, loading->root, "a rule", rule_keys, sizeof rule_keys / sizeof rule_keys[0]) ||
        !load_texts(loading) || !load_severities(loading) || !load_default(loading) || !load_example(loading) || !load_parameters(loading) ||
        !load_treat(loading) || !load_occasion(loading) || !load_selection(loading, &conditions) ||
        !load_judgement(loading, &conditions) || !load_reports(loading))
        return false;
    if (loading->rule->message.p != NULL)
        message_each_path(loading->rule->message, note_message_path, loading);
    loading->rule->cases = cases;
    if (cases != NULL && cases->kind != YAML_LIST)
        return shape_fail(&loading->shape, cases, "cases: a list was expected, not %s", yaml_kind_name(cases->kind));
    return loading->shape.error->code == ERROR_NONE;
}

bool rule_load(struct rules *rules, struct str pack, struct str file, struct str text, struct error *error)
{
    struct loading loading = { .shape = { rules->arena, file, error }, .rules = rules };
    ptrdiff_t cases = rules->is_trusted ? str_find(text, STR("\ncases:")) : -1;
    if (cases >= 0)
        text = str_part(text, 0, (size_t)cases + 1);
    loading.root = yaml_read(rules->arena, file, text, error);
    if (loading.root == NULL)
        return false;
    loading.rule = arena_get(rules->arena, sizeof *loading.rule);
    loading.rule->pack = pack;
    loading.rule->file = file;
    if (!load_all(&loading))
        return false;
    struct rule *other = rule_find(rules, loading.rule->id);
    if (other != NULL)
        return shape_fail(&loading.shape, find(&loading, "id"), "there is a rule \"%.*s\" already, in %.*s",
                          STR_ARG(loading.rule->id), STR_ARG(other->file));
    VEC_ADD(rules->arena, rules, loading.rule);
    return true;
}
