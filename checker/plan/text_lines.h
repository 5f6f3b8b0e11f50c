/* Divides an input that comes in chunks into lines. */
#ifndef TFCHECK_PLAN_TEXT_LINES_H
#define TFCHECK_PLAN_TEXT_LINES_H
#include "base/str.h"
struct arena;

/* Takes the next line of n bytes, without its line end, which it may change. False stops the reading. */
typedef bool text_lines_take(void *context, char *line, size_t n);

struct text_lines {
    struct arena *arena;
    text_lines_take *take;
    void *context;
    char *line; /* n bytes of a line that has not ended */
    size_t n, capacity;
};

/* Start. What is kept between chunks is freed with arena. */
void text_lines_start(struct text_lines *lines, struct arena *arena, text_lines_take *take, void *context);

/* Read the next bytes. False when a line was not taken. */
bool text_lines_feed(struct text_lines *lines, const char *bytes, size_t n);

/* The input has ended: the last line may lack its line end. */
bool text_lines_close(struct text_lines *lines);
#endif
