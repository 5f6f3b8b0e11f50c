/* Any bytes as the names and texts of findings: every report stays well-formed, and nothing in it moves a cursor. The first
 * byte chooses how the finding stands; the rest are its texts, divided by bytes of 0xff. */
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "plan/value_build.h"
#include "report/report.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void fail_for_memory(void *context)
{
    (void)context;
    abort();
}

struct text {
    struct arena *arena;
    char *p;
    size_t n, room;
};

static bool append(void *context, struct str part)
{
    struct text *text = context;
    if (text->n + part.n > text->room) {
        size_t room = (text->n + part.n) * 2;
        char *larger = arena_get_text(text->arena, room);
        memcpy(larger, text->p == NULL ? "" : text->p, text->n);
        text->p = larger;
        text->room = room;
    }
    memcpy(text->p + text->n, part.p, part.n);
    text->n += part.n;
    return true;
}

static struct str next_text(struct str *rest)
{
    ptrdiff_t end = str_find_byte(*rest, (char)0xff);
    struct str text = str_part(*rest, 0, end < 0 ? rest->n : (size_t)end);
    *rest = end < 0 ? STR("") : str_from_offset(*rest, (size_t)end + 1);
    return text;
}

static size_t count(struct str text, struct str part)
{
    size_t n = 0;
    for (ptrdiff_t at = str_find(text, part); at >= 0; at = str_find(text, part)) {
        n++;
        text = str_from_offset(text, (size_t)at + part.n);
    }
    return n;
}

/* No control characters but line ends. */
static void require_harmless(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        require((unsigned char)text.p[i] >= 0x20 || text.p[i] == '\n' || text.p[i] == '\r');
    require(str_find_byte(text, 0x7f) < 0);
}

static struct str write_report(struct arena *arena, const struct report *report, const char *format)
{
    struct text text = { .arena = arena };
    require(report_find(str_from(format))->write(arena, report, append, &text));
    return (struct str){ text.p, text.n };
}

static void require_json(struct arena *arena, struct str text)
{
    struct error error = { .code = ERROR_NONE };
    require(value_read(arena, text, &error) != NULL);
}

/* What Atlantis takes for a failure: ([1-9][0-9]* failure|failures": \[). */
static bool tells_failure(struct str text)
{
    for (size_t i = 1; i < text.n; i++) {
        if (!str_starts_with(str_from_offset(text, i), STR(" failure")))
            continue;
        for (size_t k = i; k > 0 && text.p[k - 1] >= '0' && text.p[k - 1] <= '9'; k--)
            if (text.p[k - 1] != '0')
                return true;
    }
    return str_find(text, STR("failures\": [")) >= 0;
}

static void check_formats(struct arena *arena, const struct report *report)
{
    static const char *const json[] = { "json", "sarif", "gitlab" };
    static const char *const text[] = { "text", "junit", "github", "markdown", "html", "tap", "csv", "atlantis" };
    for (size_t i = 0; i < sizeof json / sizeof json[0]; i++)
        require_json(arena, write_report(arena, report, json[i]));
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++)
        require_harmless(write_report(arena, report, text[i]));
    struct str html = write_report(arena, report, "html");
    require(count(html, STR("<script")) == 1 && count(html, STR("</script>")) == 1 && count(html, STR("<style")) == 1);
    struct str junit = write_report(arena, report, "junit");
    require(count(junit, STR("<testcase")) == count(junit, STR("</testcase>")) && count(junit, STR("]]>")) == 0);
    struct str atlantis = write_report(arena, report, "atlantis");
    const struct finding *finding = &report->inputs[0].findings.items[0];
    bool fails = finding->verdict == VERDICT_FAIL && finding->standing == STANDING_OPEN &&
                 finding->severity <= report->options.fail_on;
    require(count(atlantis, STR("```")) == 0 && tells_failure(atlantis) == fails);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory memory = { .exhausted = fail_for_memory };
    if (size == 0)
        return 0;
    struct arena *arena = arena_open(&memory);
    struct str rest = { (const char *)data + 1, size - 1 };
    struct report_input input = { .findings = { .arena = arena } };
    struct finding finding = { .rule = STR("some-rule"), .verdict = data[0] & 1 ? VERDICT_UNKNOWN : VERDICT_FAIL,
                               .severity = (enum severity)((data[0] >> 1) % SEVERITY_COUNT),
                               .standing = (enum standing)((data[0] >> 4) % 3) };
    struct str *const texts[] = { &finding.address, &finding.message, &finding.why, &finding.fix, &finding.reason,
                                  &finding.path, &finding.construct, &finding.source.file, &finding.excuse,
                                  &input.facts.file };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        *texts[i] = next_text(&rest);
    findings_add(&input.findings, finding);
    input.facts.version = input.facts.form = input.facts.profile = STR("x");
    input.facts.waived = finding.standing == STANDING_WAIVED;
    struct report report = { .inputs = &input, .count = 1,
                             .options = { .fail_on = SEVERITY_HIGH, .shows_waived = true, .folder = STR("a/"),
                                          .root = STR("/r/"), .max_bytes = data[0] & 8 ? 1000 : 0 } };
    check_formats(arena, &report);
    if (report.options.max_bytes > 0)
        require(write_report(arena, &report, "markdown").n <= report.options.max_bytes + 400);
    arena_close(arena);
    return 0;
}
