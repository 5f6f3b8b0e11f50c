#include "plan/decode.h"

#include "base/utf8.h"

void decode_start(struct decoder *decoder, struct str beginning)
{
    static const struct {
        struct str beginning;
        enum encoding encoding;
        size_t skip;
    } rows[] = {
        { STR_INIT("\xef\xbb\xbf"), ENCODING_UTF8, 3 },  { STR_INIT("\xff\xfe"), ENCODING_UTF16_LE, 2 },
        { STR_INIT("\xfe\xff"), ENCODING_UTF16_BE, 2 },
    };
    *decoder = (struct decoder){ .encoding = ENCODING_UTF8 };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (str_starts_with(beginning, rows[i].beginning)) {
            decoder->encoding = rows[i].encoding;
            decoder->skip = rows[i].skip;
            return;
        }
    }
    if (beginning.n >= 2 && beginning.p[0] != '\0' && beginning.p[1] == '\0')
        decoder->encoding = ENCODING_UTF16_LE;
    else if (beginning.n >= 2 && beginning.p[0] == '\0' && beginning.p[1] != '\0')
        decoder->encoding = ENCODING_UTF16_BE;
}

static bool is_high(uint32_t unit)
{
    return unit >= 0xd800 && unit <= 0xdbff;
}

static bool is_low(uint32_t unit)
{
    return unit >= 0xdc00 && unit <= 0xdfff;
}

static size_t put_unit(struct decoder *decoder, uint32_t unit, char *out)
{
    size_t n = 0;
    if (decoder->high != 0 && is_low(unit)) {
        n = utf8_encode(0x10000 + ((decoder->high - 0xd800) << 10) + (unit - 0xdc00), out);
        decoder->high = 0;
        return n;
    }
    if (decoder->high != 0 || is_low(unit))
        out[n++] = (char)0xff;
    decoder->high = is_high(unit) ? unit : 0;
    if (!is_high(unit) && !is_low(unit))
        n += utf8_encode(unit, out + n);
    return n;
}

size_t decode_chunk(struct decoder *decoder, const char *bytes, size_t n, char *out)
{
    size_t written = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (!decoder->has_odd) {
            decoder->odd = byte;
            decoder->has_odd = true;
            continue;
        }
        decoder->has_odd = false;
        uint32_t unit = decoder->encoding == ENCODING_UTF16_LE ? (uint32_t)(byte << 8 | decoder->odd)
                                                               : (uint32_t)(decoder->odd << 8 | byte);
        written += put_unit(decoder, unit, out + written);
    }
    return written;
}
