/* SPDX-License-Identifier: MIT */
#include "reconcile/keep.h"

#include "base/memory.h"
#include "reconcile/payments.h"

#include <stdlib.h>

/* The best that the first i rows of a chain can keep. */
struct pd_keep_step {
    int64_t money;
    size_t n;
    size_t before; /* rows that end before row i begins */
    bool taken;    /* row i belongs to it */
};

void pd_keeper_reset(struct pd_keeper *keeper)
{
    pd_free(keeper->rows);
    pd_free(keeper->steps);
    *keeper = (struct pd_keeper){ 0 };
}

static int by_begin(const void *a, const void *b)
{
    const struct pd_payment *x = a;
    const struct pd_payment *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

static int by_end(const void *a, const void *b)
{
    const struct pd_payment *x = &((const struct pd_chain_row *)a)->payment;
    const struct pd_payment *y = &((const struct pd_chain_row *)b)->payment;
    if (x->end != y->end) return x->end < y->end ? -1 : 1;
    return (x->record > y->record) - (x->record < y->record);
}

/* How many of rows[0 .. n), ordered by end, end before a day. */
static size_t count_before(const struct pd_chain_row *rows, size_t n, int32_t day)
{
    size_t low = 0;
    while (low < n) {
        const size_t middle = low + (n - low) / 2;
        if (rows[middle].payment.end < day)
            low = middle + 1;
        else
            n = middle;
    }
    return low;
}

/* Marks what a chain keeps. */
static void choose(struct pd_chain_row *rows, size_t n, struct pd_keep_step *steps)
{
    qsort(rows, n, sizeof *rows, by_end);
    steps[0] = (struct pd_keep_step){ 0 };
    for (size_t i = 0; i < n; i++) {
        const size_t before = count_before(rows, i, rows[i].payment.begin);
        const int64_t money = steps[before].money + pd_payment_money(&rows[i].payment);
        const size_t kept = steps[before].n + 1;
        steps[i + 1] = steps[i];
        steps[i + 1].before = before;
        steps[i + 1].taken = money > steps[i].money || (money == steps[i].money && kept > steps[i].n);
        if (!steps[i + 1].taken) continue;
        steps[i + 1].money = money;
        steps[i + 1].n = kept;
    }
    for (size_t i = 0; i < n; i++) rows[i].kept = false;
    for (size_t i = n; i > 0;) {
        if (!steps[i].taken) {
            i--;
            continue;
        }
        rows[i - 1].kept = true;
        i = steps[i].before;
    }
}

static enum padan_status keep_chain(struct pd_keeper *keeper, const struct pd_payment *chain, size_t n,
                                    pd_chain_found *found, void *context, struct padan_error *error)
{
    PD_TRY(pd_grow(&keeper->rows, &keeper->rows_capacity, n, sizeof *keeper->rows, error));
    PD_TRY(pd_grow(&keeper->steps, &keeper->steps_capacity, n + 1, sizeof *keeper->steps, error));
    for (size_t i = 0; i < n; i++) keeper->rows[i] = (struct pd_chain_row){ .payment = chain[i] };
    choose(keeper->rows, n, keeper->steps);
    return found == NULL ? PADAN_OK : found(context, keeper->rows, n, error);
}

enum padan_status pd_keep(struct pd_keeper *keeper, struct pd_payment *payments, size_t *n, pd_chain_found *found,
                          void *context, struct padan_error *error)
{
    size_t n_kept = 0;
    if (*n < 2) return PADAN_OK;
    pd_payments_sort(payments, *n, by_begin);
    for (size_t begin = 0; begin < *n;) {
        size_t end = begin + 1;
        int32_t reach = payments[begin].end;
        for (; end < *n && payments[end].begin <= reach; end++)
            if (payments[end].end > reach) reach = payments[end].end;
        if (end - begin == 1) {
            payments[n_kept++] = payments[begin];
        } else {
            PD_TRY(keep_chain(keeper, payments + begin, end - begin, found, context, error));
            for (size_t i = 0; i < end - begin; i++)
                if (keeper->rows[i].kept) payments[n_kept++] = keeper->rows[i].payment;
        }
        begin = end;
    }
    pd_payments_sort(payments, n_kept, by_begin);
    *n = n_kept;
    return PADAN_OK;
}
