#include "report/reported.h"

#include "base/arena.h"
#include "base/map.h"

#include <stdlib.h>

enum { MOST_SUBJECTS = 3 };

static int order_severity(const void *left, const void *right)
{
    const struct reported *a = left, *b = right;
    int order = (int)(a->finding->verdict == VERDICT_UNKNOWN) - (int)(b->finding->verdict == VERDICT_UNKNOWN);
    if (order == 0)
        order = (int)a->finding->severity - (int)b->finding->severity;
    if (order == 0 && a->input != b->input)
        order = a->input < b->input ? -1 : 1;
    return order != 0 ? order : a->finding < b->finding ? -1 : a->finding > b->finding;
}

static void number_equals(struct arena *arena, struct reported *items, size_t count)
{
    struct map seen;
    map_init(&seen, arena);
    for (size_t i = 0; i < count; i++) {
        struct str key = arena_copy(arena, (struct str){ (const char *)&items[i].fingerprint, sizeof(uint64_t) });
        size_t **place = (size_t **)map_get(&seen, key);
        if (*place == NULL)
            *place = arena_get(arena, sizeof **place);
        items[i].ordinal = ++**place;
    }
}

struct reported *reported_list(struct arena *arena, const struct report *report, size_t *count)
{
    size_t total = 0, n = 0;
    for (size_t i = 0; i < report->count; i++)
        total += report->inputs[i].findings.count;
    struct reported *items = arena_get(arena, (total + 1) * sizeof *items);
    for (size_t i = 0; i < report->count; i++) {
        const struct report_input *input = &report->inputs[i];
        for (size_t f = 0; f < input->findings.count; f++) {
            const struct finding *finding = &input->findings.items[f];
            uint64_t print = finding->fingerprint;
            if (report->count > 1)
                print = str_hash_more(print, input->facts.file);
            items[n++] = (struct reported){ input, finding, print, 0 };
        }
    }
    qsort(items, n, sizeof *items, order_severity);
    number_equals(arena, items, n);
    *count = n;
    return items;
}

bool reported_is_open(const struct finding *finding)
{
    return finding->verdict == VERDICT_FAIL && finding->standing == STANDING_OPEN;
}

bool reported_fails(const struct report_options *options, const struct finding *finding)
{
    return reported_is_open(finding) && !options->fails_never && finding->severity <= options->fail_on;
}

bool reported_has_passed(const struct report_input *input, size_t rule)
{
    const struct report_tally *tally = input->tallies == NULL ? NULL : &input->tallies[rule];
    return tally != NULL && tally->is_in_force && tally->passed > 0 && tally->failed == 0 && tally->unknown == 0;
}

struct str reported_trouble(const struct report_input *input)
{
    if (input->facts.trouble.p == NULL && input->facts.is_errored)
        return STR("the plan is marked as errored: planning failed halfway, and resources are missing from it");
    return input->facts.trouble;
}

size_t reported_count_troubles(const struct report *report)
{
    size_t count = 0;
    for (size_t i = 0; i < report->count; i++)
        count += reported_trouble(&report->inputs[i]).p != NULL;
    return count;
}

const struct report_rule *reported_rule(const struct report *report, struct str id)
{
    for (size_t low = 0, high = report->rule_count; low < high;) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(id, report->rules[middle].id);
        if (order == 0)
            return &report->rules[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* path without . and .. parts where they can be resolved. */
static struct str simplify(struct arena *arena, struct str path)
{
    char *out = arena_get_text(arena, path.n + 1);
    size_t n = 0;
    for (struct str rest = path; rest.n > 0;) {
        ptrdiff_t slash = str_find_byte(rest, '/');
        struct str part = str_part(rest, 0, slash < 0 ? rest.n : (size_t)slash);
        bool has_more = slash >= 0;
        rest = has_more ? str_from_offset(rest, (size_t)slash + 1) : STR("");
        if (str_equal(part, STR(".")) || (part.n == 0 && has_more && n > 0))
            continue;
        if (str_equal(part, STR("..")) && n > 1 && !str_ends_with((struct str){ out, n }, STR("../"))) {
            for (n--; n > 0 && out[n - 1] != '/';)
                n--;
            continue;
        }
        memcpy(out + n, part.p, part.n);
        n += part.n;
        if (has_more)
            out[n++] = '/';
    }
    return (struct str){ out, n };
}

static struct str relative_path(struct arena *arena, const struct report_options *options, struct str path)
{
    if (path.n == 0)
        return STR("standard-input");
    if (path.p[0] != '/')
        path = arena_join(arena, (struct str[]){ options->folder, path }, 2);
    path = simplify(arena, path);
    if (options->root.n > 0 && str_starts_with(path, options->root))
        path = str_from_offset(path, options->root.n);
    return path.n == 0 ? STR(".") : path;
}

struct reported_place reported_place(struct arena *arena, const struct report *report,
                                     const struct report_input *input, const struct finding *finding)
{
    if (finding == NULL || finding->source.file.n == 0)
        return (struct reported_place){ .path = relative_path(arena, &report->options, input->facts.file), .line = 1 };
    const struct source_place *source = &finding->source;
    return (struct reported_place){ .path = relative_path(arena, &report->options, source->file),
                                    .line = source->line == 0 ? 1 : source->line, .column = source->column,
                                    .end_line = source->end_line, .is_source = true };
}

struct str reported_place_text(struct arena *arena, const struct reported_place *place)
{
    if (!place->is_source)
        return place->path;
    return arena_join(arena, (struct str[]){ place->path, arena_format(arena, ":%zu", place->line) }, 2);
}

struct str reported_input_name(const struct report_input *input)
{
    return input->facts.file.p == NULL ? STR("standard input") : input->facts.file;
}

struct str reported_subject(struct arena *arena, const struct finding *finding)
{
    if (finding->address.p != NULL)
        return finding->address;
    if (finding->address_count == 0)
        return STR("the whole stack");
    struct str text = finding->addresses[0];
    for (size_t i = 1; i < finding->address_count && i < MOST_SUBJECTS; i++)
        text = arena_join(arena, (struct str[]){ text, STR(", "), finding->addresses[i] }, 3);
    if (finding->address_count > MOST_SUBJECTS)
        text = arena_join(arena, (struct str[]){ text, arena_format(arena, " and %zu more",
                                                                    finding->address_count - MOST_SUBJECTS) }, 2);
    return text;
}

/* Where the instance key at the beginning of text ends; 0 when there is none. */
static size_t key_length(struct str text)
{
    if (text.n == 0 || text.p[0] != '[')
        return 0;
    bool is_quoted = false;
    for (size_t i = 1; i < text.n; i++) {
        if (is_quoted && text.p[i] == '\\')
            i++;
        else if (text.p[i] == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && text.p[i] == ']')
            return i + 1;
    }
    return text.n;
}

struct str reported_module(struct str address)
{
    size_t end = 0;
    for (struct str rest = address; str_starts_with(rest, STR("module."));) {
        size_t n = sizeof "module." - 1;
        while (n < rest.n && rest.p[n] != '.' && rest.p[n] != '[')
            n++;
        n += key_length(str_from_offset(rest, n));
        end = (size_t)(rest.p - address.p) + n;
        rest = n < rest.n ? str_from_offset(rest, n + 1) : STR("");
    }
    return end == 0 ? STR("") : str_part(address, 0, end);
}

struct str reported_count(struct arena *arena, size_t count, const char *noun)
{
    return arena_format(arena, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}
