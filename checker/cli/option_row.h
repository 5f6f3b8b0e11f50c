/* The options, one row each. For the command line and the configuration, which both set them. */
#ifndef TFCHECK_CLI_OPTION_ROW_H
#define TFCHECK_CLI_OPTION_ROW_H
#include "cli/options.h"

struct reading {
    struct arena *arena;
    struct options *options;
    struct error *error;
    struct str key; /* of the configuration, while that is read; no string = the command line */
};

struct option_row {
    struct str name;
    bool takes_value;
    bool (*set)(struct reading *reading, struct str value); /* false and error filled for a bad value */
    struct str key;      /* in the configuration; no string = it has none there */
    size_t list;         /* offset in struct options of the list that the command line gives anew; 0 = none */
    struct str choices;  /* what may be given, divided by spaces: FILE, RULE, FORMAT and FORMAT= stand for such; no
                            string = anything */
    struct str usual;    /* what holds when nobody sets it; no string = nothing */
};

extern const struct option_row option_rows[];
extern const size_t option_row_count;

enum { USUAL_COMMENT = 65000 }; /* bytes of Markdown: GitHub takes 65,536 characters */
#endif
