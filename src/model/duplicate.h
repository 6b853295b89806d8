/* SPDX-License-Identifier: MIT
 * Duplicates inside a program (CONTRACT 3): groups of paid rows with overlapping periods. */
#ifndef PD_MODEL_DUPLICATE_H
#define PD_MODEL_DUPLICATE_H

#include "model/linkage.h"

enum pd_duplicate_class {
    PD_DUPLICATE_K1A, /* same clean NIK, same person, all five fields equal */
    PD_DUPLICATE_K1B, /* same clean NIK, same person, spelling or date differs */
    PD_DUPLICATE_K2,  /* same clean NIK, different persons */
    PD_DUPLICATE_K3,  /* another NIK or none, same person */
    PD_DUPLICATE_KK,  /* one family paid through several persons */
    PD_DUPLICATE_CLASS_COUNT
};

struct pd_duplicate_group {
    size_t begin, end; /* rows of the group in pd_duplicates.rows */
    int program;
    enum pd_duplicate_class class;
    bool certain;                     /* pasti: by clusters of class otomatis; else a pair of class tinjau */
    bool family;                      /* tingkat KELUARGA */
    int64_t surplus;                  /* nominal_lebih: sum minus largest; 0 when no amount is known */
    int32_t period_begin, period_end; /* intersection of the rows' periods, or that of the first two that meet */
};

struct pd_duplicates {
    struct pd_duplicate_group *groups; /* by program, class, certainty, first row */
    size_t n_groups, groups_capacity;
    uint32_t *rows; /* rows of a group ascend */
    size_t n_rows, rows_capacity;
};

#endif
