/* Plans read into text, one line for each thing that was understood, for tests to compare. */
#ifndef TFCHECK_TESTS_PLAN_CASE_H
#define TFCHECK_TESTS_PLAN_CASE_H
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "json/json_write.h"
#include "plan/plan.h"
#include "plan/plan_read.h"
#include "plan/resource.h"
#include "plan/value_build.h"

#include <stdio.h>
#include <stdlib.h>

/* One reading of one document. */
struct plan_case {
    struct memory memory;
    struct arena *arena, *scratch;
    struct plan plan;
    struct error error;
    struct plan_reader *reader;
    FILE *out;
    char *text; /* NUL-terminated, after plan_case_finish */
    size_t n;
    size_t resources;
    bool is_dumped; /* write resources to out */
    bool ok;
};

static inline void case_exhausted(void *context)
{
    (void)context;
    abort();
}

static inline void case_print_text(FILE *out, struct str text)
{
    if (text.p == NULL)
        fputs("-", out);
    else
        fwrite(text.p, 1, text.n, out);
}

static inline int case_order_members(const void *a, const void *b)
{
    const struct value *const *x = a, *const *y = b;
    return str_compare((*x)->key, (*y)->key);
}

/* The members by key, or the items in their order. The list is the caller's. */
static inline const struct value **case_children(const struct value *value)
{
    const struct value **children = calloc(value->count + 1, sizeof(const struct value *));
    size_t n = 0;
    if (children == NULL)
        abort();
    for (const struct value *child = value->first; child != NULL; child = child->next)
        children[n++] = child;
    if (value->kind == VALUE_OBJECT)
        qsort(children, n, sizeof *children, case_order_members);
    return children;
}

/* Members by key; ? is unknown, ! stands before what is sensitive. */
static inline void case_print_value(FILE *out, const struct value *value)
{
    if (value == NULL) {
        fputs("none", out);
        return;
    }
    if (value->sensitive)
        fputc('!', out);
    switch (value->kind) {
    case VALUE_NULL: fputs("null", out); return;
    case VALUE_BOOL: fputs(value->truth ? "true" : "false", out); return;
    case VALUE_UNKNOWN: fputc('?', out); return;
    case VALUE_NUMBER: case_print_text(out, value->text); return;
    case VALUE_STRING:
        fputc('"', out);
        case_print_text(out, value->text);
        fputc('"', out);
        return;
    case VALUE_LIST:
    case VALUE_OBJECT: break;
    }
    const struct value **children = case_children(value);
    fputc(value->kind == VALUE_LIST ? '[' : '{', out);
    for (size_t i = 0; i < value->count; i++) {
        fputs(i == 0 ? "" : " ", out);
        if (value->kind == VALUE_OBJECT) {
            case_print_text(out, children[i]->key);
            fputc(':', out);
        }
        case_print_value(out, children[i]);
    }
    fputc(value->kind == VALUE_LIST ? ']' : '}', out);
    free(children);
}

/* What case_print_value prints, in arena. */
static inline const char *case_show(struct arena *arena, const struct value *value)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    if (out == NULL)
        abort();
    case_print_value(out, value);
    fclose(out);
    const char *copy = arena_copy(arena, (struct str){ text, n }).p;
    free(text);
    return copy;
}

/* A tree from JSON in which 'single' quotation marks stand for double ones. */
static inline struct value *case_tree(struct arena *arena, const char *json)
{
    struct error error = { 0 };
    char *copy = arena_get_text(arena, strlen(json) + 1);
    for (size_t i = 0; i <= strlen(json); i++)
        copy[i] = (char)(json[i] == '\'' ? '"' : json[i]);
    struct value *value = value_read(arena, str_from(copy), &error);
    if (value == NULL) {
        fprintf(stderr, "%s: %s\n", copy, error.text);
        abort();
    }
    return value;
}

static inline void case_resource(void *context, const struct resource *r)
{
    struct plan_case *c = context;
    c->resources++;
    if (!c->is_dumped)
        return;
    const struct str texts[] = { r->address, r->deposed, r->module, r->configuration_key, r->type,
                                 r->name,    r->provider, r->previous_address, r->action_reason };
    fputs("resource", c->out);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        fputs(" | ", c->out);
        case_print_text(c->out, texts[i]);
    }
    fprintf(c->out, " | mode %d actions %u%s after ", (int)r->mode, r->actions, r->is_import ? " import" : "");
    case_print_value(c->out, r->after);
    fputs(" replace ", c->out);
    case_print_value(c->out, r->replace_paths);
    fputc('\n', c->out);
}

static inline bool case_wants(void *context, struct str configuration_key, struct str type, struct str attribute)
{
    (void)context;
    (void)attribute;
    if (configuration_key.p == NULL || type.p == NULL)
        abort();
    return true;
}

static inline void plan_case_open(struct plan_case *c, bool is_dumped)
{
    static const struct plan_events events = { case_resource, case_wants };
    *c = (struct plan_case){ .memory = { .exhausted = case_exhausted }, .is_dumped = is_dumped };
    c->arena = arena_open(&c->memory);
    c->scratch = arena_open(&c->memory);
    c->plan.arena = c->arena;
    c->out = open_memstream(&c->text, &c->n);
    if (c->out == NULL)
        abort();
    c->reader = plan_open(&c->plan, c->scratch, &events, c, (struct str){ NULL, 0 }, &c->error);
    c->ok = true;
}

/* Feed text in chunks, each a copy of its exact size, so that a read beyond it is seen by the sanitizers. 0 = all in
 * one. */
static inline void plan_case_feed(struct plan_case *c, struct str text, size_t chunk)
{
    for (size_t i = 0, n; i < text.n && c->ok; i += n) {
        n = chunk == 0 || chunk > text.n - i ? text.n - i : chunk;
        char *copy = malloc(n);
        if (copy == NULL)
            abort();
        memcpy(copy, text.p + i, n);
        c->ok = plan_feed(c->reader, copy, n);
        free(copy);
    }
}

static inline int case_order_entries(const void *a, const void *b)
{
    const struct map_entry *x = a, *y = b;
    return str_compare(x->key, y->key);
}

/* The entries of map by key, in arena. */
static inline const struct map_entry *case_entries(struct arena *arena, const struct map *map)
{
    struct map_entry *entries = arena_get(arena, (map->count + 1) * sizeof *entries);
    if (map->count > 0) {
        memcpy(entries, map->entries, map->count * sizeof *entries);
        qsort(entries, map->count, sizeof *entries, case_order_entries);
    }
    return entries;
}

static inline void case_print_configuration(struct plan_case *c)
{
    const struct configuration *configuration = &c->plan.configuration;
    const struct map_entry *blocks = case_entries(c->arena, &configuration->resources);
    const struct map_entry *modules = case_entries(c->arena, &configuration->modules);
    for (size_t i = 0; i < configuration->resources.count; i++) {
        const struct configured *block = blocks[i].value;
        const struct str texts[] = { blocks[i].key, block->module, block->provider_key };
        fputs("block", c->out);
        for (size_t k = 0; k < 3; k++) {
            fputs(" | ", c->out);
            case_print_text(c->out, texts[k]);
        }
        fprintf(c->out, " | %s", block->has_count ? "many " : "");
        case_print_value(c->out, block->expressions);
        fputc('\n', c->out);
    }
    for (size_t i = 0; i < configuration->modules.count; i++) {
        const struct configured_module *module = modules[i].value;
        fputs("module ", c->out);
        case_print_text(c->out, modules[i].key);
        fputs(" inputs ", c->out);
        case_print_value(c->out, module->expressions);
        fputs(" variables ", c->out);
        case_print_value(c->out, module->variables);
        fputc('\n', c->out);
    }
}

/* End the document and write down what the plan says besides its resources. */
static inline void plan_case_finish(struct plan_case *c)
{
    const struct plan *plan = &c->plan;
    c->ok = c->ok && plan_close(c->reader);
    fprintf(c->out, "form %d errored %d incomplete %d configuration %d count %zu format ", (int)plan->form,
            plan->is_errored, plan->is_incomplete, plan->configuration.is_present, plan->change_count);
    case_print_text(c->out, plan->format_version);
    fputs(" terraform ", c->out);
    case_print_text(c->out, plan->terraform_version);
    fputs(" variables ", c->out);
    case_print_value(c->out, plan->variables);
    fputc('\n', c->out);
    case_print_configuration(c);
    if (!c->ok)
        fprintf(c->out, "error %s\n", c->error.text);
    fclose(c->out);
}

static inline void plan_case_read(struct plan_case *c, struct str text, size_t chunk)
{
    plan_case_open(c, true);
    plan_case_feed(c, text, chunk);
    plan_case_finish(c);
}

static inline void plan_case_close(struct plan_case *c)
{
    arena_close(c->scratch);
    arena_close(c->arena);
    free(c->text);
}

/* The file's bytes, in arena. Tests run at the root of the project. */
static inline struct str case_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        abort();
    }
    fseek(file, 0, SEEK_END);
    size_t n = (size_t)ftell(file);
    rewind(file);
    char *text = arena_get_text(arena, n + 1);
    if (fread(text, 1, n, file) != n)
        abort();
    text[n] = '\0';
    fclose(file);
    return (struct str){ text, n };
}

static inline bool case_write_text(void *context, struct str text)
{
    return text.n == 0 || fwrite(text.p, 1, text.n, context) == text.n;
}

static inline void case_write_value(struct json_writer *writer, const struct value *value, bool is_sorted)
{
    switch (value->kind) {
    case VALUE_UNKNOWN:
    case VALUE_NULL: json_write_null(writer); return;
    case VALUE_BOOL: json_write_bool(writer, value->truth); return;
    case VALUE_NUMBER: json_write_number(writer, value->text); return;
    case VALUE_STRING: json_write_string(writer, value->text); return;
    case VALUE_LIST:
        json_write_open_array(writer);
        for (const struct value *item = value->first; item != NULL; item = item->next)
            case_write_value(writer, item, is_sorted);
        json_write_close_array(writer);
        return;
    case VALUE_OBJECT: break;
    }
    json_write_open_object(writer);
    const struct value **sorted = case_children(value), *member = value->first;
    for (size_t i = 0; i < value->count; i++, member = member->next) {
        const struct value *one = is_sorted ? sorted[i] : member;
        json_write_key_str(writer, one->key);
        case_write_value(writer, one, is_sorted);
    }
    free(sorted);
    json_write_close_object(writer);
}

/* The document of tree as text, in arena: with members sorted by key or as they are, indented or in one line. */
static inline struct str case_document(struct arena *arena, const struct value *tree, bool is_sorted, int indent)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    if (out == NULL)
        abort();
    struct json_writer *writer = json_write_open(arena, case_write_text, out, indent);
    case_write_value(writer, tree, is_sorted);
    if (!json_write_close(writer))
        abort();
    fclose(out);
    struct str copy = arena_copy(arena, (struct str){ text, n });
    free(text);
    return copy;
}
#endif
