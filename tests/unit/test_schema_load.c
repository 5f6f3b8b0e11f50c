#include "plan/value.h"
#include "schema/schema_complete.h"
#include "schema/schema_import.h"
#include "schema/schema_library.h"
#include "schema_trial.h"

#include "base/map.h"
#include "json/json_write.h"

static void refused(struct trial *trial, const char *text, const char *sentence)
{
    struct error error = { 0 };
    assert_null(schema_load(trial->arena, STR("t.json"), str_from(text), &error));
    assert_int_equal(error.code, ERROR_POLICY);
    assert_string_equal(error.text, sentence);
    assert_true(str_equal(error.file, STR("t.json")));
}

static void a_malformed_snippet_is_refused_with_what_is_wrong(void **state)
{
    refused(*state, "{}", "\"block\": a snippet has an object under this key; `tfcheck schema import` makes one");
    refused(*state, "{\"block\":{\"attributes\":{\"a\":{\"type\":\"string\",\"constraints\":[{\"enom\":[]}]}}}}",
            "\"a\": a constraint begins with enum, range, length, items, pattern, form or not_empty");
    refused(*state, "{\"block\":{\"attributes\":{\"a\":{\"type\":\"string\",\"constraints\":[{\"enum\":[]}]}}}}",
            "\"a\": a constraint has the source provider, text or api");
    refused(*state, "{\"block\":{\"constraints\":[{\"one\":[]}]}}",
            "\"constraints\": a group begins with exactly_one_of, at_least_one_of, conflicts_with, all_or_none_of or"
            " required_with");
    refused(*state, "{\"block\":{\"block_types\":{\"b\":{\"nesting_mode\":\"list\",\"block\":\"c\"}}}}",
            "\"c\": there is no such block in \"blocks\"");
}

static void text_that_is_no_json_is_refused(void **state)
{
    struct trial *trial = *state;
    struct error error = { 0 };
    assert_null(schema_load(trial->arena, STR("t.json"), STR("{"), &error));
    assert_int_equal(error.code, ERROR_POLICY);
}

static void items_are_found_by_name_and_by_path(void **state)
{
    const struct schema *schema =
        trial_schema(*state, "{\"name_attribute\":\"z\",\"block\":{\"attributes\":{\"z\":{\"type\":\"string\"},\"a\":{\"type\":"
                             "[\"map\",\"string\"]}},\"block_types\":{\"m\":{\"nesting_mode\":\"set\",\"max_items\":3,\"block\":"
                             "{\"attributes\":{\"x\":{\"type\":\"bool\"}}}}}}}");
    assert_true(str_equal(schema->name_attribute, STR("z")));
    assert_int_equal(schema->block->count, 3);
    assert_int_equal(schema_find_item(schema->block, STR("a"))->type->kind, TYPE_MAP);
    assert_int_equal(schema_find_item(schema->block, STR("m"))->max_items, 3);
    assert_int_equal(schema_find_path(schema->block, STR("m.x"))->type->kind, TYPE_BOOL);
    assert_null(schema_find_path(schema->block, STR("m.y")));
    assert_null(schema_find_path(schema->block, STR("z.y")));
    assert_null(schema_find_item(schema->block, STR("")));
}

static void a_shared_block_is_one_block_even_when_it_holds_itself(void **state)
{
    const struct schema *schema =
        trial_schema(*state, "{\"block\":{\"block_types\":{\"a\":{\"nesting_mode\":\"list\",\"block\":\"s\"},\"b\":{\"nesting_mode\""
                             ":\"list\",\"block\":\"s\"}}},\"blocks\":{\"s\":{\"attributes\":{\"x\":{\"type\":\"string\"}},"
                             "\"block_types\":{\"s\":{\"nesting_mode\":\"list\",\"block\":\"s\"}}}}}");
    const struct schema_block *a = schema_find_item(schema->block, STR("a"))->block;
    assert_ptr_equal(a, schema_find_item(schema->block, STR("b"))->block);
    assert_ptr_equal(a, schema_find_path(schema->block, STR("a.s.s"))->block);
}

static void a_suggestion_follows_the_path_as_far_as_it_leads(void **state)
{
    struct trial *trial = *state;
    const struct schema *schema =
        trial_schema(trial, "{\"block\":{\"block_types\":{\"point\":{\"nesting_mode\":\"list\",\"block\":{\"attributes\":"
                            "{\"enabled\":{\"type\":\"bool\"}}}}}}}");
    assert_true(str_equal(schema_suggest_path(trial->arena, schema->block, STR("poimt")), STR("point")));
    assert_true(str_equal(schema_suggest_path(trial->arena, schema->block, STR("point.enabeld")), STR("point.enabled")));
    assert_null(schema_suggest_path(trial->arena, schema->block, STR("other")).p);
}

/* Snippets in memory. */
struct shelf {
    struct arena *arena;
    struct map texts; /* path -> struct str */
    bool is_full;     /* nothing more can be written */
};

static struct str read_text(void *context, struct arena *arena, struct str name)
{
    const struct shelf *shelf = context;
    const struct str *text = map_find(&shelf->texts, name);
    (void)arena;
    return text == NULL ? (struct str){ NULL, 0 } : *text;
}

static bool write_text(void *context, struct str name, struct str text, struct error *error)
{
    struct shelf *shelf = context;
    if (shelf->is_full)
        return error_set(error, ERROR_SYSTEM, "full");
    struct str *kept = arena_get(shelf->arena, sizeof *kept);
    *kept = arena_copy(shelf->arena, text);
    void **place = map_get(&shelf->texts, arena_copy(shelf->arena, name));
    *place = kept;
    return true;
}

static const char *text_of(const struct shelf *shelf, const char *name)
{
    const struct str *text = map_find(&shelf->texts, str_from(name));
    return text == NULL ? NULL : text->p;
}

/* Import text in chunks of so many bytes. */
static bool import(struct trial *trial, struct shelf *shelf, const char *text, size_t chunk, size_t *count,
                   struct error *error)
{
    struct arena *scratch = arena_open(&trial->memory);
    const struct schema_store store = { read_text, write_text, shelf };
    struct schema_import *import = schema_import_open(trial->arena, scratch, &store, (struct str){ NULL, 0 }, error);
    bool is_good = true;
    size_t n = strlen(text);
    *count = 0;
    for (size_t i = 0; i < n && is_good; i += chunk)
        is_good = schema_import_feed(import, text + i, n - i < chunk ? n - i : chunk);
    is_good = is_good && schema_import_close(import, count);
    arena_close(scratch);
    return is_good;
}

static void start_shelf(struct trial *trial, struct shelf *shelf)
{
    *shelf = (struct shelf){ .arena = trial->arena };
    map_init(&shelf->texts, trial->arena);
}

static const char provider[] =
    "{\"format_version\":\"1.0\",\"provider_schemas\":{\"registry.terraform.io/acme/box\":{\"provider\":{\"version\":0,\"block\":"
    "{\"attributes\":{\"token\":{\"type\":\"string\",\"description\":\"prose\",\"optional\":true}}}},\"functions\":{\"f\":{}},"
    "\"resource_schemas\":{\"box_lid\":{\"version\":1,\"block\":{\"attributes\":{\"a\":{\"type\":[\"list\",\"string\"],"
    "\"description\":\"prose\",\"description_kind\":\"plain\",\"required\":true},\"description\":{\"type\":\"string\",\"optional\""
    ":true}},\"description_kind\":\"plain\"}}},\"data_source_schemas\":{\"box_lid\":{\"version\":0,\"block\":{}}}}}}";

static const char lid[] = "{\n \"version\": 1,\n \"block\": {\n  \"attributes\": {\n"
                          "   \"a\": {\"type\": [\"list\", \"string\"], \"required\": true},\n"
                          "   \"description\": {\"type\": \"string\", \"optional\": true}\n  }\n }\n}\n";

static void an_import_leaves_prose_out_and_names_files_by_provider_and_type(void **state)
{
    struct trial *trial = *state;
    struct shelf shelf;
    struct error error = { 0 };
    size_t count;
    start_shelf(trial, &shelf);
    assert_true(import(trial, &shelf, provider, sizeof provider, &count, &error));
    assert_int_equal(count, 3);
    assert_string_equal(text_of(&shelf, "box/box_lid.json"), lid);
    assert_non_null(text_of(&shelf, "box/data/box_lid.json"));
    assert_string_equal(text_of(&shelf, "box/provider.json"),
                        "{\n \"source_address\": \"registry.terraform.io/acme/box\",\n \"version\": 0,\n \"block\": {\n"
                        "  \"attributes\": {\n   \"token\": {\"type\": \"string\", \"optional\": true}\n  }\n }\n}\n");
}

static void chunks_of_any_size_import_the_same(void **state)
{
    struct trial *trial = *state;
    static const size_t chunks[] = { 1, 2, 3, 7, 64 };
    for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
        struct shelf shelf;
        struct error error = { 0 };
        size_t count;
        start_shelf(trial, &shelf);
        assert_true(import(trial, &shelf, provider, chunks[i], &count, &error));
        assert_string_equal(text_of(&shelf, "box/box_lid.json"), lid);
    }
}

static void an_import_keeps_the_facts_that_are_there(void **state)
{
    struct trial *trial = *state;
    struct shelf shelf;
    struct error error = { 0 };
    size_t count;
    start_shelf(trial, &shelf);
    write_text(&shelf, STR("box/box_lid.json"),
               STR("{\"name_attribute\":\"a\",\"block\":{\"attributes\":{\"a\":{\"type\":\"string\",\"constraints\":[{\"items\":"
                   "[1,5],\"source\":\"api\"}]},\"gone\":{\"constraints\":[]}},\"constraints\":[{\"conflicts_with\":[\"a\","
                   "\"description\"],\"source\":\"provider\"}]}}"), &error);
    write_text(&shelf, STR("box/provider.json"), STR("{\"provider_version\":\"1.2.3\",\"block\":{}}"), &error);
    static const char with_facts[] =
        "{\n \"name_attribute\": \"a\",\n \"version\": 1,\n \"block\": {\n  \"attributes\": {\n"
        "   \"a\": {\"type\": [\"list\", \"string\"], \"required\": true, \"constraints\": [{\"items\": [1, 5], \"source\":"
        " \"api\"}]},\n   \"description\": {\"type\": \"string\", \"optional\": true}\n  },\n  \"constraints\": [\n"
        "   {\"conflicts_with\": [\"a\", \"description\"], \"source\": \"provider\"}\n  ]\n }\n}\n";
    for (int round = 0; round < 2; round++) {
        assert_true(import(trial, &shelf, provider, 100, &count, &error));
        assert_string_equal(text_of(&shelf, "box/box_lid.json"), with_facts);
    }
    assert_true(str_find(str_from(text_of(&shelf, "box/provider.json")), STR("\"provider_version\": \"1.2.3\"")) > 0);
}

static void blocks_that_repeat_are_written_once(void **state)
{
    struct trial *trial = *state;
    struct str attributes = STR("\"x0\":{\"type\":\"string\"}"), text;
    struct shelf shelf;
    struct error error = { 0 };
    size_t count;
    for (int i = 1; i < 30; i++)
        attributes = arena_format(trial->arena, "%.*s,\"x%d\":{\"type\":\"string\"}", STR_ARG(attributes), i);
    text = arena_format(trial->arena,
                        "{\"provider_schemas\":{\"acme/box\":{\"resource_schemas\":{\"box_t\":{\"block\":{\"block_types\":{"
                        "\"a\":{\"nesting_mode\":\"list\",\"block\":{\"attributes\":{%.*s}}},"
                        "\"b\":{\"nesting_mode\":\"set\",\"block\":{\"attributes\":{%.*s}}}}}}}}}}",
                        STR_ARG(attributes), STR_ARG(attributes));
    start_shelf(trial, &shelf);
    assert_true(import(trial, &shelf, text.p, 50, &count, &error));
    struct str snippet = str_from(text_of(&shelf, "box/box_t.json"));
    ptrdiff_t first = str_find(snippet, STR("\"x29\""));
    assert_true(first > 0);
    assert_true(str_find(str_from_offset(snippet, (size_t)first + 1), STR("\"x29\"")) < 0);
    const struct schema *schema = trial_schema(trial, snippet.p);
    assert_non_null(schema_find_path(schema->block, STR("a.x29")));
    assert_ptr_equal(schema_find_item(schema->block, STR("a"))->block, schema_find_item(schema->block, STR("b"))->block);
}

static void what_is_no_provider_schema_is_refused(void **state)
{
    struct trial *trial = *state;
    static const char *const texts[] = { "{}", "{\"format_version\":\"1.0\",\"provider_schemas\":{}}", "[]" };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct shelf shelf;
        struct error error = { 0 };
        size_t count;
        start_shelf(trial, &shelf);
        assert_false(import(trial, &shelf, texts[i], 4, &count, &error));
        assert_string_equal(error.text, "this is no provider schema: make it with `terraform providers schema -json` in a"
                                        " directory that has been initialised");
    }
}

static void names_that_are_no_file_names_are_refused(void **state)
{
    struct trial *trial = *state;
    struct shelf shelf;
    struct error error = { 0 };
    size_t count;
    start_shelf(trial, &shelf);
    assert_false(import(trial, &shelf, "{\"provider_schemas\":{\"acme/box\":{\"resource_schemas\":{\"../../etc/x\":{}}}}}", 9,
                        &count, &error));
    assert_int_equal(shelf.texts.count, 0);
    assert_string_equal(error.text,
                        "a name of a provider or type has other characters than letters, digits, - and _");
}

static void facts_that_cannot_be_read_are_not_thrown_away(void **state)
{
    struct trial *trial = *state;
    struct shelf shelf;
    struct error error = { 0 };
    size_t count;
    start_shelf(trial, &shelf);
    write_text(&shelf, STR("box/box_lid.json"), STR("{\"block\":"), &error);
    assert_false(import(trial, &shelf, provider, 100, &count, &error));
    assert_string_equal(text_of(&shelf, "box/box_lid.json"), "{\"block\":");
}

static void a_snippet_that_cannot_be_written_ends_the_import(void **state)
{
    struct trial *trial = *state;
    struct shelf shelf;
    struct error error = { 0 };
    size_t count;
    start_shelf(trial, &shelf);
    shelf.is_full = true;
    assert_false(import(trial, &shelf, provider, 100, &count, &error));
    assert_string_equal(error.text, "full");
}

static struct str shelf_read(void *context, struct arena *arena, struct str name, struct str *file)
{
    *file = name;
    return read_text(context, arena, name);
}

static void shelf_each(void *context, struct str folder, void (*visit)(void *context, struct str type),
                       void *visit_context)
{
    static const struct str names[] = { STR_INIT("box_lid"), STR_INIT("box_lid_and_hinge"), STR_INIT("box_key") };
    (void)context;
    for (size_t i = 0; str_equal(folder, STR("box")) && i < sizeof names / sizeof names[0]; i++)
        visit(visit_context, names[i]);
}

static void shelf_complain(void *context, const struct error *error)
{
    (void)error;
    ((struct shelf *)context)->is_full = true;
}

static void the_library_opens_a_snippet_when_it_is_asked_for_and_once(void **state)
{
    struct trial *trial = *state;
    struct shelf shelf;
    struct error error = { 0 };
    struct str none = { NULL, 0 };
    start_shelf(trial, &shelf);
    write_text(&shelf, STR("box/box_lid.json"), str_from(lid), &error);
    write_text(&shelf, STR("box/box_bad.json"), STR("{"), &error);
    const struct schema_shelf source = { shelf_read, shelf_each, shelf_complain, &shelf };
    struct schema_library *library = schema_library_open(trial->arena, &source);
    const struct schema *schema = schema_library_find(library, none, SCHEMA_RESOURCE, STR("box_lid"));
    assert_non_null(schema);
    assert_ptr_equal(schema_library_find(library, STR("box"), SCHEMA_RESOURCE, STR("box_lid")), schema);
    assert_null(schema_library_find(library, none, SCHEMA_DATA, STR("box_lid")));
    assert_null(schema_library_find(library, none, SCHEMA_RESOURCE, STR("box_../box_lid")));
    assert_false(shelf.is_full);
    assert_null(schema_library_find(library, none, SCHEMA_RESOURCE, STR("box_bad")));
    assert_true(shelf.is_full);
    assert_null(schema_library_find(schema_library_open(trial->arena, NULL), none, SCHEMA_RESOURCE, STR("box_lid")));
}

static void a_longer_name_with_the_same_words_is_suggested_before_a_close_one(void **state)
{
    struct trial *trial = *state;
    struct shelf shelf;
    struct str none = { NULL, 0 };
    start_shelf(trial, &shelf);
    const struct schema_shelf source = { shelf_read, shelf_each, shelf_complain, &shelf };
    struct schema_library *library = schema_library_open(trial->arena, &source);
    struct str best = schema_library_suggest(library, trial->arena, none, SCHEMA_RESOURCE, STR("box_hinge"));
    assert_true(str_equal(best, STR("box_lid_and_hinge")));
    best = schema_library_suggest(library, trial->arena, none, SCHEMA_RESOURCE, STR("box_kez"));
    assert_true(str_equal(best, STR("box_key")));
    assert_null(schema_library_suggest(library, trial->arena, none, SCHEMA_RESOURCE, STR("box_xxxxxxxx")).p);
}

static bool add_text(void *context, struct str text)
{
    struct trial *trial = context;
    trial->problems = arena_join(trial->arena, (struct str[]){ trial->problems, text }, 2);
    return true;
}

static void put(struct json_writer *writer, const struct value *value)
{
    switch (value->kind) {
    case VALUE_UNKNOWN: json_write_string(writer, STR("?")); return;
    case VALUE_NULL: json_write_null(writer); return;
    case VALUE_BOOL: json_write_bool(writer, value->truth); return;
    case VALUE_NUMBER: json_write_number(writer, value->text); return;
    case VALUE_STRING: json_write_string(writer, value->sensitive ? STR("***") : value->text); return;
    case VALUE_LIST: json_write_open_array(writer); break;
    case VALUE_OBJECT: json_write_open_object(writer); break;
    }
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        if (value->kind == VALUE_OBJECT)
            json_write_key_str(writer, child->key);
        put(writer, child);
    }
    if (value->kind == VALUE_OBJECT)
        json_write_close_object(writer);
    else
        json_write_close_array(writer);
}

static void completed(struct trial *trial, const char *schema, const char *written, const char *expected)
{
    trial->problems = STR("");
    struct json_writer *writer = json_write_open(trial->arena, add_text, trial, 0);
    put(writer, schema_complete(trial->arena, trial_schema(trial, schema)->block, trial_value(trial, written)));
    json_write_close(writer);
    assert_string_equal(str_trim(trial->problems).n == 0 ? "" : trial->problems.p, expected);
}

static void written_configuration_gets_the_shape_of_a_plan(void **state)
{
    const char *schema = "{\"block\":{\"attributes\":{\"b\":{\"type\":\"bool\",\"optional\":true},\"n\":{\"type\":\"number\","
                         "\"optional\":true},\"p\":{\"type\":\"string\",\"optional\":true,\"sensitive\":true},\"s\":{\"type\":"
                         "[\"list\",\"string\"],\"optional\":true},\"u\":{\"type\":\"string\",\"optional\":true}},\"block_types\":{"
                         "\"l\":{\"nesting_mode\":\"list\",\"block\":{\"attributes\":{\"x\":{\"type\":\"string\",\"optional\":"
                         "true}}}},\"o\":{\"nesting_mode\":\"single\",\"block\":{}}}}}";
    completed(*state, schema, "{\"b\":\"true\",\"n\":\"5\",\"p\":\"secret\",\"s\":[1,\"a\"],\"l\":{\"x\":7}}",
              "{\"b\":true,\"l\":[{\"x\":\"7\"}],\"n\":5,\"o\":null,\"p\":\"***\",\"s\":[\"1\",\"a\"],\"u\":\"?\"}\n");
    completed(*state, schema, "{\"l\":[{\"x\":\"a\"},{}],\"o\":[{}],\"extra\":1}",
              "{\"b\":\"?\",\"l\":[{\"x\":\"a\"},{\"x\":\"?\"}],\"n\":\"?\",\"o\":{},\"p\":\"?\",\"s\":\"?\",\"u\":\"?\","
              "\"extra\":1}\n");
    completed(*state, schema, "{\"l\":null,\"dynamic\":{\"l\":{}}}",
              "{\"b\":\"?\",\"l\":\"?\",\"n\":\"?\",\"o\":null,\"p\":\"?\",\"s\":\"?\",\"u\":\"?\"}\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, trial_open, trial_close)
    const struct CMUnitTest tests[] = {
        TEST(a_malformed_snippet_is_refused_with_what_is_wrong),
        TEST(text_that_is_no_json_is_refused),
        TEST(items_are_found_by_name_and_by_path),
        TEST(a_shared_block_is_one_block_even_when_it_holds_itself),
        TEST(a_suggestion_follows_the_path_as_far_as_it_leads),
        TEST(an_import_leaves_prose_out_and_names_files_by_provider_and_type),
        TEST(chunks_of_any_size_import_the_same),
        TEST(an_import_keeps_the_facts_that_are_there),
        TEST(blocks_that_repeat_are_written_once),
        TEST(what_is_no_provider_schema_is_refused),
        TEST(names_that_are_no_file_names_are_refused),
        TEST(facts_that_cannot_be_read_are_not_thrown_away),
        TEST(a_snippet_that_cannot_be_written_ends_the_import),
        TEST(the_library_opens_a_snippet_when_it_is_asked_for_and_once),
        TEST(a_longer_name_with_the_same_words_is_suggested_before_a_close_one),
        TEST(written_configuration_gets_the_shape_of_a_plan),
    };
    return cmocka_run_group_tests_name("schema/load", tests, NULL, NULL);
}
