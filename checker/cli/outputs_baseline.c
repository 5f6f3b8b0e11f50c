#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "base/vec.h"
#include "cli/outputs.h"
#include "cli/whole_file.h"
#include "json/json_write.h"
#include "plan/value.h"
#include "plan/value_build.h"
#include "report/member.h"
#include "report/reported.h"

enum { LARGEST_BASELINE = 256 << 20 };

static bool read_fingerprint(struct str text, uint64_t *fingerprint)
{
    if (text.n != 16)
        return false;
    *fingerprint = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                                                : 16;
        if (digit > 15)
            return false;
        *fingerprint = *fingerprint << 4 | digit;
    }
    return true;
}

/* Findings of a JSON report that do not fail are no part of it. */
static bool is_taken(const struct value *finding)
{
    const struct value *verdict = value_find(finding, STR("verdict"));
    return verdict == NULL || str_equal(verdict->text, STR("fail"));
}

bool outputs_read_baseline(struct arena *arena, struct str file, struct baseline *baseline, struct error *error)
{
    static const char expected[] = "this is neither a baseline nor a JSON report: make it with --write-baseline";
    struct str text;
    if (!file_read(arena, file, LARGEST_BASELINE, ERROR_INPUT, &text, error))
        return false;
    const struct value *root = value_read(arena, text, error);
    const struct value *findings = root == NULL ? NULL : value_find(root, STR("findings"));
    error->file = root == NULL ? file : error->file;
    if (root != NULL && (findings == NULL || findings->kind != VALUE_LIST))
        return error_set_at(error, ERROR_INPUT, file, 0, 0, expected);
    if (root == NULL)
        return false;
    for (const struct value *item = findings->first; item != NULL; item = item->next) {
        const struct value *print = value_find(item, STR("fingerprint"));
        uint64_t fingerprint;
        if (print == NULL || !read_fingerprint(print->text, &fingerprint))
            return error_set_at(error, ERROR_INPUT, file, 0, 0, expected);
        if (is_taken(item))
            VEC_ADD(arena, baseline, fingerprint);
    }
    return true;
}

static void write_finding(struct json_writer *writer, const struct finding *finding)
{
    json_write_open_object(writer);
    member_fingerprint(writer, "fingerprint", finding->fingerprint);
    member_text(writer, "rule", finding->rule);
    member_text(writer, "address", finding->address);
    json_write_close_object(writer);
}

bool outputs_write_baseline(struct outputs *outputs, struct str file, struct error *error)
{
    const struct report *report = &outputs->report;
    struct arena *arena = outputs->report.count == 0 ? NULL : outputs->report.inputs[0].findings.arena;
    struct whole_file whole;
    if (arena == NULL || reported_count_troubles(report) > 0)
        return error_set_at(error, ERROR_INPUT, file, 0, 0, "is not written, for not everything could be checked");
    if (!whole_file_open(&whole, arena, file, error))
        return false;
    struct json_writer *writer = json_write_open(arena, whole_file_write, &whole, 2);
    json_write_open_object(writer);
    member_text(writer, "tfcheck", report->inputs[0].facts.version);
    member_open_array(writer, "findings");
    for (size_t i = 0; i < report->count; i++)
        for (size_t f = 0; f < report->inputs[i].findings.count; f++)
            if (report->inputs[i].findings.items[f].verdict == VERDICT_FAIL)
                write_finding(writer, &report->inputs[i].findings.items[f]);
    json_write_close_array(writer);
    json_write_close_object(writer);
    return whole_file_close(&whole, json_write_close(writer), error);
}
