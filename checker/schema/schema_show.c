#include "schema/schema_show.h"

#include "base/arena.h"
#include "base/error.h"
#include "match/regex.h"
#include "schema/schema_walk.h"

enum { NAME_COLUMNS = 36, TYPE_COLUMNS = 16, MOST_MEMBERS = 12, DEEPEST_COUNT = 24 };

static void add(struct arena *arena, struct str *text, struct str part)
{
    *text = arena_join(arena, (struct str[]){ *text, part }, 2);
}

/* "list of string" */
static struct str type_words(struct arena *arena, const struct schema_type *type)
{
    static const char *const words[] = {
        [TYPE_DYNAMIC] = "any value", [TYPE_STRING] = "string", [TYPE_NUMBER] = "number",
        [TYPE_BOOL] = "bool",         [TYPE_LIST] = "list",     [TYPE_SET] = "set",
        [TYPE_MAP] = "map",           [TYPE_OBJECT] = "object", [TYPE_TUPLE] = "tuple"
    };
    if (type->element == NULL)
        return str_from(words[type->kind]);
    struct str element = type_words(arena, type->element);
    return arena_format(arena, "%s of %.*s", words[type->kind], STR_ARG(element));
}

static bool is_list(const struct schema_item *item)
{
    return (item->nesting == NESTING_LIST || item->nesting == NESTING_SET) && item->max_items != 1;
}

static struct str item_words(struct arena *arena, const struct schema_item *item)
{
    if (item->block == NULL)
        return type_words(arena, item->type);
    if (item->nesting == NESTING_MAP)
        return STR("blocks by key");
    if (!is_list(item))
        return item->min_items > 0 ? STR("one block") : STR("block, at most one");
    if (item->max_items > 0)
        return arena_format(arena, "blocks, %zu to %zu", item->min_items, item->max_items);
    return item->min_items > 0 ? arena_format(arena, "blocks, %zu or more", item->min_items) : STR("blocks");
}

static const char *need_words(const struct schema_item *item)
{
    if (item->required || (item->is_block && item->min_items > 0))
        return "required";
    if (item->is_block)
        return "optional";
    if (item->optional)
        return item->computed ? "optional, the provider fills it in" : "optional";
    return "set by the provider";
}

static struct str bounds_words(struct arena *arena, const struct schema_constraint *constraint)
{
    struct str least = constraint->least, most = constraint->most;
    if (least.p == NULL)
        return arena_format(arena, "up to %.*s", STR_ARG(most));
    if (most.p == NULL)
        return arena_format(arena, "%.*s or more", STR_ARG(least));
    return arena_format(arena, "%.*s to %.*s", STR_ARG(least), STR_ARG(most));
}

static struct str members_words(struct arena *arena, const struct schema_constraint *constraint, size_t most)
{
    struct str text = STR("one of");
    for (size_t i = 0; i < constraint->member_count && i < most; i++)
        text =
            arena_format(arena, "%.*s%s \"%.*s\"", STR_ARG(text), i == 0 ? "" : ",", STR_ARG(constraint->members[i]));
    if (constraint->member_count > most)
        text = arena_format(arena, "%.*s, ... (%zu in all)", STR_ARG(text), constraint->member_count);
    return text;
}

static struct str constraint_words(struct arena *arena, const struct schema_constraint *constraint, size_t most)
{
    struct str bounds = bounds_words(arena, constraint), words;
    switch (constraint->kind) {
    case CONSTRAINT_ENUM: return members_words(arena, constraint, most);
    case CONSTRAINT_RANGE: return bounds;
    case CONSTRAINT_LENGTH: return arena_format(arena, "%.*s characters", STR_ARG(bounds));
    case CONSTRAINT_ITEMS: return arena_format(arena, "%.*s items", STR_ARG(bounds));
    case CONSTRAINT_PATTERN: return arena_format(arena, "matches %.*s", STR_ARG(constraint->text));
    case CONSTRAINT_FORM:
        words = schema_form_words(constraint->text);
        return arena_format(arena, "is %.*s", STR_ARG(words));
    case CONSTRAINT_NOT_EMPTY: return STR("is not empty");
    case CONSTRAINT_COUNT: break;
    }
    return STR("");
}

static void add_line(struct arena *arena, struct str *text, const struct schema_item *item)
{
    struct str words = item_words(arena, item), values = STR("");
    for (size_t i = 0; i < item->constraint_count; i++)
        if (item->constraints[i].source == SOURCE_PROVIDER) {
            struct str one = constraint_words(arena, &item->constraints[i], 4);
            values = arena_format(arena, "%.*s%s%.*s", STR_ARG(values), values.n > 0 ? "; " : "", STR_ARG(one));
        }
    add(arena, text,
        arena_format(arena, "  %-*.*s %-*.*s %s%s%s%.*s\n", NAME_COLUMNS, STR_ARG(item->name), TYPE_COLUMNS,
                     STR_ARG(words), need_words(item), item->deprecated ? ", deprecated" : "", values.n > 0 ? "; " : "",
                     STR_ARG(values)));
}

enum section { SECTION_ARGUMENTS, SECTION_BLOCKS, SECTION_ATTRIBUTES };

static enum section section_of(const struct schema_item *item)
{
    if (item->is_block)
        return SECTION_BLOCKS;
    return item->required || item->optional ? SECTION_ARGUMENTS : SECTION_ATTRIBUTES;
}

static void add_block(struct arena *arena, struct str *text, const struct schema_block *block)
{
    static const char *const titles[] = { "arguments", "blocks", "attributes" };
    for (int section = 0; section <= SECTION_ATTRIBUTES; section++) {
        bool has_title = false;
        for (size_t i = 0; i < block->count; i++) {
            if ((int)section_of(&block->items[i]) != section)
                continue;
            if (!has_title)
                add(arena, text, arena_format(arena, "\n%s\n", titles[section]));
            has_title = true;
            add_line(arena, text, &block->items[i]);
        }
    }
    for (size_t i = 0; i < block->group_count; i++) {
        static const char *const words[] = { [GROUP_EXACTLY_ONE] = "exactly one of",
                                             [GROUP_AT_LEAST_ONE] = "at least one of",
                                             [GROUP_CONFLICT] = "not both of",
                                             [GROUP_ALL_OR_NONE] = "all or none of",
                                             [GROUP_REQUIRED_WITH] = "the first needs the others:" };
        const struct schema_group *group = &block->groups[i];
        add(arena, text, arena_format(arena, "%s  %s", i == 0 ? "\ntogether\n" : "", words[group->kind]));
        for (size_t p = 0; p < group->count; p++)
            add(arena, text, arena_format(arena, "%s %.*s", p == 0 ? "" : ",", STR_ARG(group->paths[p])));
        add(arena, text, STR("\n"));
    }
}

struct str schema_show_type(struct arena *arena, const struct schema *schema, struct str type, const char *what)
{
    struct str text =
        arena_format(arena, "%.*s  %s%s\n", STR_ARG(type), what, schema->deprecated ? ", deprecated" : "");
    if (schema->name_attribute.p != NULL)
        add(arena, &text, arena_format(arena, "its name is in %.*s\n", STR_ARG(schema->name_attribute)));
    add_block(arena, &text, schema->block);
    return text;
}

/* "server_side_encryption" -> "serverSideEncryption" */
static struct str camel_case(struct arena *arena, struct str name)
{
    char *text = arena_get_text(arena, name.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        bool is_start = i > 0 && name.p[i - 1] == '_' && name.p[i] >= 'a' && name.p[i] <= 'z';
        if (name.p[i] != '_')
            text[n++] = is_start ? (char)(name.p[i] - 32) : name.p[i];
    }
    return (struct str){ text, n };
}

static struct str example_text(struct arena *arena, const struct schema_item *item)
{
    for (size_t i = 0; i < item->constraint_count; i++)
        if (item->constraints[i].kind == CONSTRAINT_ENUM && item->constraints[i].member_count > 0)
            return arena_format(arena, "\"%.*s\"", STR_ARG(item->constraints[i].members[0]));
    return STR("\"...\"");
}

static struct str example_number(const struct schema_item *item)
{
    for (size_t i = 0; i < item->constraint_count; i++)
        if (item->constraints[i].kind == CONSTRAINT_RANGE && item->constraints[i].least.p != NULL)
            return item->constraints[i].least;
    return STR("1");
}

/* A value of the argument; is_hcl: maps are written with equals signs. */
static struct str example(struct arena *arena, const struct schema_item *item, const struct schema_type *type,
                          bool is_hcl)
{
    struct str element;
    switch (type->kind) {
    case TYPE_BOOL: return STR("true");
    case TYPE_NUMBER: return example_number(item);
    case TYPE_LIST:
    case TYPE_SET:
        element = type->element == NULL ? STR("") : example(arena, item, type->element, is_hcl);
        return arena_format(arena, "[%.*s]", STR_ARG(element));
    case TYPE_MAP:
        element = type->element == NULL ? STR("") : example(arena, item, type->element, is_hcl);
        return arena_format(arena, is_hcl ? "{ key = %.*s }" : "{ \"key\": %.*s }", STR_ARG(element));
    case TYPE_OBJECT: return is_hcl ? STR("{ ... }") : STR("{ ... }");
    case TYPE_STRING:
    case TYPE_DYNAMIC:
    case TYPE_TUPLE: break;
    }
    return example_text(arena, item);
}

static void add_ways(struct arena *arena, struct str *text, const struct schema_item *item)
{
    struct str camel = camel_case(arena, item->name);
    if (item->block != NULL && item->is_block) {
        bool is_many = is_list(item), is_object = schema_is_single(item) || item->nesting == NESTING_MAP;
        add(arena, text, arena_format(arena, "  HCL               %.*s { ... }%s\n", STR_ARG(item->name),
                                      is_many ? "   a block each" : ""));
        add(arena, text, arena_format(arena, "  CDKTF TypeScript  %.*s: %s   %s\n", STR_ARG(camel),
                                      is_many ? "[{ ... }]" : "{ ... }", is_many ? "an array" : "an object, no array"));
        add(arena, text,
            arena_format(arena, "  plan JSON         \"%.*s\": %s   %s\n", STR_ARG(item->name),
                         is_object ? "{ ... }" : "[{ ... }]",
                         is_object ? "an object"
                         : is_many ? "a list"
                                   : "a list of one, empty without the block"));
        return;
    }
    struct str hcl = item->type == NULL ? STR("{ ... }") : example(arena, item, item->type, true);
    struct str json = item->type == NULL ? STR("{ ... }") : example(arena, item, item->type, false);
    add(arena, text, arena_format(arena, "  HCL               %.*s = %.*s\n", STR_ARG(item->name), STR_ARG(hcl)));
    add(arena, text, arena_format(arena, "  CDKTF TypeScript  %.*s: %.*s\n", STR_ARG(camel), STR_ARG(json)));
    if (item->write_only)
        add(arena, text, STR("  plan JSON         null: it is write-only\n"));
    else
        add(arena, text,
            arena_format(arena, "  plan JSON         \"%.*s\": %.*s\n", STR_ARG(item->name), STR_ARG(json)));
}

struct str schema_show_item(struct arena *arena, const struct schema_item *item, struct str type, struct str path)
{
    static const char *const sources[] = { [SOURCE_PROVIDER] = "the provider refuses anything else",
                                           [SOURCE_TEXT] = "by the words of the provider",
                                           [SOURCE_API] = "by the model of the API" };
    struct str words = item_words(arena, item);
    struct str text =
        arena_format(arena, "%.*s of %.*s  %.*s, %s%s%s\n\n", STR_ARG(path), STR_ARG(type), STR_ARG(words),
                     need_words(item), item->sensitive ? ", sensitive" : "", item->deprecated ? ", deprecated" : "");
    if (item->required || item->optional || item->is_block)
        add_ways(arena, &text, item);
    for (size_t i = 0; i < item->constraint_count; i++) {
        const struct schema_constraint *constraint = &item->constraints[i];
        struct str one = constraint_words(arena, constraint, 1000);
        add(arena, &text, arena_format(arena, "%s  %.*s   (%s)\n", i == 0 ? "\ntakes\n" : "", STR_ARG(one),
                                       sources[constraint->source]));
    }
    if (item->block != NULL)
        add_block(arena, &text, item->block);
    return text;
}

static void count_item(const struct schema_item *item, struct schema_tally *tally)
{
    tally->constrained += item->constraint_count > 0;
    for (size_t i = 0; i < item->constraint_count; i++) {
        const struct schema_constraint *constraint = &item->constraints[i];
        tally->constraints[constraint->kind][constraint->source]++;
        if (constraint->kind == CONSTRAINT_PATTERN && regex_match(constraint->regex, STR("")) == REGEX_GAVE_UP)
            tally->patterns_refused++;
    }
}

static void count_block(const struct schema_block *block, struct schema_tally *tally, int depth)
{
    tally->groups += block->group_count;
    for (size_t i = 0; i < block->count; i++) {
        const struct schema_item *item = &block->items[i];
        count_item(item, tally);
        tally->blocks += item->is_block;
        tally->arguments += !item->is_block && (item->required || item->optional);
        if (item->block != NULL && depth < DEEPEST_COUNT)
            count_block(item->block, tally, depth + 1);
    }
}

void schema_count(const struct schema *schema, struct schema_tally *tally)
{
    tally->types++;
    count_block(schema->block, tally, 0);
}
