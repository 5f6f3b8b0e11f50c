/* Reads the input whole, in chunks of sizes taken from the input, and with and without a cheap key: events,
 * verdict and place of an error must not depend on it. */
#include "json_trace.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void read_in_chunks(struct json_trace *trace, struct str text, uint64_t sizes, bool with_cheap_key)
{
    trace_open(trace, with_cheap_key);
    for (size_t i = 0, n; i < text.n; i += n) {
        sizes = sizes * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        n = 1 + (size_t)(sizes >> 33) % (sizes >> 63 != 0 ? 4 : 100);
        if (n > text.n - i)
            n = text.n - i;
        trace_feed(trace, text.p + i, n);
    }
    trace_finish(trace);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    struct str text = { (const char *)data, size };
    struct json_trace whole, other[4];
    trace_read(&whole, text, 0, 0, false);
    trace_read(&other[0], text, 0, 0, true);
    trace_read(&other[1], text, 1, 1, true);
    read_in_chunks(&other[2], text, str_hash(text), false);
    read_in_chunks(&other[3], text, str_hash(text) ^ 1, true);
    for (int i = 0; i < 4; i++) {
        if (whole.n != other[i].n || memcmp(whole.text, other[i].text, whole.n) != 0) {
            fprintf(stderr, "%d\nwhole: %s\nother: %s\n", i, whole.text, other[i].text);
            abort();
        }
        trace_close(&other[i]);
    }
    trace_close(&whole);
    return 0;
}
