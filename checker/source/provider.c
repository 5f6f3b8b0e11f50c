#include "source/provider.h"

#include "hcl/hcl_lex.h"
#include "hcl/hcl_read.h"
#include "source/source.h"

/* NAME or NAME.ALIAS that begins at the token, which becomes the one behind it; no string when none does. */
static struct str take_name(struct hcl_lexer *lexer, struct hcl_token *token)
{
    if (token->kind != HCL_NAME)
        return (struct str){ NULL, 0 };
    struct str name = token->text;
    *token = hcl_lex(lexer);
    if (!str_equal(token->text, STR(".")))
        return name;
    *token = hcl_lex(lexer);
    if (token->kind != HCL_NAME)
        return name;
    name.n = (size_t)(token->text.p - name.p) + token->text.n;
    *token = hcl_lex(lexer);
    return name;
}

/* What { NAME = OTHER ... } gives for name; no string when it has no such entry. */
static struct str find_entry(struct str object, struct str name)
{
    struct hcl_lexer lexer;
    hcl_lex_start(&lexer, object);
    struct hcl_token token = hcl_lex(&lexer);
    while (token.kind != HCL_END) {
        struct str key = take_name(&lexer, &token);
        if (key.p == NULL) {
            token = hcl_lex(&lexer);
            continue;
        }
        if (!str_equal(token.text, STR("=")))
            continue;
        token = hcl_lex(&lexer);
        struct str value = take_name(&lexer, &token);
        if (value.p != NULL && str_equal(key, name))
            return value;
    }
    return (struct str){ NULL, 0 };
}

struct str source_provider_key(const struct source_module *module, const struct hcl_block *block)
{
    const struct hcl_attribute *named = hcl_find_attribute(block, STR("provider"));
    ptrdiff_t end = str_find_byte(block->labels[0], '_');
    struct str name = str_part(block->labels[0], 0, end < 0 ? block->labels[0].n : (size_t)end);
    if (named != NULL)
        name = named->expression;
    for (; module->caller != NULL; module = module->caller) {
        const struct hcl_attribute *providers = hcl_find_attribute(module->call.block, STR("providers"));
        struct str passed = providers == NULL ? (struct str){ NULL, 0 } : find_entry(providers->expression, name);
        if (passed.p != NULL)
            name = passed;
    }
    return name;
}
