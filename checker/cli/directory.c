#include "cli/directory.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/vec.h"
#include "cli/terraform.h"
#include "plan/value_build.h"

#include <unistd.h>

enum { LARGEST_MANIFEST = 16 << 20 };

static struct str join(struct arena *arena, struct str folder, struct str name)
{
    while (folder.n > 1 && folder.p[folder.n - 1] == '/')
        folder.n--;
    return str_equal(folder, STR(".")) ? arena_copy(arena, name)
                                       : arena_format(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(name));
}

/* The stacks that manifest.json in folder names. */
static bool list_stacks(struct arena *arena, struct str folder, struct str manifest, struct texts *documents,
                        struct error *error)
{
    struct str text;
    if (!file_read(arena, manifest, LARGEST_MANIFEST, ERROR_INPUT, &text, error))
        return false;
    const struct value *stacks = value_find(value_read(arena, text, error), STR("stacks"));
    const struct value *stack = stacks != NULL && stacks->kind == VALUE_OBJECT ? stacks->first : NULL;
    for (; stack != NULL; stack = stack->next) {
        struct str path = value_find_text(stack, STR("synthesizedStackPath"));
        if (path.p != NULL)
            VEC_ADD(arena, documents, join(arena, folder, path));
    }
    return documents->count > 0 ||
           error_set_at(error, ERROR_INPUT, manifest, 0, 0,
                        "this names no stacks: run `cdktf synth` again, or give tfcheck the files cdk.tf.json");
}

static bool is_there(struct str path)
{
    return access(path.p, R_OK) == 0 && !file_is_folder(path);
}

static bool list_plans(struct arena *arena, struct str folder, struct texts *documents, struct error *error)
{
    struct file_names names = { 0 };
    if (!file_list(arena, folder, &names, error))
        return false;
    for (size_t i = 0; i < names.count; i++) {
        struct str path = join(arena, folder, names.items[i]);
        if (!file_is_folder(path) && terraform_is_plan(path))
            VEC_ADD(arena, documents, path);
    }
    if (documents->count > 1)
        return error_set_at(error, ERROR_USAGE, folder, 0, 0,
                            "this directory holds several saved plans: name one, as `tfcheck %.*s`",
                            STR_ARG(documents->items[0]));
    return true;
}

bool directory_list(struct arena *arena, struct str path, struct texts *documents, struct error *error)
{
    static const struct str manifests[] = { STR_INIT("manifest.json"), STR_INIT("cdktf.out/manifest.json") };
    static const struct str others[] = { STR_INIT("tfplan.json"), STR_INIT("plan.json"), STR_INIT("cdk.tf.json") };
    for (size_t i = 0; i < sizeof manifests / sizeof manifests[0]; i++) {
        struct str manifest = join(arena, path, manifests[i]);
        struct str folder = i == 0 ? path : join(arena, path, STR("cdktf.out"));
        if (is_there(manifest))
            return list_stacks(arena, folder, manifest, documents, error);
    }
    if (!list_plans(arena, path, documents, error))
        return false;
    for (size_t i = 0; i < sizeof others / sizeof others[0] && documents->count == 0; i++)
        if (is_there(join(arena, path, others[i])))
            VEC_ADD(arena, documents, join(arena, path, others[i]));
    return documents->count > 0 ||
           error_set_at(error, ERROR_INPUT, path, 0, 0,
                        "this directory holds no saved plan: run `terraform plan -out=tfplan` in it, or give tfcheck a file");
}
