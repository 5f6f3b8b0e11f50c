#include "cli/options.h"

#include "base/arena.h"

const char options_help[] =
    "tfcheck checks a Terraform plan before apply: what AWS would reject, what would\n"
    "page the owner later, and what breaks the naming rules.\n"
    "\n"
    "usage: terraform show -json tfplan | tfcheck [options] [FILE...]\n"
    "       tfcheck review --base OLD [options] NEW\n"
    "       tfcheck rules | explain ID... | test [DIR...] | config | init | new-rule ID |\n"
    "               docs DIR | completions bash|zsh|fish\n"
    "       tfcheck schema show TYPE [PATH] | import FILE | stats\n"
    "\n"
    "FILE is the output of `terraform show -json`, of a plan or a state, that of\n"
    "`terraform plan`, a saved plan, or a directory with one or with what cdktf\n"
    "synthesized; - or none is standard input.\n"
    "\n"
    "What is checked\n"
    "  --policy DIR|FILE   add rules (repeatable); --no-builtin leaves out the built-in ones\n"
    "  --schema DIR        add schema snippets (repeatable); --no-builtin-schemas leaves out\n"
    "                      the built-in ones\n"
    "  --only ID, --skip ID  rule ids or globs (repeatable, or with commas)\n"
    "  --with PACK         the optional rules of a pack too, as completeness\n"
    "  --severity LEVEL    report only LEVEL and worse: error high medium low info\n"
    "  --profile NAME      production or ephemeral; by default the plan's environment\n"
    "                      variables tell, else production\n"
    "  --changed           judge only what the plan changes\n"
    "  --suffix TEXT       the environment suffix that names must carry\n"
    "  --suffix-variable NAME  variable to learn the suffix from (repeatable)\n"
    "  --workspace NAME    a workspace whose name is the suffix (default TF_WORKSPACE)\n"
    "  --set ID.NAME=VALUE  set a parameter of a rule (repeatable)\n"
    "  --config FILE       the configuration (default .tfcheck.yaml, looked for upward to the\n"
    "                      repository's root); --no-config reads none\n"
    "  --baseline FILE     findings that FILE has too fail nothing\n"
    "  --write-baseline FILE  write what is found now as the baseline, and exit 0\n"
    "  --base FILE         of review: the plan or state before the change\n"
    "  --source DIR        the configuration of the plan, to say where its .tf files are at\n"
    "                      fault (default: the current directory when it declares the plan)\n"
    "  --no-comments       tfcheck:ignore comments in .tf files waive nothing\n"
    "  --terraform FILE    the program that shows binary plans (default TFCHECK_TERRAFORM,\n"
    "                      else terraform, else tofu)\n"
    "\n"
    "What is reported\n"
    "  --format NAME       text (default), json, sarif, junit, github, gitlab, markdown,\n"
    "                      html, tap, csv or atlantis (which always exits 0)\n"
    "  --output NAME=FILE  the same run in another format, to a file (repeatable)\n"
    "  --max-bytes N       longest Markdown (default 65000; 0 is no limit)\n"
    "  --show-waived       list what waivers excuse\n"
    "  --help-uri URI      address of the rules' pages, with {rule} for the id\n"
    "  --unknown MODE      what could not be decided: ignore, report (default) or fail\n"
    "  --fail-on LEVEL     exit 1 for LEVEL and worse (default high), or never\n"
    "  --echo              print what is read first, as it comes\n"
    "  --color WHEN        auto (default), always, never; NO_COLOR is respected\n"
    "  --stats             print bytes, resources, rules, time and memory to standard error\n"
    "\n"
    "  -h, --help          this text\n"
    "  -V, --version       the version\n";

const char options_help_commands[] =
    "\n"
    "Commands\n"
    "  rules               list the rules in force\n"
    "  explain ID          why a rule exists, how to mend what it finds, and its cases\n"
    "  test [DIR...]       run the cases of all rules, or of those in DIR\n"
    "  review --base OLD NEW  what NEW adds, mends and leaves; exit code of what it adds\n"
    "  config              what is in force, and which file or option says so\n"
    "  init                write a first .tfcheck.yaml, and a first rule with its cases\n"
    "  new-rule ID         begin a rule, in the first folder of --policy (default policies/own)\n"
    "  docs DIR            write a page in Markdown for each rule\n"
    "  completions SHELL   print what bash, zsh or fish need to complete the command line\n"
    "  schema show TYPE [PATH]  what a resource type or an argument is and takes\n"
    "  schema import FILE  make snippets of `terraform providers schema -json`\n"
    "                      in the folder of --schema (default schemas)\n"
    "  schema stats        count the snippets and what they know\n"
    "  graph FILE [text|json|dot|mermaid]  what refers to what, watches, encrypts, grants\n"
    "\n"
    "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not check,\n"
    "3 internal error.\n";

/* What stands behind name in a line of its own: two spaces divide its argument from that. */
static struct str own_line(struct str line, struct str name)
{
    ptrdiff_t place = str_starts_with(line, STR("  -")) ? str_find(line, name) : -1;
    struct str rest = place < 0 ? STR("") : str_from_offset(line, (size_t)place + name.n);
    ptrdiff_t gap = str_find(rest, STR("  "));
    bool is_whole = rest.n > 0 && (rest.p[0] == ' ' || rest.p[0] == ',');
    return is_whole && gap >= 0 && place < 22 ? str_trim(str_from_offset(rest, (size_t)gap)) : STR("");
}

/* What stands behind name in the line of another option: "; --no-config reads none". */
static struct str other_line(struct arena *arena, struct str line, struct str name)
{
    struct str mark = arena_format(arena, "; %.*s ", STR_ARG(name));
    ptrdiff_t place = str_find(line, mark);
    return place < 0 ? STR("") : str_from_offset(line, (size_t)place + mark.n);
}

struct str options_help_of(struct arena *arena, struct str name)
{
    struct str text = str_from(options_help);
    while (text.n > 0) {
        ptrdiff_t end = str_find_byte(text, '\n');
        struct str line = str_part(text, 0, end < 0 ? text.n : (size_t)end);
        struct str own = own_line(line, name), other = other_line(arena, line, name);
        if (own.n + other.n > 0)
            return own.n > 0 ? own : other;
        text = end < 0 ? STR("") : str_from_offset(text, (size_t)end + 1);
    }
    return STR("");
}
