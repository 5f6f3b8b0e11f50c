#include "match/regex.h"

#include "match/regex_start.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
    MATCH_LIMIT = 500000,
    DEPTH_LIMIT = 500000,
    HEAP_LIMIT = 32 * 1024, /* KiB */
    LONGEST_SHOWN = 200,    /* bytes of a pattern in a message */
    WORTH_JIT = 32          /* matches after which machine code has paid for itself */
};

struct regex {
    struct str literal; /* what a pattern without metacharacters stands for; NULL = ask PCRE2 */
    bool is_from_start, is_to_end;
    struct regex_start start;
    bool is_trusted;    /* the pattern compiles, and its start has not been read yet */
    struct arena *arena;
    struct str pattern; /* still to be compiled; NULL text when it has been */
    bool is_broken;     /* it did not compile */
    unsigned matches;   /* made so far, up to WORTH_JIT */
    pcre2_general_context *general;
    pcre2_compile_context *compile;
    pcre2_match_context *limits;
    pcre2_code *code;
    pcre2_match_data *data;
};

static void *get_block(PCRE2_SIZE size, void *memory)
{
    return memory_get(memory, size);
}

static void free_block(void *block, void *memory)
{
    memory_free(memory, block);
}

static void release(void *context)
{
    struct regex *regex = context;
    pcre2_match_data_free(regex->data);
    pcre2_code_free(regex->code);
    pcre2_match_context_free(regex->limits);
    pcre2_compile_context_free(regex->compile);
    pcre2_general_context_free(regex->general);
}

/* Most patterns of policies are a prefix, a suffix or a word: these need no PCRE2. */
static bool read_literal(struct arena *arena, struct regex *regex, struct str pattern)
{
    if (utf8_valid(pattern) != pattern.n)
        return false;
    struct str rest = pattern;
    bool is_from_start = str_starts_with(rest, STR("^"));
    if (is_from_start)
        rest = str_from_offset(rest, 1);
    char *out = arena_get_text(arena, rest.n + 1);
    size_t n = 0;
    bool is_to_end = false;
    while (rest.n > 0 && !is_to_end) {
        is_to_end = str_equal(rest, STR("$")) || str_equal(rest, STR("\\z"));
        if (!is_to_end && !regex_take_byte(&rest, &out[n++]))
            return false;
    }
    regex->literal = (struct str){ out, n };
    regex->is_from_start = is_from_start;
    regex->is_to_end = is_to_end;
    return true;
}

static bool refuse(struct error *error, struct str pattern, int code, size_t offset)
{
    PCRE2_UCHAR message[256];
    pcre2_get_error_message(code, message, sizeof message);
    struct str shown = str_part(pattern, 0, LONGEST_SHOWN);
    shown.n = utf8_valid(shown);
    return error_set(error, ERROR_POLICY, "cannot compile the regular expression \"%.*s%s\": %s, at byte %zu of it",
                     STR_ARG(shown), shown.n < pattern.n ? "..." : "", (const char *)message, offset + 1);
}

static bool compile(struct regex *regex, struct memory *memory, struct str pattern, struct error *error)
{
    regex->general = pcre2_general_context_create(get_block, free_block, memory);
    regex->compile = pcre2_compile_context_create(regex->general);
    regex->limits = pcre2_match_context_create(regex->general);
    pcre2_set_match_limit(regex->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(regex->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(regex->limits, HEAP_LIMIT);
    int code = 0;
    PCRE2_SIZE offset = 0;
    const uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;
    regex->code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, options, &code, &offset, regex->compile);
    if (regex->code == NULL)
        return refuse(error, pattern, code, offset);
    regex->data = pcre2_match_data_create(1, regex->general);
    return true;
}

struct regex *regex_prepare(struct arena *arena, struct str pattern)
{
    if (pattern.p == NULL)
        pattern = STR("");
    struct regex *regex = arena_get(arena, sizeof *regex);
    regex->arena = arena;
    if (!read_literal(arena, regex, pattern))
        regex->pattern = pattern;
    return regex;
}

struct regex *regex_trust(struct arena *arena, struct str pattern)
{
    struct regex *regex = regex_prepare(arena, pattern);
    regex->is_trusted = regex->literal.p == NULL;
    return regex;
}

static bool finish(struct regex *regex, struct error *error)
{
    struct str pattern = regex->pattern;
    if (pattern.p == NULL)
        return !regex->is_broken;
    regex->pattern = (struct str){ NULL, 0 };
    arena_defer(regex->arena, release, regex);
    regex->is_broken = !compile(regex, arena_memory(regex->arena), pattern, error);
    if (!regex->is_broken && regex->start.text.p == NULL)
        regex->start = regex_start_read(regex->arena, pattern);
    return !regex->is_broken;
}

struct regex *regex_compile(struct arena *arena, struct str pattern, struct error *error)
{
    struct regex *regex = regex_prepare(arena, pattern);
    return finish(regex, error) ? regex : NULL;
}

static bool match_literal(const struct regex *regex, struct str subject)
{
    if (regex->is_from_start && regex->is_to_end)
        return str_equal(subject, regex->literal);
    if (regex->is_from_start)
        return str_starts_with(subject, regex->literal);
    if (regex->is_to_end)
        return str_ends_with(subject, regex->literal);
    return str_find(subject, regex->literal) >= 0;
}

enum regex_answer regex_match(struct regex *regex, struct str subject)
{
    struct error ignored = { 0 };
    if (subject.p == NULL)
        subject = STR("");
    if (regex->literal.p != NULL)
        return match_literal(regex, subject) ? REGEX_MATCH : REGEX_NO_MATCH;
    if (regex->is_trusted)
        regex->start = regex_start_read(regex->arena, regex->pattern);
    regex->is_trusted = false;
    if (regex->start.text.p != NULL && regex_start_excludes(&regex->start, subject))
        return REGEX_NO_MATCH;
    if (!finish(regex, &ignored))
        return REGEX_GAVE_UP;
    /* around bytes that are no UTF-8 the interpreter and machine code differ: those are left to machine code */
    if (regex->matches < WORTH_JIT && (++regex->matches == WORTH_JIT || utf8_valid(subject) != subject.n)) {
        regex->matches = WORTH_JIT;
        pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE); /* without it, pcre2_match interprets */
    }
    PCRE2_SPTR text = (PCRE2_SPTR)subject.p;
    int result = pcre2_match(regex->code, text, subject.n, 0, 0, regex->data, regex->limits);
    /* compiled code has a small stack; the interpreter has the heap */
    if (result == PCRE2_ERROR_JIT_STACKLIMIT)
        result = pcre2_match(regex->code, text, subject.n, 0, PCRE2_NO_JIT, regex->data, regex->limits);
    if (result >= 0)
        return REGEX_MATCH;
    return result == PCRE2_ERROR_NOMATCH ? REGEX_NO_MATCH : REGEX_GAVE_UP;
}
