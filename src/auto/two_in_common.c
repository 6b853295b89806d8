/* SPDX-License-Identifier: MIT */
#include "auto/two_in_common.h"

#include "base/hash.h"
#include "base/memory.h"

enum padan_status pd_two_in_common_make(size_t n_records, struct pd_two_in_common *two, struct padan_error *error)
{
    *two = (struct pd_two_in_common){ .n_records = n_records };
    const size_t n_keys = n_records < PD_TWO_KEYS_MOST ? n_records + 1 : PD_TWO_KEYS_MOST;
    return pd_keys_make(n_keys, &two->keys, &two->scratch, error);
}

enum padan_status pd_two_in_common_sort(struct pd_two_in_common *two, pd_word_of_row *word, const void *a,
                                        const void *b, struct padan_error *error)
{
    const size_t n_records = two->n_records;
    const uint64_t most = n_records <= PD_TWO_ROWS_MOST ? UINT64_MAX : UINT64_MAX / n_records * PD_TWO_ROWS_MOST;
    two->n = 0;
    for (size_t i = 0; i < n_records && two->n < PD_TWO_KEYS_MOST; i++) {
        uint64_t of_a = 0, of_b = 0;
        if (!word(a, i, &of_a) || !word(b, i, &of_b)) continue;
        const uint64_t hash = pd_mix64(pd_mix64(of_a) + of_b);
        if (hash <= most) two->keys[two->n++] = (struct pd_key){ hash, (uint32_t)i, 0 };
    }
    return pd_radix_sort(two->keys, two->scratch, two->n, 1, error);
}

void pd_two_in_common_reset(struct pd_two_in_common *two)
{
    pd_free(two->keys);
    *two = (struct pd_two_in_common){ 0 };
}
