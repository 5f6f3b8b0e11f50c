#include "findings/waiver.h"

#include "base/arena.h"
#include "match/glob.h"

enum { DAYS_OF_WARNING = 14, SECONDS_PER_DAY = 86400 };

static unsigned digits(struct str text, size_t start, size_t n)
{
    unsigned value = 0;
    for (size_t i = start; i < start + n; i++)
        value = value * 10 + (unsigned)(text.p[i] - '0');
    return value;
}

static unsigned days_of_month(unsigned year, unsigned month)
{
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month == 2)
        return is_leap ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool waiver_is_date(struct str text)
{
    if (text.n != 10)
        return false;
    for (size_t i = 0; i < text.n; i++)
        if (i == 4 || i == 7 ? text.p[i] != '-' : text.p[i] < '0' || text.p[i] > '9')
            return false;
    unsigned year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= days_of_month(year, month);
}

/* Days from 1 March of the year 0, in which leap days come last (proleptic Gregorian calendar). */
static long long day_number(struct str date)
{
    long long year = digits(date, 0, 4), month = digits(date, 5, 2), day = digits(date, 8, 2);
    if (month <= 2) {
        year--;
        month += 12;
    }
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day - 1;
}

struct str waiver_date(struct arena *arena, long long seconds)
{
    long long left = seconds < 0 ? 0 : seconds / SECONDS_PER_DAY;
    unsigned year = 1970, month = 1;
    for (;; year++) {
        unsigned days = 337 + days_of_month(year, 2);
        if (left < days || year == 9999)
            break;
        left -= days;
    }
    for (; month < 12 && left >= days_of_month(year, month); month++)
        left -= days_of_month(year, month);
    return arena_format(arena, "%04u-%02u-%02lld", year, month, left % 31 + 1);
}

enum waiver_state waiver_state(const struct waiver *waiver, struct str today)
{
    if (str_trim(waiver->reason).n == 0)
        return WAIVER_HAS_NO_REASON;
    if (waiver->expires.p == NULL)
        return WAIVER_COUNTS;
    if (str_compare(today, waiver->expires) > 0)
        return WAIVER_HAS_EXPIRED;
    return day_number(waiver->expires) - day_number(today) <= DAYS_OF_WARNING ? WAIVER_ENDS_SOON : WAIVER_COUNTS;
}

static bool covers(const struct waiver *waiver, struct str address)
{
    if (address.p == NULL)
        return str_equal(waiver->address, STR("*"));
    return str_equal(waiver->address, address) || glob_match(waiver->address, address);
}

/* The waiver of the rule that excuses address; one that counts before others. Each that matches is marked in seen. */
static const struct waiver *find(struct waivers *waivers, struct str rule, struct str address, struct str input,
                                 struct str today, bool *seen)
{
    const struct waiver *found = NULL;
    for (size_t i = 0; i < waivers->count; i++) {
        const struct waiver *waiver = &waivers->items[i];
        if (waiver->input.p != NULL && !str_equal(waiver->input, input))
            continue;
        if (!glob_match(waiver->rule, rule) || !covers(waiver, address))
            continue;
        seen[i] = true;
        enum waiver_state state = waiver_state(waiver, today);
        if (found == NULL && (state == WAIVER_COUNTS || state == WAIVER_ENDS_SOON))
            found = waiver;
    }
    return found;
}

static struct str excuse_of(struct arena *arena, const struct waiver *waiver)
{
    struct str text = waiver->reason;
    if (waiver->owner.n > 0)
        text = arena_join(arena, (struct str[]){ text, STR(" ("), waiver->owner, STR(")") }, 4);
    if (waiver->expires.p != NULL)
        text = arena_join(arena, (struct str[]){ text, STR(", until "), waiver->expires }, 3);
    return text;
}

static const struct waiver *find_for(struct waivers *waivers, const struct finding *finding, struct str input,
                                     struct str today, bool *seen)
{
    if (finding->address.p != NULL || finding->address_count == 0)
        return find(waivers, finding->rule, finding->address, input, today, seen);
    const struct waiver *found = NULL;
    bool is_excused = true;
    for (size_t i = 0; i < finding->address_count; i++) {
        const struct waiver *one = find(waivers, finding->rule, finding->addresses[i], input, today, seen);
        is_excused &= one != NULL;
        found = found == NULL ? one : found;
    }
    return is_excused ? found : NULL;
}

void waivers_apply(struct waivers *waivers, struct findings *findings, struct str input, struct str today)
{
    bool *seen = arena_get(findings->arena, waivers->count + 1);
    for (size_t i = 0; i < findings->count && waivers->count > 0; i++) {
        struct finding *finding = &findings->items[i];
        memset(seen, 0, waivers->count);
        const struct waiver *waiver = find_for(waivers, finding, input, today, seen);
        for (size_t w = 0; w < waivers->count; w++)
            waivers->items[w].matches += seen[w];
        if (waiver == NULL)
            continue;
        finding->standing = STANDING_WAIVED;
        finding->excuse = excuse_of(findings->arena, waiver);
    }
}
