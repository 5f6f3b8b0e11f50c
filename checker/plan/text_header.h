/* The comment above a resource of a plan for people: which resource it is and what will be done with it. */
#ifndef TFCHECK_PLAN_TEXT_HEADER_H
#define TFCHECK_PLAN_TEXT_HEADER_H
#include "plan/resource.h"
#include "plan/text_line.h"

struct text_header {
    struct resource resource; /* all but its values; actions are 0 when the comment has no words that are known */
    bool is_judged;           /* false for drift, and for what was deferred */
    bool is_deferred;
};

/* Read a line such as "  # aws_sqs_queue.main will be created". False when it is no such line. Texts are copied to arena. */
bool text_header_read(struct arena *arena, const struct text_line *line, struct text_header *header);

/* Read a further line of the comment, such as "  # (because aws_sqs_queue.main is not in configuration)". */
void text_header_add(struct arena *arena, const struct text_line *line, struct text_header *header);

/* Whether line opens the block of a resource or data source; *is_empty tells that it closes it too. Sets the actions from
 * the mark when the comment gave none. */
bool text_header_open_block(const struct text_line *line, struct text_header *header, bool *is_empty);
#endif
