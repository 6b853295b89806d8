/* SPDX-License-Identifier: MIT
 * Jaro, Jaro-Winkler and Levenshtein of many pairs of texts at once. For every pair the result is the one of
 * string_metrics.h to the last bit, whichever set of kernels is used.
 *
 * A text is made ready once: its letters as bit planes, its letter signature, its first bytes. Lengths, signatures and
 * common beginnings refuse most pairs that cannot pass the bound; what is left is put together by length and compared
 * eight pairs at a time, each pair in a 32-bit lane (lanes_avx2.c), or one by one (lanes.c). Consecutive pairs with the
 * same left text cost less: that is one against many. Texts over PD_LANE_TEXT_MAX bytes are compared one by one. */
#ifndef PD_COMPARE_LANES_H
#define PD_COMPARE_LANES_H

#include "compare/string_metrics.h"

enum { PD_LANE_TEXT_MAX = 32, PD_LANE_PLANES = 8, PD_LANES = 8 };

/* Sets of bytes that their low bits tell apart, so that fewer planes do: 5 for the first three, 6 for the others. */
enum pd_lane_alphabet {
    PD_ALPHABET_UPPER = 1,   /* blank and 0x41..0x5f */
    PD_ALPHABET_LOWER = 2,   /* blank and 0x61..0x7f */
    PD_ALPHABET_DIGITS = 4,  /* 0x20..0x3f */
    PD_ALPHABET_CAPITAL = 8, /* 0x20..0x5f */
    PD_ALPHABET_LETTERS = 16 /* blank, 0x40..0x5f, 0x61..0x7f */
};

/* One cache line. */
struct pd_lane_text {
    uint32_t planes[PD_LANE_PLANES]; /* bit i of plane k: bit k of byte i; of texts up to PD_LANE_TEXT_MAX */
    uint64_t signature;              /* struct pd_signature */
    const char *data;                /* borrowed */
    uint32_t length;
    uint32_t start;       /* the first four bytes, 0 behind the end */
    uint8_t length_class; /* the length, PD_LANE_TEXT_MAX + 1 for all longer texts */
    uint8_t overflow;     /* struct pd_signature; of texts up to PD_LANE_TEXT_MAX */
    uint8_t alphabets;    /* that hold all bytes */
};
void pd_lane_text_make(struct pd_text text, struct pd_lane_text *out);

/* Pairs left_texts[left[i]], right_texts[right[i]] of fewer than 2^28 texts. */
struct pd_lane_pairs {
    const struct pd_lane_text *left_texts, *right_texts;
    const uint32_t *left, *right;
    size_t n;
};

enum pd_lane_metric { PD_LANE_JARO, PD_LANE_JARO_WINKLER, PD_LANE_LEVENSHTEIN };

/* A bound with what follows from it: how many bytes two texts must have in common to pass it, by the classes of their
 * lengths and the length of their common beginning (more than the shorter text is long counts as that). 0 for texts
 * that lanes do not hold. */
struct pd_lane_cutoff {
    enum pd_lane_metric metric;
    double bound;
    size_t limit; /* the bound of a distance as an integer */
    uint8_t least[PD_LANE_TEXT_MAX + 2][PD_LANE_TEXT_MAX + 2][8];
};
/* bound: least similarity or largest distance that passes (>= 0). Takes about 0.1 ms. */
void pd_lane_cutoff_make(enum pd_lane_metric metric, double bound, struct pd_lane_cutoff *out);

/* The kernels of one instruction set. They compare a group of pairs: places [n] of `pairs`, n 1 to PD_LANES, whose
 * texts pd_lanes_fit; out [place] as pd_lanes_compare. */
typedef void pd_lane_kernel(const struct pd_lane_pairs *pairs, const uint32_t *places, size_t n,
                            const struct pd_lane_cutoff *cutoff, double *out);
/* Which of the pairs (left, texts[right[i]]), i < n, the cutoff may let pass, n at least PD_LANES: how many, and their
 * i + first, ascending, in candidates [n]. */
typedef size_t pd_lane_sieve(const struct pd_lane_text *left, const struct pd_lane_text *texts, const uint32_t *right,
                             size_t n, const struct pd_lane_cutoff *cutoff, uint32_t first, uint32_t *candidates);
struct pd_lane_kernels {
    const char *name;
    pd_lane_kernel *jaro, *levenshtein;
    pd_lane_sieve *sieve;
};
extern const struct pd_lane_kernels pd_lanes_scalar;
/* NULL on processors without AVX2 and BMI2. */
const struct pd_lane_kernels *pd_lanes_avx2(void);
/* The best of this machine, unless PADAN_CPU=scalar. */
const struct pd_lane_kernels *pd_lanes_choose(void);

/* out [n]: the value where it passes, else -1 for a similarity and infinity for a distance. */
void pd_lanes_compare(const struct pd_lane_kernels *kernels, const struct pd_lane_pairs *pairs,
                      const struct pd_lane_cutoff *cutoff, double *out);

/* Both of 1 to PD_LANE_TEXT_MAX bytes, one of them of 2. */
static inline bool pd_lanes_fit(const struct pd_lane_text *a, const struct pd_lane_text *b)
{
    return a->length - 1 < PD_LANE_TEXT_MAX && b->length - 1 < PD_LANE_TEXT_MAX && a->length + b->length > 2;
}

/* Equal bytes at the beginning of both, at most 4. Zeros behind the end of both count as equal. */
static inline unsigned pd_lanes_common_start(uint32_t a, uint32_t b)
{
    return (unsigned)__builtin_ctzll((a ^ b) | UINT64_C(1) << 32) / 8;
}

#endif
