/* Multiplies a plan: every copy becomes a module call of its own, in all parts of the plan, as Terraform would write it.
 *
 * usage: multiply_plan PLAN BYTES > BIGGER */
#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "json/json_write.h"
#include "plan/value_build.h"

#include <stdio.h>
#include <stdlib.h>

struct job {
    struct arena *arena;
    struct json_writer *writer;
    const struct value *plan;
    size_t copies;
    size_t copy;    /* number of the one that is written */
    size_t written; /* bytes */
    bool renames;   /* values of resources are written */
};

static bool put(void *context, struct str text)
{
    struct job *job = context;
    job->written += text.n;
    return fwrite(text.p, 1, text.n, stdout) == text.n;
}

static bool put_nothing(void *context, struct str text)
{
    struct job *job = context;
    job->written += text.n;
    return true;
}

static void write_value(struct job *job, const struct value *value);

/* Attributes that name a resource: copies have names of their own, as in a stack that can be applied. */
static bool is_name(const struct value *member)
{
    static const struct str names[] = { STR_INIT("bucket"), STR_INIT("function_name"), STR_INIT("alarm_name"),
                                        STR_INIT("identifier"), STR_INIT("name"), STR_INIT("family"),
                                        STR_INIT("dashboard_name"), STR_INIT("cluster_identifier") };
    for (size_t i = 0; member->kind == VALUE_STRING && i < sizeof names / sizeof names[0]; i++)
        if (str_equal(names[i], member->key))
            return true;
    return false;
}

static void write_members(struct job *job, const struct value *object)
{
    bool has_names = job->renames && (str_equal(object->key, STR("after")) || str_equal(object->key, STR("values")));
    for (const struct value *member = object->first; member != NULL; member = member->next) {
        json_write_key_str(job->writer, member->key);
        if (has_names && is_name(member))
            json_write_string(job->writer, arena_format(job->arena, "%.*s%05zu", STR_ARG(member->text), job->copy));
        else
            write_value(job, member);
    }
}

/* The recursion is as deep as a plan that Terraform made. */
static void write_value(struct job *job, const struct value *value)
{
    switch (value->kind) {
    case VALUE_BOOL: json_write_bool(job->writer, value->truth); break;
    case VALUE_NUMBER: json_write_number(job->writer, value->text); break;
    case VALUE_STRING: json_write_string(job->writer, value->text); break;
    case VALUE_LIST:
        json_write_open_array(job->writer);
        for (const struct value *item = value->first; item != NULL; item = item->next)
            write_value(job, item);
        json_write_close_array(job->writer);
        break;
    case VALUE_OBJECT:
        json_write_open_object(job->writer);
        write_members(job, value);
        json_write_close_object(job->writer);
        break;
    case VALUE_NULL:
    case VALUE_UNKNOWN: json_write_null(job->writer); break;
    }
}

static struct str module_name(struct job *job)
{
    static char text[32];
    return (struct str){ text, (size_t)snprintf(text, sizeof text, "copy_%05zu", job->copy) };
}

static struct str prefixed(struct job *job, struct str address)
{
    struct str name = module_name(job);
    return arena_format(job->arena, "module.%.*s.%.*s", STR_ARG(name), STR_ARG(address));
}

static void write_resource(struct job *job, const struct value *resource, bool is_change)
{
    bool has_module = value_find(resource, STR("module_address")) != NULL;
    json_write_open_object(job->writer);
    for (const struct value *member = resource->first; member != NULL; member = member->next) {
        bool is_address = str_equal(member->key, STR("address")) || str_equal(member->key, STR("module_address"));
        json_write_key_str(job->writer, member->key);
        if (is_address)
            json_write_string(job->writer, prefixed(job, member->text));
        else {
            job->renames = member->kind == VALUE_OBJECT;
            write_value(job, member);
            job->renames = false;
        }
        if (is_change && !has_module && str_equal(member->key, STR("address"))) {
            json_write_key(job->writer, "module_address");
            json_write_string(job->writer, arena_format(job->arena, "module.%.*s", STR_ARG(module_name(job))));
        }
    }
    json_write_close_object(job->writer);
}

static void write_changes(struct job *job, const struct value *changes)
{
    json_write_open_array(job->writer);
    for (job->copy = 0; job->copy < job->copies; job->copy++)
        for (const struct value *change = changes->first; change != NULL; change = change->next)
            write_resource(job, change, true);
    json_write_close_array(job->writer);
}

static void write_module_values(struct job *job, const struct value *module)
{
    json_write_open_object(job->writer);
    for (const struct value *member = module->first; member != NULL; member = member->next) {
        json_write_key_str(job->writer, member->key);
        if (member->kind != VALUE_LIST) {
            write_value(job, member);
            continue;
        }
        json_write_open_array(job->writer);
        for (const struct value *item = member->first; item != NULL; item = item->next) {
            if (str_equal(member->key, STR("resources")))
                write_resource(job, item, false);
            else
                write_module_values(job, item);
        }
        json_write_close_array(job->writer);
    }
    if (value_find(module, STR("address")) == NULL) {
        json_write_key(job->writer, "address");
        json_write_string(job->writer, arena_format(job->arena, "module.%.*s", STR_ARG(module_name(job))));
    }
    json_write_close_object(job->writer);
}

static void write_planned_values(struct job *job, const struct value *values)
{
    const struct value *root = value_find(values, STR("root_module"));
    json_write_open_object(job->writer);
    json_write_key(job->writer, "root_module");
    json_write_open_object(job->writer);
    json_write_key(job->writer, "child_modules");
    json_write_open_array(job->writer);
    for (job->copy = 0; root != NULL && job->copy < job->copies; job->copy++)
        write_module_values(job, root);
    json_write_close_array(job->writer);
    json_write_close_object(job->writer);
    json_write_close_object(job->writer);
}

static void write_inputs(struct job *job, const struct value *variables)
{
    json_write_key(job->writer, "expressions");
    json_write_open_object(job->writer);
    for (const struct value *variable = variables == NULL ? NULL : variables->first; variable != NULL;
         variable = variable->next) {
        json_write_key_str(job->writer, variable->key);
        json_write_open_object(job->writer);
        json_write_key(job->writer, "references");
        json_write_open_array(job->writer);
        json_write_string(job->writer, arena_format(job->arena, "var.%.*s", STR_ARG(variable->key)));
        json_write_close_array(job->writer);
        json_write_close_object(job->writer);
    }
    json_write_close_object(job->writer);
}

static void write_root_module(struct job *job, const struct value *root)
{
    const struct value *variables = value_find(root, STR("variables"));
    json_write_open_object(job->writer);
    json_write_key(job->writer, "module_calls");
    json_write_open_object(job->writer);
    for (job->copy = 0; job->copy < job->copies; job->copy++) {
        json_write_key_str(job->writer, module_name(job));
        json_write_open_object(job->writer);
        json_write_key(job->writer, "source");
        json_write_string(job->writer, STR("./copy"));
        write_inputs(job, variables);
        json_write_key(job->writer, "module");
        write_value(job, root);
        json_write_close_object(job->writer);
    }
    json_write_close_object(job->writer);
    if (variables != NULL) {
        json_write_key(job->writer, "variables");
        write_value(job, variables);
    }
    json_write_close_object(job->writer);
}

static void write_configuration(struct job *job, const struct value *configuration)
{
    json_write_open_object(job->writer);
    for (const struct value *member = configuration->first; member != NULL; member = member->next) {
        json_write_key_str(job->writer, member->key);
        if (str_equal(member->key, STR("root_module")))
            write_root_module(job, member);
        else
            write_value(job, member);
    }
    json_write_close_object(job->writer);
}

static bool write_plan(struct job *job, json_sink *sink)
{
    job->written = 0;
    job->writer = json_write_open(job->arena, sink, job, 0);
    json_write_open_object(job->writer);
    for (const struct value *part = job->plan->first; part != NULL; part = part->next) {
        json_write_key_str(job->writer, part->key);
        if (str_equal(part->key, STR("resource_changes")))
            write_changes(job, part);
        else if (str_equal(part->key, STR("planned_values")))
            write_planned_values(job, part);
        else if (str_equal(part->key, STR("configuration")))
            write_configuration(job, part);
        else
            write_value(job, part);
    }
    json_write_close_object(job->writer);
    return json_write_close(job->writer);
}

static void give_up(void *context)
{
    (void)context;
    fputs("multiply_plan: out of memory\n", stderr);
    exit(3);
}

static struct str read_all(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        return (struct str){ NULL, 0 };
    size_t n = (size_t)ftell(file);
    char *text = arena_get_text(arena, n + 1);
    rewind(file);
    n = fread(text, 1, n, file);
    fclose(file);
    return (struct str){ text, n };
}

int main(int argc, char **argv)
{
    struct memory memory = { .exhausted = give_up };
    struct arena *arena = arena_open(&memory);
    struct error error = { 0 };
    struct job job = { .arena = arena, .copies = 1 };
    if (argc != 3) {
        fputs("usage: multiply_plan PLAN BYTES\n", stderr);
        return 2;
    }
    size_t wanted = strtoull(argv[2], NULL, 10);
    job.plan = value_read(arena, read_all(arena, argv[1]), &error);
    if (job.plan == NULL || job.plan->kind != VALUE_OBJECT) {
        fprintf(stderr, "multiply_plan: %s: %s\n", argv[1], error.code == ERROR_NONE ? "cannot be read" : error.text);
        return 2;
    }
    write_plan(&job, put_nothing);
    job.copies = wanted / (job.written + 1) + 1;
    bool is_written = write_plan(&job, put) && fflush(stdout) == 0;
    arena_close(arena);
    return is_written ? 0 : 2;
}
