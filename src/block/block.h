/* SPDX-License-Identifier: MIT
 * Blocking: candidate pairs from the model's rules, each pair once, without a table or a set of pairs.
 *
 * Each rule is a pass. A pass hashes the key of every record, sorts (hash, record) in slices, and the runs of equal
 * hashes are its blocks; the in-scope pairs of a block go to the consumer in batches. A block with more pairs than
 * allowed is cut into smaller ones by the pass's refining keys in turn; what is still too large after the last is not
 * compared, counted and reported. A record's *effective key* in a pass is its key with the refinements that were used
 * on its block, or none.
 *
 * Emit once: a pair belongs to the first pass whose effective keys agree and whose residual condition holds. Equal keys
 * are read off the packed rows of the two records. Where a pass cut blocks, the records of those have a 32-bit mark of
 * the part they ended in (block/marks.h); a pass whose keys do not fit into packed rows marks every record that has a
 * block. Equal marks are verified by value.
 *
 * A rule with arrays to explode brings *entries* together, a record and one element of its array each. It emits a pair
 * of records once, whichever entries meet (exploded.c).
 *
 * Pairs that by their packed rows cannot reach the weight needed are counted, but not handed to the consumer. */
#ifndef PD_BLOCK_BLOCK_H
#define PD_BLOCK_BLOCK_H

#include "model/derive.h"
#include "model/exploded.h"
#include "model/pair.h"
#include "model/pair_filter.h"

enum { PD_PASS_KEYS_MAX = 8, PD_PASS_REFINE_MAX = 4, PD_LARGEST_BLOCKS = 5 };

struct pd_pass_key {
    int left, right; /* columns; the same one in a symmetric pass */
    bool by_text;    /* columns with different dictionaries: compare texts */
};

struct pd_pass {
    struct pd_text sql;
    struct pd_exploded *exploded; /* the table of keys, refinements and residuals; NULL: that of the run */
    struct pd_pass_key keys[PD_PASS_KEYS_MAX];
    size_t n_keys; /* 0: one block of all records (a rule without an equality) */
    int refine[PD_PASS_REFINE_MAX];
    size_t n_refine;
    bool symmetric;
    uint64_t max_pairs;
    struct pd_expression **residual; /* conjuncts that are no key, [n_residual] */
    size_t n_residual;
};

struct pd_passes {
    struct pd_pass *passes;
    size_t n_passes;
    /* A run whose scope says that it is the first look leaves out the passes behind n_first; one whose scope marks
     * nobody as linked, those behind n_common, which are for unlinked records alone. */
    size_t n_first, n_common;
    struct pd_arena arena;
};

/* Splits the rules of model (bound to the deriver's table) into keys, refinements and residual conditions, deriving the
 * columns they need. */
PADAN_MUST_CHECK enum padan_status pd_block_compile(const struct pd_model *model, struct pd_deriver *deriver,
                                                    struct pd_passes *passes, struct padan_error *error);
void pd_passes_reset(struct pd_passes *passes);
/* How many of the passes, from the first on, a run over the scope has. */
static inline size_t pd_passes_of_scope(const struct pd_passes *passes, const struct pd_scope *scope)
{
    if (scope->linked != NULL) return passes->n_passes;
    return scope->first_look ? passes->n_first : passes->n_common;
}
/* Rows with equal keys in one symmetric pass have equal keys in the other, whose keys are all among its own. */
bool pd_pass_tells(const struct pd_pass *pass, const struct pd_pass *other);
/* A run reads the keys of the pass off the rows alone: columns that are only its keys may be dropped once rows are
 * filled. */
bool pd_pass_is_in_rows(const struct pd_pass *pass, const struct pd_packed_rows *rows);

struct pd_block_statistics {
    uint64_t n_pairs;                    /* in scope, with equal effective keys and a true residual */
    uint64_t n_new;                      /* of these, emitted by this pass */
    uint64_t largest[PD_LARGEST_BLOCKS]; /* blocks with a pair in scope, in records or entries, largest first */
    uint64_t n_blocks;                   /* with at least one pair in scope */
    uint64_t n_blocks_cut;               /* too large: refined or dropped */
    uint64_t n_not_compared; /* in-scope pairs with equal keys that a cut removed; of entries, where there are some */
};

/* Notes a block of n records. */
static inline void pd_block_note_size(struct pd_block_statistics *statistics, uint64_t n)
{
    uint64_t *largest = statistics->largest;
    size_t i = PD_LARGEST_BLOCKS;
    if (n <= largest[PD_LARGEST_BLOCKS - 1]) return;
    for (; i > 1 && largest[i - 2] < n; i--) largest[i - 1] = largest[i - 2];
    largest[i - 1] = n;
}
/* Adds the counts of a part to those of the whole. */
void pd_block_add_statistics(struct pd_block_statistics *sum, const struct pd_block_statistics *part);

struct pd_portable_blocks; /* block/portable.h */

struct pd_block_run {
    const struct pd_table *table;
    const struct pd_passes *passes;
    const struct pd_scope *scope;
    const uint32_t *rank; /* [n_records] order that decides which record of a pair is left; NULL = record id */
    const struct pd_pair_filter *filter;       /* with its rows: fields of as many key columns as there is room for */
    const struct pd_portable_blocks *portable; /* only pairs of these blocks are wanted; NULL: of all */
    int threads;
    size_t slice_words; /* about how many keys of a pass are sorted at once; 0: as many as pays */
    /* True when every residual conjunct of the pass holds for the pair (of entries, where the pass has them). */
    bool (*residual)(void *context, int worker, size_t pass, uint32_t left, uint32_t right);
    /* Told before a pass, or a slice of it: how many chunks it will have. */
    enum padan_status (*begin_pass)(void *context, size_t pass, size_t n_chunks, struct padan_error *error);
    /* Takes pairs of one chunk, in order, to do with as it likes; chunks come from several threads at once. */
    enum padan_status (*consume)(void *context, size_t pass, size_t chunk, int worker, struct pd_pair *pairs,
                                 size_t n_pairs, struct padan_error *error);
    void *context;
    /* Told what part of the run is done, by the thread that called it; may be NULL. */
    void (*part)(void *context, double part);
    void *part_context;
};

/* Runs all passes. statistics [n_passes] out. Memory: 13 bytes per record (8 of them for a slice of the records at a
 * time; twice as many where a pass has two keys), up to 16 MB per thread, 32 bytes per record of a block that was cut,
 * 2 more where few records call (block/called.h), and 4 bytes per record and pass whose keys packed rows do not hold, 8
 * where it has two key columns. */
PADAN_MUST_CHECK enum padan_status pd_block_pairs(const struct pd_block_run *run,
                                                  struct pd_block_statistics *statistics, struct padan_error *error);

#endif
