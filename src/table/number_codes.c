/* SPDX-License-Identifier: MIT */
#include "table/number_codes.h"

#include "base/hash.h"
#include "base/memory.h"

enum { N_SLOTS = 4 * PD_NUMBER_CODES_MAX, FIRST_NUMBERS = 1024 };

void pd_number_codes_reset(struct pd_number_codes *codes)
{
    pd_free(codes->numbers);
    pd_free(codes->slots);
    *codes = (struct pd_number_codes){ 0 };
}

static size_t slot_of(const struct pd_number_codes *codes, int64_t number)
{
    size_t slot = pd_mix64((uint64_t)number) & (codes->n_slots - 1);
    while (codes->slots[slot] != 0 && codes->numbers[codes->slots[slot]] != number)
        slot = (slot + 1) & (codes->n_slots - 1);
    return slot;
}

uint32_t pd_number_codes_find(const struct pd_number_codes *codes, int64_t number)
{
    return codes->slots[slot_of(codes, number)];
}

enum padan_status pd_number_codes_make(const struct pd_column *column, size_t n_records, struct pd_number_codes *codes,
                                       struct padan_error *error)
{
    size_t capacity = FIRST_NUMBERS, n_slots = FIRST_NUMBERS;
    while (n_slots < N_SLOTS && n_slots < 4 * n_records) n_slots *= 2;
    *codes = (struct pd_number_codes){ .n_slots = n_slots };
    enum padan_status status = pd_allocate(&codes->numbers, capacity, sizeof *codes->numbers, error);
    if (status == PADAN_OK) status = pd_allocate(&codes->slots, n_slots, sizeof *codes->slots, error);
    for (size_t i = 0; i < n_records && status == PADAN_OK; i++) {
        const int64_t number = pd_column_integer(column, i);
        if (number == PD_NULL_INT) continue;
        const size_t slot = slot_of(codes, number);
        if (codes->slots[slot] != 0) continue;
        if (codes->n == PD_NUMBER_CODES_MAX) {
            pd_number_codes_reset(codes);
            return PADAN_OK;
        }
        status = pd_grow(&codes->numbers, &capacity, codes->n + 2, sizeof *codes->numbers, error);
        if (status != PADAN_OK) break;
        codes->numbers[++codes->n] = number;
        codes->slots[slot] = (uint32_t)codes->n;
    }
    if (status != PADAN_OK) pd_number_codes_reset(codes);
    return status;
}
