/* SPDX-License-Identifier: MIT */
#include "table/narrow.h"

#include "base/memory.h"

enum padan_status pd_column_narrow(struct pd_column *column, size_t n_records, struct padan_error *error)
{
    if (column->encoding != PD_ENCODING_CODE || column->dictionary->n_entries > UINT16_MAX) return PADAN_OK;
    const bool byte = column->dictionary->n_entries <= UINT8_MAX;
    const uint32_t *codes = column->words;
    void *narrow = NULL;
    PD_TRY(pd_allocate_array(&narrow, n_records, byte ? sizeof(uint8_t) : sizeof(uint16_t), error));
    if (byte)
        for (size_t i = 0; i < n_records; i++) ((uint8_t *)narrow)[i] = (uint8_t)codes[i];
    else
        for (size_t i = 0; i < n_records; i++) ((uint16_t *)narrow)[i] = (uint16_t)codes[i];
    pd_free(column->words);
    column->words = narrow;
    column->encoding = byte ? PD_ENCODING_CODE8 : PD_ENCODING_CODE16;
    return PADAN_OK;
}
