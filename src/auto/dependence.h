/* SPDX-License-Identifier: MIT
 * Which columns predict each other among non-matches, as a forest: every column has at most one parent.
 * Source: Chow and Liu 1968 (the spanning tree of greatest mutual information), over "the values are equal". */
#ifndef PD_AUTO_DEPENDENCE_H
#define PD_AUTO_DEPENDENCE_H

#include "model/levelled_pairs.h"

struct pd_dependence {
    size_t n;
    const double *equal;                  /* [n] share of non-matches that are equal in a column */
    const struct pd_agreement *given;     /* [n * n] row: pairs equal in this column; what the others do there */
    const struct pd_agreement *at_random; /* [n] what columns do in pairs of any rows */
};

/* parents [n] out: index of the column that predicts this one, -1 = none. */
PADAN_MUST_CHECK enum padan_status pd_dependence_forest(const struct pd_dependence *dependence, int *parents,
                                                        struct padan_error *error);

/* The column that makes another one alike, where hardly any of such pairs are equal in that: addresses of e-mail are
 * made of names, and those of namesakes and of families are alike. -1 = none does. */
int pd_dependence_of_alike(const struct pd_dependence *dependence, size_t column);

#endif
