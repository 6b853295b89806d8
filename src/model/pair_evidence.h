/* SPDX-License-Identifier: MIT
 * What is known of one pair, in the columns of a file of pairs: read from one, or computed anew from two rows. */
#ifndef PD_MODEL_PAIR_EVIDENCE_H
#define PD_MODEL_PAIR_EVIDENCE_H

#include "base/arena.h"
#include "base/text.h"

#include <stdint.h>

struct pd_pair_evidence {
    bool found;
    size_t n_columns;
    struct pd_text *names, *fields; /* [n_columns], in an arena of the holder */
};

/* Pairs by the names of their rows, and who wants to know what there is of each. */
struct pd_named_pairs {
    bool by_source; /* names are source:unique_id, else unique_id */
    size_t n;
    struct pd_text (*names)[2]; /* [n] */
    void *context;
    /* The evidence is gone afterwards. Not called for a pair of which a row is not there, or of which there are
     * several. */
    enum padan_status (*take)(void *context, size_t index, const struct pd_pair_evidence *evidence,
                              struct padan_error *error);
};

/* Computes pairs that the pairs file does not have. */
struct pd_pairs_judge {
    enum padan_status (*judge)(void *context, const struct pd_named_pairs *pairs, struct padan_error *error);
    void *context;
};

/* The field of a column, "" where there is none. */
static inline struct pd_text pd_evidence_field(const struct pd_pair_evidence *evidence, const char *name)
{
    for (size_t i = 0; i < evidence->n_columns; i++)
        if (pd_text_equal(evidence->names[i], pd_text_of(name))) return evidence->fields[i];
    return PD_TEXT("");
}

#endif
