/* Any bytes as a snippet, a zero byte, and any bytes as values: the snippet is refused or holds the values, planned and
 * written, and completes them. */
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "plan/value_build.h"
#include "schema/schema_check.h"
#include "schema/schema_complete.h"
#include "schema/schema_import.h"
#include "schema/schema_show.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fail_for_memory(void *context)
{
    (void)context;
    abort();
}

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void report(void *context, const struct schema_problem *problem)
{
    (void)context;
    require(problem->kind < PROBLEM_COUNT && problem->message.n > 0);
}

static void check(struct arena *arena, const struct schema *schema, const struct value *value)
{
    for (int is_configuration = 0; is_configuration <= 1; is_configuration++) {
        struct schema_check check = { arena, is_configuration, report, NULL };
        schema_check_block(&check, schema->block, value, true);
    }
    if (value->kind == VALUE_OBJECT)
        require(schema_complete(arena, schema->block, value)->count >= schema->block->count);
}

/* An import of what an import wrote changes nothing. */
static void import_again(struct arena *arena, struct str text)
{
    struct error error = { .code = ERROR_NONE };
    struct str none = { NULL, 0 };
    const struct value *raw = value_read(arena, text, &error);
    if (raw == NULL || raw->kind != VALUE_OBJECT)
        return;
    struct str once = schema_import_render(arena, raw, NULL, none);
    const struct value *old = value_read(arena, once, &error);
    require(old != NULL && str_equal(schema_import_render(arena, raw, old, none), once));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory memory = { .exhausted = fail_for_memory };
    struct arena *arena = arena_open(&memory);
    struct str text = { (const char *)data, size }, values = STR("{}");
    struct error error = { .code = ERROR_NONE };
    ptrdiff_t zero = size == 0 ? -1 : str_find_byte(text, '\0');
    if (zero >= 0) {
        values = str_from_offset(text, (size_t)zero + 1);
        text = str_part(text, 0, (size_t)zero);
    }
    const struct schema *schema = schema_load(arena, STR("fuzz.json"), text, &error);
    require((schema != NULL) == (error.code == ERROR_NONE));
    if (schema != NULL) {
        struct error ignored = { .code = ERROR_NONE };
        const struct value *value = value_read(arena, values, &ignored);
        if (value != NULL)
            check(arena, schema, value);
        require(schema_show_type(arena, schema, STR("t"), "w").n > 0);
    }
    import_again(arena, text);
    arena_close(arena);
    return 0;
}
