/* SPDX-License-Identifier: MIT
 * Which column a normalised column was made from: what agrees because another column agrees is no evidence of its own
 * when training blocks on that one. */
#ifndef PD_NORMALISE_LINEAGE_H
#define PD_NORMALISE_LINEAGE_H

#include "base/text.h"

/* The column that stands for all columns made from the same input; "" for a column that is not one of normalise.h.
 * Codes of regions are one line: a village is in one district. Names of a person are one line, the mother's another. */
struct pd_text pd_normalise_origin(struct pd_text column);

#endif
