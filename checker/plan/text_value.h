/* Builds the values of a resource out of the lines of a plan for people: what will exist after apply. */
#ifndef TFCHECK_PLAN_TEXT_VALUE_H
#define TFCHECK_PLAN_TEXT_VALUE_H
#include "plan/text_line.h"
#include "plan/value.h"

enum { TEXT_DEPTH_MAX = 128 };

enum text_frame_kind { TEXT_BLOCK, TEXT_OBJECT, TEXT_LIST, TEXT_ENCODED, TEXT_HEREDOC };

/* The place that a value goes to. */
struct text_slot {
    struct str key;   /* of an attribute, a block or an element of a map; no string for an item of a list */
    struct str label; /* of a block that has one; else no string */
    bool is_block;
    enum text_mark mark;
    size_t column;
};

/* A value that goes on in the next line. */
struct text_frame {
    enum text_frame_kind kind;
    struct text_slot slot;   /* where it goes in the frame below */
    struct value *value;     /* what has come so far; of an encoded value the decoded one, of a here document its lines */
    bool is_created;         /* nothing of it existed before: what is hidden is null */
    bool is_partial;         /* attributes or elements are hidden */
    bool hides_blocks;
    bool is_secret;          /* its contents are hidden because they are sensitive */
    bool is_yaml;            /* of an encoded value */
};

/* Zero it and start it. */
struct text_builder {
    struct arena *arena;
    struct text_frame frames[TEXT_DEPTH_MAX];
    size_t depth;
    struct value *root;          /* the attributes, when it is done */
    struct value *replace_paths; /* list of lists of names and indices, or NULL */
};

enum text_progress { TEXT_MORE, TEXT_DONE, TEXT_WRONG };

/* Start the body of a resource behind its opening brace. Everything is made in arena. is_created tells that the resource
 * does not exist yet. */
void text_build_start(struct text_builder *builder, struct arena *arena, bool is_created);

/* Read the next line. TEXT_DONE at the closing brace of the body; TEXT_WRONG when it cannot stand there. */
enum text_progress text_build_line(struct text_builder *builder, const struct text_line *line);
#endif
