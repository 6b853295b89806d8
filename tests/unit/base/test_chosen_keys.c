/* SPDX-License-Identifier: MIT */
#include "base/chosen_keys.h"

#include "base/hash.h"
#include "base/memory.h"

#include <criterion/criterion.h>

enum { BEGIN = 100, END = 300000, HASHES = 5000 };

/* Every third row, by one of few hashes. */
static bool takes(const void *context, size_t row, uint64_t *hash)
{
    *hash = pd_mix64(row % HASHES);
    return context != NULL && row % 3 == 0;
}

Test(chosen_keys, are_sorted_by_hash_and_then_by_row)
{
    for (int threads = 1; threads <= 3; threads++) {
        const struct pd_choice choice = { takes, NULL, &threads };
        struct pd_key *keys = NULL;
        size_t n = 0;
        size_t n_runs = 0;
        cr_assert_eq(pd_chosen_keys(&choice, BEGIN, END, threads, &keys, &n, NULL), PADAN_OK);
        cr_assert_eq(n, (END - BEGIN) / 3);
        for (size_t i = 0; i < n; i++) {
            cr_assert(keys[i].record >= BEGIN && keys[i].record < END && keys[i].record % 3 == 0);
            cr_assert_eq(keys[i].hash, pd_mix64(keys[i].record % HASHES));
            if (i == 0) continue;
            const bool same = keys[i - 1].hash == keys[i].hash;
            cr_assert(same ? keys[i - 1].record < keys[i].record : keys[i - 1].hash < keys[i].hash);
        }
        for (size_t i = 0; i < n; i = pd_key_run_end(keys, n, i)) n_runs++;
        cr_expect_eq(n_runs, HASHES);
        for (size_t i = 0; i < n; i += 7) {
            const size_t begin = pd_key_run_begin(keys, n, i);
            cr_assert(begin == n || begin == 0 || keys[begin - 1].hash != keys[begin].hash);
        }
        pd_free(keys);
    }
}

Test(chosen_keys, of_no_rows_are_none)
{
    const struct pd_choice choice = { takes, NULL, NULL };
    for (size_t end = BEGIN; end < BEGIN + 2; end++) {
        struct pd_key *keys = NULL;
        size_t n = 1;
        cr_assert_eq(pd_chosen_keys(&choice, BEGIN, end, 2, &keys, &n, NULL), PADAN_OK);
        cr_expect_eq(n, 0);
        pd_free(keys);
    }
}
