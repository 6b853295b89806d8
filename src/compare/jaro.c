/* SPDX-License-Identifier: MIT
 * Jaro and Jaro-Winkler. Up to 64 bytes bit-parallel: for every text byte the lowest free equal pattern place inside
 * the window is taken. Longer texts stream: whether a byte is matched depends only on the places of its own byte value,
 * and taking the lowest free place is, per value, a merge of two ascending lists of places, so 256 cursors replace all
 * flags and the result is symmetric in the two texts.
 * Source: Jaro 1989, Winkler 1990; the double expressions are those of DuckDB (rapidfuzz). */
#include "compare/string_metrics.h"

#include "compare/byte_rows.h"

static const struct pd_jaro_parts no_match = { 0, 0 };

/* Matches reach this far to either side; needs a longer text of at least 2 bytes. */
static size_t jaro_window(size_t length_a, size_t length_b)
{
    const size_t longer = length_a > length_b ? length_a : length_b;
    return longer / 2 - 1;
}

static inline __attribute__((always_inline)) struct pd_jaro_parts jaro_word(struct pd_text pattern, struct pd_text text,
                                                                            int width)
{
    struct pd_byte_rows rows;
    pd_byte_rows_init(&rows, pattern, text, width);
    const size_t window = jaro_window(pattern.length, text.length);
    uint64_t in_reach = pd_low_bits(window + 1), pattern_free = ~UINT64_C(0), text_matched = 0;
    for (size_t j = 0; j < text.length; j++) {
        const uint64_t places = pd_byte_row(&rows, text.data[j], width) & in_reach & pattern_free;
        pattern_free &= ~(places & -places);
        text_matched |= (uint64_t)(places != 0) << j;
        in_reach = j < window ? (in_reach << 1) | 1 : in_reach << 1;
    }
    const size_t matches = (size_t)__builtin_popcountll(text_matched);
    size_t out_of_order = 0;
    for (uint64_t left = ~pattern_free; text_matched != 0; left &= left - 1, text_matched &= text_matched - 1)
        out_of_order += pattern.data[__builtin_ctzll(left)] != text.data[__builtin_ctzll(text_matched)];
    return (struct pd_jaro_parts){ matches, out_of_order / 2 };
}

/* Tells, place by place, which bytes of `self` are matched in `other`. */
struct jaro_stream {
    struct pd_text self, other;
    size_t window, place;
    size_t cursors[256]; /* per byte value: place in `other` from which the next match may come */
};

/* The next matched byte of self; false at the end. */
static bool jaro_stream_next(struct jaro_stream *stream, char *byte)
{
    while (stream->place < stream->self.length) {
        const size_t i = stream->place++;
        const char wanted = stream->self.data[i];
        size_t *const cursor = &stream->cursors[(unsigned char)wanted];
        const size_t lowest = i > stream->window ? i - stream->window : 0;
        if (*cursor < lowest) *cursor = lowest;
        if (*cursor >= stream->other.length) continue;
        const char *const found = memchr(stream->other.data + *cursor, wanted, stream->other.length - *cursor);
        *cursor = found == NULL ? stream->other.length : (size_t)(found - stream->other.data);
        if (found == NULL || *cursor > i + stream->window) continue;
        ++*cursor;
        *byte = wanted;
        return true;
    }
    return false;
}

static struct pd_jaro_parts jaro_long(struct pd_text a, struct pd_text b)
{
    const size_t window = jaro_window(a.length, b.length);
    struct jaro_stream left = { .self = a, .other = b, .window = window };
    struct jaro_stream right = { .self = b, .other = a, .window = window };
    size_t matches = 0, out_of_order = 0;
    char byte_a, byte_b;
    while (jaro_stream_next(&left, &byte_a) && jaro_stream_next(&right, &byte_b)) {
        matches++;
        out_of_order += byte_a != byte_b;
    }
    return (struct pd_jaro_parts){ matches, out_of_order / 2 };
}

struct pd_jaro_parts pd_jaro_count(struct pd_text a, struct pd_text b)
{
    if (a.length > b.length) {
        const struct pd_text longer = a;
        a = b;
        b = longer;
    }
    if (a.length == 0) return no_match;
    if (b.length == 1) return (struct pd_jaro_parts){ a.data[0] == b.data[0], 0 };
    if (b.length > PD_ROWS_MAX) return jaro_long(a, b);
    if (a.length <= 16) return jaro_word(a, b, 1);
    if (a.length <= 32) return jaro_word(a, b, 2);
    return jaro_word(a, b, 4);
}

double pd_jaro_formula(struct pd_jaro_parts parts, size_t length_a, size_t length_b)
{
    if (parts.matches == 0) return 0;
    const double matches = (double)parts.matches;
    double sum = matches / (double)length_a;
    sum += matches / (double)length_b;
    sum += (matches - (double)parts.transpositions) / matches;
    return sum / 3.0;
}

double pd_jaro_winkler_formula(double jaro, size_t prefix)
{
    if (jaro > 0.7) jaro += (double)prefix * 0.1 * (1.0 - jaro);
    return jaro;
}

static size_t winkler_prefix(struct pd_text a, struct pd_text b)
{
    const size_t shorter = a.length < b.length ? a.length : b.length;
    const size_t most = shorter < 4 ? shorter : 4;
    size_t prefix = 0;
    while (prefix < most && a.data[prefix] == b.data[prefix]) prefix++;
    return prefix;
}

double pd_jaro_similarity(struct pd_text a, struct pd_text b)
{
    return pd_jaro_formula(pd_jaro_count(a, b), a.length, b.length);
}

double pd_jaro_winkler_similarity(struct pd_text a, struct pd_text b)
{
    return pd_jaro_winkler_formula(pd_jaro_similarity(a, b), winkler_prefix(a, b));
}

double pd_jaro_ceiling(size_t common, size_t length_a, size_t length_b, size_t prefix)
{
    return pd_jaro_winkler_formula(pd_jaro_formula((struct pd_jaro_parts){ common, 0 }, length_a, length_b), prefix) +
           1e-12;
}

double pd_signature_jaro(const struct pd_signature *a, const struct pd_signature *b, size_t prefix)
{
    return pd_jaro_ceiling(pd_signature_common(a, b), a->length, b->length, prefix);
}
