#include "rules/case_plan.h"

#include "base/arena.h"
#include "base/error.h"
#include "plan/path.h"
#include "plan/value.h"

struct builder {
    const struct shape *shape;
    struct plan *plan;
    struct value *after;
    struct value *expressions;
};

/* The place at path below root, made with all that leads to it, but for the last steps that are left out. NULL after an
 * error. */
static struct value *make_part(const struct builder *builder, struct value *root, const struct yaml_node *node,
                               struct str text, size_t left_out)
{
    struct arena *arena = builder->shape->arena;
    struct error error = { 0 };
    const struct path *path = path_compile(arena, text, &error);
    struct value *place = root;
    for (size_t i = 0; path != NULL && i + left_out < path->count; i++) {
        const struct path_step *step = &path->steps[i];
        struct value *next = NULL;
        if (step->kind == STEP_NAME) {
            if (place->kind != VALUE_OBJECT)
                place->kind = VALUE_OBJECT;
            next = value_find(place, step->name);
        } else if (step->kind == STEP_INDEX && step->index <= place->count) {
            if (place->kind != VALUE_LIST)
                place->kind = VALUE_LIST;
            next = value_item(place, step->index);
        } else {
            path = NULL;
            break;
        }
        if (next == NULL) {
            next = value_make(arena, VALUE_NULL);
            next->key = step->kind == STEP_NAME ? step->name : (struct str){ NULL, 0 };
            value_add(place, next);
        }
        place = next;
    }
    if (path != NULL)
        return place;
    shape_fail(builder->shape, node, "a path of names and indices was expected");
    return NULL;
}

static struct value *make_place(const struct builder *builder, struct value *root, const struct yaml_node *node,
                                struct str text)
{
    return make_part(builder, root, node, text, 0);
}

static bool make_unknown(const struct builder *builder, const struct yaml_node *node, struct str text)
{
    struct value *place = make_place(builder, builder->after, node, text);
    if (place != NULL)
        *place = (struct value){ .kind = VALUE_UNKNOWN, .key = place->key, .next = place->next };
    return place != NULL;
}

/* references: a list of texts, or nothing for an expression that names none. */
static bool make_expression(const struct builder *builder, const struct yaml_node *node, struct str text)
{
    struct value *place = make_place(builder, builder->expressions, node, text);
    struct texts references = { 0 };
    if (place == NULL || (node->kind != YAML_NULL && !shape_texts(builder->shape, node, &references)))
        return false;
    place->kind = VALUE_OBJECT;
    if (references.count == 0)
        return true;
    struct value *list = value_make(builder->shape->arena, VALUE_LIST);
    list->key = STR("references");
    for (size_t i = 0; i < references.count; i++)
        value_add(list, value_make_string(builder->shape->arena, references.items[i]));
    value_add(place, list);
    return true;
}

static void add_member(struct value *object, const char *key, struct value *member)
{
    member->key = str_from(key);
    value_add(object, member);
}

static bool load_unknown(const struct builder *builder, const struct yaml_node *node)
{
    if (node->kind != YAML_MAP)
        return shape_fail(builder->shape, node, "unknown: a mapping of paths to lists of references was expected");
    for (const struct yaml_node *member = node->first; member != NULL; member = member->next)
        if (!make_unknown(builder, member, member->key) || !make_expression(builder, member, member->key))
            return false;
    return true;
}

static bool load_refers(const struct builder *builder, const struct yaml_node *node)
{
    if (node->kind != YAML_MAP)
        return shape_fail(builder->shape, node, "refers: a mapping of paths to lists of references was expected");
    for (const struct yaml_node *member = node->first; member != NULL; member = member->next)
        if (!make_expression(builder, member, member->key))
            return false;
    return true;
}

static bool load_paths(const struct builder *builder, const struct yaml_node *node, bool is_sensitive)
{
    struct texts paths = { 0 };
    if (!shape_texts(builder->shape, node, &paths))
        return false;
    for (size_t i = 0; i < paths.count; i++) {
        if (!is_sensitive && !make_unknown(builder, node, paths.items[i]))
            return false;
        /* the block around it is written, although it is not */
        struct value *block = is_sensitive ? NULL : make_part(builder, builder->expressions, node, paths.items[i], 1);
        if (block != NULL && block->kind == VALUE_NULL)
            block->kind = VALUE_OBJECT;
        struct value *place = is_sensitive ? make_place(builder, builder->after, node, paths.items[i]) : NULL;
        if (place != NULL)
            place->sensitive = true;
    }
    return true;
}

static struct value *list_actions(const struct shape *shape, const struct yaml_node *node)
{
    struct value *list = value_make(shape->arena, VALUE_LIST);
    struct texts names = { 0 };
    if (node == NULL)
        value_add(list, value_make_string(shape->arena, STR("create")));
    else if (!shape_texts(shape, node, &names))
        return NULL;
    for (size_t i = 0; i < names.count; i++) {
        if (shape_find_action(names.items[i]) == 0) {
            shape_fail(shape, node, "there is no action \"%.*s\"", STR_ARG(names.items[i]));
            return NULL;
        }
        bool is_replace = str_equal(names.items[i], STR("replace"));
        value_add(list, value_make_string(shape->arena, is_replace ? STR("delete") : names.items[i]));
        if (is_replace)
            value_add(list, value_make_string(shape->arena, STR("create")));
    }
    return list;
}

/* The resource as an item of resource_changes, so that cases take the way of plans. */
static struct value *make_change(const struct shape *shape, const struct yaml_node *node, struct value *after)
{
    struct arena *arena = shape->arena;
    struct value *item = value_make(arena, VALUE_OBJECT), *change = value_make(arena, VALUE_OBJECT);
    const struct yaml_node *mode = yaml_find(node, STR("mode")), *provider = yaml_find(node, STR("provider"));
    const struct yaml_node *paths = yaml_find(node, STR("replace_paths")), *reason = yaml_find(node, STR("action_reason"));
    struct value *actions = list_actions(shape, yaml_find(node, STR("actions")));
    if (actions == NULL)
        return NULL;
    add_member(item, "address", value_make_string(arena, yaml_find(node, STR("address"))->text));
    if (mode != NULL)
        add_member(item, "mode", value_make_string(arena, mode->text));
    if (reason != NULL)
        add_member(item, "action_reason", value_make_string(arena, reason->text));
    struct str source = provider == NULL ? STR("registry.terraform.io/hashicorp/aws") : provider->text;
    add_member(item, "provider_name", value_make_string(arena, source));
    add_member(change, "actions", actions);
    if (paths != NULL)
        add_member(change, "replace_paths", shape_value(arena, paths));
    add_member(change, "after", after);
    add_member(item, "change", change);
    return item;
}

/* Attributes whose known values stand in the configuration as literals. */
static bool load_written(const struct builder *builder, const struct yaml_node *node)
{
    struct texts names = { 0 };
    if (!shape_texts(builder->shape, node, &names))
        return false;
    for (size_t i = 0; i < names.count; i++) {
        struct value *place = make_place(builder, builder->expressions, node, names.items[i]);
        const struct value *value = make_place(builder, builder->after, node, names.items[i]);
        if (place == NULL || value == NULL)
            return false;
        struct value *constant = value_copy(builder->shape->arena, NULL, value);
        place->kind = VALUE_OBJECT;
        add_member(place, "constant_value", constant);
    }
    return true;
}

static bool load_attributes(const struct builder *builder, const struct yaml_node *node)
{
    const struct yaml_node *unknown = yaml_find(node, STR("unknown")), *unset = yaml_find(node, STR("unset"));
    const struct yaml_node *sensitive = yaml_find(node, STR("sensitive")), *refers = yaml_find(node, STR("refers"));
    const struct yaml_node *written = yaml_find(node, STR("written"));
    return (unknown == NULL || load_unknown(builder, unknown)) && (written == NULL || load_written(builder, written)) && (refers == NULL || load_refers(builder, refers)) &&
           (unset == NULL || load_paths(builder, unset, false)) &&
           (sensitive == NULL || load_paths(builder, sensitive, true));
}

static bool load_resource(const struct shape *shape, const struct yaml_node *node, struct case_plan *plan)
{
    static const struct str keys[] = { STR_INIT("address"), STR_INIT("mode"),    STR_INIT("actions"), STR_INIT("provider"),
                                       STR_INIT("after"),   STR_INIT("unknown"), STR_INIT("unset"),   STR_INIT("sensitive"),
                                       STR_INIT("refers"),  STR_INIT("replace_paths"), STR_INIT("action_reason"),
                                       STR_INIT("depends_on"), STR_INIT("alias"), STR_INIT("written") };
    const struct yaml_node *address = NULL, *after = NULL;
    struct resource *resource = &plan->resources[plan->count++];
    if (!shape_check_keys(shape, node, "a resource", keys, sizeof keys / sizeof keys[0]))
        return false;
    address = yaml_find(node, keys[0]);
    after = yaml_find(node, STR("after"));
    if (address == NULL || address->kind != YAML_STRING)
        return shape_fail(shape, node, "the resource lacks its address");
    if (after != NULL && after->kind != YAML_MAP && after->kind != YAML_NULL)
        return shape_fail(shape, after, "after: a mapping was expected");
    struct value *values = after == NULL ? value_make(shape->arena, VALUE_OBJECT) : shape_value(shape->arena, after);
    struct configured *configured = arena_get(shape->arena, sizeof *configured);
    struct builder builder = { shape, &plan->plan, values, value_make(shape->arena, VALUE_OBJECT) };
    if (!load_attributes(&builder, node))
        return false;
    struct value *change = make_change(shape, node, values);
    if (change == NULL || !resource_from_change(shape->arena, change, resource))
        return false;
    const struct yaml_node *alias = yaml_find(node, STR("alias")), *depends_on = yaml_find(node, STR("depends_on"));
    configured->expressions = builder.expressions;
    configured->references = configuration_gather(shape->arena, builder.expressions);
    configured->depends_on = depends_on == NULL ? NULL : shape_value(shape->arena, depends_on);
    configured->module = STR("");
    configured->provider_key = alias == NULL ? STR("aws") : alias->text;
    *map_get(&plan->plan.configuration.resources, resource->configuration_key) = configured;
    return true;
}

static bool load_variables(const struct shape *shape, const struct yaml_node *node, struct plan *plan)
{
    struct value *variables = value_make(shape->arena, VALUE_OBJECT);
    if (node != NULL && node->kind != YAML_MAP)
        return shape_fail(shape, node, "variables: a mapping was expected");
    for (const struct yaml_node *member = node == NULL ? NULL : node->first; member != NULL; member = member->next) {
        struct value *holder = value_make(shape->arena, VALUE_OBJECT);
        struct value *value = shape_value(shape->arena, member);
        holder->key = member->key;
        value->key = STR("value");
        value_add(holder, value);
        value_add(variables, holder);
    }
    plan->variables = variables;
    plan->has_variables = true;
    return true;
}

/* regions: a mapping of provider keys, as aws.west, to regions. */
static void load_regions(const struct shape *shape, const struct yaml_node *node, struct plan *plan)
{
    for (const struct yaml_node *member = node == NULL ? NULL : node->first; member != NULL; member = member->next) {
        struct value *provider = value_make(shape->arena, VALUE_OBJECT), *region = value_make(shape->arena, VALUE_OBJECT);
        struct value *constant = value_make_string(shape->arena, member->text);
        add_member(region, "constant_value", constant);
        add_member(provider, "region", region);
        *map_get(&plan->configuration.providers, member->key) = provider;
    }
}

/* Files that a case names lie beside the rule. */
static struct str folder_of(const struct shape *shape)
{
    size_t n = shape->file.n;
    while (n > 0 && shape->file.p[n - 1] != '/')
        n--;
    return n == 0 ? STR(".") : arena_copy(shape->arena, str_part(shape->file, 0, n));
}

/* The root module declares the variables of the case, and outputs: a mapping of names to lists of references, or to
 * { refers: [..], sensitive: true }. */
static bool load_root(const struct shape *shape, const struct yaml_node *node, struct plan *plan)
{
    struct configured_module *root = arena_get(shape->arena, sizeof *root);
    struct value *declared = value_make(shape->arena, VALUE_OBJECT), *outputs = value_make(shape->arena, VALUE_OBJECT);
    for (const struct value *variable = plan->variables->first; variable != NULL; variable = variable->next) {
        struct value *one = value_make(shape->arena, VALUE_OBJECT);
        one->key = variable->key;
        value_add(declared, one);
    }
    if (node != NULL && node->kind != YAML_MAP)
        return shape_fail(shape, node, "outputs: a mapping of names to references was expected");
    for (const struct yaml_node *member = node == NULL ? NULL : node->first; member != NULL; member = member->next) {
        const struct yaml_node *refers = member->kind == YAML_MAP ? yaml_find(member, STR("refers")) : member;
        const struct yaml_node *sensitive = member->kind == YAML_MAP ? yaml_find(member, STR("sensitive")) : NULL;
        struct value *output = value_make(shape->arena, VALUE_OBJECT);
        output->key = member->key;
        if (refers != NULL)
            add_member(output, "references", shape_value(shape->arena, refers));
        if (sensitive != NULL)
            add_member(output, "sensitive", shape_value(shape->arena, sensitive));
        value_add(outputs, output);
    }
    root->address = STR("");
    root->variables = declared;
    root->outputs = outputs;
    *map_get(&plan->configuration.modules, STR("")) = root;
    return true;
}

bool case_plan_load(const struct shape *shape, const struct yaml_node *node, struct case_plan *plan)
{
    static const struct str keys[] = { STR_INIT("name"), STR_INIT("variables"), STR_INIT("profile"),
                                       STR_INIT("resources"), STR_INIT("expect"), STR_INIT("regions"),
                                       STR_INIT("configuration"), STR_INIT("outputs"), STR_INIT("checks"),
                                       STR_INIT("drift"), STR_INIT("deferred") };
    *plan = (struct case_plan){ .plan = { .arena = shape->arena, .form = PLAN_FORM_PLAN } };
    if (!shape_check_keys(shape, node, "a case", keys, sizeof keys / sizeof keys[0]))
        return false;
    const struct yaml_node *profile = yaml_find(node, keys[2]), *resources = yaml_find(node, keys[3]);
    const struct yaml_node *configuration = yaml_find(node, STR("configuration"));
    map_init(&plan->plan.strings, shape->arena);
    map_init(&plan->plan.constructs, shape->arena);
    map_init(&plan->plan.configuration.resources, shape->arena);
    map_init(&plan->plan.configuration.modules, shape->arena);
    map_init(&plan->plan.configuration.providers, shape->arena);
    load_regions(shape, yaml_find(node, keys[5]), &plan->plan);
    plan->plan.configuration.is_present = true;
    plan->has_profile = profile != NULL;
    if (profile != NULL && !profile_find(profile->text, &plan->profile))
        return shape_fail(shape, profile, "production or ephemeral was expected");
    if (configuration != NULL) {
        plan->plan.folder = folder_of(shape);
        plan->plan.form = PLAN_FORM_CONFIGURATION;
        plan->plan.written = shape_value(shape->arena, configuration);
        return resources == NULL || shape_fail(shape, resources, "a case has resources or a configuration, not both");
    }
    if (!load_variables(shape, yaml_find(node, keys[1]), &plan->plan) ||
        !load_root(shape, yaml_find(node, keys[7]), &plan->plan))
        return false;
    if (resources != NULL && resources->kind != YAML_LIST)
        return shape_fail(shape, resources, "resources: a list was expected");
    const struct yaml_node *checks = yaml_find(node, STR("checks")), *drift = yaml_find(node, STR("drift"));
    const struct yaml_node *deferred = yaml_find(node, STR("deferred"));
    plan->plan.checks = checks == NULL ? NULL : shape_value(shape->arena, checks);
    plan->plan.drift = drift == NULL ? NULL : shape_value(shape->arena, drift);
    plan->plan.deferred = deferred == NULL ? NULL : shape_value(shape->arena, deferred);
    size_t count = resources == NULL ? 0 : resources->count;
    plan->resources = arena_get(shape->arena, (count + 1) * sizeof *plan->resources);
    for (const struct yaml_node *item = resources == NULL ? NULL : resources->first; item != NULL; item = item->next)
        if (!load_resource(shape, item, plan))
            return false;
    plan->plan.change_count = count;
    return true;
}
