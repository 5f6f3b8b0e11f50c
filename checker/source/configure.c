#include "source/configure.h"

#include "base/arena.h"
#include "hcl/expression.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "source/folder.h"
#include "source/learn.h"
#include "source/literal.h"
#include "source/provider.h"
#include "source/variables.h"

/* What Terraform takes for itself from a block that stands in no other. */
static bool is_meta(const struct hcl_block *block, struct str name)
{
    static const struct str of_all[] = { STR_INIT("count"), STR_INIT("for_each"), STR_INIT("depends_on"),
                                         STR_INIT("provider"), STR_INIT("lifecycle"), STR_INIT("connection"),
                                         STR_INIT("provisioner") };
    static const struct str of_modules[] = { STR_INIT("source"), STR_INIT("version"), STR_INIT("providers") };
    if (block->parent == NULL || block->parent->parent != NULL)
        return false;
    for (size_t i = 0; i < sizeof of_all / sizeof of_all[0]; i++)
        if (str_equal(of_all[i], name))
            return true;
    for (size_t i = 0; i < sizeof of_modules / sizeof of_modules[0]; i++)
        if (str_equal(block->type, STR("module")) && str_equal(of_modules[i], name))
            return true;
    return false;
}

static struct str step_text(struct arena *arena, const struct reference_step *step)
{
    switch (step->kind) {
    case REFERENCE_NAME: return arena_join(arena, (struct str[]){ STR("."), step->text }, 2);
    case REFERENCE_NUMBER: return arena_join(arena, (struct str[]){ STR("["), step->text, STR("]") }, 3);
    case REFERENCE_KEY: return arena_join(arena, (struct str[]){ STR("[\""), step->text, STR("\"]") }, 3);
    case REFERENCE_OPEN: break;
    }
    return STR("");
}

/* The reference and its beginnings, the longest first, as far as they name something. */
static void add_reference(struct arena *arena, struct value *list, const struct reference *reference)
{
    size_t least = str_equal(reference->steps[0].text, STR("data")) ? 3 : 2, count = 0;
    struct str *texts = arena_get(arena, (reference->count + 1) * sizeof *texts), text = reference->steps[0].text;
    for (size_t i = 1; i <= reference->count; i++) {
        if (i >= least)
            texts[count++] = text;
        if (i == reference->count || reference->steps[i].kind == REFERENCE_OPEN)
            break;
        text = arena_join(arena, (struct str[]){ text, step_text(arena, &reference->steps[i]) }, 2);
    }
    while (count > 0)
        value_add(list, value_make_string(arena, texts[--count]));
}

static struct value *make_expression(struct arena *arena, const struct hcl_attribute *attribute)
{
    struct value *value = value_make(arena, VALUE_OBJECT), *member = NULL;
    struct template template = { 0 };
    value->key = attribute->name;
    if (!expression_read(arena, attribute->expression, &template) || template.part_count != 1)
        return value;
    member = template.reference_count > 0 ? NULL : source_read_literal(arena, attribute->expression);
    if (member != NULL) {
        member->key = STR("constant_value");
        value_add(value, member);
        return value;
    }
    member = value_make(arena, VALUE_LIST);
    for (size_t i = 0; i < template.reference_count; i++)
        add_reference(arena, member, template.references[i]);
    member->key = STR("references");
    if (member->count > 0)
        value_add(value, member);
    return value;
}

/* What an argument that Terraform takes for itself names; NULL when it is not there or names nothing. */
static const struct value *find_references(struct arena *arena, const struct hcl_block *block, struct str name)
{
    const struct hcl_attribute *attribute = hcl_find_attribute(block, name);
    return attribute == NULL ? NULL : configuration_references(make_expression(arena, attribute));
}

static const struct value *find_repetition(struct arena *arena, const struct hcl_block *block)
{
    const struct value *references = find_references(arena, block, STR("for_each"));
    return references != NULL ? references : find_references(arena, block, STR("count"));
}

/* Addresses only, without what they begin with. */
static const struct value *find_depends_on(struct arena *arena, const struct hcl_block *block)
{
    const struct value *references = find_references(arena, block, STR("depends_on"));
    struct value *list = value_make(arena, VALUE_LIST);
    for (const struct value *item = references == NULL ? NULL : references->first; item != NULL; item = item->next)
        if (!configuration_is_prefix(references, item))
            value_add(list, value_make_string(arena, item->text));
    return list->count > 0 ? list : NULL;
}

/* The depth is that of the blocks, which is bounded. */
static struct value *make_expressions(struct arena *arena, const struct hcl_block *block)
{
    struct value *object = value_make(arena, VALUE_OBJECT);
    for (const struct hcl_attribute *attribute = block->attributes; attribute != NULL; attribute = attribute->next)
        if (!is_meta(block, attribute->name))
            value_add(object, make_expression(arena, attribute));
    for (const struct hcl_block *nested = block->blocks; nested != NULL; nested = nested->next) {
        if (is_meta(block, nested->type) || str_equal(nested->type, STR("dynamic")))
            continue;
        struct value *list = value_find(object, nested->type);
        if (list == NULL || list->kind != VALUE_LIST) {
            list = value_make(arena, VALUE_LIST);
            list->key = nested->type;
            value_add(object, list);
        }
        value_add(list, make_expressions(arena, nested));
    }
    return object;
}

static void add_resource(struct plan *plan, const struct source_module *module, struct str name,
                         const struct hcl_block *block)
{
    struct configured *configured = arena_get(plan->arena, sizeof *configured);
    struct str key = module->address.n == 0 ? name
                                            : arena_join(plan->arena, (struct str[]){ module->address, STR("."), name }, 3);
    configured->expressions = make_expressions(plan->arena, block);
    configured->module = module->address;
    configured->provider_key = source_provider_key(module, block);
    configured->has_count = hcl_find_attribute(block, STR("count")) != NULL ||
                            hcl_find_attribute(block, STR("for_each")) != NULL;
    configured->references = configuration_gather(plan->arena, configured->expressions);
    configured->written = value_list_keys(&plan->strings, configured->expressions, NULL);
    configured->repetition = find_repetition(plan->arena, block);
    configured->depends_on = find_depends_on(plan->arena, block);
    *map_get(&plan->configuration.resources, key) = configured;
}

static bool is_resource(const struct hcl_block *block)
{
    return str_equal(block->type, STR("resource")) || str_equal(block->type, STR("data")) ||
           str_equal(block->type, STR("ephemeral"));
}

/* {references, sensitive, depends_on} of an output block. */
static struct value *make_output(struct arena *arena, const struct hcl_block *block)
{
    struct value *output = value_make(arena, VALUE_OBJECT);
    const struct hcl_attribute *sensitive = hcl_find_attribute(block, STR("sensitive"));
    struct {
        struct str key;
        const struct value *value;
    } parts[] = { { STR("references"), find_references(arena, block, STR("value")) },
                  { STR("sensitive"), sensitive == NULL ? NULL : source_read_literal(arena, sensitive->expression) },
                  { STR("depends_on"), find_depends_on(arena, block) } };
    output->key = block->labels[0];
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].value == NULL)
            continue;
        struct value *copy = value_copy(arena, NULL, parts[i].value);
        copy->key = parts[i].key;
        value_add(output, copy);
    }
    return output;
}

/* {name, module_address, region, references} under the key of a provider block. */
static void add_provider(struct plan *plan, const struct source_module *module, struct str name,
                         const struct hcl_block *block)
{
    struct value *provider = value_make(plan->arena, VALUE_OBJECT), *text = value_make_string(plan->arena, block->labels[0]);
    const struct hcl_attribute *region = hcl_find_attribute(block, STR("region"));
    struct str key = str_from_offset(name, sizeof "provider." - 1);
    text->key = STR("name");
    value_add(provider, text);
    if (module->address.n > 0) {
        text = value_make_string(plan->arena, module->address);
        text->key = STR("module_address");
        value_add(provider, text);
        key = arena_join(plan->arena, (struct str[]){ module->address, STR(":"), key }, 3);
    }
    if (region != NULL)
        value_add(provider, make_expression(plan->arena, region));
    struct value *references = configuration_gather(plan->arena, make_expressions(plan->arena, block));
    references->key = STR("references");
    value_add(provider, references);
    *map_get(&plan->configuration.providers, key) = provider;
}

static void add_declared(struct plan *plan, const struct source_module *module, struct value *outputs)
{
    for (size_t i = 0; i < module->folder->blocks.count; i++) {
        const struct map_entry *entry = &module->folder->blocks.entries[i];
        const struct hcl_block *block = ((const struct source_block *)entry->value)->block;
        if (is_resource(block))
            add_resource(plan, module, entry->key, block);
        else if (str_equal(block->type, STR("output")))
            value_add(outputs, make_output(plan->arena, block));
        else if (str_equal(block->type, STR("provider")))
            add_provider(plan, module, entry->key, block);
    }
}

static void add_module(struct plan *plan, const struct source_module *module)
{
    struct configured_module *configured = arena_get(plan->arena, sizeof *configured);
    struct value *outputs = value_make(plan->arena, VALUE_OBJECT);
    configured->address = module->address;
    *map_get(&plan->configuration.modules, module->address) = configured;
    if (module->call.block != NULL) {
        configured->expressions = make_expressions(plan->arena, module->call.block);
        configured->repetition = find_repetition(plan->arena, module->call.block);
        configured->depends_on = find_depends_on(plan->arena, module->call.block);
    }
    if (module->folder == NULL)
        return;
    configured->variables = source_declared_variables(plan->arena, module->folder);
    configured->outputs = outputs;
    add_declared(plan, module, outputs);
}

void source_configure(const struct source *source, const struct source_lessons *lessons, struct plan *plan)
{
    for (const struct source_module *module = source->modules; module != NULL; module = module->next)
        add_module(plan, module);
    plan->configuration.is_present = true;
    plan->variables = source_learnt_variables(lessons, plan->arena, &plan->lacks_variables);
    plan->has_variables = true;
}
