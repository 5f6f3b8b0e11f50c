#include "cli/config.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "base/number.h"
#include "base/vec.h"
#include "cli/config_waivers.h"
#include "cli/options.h"
#include "json/json_write.h"
#include "match/glob.h"
#include "rules/shape.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct loading {
    struct shape shape;
    struct options *options;
    struct str folder; /* of the file, with / at its end, or empty */
};

static const struct str own_keys[] = { STR_INIT("severities"), STR_INIT("parameters"), STR_INIT("required_tags"),
                                       STR_INIT("suffix_pattern"), STR_INIT("waivers") };

enum { OWN_KEY_COUNT = sizeof own_keys / sizeof own_keys[0] };

struct str config_find(struct arena *arena)
{
    char *here = getcwd(NULL, 0);
    if (here == NULL)
        return (struct str){ NULL, 0 };
    struct str path = arena_copy(arena, str_from(here)), up = STR("");
    free(here);
    for (size_t n = path.n; n > 0; n--) {
        if (n < path.n && path.p[n] != '/')
            continue;
        struct str file = arena_format(arena, "%.*s.tfcheck.yaml", STR_ARG(up));
        if (access(file.p, F_OK) == 0)
            return file;
        if (access(arena_format(arena, "%.*s.git", STR_ARG(up)).p, F_OK) == 0)
            break;
        up = arena_format(arena, "%.*s../", STR_ARG(up));
    }
    return (struct str){ NULL, 0 };
}

/* A path of the configuration is meant from its folder on. */
static struct str resolve(const struct loading *loading, struct str path)
{
    if (path.n > 0 && path.p[0] == '/')
        return path;
    return arena_format(loading->shape.arena, "%.*s%.*s", STR_ARG(loading->folder), STR_ARG(path));
}

/* "file:12". */
static struct str place_of(const struct loading *loading, const struct yaml_node *node)
{
    return arena_format(loading->shape.arena, "%.*s:%zu", STR_ARG(loading->shape.file), node->key_line);
}

static bool set(const struct loading *loading, const struct yaml_node *member, const struct yaml_node *place,
                struct str value)
{
    struct error *error = loading->shape.error;
    if (options_set_key(loading->shape.arena, loading->options, member->key, value, place_of(loading, member), error))
        return true;
    error->file = loading->shape.file;
    error->line = place->line;
    error->column = place->column;
    return false;
}

static bool is_path(struct str key)
{
    static const struct str keys[] = { STR_INIT("packs"), STR_INIT("schemas"), STR_INIT("baseline"),
                                       STR_INIT("source") };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (str_equal(keys[i], key))
            return true;
    return false;
}

static bool set_scalar(const struct loading *loading, const struct yaml_node *member, const struct yaml_node *node)
{
    struct str text;
    if (!shape_text(&loading->shape, node, &text))
        return false;
    return set(loading, member, node, is_path(member->key) ? resolve(loading, text) : text);
}

/* A setting that the command line has too: a scalar, or a list where the option may be repeated. */
static bool read_option(const struct loading *loading, const struct yaml_node *member)
{
    static const struct str lists[] = { STR_INIT("packs"), STR_INIT("schemas"), STR_INIT("only"), STR_INIT("skip"),
                                        STR_INIT("with"),  STR_INIT("suffix_variables") };
    bool takes_list = false;
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        takes_list |= str_equal(member->key, lists[i]);
    if (member->kind != YAML_LIST || !takes_list)
        return set_scalar(loading, member, member);
    for (const struct yaml_node *item = member->first; item != NULL; item = item->next)
        if (!set_scalar(loading, member, item))
            return false;
    return true;
}

/* outputs: { sarif: tfcheck.sarif } */
static bool read_outputs(const struct loading *loading, const struct yaml_node *member)
{
    if (member->kind != YAML_MAP)
        return shape_fail(&loading->shape, member, "outputs: a mapping of formats to files was expected, not %s",
                          yaml_kind_name(member->kind));
    for (const struct yaml_node *one = member->first; one != NULL; one = one->next) {
        struct str file;
        if (!shape_text(&loading->shape, one, &file))
            return false;
        struct str parts[] = { one->key, STR("="), resolve(loading, file) };
        if (!set(loading, member, one, arena_join(loading->shape.arena, parts, 3)))
            return false;
    }
    return true;
}

static void add_setting(const struct loading *loading, const struct yaml_node *node, struct str rule, struct str name,
                        struct str text)
{
    struct rule_setting setting = { rule, name, text, loading->shape.file, node->key_line, node->key_column };
    VEC_ADD(loading->shape.arena, &loading->options->rule_settings, setting);
}

static bool read_severities(const struct loading *loading, const struct yaml_node *member)
{
    if (member->kind != YAML_MAP)
        return shape_fail(&loading->shape, member, "severities: a mapping of rules to severities was expected, not %s",
                          yaml_kind_name(member->kind));
    for (const struct yaml_node *one = member->first; one != NULL; one = one->next) {
        enum severity severity;
        if (one->kind != YAML_STRING || (!str_equal(one->text, STR("off")) && !severity_find(one->text, &severity)))
            return shape_fail(&loading->shape, one, "error, high, medium, low, info or off was expected, not %.*s",
                              STR_ARG(one->text));
        add_setting(loading, one, one->key, (struct str){ NULL, 0 }, one->text);
    }
    return true;
}

struct text {
    struct arena *arena;
    struct str text;
};

static bool append(void *context, struct str part)
{
    struct text *text = context;
    text->text = arena_join(text->arena, (struct str[]){ text->text, part }, 2);
    return true;
}

/* The reader bounds the depth. */
static void write_node(struct json_writer *writer, const struct yaml_node *node)
{
    bool is_map = node->kind == YAML_MAP;
    switch (node->kind) {
    case YAML_NULL: json_write_null(writer); return;
    case YAML_BOOL: json_write_bool(writer, node->truth); return;
    case YAML_NUMBER: json_write_number(writer, node->text); return;
    case YAML_STRING: json_write_string(writer, node->text); return;
    case YAML_LIST: json_write_open_array(writer); break;
    case YAML_MAP: json_write_open_object(writer); break;
    }
    for (const struct yaml_node *child = node->first; child != NULL; child = child->next) {
        if (is_map)
            json_write_key_str(writer, child->key);
        write_node(writer, child);
    }
    if (is_map)
        json_write_close_object(writer);
    else
        json_write_close_array(writer);
}

/* A node as YAML text, which JSON is. */
static struct str text_of(struct arena *arena, const struct yaml_node *node)
{
    struct text text = { arena, STR("") };
    struct json_writer *writer = json_write_open(arena, append, &text, 0);
    write_node(writer, node);
    json_write_close(writer);
    return str_trim(text.text);
}

static bool read_parameters(const struct loading *loading, const struct yaml_node *member)
{
    static const char expected[] = "a mapping of parameters to values was expected, not %s";
    if (member->kind != YAML_MAP)
        return shape_fail(&loading->shape, member, "parameters: a mapping of rules was expected, not %s",
                          yaml_kind_name(member->kind));
    for (const struct yaml_node *rule = member->first; rule != NULL; rule = rule->next) {
        if (rule->kind != YAML_MAP)
            return shape_fail(&loading->shape, rule, expected, yaml_kind_name(rule->kind));
        for (const struct yaml_node *one = rule->first; one != NULL; one = one->next)
            add_setting(loading, one, rule->key, one->key, text_of(loading->shape.arena, one));
    }
    return true;
}

/* Settings that are parameters of the built-in rules under a name of their own. */
static bool read_shorthand(const struct loading *loading, const struct yaml_node *member)
{
    struct texts tags = { 0 };
    struct str text;
    if (str_equal(member->key, STR("suffix_pattern"))) {
        if (!shape_text(&loading->shape, member, &text))
            return false;
        add_setting(loading, member, STR("environment-suffix-form"), STR("pattern"),
                    text_of(loading->shape.arena, member));
        return true;
    }
    if (member->kind != YAML_LIST || !shape_texts(&loading->shape, member, &tags))
        return shape_fail(&loading->shape, member, "required_tags: a list of tag keys was expected");
    add_setting(loading, member, STR("tags-required"), STR("required"), text_of(loading->shape.arena, member));
    return true;
}

static bool read_member(const struct loading *loading, const struct yaml_node *member)
{
    if (str_equal(member->key, STR("severities")))
        return read_severities(loading, member);
    if (str_equal(member->key, STR("parameters")))
        return read_parameters(loading, member);
    if (str_equal(member->key, STR("outputs")))
        return read_outputs(loading, member);
    if (str_equal(member->key, STR("waivers")))
        return config_read_waivers(&loading->shape, member, loading->folder, &loading->options->waivers);
    if (str_equal(member->key, STR("required_tags")) || str_equal(member->key, STR("suffix_pattern")))
        return read_shorthand(loading, member);
    return read_option(loading, member);
}

bool config_read(struct arena *arena, struct options *options, struct str file, struct error *error)
{
    struct loading loading = { { arena, file, error }, options, STR("") };
    struct str text;
    size_t count, slash = file.n;
    while (slash > 0 && file.p[slash - 1] != '/')
        slash--;
    loading.folder = str_part(file, 0, slash);
    if (!file_read(arena, file, CONFIG_LARGEST, ERROR_POLICY, &text, error))
        return false;
    const struct yaml_node *root = yaml_read(arena, file, text, error);
    if (root == NULL)
        return false;
    options->config_file = file;
    if (root->kind == YAML_NULL)
        return true;
    const struct str *shared = options_keys(arena, &count);
    struct str *keys = arena_get(arena, (count + OWN_KEY_COUNT) * sizeof *keys);
    memcpy(keys, shared, count * sizeof *keys);
    memcpy(keys + count, own_keys, sizeof own_keys);
    if (!shape_check_keys(&loading.shape, root, "the configuration", keys, count + OWN_KEY_COUNT))
        return false;
    for (const struct yaml_node *member = root->first; member != NULL; member = member->next)
        if (!read_member(&loading, member))
            return false;
    return true;
}

static bool refuse(const struct rule_setting *setting, const struct rules *rules, struct error *error)
{
    struct str *ids = arena_get(rules->arena, (rules->count + 1) * sizeof *ids);
    for (size_t i = 0; i < rules->count; i++)
        ids[i] = rules->items[i]->id;
    struct str best = str_suggest(setting->rule, ids, rules->count);
    return error_set_at(error, ERROR_POLICY, setting->file, setting->line, setting->column,
                        "there is no rule %.*s%s%.*s%s", STR_ARG(setting->rule),
                        best.p == NULL ? "" : "; did you mean ", STR_ARG(best), best.p == NULL ? "" : "?");
}

static void set_severity(struct rule *rule, struct str text)
{
    bool is_off = str_equal(text, STR("off"));
    enum severity severity = rule->severity;
    severity_find(text, &severity);
    rule->severity = severity;
    for (int i = 0; i < PROFILE_COUNT; i++) {
        rule->is_off[i] = is_off;
        rule->in_profile[i] = severity;
    }
}

bool config_apply(const struct options *options, struct rules *rules, struct error *error)
{
    for (size_t i = 0; i < options->rule_settings.count; i++) {
        const struct rule_setting *setting = &options->rule_settings.items[i];
        size_t matches = 0;
        for (size_t r = 0; r < rules->count; r++) {
            struct rule *rule = rules->items[r];
            if (setting->name.p == NULL ? !glob_match(setting->rule, rule->id) : !str_equal(setting->rule, rule->id))
                continue;
            matches++;
            if (setting->name.p == NULL)
                set_severity(rule, setting->text);
            else if (map_find(&rule->parameters, setting->name) == NULL)
                return error_set_at(error, ERROR_POLICY, setting->file, setting->line, setting->column,
                                    "the rule %.*s has no parameter %.*s", STR_ARG(setting->rule),
                                    STR_ARG(setting->name));
        }
        if (matches == 0)
            return refuse(setting, rules, error);
    }
    return true;
}

void config_blame(struct arena *arena, const struct options *options, struct error *error)
{
    static const struct str option = STR_INIT("--set ");
    struct str text = str_from(error->text);
    if (!str_starts_with(text, option) || options->settings.count > 0)
        return;
    for (size_t i = 0; i < options->rule_settings.count; i++) {
        const struct rule_setting *setting = &options->rule_settings.items[i];
        struct str name = arena_format(arena, "%.*s.%.*s:", STR_ARG(setting->rule), STR_ARG(setting->name));
        if (setting->name.p == NULL || !str_starts_with(str_from_offset(text, option.n), name))
            continue;
        error->code = ERROR_POLICY;
        error->file = setting->file;
        error->line = setting->line;
        error->column = setting->column;
        memmove(error->text, error->text + option.n, text.n - option.n + 1);
        return;
    }
}

struct str config_today(struct arena *arena)
{
    struct str epoch = str_from(getenv("SOURCE_DATE_EPOCH"));
    size_t seconds;
    if (epoch.n > 0 && number_is_valid(epoch) && number_to_size(epoch, (size_t)1 << 40, &seconds))
        return waiver_date(arena, (long long)seconds);
    return waiver_date(arena, (long long)time(NULL));
}
