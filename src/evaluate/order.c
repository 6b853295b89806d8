/* SPDX-License-Identifier: MIT */
#include "evaluate/order.h"

#include "base/memory.h"

#include <string.h>

enum padan_status pd_order_by(uint32_t *rows, uint32_t *scratch, size_t n, const uint32_t *code, uint32_t max_code,
                              struct padan_error *error)
{
    uint32_t *begins = NULL;
    PD_TRY(pd_allocate(&begins, (size_t)max_code + 2, sizeof *begins, error));
    for (size_t i = 0; i < n; i++) begins[code[rows[i]] + 1]++;
    for (size_t i = 1; i < (size_t)max_code + 2; i++) begins[i] += begins[i - 1];
    for (size_t i = 0; i < n; i++) scratch[begins[code[rows[i]]]++] = rows[i];
    memcpy(rows, scratch, n * sizeof *rows);
    pd_free(begins);
    return PADAN_OK;
}
