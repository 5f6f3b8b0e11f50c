#include "rules/attribute.h"

#include "base/arena.h"
#include "base/error.h"
#include "plan/plan.h"
#include "plan/resource.h"
#include "plan/tf_json.h"
#include "plan/value_build.h"

static struct value *keys_of(struct arena *arena, const struct value *object)
{
    struct value *list = value_make(arena, VALUE_LIST);
    for (const struct value *member = object->first; member != NULL; member = member->next) {
        struct value *key = value_make_string(arena, member->key);
        if (member->key.p == NULL) { /* it stands for members that are not shown */
            key->kind = VALUE_UNKNOWN;
            key->is_hidden = true;
        }
        value_add(list, key);
    }
    return list;
}

/* The tree of a text that holds JSON; NULL when it does not. */
static const struct value *parse(const struct evaluation *evaluation, struct str text, bool is_template)
{
    struct parsed_texts *parsed = evaluation->parsed;
    struct error ignored = { 0 };
    for (size_t i = 0; parsed != NULL && i < parsed->count; i++)
        if (parsed->texts[i] == text.p)
            return parsed->values[i];
    const struct value *value = is_template ? tf_json_parse(evaluation->plan, evaluation->scratch, text)
                                            : value_read(evaluation->scratch, text, &ignored);
    if (parsed != NULL && parsed->count < sizeof parsed->texts / sizeof parsed->texts[0]) {
        parsed->texts[parsed->count] = text.p;
        parsed->values[parsed->count++] = value;
    }
    return value;
}

bool attribute_ends(const struct value *value, const struct path_step *step)
{
    if (value->kind != VALUE_UNKNOWN)
        return false;
    struct str text = value->text;
    return step->kind != STEP_JSON || text.n == 0 || (text.p[0] != '{' && text.p[0] != '[');
}

const struct value *attribute_step(const struct evaluation *evaluation, const struct value *value,
                                     const struct path_step *step)
{
    switch (step->kind) {
    case STEP_NAME:
        if (value->kind == VALUE_LIST && value->count == 1)
            value = value->first;
        return value_find(value, step->name);
    case STEP_INDEX:
        if (value->kind == VALUE_LIST)
            return value_item(value, step->index);
        return step->index == 0 ? value : NULL;
    case STEP_JSON:
        if (value->kind == VALUE_UNKNOWN)
            return parse(evaluation, value->text, true);
        return value->kind == VALUE_STRING ? parse(evaluation, value->text, false) : value;
    case STEP_KEYS:
        return value->kind == VALUE_OBJECT ? keys_of(evaluation->scratch, value) : NULL;
    case STEP_EVERY:
    case STEP_SOME:
        break;
    }
    return NULL;
}

/* Everything at path from value on, as one list; unknown places are unknown items. The depth is that of the path. */
static void gather(const struct evaluation *evaluation, const struct value *value, const struct path *path, size_t step,
                   struct value *list)
{
    for (; step < path->count && value != NULL && !attribute_ends(value, &path->steps[step]); step++) {
        const struct path_step *s = &path->steps[step];
        if (s->kind == STEP_EVERY || s->kind == STEP_SOME) {
            const struct value *item = value->kind == VALUE_LIST ? value->first : value;
            for (; item != NULL; item = value->kind == VALUE_LIST ? item->next : NULL)
                gather(evaluation, item, path, step + 1, list);
            return;
        }
        value = attribute_step(evaluation, value, s);
    }
    if (value == NULL || value->kind == VALUE_NULL)
        return;
    struct value *copy = value_make(evaluation->scratch, value->kind);
    *copy = *value;
    copy->next = NULL;
    value_add(list, copy);
}

bool attribute_is_plural(const struct path *path)
{
    for (size_t i = 0; i < path->count; i++)
        if (path->steps[i].kind == STEP_EVERY || path->steps[i].kind == STEP_SOME)
            return true;
    return false;
}

struct written_value attribute_ask(struct evaluation *evaluation, const struct path *path)
{
    if (evaluation->is_final)
        return configuration_find(evaluation->plan, evaluation->resource->configuration_key, path);
    evaluation->wants_configuration = true;
    return (struct written_value){ .written = WRITTEN_UNRESOLVED };
}

bool attribute_has_unknown_item(const struct value *list)
{
    if (list->kind == VALUE_UNKNOWN)
        return true;
    for (const struct value *item = list->first; item != NULL; item = item->next)
        if (item->kind == VALUE_UNKNOWN)
            return true;
    return false;
}

struct value *attribute_list(struct evaluation *evaluation, const struct path *path)
{
    struct value *list = value_make(evaluation->scratch, VALUE_LIST);
    gather(evaluation, evaluation->resource->after, path, 0, list);
    if (!attribute_has_unknown_item(list))
        return list;
    struct written_value written = attribute_ask(evaluation, path);
    if (written.written != WRITTEN_NOT && written.written != WRITTEN_NULL)
        return list;
    struct value *known = value_make(evaluation->scratch, VALUE_LIST);
    for (struct value *item = list->first, *next = NULL; item != NULL; item = next) {
        next = item->next;
        item->next = NULL;
        if (item->kind != VALUE_UNKNOWN || item->is_hidden)
            value_add(known, item);
    }
    return known;
}

const struct value *attribute_find(struct evaluation *evaluation, const struct path *path,
                                         enum attribute_state *state, bool *is_sensitive)
{
    const struct value *value = evaluation->resource->after;
    size_t step = 0;
    for (; value != NULL; step++) {
        *is_sensitive |= value->sensitive;
        if (value->kind == VALUE_NULL || step == path->count || attribute_ends(value, &path->steps[step]))
            break;
        struct path_step s = path->steps[step];
        if (s.kind == STEP_EVERY || s.kind == STEP_SOME)
            s = (struct path_step){ .kind = STEP_INDEX, .index = 0 };
        value = attribute_step(evaluation, value, &s);
    }
    if (value != NULL && value->kind != VALUE_UNKNOWN && value->kind != VALUE_NULL)
        return value;
    *state = value == NULL ? ATTRIBUTE_ABSENT : value->kind == VALUE_NULL ? ATTRIBUTE_NULL : ATTRIBUTE_UNKNOWN;
    if (*state != ATTRIBUTE_UNKNOWN)
        return NULL;
    struct written_value written = attribute_ask(evaluation, path);
    if (!value->is_hidden && configuration_is_unset(&written, step == 0 ? 0 : step - 1))
        *state = ATTRIBUTE_UNSET;
    return NULL;
}
