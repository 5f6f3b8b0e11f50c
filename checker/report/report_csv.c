#include "base/arena.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/page.h"
#include "report/reported.h"

#include <inttypes.h>

enum { COLUMNS = 15 };

static void put_row(struct page *page, const struct str *fields)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        page_put(page, i == 0 ? STR("") : STR(","));
        page_put(page, escape_for_csv(page->arena, fields[i]));
    }
    page_put(page, STR("\r\n"));
}

static struct str number(struct arena *arena, size_t value)
{
    return value == 0 ? STR("") : arena_format(arena, "%zu", value);
}

static void put_finding(struct page *page, const struct report_input *input, const struct finding *finding)
{
    static const struct str standings[] = { [STANDING_OPEN] = STR_INIT("open"), [STANDING_WAIVED] = STR_INIT("waived"),
                                            [STANDING_KNOWN] = STR_INIT("known") };
    struct arena *arena = page->arena;
    struct str subject = finding->address.p != NULL || finding->address_count == 0
                             ? finding->address : reported_subject(arena, finding);
    struct str fields[COLUMNS] = {
        reported_input_name(input), finding->rule, severity_name(finding->severity), verdict_name(finding->verdict),
        subject, finding->path, finding->message, finding->fix, finding->reason, finding->source.file,
        number(arena, finding->source.line), finding->construct, standings[finding->standing], finding->excuse,
        arena_format(arena, "%016" PRIx64, finding->fingerprint),
    };
    put_row(page, fields);
}

bool report_write_csv(struct arena *arena, const struct report *report, report_sink *sink, void *context)
{
    static const struct str header[COLUMNS] = {
        STR_INIT("input"), STR_INIT("rule"), STR_INIT("severity"), STR_INIT("verdict"), STR_INIT("address"),
        STR_INIT("path"), STR_INIT("message"), STR_INIT("fix"), STR_INIT("reason"), STR_INIT("file"),
        STR_INIT("line"), STR_INIT("construct"), STR_INIT("standing"), STR_INIT("excuse"), STR_INIT("fingerprint"),
    };
    struct page page = { .arena = arena, .options = &report->options, .sink = sink, .context = context };
    put_row(&page, header);
    for (size_t i = 0; i < report->count; i++) {
        const struct report_input *input = &report->inputs[i];
        struct str trouble[COLUMNS] = { reported_input_name(input), STR("input-not-checked"), STR("error"),
                                        STR("fail") };
        trouble[6] = reported_trouble(input);
        trouble[12] = STR("open");
        if (trouble[6].p != NULL)
            put_row(&page, trouble);
        for (size_t f = 0; f < input->findings.count; f++)
            put_finding(&page, input, &input->findings.items[f]);
    }
    return !page.has_failed;
}
