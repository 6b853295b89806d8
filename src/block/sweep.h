/* SPDX-License-Identifier: MIT
 * Pairs of a larger block, four at a time. The packed rows of its members are laid out word by word, so that one
 * record is compared with four others in one vector: what they have equal, which earlier pass has the pair, how far
 * digits are apart, and with that the index of the filter's table. The same answers as emit.c, pair by pair.
 *
 *   columns[word][member]     words of the row; then of every near column its word, and 3 where that is digits; then
 *                             which bits of the index the member's NULLs are; then all ones where it is linked
 *
 * For passes whose pairs are told from rows alone, in blocks whose members all have the same key. Used inside block/
 * only. */
#ifndef PD_BLOCK_SWEEP_H
#define PD_BLOCK_SWEEP_H

#include "block/block.h"

enum { PD_SWEEP_LANES = 4, PD_SWEEP_PASSES_MAX = 32, PD_SWEEP_MEMBERS_MIN = 6 };

/* A bit of the index that says that a field is unequal. */
struct pd_sweep_bit {
    _Alignas(32) uint64_t shift[PD_SWEEP_LANES]; /* of the guard, to where the index has it */
    uint64_t mask[PD_SWEEP_LANES];               /* the bit in the index */
    size_t word;                                 /* of the row */
};

/* When the keys of an earlier pass may agree: none of the bits is in the guards of unequal fields. */
struct pd_sweep_earlier {
    uint64_t masks[PD_PACKED_WORDS_MAX]; /* of words[i] */
    uint8_t words[PD_PACKED_WORDS_MAX]; /* of the row; those of which the pass at hand knows all to be equal left out */
    size_t n_words, pass;
};

/* What is the same for all blocks of a pass. */
struct pd_sweep {
    bool usable;
    size_t n_words, n_columns;                                               /* of the row; of a block */
    struct pd_sweep_bit right[PD_FILTER_BITS_MAX], left[PD_FILTER_BITS_MAX]; /* by which way they are shifted */
    size_t n_right, n_left;
    struct pd_sweep_earlier plain[PD_SWEEP_PASSES_MAX];  /* that have the pair when keys may agree */
    struct pd_sweep_earlier others[PD_SWEEP_PASSES_MAX]; /* that have to be asked then */
    size_t n_plain, n_others;
};

struct pd_block_state;
struct pd_key;
struct pd_block_worker;
struct pd_source_run;

/* Makes the sweep of the state's pass ready. */
void pd_sweep_prepare(struct pd_block_state *state);
/* Lays out the n members of a block whose runs were found and rows gathered; false where pairs must be judged one by
 * one. A worker whose status is not PADAN_OK afterwards has found no memory. */
bool pd_sweep_lay(const struct pd_block_state *state, struct pd_block_worker *worker, size_t n);
/* The pairs of members of two runs, or of one with itself, in scope. */
void pd_sweep_runs(const struct pd_block_state *state, struct pd_block_worker *worker,
                   struct pd_block_statistics *statistics, const struct pd_key *members, const struct pd_source_run *a,
                   const struct pd_source_run *b);

#endif
