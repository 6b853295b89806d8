/* SPDX-License-Identifier: MIT
 * Strata for the rare levels of a comparison: pairs that agree on a key near to it (its columns, their beginnings or
 * ends, month or day of a date). Most pairs of a rare level lie in such a stratum, where they are not rare, and its
 * size is known exactly; the rest is seen by the even sample. */
#ifndef PD_TRAIN_STRATUM_H
#define PD_TRAIN_STRATUM_H

#include "model/derive.h"
#include "model/model.h"

enum { PD_STRATUM_COLUMNS_MAX = 8, PD_STRATA_MAX = 6 };

enum pd_stratum_kind { PD_STRATUM_EXACT, PD_STRATUM_BEGINNING, PD_STRATUM_END, PD_STRATUM_MONTH, PD_STRATUM_DAY };

struct pd_stratum {
    enum pd_stratum_kind kind;
    int columns[PD_STRATUM_COLUMNS_MAX];
    size_t n_columns;
    size_t length; /* bytes of a beginning or end */
};

/* The strata of one comparison in order: a pair belongs to the first whose key agrees. */
struct pd_strata {
    struct pd_stratum strata[PD_STRATA_MAX];
    size_t n;
    int exact_gamma; /* the level that strata[0] is, -1 = none: no pair of it lies outside */
};

/* Finds the strata of a comparison whose conditions are bound to the deriver's table. */
PADAN_MUST_CHECK enum padan_status pd_strata_find(const struct pd_comparison *comparison, struct pd_deriver *deriver,
                                                  struct pd_strata *strata, struct padan_error *error);

/* Key of a record in a stratum; false when a column is NULL or too short. */
bool pd_stratum_key(const struct pd_table *table, const struct pd_stratum *stratum, uint32_t record, uint64_t *hash);
/* 1 + the stratum that a pair belongs to; 0 = none. */
size_t pd_strata_place(const struct pd_table *table, const struct pd_strata *strata, uint32_t left, uint32_t right);

#endif
