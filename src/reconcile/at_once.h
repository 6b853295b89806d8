/* SPDX-License-Identifier: MIT
 * The programs that pay a unit at once, on one day. Payments that only lie in one span of periods are not: another
 * payment may have joined the span. */
#ifndef PD_RECONCILE_AT_ONCE_H
#define PD_RECONCILE_AT_ONCE_H

#include "model/payment.h"

/* The most programs that pay on one day: of several days the one of most money, then the first. payments [n > 0] in
 * order of program; money: all payments of each program, in that order. Bit i is the i-th program, of 64 at most.
 * Quadratic in n. */
uint64_t pd_paid_at_once(const struct pd_payment *payments, size_t n, const int64_t *money);
int64_t pd_money_at_once(uint64_t programs, const int64_t *money);

#endif
