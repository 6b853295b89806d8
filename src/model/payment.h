/* SPDX-License-Identifier: MIT
 * Payments: rows of programs that were paid, by whom they belong to. */
#ifndef PD_MODEL_PAYMENT_H
#define PD_MODEL_PAYMENT_H

#include "model/linkage.h"

/* The program of a row: its source's, or what the row itself names. */
struct pd_row_programs {
    const int *of_source; /* [n_sources] program, -1 none, PD_PROGRAM_OF_ROW */
    int column;           /* where rows name their own, -1 when none does */
    const int *of_code;   /* [dictionary] program or -1 */
};

enum { PD_PROGRAM_OF_ROW = -2 };

static inline int pd_row_program(const struct pd_row_programs *programs, const struct pd_table *table, uint32_t record)
{
    const int program = programs->of_source[pd_table_source(table, record)];
    if (program != PD_PROGRAM_OF_ROW) return program;
    if (programs->column < 0) return -1;
    return programs->of_code[pd_column_held_code(&table->columns[programs->column], record)];
}

enum { PD_PAYMENT_PROGRAMS_MAX = INT16_MAX };

/* person and family are certain (clusters of class otomatis); the likely ones add the strongest link to be reviewed of
 * persons that the register does not know, and what the register alone holds as one family. So certain <= likely. A
 * payment whose person may be yet another one stands once more for each of those, as an alternative. */
struct pd_payment {
    uint32_t record;
    uint32_t person, family;               /* representative rows */
    uint32_t likely_person, likely_family; /* likewise */
    int32_t begin, end;                    /* days, inclusive; INT32_MIN and INT32_MAX when not known */
    int16_t program;                       /* of at most PD_PAYMENT_PROGRAMS_MAX */
    bool alternative;                      /* the likely person and family are another candidate's */
    int64_t amount;                        /* PD_NULL_INT when not known */
};

static inline bool pd_payments_overlap(const struct pd_payment *a, const struct pd_payment *b)
{
    return a->begin <= b->end && b->begin <= a->end;
}

static inline int64_t pd_payment_money(const struct pd_payment *payment)
{
    return payment->amount == PD_NULL_INT ? 0 : payment->amount;
}

#endif
