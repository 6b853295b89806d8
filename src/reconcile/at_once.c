/* SPDX-License-Identifier: MIT
 * Method: a set that is largest on some day is so on the first day of one of its payments, so only those are tried. */
#include "reconcile/at_once.h"

int64_t pd_money_at_once(uint64_t programs, const int64_t *money)
{
    int64_t sum = 0;
    for (; programs != 0; programs &= programs - 1) sum += money[__builtin_ctzll(programs)];
    return sum;
}

static uint64_t programs_on(const struct pd_payment *payments, size_t n, int32_t day)
{
    uint64_t programs = 0;
    unsigned place = 0;
    for (size_t i = 0; i < n; i++) {
        place += i > 0 && payments[i].program != payments[i - 1].program;
        if (payments[i].begin <= day && day <= payments[i].end) programs |= UINT64_C(1) << place;
    }
    return programs;
}

uint64_t pd_paid_at_once(const struct pd_payment *payments, size_t n, const int64_t *money)
{
    if (payments[0].program == payments[n - 1].program) return 1;
    uint64_t best = 0;
    int64_t most = 0;
    int32_t first = INT32_MAX;
    for (size_t i = 0; i < n; i++) {
        const int32_t day = payments[i].begin;
        const uint64_t programs = programs_on(payments, n, day);
        const int more = __builtin_popcountll(programs) - __builtin_popcountll(best);
        const int64_t sum = pd_money_at_once(programs, money);
        if (more < 0 || (more == 0 && (sum < most || (sum == most && day >= first)))) continue;
        best = programs;
        most = sum;
        first = day;
    }
    return best;
}
