/* SPDX-License-Identifier: MIT
 * A plan that reads its answers off packed rows: the same levels and weights as pd_plan_score, from one cache line per
 * record instead of one per record and column.
 *
 * The answers to all comparisons' tests of equality and NULL are found first; each bounds what its comparison can
 * still give, whatever its similarity is. Similarities are then computed, those first that decide most at least cost,
 * and after each the bound is replaced by what it gave; where kernels bound them in a few ns, that is asked first. A
 * pair is given up as soon as weights so far and bounds of the rest cannot reach the weight needed, which bounds per
 * comparison tell much sooner than the most a comparison can ever give. What is known of a comparison for sure is
 * settled: most pairs of equal numbers are when they are sifted, and scoring them reads neither rows nor texts. What
 * was found of two names is remembered for the next pairs of rows that have them (compare/place_memo.h).
 *
 * Comparisons whose columns have no room in the rows are answered by the plan, from columns. */
#ifndef PD_COMPARE_ROW_PLAN_H
#define PD_COMPARE_ROW_PLAN_H

#include "compare/plan.h"
#include "model/packed_rows.h"
#include "model/pair.h"

struct pd_row_comparison;
struct pd_row_lanes;

/* Frequencies that are fetched some pairs ahead, by the field of their values. */
struct pd_row_ahead {
    const struct pd_packed_field *key;
    const struct pd_term_frequency *frequency;
};
enum { PD_ROWS_AHEAD_MAX = 4 };

/* By word of facts, the guards that comparisons look at (compare/bound_memo.h). */
struct pd_bound_masks {
    bool usable; /* they leave room for one another */
    uint64_t unequal[PD_PACKED_WORDS_MAX], missing[PD_PACKED_WORDS_MAX];
};

struct pd_row_plan {
    const struct pd_plan *plan;
    const struct pd_packed_rows *rows;
    struct pd_row_comparison *comparisons; /* [plan's n_comparisons], those that decide most at least cost first */
    uint8_t tightened[PD_COMPARISONS_MAX]; /* [n_tightened] those that are bounded once more before texts are fetched */
    size_t n_tightened;
    struct pd_row_ahead ahead[PD_ROWS_AHEAD_MAX];
    size_t n_ahead;
    size_t n_memos; /* comparisons that remember */
    struct pd_bound_masks bound_masks;
    struct pd_arena arena;
};

/* Marks the columns whose words scoring may read beside rows that are laid out but not yet filled; false when that
 * cannot be told, and all have to stay. */
bool pd_row_plan_mark_columns(const struct pd_plan *plan, const struct pd_packed_rows *rows, bool *needed);
/* Whether scoring may ask a column for more than whether values are equal or NULL. */
bool pd_row_plan_reads_values(const struct pd_plan *plan, int column);
/* Compiles; plan and rows (laid out and filled) must outlive the result. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_row_plan_make(const struct pd_plan *plan, const struct pd_packed_rows *rows,
                                                    struct pd_row_plan *out, struct padan_error *error);
void pd_row_plan_reset(struct pd_row_plan *row_plan);

/* Keeps, at the front and in their order, the pairs that may reach needed; how many. The others cannot, by their rows,
 * by similarities of small cost and by those of texts, which are computed for all pairs at once. n at most PD_SIFT_MAX.
 * What was found of them stays in lanes for pd_row_plan_score. */
enum { PD_SIFT_MAX = 2048 };
size_t pd_row_plan_sift(const struct pd_row_plan *row_plan, struct pd_row_lanes *lanes, struct pd_pair *pairs, size_t n,
                        pd_weight needed);
/* As pd_plan_score, for pair i of those that were kept last. */
bool pd_row_plan_score(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes,
                       struct pd_condition_worker *worker, const struct pd_pair *pair, size_t i, pd_weight needed,
                       int8_t *gammas, pd_weight *weight);

/* Scratch of one thread for the above. OUT_OF_MEMORY; to be freed in any case. */
PADAN_MUST_CHECK enum padan_status pd_row_lanes_make(const struct pd_row_plan *row_plan, struct pd_row_lanes **lanes,
                                                     struct padan_error *error);
void pd_row_lanes_free(struct pd_row_lanes *lanes);

/* Brings into cache what scoring pair i of those that were kept will read beside the rows: first where it lies, then
 * itself. */
void pd_row_plan_prefetch_places(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes,
                                 const struct pd_pair *pair, size_t i);
void pd_row_plan_prefetch(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes,
                          const struct pd_pair *pair, size_t i);

#endif
