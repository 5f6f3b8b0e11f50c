#include "plan/input.h"

#include "base/arena.h"
#include "base/error.h"
#include "plan/decode.h"
#include "plan/log_read.h"
#include "plan/plan_read.h"
#include "plan/text_read.h"

#include <errno.h>

enum { CHUNK = 65536, LONGEST_PREFACE = 1 << 20, LONGEST_QUOTE = 300 };

#define MAKE_PLAN "terraform plan -out=tfplan && terraform show -json tfplan"

struct feed {
    struct input *input;
    struct decoder decoder;
    char *raw;     /* CHUNK bytes */
    char *decoded; /* of UTF-16: 2 * CHUNK + 8 bytes */
    bool has_ended;
    struct error *error;
};

/* The next CHUNK bytes, fewer at the end, however few a single read gives. No string after an error. */
static struct str next_raw(struct feed *feed)
{
    size_t n = 0;
    while (n < CHUNK && !feed->has_ended) {
        ptrdiff_t read = feed->input->read(feed->input->context, feed->raw + n, CHUNK - n);
        if (read < 0) {
            error_set_at(feed->error, ERROR_SYSTEM, feed->input->name, 0, 0, "cannot read: %s", strerror(errno));
            return (struct str){ NULL, 0 };
        }
        feed->has_ended = read == 0;
        n += (size_t)read;
    }
    return (struct str){ feed->raw, n };
}

/* The next decoded bytes; an empty string at the end, no string after an error. */
static struct str next_chunk(struct feed *feed)
{
    for (;;) {
        struct str chunk = next_raw(feed);
        if (chunk.p == NULL)
            return chunk;
        bool is_first = feed->input->bytes == 0;
        feed->input->bytes += chunk.n;
        if (is_first) {
            decode_start(&feed->decoder, chunk);
            chunk = str_from_offset(chunk, feed->decoder.skip);
        }
        if (feed->decoder.encoding == ENCODING_UTF8 || chunk.n == 0)
            return chunk;
        size_t written = decode_chunk(&feed->decoder, chunk.p, chunk.n, feed->decoded);
        if (written > 0)
            return (struct str){ feed->decoded, written };
    }
}

/* The beginning of text, limit bytes at most, that does not end within a character. */
static struct str cut(struct str text, size_t limit)
{
    if (text.n <= limit)
        return text;
    while (limit > 0 && ((unsigned char)text.p[limit] & 0xc0) == 0x80)
        limit--;
    return str_part(text, 0, limit);
}

static bool contains(struct str text, const char *part)
{
    return str_find(text, str_from(part)) >= 0;
}

static bool explain_text(struct arena *arena, struct feed *feed, struct str text)
{
    struct str failure = text_find_failure(arena, text);
    struct str name = feed->input->name;
    const char *what = "this holds no JSON object: make the file with `" MAKE_PLAN "`";
    if (str_starts_with(text, STR("PK\x03\x04")))
        what = "this is a binary file: if it is a saved plan, give tfcheck its name, or run `terraform show -json FILE` and"
               " give tfcheck its output";
    else if (str_trim(text).n == 0)
        what = "the input is empty (`terraform show -json` prints nothing on standard output when it fails): run `" MAKE_PLAN
               "` and look at its messages";
    else if (failure.p != NULL)
        return error_set_at(feed->error, ERROR_INPUT, name, 0, 0, "Terraform failed: %.*s: mend it, then run `" MAKE_PLAN "`",
                            STR_ARG(cut(failure, LONGEST_QUOTE)));
    else if (contains(text, "resource \"") || contains(text, "provider \"") || contains(text, "variable \""))
        what = "this is Terraform configuration, not a plan: run `" MAKE_PLAN "` in its directory";
    return error_set_at(feed->error, ERROR_INPUT, name, 0, 0, "%s", what);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Where the JSON begins: behind white space, else at the first line that starts with {. -1 = not in this text. A list
 * counts when it cannot be a log's [tag]. */
static ptrdiff_t find_json(struct str text)
{
    size_t i = 0;
    while (i < text.n && is_blank(text.p[i]))
        i++;
    if (i < text.n && text.p[i] == '{')
        return (ptrdiff_t)i;
    struct str rest = str_trim(str_from_offset(text, i + 1));
    if (i < text.n && text.p[i] == '[' && (rest.n == 0 || str_find_byte(STR("]{[\"-0123456789"), rest.p[0]) >= 0))
        return (ptrdiff_t)i;
    ptrdiff_t line = str_find(str_from_offset(text, i), STR("\n{"));
    return line < 0 ? -1 : (ptrdiff_t)i + line + 1;
}

static struct str first_line(struct str text)
{
    text = str_trim(text);
    ptrdiff_t end = str_find_byte(text, '\n');
    return cut(str_trim(str_part(text, 0, end < 0 ? text.n : (size_t)end)), 120);
}

/* Put spaces in the place of text, so that places in what follows count it. */
static void blank_out(char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (text[i] != '\n')
            text[i] = ' ';
}

static void note_text(struct arena *arena, const struct input *input, const char *where, struct str text)
{
    if (str_trim(text).n > 0)
        input->note(input->context, arena_format(arena, "skipped text %s the JSON: \"%.*s\"", where,
                                                 STR_ARG(first_line(text))));
}

/* Everything up to where the JSON begins, and the beginning of the JSON behind it; or the beginning of a plan for people. */
static bool read_beginning(struct arena *arena, struct feed *feed, char **all, size_t *all_n, size_t *json,
                           bool *is_text)
{
    char *buffer = NULL;
    size_t n = 0;
    for (;;) {
        struct str chunk = next_chunk(feed);
        if (chunk.p == NULL)
            return false;
        char *larger = arena_get_text(arena, n + chunk.n + 1);
        if (n > 0)
            memcpy(larger, buffer, n);
        if (chunk.n > 0)
            memcpy(larger + n, chunk.p, chunk.n);
        buffer = larger;
        n += chunk.n;
        struct str text = { buffer, n };
        ptrdiff_t found = str_starts_with(text, STR("PK\x03\x04")) ? -1 : find_json(text);
        if (found >= 0) {
            *all = buffer;
            *all_n = n;
            *json = (size_t)found;
            return true;
        }
        if (chunk.n > 0 && n <= LONGEST_PREFACE)
            continue;
        *all = buffer;
        *all_n = n;
        *is_text = text_is_plan(text);
        return *is_text || explain_text(arena, feed, text);
    }
}

/* Whether a line of text begins with {. *is_line_start is kept from chunk to chunk. */
static bool begins_document(struct str text, bool *is_line_start)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '{' && *is_line_start)
            return true;
        *is_line_start = text.p[i] == '\n' || (*is_line_start && is_blank(text.p[i]));
    }
    return false;
}

/* What follows the document in chunk and behind it may be text, but no second document. */
static bool check_rest(struct arena *arena, struct feed *feed, struct str chunk)
{
    struct str first = { NULL, 0 };
    bool is_line_start = true;
    do {
        struct str rest = str_trim(chunk);
        if (begins_document(chunk, &is_line_start))
            return error_set_at(feed->error, ERROR_INPUT, feed->input->name, 0, 0,
                                "a second JSON document follows the first: give tfcheck one file for each, as"
                                " `tfcheck ONE.json OTHER.json`");
        if (rest.n > 0 && first.n == 0)
            first = arena_copy(arena, rest);
        chunk = next_chunk(feed);
        if (chunk.p == NULL)
            return false;
    } while (chunk.n > 0);
    note_text(arena, feed->input, "after", first);
    return true;
}

static bool read_document(struct arena *arena, struct feed *feed, struct plan_reader *reader, struct str chunk)
{
    size_t used = 0;
    do {
        if (!plan_feed(reader, chunk.p, chunk.n))
            return false;
        if (plan_is_complete(reader, &used))
            return plan_close(reader) && check_rest(arena, feed, str_from_offset(chunk, used));
        chunk = next_chunk(feed);
        if (chunk.p == NULL)
            return false;
    } while (chunk.n > 0);
    return plan_close(reader);
}

static bool read_text(struct arena *arena, struct feed *feed, struct text_reader *reader, struct str chunk)
{
    do {
        if (!text_feed(reader, chunk.p, chunk.n))
            return false;
        chunk = next_chunk(feed);
        if (chunk.p == NULL)
            return false;
    } while (chunk.n > 0);
    if (!text_close(reader))
        return false;
    struct str failure = cut(text_failure(reader), LONGEST_QUOTE);
    if (failure.n > 0)
        feed->input->note(feed->input->context, arena_format(arena, "Terraform failed: %.*s", STR_ARG(failure)));
    return true;
}

static bool read_log(struct feed *feed, struct log_reader *reader, struct str chunk)
{
    do {
        if (!log_feed(reader, chunk.p, chunk.n))
            return false;
        chunk = next_chunk(feed);
        if (chunk.p == NULL)
            return false;
    } while (chunk.n > 0);
    size_t count = 0;
    bool is_read = log_close(reader);
    const struct str *diagnostics = log_diagnostics(reader, &count);
    for (size_t i = 0; is_read && i < count; i++)
        feed->input->note(feed->input->context, diagnostics[i]);
    return is_read;
}

/* Name the file and say how to make the right one, where the sentence does not. */
static void complete_error(const struct input *input, struct error *error)
{
    static const struct str advice = STR_INIT("; make the file again with `terraform show -json tfplan`");
    if (error->code != ERROR_INPUT)
        return;
    if (error->file.p == NULL)
        error->file = input->name;
    struct str text = str_from(error->text);
    if (str_find_byte(text, '`') < 0)
        memcpy(error->text + cut(text, sizeof error->text - advice.n - 1).n, advice.p, advice.n + 1);
}

bool input_read(struct arena *arena, struct input *input, struct plan_reader *reader, struct error *error)
{
    struct feed feed = { .input = input, .error = error };
    feed.raw = arena_get_text(arena, CHUNK);
    feed.decoded = arena_get_text(arena, 2 * CHUNK + 8);
    char *all = NULL;
    size_t n = 0, json = 0;
    bool is_text = false, is_read;
    if (!read_beginning(arena, &feed, &all, &n, &json, &is_text))
        return false;
    if (is_text) {
        is_read = read_text(arena, &feed, plan_open_text(reader), (struct str){ all, n });
    } else if (log_is_stream((struct str){ all + json, n - json })) {
        note_text(arena, input, "before", (struct str){ all, json });
        is_read = read_log(&feed, plan_open_log(reader), (struct str){ all + json, n - json });
    } else {
        note_text(arena, input, "before", (struct str){ all, json });
        blank_out(all, json);
        is_read = read_document(arena, &feed, reader, (struct str){ all, n });
    }
    if (is_read)
        return true;
    complete_error(input, error);
    return false;
}
