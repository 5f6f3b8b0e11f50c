#include "base/arena.h"
#include "base/error.h"
#include "base/number.h"
#include "hcl/expression.h"
#include "match/regex.h"
#include "plan/value.h"
#include "plan/value_build.h"
#include "schema/schema_walk.h"

enum { LONGEST_SHOWN = 80, MOST_MEMBERS = 16 };

static struct str leaf_name(const struct trail *trail)
{
    while (trail->name.p == NULL && trail->outer != NULL)
        trail = trail->outer;
    return trail->name;
}

static bool is_hidden(const struct trail *trail, const struct schema_item *item)
{
    bool is_sensitive = item->sensitive || item->write_only;
    for (; trail != NULL; trail = trail->outer)
        is_sensitive |= trail->sensitive;
    return is_sensitive;
}

/* A value for messages. */
static struct str show(const struct schema_check *check, const struct schema_item *item, struct str text,
                       const struct trail *trail)
{
    if (is_hidden(trail, item))
        return STR("(sensitive)");
    if (text.n <= LONGEST_SHOWN)
        return text;
    return arena_format(check->arena, "%.*s...", LONGEST_SHOWN, text.p);
}

static struct str show_members(struct arena *arena, const struct schema_constraint *constraint)
{
    struct str text = STR("[");
    for (size_t i = 0; i < constraint->member_count && i < MOST_MEMBERS; i++)
        text = arena_format(arena, "%.*s%s\"%.*s\"", STR_ARG(text), i == 0 ? "" : " ", STR_ARG(constraint->members[i]));
    if (constraint->member_count > MOST_MEMBERS)
        return arena_format(arena, "%.*s ... %zu in all]", STR_ARG(text), constraint->member_count);
    return arena_format(arena, "%.*s]", STR_ARG(text));
}

static void check_enum(const struct schema_check *check, const struct schema_item *item,
                       const struct schema_constraint *constraint, struct str text, const struct trail *trail)
{
    enum schema_problem_kind kind = constraint->source == SOURCE_API ? PROBLEM_API_ENUM : PROBLEM_ENUM;
    for (size_t i = 0; i < constraint->member_count; i++) {
        if (str_equal(constraint->members[i], text) ||
            (number_is_valid(text) && number_is_valid(constraint->members[i]) &&
             number_compare(text, constraint->members[i]) == 0))
            return;
        if (str_equal_ignoring_case(constraint->members[i], text))
            kind = PROBLEM_ENUM_CASE;
    }
    struct str members = show_members(check->arena, constraint), shown = show(check, item, text, trail);
    schema_complain(check, kind, trail, "expected %.*s to be one of %.*s, got %.*s", STR_ARG(leaf_name(trail)),
                    STR_ARG(members), STR_ARG(shown));
}

static bool is_outside(struct str number, const struct schema_constraint *constraint)
{
    return (constraint->least.p != NULL && number_compare(number, constraint->least) < 0) ||
           (constraint->most.p != NULL && number_compare(number, constraint->most) > 0);
}

static struct str show_bounds(struct arena *arena, const struct schema_constraint *constraint)
{
    struct str least = constraint->least, most = constraint->most;
    if (least.p == NULL)
        return arena_format(arena, "at most %.*s", STR_ARG(most));
    if (most.p == NULL)
        return arena_format(arena, "at least %.*s", STR_ARG(least));
    return arena_format(arena, "in the range (%.*s - %.*s)", STR_ARG(least), STR_ARG(most));
}

static void check_range(const struct schema_check *check, const struct schema_item *item,
                        const struct schema_constraint *constraint, struct str text, const struct trail *trail)
{
    if (!number_is_valid(text) || !is_outside(text, constraint))
        return;
    struct str bounds = show_bounds(check->arena, constraint), shown = show(check, item, text, trail);
    bool is_api = constraint->source == SOURCE_API;
    /* the provider's way of saying that nothing is set */
    if ((is_api || !check->is_configuration) && (str_equal(text, STR("0")) || str_equal(text, STR("-1"))))
        return;
    schema_complain(check, is_api ? PROBLEM_API_RANGE : PROBLEM_RANGE, trail, "expected %.*s to be %.*s, got %.*s",
                    STR_ARG(leaf_name(trail)), STR_ARG(bounds), STR_ARG(shown));
}

static size_t count_characters(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.n; i++)
        count += ((unsigned char)text.p[i] & 0xc0) != 0x80;
    return count;
}

/* The provider counts bytes, AWS counts characters: what breaks the bound by either count is sure to break it. */
static void check_length(const struct schema_check *check, const struct schema_constraint *constraint, struct str text,
                         const struct trail *trail)
{
    size_t most, least;
    bool is_long = constraint->most.p != NULL && number_to_size(constraint->most, 1U << 30, &most) &&
                   count_characters(text) > most;
    bool is_short =
        constraint->least.p != NULL && number_to_size(constraint->least, 1U << 30, &least) && text.n < least;
    if (!is_long && !is_short)
        return;
    struct str bounds = show_bounds(check->arena, constraint);
    schema_complain(check, constraint->source == SOURCE_API ? PROBLEM_API_LENGTH : PROBLEM_LENGTH, trail,
                    "expected length of %.*s to be %.*s, got %zu characters", STR_ARG(leaf_name(trail)),
                    STR_ARG(bounds), count_characters(text));
}

static void check_pattern(const struct schema_check *check, const struct schema_item *item,
                          const struct schema_constraint *constraint, struct str text, const struct trail *trail)
{
    static const enum schema_problem_kind kinds[] = { [SOURCE_PROVIDER] = PROBLEM_PATTERN,
                                                      [SOURCE_TEXT] = PROBLEM_TEXT_PATTERN,
                                                      [SOURCE_API] = PROBLEM_API_PATTERN };
    if (regex_match(constraint->regex, text) != REGEX_NO_MATCH)
        return;
    struct str shown = show(check, item, text, trail);
    schema_complain(check, kinds[constraint->source], trail, "expected %.*s to match \"%.*s\", got %.*s",
                    STR_ARG(leaf_name(trail)), STR_ARG(constraint->text), STR_ARG(shown));
}

void schema_check_template(const struct schema_check *check, const struct schema_item *item, const struct value *value,
                           const struct trail *trail)
{
    struct template template;
    if (value->text.n == 0 || !template_read(check->arena, value->text, &template))
        return;
    for (size_t i = 0; i < item->constraint_count; i++) {
        const struct schema_constraint *constraint = &item->constraints[i];
        if (!constraint->is_charset || constraint->rule.p != NULL)
            continue;
        for (size_t p = 0; p < template.part_count; p++)
            if (template.parts[p].literal.n > 0)
                check_pattern(check, item, constraint, template.parts[p].literal, trail);
    }
}

/* JSON has to be read to its end; other forms show at a look. */
static bool has_form(struct arena *arena, struct str text, struct str form)
{
    struct error ignored = { 0 };
    if (!schema_has_form(text, form))
        return false;
    return !str_equal(form, STR("json")) || value_read(arena, text, &ignored) != NULL;
}

static void check_form(const struct schema_check *check, const struct schema_item *item,
                       const struct schema_constraint *constraint, struct str text, const struct trail *trail)
{
    if (has_form(check->arena, text, constraint->text))
        return;
    struct str words = schema_form_words(constraint->text), shown = show(check, item, text, trail);
    schema_complain(check, PROBLEM_FORM, trail, "expected %.*s to be %.*s, got %.*s", STR_ARG(leaf_name(trail)),
                    STR_ARG(words), STR_ARG(shown));
}

/* An empty text is the provider's way of saying that nothing is set, unless it refuses just that. */
static void check_scalar(const struct schema_check *check, const struct schema_item *item,
                         const struct schema_constraint *constraint, const struct value *value,
                         const struct trail *trail)
{
    struct str text = value->kind == VALUE_BOOL ? (value->truth ? STR("true") : STR("false")) : value->text;
    bool is_required_length = constraint->kind == CONSTRAINT_LENGTH && constraint->source == SOURCE_PROVIDER &&
                              check->is_configuration;
    if (text.n == 0 && constraint->kind == CONSTRAINT_NOT_EMPTY && check->is_configuration)
        schema_complain(check, PROBLEM_EMPTY, trail, "%.*s must not be empty", STR_ARG(leaf_name(trail)));
    if (text.n == 0 && !is_required_length)
        return;
    switch (constraint->kind) {
    case CONSTRAINT_ENUM: check_enum(check, item, constraint, text, trail); break;
    case CONSTRAINT_RANGE: check_range(check, item, constraint, text, trail); break;
    case CONSTRAINT_LENGTH: check_length(check, constraint, text, trail); break;
    case CONSTRAINT_PATTERN: check_pattern(check, item, constraint, text, trail); break;
    case CONSTRAINT_FORM: check_form(check, item, constraint, text, trail); break;
    case CONSTRAINT_ITEMS:
    case CONSTRAINT_NOT_EMPTY:
    case CONSTRAINT_COUNT: break;
    }
}

static void check_items(const struct schema_check *check, const struct schema_constraint *constraint,
                        const struct value *value, const struct trail *trail)
{
    struct str count = arena_format(check->arena, "%u", value->count);
    if (value->count == 0 || !is_outside(count, constraint))
        return;
    struct str bounds = show_bounds(check->arena, constraint);
    schema_complain(check, PROBLEM_API_ITEMS, trail, "expected the number of items of %.*s to be %.*s, got %u",
                    STR_ARG(leaf_name(trail)), STR_ARG(bounds), value->count);
}

void schema_check_constraints(const struct schema_check *check, const struct schema_item *item,
                              const struct value *value, const struct trail *trail)
{
    bool is_list = value->kind == VALUE_LIST, is_container = is_list || value->kind == VALUE_OBJECT;
    for (size_t i = 0; i < item->constraint_count; i++) {
        const struct schema_constraint *constraint = &item->constraints[i];
        if (constraint->rule.p != NULL)
            continue;
        if (constraint->kind == CONSTRAINT_ITEMS) {
            if (is_container)
                check_items(check, constraint, value, trail);
        } else if (!is_container) {
            check_scalar(check, item, constraint, value, trail);
        }
        struct trail inner = { .outer = trail };
        for (const struct value *one = is_list && constraint->kind != CONSTRAINT_ITEMS ? value->first : NULL;
             one != NULL; one = one->next, inner.index++) {
            inner.sensitive = one->sensitive;
            if (one->kind == VALUE_STRING || one->kind == VALUE_NUMBER)
                check_scalar(check, item, constraint, one, &inner);
        }
    }
}
