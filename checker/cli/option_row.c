#include "cli/option_row.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/number.h"
#include "base/vec.h"

#include <stddef.h>

enum { SMALLEST_COMMENT = 1000, LARGEST_COMMENT = 1 << 30 };

static bool refuse(struct reading *reading, const char *option, struct str value, const char *expected)
{
    if (reading->key.p != NULL)
        return error_set(reading->error, ERROR_POLICY, "%.*s: %s was expected, not %.*s", STR_ARG(reading->key),
                         expected, STR_ARG(value));
    return error_set(reading->error, ERROR_USAGE, "%s %.*s: %s was expected", option, STR_ARG(value), expected);
}

static bool add_text(struct reading *reading, struct texts *texts, struct str value)
{
    VEC_ADD(reading->arena, texts, value);
    return true;
}

/* Several ids in one value are divided by commas. */
static bool add_ids(struct reading *reading, struct texts *texts, struct str value)
{
    while (value.n > 0) {
        ptrdiff_t comma = str_find_byte(value, ',');
        struct str one = str_trim(str_part(value, 0, comma < 0 ? value.n : (size_t)comma));
        if (one.n > 0)
            VEC_ADD(reading->arena, texts, one);
        value = comma < 0 ? STR("") : str_from_offset(value, (size_t)comma + 1);
    }
    return true;
}

/* value is empty on the command line, true or false in the configuration. */
static bool set_switch(struct reading *reading, bool *is_on, struct str value)
{
    *is_on = !str_equal(value, STR("false"));
    return value.n == 0 || !*is_on || str_equal(value, STR("true")) || refuse(reading, "", value, "true or false");
}

static bool set_policy(struct reading *r, struct str value)
{
    return add_text(r, &r->options->policies, value);
}

static bool set_schema(struct reading *r, struct str value)
{
    return add_text(r, &r->options->schemas, value);
}

static bool set_parameter(struct reading *r, struct str value)
{
    return add_text(r, &r->options->settings, value);
}

static bool set_only(struct reading *r, struct str value)
{
    return add_ids(r, &r->options->run.only, value);
}

static bool set_with(struct reading *r, struct str value)
{
    return add_ids(r, &r->options->run.with, value);
}

static bool set_skip(struct reading *r, struct str value)
{
    return add_ids(r, &r->options->run.skip, value);
}

static bool set_severity(struct reading *r, struct str value)
{
    return severity_find(value, &r->options->run.least) ||
           refuse(r, "--severity", value, "error, high, medium, low or info");
}

static bool set_fail_on(struct reading *r, struct str value)
{
    r->options->fails_never = str_equal(value, STR("never"));
    return r->options->fails_never || severity_find(value, &r->options->fail_on) ||
           refuse(r, "--fail-on", value, "error, high, medium, low, info or never");
}

static bool set_profile(struct reading *r, struct str value)
{
    r->options->run.has_profile = true;
    return profile_find(value, &r->options->run.profile) || refuse(r, "--profile", value, "production or ephemeral");
}

static bool set_suffix(struct reading *r, struct str value)
{
    r->options->run.suffix = value;
    return value.n > 0 || refuse(r, "--suffix", value, "a text");
}

static bool set_suffix_variable(struct reading *r, struct str value)
{
    return add_ids(r, &r->options->run.suffix_variables, value);
}

static bool set_workspace(struct reading *r, struct str value)
{
    r->options->run.workspace = value;
    return true;
}

static bool set_source(struct reading *r, struct str value)
{
    r->options->source = value;
    return value.n > 0 || refuse(r, "--source", value, "a directory");
}

static bool set_terraform(struct reading *r, struct str value)
{
    r->options->terraform = value;
    return value.n > 0 || refuse(r, "--terraform", value, "a program");
}

static bool set_format(struct reading *r, struct str value)
{
    r->options->format = value;
    if (report_find(value) != NULL)
        return true;
    struct str names = report_names(r->arena);
    return refuse(r, "--format", value, arena_format(r->arena, "one of %.*s", STR_ARG(names)).p);
}

static bool set_output(struct reading *r, struct str value)
{
    ptrdiff_t sign = str_find_byte(value, '=');
    if (sign <= 0 || (size_t)sign + 1 == value.n)
        return refuse(r, "--output", value, "FORMAT=FILE");
    if (report_find(str_part(value, 0, (size_t)sign)) != NULL)
        return add_text(r, &r->options->outputs, value);
    struct str names = report_names(r->arena);
    return refuse(r, "--output", value, arena_format(r->arena, "one of %.*s before the =", STR_ARG(names)).p);
}

static bool set_max_bytes(struct reading *r, struct str value)
{
    return (number_is_valid(value) && number_to_size(value, LARGEST_COMMENT, &r->options->max_bytes) &&
            (r->options->max_bytes == 0 || r->options->max_bytes >= SMALLEST_COMMENT)) ||
           refuse(r, "--max-bytes", value, "a number from 1000, or 0 for no limit");
}

static bool set_show_waived(struct reading *r, struct str value)
{
    return set_switch(r, &r->options->shows_waived, value);
}

static bool set_unknown(struct reading *r, struct str value)
{
    static const struct str names[] = { [UNKNOWN_IGNORE] = STR_INIT("ignore"), [UNKNOWN_REPORT] = STR_INIT("report"),
                                        [UNKNOWN_FAIL] = STR_INIT("fail") };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_equal(names[i], value)) {
            r->options->unknown = (enum unknown_policy)i;
            return true;
        }
    }
    return refuse(r, "--unknown", value, "ignore, report or fail");
}

static bool set_color(struct reading *r, struct str value)
{
    static const struct str names[] = { [WHEN_AUTO] = STR_INIT("auto"), [WHEN_ALWAYS] = STR_INIT("always"),
                                        [WHEN_NEVER] = STR_INIT("never") };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (str_equal(names[i], value)) {
            r->options->color = (enum when)i;
            return true;
        }
    }
    return refuse(r, "--color", value, "auto, always or never");
}

static bool set_text(struct reading *r, struct str *text, const char *option, struct str value)
{
    *text = value;
    return value.n > 0 || refuse(r, option, value, "a text");
}

static bool set_config(struct reading *r, struct str value)
{
    return set_text(r, &r->options->config, "--config", value);
}

static bool set_help_uri(struct reading *r, struct str value)
{
    return str_find(value, STR("{rule}")) >= 0 ? set_text(r, &r->options->help_uri, "--help-uri", value)
                                               : refuse(r, "--help-uri", value, "an address with {rule} in it");
}

static bool set_baseline(struct reading *r, struct str value)
{
    return set_text(r, &r->options->baseline, "--baseline", value);
}

static bool set_write_baseline(struct reading *r, struct str value)
{
    return set_text(r, &r->options->write_baseline, "--write-baseline", value);
}

static bool set_base(struct reading *r, struct str value)
{
    return set_text(r, &r->options->base, "--base", value);
}

static bool set_no_config(struct reading *r, struct str value)
{
    return set_switch(r, &r->options->no_config, value);
}

static bool set_changed(struct reading *r, struct str value)
{
    return set_switch(r, &r->options->run.changed_only, value);
}

static bool set_no_builtin(struct reading *r, struct str value)
{
    bool is_good = set_switch(r, &r->options->no_builtin, value);
    if (r->key.p != NULL) /* the configuration says what is, not what is not */
        r->options->no_builtin = !r->options->no_builtin;
    return is_good;
}

static bool set_no_comments(struct reading *r, struct str value)
{
    bool is_good = set_switch(r, &r->options->no_comments, value);
    if (r->key.p != NULL)
        r->options->no_comments = !r->options->no_comments;
    return is_good;
}

static bool set_no_builtin_schemas(struct reading *r, struct str value)
{
    return set_switch(r, &r->options->no_builtin_schemas, value);
}

static bool set_echo(struct reading *r, struct str value)
{
    return set_switch(r, &r->options->echo, value);
}

static bool set_stats(struct reading *r, struct str value)
{
    return set_switch(r, &r->options->stats, value);
}

static bool set_help(struct reading *r, struct str value)
{
    return set_switch(r, &r->options->wants_help, value);
}

static bool set_version(struct reading *r, struct str value)
{
    return set_switch(r, &r->options->wants_version, value);
}

#define LIST(member) offsetof(struct options, member)
#define NONE { NULL, 0 }

/* In the order of --help. */
const struct option_row option_rows[] = {
    { STR_INIT("--policy"), true, set_policy, STR_INIT("packs"), 0, STR_INIT("FILE"), NONE },
    { STR_INIT("--no-builtin"), false, set_no_builtin, STR_INIT("builtin"), 0, NONE, STR_INIT("true") },
    { STR_INIT("--schema"), true, set_schema, STR_INIT("schemas"), 0, STR_INIT("FILE"), NONE },
    { STR_INIT("--no-builtin-schemas"), false, set_no_builtin_schemas, NONE, 0, NONE, NONE },
    { STR_INIT("--only"), true, set_only, STR_INIT("only"), LIST(run.only), STR_INIT("RULE"), NONE },
    { STR_INIT("--skip"), true, set_skip, STR_INIT("skip"), LIST(run.skip), STR_INIT("RULE"), NONE },
    { STR_INIT("--with"), true, set_with, STR_INIT("with"), LIST(run.with), NONE, NONE },
    { STR_INIT("--severity"), true, set_severity, STR_INIT("severity"), 0,
      STR_INIT("error high medium low info"), STR_INIT("info") },
    { STR_INIT("--profile"), true, set_profile, STR_INIT("profile"), 0,
      STR_INIT("production ephemeral"), STR_INIT("by the plan") },
    { STR_INIT("--changed"), false, set_changed, STR_INIT("changed"), 0, NONE, STR_INIT("false") },
    { STR_INIT("--suffix"), true, set_suffix, STR_INIT("suffix"), 0, NONE, STR_INIT("by the plan") },
    { STR_INIT("--suffix-variable"), true, set_suffix_variable, STR_INIT("suffix_variables"),
      LIST(run.suffix_variables), NONE, NONE },
    { STR_INIT("--workspace"), true, set_workspace, STR_INIT("workspace"), 0, NONE, NONE },
    { STR_INIT("--set"), true, set_parameter, NONE, 0, NONE, NONE },
    { STR_INIT("--config"), true, set_config, NONE, 0, STR_INIT("FILE"), NONE },
    { STR_INIT("--no-config"), false, set_no_config, NONE, 0, NONE, NONE },
    { STR_INIT("--baseline"), true, set_baseline, STR_INIT("baseline"), 0, STR_INIT("FILE"), NONE },
    { STR_INIT("--write-baseline"), true, set_write_baseline, NONE, 0, STR_INIT("FILE"), NONE },
    { STR_INIT("--base"), true, set_base, NONE, 0, STR_INIT("FILE"), NONE },
    { STR_INIT("--source"), true, set_source, STR_INIT("source"), 0, STR_INIT("FILE"), NONE },
    { STR_INIT("--no-comments"), false, set_no_comments, STR_INIT("comments"), 0, NONE, STR_INIT("true") },
    { STR_INIT("--terraform"), true, set_terraform, NONE, 0, STR_INIT("FILE"), NONE },
    { STR_INIT("--format"), true, set_format, STR_INIT("format"), 0, STR_INIT("FORMAT"), STR_INIT("text") },
    { STR_INIT("--output"), true, set_output, STR_INIT("outputs"), LIST(outputs), STR_INIT("FORMAT="), NONE },
    { STR_INIT("--max-bytes"), true, set_max_bytes, STR_INIT("max_bytes"), 0, NONE, STR_INIT("65000") },
    { STR_INIT("--show-waived"), false, set_show_waived, STR_INIT("show_waived"), 0, NONE, STR_INIT("false") },
    { STR_INIT("--help-uri"), true, set_help_uri, STR_INIT("help_uri"), 0, NONE, NONE },
    { STR_INIT("--unknown"), true, set_unknown, STR_INIT("unknown"), 0,
      STR_INIT("ignore report fail"), STR_INIT("report") },
    { STR_INIT("--fail-on"), true, set_fail_on, STR_INIT("fail_on"), 0,
      STR_INIT("error high medium low info never"), STR_INIT("high") },
    { STR_INIT("--color"), true, set_color, NONE, 0, STR_INIT("auto always never"), NONE },
    { STR_INIT("--echo"), false, set_echo, NONE, 0, NONE, NONE },
    { STR_INIT("--stats"), false, set_stats, NONE, 0, NONE, NONE },
    { STR_INIT("--help"), false, set_help, NONE, 0, NONE, NONE },
    { STR_INIT("-h"), false, set_help, NONE, 0, NONE, NONE },
    { STR_INIT("--version"), false, set_version, NONE, 0, NONE, NONE },
    { STR_INIT("-V"), false, set_version, NONE, 0, NONE, NONE },
};

const size_t option_row_count = sizeof option_rows / sizeof option_rows[0];
