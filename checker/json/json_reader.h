/* The reader's inside, shared by the files of json_read. */
#ifndef TFCHECK_JSON_JSON_READER_H
#define TFCHECK_JSON_JSON_READER_H
#include "json/json_keys.h"
#include "json/json_read.h"
#include "json/json_screen.h"
#include "json/json_syntax.h"

#include <stdarg.h>
#include <yajl/yajl_parse.h>

/* A key with its quotes, and where it stands next in the chunk. */
struct json_cheap {
    struct str quoted;
    size_t next;
    bool is_past; /* it stood in the outermost object, where it cannot stand again */
};

/* What happens to the events of yajl. */
enum json_mode {
    JSON_REPORT,
    JSON_MUTE, /* a value is skipped, but yajl reads it */
    JSON_PASS  /* a value is skipped and yajl does not see it */
};

/* Offsets count the bytes of the document from 0. */
struct json_reader {
    const struct json_events *events;
    void *context;
    struct error *error;
    struct str file;
    struct memory *memory;
    yajl_handle yajl;
    yajl_alloc_funcs yajl_memory;
    struct json_cheap *cheap;
    size_t cheap_count;

    bool has_failed, is_complete;
    enum json_mode mode;
    unsigned skip_depth; /* depth of the object that has the skipped value */
    bool skip_asked;     /* by the key event that runs */

    struct json_syntax syntax; /* where the document stands at the offset `read` */
    size_t read;               /* end of the last event's token, or further */
    struct json_screen screen;
    struct json_keys keys;

    const char *chunk; /* what json_feed was given; NULL outside it */
    size_t chunk_start, chunk_used;
    size_t line, line_start; /* number and offset of the line in which the chunk begins; lines from 0 */

    const char *part; /* the piece of the chunk that yajl reads */
    size_t part_start;
    size_t carried_end; /* end of the token that was begun before the part, if any; else 0 */
    size_t token_n; /* bytes of the last event's token; 0 = of a string, not known */

    char *held; /* the middle of a long token, kept from yajl until its end is there */
    size_t held_n, held_size;
};

/* What yajl calls, with the reader as context. */
extern const yajl_callbacks json_reader_callbacks;

/* Fail at an offset of the document. Returns false. */
bool json_reader_refuse(struct json_reader *reader, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Fail with the problem of the syntax, found at the offset `read`. Returns false. */
bool json_reader_refuse_syntax(struct json_reader *reader);

/* Offset of the beginning of the last event's token. */
size_t json_reader_token(const struct json_reader *reader);
#endif
