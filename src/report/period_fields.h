/* SPDX-License-Identifier: MIT
 * The words of payment periods, made once. A table has few first and last days, of which its columns keep codes: every
 * two of them have a field, whether a row has them or not, so no row is looked at to make them. */
#ifndef PD_REPORT_PERIOD_FIELDS_H
#define PD_REPORT_PERIOD_FIELDS_H

#include "base/digits.h"
#include "indonesia/period.h"
#include "table/table.h"

struct pd_period_field {
    struct pd_period period;
    uint8_t length;
    char text[PD_NUMBER_ROOM]; /* pd_period_put */
};

struct pd_period_fields {
    const struct pd_column *begins, *ends;
    size_t n_ends;
    struct pd_period_field *fields; /* [codes of begins][n_ends]; NULL when the days are no codes, or too many */
};

/* mulai, selesai: columns of the table, -1 = none. The fields are in the arena. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_period_fields_make(struct pd_period_fields *fields, const struct pd_table *table,
                                                         int mulai, int selesai, struct pd_arena *arena,
                                                         struct padan_error *error);

/* NULL when there are no fields. */
static inline const struct pd_period_field *pd_period_field_of(const struct pd_period_fields *fields, uint32_t record)
{
    if (fields->fields == NULL) return NULL;
    const size_t begin = pd_column_number_code(fields->begins, record);
    return &fields->fields[begin * fields->n_ends + pd_column_number_code(fields->ends, record)];
}

#endif
