#include "rules/operation.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/number.h"
#include "match/cidr.h"
#include "match/regex.h"
#include "plan/value_build.h"
#include "rules/attribute.h"

static enum truth from_bool(bool is_true)
{
    return is_true ? TRUTH_TRUE : TRUTH_FALSE;
}

/* A scalar as text. No string for lists and objects. */
static struct str text_of(const struct value *value)
{
    if (value->kind == VALUE_BOOL)
        return value->truth ? STR("true") : STR("false");
    return value->kind == VALUE_STRING || value->kind == VALUE_NUMBER ? value->text : (struct str){ NULL, 0 };
}

/* A number or bool may stand in a string: providers and JSON documents differ in that. */
static bool is_same(const struct value *a, const struct value *b)
{
    if (a->kind == b->kind)
        return value_equal(a, b);
    struct str left = text_of(a), right = text_of(b);
    return left.p != NULL && right.p != NULL && str_equal(left, right);
}

static enum truth test_equals(const struct operation_case *test)
{
    const struct value *value = test->value, *operand = test->operand;
    if (is_same(value, operand))
        return TRUTH_TRUE;
    bool is_open = value_has_unknown(value) || value_has_unknown(operand);
    bool can_be_same = operand->kind == VALUE_UNKNOWN || (value->kind == operand->kind && value->count == operand->count);
    return is_open && can_be_same ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

static bool is_in(const struct value *value, const struct value *list)
{
    if (list->kind != VALUE_LIST)
        return is_same(value, list);
    for (const struct value *item = list->first; item != NULL; item = item->next)
        if (item->kind != VALUE_UNKNOWN && is_same(value, item))
            return true;
    return false;
}

static enum truth test_in(const struct operation_case *test)
{
    if (is_in(test->value, test->operand))
        return TRUTH_TRUE;
    return test->operand_is_partial ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

static enum truth test_matches(const struct operation_case *test)
{
    struct str text = text_of(test->value);
    bool gave_up = false;
    if (text.p == NULL)
        return TRUTH_FALSE;
    for (struct regex **regex = test->condition->operand.regexes; *regex != NULL; regex++) {
        enum regex_answer found = regex_match(*regex, text);
        if (found == REGEX_MATCH)
            return TRUTH_TRUE;
        gave_up |= found == REGEX_GAVE_UP;
    }
    return gave_up ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

/* Whether relation(text of the value, some text of the operand) holds. */
static enum truth test_texts(const struct operation_case *test, bool (*relation)(struct str, struct str))
{
    struct str text = text_of(test->value);
    if (text.p == NULL)
        return TRUTH_FALSE;
    if (test->operand->kind != VALUE_LIST)
        return from_bool(relation(text, text_of(test->operand)));
    for (const struct value *item = test->operand->first; item != NULL; item = item->next)
        if (relation(text, text_of(item)))
            return TRUTH_TRUE;
    return TRUTH_FALSE;
}

static enum truth test_starts_with(const struct operation_case *test)
{
    return test_texts(test, str_starts_with);
}

static enum truth test_ends_with(const struct operation_case *test)
{
    return test_texts(test, str_ends_with);
}

static bool has_part(struct str text, struct str part)
{
    return str_find(text, part) >= 0;
}

static bool has_unknown(const struct value *list)
{
    for (const struct value *item = list->first; item != NULL; item = item->next)
        if (item->kind == VALUE_UNKNOWN)
            return true;
    return false;
}

static enum truth test_contains(const struct operation_case *test)
{
    if (test->value->kind != VALUE_LIST)
        return test_texts(test, has_part);
    if (is_in(test->operand, test->value))
        return TRUTH_TRUE;
    return has_unknown(test->value) ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

static enum truth test_contains_any(const struct operation_case *test)
{
    const struct value *value = test->value;
    for (const struct value *item = value->kind == VALUE_LIST ? value->first : value; item != NULL;
         item = value->kind == VALUE_LIST ? item->next : NULL)
        if (item->kind != VALUE_UNKNOWN && is_in(item, test->operand))
            return TRUTH_TRUE;
    return has_unknown(value) || test->operand_is_partial ? TRUTH_UNKNOWN : TRUTH_FALSE;
}

/* Order of two numbers; false when one is no number. */
static bool compare_numbers(const struct value *a, const struct value *b, int *order)
{
    struct str left = text_of(a), right = text_of(b);
    if (left.p == NULL || right.p == NULL || !number_is_valid(left) || !number_is_valid(right))
        return false;
    *order = number_compare(left, right);
    return true;
}

static enum truth test_at_least(const struct operation_case *test)
{
    int order = 0;
    return from_bool(compare_numbers(test->value, test->operand, &order) && order >= 0);
}

static enum truth test_at_most(const struct operation_case *test)
{
    int order = 0;
    return from_bool(compare_numbers(test->value, test->operand, &order) && order <= 0);
}

static enum truth test_more_than(const struct operation_case *test)
{
    int order = 0;
    return from_bool(compare_numbers(test->value, test->operand, &order) && order > 0);
}

static enum truth test_less_than(const struct operation_case *test)
{
    int order = 0;
    return from_bool(compare_numbers(test->value, test->operand, &order) && order < 0);
}

static size_t count_characters(struct str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += ((unsigned char)text.p[i] & 0xc0) != 0x80;
    return n;
}

/* Characters of a text, items of a list, members of an object. */
static enum truth test_length(const struct operation_case *test)
{
    struct str text = text_of(test->value);
    size_t n = text.p != NULL ? count_characters(text) : test->value->count;
    struct value length = { .kind = VALUE_NUMBER,
                            .text = arena_format(test->evaluation->scratch, "%zu", n) };
    int order = 0;
    if (test->operand->kind != VALUE_OBJECT)
        return from_bool(compare_numbers(&length, test->operand, &order) && order == 0);
    const struct value *exact = value_find(test->operand, STR("equals"));
    const struct value *least = value_find(test->operand, STR("at_least"));
    const struct value *most = value_find(test->operand, STR("at_most"));
    if (exact != NULL && (!compare_numbers(&length, exact, &order) || order != 0))
        return TRUTH_FALSE;
    if (least != NULL && (!compare_numbers(&length, least, &order) || order < 0))
        return TRUTH_FALSE;
    return from_bool(most == NULL || (compare_numbers(&length, most, &order) && order <= 0));
}

/* Lists of configuration are short: every pair is compared. */
static enum truth test_unique(const struct operation_case *test)
{
    for (const struct value *a = test->value->first; a != NULL; a = a->next)
        for (const struct value *b = a->next; b != NULL; b = b->next)
            if (value_equal(a, b))
                return TRUTH_FALSE;
    return has_unknown(test->value) ? TRUTH_UNKNOWN : TRUTH_TRUE;
}

static enum truth test_subset_of(const struct operation_case *test)
{
    const struct value *value = test->value;
    enum truth truth = TRUTH_TRUE;
    for (const struct value *item = value->kind == VALUE_LIST ? value->first : value; item != NULL;
         item = value->kind == VALUE_LIST ? item->next : NULL) {
        if (item->kind != VALUE_UNKNOWN && is_in(item, test->operand))
            continue;
        if (item->kind != VALUE_UNKNOWN && !test->operand_is_partial)
            return TRUTH_FALSE;
        truth = TRUTH_UNKNOWN;
    }
    return truth;
}

static bool has_key(const struct value *object, struct str key)
{
    const struct value *member = value_find(object, key);
    return member != NULL && member->kind != VALUE_NULL;
}

static enum truth test_has_keys(const struct operation_case *test)
{
    if (test->operand->kind != VALUE_LIST)
        return from_bool(has_key(test->value, text_of(test->operand)));
    for (const struct value *key = test->operand->first; key != NULL; key = key->next)
        if (!has_key(test->value, text_of(key)))
            return TRUTH_FALSE;
    return TRUTH_TRUE;
}

static bool is_within(struct str text, struct str range)
{
    struct cidr inner, outer;
    return cidr_parse(text, &inner) && cidr_parse(range, &outer) && cidr_contains(&outer, &inner);
}

static enum truth test_cidr_within(const struct operation_case *test)
{
    return test_texts(test, is_within);
}

static bool is_json(struct arena *arena, struct str text)
{
    struct error ignored = { 0 };
    return value_read(arena, text, &ignored) != NULL;
}

/* arn:partition:service:region:account:resource, as the AWS General Reference has it. */
static bool is_arn(struct arena *arena, struct str text)
{
    (void)arena;
    size_t colons = 0;
    for (size_t i = 0; i < text.n; i++)
        colons += text.p[i] == ':';
    return str_starts_with(text, STR("arn:aws")) && colons >= 5 && text.p[text.n - 1] != ':';
}

static bool is_cidr(struct arena *arena, struct str text)
{
    (void)arena;
    struct cidr cidr;
    return cidr_parse(text, &cidr);
}

static bool is_number(struct arena *arena, struct str text)
{
    (void)arena;
    return number_is_valid(text);
}

static const struct {
    struct str name;
    bool (*is)(struct arena *arena, struct str text);
} kinds[] = {
    { STR_INIT("json"), is_json },
    { STR_INIT("arn"), is_arn },
    { STR_INIT("cidr"), is_cidr },
    { STR_INIT("number"), is_number },
};

bool operation_is_kind(struct str text)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_equal(kinds[i].name, text))
            return true;
    return false;
}

static enum truth test_is(const struct operation_case *test)
{
    struct str text = text_of(test->value);
    for (size_t i = 0; text.p != NULL && i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_equal(kinds[i].name, test->operand->text))
            return from_bool(kinds[i].is(test->evaluation->scratch, text));
    return TRUTH_FALSE;
}

/* Judge the nested condition on every item; a value that is no list counts as its only item. */
static enum truth test_items(const struct operation_case *test, enum truth decisive)
{
    const struct value *value = test->value;
    enum truth truth = decisive == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
    size_t outer = test->evaluation->item, number = 0;
    for (const struct value *item = value->kind == VALUE_LIST ? value->first : value; item != NULL && truth != decisive;
         item = value->kind == VALUE_LIST ? item->next : NULL) {
        test->evaluation->item = number++;
        enum truth one = condition_test_item(test->evaluation, test->condition->operand.nested, item);
        if (one == decisive || one == TRUTH_UNKNOWN)
            truth = one;
    }
    test->evaluation->item = outer;
    return truth;
}

/* What an item is known by: the texts of its members with the given names. No string when one is unknown or missing. */
static struct str key_of_item(struct arena *arena, const struct value *item, const struct value *names)
{
    struct str key = { "", 0 };
    const struct value *name = names->kind == VALUE_LIST ? names->first : names;
    for (; name != NULL; name = names->kind == VALUE_LIST ? name->next : NULL) {
        const struct value *member = value_find(item, name->text);
        struct str text = member == NULL ? (struct str){ NULL, 0 } : text_of(member);
        if (text.p == NULL)
            return (struct str){ NULL, 0 };
        key = arena_join(arena, (struct str[]){ key, STR("\n"), text }, 3);
    }
    return key;
}

static enum truth test_unique_by(const struct operation_case *test)
{
    struct map seen;
    bool is_open = false;
    struct arena *arena = test->evaluation->scratch;
    map_init(&seen, arena);
    for (const struct value *item = test->value->first; item != NULL; item = item->next) {
        struct str key = key_of_item(arena, item, test->operand);
        is_open |= key.p == NULL;
        if (key.p == NULL)
            continue;
        void **place = map_get(&seen, key);
        if (*place != NULL)
            return TRUTH_FALSE;
        *place = test->evaluation;
    }
    return is_open ? TRUTH_UNKNOWN : TRUTH_TRUE;
}

static enum truth test_unique_ignoring_case(const struct operation_case *test)
{
    struct map seen;
    map_init(&seen, test->evaluation->scratch);
    for (const struct value *item = test->value->first; item != NULL; item = item->next) {
        char *folded = arena_get_text(test->evaluation->scratch, item->text.n + 1);
        for (size_t i = 0; i < item->text.n; i++)
            folded[i] = item->text.p[i] >= 'A' && item->text.p[i] <= 'Z' ? (char)(item->text.p[i] + 32) : item->text.p[i];
        void **place = map_get(&seen, (struct str){ folded, item->text.n });
        if (*place != NULL)
            return TRUTH_FALSE;
        *place = test->evaluation;
    }
    return attribute_has_unknown_item(test->value) ? TRUTH_UNKNOWN : TRUTH_TRUE;
}

static enum truth test_some(const struct operation_case *test)
{
    return test_items(test, TRUTH_TRUE);
}

static enum truth test_every(const struct operation_case *test)
{
    return test_items(test, TRUTH_FALSE);
}

static const struct operation operations[] = {
    { STR_INIT("equals"), FORM_ANY, BASIS_VALUE, false, test_equals, END_NONE },
    { STR_INIT("in"), FORM_LIST, BASIS_VALUE, false, test_in, END_NONE },
    { STR_INIT("matches"), FORM_PATTERNS, BASIS_VALUE, false, test_matches, END_NONE },
    { STR_INIT("starts_with"), FORM_TEXTS, BASIS_VALUE, false, test_starts_with, END_BEGINNING },
    { STR_INIT("ends_with"), FORM_TEXTS, BASIS_VALUE, false, test_ends_with, END_END },
    { STR_INIT("contains"), FORM_SCALAR, BASIS_VALUE, false, test_contains, END_NONE },
    { STR_INIT("contains_any"), FORM_LIST, BASIS_VALUE, false, test_contains_any, END_NONE },
    { STR_INIT("at_least"), FORM_NUMBER, BASIS_VALUE, false, test_at_least, END_NONE },
    { STR_INIT("at_most"), FORM_NUMBER, BASIS_VALUE, false, test_at_most, END_NONE },
    { STR_INIT("more_than"), FORM_NUMBER, BASIS_VALUE, false, test_more_than, END_NONE },
    { STR_INIT("less_than"), FORM_NUMBER, BASIS_VALUE, false, test_less_than, END_NONE },
    { STR_INIT("length"), FORM_LENGTH, BASIS_VALUE, false, test_length, END_NONE },
    { STR_INIT("unique"), FORM_TRUE, BASIS_VALUE, false, test_unique, END_NONE },
    { STR_INIT("unique_by"), FORM_TEXTS, BASIS_VALUE, true, test_unique_by, END_NONE },
    { STR_INIT("unique_ignoring_case"), FORM_TRUE, BASIS_VALUE, true, test_unique_ignoring_case, END_NONE },
    { STR_INIT("subset_of"), FORM_LIST, BASIS_VALUE, false, test_subset_of, END_NONE },
    { STR_INIT("has_keys"), FORM_TEXTS, BASIS_VALUE, false, test_has_keys, END_NONE },
    { STR_INIT("cidr_within"), FORM_TEXTS, BASIS_VALUE, false, test_cidr_within, END_NONE },
    { STR_INIT("is"), FORM_KIND, BASIS_VALUE, false, test_is, END_NONE },
    { STR_INIT("some"), FORM_CONDITION, BASIS_VALUE, false, test_some, END_NONE },
    { STR_INIT("every"), FORM_CONDITION, BASIS_VALUE, true, test_every, END_NONE },
    { STR_INIT("present"), FORM_TRUE, BASIS_PRESENCE, false, NULL, END_NONE },
    { STR_INIT("absent"), FORM_TRUE, BASIS_PRESENCE, true, NULL, END_NONE },
    { STR_INIT("refers_to"), FORM_TEXTS, BASIS_REFERENCE, false, NULL, END_NONE },
    { STR_INIT("written_as"), FORM_PATTERNS, BASIS_TEMPLATE, false, test_matches, END_NONE },
    { STR_INIT("literal"), FORM_TRUE, BASIS_WRITTEN, false, NULL, END_NONE },
};

enum { OPERATION_COUNT = sizeof operations / sizeof operations[0] };

const struct operation *operation_find(struct str name)
{
    for (size_t i = 0; i < OPERATION_COUNT; i++)
        if (str_equal(operations[i].name, name))
            return &operations[i];
    return NULL;
}

struct str operation_name(size_t i)
{
    return i < OPERATION_COUNT ? operations[i].name : (struct str){ NULL, 0 };
}
