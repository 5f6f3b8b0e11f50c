#include "source/members.h"

#include "base/arena.h"
#include "hcl/expression.h"
#include "source/folder.h"
#include "source/literal.h"

enum { DEEPEST_OBJECT = 16 };

static const struct hcl_attribute *find_local(const struct source_module *module, struct str name)
{
    for (size_t i = 0; module->folder != NULL && i < module->folder->files.count; i++) {
        const struct hcl_block *block = module->folder->files.items[i]->root->blocks;
        for (block = hcl_find_block(block, STR("locals")); block != NULL; block = hcl_find_block(block->next, STR("locals"))) {
            const struct hcl_attribute *local = hcl_find_attribute(block, name);
            if (local != NULL)
                return local;
        }
    }
    return NULL;
}

/* A variable of a module that is called comes from its call, else from its default. */
static const struct hcl_attribute *find_input(struct arena *arena, const struct source_module **module, struct str name)
{
    const struct source_module *called = *module;
    if (called->caller == NULL || called->folder == NULL)
        return NULL;
    const struct hcl_attribute *input = hcl_find_attribute(called->call.block, name);
    if (input != NULL) {
        *module = called->caller;
        return input;
    }
    struct str key = arena_join(arena, (struct str[]){ STR("var."), name }, 2);
    const struct source_block *found = map_find(&called->folder->blocks, key);
    return found == NULL ? NULL : hcl_find_attribute(found->block, STR("default"));
}

bool source_follow(struct arena *arena, const struct source_module **module, struct str *text)
{
    struct template template = { 0 };
    if (!expression_read(arena, *text, &template) || template.part_count != 1 ||
        template.parts[0].expression.kind != EXPRESSION_REFERENCE)
        return false;
    const struct reference *reference = template.parts[0].expression.reference;
    if (reference->count != 2 || reference->steps[1].kind != REFERENCE_NAME)
        return false;
    struct str root = reference->steps[0].text, name = reference->steps[1].text;
    const struct hcl_attribute *found = NULL;
    if (str_equal(root, STR("local")))
        found = find_local(*module, name);
    else if (str_equal(root, STR("var")))
        found = find_input(arena, module, name);
    if (found == NULL)
        return false;
    *text = found->expression;
    return true;
}

struct gathering {
    struct arena *arena;
    const struct source_module *module;
    struct map *members;
};

static void add_member(void *context, struct str key, struct str expression)
{
    const struct gathering *gathering = context;
    struct source_member *member = arena_get(gathering->arena, sizeof *member);
    *member = (struct source_member){ gathering->module, expression };
    *map_get(gathering->members, arena_copy(gathering->arena, key)) = member;
}

static bool gather(struct arena *arena, const struct source_module *module, struct str text, int depth,
                   struct map *members);

/* merge(A, B): what comes later counts. */
static bool gather_merged(struct arena *arena, const struct source_module *module, struct str arguments, int depth,
                          struct map *members)
{
    struct hcl_lexer lexer;
    struct hcl_token end;
    bool is_whole = true;
    hcl_lex_start(&lexer, arguments);
    do {
        struct map part;
        struct str text = source_take_until(&lexer, ",)", false, &end);
        map_init(&part, arena);
        if (text.n > 0 && !gather(arena, module, text, depth, &part)) {
            is_whole = false;
            map_init(members, arena);
        }
        for (size_t i = 0; i < part.count; i++)
            *map_get(members, part.entries[i].key) = part.entries[i].value;
    } while (end.kind == HCL_SIGN && end.text.p[0] == ',');
    return is_whole;
}

/* Whether nothing else can be in the object. The depth is bounded. */
static bool gather(struct arena *arena, const struct source_module *module, struct str text, int depth,
                   struct map *members)
{
    static const struct str merge = STR_INIT("merge(");
    if (depth == DEEPEST_OBJECT)
        return false;
    if (str_starts_with(text, merge) && str_ends_with(text, STR(")")))
        return gather_merged(arena, module, str_from_offset(text, merge.n), depth + 1, members);
    if (str_starts_with(text, STR("{"))) {
        struct gathering gathering = { arena, module, members };
        source_each_member(arena, text, add_member, &gathering);
        return true;
    }
    return source_follow(arena, &module, &text) && gather(arena, module, text, depth + 1, members);
}

struct map source_find_members(struct arena *arena, const struct source_module *module, struct str text)
{
    struct map members;
    map_init(&members, arena);
    gather(arena, module, text, 0, &members);
    return members;
}
