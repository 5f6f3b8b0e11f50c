/* Any bytes as an attribute path and as an address: what is accepted keeps its promises. */
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "plan/address.h"
#include "plan/path.h"

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

static void check_path(struct arena *arena, struct str text)
{
    struct error error = { .code = ERROR_NONE };
    const struct path *path = path_compile(arena, text, &error);
    require((path == NULL) == (error.code == ERROR_POLICY));
    if (path == NULL)
        return;
    require(path->count >= 1 && path->count <= PATH_STEPS_MAX && path->text.n == text.n);
    for (size_t i = 0; i < path->count; i++) {
        const struct path_step *step = &path->steps[i];
        require(step->kind != STEP_INDEX || step->index < 1000000000);
        require((step->kind == STEP_NAME) == (step->name.p != NULL));
        require(step->name.n <= text.n);
    }
}

static bool lies_in(struct str part, struct str text)
{
    return part.p >= text.p && part.p + part.n <= text.p + text.n;
}

static void check_address(struct arena *arena, struct str text)
{
    struct address address;
    struct str plain = address_without_keys(arena, text);
    require(plain.n <= text.n && str_equal(address_without_keys(arena, plain), plain));
    if (!address_parse(text, &address))
        return;
    require(address.type.n > 0 && address.name.n > 0);
    require(lies_in(address.module, text) && lies_in(address.type, text) && lies_in(address.name, text) &&
            lies_in(address.key, text));
    require(address.key.n == 0 || (address.key.p[0] == '[' && address.key.p[address.key.n - 1] == ']'));
    require(str_find_byte(plain, '[') < 0);
    struct address again;
    require(address_parse(plain, &again) && again.key.n == 0 && str_equal(again.type, address.type) &&
            str_equal(again.name, address.name));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct memory memory = { .exhausted = fail_for_memory };
    struct arena *arena = arena_open(&memory);
    struct str text = { (const char *)data, size };
    check_path(arena, text);
    if (size > 0)
        check_address(arena, text);
    arena_close(arena);
    return 0;
}
