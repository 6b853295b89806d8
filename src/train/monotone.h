/* SPDX-License-Identifier: MIT
 * Probabilities of ordered levels whose weights may not fall as agreement grows. */
#ifndef PD_TRAIN_MONOTONE_H
#define PD_TRAIN_MONOTONE_H

#include <stddef.h>

/* The most likely m, given counts of levels 0 (least) .. n-1 (most similar), under m[i]/u[i] <= m[i+1]/u[i+1].
 * It is m = u times the isotonic regression of counts/u with weights u, found by pooling adjacent violators
 * (Robertson, Wright, Dykstra: Order Restricted Statistical Inference, 1988, 1.5 and 5.4).
 * counts >= 0 with a positive sum, u > 0; m sums to `mass`. n <= PD_LEVELS_MAX. */
void pd_monotone_fit(const double *counts, const double *u, size_t n, double mass, double *m);

#endif
