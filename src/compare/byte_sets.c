/* SPDX-License-Identifier: MIT
 * Metrics on bytes as sets and at equal places, and the letter signature that refuses most pairs unread. */
#include "compare/string_metrics.h"

size_t pd_hamming(struct pd_text a, struct pd_text b)
{
    if (a.length != b.length) return SIZE_MAX;
    size_t differing = 0;
    for (size_t i = 0; i < a.length; i++) differing += a.data[i] != b.data[i];
    return differing;
}

static void byte_set(struct pd_text text, uint64_t set[4])
{
    memset(set, 0, 4 * sizeof *set);
    for (size_t i = 0; i < text.length; i++) {
        const unsigned char byte = (unsigned char)text.data[i];
        set[byte / 64] |= UINT64_C(1) << (byte % 64);
    }
}

double pd_jaccard_similarity(struct pd_text a, struct pd_text b)
{
    if (a.length == 0 || b.length == 0) return 0;
    uint64_t left[4], right[4];
    byte_set(a, left);
    byte_set(b, right);
    int common = 0, all = 0;
    for (size_t i = 0; i < 4; i++) {
        common += __builtin_popcountll(left[i] & right[i]);
        all += __builtin_popcountll(left[i] | right[i]);
    }
    return (double)common / (double)all;
}

/* The grams of a text as numbers, in place order; how many. */
static size_t grams_of(struct pd_text text, unsigned q, uint32_t *grams)
{
    if (text.length == 0) return 0;
    if (text.length > PD_QGRAM_MAX) text.length = PD_QGRAM_MAX;
    const size_t width = text.length < q ? text.length : q;
    const uint32_t mask = width >= 4 ? UINT32_MAX : (UINT32_C(1) << (8 * width)) - 1;
    uint32_t window = 0;
    size_t n_grams = 0;
    for (size_t i = 0; i < text.length; i++) {
        window = ((window << 8) | (unsigned char)text.data[i]) & mask;
        if (i + 1 >= width) grams[n_grams++] = window;
    }
    return n_grams;
}

/* Grams of a text that is not long, counted in an open hash table that fits into the first-level cache. */
enum { SLOTS = 256, HASHED_MOST = SLOTS / 2 };
struct gram_counts {
    uint64_t used[SLOTS / 64];
    uint32_t grams[SLOTS];
    uint8_t counts[SLOTS];
};

/* Where a gram is, or would be. */
static inline size_t slot_of(const struct gram_counts *counts, uint32_t gram, bool *is_there)
{
    size_t slot = (gram * UINT32_C(0x9e3779b1)) >> 24; /* Knuth's multiplicative hash, 8 bits */
    for (;; slot = (slot + 1) % SLOTS) {
        *is_there = counts->used[slot / 64] >> slot % 64 & 1;
        if (!*is_there || counts->grams[slot] == gram) return slot;
    }
}

/* Grams that both have, each as often as both have it; of n_left <= HASHED_MOST. */
static size_t common_by_hash(const uint32_t *left, size_t n_left, const uint32_t *right, size_t n_right)
{
    struct gram_counts counts;
    size_t common = 0;
    bool is_there = false;
    memset(counts.used, 0, sizeof counts.used);
    for (size_t i = 0; i < n_left; i++) {
        const size_t slot = slot_of(&counts, left[i], &is_there);
        counts.used[slot / 64] |= UINT64_C(1) << slot % 64;
        counts.grams[slot] = left[i];
        counts.counts[slot] = is_there ? counts.counts[slot] + 1 : 1;
    }
    for (size_t i = 0; i < n_right; i++) {
        const size_t slot = slot_of(&counts, right[i], &is_there);
        if (!is_there || counts.counts[slot] == 0) continue;
        counts.counts[slot]--;
        common++;
    }
    return common;
}

/* Shell sort: no memory, no recursion. */
static void sort_grams(uint32_t *grams, size_t n)
{
    static const size_t gaps[] = { 301, 132, 57, 23, 10, 4, 1 }; /* Ciura 2001 */
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++)
        for (size_t i = gaps[g]; i < n; i++) {
            const uint32_t moved = grams[i];
            size_t place = i;
            for (; place >= gaps[g] && grams[place - gaps[g]] > moved; place -= gaps[g])
                grams[place] = grams[place - gaps[g]];
            grams[place] = moved;
        }
}

/* The same of two long texts. */
static size_t common_by_order(uint32_t *left, size_t n_left, uint32_t *right, size_t n_right)
{
    size_t common = 0;
    sort_grams(left, n_left);
    sort_grams(right, n_right);
    for (size_t i = 0, j = 0; i < n_left && j < n_right;) {
        const bool same = left[i] == right[j];
        const bool first = left[i] < right[j];
        common += same;
        i += same || first;
        j += !first;
    }
    return common;
}

static size_t count_common(uint32_t *left, size_t n_left, uint32_t *right, size_t n_right)
{
    if (n_left <= HASHED_MOST) return common_by_hash(left, n_left, right, n_right);
    if (n_right <= HASHED_MOST) return common_by_hash(right, n_right, left, n_left);
    return common_by_order(left, n_left, right, n_right);
}

double pd_qgram_similarity(struct pd_text a, struct pd_text b, unsigned q)
{
    uint32_t left[PD_QGRAM_MAX], right[PD_QGRAM_MAX];
    if (q < 1) q = 1;
    if (q > 4) q = 4;
    /* A text shorter than q is one gram; one of a gram's length must not equal it by leading zero bytes. */
    const size_t n_left = grams_of(a, q, left), n_right = grams_of(b, q, right);
    if (n_left + n_right == 0) return 1;
    if ((a.length < q || b.length < q) && a.length != b.length) return 0;
    return 2.0 * (double)count_common(left, n_left, right, n_right) / (double)(n_left + n_right);
}

/* First bit and number of bits of a letter's unary count; letters that are frequent in Indonesian names have more. The
 * ten groups at the end are all other bytes by their low bits (digits, blank, UTF-8). */
struct letter_class {
    uint8_t begin, n_bits;
};
static const struct letter_class letter_classes[26] = {
    { 0, 5 } /* A */,  { 5, 1 } /* B */,  { 6, 1 } /* C */,  { 7, 2 } /* D */,  { 9, 3 } /* E */,  { 12, 1 } /* F */,
    { 13, 2 } /* G */, { 15, 2 } /* H */, { 17, 4 } /* I */, { 21, 1 } /* J */, { 22, 2 } /* K */, { 24, 2 } /* L */,
    { 26, 2 } /* M */, { 28, 4 } /* N */, { 32, 2 } /* O */, { 34, 1 } /* P */, { 35, 1 } /* Q */, { 36, 3 } /* R */,
    { 39, 3 } /* S */, { 42, 3 } /* T */, { 45, 3 } /* U */, { 48, 1 } /* V */, { 49, 2 } /* W */, { 35, 1 } /* X: Q */,
    { 51, 2 } /* Y */, { 53, 1 } /* Z */
};
enum { OTHER_BEGIN = 54, N_OTHER = 10 };

/* The bits of a byte's count. Nobody foretells letters, so that there is no branch here or where they are set. */
static inline uint64_t bits_of(unsigned char byte)
{
    const unsigned letter = (byte | 0x20u) - 'a';
    const struct letter_class class = letter_classes[letter < 26 ? letter : 0];
    const uint64_t of_letter = ((UINT64_C(1) << class.n_bits) - 1) << class.begin;
    const uint64_t of_other = UINT64_C(1) << (OTHER_BEGIN + byte % N_OTHER);
    return letter < 26 ? of_letter : of_other;
}

struct pd_signature pd_signature_of(struct pd_text text)
{
    struct pd_signature signature = { 0, 0, (uint32_t)text.length };
    for (size_t i = 0; i < text.length; i++) {
        const uint64_t mask = bits_of((unsigned char)text.data[i]), filled = signature.bits & mask;
        signature.overflow += filled == mask;
        signature.bits |= (filled << 1 | (mask & -mask)) & mask; /* all there: as it is */
    }
    return signature;
}

size_t pd_signature_common(const struct pd_signature *a, const struct pd_signature *b)
{
    const uint32_t overflow = a->overflow < b->overflow ? a->overflow : b->overflow;
    const uint32_t shorter = a->length < b->length ? a->length : b->length;
    const uint32_t common = (uint32_t)__builtin_popcountll(a->bits & b->bits) + overflow;
    return common < shorter ? common : shorter;
}

size_t pd_signature_distance(const struct pd_signature *a, const struct pd_signature *b)
{
    const uint32_t longer = a->length > b->length ? a->length : b->length;
    return longer - pd_signature_common(a, b);
}
