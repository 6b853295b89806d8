/* SPDX-License-Identifier: MIT
 * Pairs of a larger block, four or eight at a time. The packed rows of its members are laid out word by word, so that
 * one record is compared with as many others in one vector: what they have equal, which earlier pass has the pair, how
 * far digits are apart, and with that the index of the filter's table. The same answers as emit.c, pair by pair.
 *
 *   columns[word][member]     words of the row; then of every near column its word, and 3 where that is digits; then
 *                             which bits of the index the member's NULLs are; then all ones where it is linked
 *
 * For passes whose pairs are told from rows alone, in blocks whose members all have the same key. Used inside block/
 * only. */
#ifndef PD_BLOCK_SWEEP_H
#define PD_BLOCK_SWEEP_H

#include "block/block.h"

enum { PD_SWEEP_LANES_MAX = 8, PD_SWEEP_PASSES_MAX = 32, PD_SWEEP_MEMBERS_MIN = 6 };

enum pd_sweep_half { PD_SWEEP_LOW, PD_SWEEP_HIGH, PD_SWEEP_HALVES };
_Static_assert(PD_FILTER_BITS_MAX <= 8 * PD_SWEEP_HALVES, "bits of the index have a byte each");

/* A bit of the index that says that a field is unequal. */
struct pd_sweep_bit {
    uint64_t shift; /* of the guard, to where the index has it */
    uint64_t mask;  /* the bit in the index */
    size_t word;    /* of the row */
};

/* When the keys of an earlier pass may agree: none of the bits is in the guards of unequal fields. */
struct pd_sweep_earlier {
    uint64_t masks[PD_PACKED_WORDS_MAX]; /* of words[i] */
    uint8_t words[PD_PACKED_WORDS_MAX]; /* of the row; those of which the pass at hand knows all to be equal left out */
    size_t n_words, pass;
};

struct pd_block_state;
struct pd_key;
struct pd_block_worker;
struct pd_source_run;
/* The pairs of members of two runs, or of one with itself, in scope. */
typedef void pd_sweep_runs(const struct pd_block_state *state, struct pd_block_worker *worker,
                           struct pd_block_statistics *statistics, const struct pd_key *members,
                           const struct pd_source_run *a, const struct pd_source_run *b);

/* What is the same for all blocks of a pass. */
struct pd_sweep {
    pd_sweep_runs *runs;                                                     /* NULL: pairs are judged one by one */
    size_t n_words, n_columns;                                               /* of the row; of a block */
    struct pd_sweep_bit right[PD_FILTER_BITS_MAX], left[PD_FILTER_BITS_MAX]; /* by which way they are shifted */
    size_t n_right, n_left;
    /* The same by halves of the index, of which each byte here is a bit: where a word of the row has it, in bits, and
     * whether it has it. */
    uint64_t starts[PD_SWEEP_HALVES][PD_PACKED_WORDS_MAX], picked[PD_SWEEP_HALVES][PD_PACKED_WORDS_MAX];
    struct pd_sweep_earlier plain[PD_SWEEP_PASSES_MAX];  /* that have the pair when keys may agree */
    struct pd_sweep_earlier others[PD_SWEEP_PASSES_MAX]; /* that have to be asked then */
    size_t n_plain, n_others;
};

/* Makes the sweep of the state's pass ready. */
void pd_sweep_prepare(struct pd_block_state *state);
/* Lays out the n members of a block whose runs were found and rows gathered; false where pairs must be judged one by
 * one. A worker whose status is not PADAN_OK afterwards has found no memory. */
bool pd_sweep_lay(const struct pd_block_state *state, struct pd_block_worker *worker, size_t n);
/* For processors that have AVX2, and what sweep_avx512.c asks for. */
pd_sweep_runs pd_sweep_runs_avx2, pd_sweep_runs_avx512;

#endif
