/* A report caught in memory, for the tests of the writers. */
#ifndef TFCHECK_TESTS_REPORT_PAGE_H
#define TFCHECK_TESTS_REPORT_PAGE_H
#include "base/arena.h"
#include "base/memory.h"
#include "report/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct page_catcher {
    struct memory memory;
    struct arena *arena;
    struct report_facts facts;
    struct report_options options;
    struct findings findings;
    const struct report_rule *rules;
    size_t rule_count;
    const struct report_tally *tallies;
    struct str text; /* what was written */
    bool refuses;    /* the sink takes nothing */
};

static inline void page_exhausted(void *context)
{
    (void)context;
    abort();
}

static inline void page_open(struct page_catcher *page)
{
    *page = (struct page_catcher){ .memory = { .exhausted = page_exhausted } };
    page->arena = arena_open(&page->memory);
    page->findings.arena = page->arena;
    page->options.unknowns = UNKNOWNS_SUMMARY;
    page->options.fail_on = SEVERITY_HIGH;
    page->options.folder = STR("");
    page->facts = (struct report_facts){ .version = STR("1.2.3"), .file = STR("plan.json"), .form = STR("plan"),
                                         .format_version = STR("1.2"), .terraform_version = STR("1.11.4"),
                                         .profile = STR("production"), .bytes = 100, .resources = 2, .rules = 3,
                                         .passed = 4, .seconds = -1 };
}

static inline void page_close(struct page_catcher *page)
{
    arena_close(page->arena);
}

static inline bool page_catch(void *context, struct str text)
{
    struct page_catcher *page = context;
    if (page->refuses)
        return false;
    page->text = arena_join(page->arena, (struct str[]){ page->text, text }, 2);
    return true;
}

/* Add a failing finding with all its texts. */
static inline void page_add(struct page_catcher *page, const char *rule, enum severity severity, struct str address,
                            struct str message)
{
    findings_add(&page->findings, (struct finding){
        .rule = str_from(rule), .severity = severity, .verdict = VERDICT_FAIL, .address = address, .message = message,
        .why = STR("It does harm."), .fix = STR("Write it differently.") });
    page->facts.by_severity[severity]++;
}

static inline bool page_write(struct page_catcher *page, const char *format)
{
    page->text = STR("");
    struct report_input input = { .facts = page->facts, .findings = page->findings, .tallies = page->tallies };
    struct report report = { .options = page->options, .rules = page->rules, .rule_count = page->rule_count,
                             .inputs = &input, .count = 1 };
    return report_find(str_from(format))->write(page->arena, &report, page_catch, page);
}

static inline void page_expect(const struct page_catcher *page, const char *part)
{
    if (str_find(page->text, str_from(part)) < 0)
        fail_msg("\"%s\" was expected in:\n%.*s", part, STR_ARG(page->text));
}

static inline void page_refuse(const struct page_catcher *page, const char *part)
{
    if (str_find(page->text, str_from(part)) >= 0)
        fail_msg("\"%s\" must not stand in:\n%.*s", part, STR_ARG(page->text));
}
#endif
