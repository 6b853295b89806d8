/* SPDX-License-Identifier: MIT
 * Payments that are too many where the person of one is not the likely one but another that it may be (the alternatives
 * of reconcile/likely.h). To be called when certain and likely duplicates are known: such a payment counts once in a
 * class, whoever shows it, and not at all where it is certainly too many already. */
#ifndef PD_RECONCILE_POSSIBLE_DUPLICATES_H
#define PD_RECONCILE_POSSIBLE_DUPLICATES_H

#include "model/duplicate.h"
#include "reconcile/payments.h"

/* Adds groups of two payments, to be reviewed, behind the others; the one that is worth less is too many. */
PADAN_MUST_CHECK enum padan_status pd_possible_duplicates(const struct pd_payment_options *options,
                                                          struct pd_duplicates *duplicates, struct padan_error *error);

/* duplicates.c: the class of a pair of one person's payments: by their numbers and what else they say. */
enum pd_duplicate_class pd_duplicate_class_of(const struct pd_linkage *linkage, uint32_t a, uint32_t b);

#endif
