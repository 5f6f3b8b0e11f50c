#include "base/number.h"
#include "base/utf8.h"
#include "json/json_read.h"
#include "match/cidr.h"
#include "schema/schema_walk.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* arn:partition:service:region:account:resource */
static bool is_arn(struct str text)
{
    size_t colons = 0;
    for (size_t i = 0; i < text.n; i++)
        colons += text.p[i] == ':';
    return str_starts_with(text, STR("arn:")) && colons >= 5;
}

static bool is_account(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!is_digit(text.p[i]))
            return false;
    return text.n == 12;
}

/* Whether text has the pattern's form: 0 is a digit, a a letter, anything else itself. */
static bool fits(struct str text, const char *pattern)
{
    size_t n = strlen(pattern);
    for (size_t i = 0; i < n && i < text.n; i++) {
        bool is_good = pattern[i] == '0'   ? is_digit(text.p[i])
                       : pattern[i] == 'a' ? is_lower((char)(text.p[i] | 0x20))
                                           : text.p[i] == pattern[i];
        if (!is_good)
            return false;
    }
    return text.n == n;
}

static bool is_rfc3339(struct str text)
{
    if (text.n < 20 || !fits(str_part(text, 0, 19), "0000-00-00T00:00:00"))
        return false;
    struct str rest = str_from_offset(text, 19);
    if (rest.p[0] == '.')
        for (rest = str_from_offset(rest, 1); rest.n > 0 && is_digit(rest.p[0]);)
            rest = str_from_offset(rest, 1);
    return str_equal(rest, STR("Z")) || fits(rest, "+00:00") || fits(rest, "-00:00");
}

/* A duration of Go: 1h30m, 90s, 1.5h. */
static bool is_duration(struct str text)
{
    static const struct str units[] = { STR_INIT("ns"), STR_INIT("us"), STR_INIT("\xc2\xb5s"), STR_INIT("\xce\xbcs"),
                                        STR_INIT("ms"), STR_INIT("s"),  STR_INIT("m"),          STR_INIT("h") };
    if (text.n > 0 && (text.p[0] == '-' || text.p[0] == '+'))
        text = str_from_offset(text, 1);
    if (str_equal(text, STR("0")))
        return true;
    bool is_good = text.n > 0;
    while (text.n > 0 && is_good) {
        size_t n = 0, unit = 0;
        while (n < text.n && (is_digit(text.p[n]) || text.p[n] == '.'))
            n++;
        text = str_from_offset(text, n);
        is_good = false;
        for (size_t i = 0; n > 0 && i < sizeof units / sizeof units[0]; i++)
            if (str_starts_with(text, units[i]) && units[i].n > unit)
                unit = units[i].n;
        is_good = unit > 0;
        text = str_from_offset(text, unit);
    }
    return is_good;
}

static bool is_base64(struct str text)
{
    size_t n = 0, pads = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\n' || c == '\r')
            continue;
        if (c == '=')
            pads++;
        else if (pads > 0 || !(is_digit(c) || is_lower((char)(c | 0x20)) || c == '+' || c == '/'))
            return false;
        n++;
    }
    return n % 4 == 0 && pads <= 2;
}

static bool is_ipv4(struct str text)
{
    struct cidr cidr;
    char with_prefix[32];
    if (text.n > 15 || str_find_byte(text, '/') >= 0)
        return false;
    memcpy(with_prefix, text.p, text.n);
    memcpy(with_prefix + text.n, "/32", 3);
    return cidr_parse((struct str){ with_prefix, text.n + 3 }, &cidr) && !cidr.is_v6;
}

static bool is_bool(struct str text)
{
    static const struct str words[] = { STR_INIT("true"), STR_INIT("false"), STR_INIT("1"),    STR_INIT("0"),
                                        STR_INIT("t"),    STR_INIT("f"),     STR_INIT("T"),    STR_INIT("F"),
                                        STR_INIT("TRUE"), STR_INIT("FALSE"), STR_INIT("True"), STR_INIT("False") };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_equal(words[i], text))
            return true;
    return false;
}

static bool is_whole(struct str text)
{
    if (text.n > 0 && (text.p[0] == '-' || text.p[0] == '+'))
        text = str_from_offset(text, 1);
    for (size_t i = 0; i < text.n; i++)
        if (!is_digit(text.p[i]))
            return false;
    return text.n > 0;
}

/* us-east-1, us-gov-west-1, cn-north-1 */
static bool is_region(struct str text)
{
    size_t dashes = 0;
    for (size_t i = 0; i < text.n; i++) {
        dashes += text.p[i] == '-';
        if (!is_lower(text.p[i]) && !is_digit(text.p[i]) && text.p[i] != '-')
            return false;
    }
    return dashes >= 2 && is_digit(text.p[text.n - 1]);
}

static bool is_json(struct str text)
{
    bool starts = false;
    for (size_t i = 0; i < text.n && !starts; i++) {
        char c = text.p[i];
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
            continue;
        if (str_find_byte(STR("{[\"-0123456789tfn"), c) < 0)
            return false;
        starts = true;
    }
    return starts;
}

static bool is_cidr(struct str text)
{
    struct cidr cidr;
    return cidr_parse(text, &cidr);
}

static bool is_weekly_window(struct str text)
{
    return fits(text, "aaa:00:00-aaa:00:00");
}

static bool is_daily_window(struct str text)
{
    return fits(text, "00:00-00:00");
}

static const struct {
    struct str name, words;
    bool (*has)(struct str text);
} forms[] = {
    { STR_INIT("arn"), STR_INIT("an ARN (arn:partition:service:region:account:resource)"), is_arn },
    { STR_INIT("json"), STR_INIT("JSON"), is_json },
    { STR_INIT("cidr"), STR_INIT("an address range in CIDR notation such as 10.0.0.0/16"), is_cidr },
    { STR_INIT("rfc3339"), STR_INIT("a time such as 2026-01-02T15:04:05Z (RFC 3339)"), is_rfc3339 },
    { STR_INIT("duration"), STR_INIT("a duration such as 30m or 1h"), is_duration },
    { STR_INIT("account_id"), STR_INIT("an AWS account ID (12 digits)"), is_account },
    { STR_INIT("base64"), STR_INIT("base64"), is_base64 },
    { STR_INIT("ipv4"), STR_INIT("an IPv4 address"), is_ipv4 },
    { STR_INIT("bool"), STR_INIT("true or false"), is_bool },
    { STR_INIT("int"), STR_INIT("a whole number"), is_whole },
    { STR_INIT("region"), STR_INIT("a region such as us-east-1"), is_region },
    { STR_INIT("weekly_window"), STR_INIT("a weekly window such as sun:04:00-sun:05:00"), is_weekly_window },
    { STR_INIT("daily_window"), STR_INIT("a daily window such as 04:00-05:00"), is_daily_window },
};

bool schema_has_form(struct str text, struct str form)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (str_equal(forms[i].name, form))
            return forms[i].has(text);
    return true;
}

struct str schema_form_words(struct str form)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (str_equal(forms[i].name, form))
            return forms[i].words;
    return form;
}
