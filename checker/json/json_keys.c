#include "json/json_keys.h"

#include "base/memory.h"

#include <sys/random.h>

/* Objects with more keys than this, not in order, get a hash table. */
enum { FEW = 24 };

struct json_key {
    size_t start; /* in the text */
    size_t n;
};

struct json_frame {
    size_t first, text; /* where the object's keys and their bytes begin */
    bool is_sorted;     /* each key was greater than the one before */
    size_t *slots;      /* number of a key within the object + 1, or 0; NULL = no table */
    size_t slot_count;
};

static size_t larger_capacity(size_t capacity, size_t needed)
{
    capacity = capacity < 32 ? 64 : capacity * 2;
    return capacity < needed ? needed : capacity;
}

void json_keys_open(struct json_keys *keys)
{
    if (keys->depth == keys->frame_capacity) {
        keys->frame_capacity = larger_capacity(keys->frame_capacity, 0);
        keys->frames = memory_resize(keys->memory, keys->frames, keys->frame_capacity * sizeof *keys->frames);
    }
    keys->frames[keys->depth++] = (struct json_frame){ .first = keys->count, .text = keys->used, .is_sorted = true };
}

void json_keys_close(struct json_keys *keys)
{
    struct json_frame *frame = &keys->frames[--keys->depth];
    keys->count = frame->first;
    keys->used = frame->text;
    if (frame->slots != NULL)
        memory_free(keys->memory, frame->slots);
}

void json_keys_free(struct json_keys *keys)
{
    while (keys->depth > 0)
        json_keys_close(keys);
    memory_free(keys->memory, keys->frames);
    memory_free(keys->memory, keys->items);
    memory_free(keys->memory, keys->text);
    *keys = (struct json_keys){ .memory = keys->memory };
}

static inline void append(struct json_keys *keys, struct str name)
{
    if (keys->count == keys->capacity) {
        keys->capacity = larger_capacity(keys->capacity, 0);
        keys->items = memory_resize(keys->memory, keys->items, keys->capacity * sizeof *keys->items);
    }
    if (keys->text == NULL || keys->size - keys->used < name.n) {
        keys->size = larger_capacity(keys->size, keys->used + name.n);
        keys->text = memory_resize(keys->memory, keys->text, keys->size);
    }
    keys->items[keys->count++] = (struct json_key){ keys->used, name.n };
    if (name.n > 0)
        memcpy(keys->text + keys->used, name.p, name.n);
    keys->used += name.n;
}

static struct str key_name(const struct json_keys *keys, size_t i)
{
    return (struct str){ keys->text + keys->items[i].start, keys->items[i].n };
}

/* Nobody who writes a document knows the seed, so nobody can make all of its keys collide. */
static uint64_t hash_key(struct json_keys *keys, struct str name)
{
    while (keys->seed == 0)
        if (getrandom(&keys->seed, sizeof keys->seed, GRND_NONBLOCK) != (ssize_t)sizeof keys->seed)
            keys->seed = (uint64_t)(uintptr_t)keys | 1;
    uint64_t hash = keys->seed ^ name.n;
    for (size_t i = 0; i < name.n; i += 8) {
        uint64_t word = 0;
        memcpy(&word, name.p + i, name.n - i < 8 ? name.n - i : 8);
        hash = (hash ^ word) * (keys->seed | 1);
        hash ^= hash >> 29;
        hash *= UINT64_C(0x9FB21C651E98DF25);
        hash ^= hash >> 32;
    }
    return hash;
}

/* The slot of name: the one that holds it, or a free one. */
static size_t find_slot(struct json_keys *keys, const struct json_frame *frame, struct str name)
{
    size_t mask = frame->slot_count - 1, slot = (size_t)hash_key(keys, name) & mask;
    while (frame->slots[slot] != 0 && !str_equal(key_name(keys, frame->first + frame->slots[slot] - 1), name))
        slot = (slot + 1) & mask;
    return slot;
}

/* A table of all keys with room for as many again. */
static void build_table(struct json_keys *keys, struct json_frame *frame)
{
    size_t count = keys->count - frame->first, slot_count = 64;
    while (slot_count < count * 4)
        slot_count *= 2;
    memory_free(keys->memory, frame->slots);
    frame->slots = NULL;
    frame->slots = memory_get(keys->memory, slot_count * sizeof *frame->slots);
    frame->slot_count = slot_count;
    for (size_t i = 0; i < count; i++)
        frame->slots[find_slot(keys, frame, key_name(keys, frame->first + i))] = i + 1;
}

static bool add_to_table(struct json_keys *keys, struct json_frame *frame, struct str name)
{
    if (frame->slots == NULL || (keys->count - frame->first + 1) * 2 > frame->slot_count)
        build_table(keys, frame);
    size_t slot = find_slot(keys, frame, name);
    if (frame->slots[slot] != 0)
        return false;
    append(keys, name);
    frame->slots[slot] = keys->count - frame->first;
    return true;
}

/* Whether name is greater than last; mostly the first bytes tell. */
static inline bool is_after(struct str name, struct str last)
{
    size_t n = name.n < last.n ? name.n : last.n, i = 0;
    while (i < n && name.p[i] == last.p[i])
        i++;
    return i < n ? (unsigned char)name.p[i] > (unsigned char)last.p[i] : name.n > last.n;
}

bool json_keys_add(struct json_keys *keys, struct str name)
{
    struct json_frame *frame = &keys->frames[keys->depth - 1];
    if (frame->is_sorted) {
        if (keys->count == frame->first || is_after(name, key_name(keys, keys->count - 1))) {
            append(keys, name);
            return true;
        }
        frame->is_sorted = false;
    }
    if (keys->count - frame->first >= FEW)
        return add_to_table(keys, frame, name);
    for (size_t i = frame->first; i < keys->count; i++)
        if (keys->items[i].n == name.n && (name.n == 0 || keys->text[keys->items[i].start] == name.p[0]) &&
            str_equal(key_name(keys, i), name))
            return false;
    append(keys, name);
    return true;
}
