#include "plan/address.h"

#include "base/arena.h"

/* Length of the instance key at the beginning of s, brackets included; 0 when there is none or it does not end. */
static size_t key_length(struct str s)
{
    if (s.n == 0 || s.p[0] != '[')
        return 0;
    bool is_quoted = false;
    for (size_t i = 1; i < s.n; i++) {
        if (is_quoted && s.p[i] == '\\')
            i++;
        else if (s.p[i] == '"')
            is_quoted = !is_quoted;
        else if (s.p[i] == ']' && !is_quoted)
            return i + 1;
    }
    return 0;
}

/* Take the next dotted part and the instance key behind it off rest. */
static bool take_part(struct str *rest, struct str *name, struct str *key)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != '.' && rest->p[n] != '[')
        n++;
    *name = str_part(*rest, 0, n);
    *rest = str_from_offset(*rest, n);
    *key = str_part(*rest, 0, key_length(*rest));
    *rest = str_from_offset(*rest, key->n);
    if (rest->n > 0) {
        if (rest->p[0] != '.' || rest->n == 1)
            return false;
        *rest = str_from_offset(*rest, 1);
    }
    return name->n > 0;
}

bool address_parse(struct str text, struct address *address)
{
    struct str rest = text, name, key;
    *address = (struct address){ .module = { text.p, 0 } };
    if (!take_part(&rest, &name, &key))
        return false;
    while (str_equal(name, STR("module")) && key.n == 0) {
        if (!take_part(&rest, &name, &key))
            return false;
        address->module = str_part(text, 0, (size_t)(name.p + name.n + key.n - text.p));
        if (!take_part(&rest, &name, &key))
            return false;
    }
    if (key.n > 0)
        return false;
    address->is_data = str_equal(name, STR("data"));
    address->is_ephemeral = str_equal(name, STR("ephemeral"));
    if (address->is_data || address->is_ephemeral) {
        if (!take_part(&rest, &name, &key) || key.n > 0)
            return false;
    }
    address->type = name;
    return take_part(&rest, &address->name, &address->key) && rest.n == 0;
}

struct str address_without_keys(struct arena *arena, struct str text)
{
    if (str_find_byte(text, '[') < 0)
        return text;
    char *out = arena_get_text(arena, text.n + 1);
    size_t n = 0;
    while (text.n > 0) {
        ptrdiff_t bracket = str_find_byte(text, '[');
        size_t plain = bracket < 0 ? text.n : (size_t)bracket;
        size_t key = key_length(str_from_offset(text, plain));
        if (key == 0)
            plain = text.n; /* a key without an end goes on to the end of the text */
        memcpy(out + n, text.p, plain);
        n += plain;
        text = str_from_offset(text, plain + key);
    }
    out[n] = '\0';
    return (struct str){ out, n };
}

struct str address_parent_module(struct str module, struct str *key)
{
    struct str rest = module, name;
    size_t parent = 0, start = 0;
    *key = (struct str){ "", 0 };
    while (rest.n > 0) {
        start = (size_t)(rest.p - module.p);
        if (!take_part(&rest, &name, key) || !take_part(&rest, &name, key))
            break;
        parent = start;
    }
    return str_part(module, 0, parent == 0 ? 0 : parent - 1);
}
