#include "schema/schema_complete.h"

#include "base/arena.h"
#include "base/number.h"
#include "plan/value.h"
#include "schema/schema_walk.h"

static struct value *copy_node(struct arena *arena, const struct value *value)
{
    struct value *copy = value_make(arena, value->kind);
    *copy = *value;
    copy->next = NULL;
    return copy;
}

/* A scalar as the type wants it; what cannot be converted stays. */
static void convert(struct value *value, enum schema_type_kind kind)
{
    bool is_text = value->kind == VALUE_STRING;
    if (kind == TYPE_STRING && value->kind == VALUE_NUMBER) {
        value->kind = VALUE_STRING;
    } else if (kind == TYPE_STRING && value->kind == VALUE_BOOL) {
        value->kind = VALUE_STRING;
        value->text = value->truth ? STR("true") : STR("false");
    } else if (kind == TYPE_NUMBER && is_text && number_is_valid(value->text)) {
        value->kind = VALUE_NUMBER;
    } else if (kind == TYPE_BOOL && is_text && str_equal(value->text, STR("true"))) {
        value->kind = VALUE_BOOL;
        value->truth = true;
    } else if (kind == TYPE_BOOL && is_text && str_equal(value->text, STR("false"))) {
        value->kind = VALUE_BOOL;
        value->truth = false;
    }
}

static bool has_scalars(const struct schema_type *type)
{
    return type->element != NULL && type->element->element == NULL && type->element->field_count == 0;
}

static struct value *complete_argument(struct arena *arena, const struct schema_item *item, const struct value *written)
{
    struct value *value = copy_node(arena, written);
    if (item->type == NULL)
        return value;
    convert(value, item->type->kind);
    if (value->first == NULL || !has_scalars(item->type))
        return value;
    value->first = value->last = NULL;
    value->count = 0;
    for (const struct value *child = written->first; child != NULL; child = child->next) {
        struct value *copy = copy_node(arena, child);
        convert(copy, item->type->element->kind);
        value_add(value, copy);
    }
    return value;
}

static struct value *complete_body(struct arena *arena, const struct schema_item *item, const struct value *written)
{
    return written->kind == VALUE_OBJECT ? schema_complete(arena, item->block, written) : copy_node(arena, written);
}

/* The depth is that of the written JSON, which is bounded. */
static struct value *complete_blocks(struct arena *arena, const struct schema_item *item, const struct value *written)
{
    bool is_list = written->kind == VALUE_LIST;
    if (written->kind != VALUE_OBJECT && !is_list)
        return copy_node(arena, written);
    if (schema_is_single(item)) {
        const struct value *body = is_list ? written->first : written;
        return body == NULL ? value_make(arena, VALUE_NULL) : complete_body(arena, item, body);
    }
    struct value *blocks = value_make(arena, item->nesting == NESTING_MAP ? VALUE_OBJECT : VALUE_LIST);
    if (!is_list && item->nesting != NESTING_MAP) {
        value_add(blocks, complete_body(arena, item, written));
        return blocks;
    }
    for (const struct value *one = written->first; one != NULL; one = one->next) {
        struct value *body = complete_body(arena, item, one);
        body->key = one->key;
        value_add(blocks, body);
    }
    return blocks;
}

/* What stands in a plan where nobody wrote anything. */
static struct value *make_missing(struct arena *arena, const struct schema_item *item, bool is_dynamic)
{
    if (!item->is_block || is_dynamic)
        return value_make(arena, VALUE_UNKNOWN);
    return value_make(arena, schema_is_single(item)         ? VALUE_NULL
                             : item->nesting == NESTING_MAP ? VALUE_OBJECT
                                                            : VALUE_LIST);
}

struct value *schema_complete(struct arena *arena, const struct schema_block *block, const struct value *written)
{
    struct value *result = value_make(arena, VALUE_OBJECT);
    for (size_t i = 0; i < block->count; i++) {
        const struct schema_item *item = &block->items[i];
        const struct value *member = value_find(written, item->name);
        bool is_missing = member == NULL || member->kind == VALUE_NULL;
        struct value *value = is_missing       ? make_missing(arena, item, item->is_block &&
                                                                               schema_is_dynamic(written, item->name))
                              : item->is_block ? complete_blocks(arena, item, member)
                                               : complete_argument(arena, item, member);
        value->key = item->name;
        value->sensitive |= item->sensitive || item->write_only;
        value_add(result, value);
    }
    for (const struct value *member = written->first; member != NULL; member = member->next)
        if (schema_find_item(block, member->key) == NULL && !str_equal(member->key, STR("dynamic")))
            value_add(result, copy_node(arena, member));
    return result;
}
