/* SPDX-License-Identifier: MIT */
#include "reconcile/keep.h"

#include "base/random.h"

#include <criterion/criterion.h>

enum { ROWS_MAX = 10 };

static struct pd_keeper keeper;

static void forget(void)
{
    pd_keeper_reset(&keeper);
}

TestSuite(keep, .fini = forget);

static struct pd_payment payment(uint32_t record, int32_t begin, int32_t end, int64_t amount)
{
    return (struct pd_payment){ .record = record, .begin = begin, .end = end, .amount = amount };
}

/* Records that are kept, as bits. */
static unsigned kept_of(struct pd_payment *payments, size_t n)
{
    unsigned kept = 0;
    cr_assert_eq(pd_keep(&keeper, payments, &n, NULL, NULL, NULL), PADAN_OK);
    for (size_t i = 0; i < n; i++) kept |= 1u << payments[i].record;
    return kept;
}

Test(keep, leaves_what_may_stay)
{
    static const struct {
        const char *name;
        struct {
            int32_t begin, end;
            int64_t amount;
        } rows[4];
        size_t n;
        unsigned kept;
    } cases[] = {
        { "one", { { 1, 3, 5 } }, 1, 1 },
        { "the larger", { { 1, 3, 5 }, { 1, 3, 7 } }, 2, 2 },
        { "the first of equals", { { 1, 3, 5 }, { 1, 3, 5 }, { 1, 3, 5 } }, 3, 1 },
        { "another tahap", { { 1, 3, 5 }, { 4, 6, 5 } }, 2, 3 },
        { "they share one day", { { 1, 4, 5 }, { 4, 6, 5 } }, 2, 1 },
        { "two tahap worth more than the year", { { 1, 12, 8 }, { 1, 6, 5 }, { 7, 12, 5 } }, 3, 6 },
        { "the year worth more than two tahap", { { 1, 12, 11 }, { 1, 6, 5 }, { 7, 12, 5 } }, 3, 1 },
        { "an unknown amount against a known one", { { 1, 3, PD_NULL_INT }, { 1, 3, 5 } }, 2, 2 },
        { "more rows where money says nothing", { { 1, 12, 0 }, { 1, 6, 0 }, { 7, 12, 0 } }, 3, 6 },
        { "no period overlaps every period",
          { { INT32_MIN, INT32_MAX, 5 }, { 1, 3, 5 }, { 4, 6, 5 }, { 9, 9, 5 } },
          4,
          14 },
        { "a chain of three", { { 1, 4, 5 }, { 4, 8, 9 }, { 8, 9, 5 } }, 3, 5 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pd_payment payments[4];
        for (size_t k = 0; k < cases[i].n; k++)
            payments[k] = payment((uint32_t)k, cases[i].rows[k].begin, cases[i].rows[k].end, cases[i].rows[k].amount);
        cr_expect_eq(kept_of(payments, cases[i].n), cases[i].kept, "%s", cases[i].name);
    }
}

/* The most money that any set of payments without overlaps is worth: all sets are tried. */
static int64_t most_money(const struct pd_payment *payments, size_t n)
{
    int64_t most = 0;
    for (unsigned set = 0; set < 1u << n; set++) {
        int64_t sum = 0;
        bool allowed = true;
        for (size_t i = 0; i < n; i++) {
            if ((set >> i & 1) == 0) continue;
            sum += payments[i].amount;
            for (size_t k = 0; k < i; k++)
                allowed = allowed && !((set >> k & 1) != 0 && pd_payments_overlap(&payments[i], &payments[k]));
        }
        if (allowed && sum > most) most = sum;
    }
    return most;
}

Test(keep, is_worth_as_much_as_the_best_of_all_sets)
{
    struct pd_random random = pd_random_stream(7, 1);
    for (int round = 0; round < 500; round++) {
        struct pd_payment payments[ROWS_MAX];
        size_t n = 1 + pd_random_below(&random, ROWS_MAX);
        for (size_t i = 0; i < n; i++) {
            const int32_t begin = (int32_t)pd_random_below(&random, 20);
            payments[i] = payment((uint32_t)i, begin, begin + (int32_t)pd_random_below(&random, 6),
                                  (int64_t)pd_random_below(&random, 5));
        }
        const int64_t most = most_money(payments, n);
        int64_t sum = 0;
        cr_assert_eq(pd_keep(&keeper, payments, &n, NULL, NULL, NULL), PADAN_OK);
        for (size_t i = 0; i < n; i++) {
            sum += payments[i].amount;
            for (size_t k = 0; k < i; k++)
                cr_expect(!pd_payments_overlap(&payments[i], &payments[k]), "round %d", round);
        }
        cr_expect_eq(sum, most, "round %d", round);
    }
}
