#include "rules/declared.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/vec.h"
#include "plan/plan.h"
#include "plan/tf_json.h"
#include "plan/trail.h"
#include "plan/value.h"
#include "rules/message.h"

#include <stdarg.h>
#include <stdio.h>

enum { LONGEST_MESSAGE = 1000, LONGEST_QUOTE = 60 };

struct gathering {
    struct declarations *declarations;
    enum declared_kind kind;
    struct declared_block *block;
    enum declared_part part;
    bool is_literal; /* Terraform takes texts here as they are */
};

void declared_complain(struct declarations *declarations, enum declared_problem_kind kind, struct str address,
                       struct str path, const char *format, ...)
{
    char text[LONGEST_MESSAGE];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t length = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    struct finding finding = { .address = address, .path = path, .verdict = VERDICT_FAIL };
    finding.message = arena_copy(declarations->arena, (struct str){ text, length });
    declarations->report(declarations->context, kind, finding);
}

static void add_references(struct gathering *gathering, const struct template *template, const struct trail *trail)
{
    struct declarations *declarations = gathering->declarations;
    struct declared_block *block = gathering->block;
    struct str path = trail_text(declarations->arena, trail);
    for (size_t i = 0; i < template->reference_count; i++) {
        block->references = vec_grow(declarations->arena, block->references, block->count, &block->capacity,
                                     sizeof *block->references);
        block->references[block->count++] =
            (struct declared_reference){ template->references[i], path, gathering->part };
        declarations->reference_count++;
    }
}

/* Whether changes of the argument at trail are ignored by the block's lifecycle. */
static bool is_ignored(const struct declared_block *block, const struct trail *trail)
{
    const struct value *lifecycle = value_find(block->body, STR("lifecycle"));
    if (lifecycle != NULL && lifecycle->kind == VALUE_LIST)
        lifecycle = lifecycle->first;
    const struct value *ignored = value_find(lifecycle, STR("ignore_changes"));
    while (trail->outer != NULL)
        trail = trail->outer;
    if (ignored == NULL || ignored->kind != VALUE_LIST)
        return ignored != NULL && str_equal(ignored->text, STR("all"));
    for (const struct value *item = ignored->first; item != NULL; item = item->next) {
        bool is_longer = item->text.n > trail->name.n &&
                         (item->text.p[trail->name.n] == '.' || item->text.p[trail->name.n] == '[');
        if (str_equal(item->text, trail->name) || (is_longer && str_starts_with(item->text, trail->name)))
            return true;
    }
    return false;
}

/* A function that gives another value at every call shows a change in every plan. */
static void check_functions(struct gathering *gathering, const struct template *template, const struct trail *trail)
{
    static const struct str names[] = { STR_INIT("timestamp"), STR_INIT("uuid"), STR_INIT("bcrypt") };
    struct str path = template->call_count > 0 ? trail_text(gathering->declarations->arena, trail) : STR("");
    for (size_t i = 0; i < template->call_count; i++)
        for (size_t n = 0; n < sizeof names / sizeof names[0]; n++)
            if (gathering->kind == DECLARED_RESOURCE && gathering->part == PART_ARGUMENT &&
                str_equal(names[n], template->calls[i].name) && !is_ignored(gathering->block, trail))
                declared_complain(gathering->declarations, DECLARED_IMPURE, gathering->block->address, path,
                                  "%.*s has %.*s() in it, which gives another value in every plan", STR_ARG(path),
                                  STR_ARG(names[n]));
}

/* A file that a function reads has to be there before anything is planned. Paths from elsewhere than the stack's own
 * folder may lead to something on the machine that runs Terraform. */
static void check_files(struct gathering *gathering, const struct template *template, const struct trail *trail)
{
    static const struct str names[] = { STR_INIT("file"),       STR_INIT("filebase64"),       STR_INIT("templatefile"),
                                        STR_INIT("filesha256"), STR_INIT("filebase64sha256"), STR_INIT("filemd5"),
                                        STR_INIT("filesha1"),   STR_INIT("filebase64sha512"), STR_INIT("filesha512") };
    struct declarations *declarations = gathering->declarations;
    struct str folder = declarations->plan->folder;
    for (size_t i = 0; folder.p != NULL && i < template->call_count; i++) {
        const struct template_call *call = &template->calls[i];
        bool reads_file = false;
        for (size_t n = 0; n < sizeof names / sizeof names[0]; n++)
            reads_file |= str_equal(names[n], call->name);
        if (!reads_file || call->argument.n == 0 || call->argument.p[0] == '/' || call->argument.p[0] == '~')
            continue;
        struct str path = arena_format(declarations->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(call->argument));
        if (!file_exists(path))
            declared_complain(declarations, DECLARED_FILE, gathering->block->address,
                              trail_text(declarations->arena, trail),
                              "%.*s() reads %.*s, which is not beside the configuration", STR_ARG(call->name),
                              STR_ARG(call->argument));
    }
}

static void read_text(struct gathering *gathering, struct str text, const struct trail *trail)
{
    struct declarations *declarations = gathering->declarations;
    struct template template;
    ptrdiff_t token = str_find(text, STR("${TfToken["));
    if (!template_is_needed(text))
        return;
    struct str path = trail_text(declarations->arena, trail);
    if (gathering->is_literal) {
        declared_complain(declarations, DECLARED_LITERAL, gathering->block->address, path,
                         "no expression is evaluated here: the text itself is used, with its ${...}");
        return;
    }
    if (token >= 0) {
        ptrdiff_t end = str_find_byte(str_from_offset(text, (size_t)token), '}');
        struct str shown = str_part(text, (size_t)token, end < 0 ? LONGEST_QUOTE : (size_t)end + 1);
        declared_complain(declarations, DECLARED_TOKEN, gathering->block->address, path,
                         "the CDKTF token %.*s was never resolved", STR_ARG(shown));
        return;
    }
    if (!template_read(declarations->arena, text, &template)) {
        size_t start = template.problem_offset > 20 ? template.problem_offset - 20 : 0;
        struct str near = message_is_secret(path) ? STR("(sensitive)") : str_part(text, start, LONGEST_QUOTE);
        declared_complain(declarations, DECLARED_SYNTAX, gathering->block->address, path, "%s, near \"%.*s\"",
                          template.problem, STR_ARG(near));
        return;
    }
    add_references(gathering, &template, trail);
    check_functions(gathering, &template, trail);
    check_files(gathering, &template, trail);
}

/* The depth is that of the JSON, which is bounded. */
static void read_value(struct gathering *gathering, const struct value *value, const struct trail *trail)
{
    size_t index = 0;
    if (value->kind == VALUE_STRING)
        read_text(gathering, value->text, trail);
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        struct trail inner = { .outer = trail, .name = child->key, .index = index++ };
        if (value->kind != VALUE_OBJECT || !str_equal(child->key, STR("//")))
            read_value(gathering, child, &inner);
    }
}

/* depends_on and replace_triggered_by hold bare references. */
static void read_addresses(struct gathering *gathering, const struct value *list, const struct trail *trail,
                           enum declared_part part)
{
    struct declarations *declarations = gathering->declarations;
    size_t index = 0;
    const struct value *item = list->kind == VALUE_LIST ? list->first : list;
    for (; item != NULL; item = list->kind == VALUE_LIST ? item->next : NULL) {
        struct trail inner = { .outer = trail, .index = index++ };
        struct template template;
        struct str path = trail_text(declarations->arena, &inner);
        bool is_text = item->kind == VALUE_STRING;
        if (is_text && part == PART_DEPENDS_ON && template_is_needed(item->text))
            is_text = false;
        struct str text = item->text;
        if (is_text && str_starts_with(text, STR("${")) && str_ends_with(text, STR("}")))
            text = str_part(text, 2, text.n - 3);
        if (!is_text || !expression_read(declarations->arena, text, &template) || template.reference_count == 0) {
            declared_complain(declarations, part == PART_DEPENDS_ON ? DECLARED_DEPENDS_ON : DECLARED_LIFECYCLE,
                              gathering->block->address, path,
                              "a bare address such as aws_kms_key.main is expected here%s%.*s",
                              item->kind == VALUE_STRING ? ", got " : "", STR_ARG(item->text));
            continue;
        }
        gathering->part = part;
        add_references(gathering, &template, &inner);
        gathering->part = PART_ARGUMENT;
    }
}

static void read_lifecycle(struct gathering *gathering, const struct value *lifecycle, const struct trail *trail)
{
    static const struct str keys[] = { STR_INIT("create_before_destroy"), STR_INIT("prevent_destroy"),
                                       STR_INIT("ignore_changes"),        STR_INIT("replace_triggered_by"),
                                       STR_INIT("precondition"),          STR_INIT("postcondition"),
                                       STR_INIT("//"),                    STR_INIT("action_trigger") };
    const struct value *part = lifecycle->kind == VALUE_LIST ? lifecycle->first : lifecycle;
    for (; part != NULL; part = lifecycle->kind == VALUE_LIST ? part->next : NULL) {
        for (const struct value *member = part->kind == VALUE_OBJECT ? part->first : NULL; member != NULL;
             member = member->next) {
            struct trail inner = { .outer = trail, .name = member->key };
            bool is_known = false;
            for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
                is_known |= str_equal(keys[i], member->key);
            if (!is_known)
                declared_complain(gathering->declarations, DECLARED_LIFECYCLE, gathering->block->address,
                                 trail_text(gathering->declarations->arena, &inner),
                                 "an argument named \"%.*s\" is not expected in lifecycle", STR_ARG(member->key));
            if (str_equal(member->key, STR("replace_triggered_by")))
                read_addresses(gathering, member, &inner, PART_LIFECYCLE);
        }
    }
}

static void read_body(struct gathering *gathering, const struct value *body)
{
    bool is_resource = gathering->kind == DECLARED_RESOURCE || gathering->kind == DECLARED_DATA;
    bool has_depends_on = is_resource || gathering->kind == DECLARED_MODULE || gathering->kind == DECLARED_OUTPUT;
    for (const struct value *member = body->first; member != NULL; member = member->next) {
        struct trail trail = { .name = member->key };
        if (str_equal(member->key, STR("//")) || (is_resource && str_equal(member->key, STR("provider"))))
            continue;
        if (has_depends_on && str_equal(member->key, STR("depends_on")))
            read_addresses(gathering, member, &trail, PART_DEPENDS_ON);
        else if (is_resource && str_equal(member->key, STR("lifecycle")))
            read_lifecycle(gathering, member, &trail);
        else if (gathering->kind != DECLARED_VARIABLE)
            read_value(gathering, member, &trail);
    }
}

static struct declared_block *add_block(struct gathering *gathering, struct str address, struct str type,
                                        struct str name, const struct value *body)
{
    struct declared_block *block = arena_get(gathering->declarations->arena, sizeof *block);
    *block = (struct declared_block){
        .kind = gathering->kind, .address = address, .type = type, .name = name, .body = body
    };
    block->has_count = value_find(body, STR("count")) != NULL;
    block->has_for_each = value_find(body, STR("for_each")) != NULL;
    *map_get(&gathering->declarations->blocks, address) = block;
    return block;
}

static void gather_block(void *context, struct str type, struct str name, const struct value *body)
{
    static const char *const prefixes[] = {
        [DECLARED_RESOURCE] = "",     [DECLARED_DATA] = "data.",   [DECLARED_PROVIDER] = "provider.",
        [DECLARED_VARIABLE] = "var.", [DECLARED_LOCAL] = "local.", [DECLARED_OUTPUT] = "output.",
        [DECLARED_MODULE] = "module."
    };
    struct gathering *gathering = context;
    struct arena *arena = gathering->declarations->arena;
    struct str alias =
        gathering->kind == DECLARED_PROVIDER ? value_find_text(body, STR("alias")) : (struct str){ NULL, 0 };
    struct str parts[] = { str_from(prefixes[gathering->kind]), type, type.p == NULL ? STR("") : STR("."), name,
                           alias.n > 0 ? STR(".") : STR(""), alias };
    struct str address = arena_join(arena, parts, sizeof parts / sizeof parts[0]);
    gathering->block = add_block(gathering, address, type, name, body);
    read_body(gathering, body);
}

static void gather_locals(struct gathering *gathering, const struct plan *plan)
{
    const struct configured_module *root = map_find(&plan->configuration.modules, STR(""));
    const struct value *locals = root == NULL ? NULL : root->written_locals;
    for (const struct value *local = locals == NULL ? NULL : locals->first; local != NULL; local = local->next) {
        if (str_equal(local->key, STR("//")))
            continue;
        struct str address = arena_format(gathering->declarations->arena, "local.%.*s", STR_ARG(local->key));
        gathering->block = add_block(gathering, address, (struct str){ NULL, 0 }, local->key, local);
        read_value(gathering, local, NULL);
    }
}

/* Backends, versions of providers and defaults of variables are taken as they are. */
static void gather_literals(struct gathering *gathering, const struct value *document)
{
    const struct value *terraform = value_find(document, STR("terraform"));
    const struct value *part = terraform != NULL && terraform->kind == VALUE_LIST ? terraform->first : terraform;
    struct declared_block block = { .address = STR("terraform") };
    gathering->is_literal = true;
    gathering->block = &block;
    for (; part != NULL; part = terraform->kind == VALUE_LIST ? part->next : NULL) {
        const struct value *backend = value_find(part, STR("backend"));
        for (const struct value *one = backend == NULL ? NULL : backend->first; one != NULL; one = one->next) {
            block.address = arena_format(gathering->declarations->arena, "terraform.backend.%.*s", STR_ARG(one->key));
            read_value(gathering, one, NULL);
        }
    }
    gathering->is_literal = false;
}

void declared_gather(struct declarations *declarations)
{
    static const struct {
        struct str key;
        enum declared_kind kind;
    } rows[] = {
        { STR_INIT("variable"), DECLARED_VARIABLE }, { STR_INIT("provider"), DECLARED_PROVIDER },
        { STR_INIT("data"), DECLARED_DATA },         { STR_INIT("resource"), DECLARED_RESOURCE },
        { STR_INIT("module"), DECLARED_MODULE },     { STR_INIT("output"), DECLARED_OUTPUT },
    };
    struct gathering gathering = { .declarations = declarations };
    map_init(&declarations->blocks, declarations->arena);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        gathering.kind = rows[i].kind;
        tf_json_each(declarations->plan->written, rows[i].key, gather_block, &gathering);
    }
    gathering.kind = DECLARED_LOCAL;
    gather_locals(&gathering, declarations->plan);
    gather_literals(&gathering, declarations->plan->written);
}
