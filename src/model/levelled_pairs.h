/* SPDX-License-Identifier: MIT
 * Pairs with their levels, and what is known of them before a model is estimated: what the stage that chooses columns
 * and rules (auto/) and the one that estimates (train/) tell each other. */
#ifndef PD_MODEL_LEVELLED_PAIRS_H
#define PD_MODEL_LEVELLED_PAIRS_H

#include "model/pair.h"

/* Pairs with all their levels. */
struct pd_levelled_pairs {
    const int8_t *gammas; /* [n_pairs * n_comparisons] */
    const double *extra;  /* [n_pairs] bits from the frequencies of values: minus log2 frequency, summed over levels */
    size_t n_pairs;
    const struct pd_pair *pairs; /* the records; only needed of non-random pairs whose rows compete */
};

/* Rows that compete: when a row has one match at most in every other source, its candidates share what probability
 * there is. Only pairs across sources may be candidates then. */
struct pd_rivals {
    const struct pd_edge *edges; /* [candidates]; NULL = no competition */
    const uint16_t *source_of;   /* [n_records] */
    size_t n_records, n_sources;
    const double *n_rows; /* [n_sources]; given: that a row has no match is as likely as it is to be none of those that
                           * have, NULL: it is taken for likely, as where matches are few */
};

/* Equality of a column in all pairs of scope. */
struct pd_equal_pairs {
    double equal, filled; /* pairs with equal values, pairs with both values; filled 0 = not known */
};

/* Non-matches expected among some pairs. */
struct pd_agreement {
    double n, n_equal; /* those that a comparison has levels for; of these, at the highest */
    double n_alike;    /* of these, at any but the lowest */
};

#endif
