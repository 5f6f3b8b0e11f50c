#include "base/number.h"

#include "base/arena.h"

#include <assert.h>

/* A number taken apart: 0.ddd times ten to the power (exponent + shift), the first and the last d not zero. */
struct decimal {
    bool negative;
    struct str whole, fraction; /* the digits as written */
    size_t first, count;        /* which of them, counted through both, are the d; count 0 = the number is zero */
    int64_t shift;
    bool exponent_negative;
    struct str exponent; /* digits without leading zeros; empty = 0 */
};

enum { LARGEST_EXPONENT = 1000 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_length(struct str s)
{
    size_t n = 0;
    while (n < s.n && is_digit(s.p[n]))
        n++;
    return n;
}

bool number_is_valid(struct str text)
{
    if (text.n > 0 && text.p[0] == '-')
        text = str_from_offset(text, 1);
    size_t n = digits_length(text);
    if (n == 0 || (n > 1 && text.p[0] == '0'))
        return false;
    text = str_from_offset(text, n);
    if (text.n > 0 && text.p[0] == '.') {
        text = str_from_offset(text, 1);
        n = digits_length(text);
        if (n == 0)
            return false;
        text = str_from_offset(text, n);
    }
    if (text.n > 0 && (text.p[0] == 'e' || text.p[0] == 'E')) {
        text = str_from_offset(text, 1);
        if (text.n > 0 && (text.p[0] == '+' || text.p[0] == '-'))
            text = str_from_offset(text, 1);
        n = digits_length(text);
        if (n == 0)
            return false;
        text = str_from_offset(text, n);
    }
    return text.n == 0;
}

/* The digit with this index, counted through the whole part and the fraction. */
static int written_digit(const struct decimal *d, size_t i)
{
    return (i < d->whole.n ? d->whole.p[i] : d->fraction.p[i - d->whole.n]) - '0';
}

static struct decimal take_apart(struct str text)
{
    struct decimal d = { .negative = text.n > 0 && text.p[0] == '-' };
    if (d.negative)
        text = str_from_offset(text, 1);
    d.whole = str_part(text, 0, digits_length(text));
    text = str_from_offset(text, d.whole.n);
    if (text.n > 0 && text.p[0] == '.') {
        text = str_from_offset(text, 1);
        d.fraction = str_part(text, 0, digits_length(text));
        text = str_from_offset(text, d.fraction.n);
    }
    if (text.n > 1) {
        d.exponent = str_from_offset(text, is_digit(text.p[1]) ? 1 : 2);
        d.exponent_negative = text.p[1] == '-';
        while (d.exponent.n > 0 && d.exponent.p[0] == '0')
            d.exponent = str_from_offset(d.exponent, 1);
    }
    size_t end = d.whole.n + d.fraction.n;
    while (d.first < end && written_digit(&d, d.first) == 0)
        d.first++;
    while (end > d.first && written_digit(&d, end - 1) == 0)
        end--;
    d.count = end - d.first;
    d.shift = (int64_t)d.whole.n - (int64_t)d.first;
    if (d.count == 0) {
        d.negative = false;
        d.shift = 0;
        d.exponent.n = 0;
    }
    return d;
}

static int64_t exponent_digit(const struct decimal *d, size_t from_the_right)
{
    if (from_the_right >= d->exponent.n)
        return 0;
    int digit = d->exponent.p[d->exponent.n - 1 - from_the_right] - '0';
    return d->exponent_negative ? -digit : digit;
}

static int sign(int64_t value)
{
    return value < 0 ? -1 : value > 0;
}

/* Compare exponent + shift of the two. Exponents are of any length: their difference is summed up from the left, and
 * once it is so large that no further digit and no shift can turn it, its sign decides. */
static int compare_powers(const struct decimal *a, const struct decimal *b)
{
    const int64_t decided = INT64_C(900000000000000000);
    int64_t difference = 0;
    for (size_t i = a->exponent.n > b->exponent.n ? a->exponent.n : b->exponent.n; i > 0; i--) {
        if (difference > decided || difference < -decided)
            return sign(difference);
        difference = difference * 10 + exponent_digit(a, i - 1) - exponent_digit(b, i - 1);
    }
    int64_t shift = b->shift - a->shift;
    return difference < shift ? -1 : difference > shift;
}

/* Compare without the signs. */
static int compare_sizes(const struct decimal *a, const struct decimal *b)
{
    if (a->count == 0 || b->count == 0)
        return (a->count > 0) - (b->count > 0);
    int order = compare_powers(a, b);
    for (size_t i = 0; order == 0 && i < a->count && i < b->count; i++)
        order = written_digit(a, a->first + i) - written_digit(b, b->first + i);
    return order != 0 ? order : (a->count > b->count) - (a->count < b->count);
}

int number_compare(struct str a, struct str b)
{
    struct decimal left = take_apart(a), right = take_apart(b);
    if (left.negative != right.negative)
        return left.negative ? -1 : 1;
    int order = compare_sizes(&left, &right);
    return left.negative ? -order : order;
}

/* The power of ten before the first digit; false when the exponent is larger than limit. */
static bool find_power(const struct decimal *d, int64_t limit, int64_t *power)
{
    int64_t exponent = 0;
    for (size_t i = d->exponent.n; i > 0; i--) {
        exponent = exponent * 10 + exponent_digit(d, i - 1);
        if (exponent > limit || exponent < -limit)
            return false;
    }
    *power = exponent + d->shift;
    return true;
}

/* The digit that counts ten to the power place, given the power before the first digit. */
static int digit_at(const struct decimal *d, int64_t power, int64_t place)
{
    int64_t i = power - 1 - place;
    return i < 0 || i >= (int64_t)d->count ? 0 : written_digit(d, d->first + (size_t)i);
}

bool number_add(struct arena *arena, struct str a, struct str b, struct str *sum)
{
    struct decimal large = take_apart(a), small = take_apart(b);
    if (compare_sizes(&large, &small) < 0) {
        struct decimal other = large;
        large = small;
        small = other;
    }
    int64_t large_power, small_power;
    if (!find_power(&large, LARGEST_EXPONENT, &large_power) || !find_power(&small, LARGEST_EXPONENT, &small_power))
        return false;
    int64_t low = large_power - (int64_t)large.count, small_low = small_power - (int64_t)small.count;
    if (small_low < low)
        low = small_low;
    if (low > 0)
        low = 0;
    int64_t high = (large_power > 0 ? large_power : 0) + 1;

    /* written from the right: the sign and the point need two more bytes */
    size_t size = (size_t)(high - low) + 2, start = size;
    char *text = arena_get_text(arena, size + 1);
    int carry = 0, factor = large.negative == small.negative ? 1 : -1;
    bool is_written = false;
    for (int64_t place = low; place < high; place++) {
        int digit = digit_at(&large, large_power, place) + factor * digit_at(&small, small_power, place) + carry;
        carry = digit < 0 ? -1 : digit > 9;
        digit -= carry * 10;
        if (place == 0 && is_written)
            text[--start] = '.';
        is_written = is_written || digit != 0 || place >= 0;
        if (is_written)
            text[--start] = (char)('0' + digit);
    }
    assert(carry == 0);
    while (text[start] == '0' && start + 1 < size && text[start + 1] != '.')
        start++;
    if (large.negative && !(size - start == 1 && text[start] == '0'))
        text[--start] = '-';
    text[size] = '\0';
    *sum = (struct str){ text + start, size - start };
    return true;
}

bool number_is_whole(struct str text)
{
    struct decimal d = take_apart(text);
    struct decimal digits = { .shift = (int64_t)d.count };
    return d.count == 0 || compare_powers(&d, &digits) >= 0;
}

bool number_to_size(struct str text, size_t limit, size_t *size)
{
    struct decimal d = take_apart(text);
    int64_t power;
    *size = 0;
    if (d.count == 0)
        return true;
    if (d.negative || !number_is_whole(text) || !find_power(&d, (int64_t)text.n + 20, &power) || power > 20)
        return false;
    size_t value = 0;
    for (int64_t place = power; place > 0; place--) {
        size_t digit = (size_t)digit_at(&d, power, place - 1);
        if (digit > limit || value > (limit - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *size = value;
    return true;
}
