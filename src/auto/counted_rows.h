/* SPDX-License-Identifier: MIT
 * The rows on which pairs are counted, drawn in each source by itself: a roster stands whole beside a register of
 * which a part is enough. */
#ifndef PD_AUTO_COUNTED_ROWS_H
#define PD_AUTO_COUNTED_ROWS_H

#include "table/table.h"

struct pd_counted_rows {
    uint32_t *rows;
    size_t n;
    double *shares; /* [sources]: the probability of a row to be among them */
};

PADAN_MUST_CHECK enum padan_status pd_counted_rows_make(const struct pd_table *table, struct pd_counted_rows *counted,
                                                        struct padan_error *error);
void pd_counted_rows_reset(struct pd_counted_rows *counted);

#endif
