/* SPDX-License-Identifier: MIT
 * Jaro, Jaro-Winkler and Levenshtein of many pairs of texts at once. For every pair the result is the one of
 * string_metrics.h to the last bit, whichever set of kernels is used.
 *
 * A text is made ready once: a head of 16 bytes with its letter signature, length and first bytes, and its letters as
 * bit planes. Heads refuse most pairs that cannot pass the bound; what is left is put together by what has to be
 * compared and goes eight pairs at a time, each pair in a 32-bit lane, or one by one (lanes.c). Consecutive pairs with
 * the same left text cost less to refuse: that is one against many. Texts over PD_LANE_TEXT_MAX bytes are compared one
 * by one. */
#ifndef PD_COMPARE_LANES_H
#define PD_COMPARE_LANES_H

#include "base/status.h"
#include "compare/string_metrics.h"

enum { PD_LANE_TEXT_MAX = 32, PD_LANE_PLANES = 8, PD_LANES = 8, PD_LANE_LIST_MAX = 512 };
/* Up to this limit kernels find distances without going through texts byte by byte. */
enum { PD_LANE_NEAR = 3 };

/* Sets of bytes that their low bits tell apart, so that fewer planes do: 5 for the first three, 6 for the next two, all
 * for the last. None has the byte whose low bits are all set, which kernels put behind the end of a text. */
enum pd_lane_alphabet {
    PD_ALPHABET_UPPER = 1,    /* blank and 0x41..0x5e */
    PD_ALPHABET_LOWER = 2,    /* blank and 0x61..0x7e */
    PD_ALPHABET_DIGITS = 4,   /* 0x20..0x3e */
    PD_ALPHABET_CAPITAL = 8,  /* 0x20..0x5e but 0x3f */
    PD_ALPHABET_LETTERS = 16, /* blank, 0x40..0x5e, 0x61..0x7e */
    PD_ALPHABET_BYTES = 32    /* all but 0xff */
};

struct pd_lane_head {
    uint64_t signature;   /* struct pd_signature; of longer texts all ones */
    uint8_t length_class; /* the length, PD_LANE_TEXT_MAX + 1 for all longer texts */
    uint8_t room;         /* UINT8_MAX less the overflow of struct pd_signature; of longer texts 0 */
    uint8_t alphabets;    /* that hold all bytes; of longer texts none */
    uint8_t has_planes;   /* planes are made, and with them alphabets are known */
    uint32_t start;       /* the first four bytes, 0 behind the end */
};

/* Bit i of plane k is bit k of byte i; of texts up to PD_LANE_TEXT_MAX. */
struct pd_lane_planes {
    uint32_t plane[PD_LANE_PLANES];
};

/* Texts made ready, side by side by what is read of them: 64 bytes a text. Fewer than 2^28. */
struct pd_lane_texts {
    struct pd_lane_head *heads;
    struct pd_lane_planes *planes;
    struct pd_text *texts; /* bytes are borrowed */
};
/* Room for n texts. OUT_OF_MEMORY; to be reset in any case. */
PADAN_MUST_CHECK enum padan_status pd_lane_texts_init(struct pd_lane_texts *texts, size_t n, struct padan_error *error);
void pd_lane_texts_reset(struct pd_lane_texts *texts);
/* Makes `text` ready as number i: its head, by which most of its pairs are refused, and its planes. */
void pd_lane_text_make(struct pd_lane_texts *texts, size_t i, struct pd_text text);
/* The same in two steps. */
void pd_lane_head_make(struct pd_lane_texts *texts, size_t i, struct pd_text text);
void pd_lane_planes_make(struct pd_lane_texts *texts, size_t i);

/* Pairs left_texts [left[i]], right_texts [right[i]]. */
struct pd_lane_pairs {
    const struct pd_lane_texts *left_texts, *right_texts;
    const uint32_t *left, *right;
    size_t n;
};

enum pd_lane_metric { PD_LANE_JARO, PD_LANE_JARO_WINKLER, PD_LANE_LEVENSHTEIN };

/* A bound with what follows from it. */
struct pd_lane_cutoff {
    enum pd_lane_metric metric;
    double bound;
    size_t limit; /* the bound of a distance as an integer */
    /* How many bytes two texts must have in common to pass, by the classes of their lengths and, for Jaro-Winkler, the
     * length of their common beginning (more than the shorter text is long counts as that). 0: heads cannot tell. */
    uint8_t least[PD_LANE_TEXT_MAX + 2][PD_LANE_TEXT_MAX + 2][8];
    double shares[PD_LANE_TEXT_MAX + 1][PD_LANE_TEXT_MAX + 1]; /* [n][i]: i / n */
};
/* bound: least similarity or largest distance that passes (>= 0). Takes about 0.1 ms. */
void pd_lane_cutoff_make(enum pd_lane_metric metric, double bound, struct pd_lane_cutoff *out);

/* What kernels are told of a pair in 32 bits: length of the common beginning, lengths of both texts, the alphabets that
 * hold both (not 0). */
static inline uint32_t pd_lane_measures(uint32_t begin, uint32_t shorter, uint32_t longer, uint32_t alphabets)
{
    return begin | shorter << 8 | longer << 16 | alphabets << 24;
}

/* Pairs that lanes hold, ascending by how much of the shorter text is behind the common beginning, or all with common
 * beginnings of 0. The last pair is repeated until PD_LANES divides their number. */
struct pd_lane_list {
    struct {
        const struct pd_lane_planes *shorter, *longer;
    } planes[PD_LANE_LIST_MAX];
    uint32_t measures[PD_LANE_LIST_MAX], places[PD_LANE_LIST_MAX];
    size_t n; /* without those that are repeated */
};
/* The kernels of one instruction set, for lists and for refusing. out [places[i]] as pd_lanes_compare. */
typedef void pd_lane_kernel(const struct pd_lane_list *list, const struct pd_lane_cutoff *cutoff, double *out);
/* Which of the pairs [begin, end) the cutoff may let pass: how many, and their places, ascending, in candidates [end -
 * begin + PD_LANES]; out [begin, end) as of pairs that do not pass. */
typedef size_t pd_lane_sieve(const struct pd_lane_pairs *pairs, size_t begin, size_t end,
                             const struct pd_lane_cutoff *cutoff, uint32_t *candidates, double *out);
struct pd_lane_kernels {
    const char *name;
    pd_lane_kernel *jaro, *levenshtein; /* NULL: one by one */
    pd_lane_sieve *sieve;
};
extern const struct pd_lane_kernels pd_lanes_scalar;
/* NULL on processors without AVX2 and BMI2. */
const struct pd_lane_kernels *pd_lanes_avx2(void);
/* The same with another count of bits; NULL on processors without AVX512_VPOPCNTDQ and AVX512VL too. */
const struct pd_lane_kernels *pd_lanes_popcnt(void);
/* The best of this machine, or no better than PADAN_CPU=scalar or =avx2. */
const struct pd_lane_kernels *pd_lanes_choose(void);

/* out [n]: the value where it passes, else -1 for a similarity and infinity for a distance. How many pass. */
size_t pd_lanes_compare(const struct pd_lane_kernels *kernels, const struct pd_lane_pairs *pairs,
                        const struct pd_lane_cutoff *cutoff, double *out);

/* Equal bytes at the beginning of both, at most 4. Zeros behind the end of both count as equal. */
static inline unsigned pd_lanes_common_start(uint32_t a, uint32_t b)
{
    return (unsigned)__builtin_ctzll((a ^ b) | UINT64_C(1) << 32) / 8;
}

/* Whether the heads of two texts leave it open that they pass. */
static inline bool pd_lanes_may_pass(const struct pd_lane_head *a, const struct pd_lane_head *b,
                                     const struct pd_lane_cutoff *cutoff)
{
    const uint32_t room = a->room > b->room ? a->room : b->room;
    const uint32_t common = (uint32_t)__builtin_popcountll(a->signature & b->signature) + UINT8_MAX - room;
    return common >= cutoff->least[a->length_class][b->length_class][pd_lanes_common_start(a->start, b->start)];
}

#endif
