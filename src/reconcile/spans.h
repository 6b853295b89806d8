/* SPDX-License-Identifier: MIT
 * The spans of a job: the periods of all payments, joined where they overlap. */
#ifndef PD_RECONCILE_SPANS_H
#define PD_RECONCILE_SPANS_H

#include "model/overlap.h"
#include "reconcile/payments.h"

/* *spans [*n_spans >= 1] ascending; the caller frees. */
PADAN_MUST_CHECK enum padan_status pd_spans_find(const struct pd_slices *slices, struct pd_span **spans,
                                                 size_t *n_spans, struct padan_error *error);
/* The span of a payment; SIZE_MAX for one without a period, which is in all of them. */
size_t pd_span_of(const struct pd_span *spans, size_t n_spans, const struct pd_payment *payment);

#endif
