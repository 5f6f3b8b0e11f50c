/* Any bytes as a rule file: it is refused with a place, or gives one rule. The file is named after the id it holds,
so
 * that the mutations get past that check. */
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "rules/rule.h"

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

/* The word behind "id: ", or another. */
static struct str find_id(struct str text)
{
    ptrdiff_t at = str_find(text, STR("id: "));
    if (at < 0)
        return STR("fuzz");
    struct str rest = str_from_offset(text, (size_t)at + 4);
    size_t n = 0;
    while (n < rest.n && rest.p[n] > ' ')
        n++;
    return str_part(rest, 0, n);
}

static void load_rule(struct arena *arena, struct str text)
{
    struct rules rules;
    struct error error = { .code = ERROR_NONE };
    rules_init(&rules, arena);
    struct str file = arena_join(arena, (struct str[]){ STR("own/"), find_id(text), STR(".yaml") }, 3);
    bool is_loaded = rule_load(&rules, STR("own"), file, text, &error);
    require(is_loaded == (error.code == ERROR_NONE) && rules.count == (is_loaded ? 1 : 0));
    if (!is_loaded) {
        require(error.code == ERROR_POLICY && error.text[0] != '\0');
        return;
    }
    require(rules.items[0]->id.n > 0 && (rules.items[0]->condition != NULL || rules.items[0]->analysis != NULL));
    require(rules_close(&rules, &error) == (error.code == ERROR_NONE));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory memory = { .exhausted = fail_for_memory };
    struct arena *arena = arena_open(&memory);
    struct str text = { (const char *)data, size };
    load_rule(arena, text);
    struct rules rules;
    struct error error = { .code = ERROR_NONE };
    rules_init(&rules, arena);
    require(rule_load_table(&rules, STR("own/tables/fuzz.yaml"), text, &error) == (error.code == ERROR_NONE));
    arena_close(arena);
    return 0;
}
