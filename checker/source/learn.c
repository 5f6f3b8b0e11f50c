#include "source/learn.h"

#include "base/arena.h"
#include "plan/address.h"
#include "plan/resource.h"
#include "plan/value.h"
#include "source/folder.h"
#include "source/ingredients.h"
#include "source/members.h"
#include "source/variables.h"

/* What the plan says of one variable. */
struct lesson {
    struct value *value; /* what it shows; NULL = nothing yet */
    bool is_torn;        /* it shows one value here and another there */
    bool is_denied;      /* the assumed value cannot be true */
};

static void close_scratch(void *scratch)
{
    arena_close(scratch);
}

void source_learn_start(struct source_lessons *lessons, const struct source *source, const char *const *environment)
{
    *lessons = (struct source_lessons){ .source = source };
    lessons->assumed = source_variable_values(source->arena, source->modules->folder, environment, &lessons->lacks_some);
    map_init(&lessons->by_name, source->arena);
    lessons->scratch = arena_open(arena_memory(source->arena));
    arena_defer(source->arena, close_scratch, lessons->scratch);
}

static struct str as_text(const struct value *value)
{
    if (value == NULL)
        return (struct str){ NULL, 0 };
    if (value->kind == VALUE_BOOL)
        return value->truth ? STR("true") : STR("false");
    return value->kind == VALUE_STRING || value->kind == VALUE_NUMBER ? value->text : (struct str){ NULL, 0 };
}

static struct str assumed_text(const struct source_lessons *lessons, struct str name)
{
    return as_text(value_find(value_find(lessons->assumed, name), STR("value")));
}

/* Whether text is what the ingredients give with the assumed values of variables. */
static bool is_made_of(const struct source_lessons *lessons, const struct ingredients_list *list, struct str text)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct ingredient *item = &list->items[i];
        struct str part = item->is_variable ? assumed_text(lessons, item->text) : item->text;
        if (part.p == NULL || !str_starts_with(text, part))
            return false;
        text = str_from_offset(text, part.n);
    }
    return text.n == 0;
}

static struct lesson *get_lesson(struct source_lessons *lessons, struct str name)
{
    struct lesson **place = (struct lesson **)map_get(&lessons->by_name, name);
    if (*place == NULL)
        *place = arena_get(lessons->source->arena, sizeof **place);
    return *place;
}

/* Where the only variable of the list stands; list->count when there is none, or are several. */
static size_t find_only_variable(const struct ingredients_list *list)
{
    size_t at = list->count, count = 0;
    for (size_t i = 0; i < list->count; i++) {
        count += list->items[i].is_variable;
        at = list->items[i].is_variable ? i : at;
    }
    return count == 1 ? at : list->count;
}

/* What is left of text for the variable at that place; no string when the literals around it do not fit. */
static struct str find_rest(const struct ingredients_list *list, size_t at, struct str text)
{
    for (size_t i = 0; i < at; i++) {
        if (!str_starts_with(text, list->items[i].text))
            return (struct str){ NULL, 0 };
        text = str_from_offset(text, list->items[i].text.n);
    }
    for (size_t i = list->count; i > at + 1; i--) {
        if (!str_ends_with(text, list->items[i - 1].text))
            return (struct str){ NULL, 0 };
        text = str_part(text, 0, text.n - list->items[i - 1].text.n);
    }
    return text;
}

static void deny(struct source_lessons *lessons, const struct ingredients_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].is_variable)
            get_lesson(lessons, list->items[i].text)->is_denied = true;
}

/* The expression has this value in the plan. */
static void compare(struct source_lessons *lessons, const struct source_module *module, struct str expression,
                    const struct value *value)
{
    struct ingredients_list list;
    struct arena *arena = lessons->source->arena;
    struct str text = as_text(value);
    if (text.p == NULL || value->sensitive || !source_find_ingredients(lessons->scratch, module, expression, &list) ||
        is_made_of(lessons, &list, text))
        return;
    size_t at = find_only_variable(&list);
    struct str rest = at == list.count ? (struct str){ NULL, 0 } : find_rest(&list, at, text);
    deny(lessons, &list);
    if (rest.p == NULL)
        return;
    struct lesson *lesson = get_lesson(lessons, list.items[at].text);
    if (lesson->value == NULL) {
        lesson->value = value_make(arena, list.count == 1 ? value->kind : VALUE_STRING);
        lesson->value->text = arena_copy(arena, rest);
        lesson->value->truth = value->truth;
    } else if (!str_equal(as_text(lesson->value), rest)) {
        lesson->is_torn = true;
    }
}

static void compare_members(struct source_lessons *lessons, const struct source_module *module, struct str expression,
                            const struct value *values)
{
    struct map members = source_find_members(lessons->scratch, module, expression);
    for (size_t i = 0; i < members.count; i++) {
        const struct source_member *member = members.entries[i].value;
        const struct value *value = value_find(values, members.entries[i].key);
        if (value != NULL)
            compare(lessons, member->module, member->expression, value);
    }
}

static void compare_attributes(struct source_lessons *lessons, const struct source_module *module,
                               const struct hcl_block *block, const struct value *values)
{
    for (const struct hcl_attribute *attribute = block->attributes; attribute != NULL; attribute = attribute->next) {
        const struct value *value = value_find(values, attribute->name);
        if (value != NULL && value->kind == VALUE_OBJECT)
            compare_members(lessons, module, attribute->expression, value);
        else if (value != NULL)
            compare(lessons, module, attribute->expression, value);
    }
}

/* default_tags of the provider named aws, which all tags_all have unless the resource has its own. */
static void compare_default_tags(struct source_lessons *lessons, const struct resource *resource)
{
    const struct source_module *root = lessons->source->modules;
    const struct source_block *provider = map_find(&root->folder->blocks, STR("provider.aws"));
    const struct hcl_block *tags = provider == NULL ? NULL
                                                    : hcl_find_block(provider->block->blocks, STR("default_tags"));
    const struct hcl_attribute *attribute = tags == NULL ? NULL : hcl_find_attribute(tags, STR("tags"));
    const struct value *own = value_find(resource->after, STR("tags"));
    const struct value *all = value_find(resource->after, STR("tags_all"));
    bool has_own = own != NULL && own->kind != VALUE_NULL && own->first != NULL;
    if (attribute != NULL && !has_own && all != NULL && all->kind == VALUE_OBJECT)
        compare_members(lessons, root, attribute->expression, all);
}

/* Then the plan may show what is there instead of what is written. */
static bool ignores_changes(const struct hcl_block *block)
{
    const struct hcl_block *lifecycle = hcl_find_block(block->blocks, STR("lifecycle"));
    return lifecycle != NULL && hcl_find_attribute(lifecycle, STR("ignore_changes")) != NULL;
}

void source_learn(struct source_lessons *lessons, const struct resource *resource)
{
    struct source_block found = source_find_block(lessons->source, resource->configuration_key);
    if (resource->after == NULL || found.block == NULL || ignores_changes(found.block))
        return;
    struct str module = address_without_keys(lessons->scratch, resource->module);
    const struct source_module *own = map_find(&lessons->source->by_address, module);
    if (own != NULL && own->folder != NULL)
        compare_attributes(lessons, own, found.block, resource->after);
    if (str_equal(resource->provider, STR("aws")))
        compare_default_tags(lessons, resource);
    arena_reset(lessons->scratch);
}

static bool is_learnt(const struct lesson *lesson)
{
    return lesson->value != NULL && !lesson->is_torn;
}

struct value *source_learnt_variables(const struct source_lessons *lessons, struct arena *arena, bool *lacks_some)
{
    struct value *object = value_make(arena, VALUE_OBJECT);
    *lacks_some = lessons->lacks_some;
    for (const struct value *v = lessons->assumed->first; v != NULL; v = v->next) {
        const struct lesson *lesson = map_find(&lessons->by_name, v->key);
        bool is_true = lesson == NULL || !lesson->is_denied;
        if (is_true)
            value_add(object, value_copy(arena, NULL, v));
        *lacks_some |= !is_true && !is_learnt(lesson);
    }
    for (size_t i = 0; i < lessons->by_name.count; i++) {
        const struct lesson *lesson = lessons->by_name.entries[i].value;
        if (!is_learnt(lesson))
            continue;
        struct value *variable = value_make(arena, VALUE_OBJECT), *value = value_copy(arena, NULL, lesson->value);
        variable->key = lessons->by_name.entries[i].key;
        value->key = STR("value");
        value_add(variable, value);
        value_add(object, variable);
    }
    return object;
}
