/* Reads plan JSON and state JSON in one pass, in any order of keys. */
#ifndef TFCHECK_PLAN_PLAN_READ_H
#define TFCHECK_PLAN_PLAN_READ_H
#include "base/str.h"
struct arena;
struct error;
struct plan;
struct plan_reader; /* opaque */
struct resource;

/* What the reader tells while it reads. */
struct plan_events {
    /* A resource is complete. It and all its parts are gone when the function returns. */
    void (*resource)(void *context, const struct resource *resource);
    /* Whether the expression of that attribute in that resource block has to be kept in plan->configuration; with no
     * string for the attribute, whether the block has to be kept at all; with an empty one, whether any attribute of it;
     * with "*", whether all that it refers to has to be kept.
     * The block is named by its address without instance keys; most plans name the resources before their blocks. */
    bool (*wants)(void *context, struct str configuration_key, struct str type, struct str attribute);
};

/* A reader that fills plan, which was zeroed but for its arena. Works in scratch, which it resets after every resource.
 * file names the input in errors; no string = standard input. */
struct plan_reader *plan_open(struct plan *plan, struct arena *scratch, const struct plan_events *events, void *context,
                              struct str file, struct error *error);

/* A reader of plan text for people with the same plan, events and error, in the place of this one. */
struct text_reader *plan_open_text(struct plan_reader *reader);

/* The same for a log stream. */
struct log_reader *plan_open_log(struct plan_reader *reader);

/* Read the next bytes, in chunks of any size. False after an error. */
bool plan_feed(struct plan_reader *reader, const char *bytes, size_t n);

/* Whether the document has ended, and how many bytes of the last chunk belong to it. */
bool plan_is_complete(const struct plan_reader *reader, size_t *used);

/* The input has ended. False when the document is incomplete, or is neither plan nor state: the error then says what it
 * is and how to make the right file. */
bool plan_close(struct plan_reader *reader);
#endif
