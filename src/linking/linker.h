/* SPDX-License-Identifier: MIT
 * A model made ready for one table, and the run of blocking and scoring over it: where block/ and compare/ meet. */
#ifndef PD_LINKING_LINKER_H
#define PD_LINKING_LINKER_H

#include "block/block.h"
#include "compare/plan.h"
#include "linking/edge_order.h"
#include "linking/exploded_residuals.h"

struct pd_linker {
    struct pd_table *table;
    struct pd_model *model;
    int threads;
    struct pd_deriver deriver;
    size_t n_key_derivations; /* the first of the deriver's, which are for keys and refinements */
    struct pd_passes passes;
    struct pd_plan plan;
    size_t *n_residuals;                    /* [n_passes] */
    struct pd_expression ***residuals;      /* [n_passes] */
    struct pd_exploded_residual **exploded; /* [n_passes] instead, of passes over entries; NULL for others */
    struct pd_condition_worker *workers;    /* [threads] */
    struct pd_block_statistics *statistics; /* [n_passes] summed over all runs */
    struct pd_packed_rows rows;             /* from the first run on, until pd_linker_rest */
    bool has_rows;
    /* Set by a caller who will call pd_linker_run once more and then never again: columns that were made for keys and
     * are in packed rows are dropped before pairs are looked for. */
    bool last_run;
    /* With last_run: nobody reads a column after the run but this one, so that words of others may go as soon as rows
     * are packed; -1, as pd_linker_make sets it: any column may be read. */
    int read_after;
    uint32_t *rank;     /* [n_records] order that decides which row of a pair is left; NULL: the order of records */
    bool runs_only;     /* made by pd_linker_make_for_runs */
    bool is_narrow;     /* the table is that of a narrowed run (linking/narrowed.h), whose columns are not dropped */
    uint64_t edges_max; /* a run that would keep more fails; 0, for no limit, unless the caller sets it likewise */
    const struct pd_portable_blocks *portable; /* of runs, as in block.h; NULL unless the caller sets it likewise */
    size_t slice_words;                        /* see block.h; 0 unless the caller sets it after pd_linker_make */
    const char *narrow_only; /* a run over all rows fails with LIMIT and says this; NULL unless the caller sets it */
    /* Told what part of a run is done, by the thread that called it; NULL unless the caller sets it likewise. */
    void (*part)(void *context, double part);
    void *part_context;
    const volatile int32_t *cancel; /* not 0: a run ends with CANCELLED; NULL unless the caller sets it likewise */
};

/* The functions a model may use. Static storage. */
const struct pd_function_set *pd_linker_functions(void);

/* Binds the model's conditions to the table and compiles everything. Both must outlive the linker. Adds derived columns
 * to the table. BAD_ARGUMENT when the model names columns the table does not have. */
PADAN_MUST_CHECK enum padan_status pd_linker_make(struct pd_linker *linker, struct pd_table *table,
                                                  struct pd_model *model, int threads, struct padan_error *error);
/* The same for a caller whose pairs are scored by pd_linker_run alone: it prepares names and addresses itself, those
 * of the records that a pair may have where it goes by few records (linking/narrowed.h). */
PADAN_MUST_CHECK enum padan_status pd_linker_make_for_runs(struct pd_linker *linker, struct pd_table *table,
                                                           struct pd_model *model, int threads,
                                                           struct padan_error *error);
void pd_linker_reset(struct pd_linker *linker);

/* Has the left row of a pair be that of linking/pair_order.h, where that makes a difference to the model. */
PADAN_MUST_CHECK enum padan_status pd_linker_order_pairs(struct pd_linker *linker, struct padan_error *error);
/* The pair of two records, left and right as the linker has them. */
static inline struct pd_pair pd_linker_pair(const struct pd_linker *linker, uint32_t a, uint32_t b)
{
    const bool straight = linker->rank != NULL ? linker->rank[a] < linker->rank[b] : a < b;
    return straight ? (struct pd_pair){ a, b } : (struct pd_pair){ b, a };
}

/* Blocks and scores the pairs in scope, and appends those that reach `needed` to edges (kept sorted by left, right;
 * class and decision not set). May be called again with another scope; a pair must not come twice, and the table must
 * not change between. */
PADAN_MUST_CHECK enum padan_status pd_linker_run(struct pd_linker *linker, const struct pd_scope *scope,
                                                 pd_weight needed, struct pd_edges *edges, struct padan_error *error);

/* Gives memory back that runs keep for the next one. */
void pd_linker_rest(struct pd_linker *linker);
/* The same, and what only scoring reads: no further run. Levels and their weights can still be told. */
void pd_linker_finish(struct pd_linker *linker);
/* Whether rules read columns as wholes and nothing else: equal words, never a text. */
bool pd_linker_rules_compare_words(const struct pd_linker *linker);

/* Takes pairs with the levels of all comparisons, those of a chunk in order; chunks come from several threads at once.
 */
struct pd_level_visitor {
    enum padan_status (*begin_pass)(void *context, size_t pass, size_t n_chunks, struct padan_error *error);
    enum padan_status (*take)(void *context, size_t chunk, int worker, struct pd_pair pair, const int8_t *gammas,
                              struct padan_error *error);
    void *context;
};
/* Blocks, and levels every pair in scope, whatever it weighs. Not of a linker made for runs alone. */
PADAN_MUST_CHECK enum padan_status pd_linker_levels(struct pd_linker *linker, const struct pd_scope *scope,
                                                    const struct pd_level_visitor *visitor, struct padan_error *error);

/* Takes candidate pairs; see the functions of the same names in block.h. */
struct pd_pair_visitor {
    enum padan_status (*begin_pass)(void *context, size_t pass, size_t n_chunks, struct padan_error *error);
    enum padan_status (*consume)(void *context, size_t pass, size_t chunk, int worker, const struct pd_pair *pairs,
                                 size_t n_pairs, struct padan_error *error);
    void *context;
};
/* Blocks without scoring: pairs in scope go to the visitor, under the rule that finds them first; those that packed
 * rows alone show to stay below `needed` do not (INT64_MIN: every pair goes). statistics [n_passes] out. */
PADAN_MUST_CHECK enum padan_status pd_linker_pairs(struct pd_linker *linker, const struct pd_scope *scope,
                                                   pd_weight needed, const struct pd_pair_visitor *visitor,
                                                   struct pd_block_statistics *statistics, struct padan_error *error);

#endif
