/* SPDX-License-Identifier: MIT
 * Which columns a condition was made from. A comparison is derived from a rule when both go back to one column: a
 * prefix, a phonetic key or a part of a number agrees because the rule made it agree. */
#ifndef PD_TRAIN_LINEAGE_H
#define PD_TRAIN_LINEAGE_H

#include "model/model.h"

/* The column a column was made from. */
struct pd_lineage {
    struct pd_text (*origin)(const void *context, struct pd_text column); /* NULL, or an answer of "": itself */
    const void *context;
};

/* Some column of a and some column of b have one origin. Case of names does not matter. */
bool pd_lineage_shared(const struct pd_lineage *lineage, const struct pd_expression *a, const struct pd_expression *b);
/* Bit c is set for the comparisons of model that are derived from the rule. */
uint64_t pd_lineage_mask(const struct pd_lineage *lineage, const struct pd_model *model,
                         const struct pd_expression *rule);

#endif
