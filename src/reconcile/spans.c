/* SPDX-License-Identifier: MIT */
#include "reconcile/spans.h"

#include "base/memory.h"
#include "base/tally.h"

static bool is_dated(const struct pd_payment *payment)
{
    return payment->begin != INT32_MIN && payment->end != INT32_MAX;
}

/* Distinct periods of all payments, sorted by begin and end: days are shifted so that they sort as unsigned words. */
static enum padan_status distinct_periods(const struct pd_slices *slices, struct pd_tally *periods,
                                          struct padan_error *error)
{
    for (size_t i = 0; i < slices->n_items; i++) {
        const struct pd_payment payment = pd_payment_of_slice(&slices->items[i]);
        int64_t *metrics = NULL;
        if (!is_dated(&payment)) continue;
        const uint64_t begin = (uint64_t)((int64_t)payment.begin - INT32_MIN);
        PD_TRY(pd_tally_at(periods, (struct pd_tally_key){ begin, (uint64_t)((int64_t)payment.end - INT32_MIN) },
                           &metrics, error));
    }
    return pd_tally_sort(periods, error);
}

static enum padan_status join_periods(const struct pd_tally *periods, struct pd_span **spans, size_t *n_spans,
                                      struct padan_error *error)
{
    size_t n = 0;
    PD_TRY(pd_allocate(spans, periods->n_used + 1, sizeof **spans, error));
    for (size_t i = 0; i < periods->n_used; i++) {
        const int32_t begin = (int32_t)((int64_t)periods->keys[i].high + INT32_MIN);
        const int32_t end = (int32_t)((int64_t)periods->keys[i].low + INT32_MIN);
        if (n > 0 && begin <= (*spans)[n - 1].end) {
            if (end > (*spans)[n - 1].end) (*spans)[n - 1].end = end;
        } else {
            (*spans)[n++] = (struct pd_span){ begin, end };
        }
    }
    if (n == 0) (*spans)[n++] = (struct pd_span){ INT32_MIN, INT32_MAX };
    *n_spans = n;
    return PADAN_OK;
}

enum padan_status pd_spans_find(const struct pd_slices *slices, struct pd_span **spans, size_t *n_spans,
                                struct padan_error *error)
{
    struct pd_tally periods;
    PD_TRY(pd_tally_init(&periods, 1, error));
    enum padan_status status = distinct_periods(slices, &periods, error);
    if (status == PADAN_OK) status = join_periods(&periods, spans, n_spans, error);
    pd_tally_reset(&periods);
    return status;
}

size_t pd_span_of(const struct pd_span *spans, size_t n_spans, const struct pd_payment *payment)
{
    if (!is_dated(payment)) return SIZE_MAX;
    size_t low = 0;
    while (low + 1 < n_spans) {
        const size_t middle = low + (n_spans - low) / 2;
        if (spans[middle].begin <= payment->begin)
            low = middle;
        else
            n_spans = middle;
    }
    return low;
}
