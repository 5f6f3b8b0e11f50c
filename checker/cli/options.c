#include "cli/options.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/number.h"
#include "base/vec.h"
#include "cli/command.h"

#include <stdlib.h>

/* Bytes: GitHub takes 65,536 characters. */
enum { SMALLEST_COMMENT = 1000, USUAL_COMMENT = 65000, LARGEST_COMMENT = 1 << 30 };

const char options_help[] =
    "tfcheck checks a Terraform plan before apply: what AWS would reject, what would\n"
    "page the owner later, and what breaks the naming rules.\n"
    "\n"
    "usage: terraform show -json tfplan | tfcheck [options] [FILE...]\n"
    "       tfcheck rules | explain ID... | test [DIR...]\n"
    "       tfcheck schema show TYPE [PATH] | import FILE | stats\n"
    "\n"
    "FILE is the output of `terraform show -json`, of a plan or a state; - or none is\n"
    "standard input.\n"
    "\n"
    "What is checked\n"
    "  --policy DIR|FILE   add rules (repeatable); --no-builtin leaves out the built-in ones\n"
    "  --schema DIR        add schema snippets (repeatable); --no-builtin-schemas leaves out\n"
    "                      the built-in ones\n"
    "  --only ID, --skip ID  rule ids or globs (repeatable, or with commas)\n"
    "  --severity LEVEL    report only LEVEL and worse: error high medium low info\n"
    "  --profile NAME      production or ephemeral; by default the plan's environment\n"
    "                      variables tell, else production\n"
    "  --changed           judge only what the plan changes\n"
    "  --suffix TEXT       the environment suffix that names must carry\n"
    "  --suffix-variable NAME  variable to learn the suffix from (repeatable)\n"
    "  --workspace NAME    a workspace whose name is the suffix (default TF_WORKSPACE)\n"
    "  --set ID.NAME=VALUE set a parameter of a rule (repeatable)\n"
    "  --source DIR        the configuration of the plan, to say where its .tf files are at\n"
    "                      fault (default: the current directory when it declares the plan)\n"
    "\n"
    "What is reported\n"
    "  --format NAME       text (default), json, sarif, junit, github, gitlab, markdown,\n"
    "                      html, tap, csv or atlantis (which always exits 0)\n"
    "  --output NAME=FILE  the same run in another format, to a file (repeatable)\n"
    "  --max-bytes N       longest Markdown (default 65000; 0 is no limit)\n"
    "  --show-waived       list what waivers excuse\n"
    "  --unknown MODE      what could not be decided: ignore, report (default) or fail\n"
    "  --fail-on LEVEL     exit 1 for LEVEL and worse (default high), or never\n"
    "  --color WHEN        auto (default), always, never; NO_COLOR is respected\n"
    "  --stats             print bytes, resources, rules, time and memory to standard error\n"
    "\n"
    "  -h, --help          this text\n"
    "  -V, --version       the version\n"
    "\n"
    "Commands\n"
    "  rules               list the rules in force\n"
    "  explain ID          why a rule exists, how to mend what it finds, and its cases\n"
    "  test [DIR...]       run the cases of all rules, or of those in DIR\n"
    "  schema show TYPE [PATH]  what a resource type or an argument is and takes\n"
    "  schema import FILE  make snippets of `terraform providers schema -json`\n"
    "                      in the folder of --schema (default schemas)\n"
    "  schema stats        count the snippets and what they know\n"
    "\n"
    "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not check,\n"
    "3 internal error.\n";

struct reading {
    struct arena *arena;
    struct options *options;
    struct error *error;
};

static bool refuse(struct reading *reading, const char *option, struct str value, const char *expected)
{
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

static bool set_format(struct reading *r, struct str value)
{
    r->options->format = value;
    if (report_find(value) != NULL)
        return true;
    struct str names = report_names(r->arena);
    return error_set(r->error, ERROR_USAGE, "--format %.*s: one of %.*s was expected", STR_ARG(value), STR_ARG(names));
}

static bool set_output(struct reading *r, struct str value)
{
    ptrdiff_t sign = str_find_byte(value, '=');
    if (sign <= 0 || (size_t)sign + 1 == value.n)
        return refuse(r, "--output", value, "FORMAT=FILE");
    if (report_find(str_part(value, 0, (size_t)sign)) != NULL)
        return add_text(r, &r->options->outputs, value);
    struct str names = report_names(r->arena);
    return error_set(r->error, ERROR_USAGE, "--output %.*s: one of %.*s was expected before the =", STR_ARG(value),
                     STR_ARG(names));
}

static bool set_max_bytes(struct reading *r, struct str value)
{
    return (number_is_valid(value) && number_to_size(value, LARGEST_COMMENT, &r->options->max_bytes) &&
            (r->options->max_bytes == 0 || r->options->max_bytes >= SMALLEST_COMMENT)) ||
           refuse(r, "--max-bytes", value, "a number from 1000, or 0 for no limit");
}

static bool set_show_waived(struct reading *r, struct str value)
{
    (void)value;
    return r->options->shows_waived = true;
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

static bool set_changed(struct reading *r, struct str value)
{
    (void)value;
    return r->options->run.changed_only = true;
}

static bool set_no_builtin(struct reading *r, struct str value)
{
    (void)value;
    return r->options->no_builtin = true;
}

static bool set_no_builtin_schemas(struct reading *r, struct str value)
{
    (void)value;
    return r->options->no_builtin_schemas = true;
}

static bool set_stats(struct reading *r, struct str value)
{
    (void)value;
    return r->options->stats = true;
}

static bool set_help(struct reading *r, struct str value)
{
    (void)value;
    return r->options->wants_help = true;
}

static bool set_version(struct reading *r, struct str value)
{
    (void)value;
    return r->options->wants_version = true;
}

static const struct row {
    struct str name;
    bool takes_value;
    bool (*set)(struct reading *reading, struct str value);
} rows[] = {
    { STR_INIT("--policy"), true, set_policy },
    { STR_INIT("--no-builtin"), false, set_no_builtin },
    { STR_INIT("--schema"), true, set_schema },
    { STR_INIT("--no-builtin-schemas"), false, set_no_builtin_schemas },
    { STR_INIT("--only"), true, set_only },
    { STR_INIT("--skip"), true, set_skip },
    { STR_INIT("--severity"), true, set_severity },
    { STR_INIT("--profile"), true, set_profile },
    { STR_INIT("--changed"), false, set_changed },
    { STR_INIT("--suffix"), true, set_suffix },
    { STR_INIT("--suffix-variable"), true, set_suffix_variable },
    { STR_INIT("--workspace"), true, set_workspace },
    { STR_INIT("--set"), true, set_parameter },
    { STR_INIT("--source"), true, set_source },
    { STR_INIT("--format"), true, set_format },
    { STR_INIT("--output"), true, set_output },
    { STR_INIT("--max-bytes"), true, set_max_bytes },
    { STR_INIT("--show-waived"), false, set_show_waived },
    { STR_INIT("--unknown"), true, set_unknown },
    { STR_INIT("--fail-on"), true, set_fail_on },
    { STR_INIT("--color"), true, set_color },
    { STR_INIT("--stats"), false, set_stats },
    { STR_INIT("--help"), false, set_help },
    { STR_INIT("-h"), false, set_help },
    { STR_INIT("--version"), false, set_version },
    { STR_INIT("-V"), false, set_version },
};

enum { ROW_COUNT = sizeof rows / sizeof rows[0] };

static bool refuse_option(struct reading *reading, struct str name)
{
    struct str names[ROW_COUNT];
    for (size_t i = 0; i < ROW_COUNT; i++)
        names[i] = rows[i].name;
    struct str best = str_suggest(name, names, ROW_COUNT);
    if (best.p == NULL)
        return error_set(reading->error, ERROR_USAGE, "there is no option %.*s; see tfcheck --help", STR_ARG(name));
    return error_set(reading->error, ERROR_USAGE, "there is no option %.*s; did you mean %.*s?", STR_ARG(name),
                     STR_ARG(best));
}

static const struct row *find_row(struct str name)
{
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (str_equal(rows[i].name, name))
            return &rows[i];
    return NULL;
}

/* One option at argv[*i]; moves *i on when the value is the next argument. */
static bool read_option(struct reading *reading, int argc, char **argv, int *i)
{
    struct str argument = str_from(argv[*i]);
    ptrdiff_t sign = str_starts_with(argument, STR("--")) ? str_find_byte(argument, '=') : -1;
    struct str name = sign < 0 ? argument : str_part(argument, 0, (size_t)sign);
    const struct row *row = find_row(name);
    if (row == NULL)
        return refuse_option(reading, name);
    if (!row->takes_value) {
        if (sign >= 0)
            return error_set(reading->error, ERROR_USAGE, "%.*s takes no value", STR_ARG(name));
        return row->set(reading, STR(""));
    }
    if (sign >= 0)
        return row->set(reading, str_from_offset(argument, (size_t)sign + 1));
    if (*i + 1 >= argc)
        return error_set(reading->error, ERROR_USAGE, "%.*s needs a value", STR_ARG(name));
    return row->set(reading, str_from(argv[++*i]));
}

bool options_read(struct arena *arena, int argc, char **argv, struct options *options, struct error *error)
{
    struct reading reading = { arena, options, error };
    bool takes_options = true;
    *options = (struct options){ .command = STR("check"), .format = STR("text"), .unknown = UNKNOWN_REPORT,
                                 .fail_on = SEVERITY_HIGH, .max_bytes = USUAL_COMMENT };
    options->run.least = SEVERITY_INFO;
    options->run.workspace = str_from(getenv("TF_WORKSPACE"));
    for (int i = 1; i < argc; i++) {
        struct str argument = str_from(argv[i]);
        if (takes_options && str_equal(argument, STR("--"))) {
            takes_options = false;
        } else if (takes_options && argument.n > 1 && argument.p[0] == '-') {
            if (!read_option(&reading, argc, argv, &i))
                return false;
        } else if (takes_options && options->arguments.count == 0 && str_equal(options->command, STR("check")) &&
                   command_find(argument) != NULL && i == 1) {
            options->command = argument;
        } else {
            VEC_ADD(arena, &options->arguments, argument);
        }
    }
    return true;
}
