/* The keys of the objects that are open, to find those that stand twice. */
#ifndef TFCHECK_JSON_JSON_KEYS_H
#define TFCHECK_JSON_JSON_KEYS_H
#include "base/str.h"
struct memory;
struct json_key;
struct json_frame;

/* All zero but for memory is a document without open objects. */
struct json_keys {
    struct memory *memory;
    struct json_frame *frames; /* one per open object */
    size_t depth, frame_capacity;
    struct json_key *items; /* of all of them */
    size_t count, capacity;
    char *text; /* where the items' bytes lie */
    size_t used, size;
    uint64_t seed; /* of the hash; 0 = not chosen yet */
};

/* An object begins, or the innermost one ends and its keys are forgotten. */
void json_keys_open(struct json_keys *keys);
void json_keys_close(struct json_keys *keys);

/* Add a key to the innermost object. False when it is there already. */
bool json_keys_add(struct json_keys *keys, struct str name);

/* Give everything back. */
void json_keys_free(struct json_keys *keys);
#endif
