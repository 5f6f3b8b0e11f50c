#include "json/json_write.h"
#include "report/formats.h"

#include <inttypes.h>
#include <stdio.h>

static void write_text(struct json_writer *writer, const char *key, struct str text)
{
    json_write_key(writer, key);
    json_write_string(writer, text);
}

static void write_count(struct json_writer *writer, const char *key, size_t count)
{
    json_write_key(writer, key);
    json_write_size(writer, count);
}

static void write_texts(struct json_writer *writer, const char *key, const struct str *texts, size_t count)
{
    json_write_key(writer, key);
    json_write_open_array(writer);
    for (size_t i = 0; i < count; i++)
        json_write_string(writer, texts[i]);
    json_write_close_array(writer);
}

static void write_input(struct json_writer *writer, const struct report_facts *facts)
{
    json_write_key(writer, "input");
    json_write_open_object(writer);
    write_text(writer, "file", facts->file);
    write_text(writer, "form", facts->form);
    write_text(writer, "format_version", facts->format_version);
    write_text(writer, "terraform_version", facts->terraform_version);
    write_count(writer, "bytes", facts->bytes);
    json_write_key(writer, "errored");
    json_write_bool(writer, facts->is_errored);
    json_write_key(writer, "complete");
    json_write_bool(writer, !facts->is_incomplete && !facts->is_errored);
    json_write_close_object(writer);
}

static void write_summary(struct json_writer *writer, const struct report_facts *facts)
{
    json_write_key(writer, "summary");
    json_write_open_object(writer);
    write_text(writer, "profile", facts->profile);
    write_text(writer, "profile_origin", facts->profile_origin);
    write_count(writer, "resources", facts->resources);
    write_count(writer, "rules", facts->rules);
    write_count(writer, "passed", facts->passed);
    for (int i = 0; i < SEVERITY_COUNT; i++) {
        json_write_key_str(writer, severity_name((enum severity)i));
        json_write_size(writer, facts->by_severity[i]);
    }
    write_count(writer, "unknown", facts->unknowns);
    json_write_close_object(writer);
}

static void write_finding(struct json_writer *writer, const struct finding *finding)
{
    char fingerprint[17];
    int n = snprintf(fingerprint, sizeof fingerprint, "%016" PRIx64, finding->fingerprint);
    json_write_open_object(writer);
    write_text(writer, "rule", finding->rule);
    write_text(writer, "severity", severity_name(finding->severity));
    write_text(writer, "verdict", verdict_name(finding->verdict));
    write_text(writer, "address", finding->address);
    if (finding->address_count > 1)
        write_texts(writer, "addresses", finding->addresses, finding->address_count);
    write_text(writer, "path", finding->path);
    write_text(writer, "message", finding->message);
    write_text(writer, "why", finding->why);
    write_text(writer, "fix", finding->fix);
    write_text(writer, "reason", finding->reason);
    write_texts(writer, "related", finding->related, finding->related_count);
    write_text(writer, "fingerprint", (struct str){ fingerprint, (size_t)n });
    json_write_close_object(writer);
}

bool report_write_json(struct arena *arena, const struct report_facts *facts, const struct report_options *options,
                       const struct findings *findings, report_sink *sink, void *context)
{
    (void)options;
    struct json_writer *writer = json_write_open(arena, sink, context, 2);
    json_write_open_object(writer);
    write_text(writer, "tfcheck", facts->version);
    write_input(writer, facts);
    write_summary(writer, facts);
    json_write_key(writer, "findings");
    json_write_open_array(writer);
    for (size_t i = 0; i < findings->count; i++)
        write_finding(writer, &findings->items[i]);
    json_write_close_array(writer);
    json_write_close_object(writer);
    return json_write_close(writer);
}
