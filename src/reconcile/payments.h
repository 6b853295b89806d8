/* SPDX-License-Identifier: MIT
 * Payments grouped by family, likely family or NIK, and visited group by group on several threads. Only rows that were
 * paid are held, 56 bytes each, whatever the size of the register. */
#ifndef PD_RECONCILE_PAYMENTS_H
#define PD_RECONCILE_PAYMENTS_H

#include "base/radix.h"
#include "model/payment.h"
#include "model/registry.h"
#include "reconcile/likely.h"

struct pd_payment_groups {
    const struct pd_payment_options *options;
    struct pd_key *keys;         /* [n_keys] sorted: a group is a run of equal hashes */
    struct pd_payment *payments; /* [n_keys] those of the groups, in the order in which they are visited */
    size_t n_keys;
    size_t n_chunks;
};

struct pd_payment_options {
    const struct pd_linkage *linkage;
    const struct pd_slices *slices; /* who was paid, by what program and when */
    size_t n_programs;
    const bool *pays_families;                  /* [n_programs] */
    const uint32_t *likely;                     /* [n_records] pd_likely_persons */
    const uint32_t *likely_family;              /* [n_records] pd_likely_families */
    const struct pd_alternatives *alternatives; /* pd_likely_persons */
    int threads;
    struct pd_payment_groups families, likely_families; /* pd_payments_group_families */
};

enum pd_payment_grouping {
    PD_GROUP_FAMILY,
    PD_GROUP_LIKELY_FAMILY, /* only groups that may need review, with alternatives */
    PD_GROUP_NIK            /* by pd_payment_number: only groups that may be of several persons */
};

/* A group of n payments, ordered by likely person, person, program, begin, record, alternatives behind all others. The
 * array may be reordered. Called
 * once per group; the groups of one chunk come in order and on one worker. */
typedef enum padan_status pd_payment_visit(void *context, size_t chunk, int worker, struct pd_payment *payments,
                                           size_t n, struct padan_error *error);

/* Who visits. */
struct pd_payment_walk {
    pd_payment_visit *visit;
    void (*reach)(const void *context, const struct pd_payment *payment); /* this one will be visited soon; or NULL */
    void *context;
};

PADAN_MUST_CHECK enum padan_status pd_payments_group(const struct pd_payment_options *options,
                                                     enum pd_payment_grouping grouping,
                                                     struct pd_payment_groups *groups, struct padan_error *error);
/* The groups of families that several walks share: to be made once, and reset one by one. */
PADAN_MUST_CHECK enum padan_status pd_payments_group_families(struct pd_payment_options *options,
                                                              struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_payments_visit(const struct pd_payment_groups *groups,
                                                     const struct pd_payment_walk *walk, struct padan_error *error);
void pd_payment_groups_reset(struct pd_payment_groups *groups);
/* The payment of a paid row; its amount, PD_NULL_INT when it is not known; and what all payments of a slice share: when
 * and by what program. */
struct pd_payment pd_payment_of(const struct pd_payment_options *options, uint32_t record);
int64_t pd_payment_amount(const struct pd_linkage *linkage, uint32_t record);
struct pd_payment pd_payment_of_slice(const struct pd_slice *slice);
/* qsort, quicker for the few payments that most groups have. The order must be total: it need not keep that of equals.
 */
void pd_payments_sort(struct pd_payment *payments, size_t n, int (*compare)(const void *a, const void *b));
/* The NIK of a row as a word of its column; also one that is doubted only because a card has the same number, or the
 * head of the row's family. 0: none, or one that stands in the card's column: what stands in its own is another's. */
uint64_t pd_payment_number(const struct pd_linkage *linkage, uint32_t record);
/* Is it doubted for the latter only? */
bool pd_payment_has_heads_number(const struct pd_linkage *linkage, uint32_t record);
/* How many payments of a group come before its alternatives. */
size_t pd_payments_before_alternatives(const struct pd_payment *payments, size_t n);
/* Does a likely family hold what certain ones do not: a person moved to it, or several families? */
bool pd_payments_need_review(const struct pd_payment *payments, size_t n);

#endif
