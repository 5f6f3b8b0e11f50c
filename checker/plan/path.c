#include "plan/path.h"

#include "base/arena.h"
#include "base/error.h"

struct scan {
    struct arena *arena;
    struct str text;
    size_t at;
    struct path_step steps[PATH_STEPS_MAX];
    size_t count;
    struct error *error;
};

static bool fail(struct scan *scan, const char *expected)
{
    return error_set(scan->error, ERROR_POLICY, "path \"%.*s\": %s at character %zu", STR_ARG(scan->text), expected,
                     scan->at + 1);
}

static bool add_step(struct scan *scan, struct path_step step)
{
    if (scan->count == PATH_STEPS_MAX)
        return fail(scan, "too many steps");
    scan->steps[scan->count++] = step;
    return true;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == ':' || (unsigned char)c >= 0x80;
}

static struct str rest_of(const struct scan *scan)
{
    return str_from_offset(scan->text, scan->at);
}

static bool scan_name(struct scan *scan)
{
    if (str_starts_with(rest_of(scan), STR("json()"))) {
        scan->at += STR("json()").n;
        return add_step(scan, (struct path_step){ .kind = STEP_JSON });
    }
    if (str_starts_with(rest_of(scan), STR("keys()"))) {
        scan->at += STR("keys()").n;
        return add_step(scan, (struct path_step){ .kind = STEP_KEYS });
    }
    size_t start = scan->at;
    while (scan->at < scan->text.n && is_name_byte(scan->text.p[scan->at]))
        scan->at++;
    if (scan->at == start)
        return fail(scan, "a name was expected");
    return add_step(scan, (struct path_step){ .kind = STEP_NAME, .name = str_part(scan->text, start, scan->at - start) });
}

static bool scan_quoted(struct scan *scan)
{
    char *name = arena_get_text(scan->arena, scan->text.n);
    size_t n = 0;
    for (scan->at += 2; scan->at < scan->text.n && scan->text.p[scan->at] != '"'; scan->at++) {
        if (scan->text.p[scan->at] == '\\' && scan->at + 1 < scan->text.n)
            scan->at++;
        name[n++] = scan->text.p[scan->at];
    }
    if (!str_starts_with(rest_of(scan), STR("\"]")))
        return fail(scan, "\"] was expected");
    scan->at += 2;
    return add_step(scan, (struct path_step){ .kind = STEP_NAME, .name = { name, n } });
}

static bool scan_index(struct scan *scan)
{
    size_t index = 0, digits = 0;
    for (scan->at++; scan->at < scan->text.n && scan->text.p[scan->at] >= '0' && scan->text.p[scan->at] <= '9'; digits++) {
        if (digits == 9)
            return fail(scan, "an index of nine digits at most was expected");
        index = index * 10 + (size_t)(scan->text.p[scan->at++] - '0');
    }
    if (digits == 0 || !str_starts_with(rest_of(scan), STR("]")))
        return fail(scan, "a number, *, any or a quoted key was expected in the brackets");
    scan->at++;
    return add_step(scan, (struct path_step){ .kind = STEP_INDEX, .index = index });
}

static bool scan_bracket(struct scan *scan)
{
    struct str rest = rest_of(scan);
    if (str_starts_with(rest, STR("[*]"))) {
        scan->at += 3;
        return add_step(scan, (struct path_step){ .kind = STEP_EVERY });
    }
    if (str_starts_with(rest, STR("[any]"))) {
        scan->at += 5;
        return add_step(scan, (struct path_step){ .kind = STEP_SOME });
    }
    return str_starts_with(rest, STR("[\"")) ? scan_quoted(scan) : scan_index(scan);
}

const struct path *path_compile(struct arena *arena, struct str text, struct error *error)
{
    struct scan scan = { .arena = arena, .text = text, .error = error };
    bool wants_name = true;
    if (text.n == 0) {
        error_set(error, ERROR_POLICY, "an attribute path is empty");
        return NULL;
    }
    while (scan.at < text.n || wants_name) {
        bool is_bracket = scan.at < text.n && text.p[scan.at] == '[';
        if (is_bracket && wants_name && scan.count > 0) {
            fail(&scan, "a name was expected");
            return NULL;
        }
        if (is_bracket ? !scan_bracket(&scan) : !scan_name(&scan))
            return NULL;
        wants_name = scan.at < text.n && text.p[scan.at] == '.';
        if (wants_name)
            scan.at++;
        else if (scan.at < text.n && text.p[scan.at] != '[') {
            fail(&scan, ". or [ was expected");
            return NULL;
        }
    }
    struct path *path = arena_get(arena, sizeof *path);
    struct path_step *steps = arena_get(arena, scan.count * sizeof *steps);
    memcpy(steps, scan.steps, scan.count * sizeof *steps);
    *path = (struct path){ text, steps, scan.count };
    return path;
}
