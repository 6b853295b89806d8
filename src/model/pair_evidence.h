/* SPDX-License-Identifier: MIT
 * What is known of one pair, in the columns of a file of pairs: read from one, or computed anew from two rows. */
#ifndef PD_MODEL_PAIR_EVIDENCE_H
#define PD_MODEL_PAIR_EVIDENCE_H

#include "base/arena.h"
#include "base/text.h"

struct pd_pair_evidence {
    bool found;
    size_t n_columns;
    struct pd_text *names, *fields; /* [n_columns], in an arena of the holder */
};

/* The field of a column, "" where there is none. */
static inline struct pd_text pd_evidence_field(const struct pd_pair_evidence *evidence, const char *name)
{
    for (size_t i = 0; i < evidence->n_columns; i++)
        if (pd_text_equal(evidence->names[i], pd_text_of(name))) return evidence->fields[i];
    return PD_TEXT("");
}

#endif
