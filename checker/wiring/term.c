#include "wiring/term.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "plan/path.h"
#include "plan/plan.h"
#include "plan/value_build.h"
#include "wiring/origin.h"
#include "wiring/wiring.h"

static const struct str name_attributes[] = {
    STR_INIT("id"),         STR_INIT("arn"),           STR_INIT("name"),          STR_INIT("bucket"),
    STR_INIT("function_name"), STR_INIT("identifier"), STR_INIT("cluster_identifier"), STR_INIT("replication_group_id"),
    STR_INIT("cluster_id"), STR_INIT("key_id"),        STR_INIT("url"),           STR_INIT("alarm_name"),
    STR_INIT("topic_arn"),  STR_INIT("domain_name"),   STR_INIT("repository_url"), STR_INIT("cluster_name"),
    STR_INIT("family"),
};

bool terms_is_name(struct str attribute)
{
    for (size_t i = 0; i < sizeof name_attributes / sizeof name_attributes[0]; i++)
        if (str_equal(name_attributes[i], attribute))
            return true;
    return false;
}

static void add(const struct wiring *wiring, struct terms *terms, struct term term)
{
    VEC_ADD(wiring->scratch, terms, term);
}

/* The last part of an ARN, or of a scalable target's id, is the name of what it speaks of; an object of a bucket speaks of
 * the bucket. */
static struct str name_in_arn(struct str text)
{
    static const struct str beginnings[] = { STR_INIT("arn:"), STR_INIT("service/"), STR_INIT("table/") };
    size_t begins = 0;
    while (begins < 3 && !str_starts_with(text, beginnings[begins]))
        begins++;
    if (begins == 3)
        return (struct str){ NULL, 0 };
    if (str_starts_with(text, STR("arn:aws:s3:::"))) {
        struct str rest = str_from_offset(text, strlen("arn:aws:s3:::"));
        ptrdiff_t slash = str_find_byte(rest, '/');
        return slash < 0 ? rest : str_part(rest, 0, (size_t)slash);
    }
    size_t n = text.n;
    while (n > 0 && text.p[n - 1] != ':' && text.p[n - 1] != '/')
        n--;
    return str_from_offset(text, n);
}

static void add_value(const struct wiring *wiring, struct terms *terms, struct str text)
{
    if (text.n == 0)
        return;
    add(wiring, terms, (struct term){ .kind = TERM_VALUE, .text = text, .is_sure = true });
    struct str name = name_in_arn(text);
    if (name.n > 0 && !str_equal(name, STR("*")))
        add(wiring, terms, (struct term){ .kind = TERM_VALUE, .text = name, .is_sure = true });
}

void terms_add_places(const struct wiring *wiring, const struct node *node, struct terms *terms)
{
    add(wiring, terms, (struct term){ .kind = TERM_SELF, .text = node->resource.address, .is_sure = true });
    if (node->key.n > 0)
        add(wiring, terms, (struct term){ .kind = TERM_SELF, .text = node->group, .is_sure = true });
    if (!str_equal(node->group, node->block->key))
        add(wiring, terms, (struct term){ .kind = TERM_SELF, .text = node->block->key, .is_sure = true });
}

void terms_add_names(const struct wiring *wiring, const struct node *node, struct terms *terms)
{
    for (const struct value *member = node->resource.after->first; member != NULL; member = member->next)
        if (member->kind == VALUE_STRING && terms_is_name(member->key))
            add_value(wiring, terms, member->text);
}

/* What the configuration and the plan have at a path. */
struct gathering {
    const struct wiring *wiring;
    const struct path *path;
    struct terms *terms;
    bool has_unknown; /* some value there is known only after apply */
    bool has_block;   /* the plan has a block around such a value */
    size_t expressions;
    bool has_references; /* one of them names something */
    struct origin_start start;
    bool is_list; /* the path asks for every item of a list */
    size_t depth; /* of attributes that were followed through other resources */
};

static void gather_values(struct gathering *gathering, const struct value *value, size_t step);

static void gather_items(struct gathering *gathering, const struct value *list, size_t step)
{
    gathering->terms->is_plural = true;
    bool is_end = step >= gathering->path->count;
    if (list->kind != VALUE_LIST && !(list->kind == VALUE_OBJECT && is_end)) {
        gather_values(gathering, list, step);
        return;
    }
    for (const struct value *item = list->first; item != NULL; item = item->next)
        gather_values(gathering, item, step);
}

/* The depth is that of the path, which is bounded. */
static void gather_values(struct gathering *gathering, const struct value *value, size_t step)
{
    const struct path *path = gathering->path;
    for (; value != NULL && step < path->count && value->kind != VALUE_UNKNOWN; step++) {
        const struct path_step *s = &path->steps[step];
        if (s->kind == STEP_EVERY || s->kind == STEP_SOME) {
            gather_items(gathering, value, step + 1);
            return;
        }
        if (s->kind == STEP_INDEX) {
            value = value->kind == VALUE_LIST ? value_item(value, s->index) : value;
            continue;
        }
        if (s->kind == STEP_JSON) {
            struct error ignored = { 0 };
            value = value->kind == VALUE_STRING ? value_read(gathering->wiring->scratch, value->text, &ignored) : value;
            continue;
        }
        if (s->kind != STEP_NAME)
            return;
        if (value->kind == VALUE_LIST && value->count == 1)
            value = value->first;
        value = value_find(value, s->name);
    }
    if (value == NULL || value->kind == VALUE_NULL)
        return;
    if (value->kind == VALUE_UNKNOWN) {
        gathering->has_unknown = true;
        gathering->has_block |= step > 1;
    } else if (value->kind == VALUE_STRING || value->kind == VALUE_NUMBER)
        add_value(gathering->wiring, gathering->terms, value->text);
    else if (value->kind == VALUE_LIST || value->kind == VALUE_OBJECT)
        gather_items(gathering, value, step);
}

static bool add_origin(void *context, const struct origin *origin);

static void follow(struct gathering *gathering, const struct value *references)
{
    origin_each(gathering->wiring, gathering->start, references, add_origin, gathering);
}

/* The references of every expression at the path. The depth is that of the path, which is bounded. */
static void gather_expressions(struct gathering *gathering, const struct value *value, size_t step)
{
    const struct value *references = configuration_references(value);
    bool is_expression = value->kind == VALUE_OBJECT && step > 0 &&
                         (references != NULL || value->count == 0 || value_find(value, STR("constant_value")) != NULL);
    if (is_expression) {
        gathering->expressions++;
        gathering->has_references |= references != NULL;
        if (references != NULL)
            follow(gathering, references);
        return;
    }
    if (value->kind == VALUE_LIST) {
        for (const struct value *item = value->first; item != NULL; item = item->next)
            gather_expressions(gathering, item, step);
        return;
    }
    if (step == gathering->path->count)
        return;
    const struct path_step *s = &gathering->path->steps[step];
    if (s->kind != STEP_NAME) {
        gather_expressions(gathering, value, step + 1);
        return;
    }
    const struct value *member = value_find(value, s->name);
    if (member != NULL)
        gather_expressions(gathering, member, step + 1);
}

/* How many attributes of other resources a value is followed through. */
enum { FOLLOW_MAX = 4 };

/* A bucket policy's bucket is the bucket that it names: what the attribute of that resource is made of counts too. */
static void follow_attribute(struct gathering *outer, const struct origin *origin)
{
    const struct wiring *wiring = outer->wiring;
    const struct configured *configured = map_find(&wiring->plan->configuration.resources, origin->block);
    if (outer->depth >= FOLLOW_MAX || configured == NULL || configured->expressions == NULL || origin->attribute.n == 0)
        return;
    const struct value *expression = value_find(configured->expressions, origin->attribute);
    const struct value *references = expression == NULL ? NULL : configuration_references(expression);
    if (references == NULL)
        return;
    struct gathering inner = { .wiring = wiring, .path = outer->path, .terms = outer->terms, .depth = outer->depth + 1 };
    inner.is_list = outer->is_list;
    inner.start = (struct origin_start){ configured->module, origin->module, origin->key, configured->repetition };
    bool was_open = outer->terms->is_open;
    follow(&inner, references);
    outer->terms->is_open = was_open; /* that the resource is named is known anyway */
}

static bool add_origin(void *context, const struct origin *origin)
{
    struct gathering *gathering = context;
    const struct wiring *wiring = gathering->wiring;
    struct terms *terms = gathering->terms;
    if (origin->kind == ORIGIN_OPEN) {
        terms->is_open = true;
        terms->reason = origin->text;
        return true;
    }
    if (origin->kind == ORIGIN_VALUE)
        return true;
    struct term term = { .kind = TERM_PLACE, .text = origin->block, .is_sure = !origin->is_part,
                         .attribute = origin->attribute };
    if (origin->module.n > 0)
        term.text = arena_join(wiring->scratch, (struct str[]){ origin->module, STR("."), origin->local }, 3);
    if (origin->reach == REACH_KEY || origin->reach == REACH_SAME)
        term.text = arena_join(wiring->scratch, (struct str[]){ term.text, origin->key }, 2);
    /* one value out of a block with several instances is that of one of them, and nobody can tell which */
    const struct configured *block = map_find(&wiring->plan->configuration.resources, origin->block);
    bool is_one_of_several = origin->reach == REACH_ALL && origin->attribute.n == 0 && !gathering->is_list &&
                             block != NULL && block->has_count;
    if (origin->reach == REACH_SOME || is_one_of_several)
        term.is_sure = false;
    add(wiring, terms, term);
    follow_attribute(gathering, origin);
    return true;
}

void terms_add_path(const struct wiring *wiring, const struct node *node, const struct path *path, struct terms *terms)
{
    struct gathering gathering = { .wiring = wiring, .path = path, .terms = terms,
                                   .start = origin_start_at(wiring, node) };
    for (size_t i = 0; i < path->count; i++)
        gathering.is_list |= path->steps[i].kind == STEP_EVERY || path->steps[i].kind == STEP_SOME;
    const struct configured *configured = wiring_find_configured(wiring, node->block);
    bool was_open = terms->is_open;
    gather_values(&gathering, node->resource.after, 0);
    if (configured != NULL && configured->expressions != NULL)
        gather_expressions(&gathering, configured->expressions, 0);
    if (!gathering.has_unknown) {
        terms->is_open = was_open;
        return;
    }
    bool is_written = configured != NULL && path->steps[0].kind == STEP_NAME &&
                      value_find(configured->expressions, path->steps[0].name) != NULL;
    if (gathering.expressions == 0 && (configured == NULL || (gathering.has_block && !is_written))) {
        terms->is_open = true;
        terms->reason = STR("a dynamic block, or something else that the plan does not show");
    } else if (gathering.expressions > 0 && !gathering.has_references) {
        terms->is_open = true;
        terms->reason = STR("a function whose result is not known");
    }
}
