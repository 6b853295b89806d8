/* SPDX-License-Identifier: MIT
 * Pairs by kind: those of one kind are at the same levels and bring the same bits of frequencies, so that a mixture
 * says the same of all of them. Half a million pairs drawn at random are some thousand kinds. */
#ifndef PD_TRAIN_KINDS_H
#define PD_TRAIN_KINDS_H

#include "model/levelled_pairs.h"

/* In the order in which pairs show them first. */
struct pd_kinds {
    size_t n, n_pairs;
    int8_t *gammas;    /* [n * n_comparisons] */
    double *extra;     /* [n] */
    uint64_t *counts;  /* [n] pairs */
    uint32_t *kind_of; /* [n_pairs] */
};

PADAN_MUST_CHECK enum padan_status pd_kinds_make(const struct pd_levelled_pairs *pairs, size_t n_comparisons,
                                                 struct pd_kinds *kinds, struct padan_error *error);
void pd_kinds_reset(struct pd_kinds *kinds);

#endif
