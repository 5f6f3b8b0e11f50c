#include "base/arena.h"
#include "base/memory.h"
#include "hcl/hcl_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void exhausted(void *context)
{
    (void)context;
    abort();
}

static struct memory memory = { .exhausted = exhausted };

static int open_arena(void **state)
{
    *state = arena_open(&memory);
    return 0;
}

static int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

static void assert_text(struct str text, const char *wanted)
{
    assert_int_equal(text.n, strlen(wanted));
    assert_memory_equal(text.p == NULL ? "" : text.p, wanted, text.n);
}

/* The file that text is, in memory of its exact size, so that a sanitizer sees a byte too far. */
static const struct hcl_file *read_exact(void **state, const char *text)
{
    size_t n = strlen(text);
    char *copy = malloc(n == 0 ? 1 : n);
    assert_non_null(copy);
    memcpy(copy, text, n);
    arena_defer(*state, free, copy);
    return hcl_read(*state, STR("main.tf"), (struct str){ copy, n });
}

static const struct hcl_file *read_whole(void **state, const char *text)
{
    const struct hcl_file *file = read_exact(state, text);
    assert_null(file->complaints);
    return file;
}

static void blocks_and_attributes_have_their_places(void **state)
{
    const struct hcl_file *file = read_whole(state, "# first\n"
                                                    "resource \"aws_s3_bucket\" \"logs\" {\n"
                                                    "  bucket = \"logs\" # why\n"
                                                    "\n"
                                                    "  versioning {\n"
                                                    "    enabled = true\n"
                                                    "  }\n"
                                                    "  tags = {\n"
                                                    "    A = 1\n"
                                                    "  }\n"
                                                    "}\n"
                                                    "locals { a = 1 }\n");
    const struct hcl_block *bucket = file->root->blocks;
    assert_text(bucket->type, "resource");
    assert_int_equal(bucket->label_count, 2);
    assert_text(bucket->labels[0], "aws_s3_bucket");
    assert_text(bucket->labels[1], "logs");
    assert_int_equal(bucket->line, 2);
    assert_int_equal(bucket->column, 1);
    assert_int_equal(bucket->end_line, 11);
    const struct hcl_attribute *name = hcl_find_attribute(bucket, STR("bucket"));
    assert_text(name->expression, "\"logs\"");
    assert_int_equal(name->line, 3);
    assert_int_equal(name->column, 3);
    assert_int_equal(name->expression_column, 12);
    assert_int_equal(name->end_line, 3);
    const struct hcl_attribute *tags = hcl_find_attribute(bucket, STR("tags"));
    assert_text(tags->expression, "{\n    A = 1\n  }");
    assert_int_equal(tags->line, 8);
    assert_int_equal(tags->end_line, 10);
    const struct hcl_block *versioning = hcl_find_block(bucket->blocks, STR("versioning"));
    assert_int_equal(versioning->line, 5);
    assert_int_equal(versioning->end_line, 7);
    assert_ptr_equal(versioning->parent, bucket);
    const struct hcl_block *locals = hcl_find_block(file->root->blocks, STR("locals"));
    assert_int_equal(locals->end_line, 12);
    assert_text(hcl_find_attribute(locals, STR("a"))->expression, "1");
    assert_null(hcl_find_attribute(locals, STR("b")));
    assert_null(hcl_find_block(locals->next, STR("locals")));
}

static void comments_know_the_block_around_them(void **state)
{
    const struct hcl_file *file = read_whole(state, "// above \n"
                                                    "a {\n"
                                                    "  x = [ # in a list\n"
                                                    "    1, /* two\n"
                                                    "    lines */ 2,\n"
                                                    "  ]\n"
                                                    "}\n"
                                                    "#\n");
    const struct hcl_comment *comment = file->comments;
    assert_text(comment->text, "above");
    assert_ptr_equal(comment->inside, file->root);
    comment = comment->next;
    assert_text(comment->text, "in a list");
    assert_int_equal(comment->line, 3);
    assert_int_equal(comment->column, 9);
    assert_ptr_equal(comment->inside, file->root->blocks);
    comment = comment->next;
    assert_text(comment->text, "two\n    lines");
    assert_int_equal(comment->end_line, 5);
    comment = comment->next;
    assert_text(comment->text, "");
    assert_null(comment->next);
    assert_int_equal(hcl_find_attribute(file->root->blocks, STR("x"))->end_line, 6);
}

static void braces_and_quotes_in_templates_close_nothing(void **state)
{
    const struct hcl_file *file = read_whole(state, "a {\n"
                                                    "  x = \"}${f({ k = \"}\\\"\" })}\"\n"
                                                    "  y = \"$${ %%{ \\\\\"\n"
                                                    "  z = \"%{ if a ~}}%{ endif ~}\"\n"
                                                    "}\n"
                                                    "b {}\n");
    assert_text(hcl_find_attribute(file->root->blocks, STR("x"))->expression, "\"}${f({ k = \"}\\\"\" })}\"");
    assert_text(hcl_find_attribute(file->root->blocks, STR("y"))->expression, "\"$${ %%{ \\\\\"");
    assert_text(file->root->blocks->next->type, "b");
}

static void heredocs_end_at_their_word(void **state)
{
    const struct hcl_file *file = read_whole(state, "a {\n"
                                                    "  x = <<-EOF\n"
                                                    "    } \" # EOF\n"
                                                    "    ${join(\"\", [<<IN\n"
                                                    "EOF\n"
                                                    "IN\n"
                                                    "    ])}\n"
                                                    "  EOF\n"
                                                    "  y = f(<<EOF\r\n"
                                                    "text\r\n"
                                                    "EOF\r\n"
                                                    "  , 1)\n"
                                                    "}\n");
    const struct hcl_attribute *x = hcl_find_attribute(file->root->blocks, STR("x"));
    assert_int_equal(x->line, 2);
    assert_int_equal(x->end_line, 8);
    const struct hcl_attribute *y = hcl_find_attribute(file->root->blocks, STR("y"));
    assert_int_equal(y->line, 9);
    assert_int_equal(y->end_line, 12);
    assert_null(y->next);
}

static void byte_order_mark_and_carriage_returns_are_passed_over(void **state)
{
    const struct hcl_file *file = read_whole(state, "\xEF\xBB\xBFprovider aws {\r\n  region = \"x\"\r\n}\r\n");
    assert_text(file->root->blocks->labels[0], "aws");
    assert_text(file->root->blocks->attributes->expression, "\"x\"");
    assert_int_equal(file->root->blocks->column, 1);
}

static void what_cannot_be_read_is_told_and_the_next_block_is_read(void **state)
{
    const struct hcl_file *file = read_exact(state, "a {\n"
                                                    "  x = \"no end\n"
                                                    "  y = 1\n"
                                                    "}\n"
                                                    "b \"c\" {\n"
                                                    "  = 2\n"
                                                    "}\n"
                                                    "d {\n"
                                                    "  z = [1\n"
                                                    "}\n"
                                                    "e { w = 3 }\n"
                                                    "f {\n");
    const struct hcl_complaint *complaint = file->complaints;
    assert_int_equal(complaint->line, 2);
    assert_int_equal(complaint->column, 14);
    complaint = complaint->next;
    assert_int_equal(complaint->line, 6);
    assert_int_equal(complaint->column, 3);
    complaint = complaint->next;
    assert_int_equal(complaint->line, 13);
    assert_null(complaint->next);
    assert_text(file->root->blocks->type, "a");
    assert_null(file->root->blocks->attributes);
    assert_text(file->root->blocks->next->type, "b");
    assert_text(file->root->blocks->next->next->type, "d");
}

static void deep_nesting_is_refused(void **state)
{
    char text[4 * (HCL_BLOCKS_MAX + 1) + 1];
    for (size_t i = 0; i <= HCL_BLOCKS_MAX; i++)
        memcpy(text + 4 * i, "a {\n", 5);
    const struct hcl_file *file = read_exact(state, text);
    assert_int_equal(file->complaints->line, HCL_BLOCKS_MAX + 1);
    char quotes[1024] = "a = ";
    for (size_t i = 0; i < 200; i++)
        strcat(quotes, "\"${");
    assert_non_null(read_exact(state, quotes)->complaints);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(blocks_and_attributes_have_their_places, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(comments_know_the_block_around_them, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(braces_and_quotes_in_templates_close_nothing, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(heredocs_end_at_their_word, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(byte_order_mark_and_carriage_returns_are_passed_over, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_told_and_the_next_block_is_read, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(deep_nesting_is_refused, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
