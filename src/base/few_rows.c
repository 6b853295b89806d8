/* SPDX-License-Identifier: MIT */
#include "base/few_rows.h"

#include "base/memory.h"

enum padan_status pd_few_rows_make(size_t n_rows, struct pd_few_rows *few, struct padan_error *error)
{
    *few = (struct pd_few_rows){ .n_words = n_rows / PD_FEW_WORD_BITS + 1 };
    PD_TRY(pd_allocate(&few->bits, few->n_words, sizeof *few->bits, error));
    return pd_allocate_array(&few->before, few->n_words, sizeof *few->before, error);
}

void pd_few_rows_reset(struct pd_few_rows *few)
{
    pd_free(few->bits);
    pd_free(few->before);
    *few = (struct pd_few_rows){ 0 };
}

size_t pd_few_rows_number(struct pd_few_rows *few)
{
    uint32_t n = 0;
    for (size_t word = 0; word < few->n_words; word++) {
        few->before[word] = n;
        n += (uint32_t)__builtin_popcountll(few->bits[word]);
    }
    return n;
}
