#include "yaml/yaml_scalar.h"

#include "base/arena.h"

#include <inttypes.h>

static const struct {
    struct str word;
    enum yaml_kind kind;
    bool truth;
} words[] = {
    { STR_INIT(""), YAML_NULL, false },      { STR_INIT("~"), YAML_NULL, false },
    { STR_INIT("null"), YAML_NULL, false },  { STR_INIT("Null"), YAML_NULL, false },
    { STR_INIT("NULL"), YAML_NULL, false },  { STR_INIT("true"), YAML_BOOL, true },
    { STR_INIT("True"), YAML_BOOL, true },   { STR_INIT("TRUE"), YAML_BOOL, true },
    { STR_INIT("false"), YAML_BOOL, false }, { STR_INIT("False"), YAML_BOOL, false },
    { STR_INIT("FALSE"), YAML_BOOL, false },
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static struct str take_digits(struct str *rest)
{
    size_t n = 0;
    while (n < rest->n && is_digit(rest->p[n]))
        n++;
    struct str digits = str_part(*rest, 0, n);
    *rest = str_from_offset(*rest, n);
    return digits;
}

static bool take_byte(struct str *rest, char a, char b)
{
    if (rest->n == 0 || (rest->p[0] != a && rest->p[0] != b))
        return false;
    *rest = str_from_offset(*rest, 1);
    return true;
}

/* e, sign and digits, or nothing at all. */
static bool is_exponent(struct str rest)
{
    if (rest.n == 0)
        return true;
    if (!take_byte(&rest, 'e', 'E'))
        return false;
    take_byte(&rest, '+', '-');
    return take_digits(&rest).n > 0 && rest.n == 0;
}

static bool read_decimal(struct arena *arena, struct str text, struct str *number)
{
    struct str rest = text;
    bool is_negative = text.n > 0 && text.p[0] == '-';
    take_byte(&rest, '+', '-');
    struct str whole = take_digits(&rest);
    struct str fraction = take_byte(&rest, '.', '.') ? take_digits(&rest) : STR("");
    if (whole.n + fraction.n == 0 || !is_exponent(rest) || (whole.n > 1 && whole.p[0] == '0'))
        return false;
    if (whole.n == 0)
        whole = STR("0");
    char *out = arena_get_text(arena, text.n + sizeof "0");
    size_t n = 0;
    const struct str sign = is_negative ? STR("-") : STR(""), point = fraction.n > 0 ? STR(".") : STR("");
    const struct str parts[] = { sign, whole, point, fraction, rest };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        memcpy(out + n, parts[i].p, parts[i].n);
        n += parts[i].n;
    }
    *number = (struct str){ out, n };
    return true;
}

static unsigned digit_value(char c)
{
    if (is_digit(c))
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return (unsigned)(c - 'A') + 10;
    return 16;
}

static bool read_based(struct arena *arena, struct str text, struct str *number)
{
    unsigned shift = str_starts_with(text, STR("0x")) ? 4 : str_starts_with(text, STR("0o")) ? 3 : 0;
    if (shift == 0 || text.n < 3)
        return false;
    uint64_t value = 0;
    for (size_t i = 2; i < text.n; i++) {
        unsigned digit = digit_value(text.p[i]);
        if (digit >> shift != 0 || value >> (64 - shift) != 0)
            return false;
        value = value << shift | digit;
    }
    *number = arena_format(arena, "%" PRIu64, value);
    return true;
}

void yaml_scalar_type(struct arena *arena, struct yaml_node *node)
{
    node->kind = YAML_STRING;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_equal(node->text, words[i].word))
            continue;
        node->kind = words[i].kind;
        node->truth = words[i].truth;
        return;
    }
    if (read_based(arena, node->text, &node->text) || read_decimal(arena, node->text, &node->text))
        node->kind = YAML_NUMBER;
}
