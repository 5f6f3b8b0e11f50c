#include "plan/text_header.h"

#include "base/arena.h"
#include "plan/address.h"

/* Length of the address that text begins with: instance keys may hold blanks. */
static size_t address_length(struct str text)
{
    bool is_quoted = false;
    size_t n = 0;
    for (; n < text.n && (is_quoted || text.p[n] != ' '); n++) {
        if (is_quoted && text.p[n] == '\\')
            n++;
        else if (text.p[n] == '"')
            is_quoted = !is_quoted;
    }
    return n < text.n ? n : text.n;
}

static bool set_address(struct arena *arena, struct resource *resource, struct str text)
{
    struct address address;
    text = arena_copy(arena, text);
    if (!address_parse(text, &address))
        return false;
    ptrdiff_t end = str_find_byte(address.type, '_');
    resource->address = text;
    resource->module = address.module;
    resource->type = address.type;
    resource->name = address.name;
    resource->mode = address.is_data ? MODE_DATA : address.is_ephemeral ? MODE_EPHEMERAL : MODE_MANAGED;
    resource->provider = str_part(address.type, 0, end < 0 ? address.type.n : (size_t)end);
    resource->configuration_key = address_without_keys(arena, text);
    return true;
}

static const struct row {
    struct str words;
    unsigned actions;
    struct str reason; /* no string = none */
    bool is_judged;
} rows[] = {
    { STR_INIT("will be created"), ACTION_CREATE, { NULL, 0 }, true },
    { STR_INIT("will be read during apply"), ACTION_READ, { NULL, 0 }, true },
    { STR_INIT("will be updated in-place"), ACTION_UPDATE, { NULL, 0 }, true },
    { STR_INIT("must be replaced, but"), ACTION_CREATE | ACTION_FORGET, { NULL, 0 }, true },
    { STR_INIT("must be replaced"), ACTION_REPLACE, STR_INIT("replace_because_cannot_update"), true },
    { STR_INIT("is tainted, so must be replaced"), ACTION_REPLACE, STR_INIT("replace_because_tainted"), true },
    { STR_INIT("is tainted, so it must be replaced"), ACTION_REPLACE, STR_INIT("replace_because_tainted"), true },
    { STR_INIT("will be replaced, as requested"), ACTION_REPLACE, STR_INIT("replace_by_request"), true },
    { STR_INIT("will be replaced due to"), ACTION_REPLACE, STR_INIT("replace_by_triggers"), true },
    { STR_INIT("will be destroyed"), ACTION_DELETE, { NULL, 0 }, true },
    { STR_INIT("has moved to "), ACTION_NO_OP, { NULL, 0 }, true },
    { STR_INIT("will be imported"), ACTION_NO_OP, { NULL, 0 }, true },
    { STR_INIT("will no longer be managed by"), ACTION_FORGET, STR_INIT("delete_because_no_resource_config"), true },
    { STR_INIT("will be removed from"), ACTION_FORGET, STR_INIT("delete_because_no_resource_config"), true },
    { STR_INIT("has changed"), ACTION_OTHER, { NULL, 0 }, false },
    { STR_INIT("has been changed"), ACTION_OTHER, { NULL, 0 }, false },
    { STR_INIT("has been deleted"), ACTION_OTHER, { NULL, 0 }, false },
    { STR_INIT("was deferred"), ACTION_OTHER, { NULL, 0 }, false },
};

static void set_words(struct arena *arena, struct text_header *header, struct str words)
{
    struct resource *resource = &header->resource;
    const struct row *row = NULL;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && row == NULL; i++)
        if (str_starts_with(words, rows[i].words))
            row = &rows[i];
    header->is_judged = true;
    if (row == NULL)
        return;
    resource->actions = row->actions;
    resource->action_reason = row->reason;
    resource->is_import = str_starts_with(words, STR("will be imported"));
    header->is_judged = row->is_judged;
    header->is_deferred = str_starts_with(words, STR("was deferred"));
    struct str moved_to = str_from_offset(words, row->words.n), before = resource->address;
    if (row->actions == ACTION_NO_OP && !resource->is_import &&
        set_address(arena, resource, str_part(moved_to, 0, address_length(moved_to))))
        resource->previous_address = before;
}

/* (deposed object 0a1b2c3d) */
static struct str take_deposed(struct str *words)
{
    static const struct str beginning = STR_INIT("(deposed object ");
    ptrdiff_t end = str_find_byte(*words, ')');
    if (!str_starts_with(*words, beginning) || end < 0)
        return (struct str){ NULL, 0 };
    struct str key = str_part(*words, beginning.n, (size_t)end - beginning.n);
    *words = str_trim(str_from_offset(*words, (size_t)end + 1));
    return key;
}

bool text_header_read(struct arena *arena, const struct text_line *line, struct text_header *header)
{
    if (line->mark != TEXT_UNMARKED || line->column > 2 || !str_starts_with(line->content, STR("# ")))
        return false;
    struct str text = str_trim(str_from_offset(line->content, 2));
    size_t n = address_length(text);
    struct str words = str_trim(str_from_offset(text, n));
    *header = (struct text_header){ .is_judged = true };
    if (words.n == 0 || !set_address(arena, &header->resource, str_part(text, 0, n)))
        return false;
    struct str deposed = take_deposed(&words);
    if (deposed.p != NULL)
        header->resource.deposed = arena_copy(arena, deposed);
    set_words(arena, header, words);
    return true;
}

static struct str find_reason(struct str text)
{
    static const struct {
        struct str words, reason;
    } reasons[] = {
        { STR_INIT("config refers to values not yet known"), STR_INIT("read_because_config_unknown") },
        { STR_INIT("depends on a resource or a module with changes pending"), STR_INIT("read_because_dependency_pending") },
        { STR_INIT("because resource uses count or for_each"), STR_INIT("delete_because_wrong_repetition") },
        { STR_INIT("because resource does not use"), STR_INIT("delete_because_wrong_repetition") },
        { STR_INIT("because index "), STR_INIT("delete_because_count_index") },
        { STR_INIT("because key "), STR_INIT("delete_because_each_key") },
        { STR_INIT("because module."), STR_INIT("delete_because_no_module") },
    };
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (str_starts_with(text, reasons[i].words))
            return reasons[i].reason;
    if (!str_starts_with(text, STR("because ")) || str_find(text, STR("not in configuration")) < 0)
        return (struct str){ NULL, 0 };
    return str_find(text, STR(" was moved to ")) < 0 ? STR("delete_because_no_resource_config")
                                                     : STR("delete_because_no_move_target");
}

void text_header_add(struct arena *arena, const struct text_line *line, struct text_header *header)
{
    static const struct str moved = STR_INIT("moved from ");
    struct str text = str_trim(str_from_offset(line->content, 1));
    if (text.n < 2 || text.p[0] != '(')
        return;
    text = str_part(text, 1, text.n - 2);
    struct str reason = find_reason(text);
    if (reason.p != NULL)
        header->resource.action_reason = reason;
    else if (str_starts_with(text, moved))
        header->resource.previous_address = arena_copy(arena, str_from_offset(text, moved.n));
    else if (str_starts_with(text, STR("imported from ")) || str_starts_with(text, STR("will be imported first")))
        header->resource.is_import = true;
}

bool text_header_open_block(const struct text_line *line, struct text_header *header, bool *is_empty)
{
    static const unsigned actions[] = {
        [TEXT_UNMARKED] = ACTION_NO_OP,  [TEXT_ADDED] = ACTION_CREATE,      [TEXT_REMOVED] = ACTION_DELETE,
        [TEXT_CHANGED] = ACTION_UPDATE,  [TEXT_REPLACED] = ACTION_REPLACE,  [TEXT_READ] = ACTION_READ,
        [TEXT_FORGOTTEN] = ACTION_FORGET,
    };
    struct str content = line->content;
    if (!str_starts_with(content, STR("resource \"")) && !str_starts_with(content, STR("data \"")) &&
        !str_starts_with(content, STR("ephemeral \"")))
        return false;
    ptrdiff_t comment = str_find(content, STR(" # forces replacement"));
    if (comment >= 0)
        content = str_part(content, 0, (size_t)comment);
    *is_empty = str_ends_with(content, STR("{}"));
    if (!*is_empty && !str_ends_with(content, STR("{")))
        return false;
    if (header->resource.actions == 0)
        header->resource.actions = actions[line->mark];
    return true;
}
