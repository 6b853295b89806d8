/* SPDX-License-Identifier: MIT
 * A model compiled for one table: comparisons in the order that decides soonest, exact weights, exact bounds.
 *
 * A pair is scored comparison by comparison, the cheapest and most decisive first. After each, the weight so far plus
 * the most that the remaining comparisons can still add is compared with the weight needed; below it the pair is given
 * up. Weights are integers, so a kept pair has the same weight and levels in any order. */
#ifndef PD_COMPARE_PLAN_H
#define PD_COMPARE_PLAN_H

#include "compare/lanes.h"
#include "compare/level_table.h"
#include "compare/term_frequency.h"
#include "model/source_pairs.h"

struct pd_plan_level {
    struct pd_test test; /* PD_TEST_ALWAYS for ELSE */
    int gamma;
    pd_weight weight;
    const struct pd_term_frequency *frequency; /* NULL when none */
};

/* The most a level can give. */
static inline pd_weight pd_most_of_level(const struct pd_plan_level *level)
{
    return level->weight + (level->frequency == NULL ? 0 : level->frequency->largest);
}

struct pd_plan_comparison {
    struct pd_plan_level *levels;
    size_t n_levels;
    size_t index;                        /* in the model */
    const struct pd_level_table *table;  /* NULL: levels are tested one by one */
    const struct pd_lane_cutoff *cutoff; /* not NULL: the table's similarity is of two texts in lanes; the outermost, */
    const struct pd_lane_cutoff *cutoffs; /* of [n_cuts of the table] */
    unsigned cost;
    pd_weight largest; /* the most it can give */
};

struct pd_plan {
    const struct pd_model *model;
    struct pd_source_weights sources; /* priors */
    struct pd_conditions conditions;
    struct pd_plan_comparison *comparisons; /* in order of evaluation */
    size_t n_comparisons;
    pd_weight *still; /* [n_comparisons + 1] the most that comparisons i.. can give together */
    struct pd_term_frequency *frequencies;
    size_t n_frequencies;
    struct pd_test **residuals; /* [n_passes][n_residual of the pass] */
    const size_t *n_residuals;
};

/* Compiles comparisons. deriver must outlive the plan. Residual conditions are added by pd_plan_add_residuals; then
 * pd_plan_prepare once. The model's conditions must be bound to the deriver's table. */
PADAN_MUST_CHECK enum padan_status pd_plan_make(const struct pd_model *model, struct pd_deriver *deriver,
                                                struct pd_plan *plan, struct padan_error *error);
/* conditions [n_passes][n_conditions[pass]] borrowed. */
PADAN_MUST_CHECK enum padan_status pd_plan_add_residuals(struct pd_plan *plan, struct pd_expression ***conditions,
                                                         const size_t *n_conditions, size_t n_passes,
                                                         struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_plan_prepare(struct pd_plan *plan, struct padan_error *error);
void pd_plan_reset(struct pd_plan *plan);

/* Scores one pair. needed: INT64_MIN scores fully. gammas [model's n_comparisons] out, in model order. Returns whether
 * the weight (prior included) reaches needed; otherwise weight and gammas are unspecified. */
bool pd_plan_score(const struct pd_plan *plan, struct pd_condition_worker *worker, uint32_t left, uint32_t right,
                   pd_weight needed, int8_t *gammas, pd_weight *weight);
/* The level of a comparison for the pair that the worker began: index of levels, PD_LEVEL_NONE when none holds. */
unsigned pd_plan_find_level(const struct pd_plan *plan, struct pd_condition_worker *worker,
                            const struct pd_plan_comparison *comparison);
/* The weight of a level for a pair, term frequency included. */
pd_weight pd_plan_weight(const struct pd_plan *plan, const struct pd_plan_level *level, uint32_t left, uint32_t right);
/* True when every residual condition of a pass holds. */
bool pd_plan_residual(const struct pd_plan *plan, struct pd_condition_worker *worker, size_t pass, uint32_t left,
                      uint32_t right);
/* The level of comparison `index` of the model with this gamma, or NULL; and its weight, 0 for NULL. */
const struct pd_plan_level *pd_plan_level_of(const struct pd_plan *plan, size_t index, int gamma);
pd_weight pd_plan_level_weight(const struct pd_plan *plan, size_t index, int gamma, uint32_t left, uint32_t right);

/* The plan in words: columns, tests, order, bounds, and what falls back to the interpreter. */
struct pd_buffer;
void pd_plan_print(const struct pd_plan *plan, struct pd_buffer *out);

#endif
