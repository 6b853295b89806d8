/* SPDX-License-Identifier: MIT
 * What sifting of pairs keeps of a batch (row_plan.h): the pairs whose level in a comparison of texts is open until
 * their similarity is known, so that it can be computed for all of them at once (lanes.h). */
#ifndef PD_COMPARE_ROW_LANES_H
#define PD_COMPARE_ROW_LANES_H

#include "compare/plan.h"
#include "compare/text_cache.h"

enum { PD_LANE_BATCH = 512 };

/* A pair whose level is open. */
struct pd_open_pair {
    uint32_t pair;        /* index in the batch */
    uint32_t answers;     /* to the tests of the comparison (struct pd_level_table) */
    uint32_t left, right; /* codes of its texts, not NULL */
};

/* Of one comparison. */
struct pd_open_pairs {
    const struct pd_lane_cutoff *cutoff; /* NULL: its similarity is not compared in lanes */
    const struct pd_level_table *table;
    struct pd_text_cache caches[2]; /* of the left column, and of the right one when it is another */
    bool two_columns;
    struct pd_open_pair *pairs; /* [n_max] */
    size_t n;
};

/* Pairs of `open` whose texts have heads in its caches. */
struct pd_headed_pairs {
    struct pd_open_pair *pairs;                         /* [n] */
    uint32_t left[PD_LANE_BATCH], right[PD_LANE_BATCH]; /* of their texts in the caches */
    size_t n;
};

/* Takes pairs [begin, begin + n_pairs) of `open`, n_pairs at most PD_LANE_BATCH. They are void when more are taken. */
void pd_open_pairs_take(struct pd_open_pairs *open, size_t begin, size_t n_pairs, struct pd_headed_pairs *out);
/* Whether the heads of pair i leave it open that its similarity passes a cutoff. */
static inline bool pd_headed_may_pass(const struct pd_open_pairs *open, const struct pd_headed_pairs *pairs, size_t i,
                                      const struct pd_lane_cutoff *cutoff)
{
    const struct pd_text_cache *const rights = &open->caches[open->two_columns];
    return pd_lanes_may_pass(&open->caches[0].texts.heads[pairs->left[i]], &rights->texts.heads[pairs->right[i]],
                             cutoff);
}
/* values [pairs->n]: exact where the comparison's levels need it, else any beyond the outermost constant. */
void pd_open_pairs_compare(struct pd_open_pairs *open, const struct pd_lane_kernels *kernels,
                           const struct pd_headed_pairs *pairs, double *values);

/* Makes room for n_max pairs, where the slot of the comparison is one that lanes compare; else nothing. OUT_OF_MEMORY;
 * to be reset in any case. */
PADAN_MUST_CHECK enum padan_status pd_open_pairs_init(struct pd_open_pairs *open, const struct pd_plan *plan,
                                                      const struct pd_plan_comparison *comparison, size_t n_max,
                                                      struct padan_error *error);
void pd_open_pairs_reset(struct pd_open_pairs *open);

#endif
