/* SPDX-License-Identifier: MIT
 * The one-to-one matching of two small sets that is worth most.
 * Source: the Hungarian method, Kuhn 1955, with potentials and shortest augmenting paths. */
#ifndef PD_BASE_ASSIGNMENT_H
#define PD_BASE_ASSIGNMENT_H

#include <stddef.h>
#include <stdint.h>

enum { PD_ASSIGNMENT_MAX = 12, PD_ASSIGNMENT_NONE = 255 };

/* worths[i][j] of i in the one set with j in the other, both of PD_ASSIGNMENT_MAX, 0 for those that are not there or
 * must not be matched; none below 0, all finite. matched [PD_ASSIGNMENT_MAX] out: the j of every i, PD_ASSIGNMENT_NONE
 * where that is worth nothing. n: no i or j from it on is worth anything. Returns the sum. O(n^3). */
double pd_assign(const double worths[PD_ASSIGNMENT_MAX][PD_ASSIGNMENT_MAX], size_t n,
                 uint8_t matched[PD_ASSIGNMENT_MAX]);

#endif
