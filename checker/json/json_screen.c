#include "json/json_screen.h"

enum { LANES = 16, LARGEST_COUNT = 255, BLOCK = 4 * LANES };
typedef unsigned char lanes __attribute__((vector_size(16)));

/* The steps of an escape. */
enum { NO_ESCAPE, AFTER_BACKSLASH, FIRST_DIGIT, LAST_DIGIT = FIRST_DIGIT + 3, AWAIT_BACKSLASH, AWAIT_U };

/* All bits set in each byte that is no plain ASCII, a backslash, a vertical tab or a form feed. */
static inline lanes mark_suspects(lanes v)
{
    return (lanes)((v >= 0x80) | (v == '\\') | (v == '\v') | (v == '\f'));
}

static inline bool is_any_set(lanes v)
{
    uint64_t half[2];
    memcpy(half, &v, sizeof half);
    return (half[0] | half[1]) != 0;
}

static size_t sum_lanes(lanes v)
{
    size_t sum = 0;
    for (int i = 0; i < LANES; i++)
        sum += v[i];
    return sum;
}

/* Index after the blocks from i on without a suspect; their line ends are counted. */
static size_t pass_blocks(const char *p, size_t i, size_t n, size_t *lines)
{
    lanes count = { 0 };
    for (int round = 0; n - i >= BLOCK && round < LARGEST_COUNT / 4; round++, i += BLOCK) {
        lanes v[4];
        memcpy(v, p + i, sizeof v);
        if (is_any_set(mark_suspects(v[0]) | mark_suspects(v[1]) | mark_suspects(v[2]) | mark_suspects(v[3])))
            break;
        count -= (lanes)((v[0] == '\n') + (v[1] == '\n') + (v[2] == '\n') + (v[3] == '\n'));
    }
    *lines += sum_lanes(count);
    return i;
}

/* Index of the first suspect from i on; the line ends before it are counted. */
static size_t pass_plain(const char *p, size_t i, size_t n, size_t *lines)
{
    while (n - i >= LANES) {
        lanes v;
        memcpy(&v, p + i, sizeof v);
        if (is_any_set(mark_suspects(v)))
            break;
        if (n - i >= BLOCK) {
            size_t end = pass_blocks(p, i, n, lines);
            if (end > i) {
                i = end;
                continue;
            }
        }
        if (is_any_set((lanes)(v == '\n')))
            *lines += sum_lanes((lanes)(v == '\n') & 1);
        i += LANES;
    }
    for (; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c >= 0x80 || c == '\\' || c == '\v' || c == '\f')
            break;
        *lines += c == '\n';
    }
    return i;
}

static bool begin_character(struct json_screen *screen, unsigned char lead)
{
    if (lead < 0xC2 || lead > 0xF4)
        return false;
    screen->trailing = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    screen->low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    screen->high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return true;
}

static int hex_value(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four digits of an escape are there. False when it is half a pair. */
static bool end_escape(struct json_screen *screen)
{
    bool is_high = screen->code >= 0xD800 && screen->code <= 0xDBFF;
    bool is_low = screen->code >= 0xDC00 && screen->code <= 0xDFFF;
    if (is_low != screen->after_high)
        return false;
    screen->after_high = is_high;
    screen->step = is_high ? AWAIT_BACKSLASH : NO_ESCAPE;
    return true;
}

/* Take a byte within an escape. False when a pair is broken. */
static bool take_in_escape(struct json_screen *screen, unsigned char c)
{
    switch (screen->step) {
    case AFTER_BACKSLASH:
        screen->step = c == 'u' ? FIRST_DIGIT : NO_ESCAPE;
        screen->code = 0;
        return true;
    case AWAIT_BACKSLASH:
        screen->step = AWAIT_U;
        return c == '\\';
    case AWAIT_U:
        screen->step = FIRST_DIGIT;
        screen->code = 0;
        return c == 'u';
    default:
        if (hex_value(c) < 0) {
            screen->step = NO_ESCAPE;
            screen->after_high = false;
            return true;
        }
        screen->code = screen->code << 4 | (unsigned)hex_value(c);
        if (screen->step == LAST_DIGIT)
            return end_escape(screen);
        screen->step++;
        return true;
    }
}

static enum json_screen_verdict take(struct json_screen *screen, unsigned char c, size_t offset)
{
    if (screen->trailing > 0) {
        if (c < screen->low || c > screen->high)
            return JSON_SCREEN_UTF8;
        screen->low = 0x80;
        screen->high = 0xBF;
        screen->trailing--;
        return JSON_SCREEN_GOOD;
    }
    if (screen->step != NO_ESCAPE) {
        if (!take_in_escape(screen, c))
            return JSON_SCREEN_SURROGATE;
        if (c < 0x80)
            return JSON_SCREEN_GOOD;
    }
    if (c == '\v' || c == '\f')
        return JSON_SCREEN_CONTROL;
    if (c != '\\' && c < 0x80)
        return JSON_SCREEN_GOOD;
    screen->start = offset;
    if (c == '\\')
        screen->step = AFTER_BACKSLASH;
    else if (!begin_character(screen, c))
        return JSON_SCREEN_UTF8;
    return JSON_SCREEN_GOOD;
}

size_t json_screen_run(struct json_screen *screen, const char *bytes, size_t n, size_t offset, size_t *lines,
                       enum json_screen_verdict *verdict)
{
    *verdict = JSON_SCREEN_GOOD;
    size_t i = 0;
    while (i < n) {
        if (screen->trailing == 0 && screen->step == NO_ESCAPE) {
            i = pass_plain(bytes, i, n, lines);
            if (i == n)
                break;
        }
        *verdict = take(screen, (unsigned char)bytes[i], offset + i);
        if (*verdict != JSON_SCREEN_GOOD)
            break;
        *lines += bytes[i] == '\n';
        i++;
    }
    return i;
}
