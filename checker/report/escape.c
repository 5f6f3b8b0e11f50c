#include "report/escape.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdio.h>

/* Characters that move the cursor, hide text or turn its direction. */
static bool is_harmful(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x00ad || code == 0x061c ||
           (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0xfeff || (code >= 0xfff9 && code <= 0xfffb) ||
           (code >= 0xe0000 && code <= 0xe007f);
}

size_t escape_beginning(struct str text, char *out, size_t *used)
{
    *used = 1;
    if (utf8_valid(str_part(text, 0, 4)) == 0)
        return (size_t)snprintf(out, ESCAPED_ROOM, "\\x%02x", (unsigned char)text.p[0]);
    uint32_t code = utf8_decode(text, used);
    if (!is_harmful(code)) {
        memcpy(out, text.p, *used);
        return *used;
    }
    if (code == '\n' || code == '\t' || code == '\r') {
        memcpy(out, code == '\n' ? "\\n" : code == '\t' ? "\\t" : "\\r", 2);
        return 2;
    }
    return (size_t)snprintf(out, ESCAPED_ROOM, code < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)code);
}

static bool is_plain(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] < 0x20 || (unsigned char)text.p[i] >= 0x7f)
            return false;
    return true;
}

struct str escape_for_terminal(struct arena *arena, struct str text)
{
    if (is_plain(text))
        return text;
    char *out = arena_get_text(arena, text.n * ESCAPED_ROOM + 1);
    size_t n = 0, used;
    for (struct str rest = text; rest.n > 0; rest = str_from_offset(rest, used))
        n += escape_beginning(rest, out + n, &used);
    return (struct str){ out, n };
}
