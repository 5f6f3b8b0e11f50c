/* Reads a plan as JSON and as text for people and holds what the text says against the JSON.
 * Usage: compare_plans PLAN.json PLAN.txt. Prints what differs and a line of figures; exits 1 when something differs. */
#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/number.h"
#include "plan/input.h"
#include "plan/plan.h"
#include "plan/plan_read.h"
#include "plan/resource.h"
#include "plan/value_build.h"

#include <stdio.h>
#include <stdlib.h>

struct document {
    struct arena *arena;
    struct plan plan;
    struct str text;
    size_t read;
    struct map resources; /* address and deposed key -> struct resource */
};

struct figures {
    size_t resources, equal, as_json, but_for_blanks, unknown, hidden, nothing;
    size_t differences;
};

static void exhausted(void *context)
{
    (void)context;
    exit(3);
}

static void keep(void *context, const struct resource *resource)
{
    struct document *document = context;
    bool is_shown = resource->actions != ACTION_NO_OP || resource->is_import ||
                    (resource->previous_address.n > 0 && !str_equal(resource->previous_address, resource->address));
    bool is_data_gone = resource->mode == MODE_DATA && resource->actions == ACTION_DELETE;
    if (!is_shown || is_data_gone)
        return;
    struct resource *kept = arena_get(document->arena, sizeof *kept);
    *kept = *resource;
    kept->address = arena_copy(document->arena, resource->address);
    kept->module = arena_copy(document->arena, resource->module);
    kept->type = arena_copy(document->arena, resource->type);
    kept->name = arena_copy(document->arena, resource->name);
    kept->action_reason = arena_copy(document->arena, resource->action_reason);
    kept->previous_address = arena_copy(document->arena, resource->previous_address);
    if (resource->after != NULL)
        kept->after = value_copy(document->arena, NULL, resource->after);
    struct str parts[] = { resource->address, STR(" "), resource->deposed };
    *map_get(&document->resources, arena_join(document->arena, parts, 3)) = kept;
}

static bool want_nothing(void *context, struct str key, struct str type, struct str attribute)
{
    (void)context, (void)key, (void)type, (void)attribute;
    return false;
}

static ptrdiff_t read_text(void *context, char *buffer, size_t n)
{
    struct document *document = context;
    struct str part = str_part(document->text, document->read, n);
    if (part.n > 0)
        memcpy(buffer, part.p, part.n);
    document->read += part.n;
    return (ptrdiff_t)part.n;
}

static void ignore_note(void *context, struct str sentence)
{
    (void)context, (void)sentence;
}

static void read_document(struct memory *memory, struct document *document, const char *path)
{
    static const struct plan_events events = { keep, want_nothing };
    struct error error = { 0 };
    document->arena = arena_open(memory);
    document->plan.arena = document->arena;
    map_init(&document->resources, document->arena);
    struct arena *scratch = arena_open(memory);
    struct input input = { .read = read_text, .note = ignore_note, .context = document, .name = str_from(path) };
    bool is_read = file_read(document->arena, str_from(path), (size_t)1 << 30, ERROR_INPUT, &document->text, &error) &&
                   input_read(document->arena, &input,
                              plan_open(&document->plan, scratch, &events, document, input.name, &error), &error);
    arena_close(scratch);
    if (is_read)
        return;
    printf("%s: %s\n", path, error.text);
    exit(2);
}

static bool is_nothing(const struct value *value)
{
    bool is_empty = value->kind == VALUE_NULL || (value->kind == VALUE_STRING && value->text.n == 0);
    return is_empty || ((value->kind == VALUE_LIST || value->kind == VALUE_OBJECT) && value->count == 0);
}

static bool same(struct arena *arena, const struct value *text, const struct value *json, struct figures *figures);

/* A string that holds JSON is shown as what it holds; so are the strings in it. */
static bool equal_as_json(struct arena *arena, struct str a, struct str b)
{
    struct error ignored = { 0 };
    struct figures inner = { 0 };
    const struct value *left = value_read(arena, a, &ignored), *right = value_read(arena, b, &ignored);
    return left != NULL && right != NULL && same(arena, left, right, &inner) && same(arena, right, left, &inner);
}

static bool same_string(struct arena *arena, struct str text, struct str json, struct figures *figures)
{
    if (str_equal(text, json)) {
        figures->equal++;
        return true;
    }
    if (str_equal(str_trim(text), str_trim(json))) {
        figures->but_for_blanks++;
        return true;
    }
    figures->as_json++;
    return equal_as_json(arena, text, json);
}

/* Members that the text does not show have to be nothing in the JSON. */
static bool same_members(struct arena *arena, const struct value *text, const struct value *json, struct figures *figures)
{
    for (const struct value *member = text->first; member != NULL; member = member->next) {
        const struct value *other = value_find(json, member->key);
        if (member->key.p != NULL && (other == NULL || !same(arena, member, other, figures)))
            return false;
        figures->hidden += member->key.p == NULL;
    }
    for (const struct value *other = json->first; other != NULL && !text->is_partial; other = other->next) {
        bool is_shown = value_find(text, other->key) != NULL;
        if (!is_shown && !is_nothing(other))
            return false;
        figures->nothing += !is_shown;
    }
    return true;
}

/* Items in any order: sets have none. */
static bool same_items(struct arena *arena, const struct value *text, const struct value *json, struct figures *figures)
{
    bool *is_taken = arena_get(arena, json->count + 1);
    for (const struct value *item = text->first; item != NULL; item = item->next) {
        size_t i = 0;
        bool is_found = false;
        for (const struct value *other = json->first; other != NULL && !is_found; other = other->next, i++) {
            struct figures trial = *figures;
            if (is_taken[i] || !same(arena, item, other, &trial))
                continue;
            is_found = is_taken[i] = true;
            *figures = trial;
        }
        if (!is_found && !item->is_hidden)
            return false;
    }
    return true;
}

static bool has_hidden_item(const struct value *list)
{
    for (const struct value *item = list->first; item != NULL; item = item->next)
        if (item->is_hidden)
            return true;
    return false;
}

static bool same(struct arena *arena, const struct value *text, const struct value *json, struct figures *figures)
{
    if (text->kind == VALUE_UNKNOWN) {
        figures->hidden += text->is_hidden;
        figures->unknown += !text->is_hidden;
        return text->is_hidden || json->kind == VALUE_UNKNOWN;
    }
    if (text->kind == VALUE_LIST && json->kind == VALUE_OBJECT && text->is_of_blocks && text->count == 1)
        return same(arena, text->first, json, figures); /* a single block looks like one of a list */
    if (text->kind == VALUE_NULL && is_nothing(json)) { /* an empty string of a block is shown as null */
        figures->nothing++;
        return true;
    }
    if (text->kind != json->kind)
        return false;
    if (text->kind == VALUE_STRING)
        return same_string(arena, text->text, json->text, figures);
    if (text->kind == VALUE_OBJECT)
        return same_members(arena, text, json, figures);
    if (text->kind == VALUE_LIST)
        return (text->count == json->count || has_hidden_item(text)) && same_items(arena, text, json, figures);
    figures->equal++;
    return value_equal(text, json);
}

static void differ(struct figures *figures, struct str address, struct str what)
{
    printf("  %.*s: %.*s differs\n", STR_ARG(address), STR_ARG(what));
    figures->differences++;
}

static void compare_resource(struct arena *arena, const struct resource *text, const struct resource *json,
                             struct figures *figures)
{
    static const struct value nothing = { .kind = VALUE_OBJECT };
    struct {
        struct str what, a, b;
    } rows[] = { { STR("module"), text->module, json->module },
                 { STR("type"), text->type, json->type },
                 { STR("name"), text->name, json->name },
                 { STR("reason"), text->action_reason, json->action_reason } };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (!str_equal(rows[i].a, rows[i].b))
            differ(figures, json->address, rows[i].what);
    if (text->actions != json->actions || text->mode != json->mode || text->is_import != json->is_import)
        differ(figures, json->address, STR("action"));
    const struct value *left = text->after == NULL ? &nothing : text->after, *right = json->after == NULL ? &nothing : json->after;
    for (const struct value *member = left->first; member != NULL; member = member->next) {
        const struct value *other = value_find(right, member->key);
        if (member->key.p == NULL)
            figures->hidden++;
        else if (other == NULL || !same(arena, member, other, figures))
            differ(figures, json->address, member->key);
    }
    for (const struct value *other = right->first; other != NULL && !left->is_partial; other = other->next) {
        if (value_find(left, other->key) != NULL)
            continue;
        figures->nothing++;
        if (!is_nothing(other))
            differ(figures, json->address, other->key);
    }
}

int main(int argc, char **argv)
{
    struct memory memory = { .exhausted = exhausted };
    struct document json = { 0 }, text = { 0 };
    struct figures figures = { 0 };
    if (argc != 3)
        return 2;
    read_document(&memory, &json, argv[1]);
    read_document(&memory, &text, argv[2]);
    for (size_t i = 0; i < json.resources.count; i++) {
        const struct map_entry *entry = &json.resources.entries[i];
        const struct resource *other = map_find(&text.resources, entry->key);
        if (other == NULL)
            differ(&figures, entry->key, STR("existence (not in the text)"));
        else
            compare_resource(text.arena, other, entry->value, &figures);
        figures.resources++;
    }
    for (size_t i = 0; i < text.resources.count; i++)
        if (map_find(&json.resources, text.resources.entries[i].key) == NULL)
            differ(&figures, text.resources.entries[i].key, STR("existence (not in the JSON)"));
    printf("%zu resources, %zu equal, %zu as-json, %zu but-for-blanks, %zu unknown, %zu hidden, %zu nothing, %zu differ\n",
           figures.resources, figures.equal, figures.as_json, figures.but_for_blanks, figures.unknown, figures.hidden,
           figures.nothing, figures.differences);
    arena_close(json.arena);
    arena_close(text.arena);
    return figures.differences > 0;
}
