#include "base/arena.h"
#include "base/vec.h"
#include "plan/plan.h"
#include "plan/value.h"
#include "rules/declared.h"
#include "rules/provider_version.h"
#include "schema/schema_library.h"

#include <stdlib.h>

static struct str step_text(const struct reference *reference, size_t step)
{
    bool is_name = step < reference->count && reference->steps[step].kind == REFERENCE_NAME;
    return is_name ? reference->steps[step].text : (struct str){ NULL, 0 };
}

/* Names that need no declaration. */
static bool is_built_in(struct str root)
{
    static const struct str names[] = { STR_INIT("each"), STR_INIT("count"),     STR_INIT("self"),
                                        STR_INIT("path"), STR_INIT("terraform"), STR_INIT("ephemeral") };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_equal(names[i], root))
            return true;
    return false;
}

/* How many of a reference's steps name a block. */
static size_t owner_steps(const struct reference *reference)
{
    return str_equal(step_text(reference, 0), STR("data")) ? 3 : 2;
}

struct declared_block *declared_find(const struct declarations *declarations, const struct reference *reference,
                                     struct str *address)
{
    size_t steps = owner_steps(reference);
    *address = step_text(reference, 0);
    for (size_t i = 1; i < steps; i++) {
        struct str name = step_text(reference, i);
        if (name.p == NULL)
            return NULL;
        *address = arena_join(declarations->arena, (struct str[]){ *address, STR("."), name }, 3);
    }
    return map_find(&declarations->blocks, *address);
}

/* The address that was probably meant. */
static struct str suggest(const struct declarations *declarations, struct str address)
{
    const struct map *blocks = &declarations->blocks;
    struct str *names = arena_get(declarations->arena, (blocks->count + 1) * sizeof *names);
    for (size_t i = 0; i < blocks->count; i++)
        names[i] = blocks->entries[i].key;
    return str_suggest(address, names, blocks->count);
}

static const char *kind_words(struct str root)
{
    static const struct {
        struct str root;
        const char *words;
    } rows[] = { { STR_INIT("var"), "input variable" },
                 { STR_INIT("local"), "local value" },
                 { STR_INIT("data"), "data source" },
                 { STR_INIT("module"), "module call" } };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (str_equal(rows[i].root, root))
            return rows[i].words;
    return "resource";
}

static void complain_of_undeclared(struct declarations *declarations, const struct declared_block *block,
                                   const struct declared_reference *reference, struct str address)
{
    struct str root = step_text(reference->reference, 0), best = suggest(declarations, address);
    struct str hint = best.p == NULL ? STR("")
                                     : arena_format(declarations->arena, "; did you mean %.*s?", STR_ARG(best));
    declared_complain(declarations, DECLARED_UNDECLARED, block->address, reference->path,
                      "the %s %.*s has not been declared%.*s", kind_words(root), STR_ARG(address), STR_ARG(hint));
}

static enum schema_mode mode_of(const struct declared_block *block)
{
    return block->kind == DECLARED_DATA ? SCHEMA_DATA : SCHEMA_RESOURCE;
}

/* The kind of problem that something unknown to the schemas is: another version of the provider may know it. */
static enum declared_problem_kind unknown_kind(const struct declarations *declarations, struct str type,
                                               enum declared_problem_kind kind)
{
    bool is_known = provider_is_surely_known(declarations->plan, declarations->schemas, provider_of_type(type));
    return is_known ? kind : DECLARED_OTHER_VERSION;
}

/* The first attribute of a reference to a resource, behind its index. */
static void check_attribute(struct declarations *declarations, const struct declared_block *block,
                            const struct declared_reference *reference, const struct declared_block *target)
{
    size_t step = owner_steps(reference->reference);
    const struct schema *schema = NULL;
    while (step < reference->reference->count && reference->reference->steps[step].kind != REFERENCE_NAME)
        step++;
    struct str name = step_text(reference->reference, step);
    if (name.p == NULL || declarations->schemas == NULL)
        return;
    schema = schema_library_find(declarations->schemas, (struct str){ NULL, 0 }, mode_of(target), target->type);
    if (schema == NULL || schema_find_item(schema->block, name) != NULL)
        return;
    struct str *names = arena_get(declarations->arena, (schema->block->count + 1) * sizeof *names);
    for (size_t i = 0; i < schema->block->count; i++)
        names[i] = schema->block->items[i].name;
    struct str best = str_suggest(name, names, schema->block->count);
    struct str hint = best.p == NULL ? STR("")
                                     : arena_format(declarations->arena, "; did you mean \"%.*s\"?", STR_ARG(best));
    declared_complain(declarations, unknown_kind(declarations, target->type, DECLARED_ATTRIBUTE), block->address,
                      reference->path,
                      "%.*s has no attribute \"%.*s\"%.*s", STR_ARG(target->address), STR_ARG(name), STR_ARG(hint));
}

/* Instances of count and for_each are reached by an index, a single one without. */
static void check_index(struct declarations *declarations, const struct declared_block *block,
                        const struct declared_reference *reference, const struct declared_block *target)
{
    size_t step = owner_steps(reference->reference);
    if (step >= reference->reference->count || reference->part != PART_ARGUMENT)
        return;
    bool is_indexed = reference->reference->steps[step].kind != REFERENCE_NAME;
    bool is_splat = reference->reference->steps[step].kind == REFERENCE_OPEN;
    const char *what = target->has_count ? "count" : "for_each";
    if (!is_indexed && (target->has_count || target->has_for_each))
        declared_complain(declarations, DECLARED_INDEX, block->address, reference->path,
                          "%.*s has %s set: its attributes are those of an instance, as %.*s[%s]",
                          STR_ARG(target->address), what, STR_ARG(target->address),
                          target->has_count ? "0" : "\"key\"");
    else if (is_indexed && !is_splat && !target->has_count && !target->has_for_each)
        declared_complain(declarations, DECLARED_INDEX, block->address, reference->path,
                          "%.*s has neither count nor for_each set: it takes no index", STR_ARG(target->address));
}

static bool is_resource(const struct declared_block *block)
{
    return block->kind == DECLARED_RESOURCE || block->kind == DECLARED_DATA;
}

static void check_target(struct declarations *declarations, const struct declared_block *block,
                         const struct declared_reference *reference, const struct declared_block *target)
{
    size_t steps = owner_steps(reference->reference);
    if (reference->part == PART_DEPENDS_ON && is_resource(target) && reference->reference->count > steps &&
        reference->reference->steps[steps].kind == REFERENCE_NAME)
        declared_complain(declarations, DECLARED_DEPENDS_ON, block->address, reference->path,
                          "a whole object is expected here: %.*s, without %.*s", STR_ARG(target->address),
                          STR_ARG(step_text(reference->reference, steps)));
    if (reference->part == PART_LIFECYCLE && target->kind != DECLARED_RESOURCE)
        declared_complain(declarations, DECLARED_LIFECYCLE, block->address, reference->path,
                          "only managed resources may stand here, not %.*s", STR_ARG(target->address));
    if (target == block && reference->part != PART_LIFECYCLE)
        declared_complain(declarations, DECLARED_SELF, block->address, reference->path,
                          "the configuration of %.*s may not refer to itself", STR_ARG(block->address));
    if (!is_resource(target))
        return;
    check_index(declarations, block, reference, target);
    check_attribute(declarations, block, reference, target);
}

static void check_reference(struct declarations *declarations, const struct declared_block *block,
                            const struct declared_reference *reference)
{
    const struct reference *found = reference->reference;
    struct str root = step_text(found, 0), address;
    if (is_built_in(root))
        return;
    if (found->count < owner_steps(found) || step_text(found, 1).p == NULL) {
        bool is_type = str_find_byte(root, '_') >= 0 && found->count == 1 && root.p[0] >= 'a' && root.p[0] <= 'z';
        declared_complain(declarations, DECLARED_INVALID, block->address, reference->path,
                          is_type ? "%.*s names no resource: a type is followed by a name"
                                  : "%.*s refers to nothing; write $${...} for a literal ${...}",
                          STR_ARG(found->text));
        return;
    }
    const struct declared_block *target = declared_find(declarations, found, &address);
    if (target == NULL)
        complain_of_undeclared(declarations, block, reference, address);
    else
        check_target(declarations, block, reference, target);
}

static bool is_provider_name(struct str text)
{
    size_t dots = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool is_plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        dots += c == '.';
        if (!is_plain && c != '.')
            return false;
    }
    return text.n > 0 && dots <= 1;
}

/* Which provider configuration the block uses, as aws or aws.west. False when it cannot be told. */
static bool find_configuration(struct declarations *declarations, const struct declared_block *block, struct str *name)
{
    const struct value *given = value_find(block->body, STR("provider"));
    *name = provider_of_type(block->type);
    if (given == NULL || given->kind == VALUE_NULL)
        return true;
    *name = given->text;
    if (given->kind == VALUE_STRING && str_starts_with(*name, STR("${")) && str_ends_with(*name, STR("}")))
        *name = str_part(*name, 2, name->n - 3);
    if (given->kind == VALUE_STRING && is_provider_name(*name))
        return true;
    declared_complain(declarations, DECLARED_PROVIDER_NAME, block->address, STR("provider"),
                      "the provider argument is a name such as aws.west, no expression");
    return false;
}

/* Resources that use a provider's default configuration though none is declared. */
struct users {
    struct arena *arena;
    struct str provider;
    struct str *items;
    size_t count, capacity;
};

static void check_provider(struct declarations *declarations, const struct declared_block *block, struct users *users)
{
    struct str name;
    if (str_starts_with(block->type, STR("terraform_")) || !find_configuration(declarations, block, &name))
        return;
    ptrdiff_t dot = str_find_byte(name, '.');
    struct str address = arena_format(declarations->arena, "provider.%.*s", STR_ARG(name));
    if (map_find(&declarations->blocks, address) != NULL)
        return;
    if (dot >= 0)
        declared_complain(declarations, DECLARED_ALIAS, block->address, STR("provider"),
                          "the provider configuration %.*s is not declared", STR_ARG(name));
    else if (str_equal(name, users->provider))
        VEC_ADD(users->arena, users, block->address);
}

static int order_addresses(const void *a, const void *b)
{
    return str_compare(*(const struct str *)a, *(const struct str *)b);
}

/* One finding for all resources: one provider block mends them all. */
static void report_users(struct declarations *declarations, struct users *users)
{
    const struct map *blocks = &declarations->blocks;
    bool has_alias = false;
    if (users->count == 0)
        return;
    for (size_t i = 0; i < blocks->count; i++) {
        const struct declared_block *block = blocks->entries[i].value;
        has_alias |= block->kind == DECLARED_PROVIDER && str_equal(block->name, users->provider);
    }
    qsort(users->items, users->count, sizeof *users->items, order_addresses);
    struct finding finding = { .address = arena_format(declarations->arena, "provider.%.*s", STR_ARG(users->provider)),
                               .verdict = VERDICT_FAIL, .related = users->items, .related_count = users->count };
    finding.message =
        arena_format(declarations->arena,
                     has_alias ? "%zu resources use the default configuration of provider %.*s, but all that"
                                 " are declared have an alias"
                               : "%zu resources use provider %.*s, of which no configuration is declared",
                     users->count, STR_ARG(users->provider));
    declarations->report(declarations->context, has_alias ? DECLARED_DEFAULT_PROVIDER : DECLARED_NO_PROVIDER, finding);
}

static void check_type(struct declarations *declarations, const struct declared_block *block)
{
    struct str provider = provider_of_type(block->type);
    if (declarations->schemas == NULL || !schema_library_has_provider(declarations->schemas, provider) ||
        schema_library_find(declarations->schemas, (struct str){ NULL, 0 }, mode_of(block), block->type) != NULL)
        return;
    struct str best = schema_library_suggest(declarations->schemas, declarations->arena, provider, mode_of(block),
                                             block->type);
    struct str hint = best.p == NULL ? STR("")
                                     : arena_format(declarations->arena, "; did you mean \"%.*s\"?", STR_ARG(best));
    declared_complain(declarations, unknown_kind(declarations, block->type, DECLARED_TYPE), block->address,
                      (struct str){ NULL, 0 },
                      "the provider %.*s has no %s type \"%.*s\"%.*s", STR_ARG(provider),
                      block->kind == DECLARED_DATA ? "data source" : "resource", STR_ARG(block->type), STR_ARG(hint));
}

/* An output that shows a secret is refused unless it is marked. */
static void check_output(struct declarations *declarations, const struct declared_block *block)
{
    if (value_find_truth(block->body, STR("sensitive")))
        return;
    const struct value *written = value_find(block->body, STR("value"));
    if (written == NULL || str_find(written->text, STR("nonsensitive(")) >= 0)
        return;
    for (size_t i = 0; i < block->count; i++) {
        const struct reference *reference = block->references[i].reference;
        struct str address;
        const struct declared_block *target = declared_find(declarations, reference, &address);
        if (target == NULL)
            continue;
        bool is_sensitive = target->kind == DECLARED_VARIABLE && value_find_truth(target->body, STR("sensitive"));
        if (is_resource(target) && declarations->schemas != NULL) {
            const struct schema *schema = schema_library_find(declarations->schemas, (struct str){ NULL, 0 },
                                                              mode_of(target), target->type);
            struct str attribute = step_text(reference, owner_steps(reference));
            const struct schema_item *item = schema == NULL || attribute.p == NULL
                                                 ? NULL
                                                 : schema_find_item(schema->block, attribute);
            is_sensitive = item != NULL && item->sensitive;
        }
        if (is_sensitive) {
            declared_complain(declarations, DECLARED_SENSITIVE, block->address, STR("value"),
                              "shows %.*s, which is sensitive, but is not marked sensitive = true",
                              STR_ARG(reference->text));
            return;
        }
    }
}

void declared_check(struct declarations *declarations)
{
    const struct map *blocks = &declarations->blocks;
    struct users users = { .arena = declarations->arena, .provider = STR("aws") };
    for (size_t i = 0; i < blocks->count; i++) {
        const struct declared_block *block = blocks->entries[i].value;
        for (size_t r = 0; r < block->count; r++)
            check_reference(declarations, block, &block->references[r]);
        if (is_resource(block)) {
            check_provider(declarations, block, &users);
            check_type(declarations, block);
        }
        if (block->kind == DECLARED_OUTPUT)
            check_output(declarations, block);
    }
    report_users(declarations, &users);
}
