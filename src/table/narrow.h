/* SPDX-License-Identifier: MIT
 * Columns of few distinct texts in one or two bytes a record instead of four. For columns that are kept but not
 * compared: what compares pairs reads codes of four bytes. */
#ifndef PD_TABLE_NARROW_H
#define PD_TABLE_NARROW_H

#include "table/table.h"

/* CODE becomes CODE8 or CODE16 where the codes fit; any other column stays. No texts may be added afterwards. */
PADAN_MUST_CHECK enum padan_status pd_column_narrow(struct pd_column *column, size_t n_records,
                                                    struct padan_error *error);

#endif
