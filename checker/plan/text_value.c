#include "plan/text_value.h"

#include "base/arena.h"
#include "plan/text_atom.h"
#include "plan/text_encode.h"

/* The most hidden items of a list that get a place in it each. */
enum { MOST_HIDDEN = 4096 };

static struct text_frame *top_of(struct text_builder *builder)
{
    return &builder->frames[builder->depth - 1];
}

void text_build_start(struct text_builder *builder, struct arena *arena, bool is_created)
{
    builder->arena = arena;
    builder->root = NULL;
    builder->replace_paths = NULL;
    builder->depth = 1;
    builder->frames[0] = (struct text_frame){ .kind = TEXT_BLOCK, .value = value_make(arena, VALUE_OBJECT),
                                              .is_created = is_created };
}

static bool push(struct text_builder *builder, enum text_frame_kind kind, const struct text_slot *slot)
{
    const struct text_frame *below = top_of(builder);
    bool is_list = kind == TEXT_LIST || kind == TEXT_HEREDOC;
    if (builder->depth == TEXT_DEPTH_MAX)
        return false;
    builder->frames[builder->depth++] =
        (struct text_frame){ .kind = kind, .slot = *slot, .is_created = below->is_created || slot->mark == TEXT_ADDED,
                             .value = kind == TEXT_ENCODED ? NULL
                                                           : value_make(builder->arena, is_list ? VALUE_LIST : VALUE_OBJECT) };
    return true;
}

static void add_step(struct arena *arena, struct value *path, struct str key)
{
    value_add(path, value_make_string(arena, key));
}

/* The path of the slot; it ends at the first list that is an attribute. */
static struct value *make_path(struct text_builder *builder, const struct text_slot *slot)
{
    struct value *path = value_make(builder->arena, VALUE_LIST);
    for (size_t i = 1; i <= builder->depth; i++) {
        const struct text_slot *at = i < builder->depth ? &builder->frames[i].slot : slot;
        if (at->key.p == NULL)
            break;
        add_step(builder->arena, path, at->key);
        const struct value *blocks = at->is_block ? value_find(builder->frames[i - 1].value, at->key) : NULL;
        if (at->is_block) {
            struct value *index = value_make(builder->arena, VALUE_NUMBER);
            index->text = arena_format(builder->arena, "%u", blocks == NULL ? 0 : (unsigned)blocks->count);
            value_add(path, index);
        }
    }
    return path;
}

/* What stands behind a value in its line. */
static void note_suffix(struct text_builder *builder, const struct text_slot *slot, struct str rest)
{
    if (str_find(rest, STR("# forces replacement")) < 0 && str_find(rest, STR("changes force replacement")) < 0)
        return;
    struct value *path = make_path(builder, slot);
    if (builder->replace_paths == NULL)
        builder->replace_paths = value_make(builder->arena, VALUE_LIST);
    for (const struct value *known = builder->replace_paths->first; known != NULL; known = known->next)
        if (value_equal(known, path))
            return;
    value_add(builder->replace_paths, path);
}

static void add_block(struct text_builder *builder, struct text_frame *parent, const struct text_slot *slot,
                      struct value *value)
{
    enum value_kind kind = slot->label.p == NULL ? VALUE_LIST : VALUE_OBJECT;
    struct value *blocks = value_find(parent->value, slot->key);
    if (blocks == NULL && value->kind == VALUE_UNKNOWN && !value->is_hidden) {
        value->key = slot->key;
        value_add(parent->value, value);
        return;
    }
    if (blocks != NULL && (blocks->kind != kind || !blocks->is_of_blocks))
        return;
    if (blocks == NULL) {
        blocks = value_make(builder->arena, kind);
        blocks->key = slot->key;
        blocks->is_of_blocks = true;
        value_add(parent->value, blocks);
    }
    value->key = slot->label;
    if (slot->mark != TEXT_REMOVED)
        value_add(blocks, value);
}

/* A value is complete: put it where it goes. */
static void commit(struct text_builder *builder, const struct text_slot *slot, struct value *value)
{
    struct text_frame *parent = top_of(builder);
    bool is_removed = slot->mark == TEXT_REMOVED;
    if (parent->kind == TEXT_ENCODED) {
        if (!is_removed || parent->value == NULL)
            parent->value = value;
    } else if (slot->is_block) {
        add_block(builder, parent, slot, value);
    } else if (!is_removed) {
        value->key = slot->key;
        value_add(parent->value, value);
    } else if (parent->kind == TEXT_BLOCK) {
        struct value *nothing = value_make(builder->arena, VALUE_NULL);
        nothing->key = slot->key;
        value_add(parent->value, nothing);
    }
}

/* Whether a value that ends in a later line begins here; then its frame is open. */
static bool open_long(struct text_builder *builder, const struct text_slot *slot, struct str rest)
{
    static const struct {
        struct str text;
        enum text_frame_kind kind;
        bool is_yaml;
    } rows[] = {
        { STR_INIT("{"), TEXT_OBJECT, false },           { STR_INIT("["), TEXT_LIST, false },
        { STR_INIT("<<-EOT"), TEXT_HEREDOC, false },     { STR_INIT("<<~EOT"), TEXT_HEREDOC, false },
        { STR_INIT("jsonencode("), TEXT_ENCODED, false }, { STR_INIT("yamlencode("), TEXT_ENCODED, true },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str behind = rest;
        if (!text_take(&behind, rows[i].text))
            continue;
        behind = str_trim(behind);
        if ((behind.n > 0 && behind.p[0] != '#') || builder->depth == TEXT_DEPTH_MAX)
            return false;
        note_suffix(builder, slot, behind);
        push(builder, slot->is_block ? TEXT_BLOCK : rows[i].kind, slot);
        top_of(builder)->is_yaml = rows[i].is_yaml;
        return true;
    }
    return false;
}

/* Read what follows a value in its line: another one behind an arrow, which counts instead, or its end. */
static void finish_value(struct text_builder *builder, const struct text_slot *slot, struct value *value, struct str rest)
{
    rest = str_trim(rest);
    while (text_take(&rest, STR("->"))) {
        rest = str_trim(rest);
        if (open_long(builder, slot, rest))
            return;
        value = text_take_short(builder->arena, &rest);
        if (value == NULL) {
            value = text_make_hidden(builder->arena, false);
            rest = STR("");
        }
        rest = str_trim(rest);
    }
    note_suffix(builder, slot, rest);
    commit(builder, slot, value);
}

/* What cannot be read is as good as hidden. */
static void read_value(struct text_builder *builder, const struct text_slot *slot, struct str rest)
{
    if (open_long(builder, slot, rest))
        return;
    struct value *value = text_take_short(builder->arena, &rest);
    if (value == NULL)
        finish_value(builder, slot, text_make_hidden(builder->arena, false), STR(""));
    else
        finish_value(builder, slot, value, rest);
}

/* A name or quoted key at the beginning of rest. No string when there is none. */
static struct str take_key(struct arena *arena, struct str *rest)
{
    struct str quoted = text_take_quoted(arena, rest);
    if (quoted.p != NULL)
        return quoted;
    ptrdiff_t end = str_find_byte(*rest, ' ');
    if (end <= 0)
        return (struct str){ NULL, 0 };
    struct str key = arena_copy(arena, str_part(*rest, 0, (size_t)end));
    *rest = str_from_offset(*rest, (size_t)end);
    return key;
}

/* KEY = VALUE, or in a block also NAME { or NAME "LABEL" {. */
static enum text_progress read_member(struct text_builder *builder, const struct text_line *line)
{
    struct str rest = line->content;
    struct text_slot slot = { .mark = line->mark, .column = line->column };
    slot.key = take_key(builder->arena, &rest);
    if (slot.key.p == NULL)
        return TEXT_WRONG;
    if (builder->depth == 1 && line->mark == TEXT_CHANGED)
        builder->frames[0].is_created = false; /* a data source that was read before, as older versions show it */
    rest = str_trim(rest);
    if (text_take(&rest, STR("="))) {
        read_value(builder, &slot, str_trim(rest));
        return TEXT_MORE;
    }
    if (top_of(builder)->kind != TEXT_BLOCK)
        return TEXT_WRONG;
    slot.is_block = true;
    slot.label = text_take_quoted(builder->arena, &rest);
    read_value(builder, &slot, str_trim(rest));
    return TEXT_MORE;
}

static size_t read_count(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.n && text.p[i] >= '0' && text.p[i] <= '9' && count < MOST_HIDDEN; i++)
        count = count * 10 + (size_t)(text.p[i] - '0');
    return count < MOST_HIDDEN ? count : MOST_HIDDEN;
}

/* # (3 unchanged attributes hidden), and comments on what is sensitive. */
static void read_comment(struct text_builder *builder, struct str text)
{
    struct text_frame *frame = top_of(builder);
    if (str_starts_with(text, STR("# At least one attribute in this block is (or was) sensitive")))
        frame->is_secret = true;
    if (!str_starts_with(text, STR("# (")) || str_find(text, STR(" unchanged ")) < 0 || frame->is_created)
        return;
    frame->is_partial = true;
    frame->hides_blocks |= str_find(text, STR(" unchanged block")) >= 0;
    for (size_t i = read_count(str_from_offset(text, 3)); i > 0 && frame->kind == TEXT_LIST; i--)
        value_add(frame->value, text_make_hidden(builder->arena, false));
}

/* What is not shown of an object is one member without a key; of a list, an item. */
static void add_hidden(struct arena *arena, struct value *container)
{
    value_add(container, text_make_hidden(arena, false));
    container->is_partial = container->kind == VALUE_OBJECT;
}

static struct value *close_object(struct text_builder *builder, struct text_frame *frame)
{
    struct value *object = frame->value;
    if (frame->is_secret)
        return text_make_hidden(builder->arena, true);
    for (struct value *member = frame->hides_blocks ? object->first : NULL; member != NULL; member = member->next)
        if (member->is_of_blocks)
            add_hidden(builder->arena, member);
    if (frame->is_partial)
        add_hidden(builder->arena, object);
    return object;
}

static struct value *close_encoded(struct text_builder *builder, struct text_frame *frame)
{
    if (frame->value == NULL || frame->is_yaml)
        return text_make_hidden(builder->arena, false);
    struct value *text = text_encode(builder->arena, frame->value);
    return text == NULL ? text_make_hidden(builder->arena, false) : text;
}

static enum text_progress close_frame(struct text_builder *builder, struct str rest)
{
    struct text_frame frame = *top_of(builder);
    struct value *value = frame.value;
    if (frame.kind == TEXT_BLOCK || frame.kind == TEXT_OBJECT)
        value = close_object(builder, &frame);
    else if (frame.kind == TEXT_ENCODED)
        value = close_encoded(builder, &frame);
    builder->depth--;
    if (builder->depth == 0) {
        builder->root = value;
        return TEXT_DONE;
    }
    finish_value(builder, &frame.slot, value, rest);
    return TEXT_MORE;
}

static bool is_closing(const struct text_frame *frame, char c)
{
    return frame->kind == TEXT_LIST ? c == ']' : frame->kind == TEXT_ENCODED ? c == ')' : c == '}';
}

/* Lines of a here document stand four columns behind its slot, with a mark before them. */
static enum text_progress read_heredoc(struct text_builder *builder, const struct text_line *line)
{
    struct text_frame *frame = top_of(builder);
    size_t column = frame->slot.column;
    struct str raw = line->raw, content = str_from_offset(raw, column);
    if (line->mark == TEXT_UNMARKED && line->column == column && text_take(&content, STR("EOT"))) {
        struct text_frame closed = *frame;
        struct value *text = value_make_string(builder->arena, text_join_lines(builder->arena, frame->value));
        builder->depth--;
        finish_value(builder, &closed.slot, text, content);
        return TEXT_MORE;
    }
    char mark = raw.n > column + 2 ? raw.p[column + 2] : ' ';
    if (mark != '-')
        value_add(frame->value, value_make_string(builder->arena, arena_copy(builder->arena, str_from_offset(raw, column + 4))));
    return TEXT_MORE;
}

enum text_progress text_build_line(struct text_builder *builder, const struct text_line *line)
{
    struct text_frame *frame = top_of(builder);
    if (frame->kind == TEXT_HEREDOC)
        return read_heredoc(builder, line);
    if (line->content.n == 0)
        return TEXT_MORE;
    if (line->content.p[0] == '#') {
        read_comment(builder, line->content);
        return TEXT_MORE;
    }
    if (is_closing(frame, line->content.p[0]))
        return close_frame(builder, str_from_offset(line->content, 1));
    if (frame->kind == TEXT_LIST || frame->kind == TEXT_ENCODED) {
        struct text_slot slot = { .mark = line->mark, .column = line->column };
        read_value(builder, &slot, line->content);
        return TEXT_MORE;
    }
    return read_member(builder, line);
}
