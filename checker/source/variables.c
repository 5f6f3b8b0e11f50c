#include "source/variables.h"

#include "base/arena.h"
#include "base/file.h"
#include "plan/value.h"
#include "plan/value_build.h"
#include "source/folder.h"
#include "source/literal.h"

enum { LARGEST_FILE = 16 << 20 };

static struct value *read_literal(struct arena *arena, const struct hcl_attribute *attribute)
{
    return attribute == NULL ? NULL : source_read_literal(arena, attribute->expression);
}

static void set_member(struct value *object, struct str key, struct value *value)
{
    if (value == NULL)
        return;
    value->key = key;
    value_add(object, value);
}

struct value *source_declared_variables(struct arena *arena, const struct source_folder *folder)
{
    struct value *object = value_make(arena, VALUE_OBJECT);
    for (size_t i = 0; i < folder->blocks.count; i++) {
        const struct source_block *found = folder->blocks.entries[i].value;
        if (!str_equal(found->block->type, STR("variable")))
            continue;
        struct value *variable = value_make(arena, VALUE_OBJECT);
        set_member(variable, STR("default"), read_literal(arena, hcl_find_attribute(found->block, STR("default"))));
        set_member(variable, STR("sensitive"), read_literal(arena, hcl_find_attribute(found->block, STR("sensitive"))));
        set_member(object, found->block->labels[0], variable);
    }
    return object;
}

/* Values by name; later ones count. One that is no literal is unknown. */
struct values {
    struct arena *arena;
    struct map by_name; /* -> struct value */
};

static void set_value(struct values *values, struct str name, struct value *value)
{
    *map_get(&values->by_name, name) = value != NULL ? value : value_make(values->arena, VALUE_UNKNOWN);
}

static void read_tfvars(struct values *values, struct str path)
{
    struct str text;
    struct error ignored = { 0 };
    if (!file_read(values->arena, path, LARGEST_FILE, ERROR_INPUT, &text, &ignored))
        return;
    if (str_ends_with(path, STR(".json"))) {
        const struct value *object = value_read(values->arena, text, &ignored);
        for (const struct value *m = object != NULL && object->kind == VALUE_OBJECT ? object->first : NULL; m != NULL; m = m->next)
            set_value(values, m->key, value_copy(values->arena, NULL, m));
        return;
    }
    const struct hcl_file *file = hcl_read(values->arena, path, text);
    for (const struct hcl_attribute *a = file->root->attributes; a != NULL; a = a->next)
        set_value(values, a->name, read_literal(values->arena, a));
}

/* terraform.tfvars, terraform.tfvars.json, then *.auto.tfvars and *.auto.tfvars.json in byte order. */
static void read_files(struct values *values, const struct source_folder *folder)
{
    struct file_names names = { 0 };
    struct error ignored = { 0 };
    read_tfvars(values, source_join_path(values->arena, folder->path, STR("terraform.tfvars")));
    read_tfvars(values, source_join_path(values->arena, folder->path, STR("terraform.tfvars.json")));
    if (!file_list(values->arena, folder->path, &names, &ignored))
        return;
    for (size_t i = 0; i < names.count; i++)
        if (str_ends_with(names.items[i], STR(".auto.tfvars")) || str_ends_with(names.items[i], STR(".auto.tfvars.json")))
            read_tfvars(values, source_join_path(values->arena, folder->path, names.items[i]));
}

static void read_environment(struct values *values, const char *const *environment)
{
    static const struct str beginning = STR_INIT("TF_VAR_");
    for (; environment != NULL && *environment != NULL; environment++) {
        struct str entry = str_from(*environment);
        ptrdiff_t sign = str_find_byte(entry, '=');
        if (!str_starts_with(entry, beginning) || sign < 0)
            continue;
        struct str text = arena_copy(values->arena, str_from_offset(entry, (size_t)sign + 1));
        set_value(values, arena_copy(values->arena, str_part(entry, beginning.n, (size_t)sign - beginning.n)),
                  value_make_string(values->arena, text));
    }
}

struct value *source_variable_values(struct arena *arena, const struct source_folder *folder,
                                     const char *const *environment, bool *lacks_some)
{
    struct values values = { .arena = arena };
    struct value *object = value_make(arena, VALUE_OBJECT);
    map_init(&values.by_name, arena);
    read_environment(&values, environment);
    read_files(&values, folder);
    *lacks_some = false;
    for (size_t i = 0; folder != NULL && i < folder->blocks.count; i++) {
        const struct source_block *found = folder->blocks.entries[i].value;
        if (!str_equal(found->block->type, STR("variable")))
            continue;
        struct str name = found->block->labels[0];
        struct value *value = map_find(&values.by_name, name), *variable = value_make(arena, VALUE_OBJECT);
        if (value == NULL)
            value = read_literal(arena, hcl_find_attribute(found->block, STR("default")));
        if (value == NULL || value->kind == VALUE_UNKNOWN) {
            *lacks_some = true;
            continue;
        }
        set_member(variable, STR("value"), value);
        set_member(object, name, variable);
    }
    return object;
}
