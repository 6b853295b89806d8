/* SPDX-License-Identifier: MIT
 * Levenshtein and optimal string alignment, bit-parallel: one text column per step, 64 pattern rows per word.
 * Source: Myers 1999 (JACM 46/3); Hyyro 2003, "A bit-vector algorithm for computing Levenshtein and Damerau edit
 * distances". A long pattern is cut into strips of 64 rows; the horizontal differences of a strip's last row (one bit
 * up, one bit down per text byte) are all the next strip needs. */
#include "compare/string_metrics.h"

#include "compare/byte_rows.h"

static struct pd_text metric_text(struct pd_text text)
{
    return text.length > PD_METRIC_TEXT_MAX ? (struct pd_text){ text.data, PD_METRIC_TEXT_MAX } : text;
}

/* Cuts what both begin and end with, and puts the shorter text first: neither changes an edit distance. */
static void strip_and_order(struct pd_text *a, struct pd_text *b)
{
    *a = metric_text(*a);
    *b = metric_text(*b);
    if (a->length > b->length) {
        const struct pd_text longer = *a;
        *a = *b;
        *b = longer;
    }
    size_t begin = 0;
    while (begin < a->length && a->data[begin] == b->data[begin]) begin++;
    size_t end = 0;
    while (end < a->length - begin && a->data[a->length - 1 - end] == b->data[b->length - 1 - end]) end++;
    if (begin + end == 0) return;
    *a = (struct pd_text){ a->data + begin, a->length - begin - end };
    *b = (struct pd_text){ b->data + begin, b->length - begin - end };
}

static inline __attribute__((always_inline)) size_t myers_word(struct pd_text pattern, struct pd_text text,
                                                               size_t limit, int width)
{
    struct pd_byte_rows rows;
    pd_byte_rows_init(&rows, pattern, text, width);
    const unsigned last = (unsigned)pattern.length - 1;
    uint64_t up = ~UINT64_C(0), down = 0;
    size_t distance = pattern.length;
    for (size_t j = 0; j < text.length; j++) {
        const uint64_t equal = pd_byte_row(&rows, text.data[j], width);
        const uint64_t diagonal = (((equal & up) + up) ^ up) | equal | down;
        uint64_t right_up = down | ~(diagonal | up);
        uint64_t right_down = diagonal & up;
        distance += (right_up >> last) & 1;
        distance -= (right_down >> last) & 1;
        /* Each later column can take off at most 1. */
        if (distance > limit + (text.length - 1 - j)) return limit + 1;
        right_up = (right_up << 1) | 1;
        right_down <<= 1;
        up = right_down | ~(diagonal | right_up);
        down = right_up & diagonal;
    }
    return distance <= limit ? distance : limit + 1;
}

/* One strip of at most 64 pattern rows; ups and downs hold the differences along its upper edge and take those along
 * its lower edge. Returns by how much the distance at the end of the lower edge exceeds the one at its begin. */
static ptrdiff_t myers_strip(struct pd_text pattern, struct pd_text text, uint64_t *ups, uint64_t *downs)
{
    struct pd_byte_rows rows;
    pd_byte_rows_init(&rows, pattern, text, 4);
    const unsigned last = (unsigned)pattern.length - 1;
    uint64_t up = ~UINT64_C(0), down = 0;
    ptrdiff_t growth = 0;
    for (size_t j = 0; j < text.length; j++) {
        const unsigned bit = j % 64;
        const uint64_t in_up = (ups[j / 64] >> bit) & 1, in_down = (downs[j / 64] >> bit) & 1;
        uint64_t equal = pd_byte_row(&rows, text.data[j], 4);
        const uint64_t vertical = equal | down;
        equal |= in_down;
        const uint64_t diagonal = (((equal & up) + up) ^ up) | equal;
        uint64_t right_up = down | ~(diagonal | up);
        uint64_t right_down = diagonal & up;
        const uint64_t out_up = (right_up >> last) & 1, out_down = (right_down >> last) & 1;
        growth += (ptrdiff_t)out_up - (ptrdiff_t)out_down;
        ups[j / 64] = (ups[j / 64] & ~(UINT64_C(1) << bit)) | out_up << bit;
        downs[j / 64] = (downs[j / 64] & ~(UINT64_C(1) << bit)) | out_down << bit;
        right_up = (right_up << 1) | in_up;
        right_down = (right_down << 1) | in_down;
        up = right_down | ~(vertical | right_up);
        down = right_up & vertical;
    }
    return growth;
}

static size_t myers_strips(struct pd_text pattern, struct pd_text text)
{
    uint64_t ups[PD_METRIC_TEXT_MAX / 64], downs[PD_METRIC_TEXT_MAX / 64];
    const size_t n_words = (text.length + 63) / 64;
    memset(ups, 0xff, n_words * sizeof *ups);
    memset(downs, 0, n_words * sizeof *downs);
    ptrdiff_t growth = 0;
    for (size_t begin = 0; begin < pattern.length; begin += PD_ROWS_MAX)
        growth = myers_strip(pd_text_slice(pattern, begin, begin + PD_ROWS_MAX), text, ups, downs);
    return (size_t)((ptrdiff_t)pattern.length + growth);
}

size_t pd_levenshtein_bounded(struct pd_text a, struct pd_text b, size_t limit)
{
    strip_and_order(&a, &b);
    if (a.length == 0) return b.length <= limit ? b.length : limit + 1;
    if (b.length - a.length > limit || limit == 0) return limit + 1;
    if (limit == 1) return b.length == 1 ? 1 : 2; /* both ends differ, so one edit leaves one byte */
    if (limit > b.length) limit = b.length;
    if (a.length <= 16) return myers_word(a, b, limit, 1);
    if (a.length <= 32) return myers_word(a, b, limit, 2);
    if (a.length <= 64) return myers_word(a, b, limit, 4);
    const size_t distance = myers_strips(a, b);
    return distance <= limit ? distance : limit + 1;
}

size_t pd_levenshtein(struct pd_text a, struct pd_text b)
{
    return pd_levenshtein_bounded(a, b, PD_METRIC_TEXT_MAX);
}

static inline __attribute__((always_inline)) size_t osa_word(struct pd_text pattern, struct pd_text text, int width)
{
    struct pd_byte_rows rows;
    pd_byte_rows_init(&rows, pattern, text, width);
    const unsigned last = (unsigned)pattern.length - 1;
    uint64_t up = ~UINT64_C(0), down = 0, diagonal = 0, before = 0;
    size_t distance = pattern.length;
    for (size_t j = 0; j < text.length; j++) {
        const uint64_t equal = pd_byte_row(&rows, text.data[j], width);
        const uint64_t swapped = ((~diagonal & equal) << 1) & before;
        diagonal = (((equal & up) + up) ^ up) | equal | down | swapped;
        uint64_t right_up = down | ~(diagonal | up);
        uint64_t right_down = diagonal & up;
        distance += (right_up >> last) & 1;
        distance -= (right_down >> last) & 1;
        right_up = (right_up << 1) | 1;
        right_down <<= 1;
        up = right_down | ~(diagonal | right_up);
        down = right_up & diagonal;
        before = equal;
    }
    return distance;
}

/* Three rows of the table of prefix distances. */
static size_t osa_rows(struct pd_text pattern, struct pd_text text)
{
    uint16_t memory[3][PD_METRIC_TEXT_MAX + 1];
    uint16_t *previous = memory[0], *current = memory[1], *before = memory[2];
    for (size_t i = 0; i <= pattern.length; i++) current[i] = (uint16_t)i;
    for (size_t j = 1; j <= text.length; j++) {
        uint16_t *const oldest = before;
        before = previous;
        previous = current;
        current = oldest;
        current[0] = (uint16_t)j;
        for (size_t i = 1; i <= pattern.length; i++) {
            const bool same = pattern.data[i - 1] == text.data[j - 1];
            unsigned best = previous[i - 1] + (same ? 0u : 1u);
            if (previous[i] + 1u < best) best = previous[i] + 1u;
            if (current[i - 1] + 1u < best) best = current[i - 1] + 1u;
            if (i > 1 && j > 1 && pattern.data[i - 1] == text.data[j - 2] && pattern.data[i - 2] == text.data[j - 1] &&
                before[i - 2] + 1u < best)
                best = before[i - 2] + 1u;
            current[i] = (uint16_t)best;
        }
    }
    return current[pattern.length];
}

size_t pd_osa_distance(struct pd_text a, struct pd_text b)
{
    strip_and_order(&a, &b);
    if (a.length == 0) return b.length;
    if (a.length <= 16) return osa_word(a, b, 1);
    if (a.length <= 32) return osa_word(a, b, 2);
    if (a.length <= 64) return osa_word(a, b, 4);
    return osa_rows(a, b);
}
