#include "cli/config_waivers.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "base/vec.h"
#include "cli/config.h"

static bool read_waiver(const struct shape *shape, const struct yaml_node *node, struct waivers *waivers)
{
    static const struct str keys[] = { STR_INIT("rule"), STR_INIT("address"), STR_INIT("reason"), STR_INIT("owner"),
                                       STR_INIT("expires") };
    struct waiver waiver = { .file = shape->file, .line = node->line, .column = node->column };
    struct str *const texts[] = { &waiver.rule, &waiver.address, &waiver.reason, &waiver.owner, &waiver.expires };
    if (!shape_check_keys(shape, node, "a waiver", keys, 5))
        return false;
    for (size_t i = 0; i < 5; i++) {
        const struct yaml_node *member = yaml_find(node, keys[i]);
        if (member == NULL && i < 2)
            return shape_fail(shape, node, "the waiver lacks \"%.*s\"", STR_ARG(keys[i]));
        bool is_empty_reason = i == 2 && member != NULL && member->kind <= YAML_STRING && str_trim(member->text).n == 0;
        if (member != NULL && !is_empty_reason && !shape_text(shape, member, texts[i]))
            return false;
    }
    const struct yaml_node *expires = yaml_find(node, keys[4]);
    if (expires != NULL && !waiver_is_date(waiver.expires))
        return shape_fail(shape, expires, "expires: a day as 2027-01-31 was expected, not %.*s",
                          STR_ARG(waiver.expires));
    VEC_ADD(waivers->arena, waivers, waiver);
    return true;
}

static bool read_list(const struct shape *shape, const struct yaml_node *node, struct waivers *waivers)
{
    if (node->kind == YAML_NULL)
        return true;
    if (node->kind != YAML_LIST)
        return shape_fail(shape, node, "a list of waivers was expected, not %s", yaml_kind_name(node->kind));
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next)
        if (!read_waiver(shape, item, waivers))
            return false;
    return true;
}

bool config_read_waivers(const struct shape *shape, const struct yaml_node *node, struct str folder,
                         struct waivers *waivers)
{
    struct str text;
    if (node->kind != YAML_STRING)
        return read_list(shape, node, waivers);
    bool is_absolute = str_starts_with(node->text, STR("/"));
    struct str path = arena_format(shape->arena, "%.*s%.*s", is_absolute ? 0 : (int)folder.n, folder.p,
                                   STR_ARG(node->text));
    struct shape other = { shape->arena, path, shape->error };
    if (!file_read(shape->arena, path, CONFIG_LARGEST, ERROR_POLICY, &text, shape->error))
        return false;
    const struct yaml_node *root = yaml_read(shape->arena, path, text, shape->error);
    return root != NULL && read_list(&other, root, waivers);
}
