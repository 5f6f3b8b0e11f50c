#include "base/arena.h"
#include "base/memory.h"
#include "hcl/expression.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void exhausted(void *context)
{
    (void)context;
    abort();
}

static struct memory memory = { .exhausted = exhausted };

static int set_up(void **state)
{
    *state = arena_open(&memory);
    return 0;
}

static int tear_down(void **state)
{
    arena_close(*state);
    return 0;
}

/* What was read, as text: parts, references with the kinds of their steps, functions, the problem. */
static struct str show(struct arena *arena, const struct template *template)
{
    static const char kinds[] = { [REFERENCE_NAME] = 'n', [REFERENCE_NUMBER] = '#', [REFERENCE_KEY] = 'k',
                                  [REFERENCE_OPEN] = '*' };
    static const char *const names[] = { "other", "null", "bool", "number", "string", "reference" };
    struct str text = STR("");
    for (size_t i = 0; i < template->part_count; i++) {
        const struct template_part *part = &template->parts[i];
        if (part->literal.p != NULL)
            text = arena_format(arena, "%.*s'%.*s' ", STR_ARG(text), STR_ARG(part->literal));
        else
            text = arena_format(arena, "%.*s<%s%s%.*s> ", STR_ARG(text), names[part->expression.kind],
                                part->expression.text.n > 0 ? " " : "", STR_ARG(part->expression.text));
    }
    for (size_t i = 0; i < template->reference_count; i++) {
        const struct reference *reference = template->references[i];
        text = arena_format(arena, "%.*s@%.*s:", STR_ARG(text), STR_ARG(reference->text));
        for (size_t s = 0; s < reference->count; s++)
            text = arena_format(arena, "%.*s%c", STR_ARG(text), kinds[reference->steps[s].kind]);
        text = arena_format(arena, "%.*s ", STR_ARG(text));
    }
    for (size_t i = 0; i < template->call_count; i++)
        text = arena_format(arena, "%.*s%.*s(%.*s) ", STR_ARG(text), STR_ARG(template->calls[i].name),
                            STR_ARG(template->calls[i].argument));
    return text;
}

static void reads_template(struct arena *arena, const char *text, const char *expected)
{
    struct template template;
    assert_true(template_read(arena, str_from(text), &template));
    assert_null(template.problem);
    assert_string_equal(show(arena, &template).p, expected);
}

static void reads_expression(struct arena *arena, const char *text, const char *expected)
{
    struct template template;
    assert_true(expression_read(arena, str_from(text), &template));
    assert_string_equal(show(arena, &template).p, expected);
}

static void refuses_template(struct arena *arena, const char *text, size_t offset, const char *problem)
{
    struct template template;
    assert_false(template_read(arena, str_from(text), &template));
    assert_string_equal(template.problem, problem);
    assert_int_equal(template.problem_offset, offset);
}

static void a_text_without_interpolation_is_one_literal(void **state)
{
    reads_template(*state, "orders", "'orders' ");
    reads_template(*state, "", "");
    reads_template(*state, "a \"quoted\" \\n b", "'a \"quoted\" \\n b' ");
}

static void escaped_marks_are_literal(void **state)
{
    reads_template(*state, "$${aws:username} and %%{if} and 5$ and 5%", "'${aws:username} and %{if} and 5$ and 5%' ");
}

static void a_traversal_alone_is_a_reference(void **state)
{
    reads_template(*state, "${aws_lambda_function.f.arn}", "<reference> @aws_lambda_function.f.arn:nnn ");
    reads_template(*state, "${ var.x }", "<reference> @var.x:nn ");
}

static void literals_stay_beside_interpolations(void **state)
{
    reads_template(*state, "orders-${var.env}-x", "'orders-' <reference> '-x' @var.env:nn ");
    reads_template(*state, "${\"a\"}${1.5e3}${true}", "<string a> <number 1.5e3> <bool true> ");
}

static void indices_are_numbers_keys_or_open(void **state)
{
    reads_template(*state, "${aws_subnet.a[0].id}", "<reference> @aws_subnet.a[0].id:nn#n ");
    reads_template(*state, "${aws_subnet.a[\"x.y\"].id}", "<reference> @aws_subnet.a[\"x.y\"].id:nnkn ");
    reads_template(*state, "${aws_subnet.a[*].id}", "<reference> @aws_subnet.a:nn*n ");
    reads_template(*state, "${aws_subnet.a.*.id}", "<reference> @aws_subnet.a:nn*n ");
    reads_template(*state, "${aws_subnet.a[count.index].id}", "<reference> @count.index:nn @aws_subnet.a:nn*n ");
    reads_template(*state, "${aws_x.y.certs.0.arn}", "<reference> @aws_x.y.certs.0.arn:nnn#n ");
}

static void references_within_functions_and_operators_are_found(void **state)
{
    reads_template(*state, "${element(split(\",\", var.list), 0)}", "<other> @var.list:nn element() split(,) ");
    reads_template(*state, "${var.a == \"x\" ? aws_a.b.c : null}", "<other> @var.a:nn @aws_a.b.c:nnn ");
    reads_template(*state, "${!var.a && -local.n * 2 <= (data.t.n.v)}",
                   "<other> @var.a:nn @local.n:nn @data.t.n.v:nnnn ");
    reads_template(*state, "${provider::aws::arn_parse(var.arn).region}",
                   "<other> @var.arn:nn provider::aws::arn_parse() ");
    reads_template(*state, "${f(\"x-${aws_a.b.id}\", var.l...)}", "<other> @aws_a.b.id:nnn @var.l:nn f() ");
}

static void names_of_a_for_expression_are_no_references(void **state)
{
    reads_template(*state, "${[for s in aws_subnet.a : s.id if s.x != \"\"]}", "<other> @aws_subnet.a:nn ");
    reads_template(*state, "${{for k, v in var.m : k => v.id... if v.on}}", "<other> @var.m:nn ");
    reads_template(*state, "${[for s in s : s]}", "<other> @s:n ");
}

static void objects_have_keys_that_are_no_references(void **state)
{
    reads_template(*state, "${jsonencode({a = aws_a.b.c, \"k\": [1, var.x,], (var.k) = {}})}",
                   "<other> @aws_a.b.c:nnn @var.x:nn @var.k:nn jsonencode() ");
    reads_template(*state, "${jsonencode({\n  a = 1 # one\n  b = 2 /* two */\n})}", "<other> jsonencode() ");
}

static void directives_give_their_references(void **state)
{
    reads_template(*state, "%{ if var.on ~}a%{ else }b%{ endif }", "<other> 'a' <other> 'b' <other> @var.on:nn ");
    reads_template(*state, "%{ for s in var.l }${s.x}%{ endfor }", "<other> <other> <other> @var.l:nn ");
}

static void strings_within_have_escapes_and_templates(void **state)
{
    reads_template(*state, "${\"a\\n\\u00e9\\\"$${\"}", "<string a\n\u00e9\"${> ");
    reads_expression(*state, "\"x${var.a}y\"", "<other> @var.a:nn ");
}

static void a_here_document_is_read_to_its_marker(void **state)
{
    reads_expression(*state, "<<-EOT\n  a ${var.x}\n  EOT\n", "<other> @var.x:nn ");
    reads_expression(*state, "f(<<E\nb\nE\n, var.y)", "<other> @var.y:nn f() ");
}

static void wrong_syntax_is_refused_with_its_place(void **state)
{
    refuses_template(*state, "user/${aws:username}", 10,
                     "there are extra characters after the interpolation expression; write $${ for a literal ${");
    refuses_template(*state, "${var.x", 7,
                     "there are extra characters after the interpolation expression; write $${ for a literal ${");
    refuses_template(*state, "${}", 2, "an expression was expected");
    refuses_template(*state, "${f(1 2)}", 6, "a comma or a closing bracket was expected");
    refuses_template(*state, "${\"a}", 3, "the string is not closed");
    refuses_template(*state, "${var.}", 5, "an attribute name was expected after the dot");
    refuses_template(*state, "${\"\\q\"}", 3, "there is no such escape sequence");
    refuses_template(*state, "%{ while x }", 3, "if, else, endif, for or endfor was expected");
}

static void nesting_beyond_the_bound_is_refused_not_followed(void **state)
{
    char text[5000] = "${";
    memset(text + 2, '(', sizeof text - 3);
    struct template template;
    assert_false(template_read(*state, str_from(text), &template));
    assert_string_equal(template.problem, "the expression is nested too deep");
}

static void memory_stays_in_proportion_to_the_text(void **state)
{
    size_t n = 0, size = 200000;
    char *text = malloc(size);
    assert_non_null(text);
    n += (size_t)snprintf(text, size, "${[");
    while (n < size - 16)
        n += (size_t)snprintf(text + n, size - n, "\"ab\",");
    n += (size_t)snprintf(text + n, size - n, "]}");
    struct template template;
    assert_true(template_read(*state, (struct str){ text, n }, &template));
    assert_true(arena_size(*state) < 40 * size);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_text_without_interpolation_is_one_literal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(escaped_marks_are_literal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_traversal_alone_is_a_reference, set_up, tear_down),
        cmocka_unit_test_setup_teardown(literals_stay_beside_interpolations, set_up, tear_down),
        cmocka_unit_test_setup_teardown(indices_are_numbers_keys_or_open, set_up, tear_down),
        cmocka_unit_test_setup_teardown(references_within_functions_and_operators_are_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_of_a_for_expression_are_no_references, set_up, tear_down),
        cmocka_unit_test_setup_teardown(objects_have_keys_that_are_no_references, set_up, tear_down),
        cmocka_unit_test_setup_teardown(directives_give_their_references, set_up, tear_down),
        cmocka_unit_test_setup_teardown(strings_within_have_escapes_and_templates, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_here_document_is_read_to_its_marker, set_up, tear_down),
        cmocka_unit_test_setup_teardown(wrong_syntax_is_refused_with_its_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nesting_beyond_the_bound_is_refused_not_followed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(memory_stays_in_proportion_to_the_text, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
