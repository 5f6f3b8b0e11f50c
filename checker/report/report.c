#include "report/report.h"

#include "base/arena.h"
#include "report/formats.h"

static const struct reporter reporters[] = {
    { STR_INIT("text"), report_write_text },
    { STR_INIT("json"), report_write_json },
    { STR_INIT("sarif"), report_write_sarif },
    { STR_INIT("junit"), report_write_junit },
    { STR_INIT("github"), report_write_github },
    { STR_INIT("gitlab"), report_write_gitlab },
    { STR_INIT("markdown"), report_write_markdown },
    { STR_INIT("html"), report_write_html },
    { STR_INIT("tap"), report_write_tap },
    { STR_INIT("csv"), report_write_csv },
    { STR_INIT("atlantis"), report_write_atlantis },
};

enum { REPORTER_COUNT = sizeof reporters / sizeof reporters[0] };

const struct reporter *report_find(struct str name)
{
    for (size_t i = 0; i < REPORTER_COUNT; i++)
        if (str_equal(reporters[i].name, name))
            return &reporters[i];
    return NULL;
}

struct str report_names(struct arena *arena)
{
    struct str text = { "", 0 };
    for (size_t i = 0; i < REPORTER_COUNT; i++)
        text = arena_format(arena, "%.*s%s%.*s", STR_ARG(text), i == 0 ? "" : ", ", STR_ARG(reporters[i].name));
    return text;
}
