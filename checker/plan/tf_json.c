#include "plan/tf_json.h"

#include "base/arena.h"
#include "plan/plan.h"
#include "plan/resource.h"

struct reading {
    struct plan *plan;
    struct arena *scratch;
    const struct plan_events *events;
    void *context;
    bool is_data;
    const char *kind; /* of blocks that are no resources */
};

typedef void visit_block(void *context, struct str type, struct str name, const struct value *body);

/* A body, or several of them in a list. */
static void each_body(struct str type, struct str name, const struct value *bodies, visit_block *visit, void *context)
{
    const struct value *body = bodies->kind == VALUE_LIST ? bodies->first : bodies;
    for (; body != NULL; body = bodies->kind == VALUE_LIST ? body->next : NULL)
        if (body->kind == VALUE_OBJECT)
            visit(context, type, name, body);
}

static void each_name(struct str type, const struct value *names, visit_block *visit, void *context)
{
    const struct value *part = names->kind == VALUE_LIST ? names->first : names;
    for (; part != NULL; part = names->kind == VALUE_LIST ? part->next : NULL)
        for (const struct value *one = part->kind == VALUE_OBJECT ? part->first : NULL; one != NULL; one = one->next)
            if (!str_equal(one->key, STR("//")))
                each_body(type, one->key, one, visit, context);
}

static bool has_two_labels(struct str kind)
{
    return str_equal(kind, STR("resource")) || str_equal(kind, STR("data")) || str_equal(kind, STR("ephemeral"));
}

void tf_json_each(const struct value *document, struct str kind, visit_block *visit, void *context)
{
    const struct value *blocks = value_find(document, kind);
    if (blocks == NULL)
        return;
    if (!has_two_labels(kind)) {
        each_name((struct str){ NULL, 0 }, blocks, visit, context);
        return;
    }
    const struct value *part = blocks->kind == VALUE_LIST ? blocks->first : blocks;
    for (; part != NULL; part = blocks->kind == VALUE_LIST ? part->next : NULL)
        for (const struct value *one = part->kind == VALUE_OBJECT ? part->first : NULL; one != NULL; one = one->next)
            if (!str_equal(one->key, STR("//")))
                each_name(one->key, one, visit, context);
}

/* The same value under another key, with the same children. */
static struct value *share(struct arena *arena, struct str key, const struct value *value)
{
    struct value *copy = value_make(arena, value->kind);
    *copy = *value;
    copy->next = NULL;
    copy->key = key;
    return copy;
}

/* The lists that blocks are gathered in. */
struct gathering {
    struct arena *arena;
    struct value *values;   /* variable -> {value} */
    struct value *declared; /* variable -> {default, sensitive} */
};

static void add_variable(void *context, struct str type, struct str name, const struct value *body)
{
    struct gathering *gathering = context;
    const struct value *given = value_find(body, STR("default"));
    (void)type;
    if (value_find(gathering->declared, name) != NULL)
        return;
    value_add(gathering->declared, share(gathering->arena, name, body));
    if (given == NULL)
        return;
    struct value *variable = value_make(gathering->arena, VALUE_OBJECT);
    variable->key = name;
    value_add(variable, share(gathering->arena, STR("value"), given));
    value_add(gathering->values, variable);
}

/* locals is an object of expressions, or a list of such objects. */
static const struct value *gather_locals(struct arena *arena, const struct value *document)
{
    const struct value *locals = value_find(document, STR("locals"));
    if (locals == NULL || locals->kind != VALUE_LIST)
        return locals;
    struct value *all = value_make(arena, VALUE_OBJECT);
    for (const struct value *part = locals->first; part != NULL; part = part->next)
        for (const struct value *one = part->kind == VALUE_OBJECT ? part->first : NULL; one != NULL; one = one->next)
            value_add(all, share(arena, one->key, one));
    return all;
}

static void fill_root_module(struct plan *plan)
{
    struct gathering gathering = { plan->arena, value_make(plan->arena, VALUE_OBJECT),
                                   value_make(plan->arena, VALUE_OBJECT) };
    struct configured_module *root = arena_get(plan->arena, sizeof *root);
    tf_json_each(plan->written, STR("variable"), add_variable, &gathering);
    root->variables = gathering.declared;
    root->address = STR("");
    root->written_locals = gather_locals(plan->arena, plan->written);
    plan->variables = gathering.values;
    plan->has_variables = true;
    *map_get(&plan->configuration.modules, STR("")) = root;
    plan->configuration.is_present = true;
}

static struct str find_construct(const struct value *body)
{
    return value_find_text(value_find(value_find(body, STR("//")), STR("metadata")), STR("path"));
}

/* "aws" -> "registry.terraform.io/hashicorp/aws" by what required_providers says of the name. */
static struct str find_provider(const struct plan *plan, struct arena *arena, struct str name)
{
    const struct value *terraform = value_find(plan->written, STR("terraform"));
    if (terraform != NULL && terraform->kind == VALUE_LIST)
        terraform = terraform->first;
    const struct value *required = value_find(terraform, STR("required_providers"));
    if (required != NULL && required->kind == VALUE_LIST)
        required = required->first;
    struct str source = value_find_text(value_find(required, name), STR("source"));
    size_t slashes = 0;
    for (size_t i = 0; i < source.n; i++)
        slashes += source.p[i] == '/';
    if (source.n == 0)
        source = name;
    return arena_format(arena, "%s%.*s", slashes == 2 ? "" : slashes == 1 ? "registry.terraform.io/"
                                                                          : "registry.terraform.io/hashicorp/",
                        STR_ARG(source));
}

/* Arguments that are Terraform's own, not the provider's. */
static bool is_meta_argument(struct str name)
{
    static const struct str names[] = { STR_INIT("count"),    STR_INIT("for_each"),  STR_INIT("depends_on"),
                                        STR_INIT("provider"), STR_INIT("lifecycle"), STR_INIT("provisioner"),
                                        STR_INIT("//"),       STR_INIT("connection") };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_equal(names[i], name))
            return true;
    return false;
}

static bool is_zero(const struct value *count)
{
    return count != NULL && (count->kind == VALUE_NUMBER || count->kind == VALUE_STRING) &&
           str_equal(count->text, STR("0"));
}

static struct value *keep_arguments(struct arena *arena, const struct value *body)
{
    struct value *kept = value_make(arena, VALUE_OBJECT);
    for (const struct value *member = body->first; member != NULL; member = member->next)
        if (!is_meta_argument(member->key))
            value_add(kept, share(arena, member->key, member));
    return kept;
}

static void configure(struct reading *reading, struct str address, struct str provider, const struct value *body)
{
    struct plan *plan = reading->plan;
    struct configured *configured = arena_get(plan->arena, sizeof *configured);
    const struct value *named = value_find(body, STR("provider"));
    configured->expressions = tf_json_expression(plan, plan->arena, keep_arguments(plan->arena, body));
    configured->module = STR("");
    configured->provider_key = named != NULL && named->kind == VALUE_STRING ? named->text : provider;
    const struct value *count = value_find(body, STR("count")), *each = value_find(body, STR("for_each"));
    const struct value *depends_on = value_find(body, STR("depends_on"));
    configured->has_count = count != NULL || each != NULL;
    configured->references = tf_json_references(plan, plan->arena, keep_arguments(plan->arena, body));
    if (configured->has_count)
        configured->repetition = tf_json_references(plan, plan->arena, count != NULL ? count : each);
    if (depends_on != NULL && depends_on->kind == VALUE_LIST)
        configured->depends_on = depends_on;
    *map_get(&plan->configuration.resources, address) = configured;
}

static struct str provider_prefix(struct str type)
{
    ptrdiff_t end = str_find_byte(type, '_');
    return str_part(type, 0, end < 0 ? type.n : (size_t)end);
}

static void configure_resource(void *context, struct str type, struct str name, const struct value *body)
{
    struct reading *reading = context;
    struct str prefix = reading->is_data ? STR("data.") : STR("");
    struct str address = arena_join(reading->plan->arena, (struct str[]){ prefix, type, STR("."), name }, 4);
    configure(reading, address, provider_prefix(type), body);
}

/* The tags that the resource will have: those of the provider's default_tags, and its own. NULL when they cannot be
 * told. */
static struct value *all_tags(const struct reading *reading, const struct value *written, const struct value *defaults)
{
    struct value *all = value_make(reading->scratch, VALUE_OBJECT);
    const struct value *tags = value_find(written, STR("tags"));
    if ((tags != NULL && tags->kind == VALUE_UNKNOWN) || (defaults != NULL && defaults->kind == VALUE_UNKNOWN))
        return NULL;
    for (const struct value *tag = tags == NULL ? NULL : tags->first; tag != NULL; tag = tag->next)
        value_add(all, share(reading->scratch, tag->key, tag));
    for (const struct value *tag = defaults == NULL ? NULL : defaults->first; tag != NULL; tag = tag->next)
        if (value_find(all, tag->key) == NULL)
            value_add(all, share(reading->scratch, tag->key, tag));
    all->key = STR("tags_all");
    return all;
}

struct provider_search {
    struct str name; /* as aws or aws.west */
    const struct value *body;
};

static void search_provider(void *context, struct str type, struct str name, const struct value *body)
{
    struct provider_search *search = context;
    struct str alias = value_find_text(body, STR("alias"));
    bool is_same = alias.n == 0 ? str_equal(search->name, name)
                                : str_starts_with(search->name, name) && search->name.n == name.n + 1 + alias.n &&
                                      str_ends_with(search->name, alias);
    (void)type;
    if (is_same)
        search->body = body;
}

static void add_all_tags(struct reading *reading, struct resource *resource, struct value *after)
{
    const struct configured *configured = map_find(&reading->plan->configuration.resources, resource->address);
    struct provider_search search = { .name = configured->provider_key };
    if (resource->mode != MODE_MANAGED || value_find(after, STR("tags_all")) != NULL)
        return;
    tf_json_each(reading->plan->written, STR("provider"), search_provider, &search);
    const struct value *defaults = value_find(search.body, STR("default_tags"));
    if (defaults != NULL && defaults->kind == VALUE_LIST)
        defaults = defaults->first;
    defaults = value_find(defaults, STR("tags"));
    if (defaults == NULL)
        return;
    struct value *all =
        all_tags(reading, resource->written, tf_json_evaluate(reading->plan, reading->scratch, defaults));
    if (all != NULL)
        value_add(after, all);
}

static void tell(struct reading *reading, struct resource *resource, const struct value *body)
{
    struct plan *plan = reading->plan;
    resource->configuration_key = resource->address;
    resource->module = STR("");
    resource->written = tf_json_evaluate(plan, reading->scratch, body);
    struct value *after = keep_arguments(reading->scratch, resource->written);
    const struct value *lifecycle = value_find(resource->written, STR("lifecycle"));
    if (lifecycle != NULL)
        value_add(after, share(reading->scratch, lifecycle->key, lifecycle));
    add_all_tags(reading, resource, after);
    resource->after = after;
    resource->construct = find_construct(body);
    if (resource->construct.p != NULL) {
        struct str *construct = arena_get(plan->arena, sizeof *construct);
        *construct = resource->construct;
        *map_get(&plan->constructs, arena_copy(plan->arena, resource->address)) = construct;
    }
    reading->events->resource(reading->context, resource);
    arena_reset(reading->scratch);
}

static void tell_resource(void *context, struct str type, struct str name, const struct value *body)
{
    struct reading *reading = context;
    struct str prefix = reading->is_data ? STR("data.") : STR("");
    struct str address = arena_join(reading->scratch, (struct str[]){ prefix, type, STR("."), name }, 4);
    struct resource resource = { .address = address, .type = type, .name = name };
    const struct value *provider = value_find(body, STR("provider"));
    struct str local = provider != NULL && provider->kind == VALUE_STRING ? provider->text : provider_prefix(type);
    ptrdiff_t dot = str_find_byte(local, '.');
    reading->plan->change_count++;
    if (is_zero(value_find(body, STR("count"))))
        return;
    resource.provider =
        find_provider(reading->plan, reading->scratch, str_part(local, 0, dot < 0 ? local.n : (size_t)dot));
    resource.mode = reading->is_data ? MODE_DATA : MODE_MANAGED;
    resource.actions = reading->is_data ? ACTION_READ : ACTION_CREATE;
    tell(reading, &resource, body);
}

/* Of a provider block, its name and region, as the configuration part of a plan has them. */
static void configure_provider(void *context, struct str type, struct str name, const struct value *body)
{
    struct plan *plan = ((struct reading *)context)->plan;
    struct str alias = value_find_text(body, STR("alias"));
    struct str key = alias.n == 0 ? name : arena_join(plan->arena, (struct str[]){ name, STR("."), alias }, 3);
    const struct value *region = value_find(body, STR("region"));
    struct value *kept = value_make(plan->arena, VALUE_OBJECT), *label = value_make_string(plan->arena, name);
    (void)type;
    label->key = STR("name");
    value_add(kept, label);
    if (region != NULL)
        value_add(kept, tf_json_expression(plan, plan->arena, region));
    *map_get(&plan->configuration.providers, key) = kept;
}

static void tell_block(void *context, struct str type, struct str name, const struct value *body)
{
    struct reading *reading = context;
    struct str kind = str_from(reading->kind), alias = value_find_text(body, STR("alias"));
    bool is_provider = str_equal(kind, STR("provider")), is_variable = str_equal(kind, STR("variable"));
    struct resource resource = { .type = kind, .name = name, .mode = MODE_BLOCK, .actions = ACTION_NO_OP };
    (void)type;
    resource.address =
        arena_format(reading->scratch, "%.*s.%.*s", STR_ARG(is_variable ? STR("var") : kind), STR_ARG(name));
    if (is_provider) {
        resource.type = resource.address;
        resource.provider = find_provider(reading->plan, reading->scratch, name);
    }
    if (is_provider && alias.n > 0)
        resource.address = arena_format(reading->scratch, "%.*s.%.*s", STR_ARG(resource.address), STR_ARG(alias));
    configure(reading, arena_copy(reading->plan->arena, resource.address), STR(""), body);
    tell(reading, &resource, body);
}

/* The terraform block is told as one, and each backend in it as another. */
static void tell_terraform(struct reading *reading)
{
    const struct value *terraform = value_find(reading->plan->written, STR("terraform"));
    const struct value *part = terraform != NULL && terraform->kind == VALUE_LIST ? terraform->first : terraform;
    for (; part != NULL; part = terraform->kind == VALUE_LIST ? part->next : NULL) {
        if (part->kind != VALUE_OBJECT)
            continue;
        struct resource resource = { .address = STR("terraform"), .type = STR("terraform"), .name = STR("terraform"),
                                     .mode = MODE_BLOCK, .actions = ACTION_NO_OP };
        configure(reading, STR("terraform"), STR(""), part);
        tell(reading, &resource, part);
        const struct value *backend = value_find(part, STR("backend"));
        for (const struct value *one = backend == NULL ? NULL : backend->first; one != NULL; one = one->next) {
            const struct value *body = one->kind == VALUE_LIST ? one->first : one;
            if (body == NULL || body->kind != VALUE_OBJECT)
                continue;
            resource.address = resource.type =
                arena_format(reading->plan->arena, "terraform.backend.%.*s", STR_ARG(one->key));
            resource.name = one->key;
            configure(reading, resource.address, STR(""), body);
            tell(reading, &resource, body);
        }
    }
}

void tf_json_read(struct plan *plan, struct arena *scratch, const struct plan_events *events, void *context)
{
    static const char *const kinds[] = { "provider", "variable", "output", "module" };
    struct reading reading = { .plan = plan, .scratch = scratch, .events = events, .context = context };
    fill_root_module(plan);
    tf_json_each(plan->written, STR("provider"), configure_provider, &reading);
    for (int is_data = 0; is_data <= 1; is_data++) {
        reading.is_data = is_data;
        tf_json_each(plan->written, is_data ? STR("data") : STR("resource"), configure_resource, &reading);
    }
    for (int is_data = 0; is_data <= 1; is_data++) {
        reading.is_data = is_data;
        tf_json_each(plan->written, is_data ? STR("data") : STR("resource"), tell_resource, &reading);
    }
    tell_terraform(&reading);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        reading.kind = kinds[i];
        tf_json_each(plan->written, str_from(kinds[i]), tell_block, &reading);
    }
}
