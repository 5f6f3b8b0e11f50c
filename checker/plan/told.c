#include "plan/told.h"

#include "base/arena.h"
#include "plan/plan.h"
#include "plan/value.h"

static void add_text(struct plan *plan, struct value *object, const char *key, struct str text)
{
    struct value *member = value_make_string(plan->arena, map_intern(&plan->strings, text));
    member->key = str_from(key);
    if (text.p != NULL)
        value_add(object, member);
}

static struct value *add_item(struct plan *plan, const struct value **list)
{
    struct value *item = value_make(plan->arena, VALUE_OBJECT);
    if (*list == NULL)
        *list = value_make(plan->arena, VALUE_LIST);
    value_add((struct value *)(uintptr_t)*list, item);
    return item;
}

static struct str find_problem(const struct value *instance)
{
    const struct value *problems = value_find(instance, STR("problems"));
    return value_find_text(problems == NULL ? NULL : problems->first, STR("message"));
}

static void keep_instance(struct plan *plan, const struct value *instance)
{
    struct str status = value_find_text(instance, STR("status"));
    struct str address = value_find_text(value_find(instance, STR("address")), STR("to_display"));
    if (status.p == NULL || str_equal(status, STR("pass")))
        return;
    struct value *kept = add_item(plan, &plan->checks);
    add_text(plan, kept, "address", address);
    add_text(plan, kept, "status", status);
    add_text(plan, kept, "message", find_problem(instance));
}

void told_keep_checks(struct plan *plan, const struct value *checks)
{
    for (const struct value *check = checks->kind == VALUE_LIST ? checks->first : NULL; check != NULL; check = check->next) {
        const struct value *instances = value_find(check, STR("instances"));
        for (const struct value *one = instances == NULL ? NULL : instances->first; one != NULL; one = one->next)
            keep_instance(plan, one);
    }
}

void told_keep_drift(struct plan *plan, const struct value *item)
{
    const struct value *change = value_find(item, STR("change"));
    const struct value *before = value_find(change, STR("before")), *after = value_find(change, STR("after"));
    struct str address = value_find_text(item, STR("address"));
    if (address.p == NULL || before == NULL || before->kind != VALUE_OBJECT)
        return;
    struct value *kept = add_item(plan, &plan->drift);
    struct value *deleted = value_make(plan->arena, VALUE_BOOL), *attributes = value_make(plan->arena, VALUE_LIST);
    add_text(plan, kept, "address", address);
    add_text(plan, kept, "type", value_find_text(item, STR("type")));
    deleted->key = STR("deleted");
    deleted->truth = after == NULL || after->kind == VALUE_NULL;
    value_add(kept, deleted);
    attributes->key = STR("attributes");
    value_add(kept, attributes);
    for (const struct value *member = before->first; member != NULL && !deleted->truth; member = member->next) {
        const struct value *now = value_find(after, member->key);
        if (now == NULL || !value_equal(member, now))
            value_add(attributes, value_make_string(plan->arena, map_intern(&plan->strings, member->key)));
    }
}

void told_keep_deferred(struct plan *plan, const struct value *item)
{
    struct str address = value_find_text(value_find(item, STR("resource_change")), STR("address"));
    if (address.p == NULL)
        return;
    struct value *kept = add_item(plan, &plan->deferred);
    add_text(plan, kept, "address", address);
    add_text(plan, kept, "reason", value_find_text(item, STR("reason")));
}
