/* Any bytes as an input: it is a plan or state whose parts keep their promises,
or is refused with a sentence that has
 * a command. How few bytes a read gives must not matter. */
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "plan/input.h"
#include "plan/path.h"
#include "plan/plan.h"
#include "plan/plan_read.h"
#include "plan/resource.h"
#include "plan/value_build.h"

#include <stdlib.h>

/* Deeper than any document, since a mask may lengthen a value but not beyond its own depth. */
enum { DEEPEST = JSON_DEPTH_MAX + 2 };

/* One reading, and a sum of what was seen. */
struct consumer {
    struct str text;
    size_t at;
    uint64_t sizes; /* of reads; 0 = as many as asked for */
    struct plan plan;
    uint64_t hash;
    size_t resources, nodes, notes;
    struct error error;
    bool ok;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void fail_for_memory(void *context)
{
    (void)context;
    abort();
}

static ptrdiff_t give_bytes(void *context, char *buffer, size_t n)
{
    struct consumer *consumer = context;
    size_t left = consumer->text.n - consumer->at;
    if (consumer->sizes != 0) {
        consumer->sizes = consumer->sizes * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        size_t wish = 1 + (size_t)(consumer->sizes >> 33) % (consumer->sizes >> 63 != 0 ? 4 : 100);
        n = wish < n ? wish : n;
    }
    n = n < left ? n : left;
    if (n > 0)
        memcpy(buffer, consumer->text.p + consumer->at, n);
    consumer->at += n;
    return (ptrdiff_t)n;
}

static void take_note(void *context, struct str sentence)
{
    struct consumer *consumer = context;
    require(sentence.n > 0 && sentence.n < 400);
    consumer->notes++;
}

static void check_node(struct consumer *consumer, const struct value *value, const struct value *parent)
{
    size_t count = 0;
    for (const struct value *child = value->first; child != NULL; child = child->next)
        count++;
    require(count == value->count && (value->last == NULL) == (count == 0));
    require(count == 0 || value->kind == VALUE_LIST || value->kind == VALUE_OBJECT);
    bool is_rest = parent != NULL && parent->is_partial && value == parent->last && value->kind == VALUE_UNKNOWN;
    require(parent == NULL || parent->kind != VALUE_OBJECT || is_rest || value->key.p != NULL);
    require((value->kind != VALUE_STRING && value->kind != VALUE_NUMBER) || value->text.p != NULL);
    consumer->hash = str_hash_more(consumer->hash, value->key);
    if (value->kind == VALUE_STRING || value->kind == VALUE_NUMBER)
        consumer->hash = str_hash_more(consumer->hash, value->text);
    consumer->hash = consumer->hash * 31 + (uint64_t)value->kind + (value->sensitive ? 64 : 0);
    consumer->nodes++;
}

static void walk_tree(struct consumer *consumer, const struct value *root)
{
    const struct value *parents[DEEPEST], *next[DEEPEST];
    size_t depth = 0;
    if (root == NULL)
        return;
    check_node(consumer, root, NULL);
    parents[depth] = root;
    next[depth++] = root->first;
    while (depth > 0) {
        const struct value *child = next[depth - 1];
        if (child == NULL) {
            depth--;
            continue;
        }
        next[depth - 1] = child->next;
        check_node(consumer, child, parents[depth - 1]);
        require(depth < DEEPEST);
        parents[depth] = child;
        next[depth++] = child->first;
    }
}

static void take_resource(void *context, const struct resource *resource)
{
    struct consumer *consumer = context;
    require(resource->address.n > 0 && resource->type.p != NULL && resource->name.p != NULL);
    require(resource->module.p != NULL && resource->configuration_key.p != NULL && resource->actions != 0);
    consumer->hash = str_hash_more(consumer->hash, resource->address);
    consumer->hash = str_hash_more(consumer->hash, resource->configuration_key) + resource->actions;
    walk_tree(consumer, resource->after);
    walk_tree(consumer, resource->replace_paths);
    consumer->resources += resource->mode != MODE_BLOCK;
}

static bool want_some(void *context, struct str configuration_key, struct str type, struct str attribute)
{
    (void)context;
    require(configuration_key.p != NULL && type.p != NULL);
    return attribute.n % 7 != 6;
}

static bool take_origin(void *context, struct str module, struct str reference)
{
    struct consumer *consumer = context;
    consumer->hash = str_hash_more(str_hash_more(consumer->hash, module), reference);
    return true;
}

static void ask_configuration(struct consumer *consumer)
{
    static const char *const questions[] = { "name", "a", "a.b", "ingress[*].from_port", "a[0].b[1].c",
                                             "a.json().b" };
    const struct plan *plan = &consumer->plan;
    struct error error = { .code = ERROR_NONE };
    for (size_t i = 0; i < plan->configuration.resources.count; i++) {
        const struct map_entry *entry = &plan->configuration.resources.entries[i];
        const struct configured *configured = entry->value;
        walk_tree(consumer, configured->expressions);
        for (size_t k = 0; k < sizeof questions / sizeof questions[0]; k++) {
            const struct path *path = path_compile(plan->arena, str_from(questions[k]), &error);
            struct written_value written = configuration_find(plan, entry->key, path);
            require((written.written == WRITTEN_CONSTANT) == (written.constant != NULL));
            walk_tree(consumer, written.constant);
            configuration_each_origin(plan, configured->module, written.references, take_origin, consumer);
        }
    }
    for (size_t i = 0; i < plan->configuration.modules.count; i++) {
        const struct map_entry *entry = &plan->configuration.modules.entries[i];
        const struct configured_module *module = entry->value;
        walk_tree(consumer, module->expressions);
        walk_tree(consumer, module->variables);
        const struct value *v = module->variables == NULL ? NULL : module->variables->first;
        for (; v != NULL; v = v->next)
            walk_tree(consumer, configuration_find_variable(plan, entry->key, v->key));
    }
    walk_tree(consumer, plan->variables);
}

static void check_error(const struct consumer *consumer)
{
    struct str text = str_from(consumer->error.text);
    require(consumer->error.code == ERROR_INPUT && str_find_byte(text, '`') >= 0);
    require(text.n > 0 && text.n < sizeof consumer->error.text);
}

static void read_once(struct consumer *consumer, struct str text, uint64_t sizes)
{
    static const struct plan_events events = { take_resource, want_some };
    struct memory memory = { .exhausted = fail_for_memory };
    struct arena *arena = arena_open(&memory), *scratch = arena_open(&memory);
    *consumer = (struct consumer){ .text = text, .sizes = sizes, .plan = { .arena = arena } };
    struct input input = { .read = give_bytes, .note = take_note, .context = consumer, .name = STR("fuzz.json") };
    struct plan_reader *reader = plan_open(&consumer->plan, scratch, &events, consumer, input.name, &consumer->error);
    consumer->ok = input_read(arena, &input, reader, &consumer->error);
    require(consumer->plan.change_count == consumer->resources);
    if (consumer->ok)
        require(consumer->plan.form != PLAN_FORM_NONE && input.bytes == text.n && consumer->error.code == ERROR_NONE);
    else
        check_error(consumer);
    ask_configuration(consumer);
    arena_close(scratch);
    arena_close(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = { (const char *)data, size };
    struct consumer whole, parts;
    read_once(&whole, text, 0);
    read_once(&parts, text, str_hash(text) | 1);
    require(whole.ok == parts.ok && whole.resources == parts.resources && whole.nodes == parts.nodes);
    require(whole.hash == parts.hash && whole.notes == parts.notes);
    require(strcmp(whole.error.text, parts.error.text) == 0 && whole.error.line == parts.error.line &&
            whole.error.column == parts.error.column);
    return 0;
}
