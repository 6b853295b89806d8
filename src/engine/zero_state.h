/* SPDX-License-Identifier: MIT
 * What zero configuration holds while it makes a model, and the words of it that go to decisions.txt. */
#ifndef PD_ENGINE_ZERO_STATE_H
#define PD_ENGINE_ZERO_STATE_H

#include "auto/comparisons.h"
#include "auto/estimate.h"
#include "auto/rules.h"
#include "auto/threshold.h"
#include "auto/uniqueness.h"
#include "engine/zero.h"
#include "linking/linker.h"

enum { PD_ZERO_SETS_MAX = PD_COMPARISONS_MAX + 1 };

struct pd_zero {
    const struct pd_zero_options *options;
    struct pd_auto_data data;
    struct pd_arena arena;
    struct pd_profiles profiles;
    struct pd_auto_comparisons comparisons;
    struct pd_auto_rules rules;
    struct pd_model *model;
    struct pd_linker linker;
    uint8_t *scope; /* matrix */
    double all_pairs;
    /* pairs for u: set 0 random, set i + 1 of pairs equal in profile i, when it is a parent */
    struct pd_levelled_pairs sets[PD_ZERO_SETS_MAX];
    size_t n_sets;
    size_t set_of[PD_COMPARISONS_MAX];
    struct pd_pair *random_pairs;
    size_t n_random;
    /* candidates */
    struct pd_edges edges;
    double *extra;
    struct pd_equal_pairs *equal;
    double (*start)[PD_GAMMAS];
    struct pd_estimate estimate;
    struct pd_estimate_start before; /* related.lambda 0: none */
    struct pd_uniqueness uniqueness;
    struct pd_auto_threshold threshold;
    struct pd_buffer *said;
};

/* What was found out about the columns, and the rules; before training. */
void pd_zero_say_columns(struct pd_zero *zero);
void pd_zero_say_rules(struct pd_zero *zero);
/* Weights, threshold, doubt and clustering; at the end. */
void pd_zero_say_result(struct pd_zero *zero);

#endif
