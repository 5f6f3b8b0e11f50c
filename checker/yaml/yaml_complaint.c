#include "yaml/yaml_complaint.h"

#include "yaml/yaml_source.h"

#include <yaml.h>

enum where {
    AT_PROBLEM, /* where libyaml noticed */
    AT_START    /* where the thing began that libyaml was in */
};

/* The first row whose context and problem both hold is the answer; NULL holds always. */
static const struct {
    const char *context, *problem;
    enum where where;
    bool names_start; /* end with the line on which the surrounding thing began */
    const char *sentence;
} complaints[] = {
    { "while scanning an alias", NULL, AT_START, false,
      "found *, which begins an alias; aliases are not allowed: for a star itself write \"*\" in quotes" },
    { "while scanning an anchor", NULL, AT_START, false,
      "found &, which begins an anchor; anchors are not allowed: for an ampersand itself write \"&\" in quotes" },
    { "while scanning a tag", NULL, AT_START, false,
      "found !, which begins a tag; tags are not allowed: remove it, or put the text in quotes" },
    { "while parsing a tag", NULL, AT_START, false,
      "found !, which begins a tag; tags are not allowed: remove it, or put the text in quotes" },
    { NULL, "found undefined tag handle", AT_PROBLEM, false,
      "found !, which begins a tag; tags are not allowed: remove it, or put the text in quotes" },
    { "while scanning a directive", NULL, AT_START, false,
      "found a % directive; directives are not allowed: remove the line" },
    { "while scanning a %YAML directive", NULL, AT_START, false,
      "found a % directive; directives are not allowed: remove the line" },
    { "while scanning a %TAG directive", NULL, AT_START, false,
      "found a % directive; directives are not allowed: remove the line" },
    { NULL, "found incompatible YAML document", AT_PROBLEM, false,
      "found a % directive; directives are not allowed: remove the line" },
    { NULL, "found duplicate %YAML directive", AT_PROBLEM, false,
      "found a % directive; directives are not allowed: remove the line" },
    { NULL, "found duplicate %TAG directive", AT_PROBLEM, false,
      "found a % directive; directives are not allowed: remove the line" },
    { NULL, "found a tab character that violates indentation", AT_PROBLEM, false,
      "found a tab in the indentation; indent with spaces" },
    { NULL, "found a tab character where an indentation space is expected", AT_PROBLEM, false,
      "found a tab in the indentation; indent with spaces" },
    { "while scanning a quoted scalar", "found unexpected end of stream", AT_START, false,
      "found a quotation mark that is never closed; write the closing one" },
    { NULL, "found unexpected document indicator", AT_START, false,
      "found a quotation mark that is not closed before the line --- or ...; write the closing one, or indent that "
      "line" },
    { NULL, "found unknown escape character", AT_PROBLEM, false,
      "found an unknown escape after a backslash; write \\\\ for a backslash itself, or use single quotes" },
    { NULL, "did not find expected hexdecimal number", AT_PROBLEM, false,
      "found an escape with too few hexadecimal digits; write two after \\x, four after \\u, eight after \\U" },
    { NULL, "found invalid Unicode character escape code", AT_PROBLEM, false,
      "found an escape that is not a character; write the character itself, or \\U and its eight digits instead of "
      "two halves" },
    { NULL, "found an indentation indicator equal to 0", AT_PROBLEM, false,
      "found the indentation 0 for a block of text; write a digit from 1 to 9, or none" },
    { "while scanning a block scalar", "did not find expected comment or line break", AT_PROBLEM, false,
      "found text behind | or >; begin the text on the next line, or put a value that begins with | or > in quotes" },
    { "while scanning a simple key", NULL, AT_START, false,
      "found text without a colon where a key is due; write \"key: value\", with key and colon on one line" },
    { NULL, "mapping values are not allowed in this context", AT_PROBLEM, false,
      "found a colon where no value can begin; put the text in quotes if the colon belongs to it, else begin a new "
      "line" },
    { NULL, "mapping keys are not allowed in this context", AT_PROBLEM, false,
      "found ? where no key can begin; put the text in quotes if the question mark belongs to it" },
    { NULL, "block sequence entries are not allowed in this context", AT_PROBLEM, false,
      "found - where no list can begin; begin the list on the next line, or put the text in quotes" },
    { NULL, "found unexpected ':'", AT_PROBLEM, false,
      "found a colon inside unquoted text; put the text in quotes" },
    { NULL, "did not find expected ',' or ']'", AT_PROBLEM, true,
      "found neither , nor ] behind an item of a list in brackets; write the missing one" },
    { NULL, "did not find expected ',' or '}'", AT_PROBLEM, true,
      "found neither , nor } behind a member of a mapping in braces; write the missing one" },
    { "while parsing a block mapping", NULL, AT_PROBLEM, true,
      "found something that does not continue the mapping around it; give all keys of a mapping the same "
      "indentation, and quote a value as a whole" },
    { "while parsing a block collection", NULL, AT_PROBLEM, true,
      "found something that does not continue the list around it; give all items the same indentation and begin each "
      "with \"- \"" },
    { NULL, "did not find expected node content", AT_PROBLEM, false,
      "found a mark where a value is due; write the value, or put it in quotes" },
    { NULL, "did not find expected <document start>", AT_PROBLEM, false,
      "found more text behind the end of the document; remove it, or indent it so that it belongs to something" },
};

static const char tab_sentence[] = "found a tab in the indentation; indent with spaces";

static bool holds(const char *wanted, const char *given)
{
    return wanted == NULL || (given != NULL && strcmp(wanted, given) == 0);
}

static bool report_control(struct yaml_source *source, const yaml_parser_t *parser)
{
    /* the reader counts bytes; all of the text is valid UTF-8, so that its characters can be counted */
    yaml_source_seek(source, 0);
    while (source->cursor.offset < parser->problem_offset && source->cursor.offset < source->text.n)
        yaml_source_seek(source, source->cursor.index + 1);
    if (strcmp(parser->problem, "control characters are not allowed") != 0)
        return yaml_source_refuse(source, "cannot read on: %s", parser->problem);
    unsigned code = (unsigned)parser->problem_value;
    return yaml_source_refuse(source, "found the control character U+%04X; remove it, or write \\u%04X in double "
                              "quotes", code, code);
}

static bool report_stray(struct yaml_source *source)
{
    char byte = yaml_source_byte(source);
    if (byte == '\t')
        return yaml_source_refuse(source, "%s", tab_sentence);
    return yaml_source_refuse(source, "found %c, which cannot begin a value; put the value in quotes", byte);
}

bool yaml_complaint_report(struct yaml_source *source, const yaml_parser_t *parser)
{
    if (parser->error == YAML_READER_ERROR)
        return report_control(source, parser);
    yaml_source_seek(source, parser->problem_mark.index);
    if (holds("found character that cannot start any token", parser->problem))
        return report_stray(source);
    for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
        if (!holds(complaints[i].context, parser->context) || !holds(complaints[i].problem, parser->problem))
            continue;
        if (complaints[i].names_start)
            return yaml_source_refuse(source, "%s (it begins on line %zu)", complaints[i].sentence,
                                      parser->context_mark.line + 1);
        if (complaints[i].where == AT_START)
            yaml_source_seek(source, parser->context_mark.index);
        return yaml_source_refuse(source, "%s", complaints[i].sentence);
    }
    return yaml_source_refuse(source, "cannot read on %s: %s", parser->context == NULL ? "" : parser->context,
                              parser->problem == NULL ? "for no known reason" : parser->problem);
}
