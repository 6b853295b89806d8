/* SPDX-License-Identifier: MIT
 * Pairs that have the same levels weigh the same, but for the order in which their weights were summed: they stand or
 * fall together. */
#ifndef PD_AUTO_SAME_WEIGHT_H
#define PD_AUTO_SAME_WEIGHT_H

#include <stdbool.h>

/* Sums of the same bits differ by less than this. */
#define PD_SAME_BITS 1e-6

/* Whether the next one of a falling list of weights, in bits, is the same weight. */
static inline bool pd_auto_same_weight(double likelier, double next)
{
    return next > likelier - PD_SAME_BITS;
}

#endif
