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

/* Numbers one value. *too_many: there are as many as may be already. */
static enum padan_status add_number(struct pd_number_codes *codes, size_t *capacity, int64_t number, bool *too_many,
                                    struct padan_error *error)
{
    if (number == PD_NULL_INT) return PADAN_OK;
    const size_t slot = slot_of(codes, number);
    if (codes->slots[slot] != 0) return PADAN_OK;
    *too_many = codes->n == PD_NUMBER_CODES_MAX;
    if (*too_many) return PADAN_OK;
    PD_TRY(pd_grow(&codes->numbers, capacity, codes->n + 2, sizeof *codes->numbers, error));
    codes->numbers[++codes->n] = number;
    codes->slots[slot] = (uint32_t)codes->n;
    return PADAN_OK;
}

enum padan_status pd_number_codes_go_on(const struct pd_column *known, const struct pd_column *column, size_t begin,
                                        size_t end, struct pd_number_codes *codes, struct padan_error *error)
{
    const size_t n_known = known == NULL ? 0 : known->n_numbers;
    size_t capacity = FIRST_NUMBERS, n_slots = FIRST_NUMBERS;
    bool too_many = false;
    while (n_slots < N_SLOTS && n_slots < 4 * (n_known + end - begin)) n_slots *= 2;
    *codes = (struct pd_number_codes){ .n_slots = n_slots };
    enum padan_status status = pd_allocate(&codes->numbers, capacity, sizeof *codes->numbers, error);
    if (status == PADAN_OK) status = pd_allocate(&codes->slots, n_slots, sizeof *codes->slots, error);
    for (size_t i = 1; i <= n_known && status == PADAN_OK && !too_many; i++)
        status = add_number(codes, &capacity, known->numbers[i], &too_many, error);
    for (size_t i = begin; i < end && status == PADAN_OK && !too_many; i++)
        status = add_number(codes, &capacity, pd_column_integer(column, i), &too_many, error);
    if (status != PADAN_OK || too_many) pd_number_codes_reset(codes);
    return status;
}

enum padan_status pd_number_codes_make(const struct pd_column *column, size_t n_records, struct pd_number_codes *codes,
                                       struct padan_error *error)
{
    return pd_number_codes_go_on(NULL, column, 0, n_records, codes, error);
}
