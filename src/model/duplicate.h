/* SPDX-License-Identifier: MIT
 * Duplicates inside a program (CONTRACT 3): groups of payments with overlapping periods.
 *
 * Every payment too many is so in one class only: rows of one person with one NIK are K1; what remains of a person
 * after that, one row per NIK, is K3; what remains of a family after that, one row per person, is KK. So the surplus of
 * the classes adds up. K2 says that a NIK is wrong, not that anybody was paid twice, and has no surplus. */
#ifndef PD_MODEL_DUPLICATE_H
#define PD_MODEL_DUPLICATE_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pd_duplicate_class {
    PD_DUPLICATE_K1A, /* same clean NIK, same person, all five fields equal */
    PD_DUPLICATE_K1B, /* same clean NIK, same person, spelling or date differs */
    PD_DUPLICATE_K2,  /* same clean NIK, different persons */
    PD_DUPLICATE_K3,  /* another NIK or none, same person */
    PD_DUPLICATE_KK   /* one family paid through several persons */
};

struct pd_duplicate_row {
    uint32_t record;
    bool kept; /* pokok: the payment that may stay. Of rows that all overlap it is the largest. All rows of a K2 */
};

struct pd_duplicate_group {
    size_t begin, end; /* rows of the group in pd_duplicates.rows */
    int program;
    enum pd_duplicate_class class;
    bool certain;             /* pasti: by clusters of class otomatis; else tinjau: by a link to be reviewed */
    uint32_t n_surplus;       /* rows that are not kept */
    int64_t surplus;          /* nominal_lebih: money of the rows that are not kept, as far as known */
    uint32_t n_without_money; /* rows that are not kept and whose amount is not known */
};

struct pd_duplicates {
    struct pd_duplicate_group *groups; /* by first row, class, certain before not */
    size_t n_groups, groups_capacity;
    struct pd_duplicate_row *rows; /* of a group in order of records */
    size_t n_rows, rows_capacity;
};

/* kelas: "K1a" ... "KK". */
static inline const char *pd_duplicate_class_name(enum pd_duplicate_class class)
{
    static const char *const names[] = { "K1a", "K1b", "K2", "K3", "KK" };
    return names[class];
}

/* tingkat of a class: KELUARGA, else ORANG. */
static inline bool pd_duplicate_is_family(enum pd_duplicate_class class)
{
    return class == PD_DUPLICATE_KK;
}

#endif
