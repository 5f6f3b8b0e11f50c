#include "report/page.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>

void page_put(struct page *page, struct str text)
{
    if (!page->has_failed && text.n > 0)
        page->has_failed = !page->sink(page->context, text);
}

void page_format(struct page *page, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (n > 0) {
        char *text = arena_get_text(page->arena, (size_t)n + 1);
        vsnprintf(text, (size_t)n + 1, format, arguments);
        page_put(page, (struct str){ text, (size_t)n });
    }
    va_end(arguments);
}
