/* SPDX-License-Identifier: MIT
 * Rows put in order of small codes by counting, so that every group of equal codes is one run. Stable: ordering by
 * source, then entity, then cluster gives runs of clusters, inside them runs of entities, inside them of sources. */
#ifndef PD_EVALUATE_ORDER_H
#define PD_EVALUATE_ORDER_H

#include "base/status.h"

/* Reorders rows [n] by code[row] (each <= max_code), using scratch [n]. O(n + max_code). */
PADAN_MUST_CHECK enum padan_status pd_order_by(uint32_t *rows, uint32_t *scratch, size_t n, const uint32_t *code,
                                               uint32_t max_code, struct padan_error *error);

/* End of the run of equal codes that begins at begin. */
static inline size_t pd_run_end(const uint32_t *rows, size_t begin, size_t end, const uint32_t *code)
{
    size_t at = begin + 1;
    while (at < end && code[rows[at]] == code[rows[begin]]) at++;
    return at;
}

#endif
