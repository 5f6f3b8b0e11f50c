/* Attribute values as one tree: what is planned, what is only known after apply, what is sensitive. */
#ifndef TFCHECK_PLAN_VALUE_H
#define TFCHECK_PLAN_VALUE_H
#include "base/str.h"
struct arena;
struct map;

enum value_kind { VALUE_NULL, VALUE_BOOL, VALUE_NUMBER, VALUE_STRING, VALUE_LIST, VALUE_OBJECT, VALUE_UNKNOWN };

/* A node. Members of an object and items of a list hang on each other by next. Sets are lists here, as in plan JSON. */
struct value {
    struct value *next;
    struct str key; /* of a member; NULL text for an item or a root */
    struct str text; /* of a VALUE_STRING or VALUE_NUMBER */
    struct value *first, *last; /* of a list or object */
    uint32_t count;             /* items or members */
    enum value_kind kind : 8;   /* the rest is packed: there are many nodes */
    bool truth : 1;        /* of a VALUE_BOOL */
    bool sensitive : 1;    /* it and all below must not reach any output */
    bool is_hidden : 1;    /* of a VALUE_UNKNOWN: the plan knows it, but the text for people does not show it */
    bool is_partial : 1;   /* of an object: it has more members; the last one, without a key, stands for them */
    bool is_of_blocks : 1; /* of a list or object of a plan for people: its children are nested blocks */
};

/* A new node of that kind in arena. */
struct value *value_make(struct arena *arena, enum value_kind kind);

/* A string node; text is not copied. */
struct value *value_make_string(struct arena *arena, struct str text);

/* Append child; for an object the child's key is set already. */
void value_add(struct value *parent, struct value *child);

/* The member of an object, or NULL; NULL too when object is NULL or no object. What a partial object does not show is an
 * unknown member. */
struct value *value_find(const struct value *object, struct str key);

/* The text of a string member, or no string. */
struct str value_find_text(const struct value *object, struct str key);

/* Whether it is a bool member that is true. */
bool value_find_truth(const struct value *object, struct str key);

/* The item at index of a list, or NULL. */
struct value *value_item(const struct value *list, size_t index);

/* A deep copy in arena. Texts are interned in strings when that is not NULL. */
struct value *value_copy(struct arena *arena, struct map *strings, const struct value *value);

/* The keys of the members of an object for which holds is true, or all when it is NULL, as one text with a line end before,
 * between and behind them; empty when there are none, or object is NULL. Interned in strings; cut after 4 KiB. */
struct str value_list_keys(struct map *strings, const struct value *object, bool (*holds)(const struct value *member));

/* Whether it is unknown, or something in it is. */
bool value_has_unknown(const struct value *value);

/* Equal in kind and content; numbers by value, members in any order. Unknown equals nothing. */
bool value_equal(const struct value *a, const struct value *b);

/* Put mask, an after_unknown tree, over root: where the mask is true the value becomes unknown. */
void value_mark_unknown(struct arena *arena, struct value *root, const struct value *mask);

/* Put mask, an after_sensitive tree, over root: where the mask is true the value is marked sensitive. */
void value_mark_sensitive(struct arena *arena, struct value *root, const struct value *mask);
#endif
