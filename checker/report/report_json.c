#include "json/json_write.h"
#include "report/formats.h"
#include "report/member.h"

static void write_input(struct json_writer *writer, const struct report_facts *facts)
{
    member_open_object(writer, "input");
    member_text(writer, "file", facts->file);
    member_text(writer, "form", facts->form);
    member_text(writer, "format_version", facts->format_version);
    member_text(writer, "terraform_version", facts->terraform_version);
    member_count(writer, "bytes", facts->bytes);
    json_write_key(writer, "errored");
    json_write_bool(writer, facts->is_errored);
    json_write_key(writer, "complete");
    json_write_bool(writer, !facts->is_incomplete && !facts->is_errored);
    json_write_close_object(writer);
}

static void write_summary(struct json_writer *writer, const struct report_facts *facts)
{
    member_open_object(writer, "summary");
    member_text(writer, "profile", facts->profile);
    member_text(writer, "profile_origin", facts->profile_origin);
    member_count(writer, "resources", facts->resources);
    member_count(writer, "rules", facts->rules);
    member_count(writer, "passed", facts->passed);
    for (int i = 0; i < SEVERITY_COUNT; i++) {
        json_write_key_str(writer, severity_name((enum severity)i));
        json_write_size(writer, facts->by_severity[i]);
    }
    member_count(writer, "unknown", facts->unknowns);
    member_count(writer, "waived", facts->waived);
    member_count(writer, "known", facts->known);
    json_write_close_object(writer);
}

/* A number, or null when it is 0: not known. */
static void write_number(struct json_writer *writer, const char *key, size_t number)
{
    json_write_key(writer, key);
    if (number == 0)
        json_write_null(writer);
    else
        json_write_size(writer, number);
}

static void write_source(struct json_writer *writer, const struct source_place *source)
{
    json_write_key(writer, "source");
    if (source->file.n == 0) {
        json_write_null(writer);
        return;
    }
    json_write_open_object(writer);
    member_text(writer, "file", source->file);
    write_number(writer, "line", source->line);
    write_number(writer, "column", source->column);
    write_number(writer, "end_line", source->end_line);
    json_write_close_object(writer);
}

static void write_finding(struct json_writer *writer, const struct finding *finding)
{
    static const struct str standings[] = { [STANDING_OPEN] = STR_INIT("open"), [STANDING_WAIVED] = STR_INIT("waived"),
                                            [STANDING_KNOWN] = STR_INIT("known") };
    json_write_open_object(writer);
    member_text(writer, "rule", finding->rule);
    member_text(writer, "severity", severity_name(finding->severity));
    member_text(writer, "verdict", verdict_name(finding->verdict));
    member_text(writer, "address", finding->address);
    if (finding->address_count > 1)
        member_texts(writer, "addresses", finding->addresses, finding->address_count);
    member_text(writer, "path", finding->path);
    member_text(writer, "message", finding->message);
    member_text(writer, "why", finding->why);
    member_text(writer, "fix", finding->fix);
    member_text(writer, "reason", finding->reason);
    member_texts(writer, "related", finding->related, finding->related_count);
    member_text(writer, "construct", finding->construct);
    write_source(writer, &finding->source);
    member_text(writer, "standing", standings[finding->standing]);
    member_text(writer, "excuse", finding->excuse);
    member_fingerprint(writer, "fingerprint", finding->fingerprint);
    json_write_close_object(writer);
}

static void write_review(struct json_writer *writer, const struct report_input *input)
{
    member_open_object(writer, "review");
    member_text(writer, "base", input->base);
    member_open_array(writer, "mended");
    for (size_t i = 0; i < input->mended.count; i++)
        write_finding(writer, &input->mended.items[i]);
    json_write_close_array(writer);
    json_write_close_object(writer);
}

static bool write_document(struct arena *arena, const struct report_input *input, report_sink *sink, void *context)
{
    struct json_writer *writer = json_write_open(arena, sink, context, 2);
    json_write_open_object(writer);
    member_text(writer, "tfcheck", input->facts.version);
    write_input(writer, &input->facts);
    write_summary(writer, &input->facts);
    member_open_array(writer, "findings");
    for (size_t i = 0; i < input->findings.count; i++)
        write_finding(writer, &input->findings.items[i]);
    json_write_close_array(writer);
    if (input->base.p != NULL)
        write_review(writer, input);
    json_write_close_object(writer);
    return json_write_close(writer);
}

bool report_write_json(struct arena *arena, const struct report *report, report_sink *sink, void *context)
{
    bool is_written = true;
    for (size_t i = 0; i < report->count && is_written; i++)
        if (report->inputs[i].facts.trouble.p == NULL)
            is_written = write_document(arena, &report->inputs[i], sink, context);
    return is_written;
}
