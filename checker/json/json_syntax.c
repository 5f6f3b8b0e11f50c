#include "json/json_syntax.h"

#include <assert.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

static_assert(JSON_DEPTH_MAX == 256, "json_syntax_too_deep names the limit");
const char json_syntax_too_deep[] = "values are nested more than 256 deep";

typedef unsigned char lanes __attribute__((vector_size(16)));

/* Number of the first lane with all bits set, of lanes that have all or none; 16 when all have none. */
static inline size_t first_set(lanes v)
{
#ifdef __SSE2__
    __m128i bits;
    memcpy(&bits, &v, sizeof bits);
    return (size_t)__builtin_ctz((unsigned)_mm_movemask_epi8(bits) | 1u << sizeof v);
#else
    size_t i = 0;
    uint64_t half[2];
    memcpy(half, &v, sizeof half);
    if ((half[0] | half[1]) == 0)
        return sizeof v;
    while (v[i] == 0)
        i++;
    return i;
#endif
}

/* Index of the first byte from i on that a string cannot hold as it is: a quote, a backslash or a control. */
static inline size_t find_special(const char *p, size_t i, size_t n)
{
    while (n - i >= sizeof(lanes)) {
        lanes v;
        memcpy(&v, p + i, sizeof v);
        lanes special = (lanes)((v == '"') | (v == '\\') | (v < 0x20));
        size_t hit = first_set(special);
        if (hit < sizeof v)
            return i + hit;
        i += sizeof v;
    }
    while (i < n && p[i] != '"' && p[i] != '\\' && (unsigned char)p[i] >= 0x20)
        i++;
    return i;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_escape(char c)
{
    switch (c) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        return true;
    default:
        return false;
    }
}

static size_t refuse(struct json_syntax *syntax, const char *problem, size_t i)
{
    syntax->problem = problem;
    return i;
}

static inline size_t read_string(struct json_syntax *syntax, const char *p, size_t i, size_t n)
{
    while (i < n) {
        if (syntax->state == JSON_IN_ESCAPE) {
            if (p[i] == 'u')
                syntax->hex_left = 4;
            else if (!is_escape(p[i]))
                return refuse(syntax, "a backslash begins no known escape", i);
            syntax->state = p[i] == 'u' ? JSON_IN_HEX : JSON_IN_STRING;
            i++;
            continue;
        }
        if (syntax->state == JSON_IN_HEX) {
            if (!is_hex(p[i]))
                return refuse(syntax, "\\u lacks its four hexadecimal digits", i);
            if (--syntax->hex_left == 0)
                syntax->state = JSON_IN_STRING;
            i++;
            continue;
        }
        i = find_special(p, i, n);
        if (i == n)
            break;
        if (p[i] == '"') {
            syntax->state = syntax->is_key ? JSON_COLON : JSON_AFTER;
            return i + 1;
        }
        if (p[i] != '\\')
            return refuse(syntax, "a control character stands in a string", i);
        syntax->state = JSON_IN_ESCAPE;
        i++;
    }
    return i;
}

static size_t read_literal(struct json_syntax *syntax, const char *p, size_t i, size_t n)
{
    while (i < n) {
        if (p[i] != *syntax->literal)
            return refuse(syntax, "a word is none of true, false and null", i);
        i++;
        syntax->literal++;
        if (*syntax->literal == '\0') {
            syntax->state = JSON_AFTER;
            break;
        }
    }
    return i;
}

static size_t read_number(struct json_syntax *syntax, const char *p, size_t i, size_t n)
{
    for (; i < n; i++) {
        char c = p[i];
        bool is_digit = c >= '0' && c <= '9', is_e = c == 'e' || c == 'E';
        switch (syntax->state) {
        case JSON_IN_MINUS:
            if (!is_digit)
                return refuse(syntax, "a number has no digit after its minus sign", i);
            syntax->state = c == '0' ? JSON_IN_ZERO : JSON_IN_WHOLE;
            continue;
        case JSON_IN_ZERO:
        case JSON_IN_WHOLE:
            if (is_digit && syntax->state == JSON_IN_WHOLE)
                continue;
            syntax->state = c == '.' ? JSON_IN_POINT : is_e ? JSON_IN_E : JSON_AFTER;
            break;
        case JSON_IN_POINT:
            if (!is_digit)
                return refuse(syntax, "a number has no digit after its point", i);
            syntax->state = JSON_IN_FRACTION;
            continue;
        case JSON_IN_FRACTION:
            if (is_digit)
                continue;
            syntax->state = is_e ? JSON_IN_E : JSON_AFTER;
            break;
        case JSON_IN_E:
        case JSON_IN_E_SIGN:
            if (!is_digit && (syntax->state == JSON_IN_E_SIGN || (c != '+' && c != '-')))
                return refuse(syntax, "a number has no digit in its exponent", i);
            syntax->state = is_digit ? JSON_IN_EXPONENT : JSON_IN_E_SIGN;
            continue;
        default:
            if (is_digit)
                continue;
            syntax->state = JSON_AFTER;
        }
        if (syntax->state == JSON_AFTER)
            break;
    }
    return i;
}

static inline size_t read_token(struct json_syntax *syntax, const char *p, size_t i, size_t n)
{
    if (syntax->state <= JSON_IN_HEX)
        return read_string(syntax, p, i, n);
    return syntax->state == JSON_IN_LITERAL ? read_literal(syntax, p, i, n) : read_number(syntax, p, i, n);
}

size_t json_syntax_end_token(struct json_syntax *syntax, const char *bytes, size_t n)
{
    return json_syntax_is_in_token(syntax) ? read_token(syntax, bytes, 0, n) : 0;
}

/* A value begins with the byte c. False when none does. */
static inline bool begin_value(struct json_syntax *syntax, char c)
{
    switch (c) {
    case '"':
        syntax->is_key = false;
        syntax->state = JSON_IN_STRING;
        return true;
    case '{':
    case '[':
        if (!json_syntax_open(syntax, c == '{'))
            syntax->problem = json_syntax_too_deep;
        return true;
    case 't':
    case 'f':
    case 'n':
        syntax->literal = c == 't' ? "rue" : c == 'f' ? "alse" : "ull";
        syntax->state = JSON_IN_LITERAL;
        return true;
    case '-':
        syntax->state = JSON_IN_MINUS;
        return true;
    default:
        syntax->state = c == '0' ? JSON_IN_ZERO : JSON_IN_WHOLE;
        return c >= '0' && c <= '9';
    }
}

/* Take the byte c, which stands between tokens or begins one and is no white space. */
static inline void take(struct json_syntax *syntax, char c)
{
    switch (syntax->state) {
    case JSON_COLON:
        if (c != ':')
            syntax->problem = "a colon is missing after a key";
        syntax->state = JSON_VALUE;
        return;
    case JSON_AFTER: {
        bool in_object = json_syntax_is_in_object(syntax);
        if (c == ',')
            syntax->state = in_object ? JSON_KEY : JSON_VALUE;
        else if (c == (in_object ? '}' : ']'))
            json_syntax_close(syntax);
        else
            syntax->problem = in_object ? "a comma or } is missing" : "a comma or ] is missing";
        return;
    }
    case JSON_FIRST_KEY:
    case JSON_KEY:
        if (c == '}' && syntax->state == JSON_FIRST_KEY) {
            json_syntax_close(syntax);
            return;
        }
        if (c != '"')
            syntax->problem = "a key in quotes is missing";
        syntax->is_key = true;
        syntax->state = JSON_IN_STRING;
        return;
    default:
        if (c == ']' && syntax->state == JSON_FIRST_ITEM)
            json_syntax_close(syntax);
        else if (!begin_value(syntax, c))
            syntax->problem = "a value is missing";
    }
}

static inline size_t skip_space(const char *p, size_t i, size_t n)
{
    while (i < n) {
        if (p[i] == ' ') {
            for (i++; n - i >= 8 && memcmp(p + i, "        ", 8) == 0; i += 8)
                ;
            continue;
        }
        if (p[i] != '\n' && p[i] != '\r' && p[i] != '\t')
            break;
        i++;
    }
    return i;
}

size_t json_syntax_run(struct json_syntax *syntax, const char *bytes, size_t n, size_t offset, unsigned floor)
{
    size_t i = 0;
    while (i < n && syntax->problem == NULL) {
        if (syntax->state == JSON_IN_STRING) {
            i = read_string(syntax, bytes, i, n);
            if (syntax->state != JSON_COLON || i == n || bytes[i] != ':')
                continue;
            syntax->state = JSON_VALUE;
            i++;
            continue;
        }
        if (json_syntax_is_in_token(syntax)) {
            i = read_token(syntax, bytes, i, n);
            continue;
        }
        if (syntax->state == JSON_AFTER && syntax->depth <= floor)
            break;
        i = skip_space(bytes, i, n);
        if (i == n)
            break;
        syntax->token = offset + i;
        take(syntax, bytes[i]);
        if (syntax->problem == NULL)
            i++;
    }
    return i;
}

bool json_syntax_may_end(const struct json_syntax *syntax)
{
    if (syntax->depth > 0)
        return false;
    return syntax->state == JSON_AFTER || syntax->state == JSON_IN_ZERO || syntax->state == JSON_IN_WHOLE ||
           syntax->state == JSON_IN_FRACTION || syntax->state == JSON_IN_EXPONENT;
}

const char *json_syntax_missing(const struct json_syntax *syntax)
{
    switch (syntax->state) {
    case JSON_VALUE:
        return syntax->depth == 0 ? "it holds no value" : "a value is missing";
    case JSON_FIRST_ITEM:
        return "a value or ] is missing";
    case JSON_FIRST_KEY:
        return "a key or } is missing";
    case JSON_KEY:
        return "a key is missing";
    case JSON_COLON:
        return "a key has no value";
    case JSON_AFTER:
        return json_syntax_is_in_object(syntax) ? "an object is not closed" : "an array is not closed";
    case JSON_IN_STRING:
    case JSON_IN_ESCAPE:
    case JSON_IN_HEX:
        return syntax->is_key ? "a key is not closed" : "a string is not closed";
    case JSON_IN_LITERAL:
        return "a word is cut";
    default:
        return "a number is cut";
    }
}
