#include "plan/text_line.h"
#include "plan/text_read.h"
#include "plan_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Read text in chunks of that many bytes; 0 = all in one. */
static void read_text(struct plan_case *c, const char *text, size_t chunk)
{
    plan_case_open(c, true);
    struct text_reader *reader = plan_open_text(c->reader);
    struct str all = str_from(text);
    for (size_t i = 0, n; i < all.n && c->ok; i += n) {
        n = chunk == 0 || chunk > all.n - i ? all.n - i : chunk;
        char *copy = malloc(n);
        assert_non_null(copy);
        memcpy(copy, all.p + i, n);
        c->ok = text_feed(reader, copy, n);
        free(copy);
    }
    c->ok = c->ok && text_close(reader);
    fflush(c->out);
}

static void close_case(struct plan_case *c)
{
    fclose(c->out);
    plan_case_close(c);
}

/* The text gives these resources, one a line as plan_case.h prints them, whatever the chunks. */
static void expect(const char *text, const char *resources)
{
    for (size_t chunk = 0; chunk < 3; chunk++) {
        struct plan_case c;
        read_text(&c, text, chunk);
        assert_string_equal(c.error.text, "");
        assert_true(c.ok);
        assert_string_equal(c.text, resources);
        close_case(&c);
    }
}

static void expect_refusal(const char *text, const char *beginning, size_t line)
{
    struct plan_case c;
    read_text(&c, text, 0);
    assert_false(c.ok);
    assert_int_equal(c.error.code, ERROR_INPUT);
    assert_true(str_starts_with(str_from(c.error.text), str_from(beginning)));
    assert_int_equal(c.error.line, line);
    close_case(&c);
}

/* The values of one resource that is updated by these lines. */
static void expect_update(const char *lines, const char *values)
{
    char text[4096], wanted[4096];
    snprintf(text, sizeof text, "  # aws_x.y will be updated in-place\n  ~ resource \"aws_x\" \"y\" {\n%s    }\n\n"
                                "Plan: 0 to add, 1 to change, 0 to destroy.\n", lines);
    snprintf(wanted, sizeof wanted, "resource | aws_x.y | - |  | aws_x.y | aws_x | y | aws | - | - | mode 0 actions 8 after %s "
                                    "replace none\n", values);
    expect(text, wanted);
}

static void scalars_and_what_becomes_of_them(void **state)
{
    (void)state;
    expect_update("      + added    = \"a \\\"b\\\" -> \\u00e9\\n\"\n"
                  "      - gone     = 5 -> null\n"
                  "      ~ changed  = true -> false\n"
                  "      ~ number   = 1 -> -2.5e+07 # forces nothing\n"
                  "      ~ later    = \"x\" -> (known after apply)\n"
                  "        same     = null\n"
                  "      ~ secret   = (sensitive value)\n"
                  "      + wo       = (write-only attribute)\n",
                  "{added:\"a \"b\" -> \xC3\xA9\n\" changed:false gone:null later:? number:-2.5e+07 same:null secret:!? wo:null}");
}

static void lists_maps_and_objects(void **state)
{
    (void)state;
    expect_update("      ~ list = [\n"
                  "          - \"a\",\n"
                  "            \"b\",\n"
                  "          + \"c\",\n"
                  "          ~ \"d\" -> (known after apply),\n"
                  "        ]\n"
                  "      ~ map  = {\n"
                  "          - \"gone\" = \"x\"\n"
                  "          + \"a.b\"  = \"y\"\n"
                  "            \"c\"    = \"z\"\n"
                  "        }\n"
                  "      - old  = [\n"
                  "          - 1,\n"
                  "        ] -> null\n"
                  "      ~ kind = {\n"
                  "          - a = 1\n"
                  "        } -> [\n"
                  "          + {\n"
                  "              + b = {}\n"
                  "              + c = []\n"
                  "            },\n"
                  "        ]\n",
                  "{kind:[{b:{} c:[]}] list:[\"b\" \"c\" ?] map:{a.b:\"y\" c:\"z\"} old:null}");
}

static void nested_blocks_are_lists(void **state)
{
    (void)state;
    expect_update("        id = \"i\"\n"
                  "\n"
                  "      - rule {\n"
                  "          - port = 1 -> null\n"
                  "        }\n"
                  "      + rule {\n"
                  "          + port = 2\n"
                  "\n"
                  "          + inner {}\n"
                  "        }\n"
                  "      ~ ttl (known after apply)\n"
                  "      - ttl {\n"
                  "          - on = true -> null\n"
                  "        }\n"
                  "      + named \"one\" {\n"
                  "          + a = 1\n"
                  "        }\n",
                  "{id:\"i\" named:{one:{a:1}} rule:[{inner:[{}] port:2}] ttl:?}");
}

static void what_is_hidden_is_unknown_and_never_absent(void **state)
{
    (void)state;
    struct plan_case c;
    expect_update("        id   = \"i\"\n"
                  "      ~ list = [\n"
                  "            # (2 unchanged elements hidden)\n"
                  "            \"c\",\n"
                  "          + \"d\",\n"
                  "        ]\n"
                  "      ~ tags = {\n"
                  "          + \"a\" = \"1\"\n"
                  "            # (1 unchanged element hidden)\n"
                  "        }\n"
                  "        # (3 unchanged attributes hidden)\n"
                  "\n"
                  "      ~ rule {\n"
                  "          + a = 1\n"
                  "            # (1 unchanged attribute hidden)\n"
                  "        }\n"
                  "\n"
                  "        # (1 unchanged block hidden)\n",
                  "{-:? id:\"i\" list:[? ? \"c\" \"d\"] rule:[{-:? a:1} ?] tags:{-:? a:\"1\"}}");
    plan_case_open(&c, false);
    struct value *object = value_make(c.arena, VALUE_OBJECT);
    struct value *rest = value_make(c.arena, VALUE_UNKNOWN);
    value_add(object, rest);
    assert_null(value_find(object, STR("name")));
    object->is_partial = true;
    assert_ptr_equal(value_find(object, STR("name")), rest);
    assert_true(value_find(value_copy(c.arena, NULL, object), STR("name"))->kind == VALUE_UNKNOWN);
    close_case(&c);
}

static void what_is_hidden_in_something_new_is_null(void **state)
{
    (void)state;
    expect("  # aws_x.y will be created\n"
           "  + resource \"aws_x\" \"y\" {\n"
           "      + id = (known after apply)\n"
           "        # (1 unchanged attribute hidden)\n"
           "    }\n"
           "\n"
           "Plan: 1 to add, 0 to change, 0 to destroy.\n",
           "resource | aws_x.y | - |  | aws_x.y | aws_x | y | aws | - | - | mode 0 actions 2 after {id:?} replace none\n");
}

static void a_sensitive_block_is_secret(void **state)
{
    (void)state;
    expect_update("      ~ rule {\n"
                  "          # At least one attribute in this block is (or was) sensitive,\n"
                  "          # so its contents will not be displayed.\n"
                  "        }\n",
                  "{rule:[!?]}");
}

static void here_documents_keep_their_lines(void **state)
{
    (void)state;
    expect_update("      ~ text  = <<-EOT\n"
                  "            one  \n"
                  "          - two\n"
                  "          + 2\n"
                  "            \n"
                  "            - EOT\n"
                  "              # (1 unchanged attribute hidden)\n"
                  "            EOT\n"
                  "        EOT\n"
                  "      ~ other = <<-EOT\n"
                  "            a\n"
                  "        EOT -> null\n"
                  "      ~ items = [\n"
                  "          + <<-EOT\n"
                  "                x\n"
                  "                y\n"
                  "            EOT,\n"
                  "        ]\n",
                  "{items:[\"x\ny\"] other:null text:\"one  \n2\n\n- EOT\n  # (1 unchanged attribute hidden)\nEOT\"}");
}

static void json_in_strings_is_put_together_again(void **state)
{
    (void)state;
    expect_update("      ~ policy = jsonencode(\n"
                  "          ~ {\n"
                  "              ~ Statement = [\n"
                  "                  + {\n"
                  "                      + \"a b\" = \"<\\\"&\\\">\"\n"
                  "                      + deep  = jsonencode(\n"
                  "                            {\n"
                  "                              + x = null\n"
                  "                            }\n"
                  "                        )\n"
                  "                      + n     = 1.50\n"
                  "                    },\n"
                  "                ]\n"
                  "              - Old       = true\n"
                  "            } # forces nothing\n"
                  "        )\n"
                  "      ~ white  = jsonencode( # whitespace changes\n"
                  "            [\n"
                  "                1,\n"
                  "            ]\n"
                  "        )\n"
                  "      ~ empty  = jsonencode({}) -> jsonencode([])\n"
                  "      ~ part   = jsonencode(\n"
                  "          ~ {\n"
                  "              ~ a = 1 -> 2\n"
                  "                # (1 unchanged attribute hidden)\n"
                  "            }\n"
                  "        )\n"
                  "      ~ gone   = jsonencode(\n"
                  "            {\n"
                  "              - a = 1\n"
                  "            }\n"
                  "        ) -> (known after apply)\n"
                  "      + yaml   = yamlencode(\n"
                  "            {\n"
                  "              + a = 1\n"
                  "            }\n"
                  "        )\n",
                  "{empty:\"[]\" gone:? part:? policy:\"{\"Statement\":[{\"a b\":\"<\\\"&\\\">\",\"deep\":\"{\\\"x\\\":null}\","
                  "\"n\":1.50}]}\" white:\"[1]\" yaml:?}");
}

static void headers_tell_action_reason_and_address(void **state)
{
    (void)state;
    expect("  # module.m[\"a b\"].aws_x.y[0] is tainted, so must be replaced\n"
           "-/+ resource \"aws_x\" \"y\" {\n"
           "    }\n"
           "  # aws_x.b will be replaced, as requested\n"
           "+/- resource \"aws_x\" \"b\" {\n"
           "      ~ name = \"a\" -> \"b\" # forces replacement\n"
           "\n"
           "      ~ rule {\n"
           "          ~ to = 1 -> 2 # forces replacement\n"
           "        }\n"
           "    }\n"
           "  # aws_x.c (deposed object 0a1b2c3d) will be destroyed\n"
           "  # (left over from a partially-failed replacement of this instance)\n"
           "  - resource \"aws_x\" \"c\" {\n"
           "      - id = \"c\" -> null\n"
           "    }\n"
           "  # aws_x.d[1] will be destroyed\n"
           "  # (because index [1] is out of range for count)\n"
           "  - resource \"aws_x\" \"d\" {}\n"
           "  # aws_x.old has moved to aws_x.new[\"k.]\\\"\"]\n"
           "    resource \"aws_x\" \"new\" {\n"
           "        id = \"e\"\n"
           "    }\n"
           "  # aws_x.f will be imported\n"
           "    resource \"aws_x\" \"f\" {\n"
           "        id = \"f\"\n"
           "    }\n"
           " # aws_x.g will no longer be managed by Terraform, but will not be destroyed\n"
           " # (destroy = false is set in the configuration)\n"
           " . resource \"aws_x\" \"g\" {\n"
           "        id = \"g\"\n"
           "    }\n"
           "  # data.aws_x.h will be read during apply\n"
           "  # (depends on a resource or a module with changes pending)\n"
           " <= data \"aws_x\" \"h\" {\n"
           "      + id = (known after apply)\n"
           "    }\n"
           "\n"
           "Plan: 1 to import, 2 to add, 0 to change, 4 to destroy.\n",
           "resource | module.m[\"a b\"].aws_x.y[0] | - | module.m[\"a b\"] | module.m.aws_x.y | aws_x | y | aws | - | "
           "replace_because_tainted | mode 0 actions 32 after {} replace none\n"
           "resource | aws_x.b | - |  | aws_x.b | aws_x | b | aws | - | replace_by_request | mode 0 actions 32 after "
           "{name:\"b\" rule:[{to:2}]} replace [[\"name\"] [\"rule\" 0 \"to\"]]\n"
           "resource | aws_x.c | 0a1b2c3d |  | aws_x.c | aws_x | c | aws | - | - | mode 0 actions 16 after none replace none\n"
           "resource | aws_x.d[1] | - |  | aws_x.d | aws_x | d | aws | - | delete_because_count_index | mode 0 actions 16 "
           "after none replace none\n"
           "resource | aws_x.new[\"k.]\\\"\"] | - |  | aws_x.new | aws_x | new | aws | aws_x.old | - | mode 0 actions 1 after "
           "{id:\"e\"} replace none\n"
           "resource | aws_x.f | - |  | aws_x.f | aws_x | f | aws | - | - | mode 0 actions 1 import after {id:\"f\"} "
           "replace none\n"
           "resource | aws_x.g | - |  | aws_x.g | aws_x | g | aws | - | delete_because_no_resource_config | mode 0 actions 64 "
           "after none replace none\n"
           "resource | data.aws_x.h | - |  | data.aws_x.h | aws_x | h | aws | - | read_because_dependency_pending | mode 1 "
           "actions 4 after {id:?} replace none\n");
}

static void drift_warnings_outputs_and_deferred_changes_are_not_judged(void **state)
{
    (void)state;
    static const char text[] = "aws_x.y: Refreshing state... [id=1]\r\n"
                               "\r\n"
                               "Note: Objects have changed outside of Terraform\r\n"
                               "\r\n"
                               "  # aws_x.drifted has changed\r\n"
                               "  ~ resource \"aws_x\" \"drifted\" {\r\n"
                               "      ~ a = 1 -> 2\r\n"
                               "    }\r\n"
                               "\r\n"
                               "  # aws_x.later was deferred\r\n"
                               "  # (because a prerequisite for this resource is deferred)\r\n"
                               "  + resource \"aws_x\" \"later\" {\r\n"
                               "    }\r\n"
                               "\r\n"
                               "\x1b[1m  # aws_x.y\x1b[0m will be updated in-place\r\n"
                               "\x1b[33m  ~\x1b[0m\x1b[0m resource \"aws_x\" \"y\" {\r\n"
                               "      \x1b[33m~\x1b[0m\x1b[0m a = 1 \x1b[33m->\x1b[0m\x1b[0m \"2\"\r\n"
                               "    }\r\n"
                               "\r\n"
                               "\x1b[1mPlan:\x1b[0m 0 to add, 1 to change, 0 to destroy.\r\n"
                               "\r\n"
                               "Changes to Outputs:\r\n"
                               "  + o = {\r\n"
                               "      + a = 1\r\n"
                               "    }\r\n"
                               "\xE2\x95\xB7\r\n"
                               "\xE2\x94\x82 Warning: Argument is deprecated\r\n"
                               "\xE2\x94\x82    1: resource \"aws_x\" \"y\" {\r\n"
                               "\xE2\x95\xB5\r\n";
    struct plan_case c;
    expect(text, "resource | aws_x.y | - |  | aws_x.y | aws_x | y | aws | - | - | mode 0 actions 8 after {a:\"2\"} replace "
                 "none\n");
    read_text(&c, text, 0);
    assert_true(c.plan.is_incomplete);
    assert_true(c.plan.is_text && c.plan.lacks_variables && c.plan.hides_resources);
    assert_int_equal(c.plan.form, PLAN_FORM_PLAN);
    close_case(&c);
}

/* Terraform 0.12 shows what does not change, and OpenTofu has its own name in the headings. */
static void other_versions_are_read_too(void **state)
{
    (void)state;
    expect("An execution plan has been generated and is shown below.\n"
           "\n"
           "Terraform will perform the following actions:\n"
           "\n"
           "  # aws_x.y must be replaced\n"
           "-/+ resource \"aws_x\" \"y\" {\n"
           "      ~ id     = \"i\" -> (known after apply)\n"
           "      ~ name   = \"a\" -> \"b\" # forces replacement\n"
           "        size   = 3\n"
           "        tags   = {\n"
           "            \"k\" = \"v\"\n"
           "        }\n"
           "\n"
           "        timeouts {}\n"
           "    }\n"
           "\n"
           "Plan: 1 to add, 0 to change, 1 to destroy.\n",
           "resource | aws_x.y | - |  | aws_x.y | aws_x | y | aws | - | replace_because_cannot_update | mode 0 actions 32 after "
           "{id:? name:\"b\" size:3 tags:{k:\"v\"} timeouts:[{}]} replace [[\"name\"]]\n");
    expect("  # data.aws_x.y will be read during apply\n"
           "  # (config refers to values not yet known)\n"
           " <= data \"aws_x\" \"y\"  {\n"
           "      ~ id = \"i\" -> (known after apply)\n"
           "        # (3 unchanged attributes hidden)\n"
           "    }\n"
           "\n"
           "Plan: 0 to add, 0 to change, 0 to destroy.\n",
           "resource | data.aws_x.y | - |  | data.aws_x.y | aws_x | y | aws | - | read_because_config_unknown | mode 1 actions 4 "
           "after {-:? id:?} replace none\n");
    expect("OpenTofu will perform the following actions:\n"
           "\n"
           "  # aws_x.y will be removed from the OpenTofu state but will not be destroyed\n"
           "  . resource \"aws_x\" \"y\" {\n"
           "        id = \"i\"\n"
           "    }\n"
           "\n"
           "Plan: 0 to add, 0 to change, 0 to destroy, 1 to forget.\n",
           "resource | aws_x.y | - |  | aws_x.y | aws_x | y | aws | - | delete_because_no_resource_config | mode 0 actions 64 "
           "after none replace none\n");
}

static void a_plan_without_changes_is_a_plan(void **state)
{
    (void)state;
    expect("\x1b[1m\x1b[32mNo changes.\x1b[0m Your infrastructure matches the configuration.\n", "");
    expect("\nChanges to Outputs:\n  + o = 1\n\nYou can apply this plan to save these new output values\n", "");
}

static void what_is_cut_or_changed_is_refused(void **state)
{
    (void)state;
    static const char block[] = "  # aws_x.y will be created\n  + resource \"aws_x\" \"y\" {\n      + a = 1\n    }\n";
    char text[512];
    expect_refusal(block, "the text of the plan ends here, before its summary", 4);
    expect_refusal("  # aws_x.y will be created\n  + resource \"aws_x\" \"y\" {\n      + a = [\n",
                   "the text of the plan ends here, before its summary", 3);
    snprintf(text, sizeof text, "%sPlan: 2 to add, 0 to change, 0 to destroy.\n", block);
    expect_refusal(text, "the plan announces 2 to add, 0 to change, 0 to destroy, but the text shows 1, 0 and 0", 0);
    expect_refusal("  # aws_x.y will be created\n\nPlan: 1 to add, 0 to change, 0 to destroy.\n",
                   "the block of a resource was expected here", 2);
    expect_refusal("  # aws_x.y will be created\n  + resource \"aws_x\" \"y\" {\n      + a\n    }\n",
                   "this is not how Terraform writes a plan", 3);
}

static void a_failure_is_told_in_terraforms_words(void **state)
{
    (void)state;
    struct plan_case c;
    expect_refusal("\xE2\x95\xB7\n\xE2\x94\x82 Error: Invalid reference\n\xE2\x94\x82 \n", "Terraform failed: Invalid reference: "
                   "mend it", 0);
    expect_refusal("Planning failed. Terraform encountered an error while generating this plan.\n",
                   "this is the text of a plan that failed", 0);
    read_text(&c, "Terraform planned the following actions, but then encountered a problem:\n\n"
                  "  # aws_x.y will be created\n  + resource \"aws_x\" \"y\" {\n    }\n\n"
                  "Plan: 1 to add, 0 to change, 0 to destroy.\n\nError: no such bucket\n", 0);
    assert_true(c.ok && c.plan.is_errored);
    assert_int_equal(c.resources, 1);
    close_case(&c);
}

static void unreadable_values_are_unknown(void **state)
{
    (void)state;
    expect_update("      ~ a = <something new>\n      + b = \"no end\n      + c = [ 1, 2 ]\n", "{a:? b:? c:?}");
}

static void lines_are_taken_apart(void **state)
{
    (void)state;
    char colored[] = "\x1b[1m  + a\x1b[0;32m b \x1b[x";
    size_t n = text_line_clean(colored, sizeof colored - 1);
    assert_true(str_equal((struct str){ colored, n }, STR("  + a b \x1b[x")));
    struct text_line line = text_line_read(STR("      -/+ x = 1 "));
    assert_int_equal(line.mark, TEXT_REPLACED);
    assert_int_equal(line.column, 10);
    assert_true(str_equal(line.content, STR("x = 1")));
    line = text_line_read(STR("    -1,"));
    assert_int_equal(line.mark, TEXT_UNMARKED);
    assert_int_equal(line.column, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_and_what_becomes_of_them),
        cmocka_unit_test(lists_maps_and_objects),
        cmocka_unit_test(nested_blocks_are_lists),
        cmocka_unit_test(what_is_hidden_is_unknown_and_never_absent),
        cmocka_unit_test(what_is_hidden_in_something_new_is_null),
        cmocka_unit_test(a_sensitive_block_is_secret),
        cmocka_unit_test(here_documents_keep_their_lines),
        cmocka_unit_test(json_in_strings_is_put_together_again),
        cmocka_unit_test(headers_tell_action_reason_and_address),
        cmocka_unit_test(drift_warnings_outputs_and_deferred_changes_are_not_judged),
        cmocka_unit_test(other_versions_are_read_too),
        cmocka_unit_test(a_plan_without_changes_is_a_plan),
        cmocka_unit_test(what_is_cut_or_changed_is_refused),
        cmocka_unit_test(a_failure_is_told_in_terraforms_words),
        cmocka_unit_test(unreadable_values_are_unknown),
        cmocka_unit_test(lines_are_taken_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
