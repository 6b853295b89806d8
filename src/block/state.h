/* SPDX-License-Identifier: MIT
 * What the parts of a blocking run share: the run itself (pairs.c) and the emission of blocks (emit.c). Used inside
 * block/ only. */
#ifndef PD_BLOCK_STATE_H
#define PD_BLOCK_STATE_H

#include "base/hash.h"
#include "base/radix.h"
#include "block/foresight.h"
#include "block/groups.h"
#include "block/keys.h"
#include "block/marks.h"
#include "block/part.h"
#include "block/sweep.h"

enum { PD_PAIR_BATCH = 2048, PD_LEVEL_BITS = 3 };

/* How equality of the effective keys of a pass is told. */
struct pd_pass_columns {
    bool by_rows;                        /* keys from packed rows, else from marks alone */
    bool exact;                          /* by_rows: no key is stored as a hash */
    bool plain;                          /* exact, and equal keys are all it asks */
    bool may_cut;                        /* blocks have a limit, or the pass is by marks */
    bool has_cuts;                       /* by_rows, after the pass: some block was cut, so marks must be read */
    uint64_t masks[PD_PACKED_WORDS_MAX]; /* guards of the keys that rows hold, by word of facts */
    uint64_t lanes[PD_PACKED_WORDS_MAX]; /* the same by word of the row, a whole word being all ones */
    uint64_t bits[PD_PACKED_WORDS_MAX];  /* guards and values of these keys, by word of the row */
    size_t n_words;                      /* words that have any, ... */
    uint8_t words[PD_PACKED_WORDS_MAX];  /* ... and which */
    struct pd_marks left, right;         /* may_cut: by side; of a symmetric pass, left */
};

/* Mark of a record whose block was cut and whose part of it was not compared; no level is that deep. */
#define PD_MARK_DROPPED UINT32_MAX

/* What is needed of the filter for every pair, at hand. */
struct pd_filter_lookup {
    size_t n_words, n_field_words, n_whole_words, n_fact_words;
    uint64_t guards[PD_PACKED_WORDS_MAX], values[PD_PACKED_WORDS_MAX];
    uint64_t equal_masks[PD_PACKED_WORDS_MAX], null_masks[PD_PACKED_WORDS_MAX]; /* of words of facts */
    unsigned equal_shifts[PD_PACKED_WORDS_MAX], null_shifts[PD_PACKED_WORDS_MAX];
    bool any_null;
    size_t n_near;
    struct pd_packed_near near[PD_PACKED_NEAR_MAX];
    unsigned near_shift;
    bool all_alive;
    const uint8_t *alive;
    const struct pd_pair_filter *filter;
    /* By word of the row: of fields, and all ones for whole words. */
    uint64_t lane_guards[PD_PACKED_WORDS_MAX], lane_values[PD_PACKED_WORDS_MAX], lane_whole[PD_PACKED_WORDS_MAX];
};

struct pd_exploded_pass; /* block/exploded.h */

/* Everything a chunk of one pass needs; one per run, read by all workers. */
struct pd_block_state {
    const struct pd_block_run *run;
    size_t pass;
    struct pd_pass_columns *columns; /* [n_passes] */
    struct pd_filter_lookup lookup;
    bool has_bmi2, has_avx2, has_avx512; /* the last: all that sweep_avx512.c asks for */
    struct pd_sweep sweep;               /* of the pass at hand */
    bool marks_are_set;                  /* the pass is run once more, or blocks are portable: marks are there */
    struct pd_exploded_pass **exploded;  /* [n_passes] what is kept of passes over entries, NULL for others */
    struct pd_groups groups;             /* most later blocks hold those of the first pass again */
    struct pd_block_items items;
    size_t *chunk_begins; /* [n_chunks + 1] parts of the items */
    size_t n_chunks, chunks_capacity;
    struct pd_block_worker *workers;
    struct pd_block_statistics *chunk_statistics;
    struct pd_foresight foresight; /* of no passes where nobody asks */
};

/* A run of members of one source inside a block. */
struct pd_source_run {
    size_t begin, end, n_linked;
    size_t source;
};

/* Scratch of one thread. */
struct pd_block_worker {
    struct pd_pair *pairs;
    size_t n_pairs;
    struct pd_key *members; /* of the block at hand and, behind it, its refinements */
    size_t members_capacity;
    struct pd_source_run *runs; /* [n_sources] of the block whose pairs were counted last */
    size_t n_runs;
    uint8_t *linked; /* its members that have a mark of the scope, if there are any */
    size_t linked_capacity;
    uint64_t *rows; /* of the members of a block */
    size_t rows_capacity;
    bool swept;        /* the members of the block are laid out in columns (sweep.h), */
    uint64_t *columns; /* each stride words apart */
    size_t stride, columns_capacity;
    bool verify; /* the members of the block are not known to have one key: pairs are verified by value */
    struct pd_noted_marks noted; /* of the pass at hand */
    struct pd_group_counts group_counts[PD_GROUP_PASSES];
    struct pd_block_part part; /* of the chunk at hand */
    size_t chunk;
    int index;
    enum padan_status status;
    struct padan_error error;
    _Alignas(64) char padding[64];
};

static inline const struct pd_pass *pd_current_pass(const struct pd_block_state *state)
{
    return &state->run->passes->passes[state->pass];
}

/* Pairs that a block of the pass at hand may have; 0: any number. */
static inline uint64_t pd_block_most_pairs(const struct pd_block_state *state)
{
    return state->run->portable != NULL ? 0 : pd_current_pass(state)->max_pairs;
}

/* Mark of a record whose key of this hash has so many refinements in it. */
static inline uint32_t pd_block_mark(uint64_t hash, size_t level)
{
    return (uint32_t)(pd_mix64(hash) >> 32) << PD_LEVEL_BITS | (uint32_t)(level + 1);
}

/* The pair of two records with the one first that is left. */
static inline struct pd_pair pd_block_pair(const struct pd_block_state *state, uint32_t a, uint32_t b)
{
    const uint32_t *rank = state->run->rank;
    const bool swapped = rank != NULL ? rank[a] > rank[b] : a > b;
    return swapped ? (struct pd_pair){ b, a } : (struct pd_pair){ a, b };
}

/* Marks of the members of a block, where pairs of two marked ones of these runs are out of scope; else NULL. */
static inline const uint8_t *pd_block_linked_members(const struct pd_block_state *state,
                                                     const struct pd_block_worker *worker,
                                                     const struct pd_source_run *a, const struct pd_source_run *b)
{
    const struct pd_scope *scope = state->run->scope;
    const bool always = scope->matrix[a->source * scope->n_sources + b->source] == PD_SCOPE_ALWAYS;
    return always || scope->linked == NULL ? NULL : worker->linked;
}

/* Lays the run's filter ready for emission. */
void pd_block_prepare_lookup(struct pd_block_state *state);
/* In-scope pairs of a block whose members ascend by record. An asymmetric pass counts an upper bound. The worker knows
 * the block's runs then. */
uint64_t pd_block_count_pairs(const struct pd_block_state *state, struct pd_block_worker *worker,
                              const struct pd_key *members, size_t n);
/* Hands over the pairs in scope of the block that was counted last that no earlier pass emits; level: refinements that
 * were used on it. */
void pd_block_emit(const struct pd_block_state *state, struct pd_block_worker *worker,
                   struct pd_block_statistics *statistics, const struct pd_key *members, size_t n, size_t level);
/* All n records of a block whose rows were gathered have one key, not two of one hash, as far as rows tell keys. */
bool pd_block_have_equal_keys(const struct pd_block_state *state, const struct pd_block_worker *worker, size_t n);
/* Notes that a block is about to be cut: what no part of it compares was not emitted. */
void pd_block_mark_cut(const struct pd_block_state *state, struct pd_block_worker *worker, const struct pd_key *members,
                       size_t n);
/* Sets the marks of some records of the pass at hand, unless they are set. */
void pd_block_set_marks(const struct pd_block_state *state, struct pd_block_worker *worker,
                        const struct pd_key *members, size_t n, uint32_t mark);
/* Makes room for the marks of the pass at hand, and puts what the workers noted where it is found. */
PADAN_MUST_CHECK enum padan_status pd_block_begin_marks(struct pd_block_state *state, struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_block_finish_marks(struct pd_block_state *state, struct padan_error *error);
/* Whether the pass in question of the run, not one of entries, emits a pair: equal effective keys, a true residual. */
bool pd_block_emits(const struct pd_block_state *state, int worker, size_t pass, uint32_t left, uint32_t right);
/* The same of a pair whose keys in that pass may agree by what rows tell. */
bool pd_block_pass_emits(const struct pd_block_state *state, int worker, size_t pass, uint32_t left, uint32_t right);
/* emit_avx2.c: rows alone tell which pairs of a block the pass at hand finds; and the pairs of members of two runs, or
 * of one with itself, in scope, judged by vectors of words. */
bool pd_block_is_plain(const struct pd_block_state *state);
void pd_block_offer_avx2(const struct pd_block_state *state, struct pd_block_worker *worker,
                         struct pd_block_statistics *statistics, const struct pd_key *members,
                         const struct pd_source_run *a, const struct pd_source_run *b);
/* Counts a pair that the pass at hand finds; whether no earlier pass emits it and it can reach the weight needed. */
bool pd_block_judge(const struct pd_block_state *state, int worker, struct pd_block_statistics *statistics,
                    uint32_t left, uint32_t right);
/* A run's state: what it needs for all its passes; and one pass. */
PADAN_MUST_CHECK enum padan_status pd_block_state_make(struct pd_block_state *state, struct padan_error *error);
void pd_block_state_free(struct pd_block_state *state);
PADAN_MUST_CHECK enum padan_status pd_block_run_pass(struct pd_block_state *state,
                                                     struct pd_block_statistics *statistics, struct padan_error *error);
/* Gives the collected pairs to the consumer. */
void pd_block_flush(const struct pd_block_state *state, struct pd_block_worker *worker);

#endif
