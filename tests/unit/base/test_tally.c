/* SPDX-License-Identifier: MIT */
#include "base/tally.h"

#include "base/random.h"

#include <criterion/criterion.h>

enum { KEYS = 40, ADDITIONS = 20000 };

static void add(struct pd_tally *tally, uint64_t high, uint64_t low, int64_t value)
{
    int64_t *metrics = NULL;
    cr_assert_eq(pd_tally_at(tally, (struct pd_tally_key){ high, low }, &metrics, NULL), PADAN_OK);
    metrics[0] += value;
    metrics[1]++;
}

/* Against a plain table; two tables merged hold what one would. */
Test(tally, sums_by_key_in_any_order)
{
    static int64_t sums[KEYS][KEYS][2];
    struct pd_tally parts[2];
    struct pd_random random = pd_random_stream(3, 1);
    for (int i = 0; i < 2; i++) cr_assert_eq(pd_tally_init(&parts[i], 2, NULL), PADAN_OK);
    for (int i = 0; i < ADDITIONS; i++) {
        const uint64_t high = 1 + pd_random_below(&random, KEYS - 1);
        const uint64_t low = pd_random_below(&random, KEYS);
        const int64_t value = (int64_t)pd_random_below(&random, 1000) - 300;
        add(&parts[i % 3 == 0], high, low, value);
        sums[high][low][0] += value;
        sums[high][low][1]++;
    }
    cr_assert_eq(pd_tally_merge(&parts[0], &parts[1], NULL), PADAN_OK);
    size_t n = 0;
    for (size_t high = 0; high < KEYS; high++)
        for (size_t low = 0; low < KEYS; low++) {
            const int64_t *found = high == 0 ? NULL : pd_tally_find(&parts[0], (struct pd_tally_key){ high, low });
            cr_expect_eq(found != NULL, sums[high][low][1] > 0);
            if (found == NULL) continue;
            n++;
            cr_expect(found[0] == sums[high][low][0] && found[1] == sums[high][low][1]);
        }
    cr_expect_eq(parts[0].n_used, n);
    for (int i = 0; i < 2; i++) pd_tally_reset(&parts[i]);
}

Test(tally, lists_its_keys_in_order)
{
    struct pd_tally tally;
    cr_assert_eq(pd_tally_init(&tally, 2, NULL), PADAN_OK);
    cr_assert_eq(pd_tally_sort(&tally, NULL), PADAN_OK);
    cr_expect_eq(tally.n_used, 0);
    add(&tally, 2, 1, 21);
    add(&tally, UINT64_MAX, 0, 9);
    add(&tally, 1, UINT64_MAX, 12);
    add(&tally, 2, 0, 20);
    cr_assert_eq(pd_tally_sort(&tally, NULL), PADAN_OK);
    static const int64_t wanted[] = { 12, 20, 21, 9 };
    for (size_t i = 0; i < 4; i++) cr_expect_eq(tally.metrics[i * 2], wanted[i]);
    pd_tally_reset(&tally);
}
