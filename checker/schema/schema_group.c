#include "base/arena.h"
#include "plan/value.h"
#include "schema/schema_walk.h"

enum { MOST_PATHS = 64 };

/* Whether an argument is set. */
enum setting {
    SETTING_NOT,
    SETTING_PERHAPS, /* it may be null, or the provider's default */
    SETTING_SURELY
};

static bool is_empty(const struct value *value)
{
    return (value->kind == VALUE_STRING && value->text.n == 0) ||
           ((value->kind == VALUE_LIST || value->kind == VALUE_OBJECT) && value->count == 0);
}

/* Planned values hold the provider's defaults too, which are bools, numbers or names out of a list. */
static bool may_be_default(const struct schema_item *item, const struct value *value)
{
    if (item->computed || value->kind == VALUE_BOOL || value->kind == VALUE_NUMBER)
        return true;
    for (size_t i = 0; i < item->constraint_count; i++)
        if (item->constraints[i].kind == CONSTRAINT_ENUM)
            return true;
    return false;
}

static enum setting find_setting(const struct schema_check *check, const struct schema_block *block,
                                 const struct value *value, struct str path)
{
    for (;;) {
        ptrdiff_t dot = str_find_byte(path, '.');
        struct str name = str_part(path, 0, dot < 0 ? path.n : (size_t)dot);
        const struct schema_item *item = schema_find_item(block, name);
        if (value->kind == VALUE_LIST && value->count == 1)
            value = value->first;
        if (value->kind == VALUE_UNKNOWN || value->kind == VALUE_LIST || item == NULL)
            return SETTING_PERHAPS;
        if (check->is_configuration && item->is_block && schema_is_dynamic(value, name))
            return SETTING_PERHAPS;
        const struct value *member = value_find(value, name);
        if (member == NULL || member->kind == VALUE_NULL)
            return SETTING_NOT;
        if (member->kind == VALUE_UNKNOWN)
            return SETTING_PERHAPS;
        if (is_empty(member))
            return check->is_configuration && item->block == NULL ? SETTING_PERHAPS : SETTING_NOT;
        if (dot < 0)
            return !check->is_configuration && may_be_default(item, member) ? SETTING_PERHAPS : SETTING_SURELY;
        if (item->block == NULL)
            return SETTING_PERHAPS;
        block = item->block;
        value = member;
        path = str_from_offset(path, (size_t)dot + 1);
    }
}

static struct str join(struct arena *arena, const struct str *paths, size_t count)
{
    struct str *parts = arena_get(arena, (count * 2 + 1) * sizeof *parts);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            parts[n++] = STR(", ");
        parts[n++] = paths[i];
    }
    return arena_join(arena, parts, n);
}

/* What is set of a group. */
struct count {
    struct str set[MOST_PATHS]; /* surely of them */
    size_t surely, perhaps;
    struct str missing;         /* the first that is not set; no string = none */
    enum setting first;
};

static void check_count(const struct schema_check *check, const struct schema_group *group, const struct count *count,
                        const struct trail *trail)
{
    bool needs_one = group->kind == GROUP_EXACTLY_ONE || group->kind == GROUP_AT_LEAST_ONE;
    bool lacks_one = needs_one && count->surely + count->perhaps == 0;
    bool has_two = count->surely >= 2 && group->kind != GROUP_AT_LEAST_ONE;
    if (!lacks_one && !has_two)
        return;
    struct str all = join(check->arena, group->paths, group->count);
    if (lacks_one)
        schema_complain(check, PROBLEM_ONE_OF, trail, "one of `%.*s` must be specified", STR_ARG(all));
    if (!has_two)
        return;
    struct str both = join(check->arena, count->set, count->surely);
    if (group->kind == GROUP_EXACTLY_ONE)
        schema_complain(check, PROBLEM_ONE_OF, trail, "only one of `%.*s` can be specified, but `%.*s` were specified",
                        STR_ARG(all), STR_ARG(both));
    else
        schema_complain(check, PROBLEM_CONFLICT, trail, "\"%.*s\": conflicts with %.*s", STR_ARG(count->set[0]),
                        STR_ARG(count->set[1]));
}

static void check_group(const struct schema_check *check, const struct schema_block *block,
                        const struct schema_group *group, const struct value *value, const struct trail *trail)
{
    struct count count = { .surely = 0 };
    for (size_t i = 0; i < group->count && i < MOST_PATHS; i++) {
        enum setting setting = find_setting(check, block, value, group->paths[i]);
        if (i == 0)
            count.first = setting;
        if (setting == SETTING_SURELY)
            count.set[count.surely++] = group->paths[i];
        count.perhaps += setting == SETTING_PERHAPS;
        if (setting == SETTING_NOT && count.missing.p == NULL)
            count.missing = group->paths[i];
    }
    if (group->kind != GROUP_REQUIRED_WITH && group->kind != GROUP_ALL_OR_NONE) {
        check_count(check, group, &count, trail);
        return;
    }
    bool is_bound = group->kind == GROUP_REQUIRED_WITH ? count.first == SETTING_SURELY : count.surely > 0;
    if (!is_bound || count.missing.p == NULL)
        return;
    struct str all = join(check->arena, group->paths, group->count);
    schema_complain(check, PROBLEM_REQUIRED_WITH, trail, "\"%.*s\": all of `%.*s` must be specified",
                    STR_ARG(count.set[0]), STR_ARG(all));
}

void schema_check_groups(const struct schema_check *check, const struct schema_block *block, const struct value *value,
                         const struct trail *trail)
{
    for (size_t i = 0; i < block->group_count; i++)
        check_group(check, block, &block->groups[i], value, trail);
}
