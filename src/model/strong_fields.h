/* SPDX-License-Identifier: MIT
 * How many independent fields speak strongly for a pair. A comparison does when its level weighs PD_STRONG_BITS or more
 * (16 to 1), before term frequencies; comparisons that read a common column are one field. One strong field, be it a
 * number that 2^23 others do not have, may be a clerk's mistake or a namesake's luck; a second one is hardly both. */
#ifndef PD_MODEL_STRONG_FIELDS_H
#define PD_MODEL_STRONG_FIELDS_H

#include "model/model.h"

#define PD_STRONG_BITS 4.0
enum { PD_STRONG_FIELDS_MIN = 2 }; /* that trained models ask for */

struct pd_strong_fields {
    size_t n_comparisons;
    uint64_t strong[PD_COMPARISONS_MAX]; /* bit gamma + 1: the level is strong */
    uint64_t fields[PD_COMPARISONS_MAX]; /* bit of the field that a comparison belongs to */
};

void pd_strong_fields_make(struct pd_strong_fields *strong, const struct pd_model *model);
/* Fields that are strong at these levels [n_comparisons]. */
unsigned pd_strong_fields_count(const struct pd_strong_fields *strong, const int8_t *gammas);
/* The most that any pair can have. */
unsigned pd_strong_fields_most(const struct pd_strong_fields *strong);

#endif
