/* GitLab documentation, "Code Quality": the report format. */
#include "base/arena.h"
#include "json/json_write.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/member.h"
#include "report/reported.h"

static struct str severity_word(enum severity severity)
{
    static const struct str words[SEVERITY_COUNT] = {
        [SEVERITY_ERROR] = STR_INIT("blocker"), [SEVERITY_HIGH] = STR_INIT("critical"),
        [SEVERITY_MEDIUM] = STR_INIT("major"),  [SEVERITY_LOW] = STR_INIT("minor"),
        [SEVERITY_INFO] = STR_INIT("info"),
    };
    return words[severity];
}

static void write_issue(struct json_writer *writer, struct str rule, struct str severity, struct str text,
                        uint64_t fingerprint, const struct reported_place *place)
{
    json_write_open_object(writer);
    member_text(writer, "description", text);
    member_text(writer, "check_name", rule);
    member_fingerprint(writer, "fingerprint", fingerprint);
    member_text(writer, "severity", severity);
    member_open_object(writer, "location");
    member_text(writer, "path", place->path);
    member_open_object(writer, "lines");
    member_count(writer, "begin", place->line);
    if (place->end_line > place->line)
        member_count(writer, "end", place->end_line);
    json_write_close_object(writer);
    json_write_close_object(writer);
    json_write_close_object(writer);
}

static void write_trouble(struct arena *arena, struct json_writer *writer, const struct report *report,
                          const struct report_input *input)
{
    struct reported_place place = reported_place(arena, report, input, NULL);
    uint64_t print = str_hash_more(str_hash(STR("input-not-checked")), input->facts.file);
    write_issue(writer, STR("input-not-checked"), STR("blocker"), escape_for_terminal(arena, reported_trouble(input)),
                print, &place);
}

bool report_write_gitlab(struct arena *arena, const struct report *report, report_sink *sink, void *context)
{
    size_t count;
    const struct reported *items = reported_list(arena, report, &count);
    struct json_writer *writer = json_write_open(arena, sink, context, 2);
    json_write_open_array(writer);
    for (size_t i = 0; i < report->count; i++)
        if (reported_trouble(&report->inputs[i]).p != NULL)
            write_trouble(arena, writer, report, &report->inputs[i]);
    for (size_t i = 0; i < count; i++) {
        const struct finding *finding = items[i].finding;
        if (!reported_is_open(finding))
            continue;
        struct reported_place place = reported_place(arena, report, items[i].input, finding);
        struct str text = arena_join(arena, (struct str[]){ reported_subject(arena, finding), STR(": "),
                                                            finding->message }, 3);
        /* Equal fingerprints would be merged. */
        uint64_t print = items[i].ordinal == 1 ? items[i].fingerprint
                         : str_hash_more(items[i].fingerprint, arena_format(arena, "%zu", items[i].ordinal));
        write_issue(writer, finding->rule, severity_word(finding->severity), escape_for_terminal(arena, text), print,
                    &place);
    }
    json_write_close_array(writer);
    return json_write_close(writer);
}
