/* SPDX-License-Identifier: MIT
 * Which of several payments may stay: cuts payments into chains of overlapping periods and keeps of each chain the set
 * without overlaps that is worth most, ties by most rows, then by earlier end and record (weighted interval scheduling,
 * Kleinberg and Tardos, Algorithm Design, 6.1). */
#ifndef PD_RECONCILE_KEEP_H
#define PD_RECONCILE_KEEP_H

#include "model/payment.h"

/* A payment in a chain. */
struct pd_chain_row {
    struct pd_payment payment;
    bool kept;
};

/* Told of every chain of two payments or more; may be NULL. */
typedef enum padan_status pd_chain_found(void *context, const struct pd_chain_row *rows, size_t n,
                                         struct padan_error *error);

/* Working memory, to be used again and again; {0} is empty. */
struct pd_keeper {
    struct pd_chain_row *rows;
    struct pd_keep_step *steps;
    size_t rows_capacity, steps_capacity;
};

/* Leaves in payments[0 .. *n) those that are kept, in order of begin and record. Cost O(n log n). */
PADAN_MUST_CHECK enum padan_status pd_keep(struct pd_keeper *keeper, struct pd_payment *payments, size_t *n,
                                           pd_chain_found *found, void *context, struct padan_error *error);
void pd_keeper_reset(struct pd_keeper *keeper);

#endif
