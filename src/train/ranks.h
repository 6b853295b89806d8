/* SPDX-License-Identifier: MIT
 * What it says that a pair is the best of both its rows.
 *
 * How alike rows are by chance differs from row to row: a good of a long series has many neighbours, a single one has
 * none. Levels do not know that, a row's other candidates do. So where rows compete, whether a pair is the best of both
 * its rows is one more thing that pairs are compared by, with an m and a u of its own.
 *
 * m is counted: how many of the expected matches are the best of both rows. u is not, because the best pairs of rows
 * without a match would pass for matches and teach that no other pair is ever best. It comes from decoys: with all
 * pairs gone that are the best of both rows, those that are now best show how often chance makes one, by weight. Where
 * rows have a match, chance makes fewer, since it has to beat the match; the share of rows that do is known from m.
 * Source: decoys that compete with the targets, Elias and Gygi 2007; here a row's second best is its decoy. */
#ifndef PD_TRAIN_RANKS_H
#define PD_TRAIN_RANKS_H

#include "model/levelled_pairs.h"
#include "model/model.h"

/* Bits of weight that pairs are told apart by. */
enum { PD_RANK_BINS = PD_LEVELS_MAX };

struct pd_ranks {
    bool *best;    /* [n] of both rows; owned */
    double *bests; /* [n_records * n_sources], owned */
    size_t n;
    double *share; /* [n_sources] rows that have a match in another source, owned */
    double matches[PD_RANK_BINS], nones[PD_RANK_BINS], decoys[PD_RANK_BINS];
    double m_best;               /* share of the matches that are the best of both rows */
    double chance[PD_RANK_BINS]; /* the same of others, where no row has a match */
    double above[PD_RANK_BINS];  /* share of the matches that weigh as much or more */
};

PADAN_MUST_CHECK enum padan_status pd_ranks_make(struct pd_ranks *ranks, const struct pd_rivals *rivals, size_t n,
                                                 struct padan_error *error);
void pd_ranks_reset(struct pd_ranks *ranks);
/* Ranks the pairs by weights [n], and learns what that says from the probabilities [n] of the step before. */
void pd_ranks_learn(struct pd_ranks *ranks, const struct pd_rivals *rivals, const double *weights,
                    const double *probabilities);
/* Bits that its rank adds to a pair of this weight. */
double pd_ranks_bits(const struct pd_ranks *ranks, const struct pd_rivals *rivals, size_t pair, double weight);

#endif
