#include "base/arena.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/vec.h"

#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void exhausted(void *context)
{
    longjmp(*(jmp_buf *)context, 1);
}

static int open_arena(void **state)
{
    struct memory *memory = calloc(1, sizeof *memory);
    if (memory == NULL)
        return -1;
    memory->exhausted = exhausted;
    *state = arena_open(memory);
    return 0;
}

static int close_arena(void **state)
{
    struct memory *memory = arena_memory(*state);
    arena_close(*state);
    free(memory);
    return 0;
}

static void arena_memory_is_zeroed_and_aligned_also_after_a_reset(void **state)
{
    struct arena *arena = *state;
    for (int round = 0; round < 3; round++) {
        for (size_t size = 1; size < 3000; size += 7) {
            unsigned char *p = arena_get(arena, size);
            assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xFF, size);
            memset(arena_get_text(arena, 3), 0xEE, 3);
        }
        arena_reset(arena);
    }
}

static void pieces_that_share_a_block_are_not_given_back(void **state)
{
    struct arena *arena = *state;
    void *pieces[2000];
    for (size_t i = 0; i < 2000; i++)
        pieces[i] = arena_get(arena, 1024); /* blocks are multiples of that, and are filled to their last byte */
    size_t held = arena_size(arena);
    for (size_t i = 0; i < 2000; i++)
        arena_give_back(arena, pieces[i]);
    assert_int_equal(arena_size(arena), held);
}

static void arena_blocks_never_move(void **state)
{
    struct arena *arena = *state;
    size_t *places[2000];
    for (size_t i = 0; i < 2000; i++) {
        places[i] = arena_get(arena, i % 100 == 0 ? 100000 : sizeof(size_t));
        *places[i] = i;
    }
    for (size_t i = 0; i < 2000; i++)
        assert_int_equal(*places[i], i);
    assert_true(arena_size(arena) >= 2000000);
}

static void copies_and_formats_end_with_a_nul(void **state)
{
    struct arena *arena = *state;
    struct str copy = arena_copy(arena, STR("a\0b"));
    assert_int_equal(copy.n, 3);
    assert_memory_equal(copy.p, "a\0b\0", 4);
    assert_int_equal(arena_copy(arena, str_from(NULL)).p[0], 0);
    struct str text = arena_format(arena, "%s-%d", "x", 42);
    assert_string_equal(text.p, "x-42");
    assert_int_equal(text.n, 4);
}

struct order {
    int seen[2], count;
};

static void note_one(void *context)
{
    struct order *order = context;
    order->seen[order->count++] = 1;
}

static void note_two(void *context)
{
    struct order *order = context;
    order->seen[order->count++] = 2;
}

static void deferred_calls_run_once_and_last_come_first(void **state)
{
    struct arena *arena = *state;
    struct order order = { { 0, 0 }, 0 };
    arena_defer(arena, note_one, &order);
    arena_defer(arena, note_two, &order);
    arena_reset(arena);
    arena_reset(arena);
    assert_int_equal(order.count, 2);
    assert_int_equal(order.seen[0], 2);
    assert_int_equal(order.seen[1], 1);
}

static void refused_memory_goes_to_exhausted(void **state)
{
    (void)state;
    jmp_buf place;
    struct memory memory = { .exhausted = exhausted, .context = &place, .fail_at = 1 };
    if (setjmp(place) == 0) {
        memory_get(&memory, 10);
        fail();
    }
    assert_int_equal(memory.allocations, 1);
}

static void a_map_finds_what_was_put_in_and_keeps_its_order(void **state)
{
    struct arena *arena = *state;
    struct map map;
    map_init(&map, arena);
    assert_null(map_find(&map, STR("k0")));
    for (size_t i = 0; i < 5000; i++) {
        void **value = map_get(&map, arena_format(arena, "k%zu", i * 7919 % 5000));
        assert_null(*value);
        *value = arena_get(arena, 1);
    }
    assert_int_equal(map.count, 5000);
    for (size_t i = 0; i < 5000; i++) {
        struct str key = arena_format(arena, "k%zu", i * 7919 % 5000);
        assert_true(str_equal(map.entries[i].key, key));
        assert_ptr_equal(map_find(&map, key), map.entries[i].value);
        assert_ptr_equal(*map_get(&map, key), map.entries[i].value);
    }
    assert_int_equal(map.count, 5000);
    assert_null(map_find(&map, STR("k5000")));
}

static void interned_strings_are_one_copy(void **state)
{
    struct map map;
    map_init(&map, *state);
    char text[] = "a\0b";
    struct str first = map_intern(&map, (struct str){ text, 3 });
    text[2] = 'c';
    struct str other = map_intern(&map, (struct str){ text, 3 });
    assert_ptr_not_equal(first.p, other.p);
    assert_ptr_equal(map_intern(&map, STR("a\0b")).p, first.p);
    assert_ptr_equal(map_intern(&map, STR("a\0c")).p, other.p);
    assert_int_equal(map.count, 2);
}

static void a_vector_grows_and_keeps_its_items(void **state)
{
    struct {
        int *items;
        size_t count, capacity;
    } numbers = { NULL, 0, 0 };
    for (int i = 0; i < 1000; i++)
        VEC_ADD((struct arena *)*state, &numbers, i);
    assert_int_equal(numbers.count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers.items[i], i);
}

#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        IN_ARENA(arena_memory_is_zeroed_and_aligned_also_after_a_reset),
        IN_ARENA(arena_blocks_never_move),
        IN_ARENA(pieces_that_share_a_block_are_not_given_back),
        IN_ARENA(copies_and_formats_end_with_a_nul),
        IN_ARENA(deferred_calls_run_once_and_last_come_first),
        cmocka_unit_test(refused_memory_goes_to_exhausted),
        IN_ARENA(a_map_finds_what_was_put_in_and_keeps_its_order),
        IN_ARENA(interned_strings_are_one_copy),
        IN_ARENA(a_vector_grows_and_keeps_its_items),
    };
    return cmocka_run_group_tests_name("base/arena and map", tests, NULL, NULL);
}
