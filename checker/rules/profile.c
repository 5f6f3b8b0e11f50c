#include "rules/profile.h"

#include "base/arena.h"
#include "plan/plan.h"
#include "plan/tf_json.h"
#include "plan/value.h"
#include "rules/run.h"

static const struct str profile_names[PROFILE_COUNT] = {
    [PROFILE_PRODUCTION] = STR_INIT("production"),
    [PROFILE_EPHEMERAL] = STR_INIT("ephemeral"),
};

struct str profile_name(enum profile profile)
{
    return profile_names[profile];
}

bool profile_find(struct str name, enum profile *profile)
{
    for (int i = 0; i < PROFILE_COUNT; i++) {
        if (str_equal(profile_names[i], name)) {
            *profile = (enum profile)i;
            return true;
        }
    }
    return false;
}

static const struct {
    struct str word;
    enum profile profile;
} words[] = {
    { STR_INIT("prod"), PROFILE_PRODUCTION },       { STR_INIT("production"), PROFILE_PRODUCTION },
    { STR_INIT("prd"), PROFILE_PRODUCTION },        { STR_INIT("live"), PROFILE_PRODUCTION },
    { STR_INIT("dev"), PROFILE_EPHEMERAL },         { STR_INIT("develop"), PROFILE_EPHEMERAL },
    { STR_INIT("development"), PROFILE_EPHEMERAL }, { STR_INIT("test"), PROFILE_EPHEMERAL },
    { STR_INIT("testing"), PROFILE_EPHEMERAL },     { STR_INIT("qa"), PROFILE_EPHEMERAL },
    { STR_INIT("sandbox"), PROFILE_EPHEMERAL },     { STR_INIT("preview"), PROFILE_EPHEMERAL },
    { STR_INIT("ephemeral"), PROFILE_EPHEMERAL },   { STR_INIT("ci"), PROFILE_EPHEMERAL },
    { STR_INIT("demo"), PROFILE_EPHEMERAL },        { STR_INIT("local"), PROFILE_EPHEMERAL },
};

bool profile_is_word(struct str word, enum profile *profile)
{
    char first = word.n == 0 ? '\0' : (char)(word.p[0] | 0x20); /* in lower case, if it is a letter */
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (words[i].word.p[0] == first && str_equal_ignoring_case(words[i].word, word)) {
            *profile = words[i].profile;
            return true;
        }
    }
    bool is_pull_request = word.n > 2 && str_equal_ignoring_case(str_part(word, 0, 2), STR("pr")) &&
                           (word.p[2] == '-' || (word.p[2] >= '0' && word.p[2] <= '9'));
    *profile = PROFILE_EPHEMERAL;
    return is_pull_request;
}

static const struct str environment_variables[] = {
    STR_INIT("environment"),     STR_INIT("env"),         STR_INIT("environment_name"), STR_INIT("env_name"),
    STR_INIT("environmentName"), STR_INIT("stage"),       STR_INIT("deployment_environment"),
};

static const struct str suffix_variables[] = {
    STR_INIT("environment_suffix"), STR_INIT("environmentSuffix"), STR_INIT("env_suffix"),    STR_INIT("envSuffix"),
    STR_INIT("suffix"),             STR_INIT("name_suffix"),       STR_INIT("resource_suffix"), STR_INIT("resourceSuffix"),
    STR_INIT("unique_suffix"),      STR_INIT("stack_suffix"),      STR_INIT("deployment_suffix"),
};

static bool learn_from(struct arena *arena, const struct plan *plan, struct str variable, enum profile *profile,
                       struct str *origin)
{
    const struct value *value = plan_find_variable(plan, variable);
    if (value == NULL || value->kind != VALUE_STRING || !profile_is_word(value->text, profile))
        return false;
    if (plan_is_sensitive_variable(plan, variable))
        *origin = arena_format(arena, "var.%.*s", STR_ARG(variable));
    else
        *origin = arena_format(arena, "var.%.*s = \"%.*s\"", STR_ARG(variable), STR_ARG(value->text));
    return true;
}

struct tagged {
    bool is_production, is_ephemeral;
    struct str key, text; /* of the first tag that tells */
};

static void read_tags(void *context, struct str type, struct str name, const struct value *body)
{
    struct tagged *tagged = context;
    const struct value *tags = value_find(body, STR("tags"));
    (void)type;
    (void)name;
    for (const struct value *tag = tags == NULL ? NULL : tags->first; tag != NULL; tag = tag->next) {
        enum profile profile;
        bool is_environment = str_equal_ignoring_case(tag->key, STR("Environment")) ||
                              str_equal_ignoring_case(tag->key, STR("Env")) ||
                              str_equal_ignoring_case(tag->key, STR("Stage"));
        if (!is_environment || tag->kind != VALUE_STRING || !profile_is_word(tag->text, &profile))
            continue;
        tagged->is_production |= profile == PROFILE_PRODUCTION;
        tagged->is_ephemeral |= profile == PROFILE_EPHEMERAL;
        if (tagged->text.p == NULL) {
            tagged->key = tag->key;
            tagged->text = tag->text;
        }
    }
}

/* CDKTF writes the environment into the tags, and leaves no variable. One tag of production is enough for it. */
static enum profile learn_from_tags(struct arena *arena, const struct plan *plan, struct str *origin)
{
    struct tagged tagged = { 0 };
    if (plan->written != NULL)
        tf_json_each(plan->written, STR("resource"), read_tags, &tagged);
    if (!tagged.is_ephemeral || tagged.is_production)
        return PROFILE_PRODUCTION;
    *origin = arena_format(arena, "tags.%.*s = \"%.*s\"", STR_ARG(tagged.key), STR_ARG(tagged.text));
    return PROFILE_EPHEMERAL;
}

enum profile profile_learn(struct arena *arena, const struct plan *plan, struct str *origin)
{
    enum profile profile = PROFILE_PRODUCTION;
    *origin = (struct str){ NULL, 0 };
    for (size_t i = 0; i < sizeof environment_variables / sizeof environment_variables[0]; i++)
        if (learn_from(arena, plan, environment_variables[i], &profile, origin))
            return profile;
    for (size_t i = 0; i < sizeof suffix_variables / sizeof suffix_variables[0]; i++)
        if (learn_from(arena, plan, suffix_variables[i], &profile, origin))
            return profile;
    return learn_from_tags(arena, plan, origin);
}

static bool is_missed(const struct plan *plan, const struct value *declared, const struct str *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (value_find(declared, names[i]) != NULL && plan_find_variable(plan, names[i]) == NULL)
            return true;
    return false;
}

bool profile_is_open(const struct plan *plan)
{
    const struct configured_module *root = map_find(&plan->configuration.modules, STR(""));
    const struct value *declared = root == NULL ? NULL : root->variables;
    if (!plan->lacks_variables || declared == NULL)
        return plan->lacks_variables;
    return is_missed(plan, declared, environment_variables, sizeof environment_variables / sizeof environment_variables[0]) ||
           is_missed(plan, declared, suffix_variables, sizeof suffix_variables / sizeof suffix_variables[0]);
}

bool suffix_learn(const struct plan *plan, const struct run_options *options, struct suffix *suffix)
{
    *suffix = (struct suffix){ .text = options->suffix };
    const struct str *names = options->suffix_variables.items;
    size_t count = options->suffix_variables.count;
    if (count == 0) {
        names = suffix_variables;
        count = sizeof suffix_variables / sizeof suffix_variables[0];
    }
    for (size_t i = 0; i < count; i++) {
        const struct value *value = plan_find_variable(plan, names[i]);
        if (value == NULL || (value->kind == VALUE_STRING && value->text.n == 0))
            continue;
        suffix->variable = names[i];
        suffix->is_sensitive = plan_is_sensitive_variable(plan, names[i]);
        if (suffix->text.p == NULL && value->kind == VALUE_STRING)
            suffix->text = value->text;
        return true;
    }
    if (suffix->text.p == NULL && !str_equal(options->workspace, STR("default")))
        suffix->text = options->workspace;
    return suffix->text.p != NULL;
}
