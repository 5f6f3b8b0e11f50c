#include "report/report.h"

#include "base/arena.h"
#include "report/formats.h"

static const struct reporter reporters[] = {
    { STR_INIT("text"), report_write_text },
    { STR_INIT("json"), report_write_json },
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
