#include "yaml/yaml_read.h"

#include "yaml/yaml_complaint.h"
#include "yaml/yaml_scalar.h"
#include "yaml/yaml_source.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/memory.h"

#include <assert.h>
#include <stdlib.h>
#include <yaml.h>

enum { DEEPEST = 64 };

/* A list or mapping whose end has not come yet. */
struct frame {
    struct yaml_node *node;
    struct yaml_node **end; /* where the next item or member goes */
    struct yaml_node *key;  /* of a mapping: key and place of the member whose value is due, or NULL */
    struct map keys;        /* of a mapping: to the line of each, as struct yaml_node */
};

struct reader {
    yaml_parser_t parser;
    yaml_event_t event; /* the current one */
    struct yaml_source source;
    struct arena *arena;   /* the result's */
    struct arena *scratch; /* gone when the reading ends */
    struct frame *frames;  /* DEEPEST of them */
    size_t depth;
    struct yaml_node *root;
    bool has_document;
};

/* Works more than once, and on a reader that is not complete. */
static void release(void *context)
{
    struct reader *reader = context;
    yaml_event_delete(&reader->event);
    yaml_parser_delete(&reader->parser);
    arena_close(reader->scratch);
    reader->scratch = NULL;
}

static void exhaust(struct reader *reader)
{
    struct memory *memory = arena_memory(reader->arena);
    memory->exhausted(memory->context);
    abort();
}

static struct frame *top_frame(struct reader *reader)
{
    return reader->depth == 0 ? NULL : &reader->frames[reader->depth - 1];
}

static bool is_key_due(struct reader *reader)
{
    const struct frame *frame = top_frame(reader);
    return frame != NULL && frame->node->kind == YAML_MAP && frame->key == NULL;
}

static struct yaml_node *add_node(struct reader *reader, enum yaml_kind kind)
{
    struct yaml_node *node = arena_get(reader->arena, sizeof *node);
    node->kind = kind;
    node->line = reader->source.cursor.line;
    node->column = yaml_source_column(&reader->source);
    struct frame *frame = top_frame(reader);
    if (frame == NULL) {
        reader->root = node;
        return node;
    }
    if (frame->key != NULL) {
        node->key = frame->key->key;
        node->key_line = frame->key->key_line;
        node->key_column = frame->key->key_column;
        frame->key = NULL;
    }
    *frame->end = node;
    frame->end = &node->next;
    frame->node->count++;
    return node;
}

static bool check_key(struct reader *reader, struct str key, bool is_plain)
{
    const struct yaml_source *source = &reader->source;
    if (is_plain && key.n == 0)
        return yaml_source_refuse(&reader->source,
                                  "found no key where one is due; write the key, or \"\" for an empty one");
    /* within brackets and braces libyaml reads ?a as a question mark and a key, where YAML 1.2 sees text */
    if (source->cursor.offset > 0 && source->text.p[source->cursor.offset - 1] == '?')
        return yaml_source_refuse(&reader->source, "found text right behind a question mark; put both in quotes");
    if (is_plain && str_equal(key, STR("<<")))
        return yaml_source_refuse(&reader->source, "found the merge key <<; merging is not allowed: write the "
                                  "members out, or the key in quotes");
    return true;
}

static bool take_key(struct reader *reader)
{
    struct frame *frame = top_frame(reader);
    struct str given = { (const char *)reader->event.data.scalar.value, reader->event.data.scalar.length };
    if (!check_key(reader, given, reader->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE))
        return false;
    struct yaml_node *key = arena_get(reader->scratch, sizeof *key);
    key->key = arena_copy(reader->arena, given);
    key->key_line = reader->source.cursor.line;
    key->key_column = yaml_source_column(&reader->source);
    void **place = map_get(&frame->keys, key->key);
    const struct yaml_node *earlier = *place;
    if (earlier != NULL)
        return yaml_source_refuse(&reader->source, "found the key \"%s\" a second time, first on line %zu; remove or "
                                  "rename one of them", yaml_source_quote(reader->scratch, given), earlier->key_line);
    *place = key;
    frame->key = key;
    return true;
}

static bool take_scalar(struct reader *reader)
{
    if (is_key_due(reader))
        return take_key(reader);
    struct yaml_node *node = add_node(reader, YAML_STRING);
    node->text = arena_copy(reader->arena, (struct str){ (const char *)reader->event.data.scalar.value,
                                                         reader->event.data.scalar.length });
    if (reader->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
        yaml_scalar_type(reader->arena, node);
    return true;
}

static bool open_frame(struct reader *reader, enum yaml_kind kind)
{
    if (is_key_due(reader))
        return yaml_source_refuse(&reader->source, "found %s as a key; keys are text: write a word, or put text "
                                  "such as \"{{ name }}\" in quotes", yaml_kind_name(kind));
    if (reader->depth == DEEPEST)
        return yaml_source_refuse(&reader->source, "found %s nested deeper than %d; write it flatter",
                                  yaml_kind_name(kind), DEEPEST);
    struct yaml_node *node = add_node(reader, kind);
    struct frame *frame = &reader->frames[reader->depth++];
    *frame = (struct frame){ .node = node, .end = &node->first };
    map_init(&frame->keys, reader->scratch);
    return true;
}

static bool close_frame(struct reader *reader)
{
    assert(reader->depth > 0 && reader->frames[reader->depth - 1].key == NULL);
    reader->depth--;
    return true;
}

static bool open_document(struct reader *reader)
{
    if (yaml_source_byte(&reader->source) == '%')
        return yaml_source_refuse(&reader->source,
                                  "found a %% directive; directives are not allowed: remove the line");
    if (reader->has_document)
        return yaml_source_refuse(&reader->source, "found a second document; write one document per file");
    reader->has_document = true;
    return true;
}

static bool refuse_alias(struct reader *reader)
{
    struct str name = str_from((const char *)reader->event.data.alias.anchor);
    return yaml_source_refuse(&reader->source, "found the alias *%s; aliases are not allowed: write the value out, "
                              "or put text that begins with * in quotes", yaml_source_quote(reader->scratch, name));
}

/* libyaml drops the tag ! from plain scalars, so the text is asked for it: a node begins with its anchor or tag. */
static bool check_properties(struct reader *reader, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    char first = yaml_source_byte(&reader->source);
    struct str name = str_from((const char *)anchor);
    if (anchor != NULL && first != '!')
        return yaml_source_refuse(&reader->source, "found the anchor &%s; anchors are not allowed: write the value "
                                  "out wherever it is needed", yaml_source_quote(reader->scratch, name));
    if (tag != NULL || first == '!')
        return yaml_source_refuse(&reader->source, "found !, which begins a tag; tags are not allowed: remove it, "
                                  "or put the text in quotes");
    return true;
}

static bool take_event(struct reader *reader)
{
    const yaml_event_t *event = &reader->event;
    yaml_source_seek(&reader->source, event->start_mark.index);
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return open_document(reader);
    case YAML_ALIAS_EVENT:
        return refuse_alias(reader);
    case YAML_SCALAR_EVENT:
        return check_properties(reader, event->data.scalar.anchor, event->data.scalar.tag) && take_scalar(reader);
    case YAML_SEQUENCE_START_EVENT:
        return check_properties(reader, event->data.sequence_start.anchor, event->data.sequence_start.tag) &&
               open_frame(reader, YAML_LIST);
    case YAML_MAPPING_START_EVENT:
        return check_properties(reader, event->data.mapping_start.anchor, event->data.mapping_start.tag) &&
               open_frame(reader, YAML_MAP);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return close_frame(reader);
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
    case YAML_STREAM_END_EVENT:
        break;
    }
    return true;
}

static bool read_events(struct reader *reader)
{
    for (bool is_end = false; !is_end;) {
        yaml_event_delete(&reader->event);
        if (!yaml_parser_parse(&reader->parser, &reader->event)) {
            if (reader->parser.error == YAML_MEMORY_ERROR)
                exhaust(reader);
            return yaml_complaint_report(&reader->source, &reader->parser);
        }
        if (!take_event(reader))
            return false;
        is_end = reader->event.type == YAML_STREAM_END_EVENT;
    }
    return true;
}

static struct reader *open_reader(struct arena *arena)
{
    struct reader *reader = arena_get(arena, sizeof *reader);
    reader->arena = arena;
    arena_defer(arena, release, reader);
    reader->scratch = arena_open(arena_memory(arena));
    reader->frames = arena_get(reader->scratch, DEEPEST * sizeof *reader->frames);
    if (!yaml_parser_initialize(&reader->parser))
        exhaust(reader);
    return reader;
}

struct yaml_node *yaml_read(struct arena *arena, struct str file, struct str text, struct error *error)
{
    struct yaml_source source;
    if (!yaml_source_open(&source, file, text, error))
        return NULL;
    struct reader *reader = open_reader(arena);
    reader->source = source;
    yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader->parser, (const unsigned char *)(source.text.n == 0 ? "" : source.text.p),
                                 source.text.n);
    bool is_good = read_events(reader);
    if (is_good && reader->root == NULL) {
        yaml_source_seek(&reader->source, 0);
        add_node(reader, YAML_NULL)->text = arena_copy(arena, STR(""));
    }
    release(reader);
    return is_good ? reader->root : NULL;
}
