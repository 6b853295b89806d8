/* SPDX-License-Identifier: MIT */
#include "reconcile/at_once.h"

#include "base/hash.h"

#include <criterion/criterion.h>

enum { DAYS = 12, PAYMENTS_MAX = 14, PROGRAMS_MAX = 5 };

/* All days one after another. */
static uint64_t by_days(const struct pd_payment *payments, size_t n, const int64_t *money)
{
    uint64_t best = 0;
    for (int32_t day = 0; day <= 2 * DAYS; day++) {
        uint64_t programs = 0;
        for (size_t i = 0, place = 0; i < n; i++) {
            place += i > 0 && payments[i].program != payments[i - 1].program;
            if (payments[i].begin <= day && payments[i].end >= day) programs |= UINT64_C(1) << place;
        }
        const int n_now = __builtin_popcountll(programs), n_best = __builtin_popcountll(best);
        if (n_now > n_best || (n_now == n_best && pd_money_at_once(programs, money) > pd_money_at_once(best, money)))
            best = programs;
    }
    return best;
}

Test(at_once, the_programs_are_those_of_the_day_with_most)
{
    uint64_t state = 1;
    size_t n_parted = 0;
    for (size_t round = 0; round < 5000; round++) {
        struct pd_payment payments[PAYMENTS_MAX] = { { 0 } };
        int64_t money[PROGRAMS_MAX] = { 0 };
        int32_t program = 0;
        const size_t n = 1 + (state = pd_mix64(state)) % PAYMENTS_MAX;
        for (size_t i = 0; i < n; i++) {
            state = pd_mix64(state);
            program += i > 0 && program + 1 < PROGRAMS_MAX && state % 3 == 0;
            payments[i] =
                (struct pd_payment){ .program = (int16_t)program, .begin = (int32_t)(state >> 8) & 0x7fffffff };
            payments[i].begin %= DAYS;
            payments[i].end = payments[i].begin + (int32_t)(state >> 48) % DAYS;
            money[program] += (int64_t)(state >> 40 & 3); /* often as much as another's */
        }
        const uint64_t found = pd_paid_at_once(payments, n, money);
        cr_assert_eq(found, by_days(payments, n, money), "round %zu", round);
        n_parted += __builtin_popcountll(found) <= program;
    }
    cr_assert_gt(n_parted, 500, "units whose programs never paid at once: %zu", n_parted);
}

Test(at_once, a_payment_without_days_is_made_on_all_of_them)
{
    static const int64_t money[] = { 1, 2, 4 };
    static const struct pd_payment payments[] = { { .program = 1, .begin = INT32_MIN, .end = INT32_MAX },
                                                  { .program = 4, .begin = 10, .end = 19 },
                                                  { .program = 7, .begin = 20, .end = 29 } };
    cr_expect_eq(pd_paid_at_once(payments, 1, money), 1);
    cr_expect_eq(pd_paid_at_once(payments, 2, money), 3);
    cr_expect_eq(pd_paid_at_once(payments, 3, money), 5, "of two days the one of most money");
    cr_expect_eq(pd_money_at_once(5, money), 5);
}
