/* SPDX-License-Identifier: MIT
 * One pair on its way to the reader. Only the explain files of this folder use this. */
#ifndef PD_EVALUATE_EXPLANATION_H
#define PD_EVALUATE_EXPLANATION_H

#include "evaluate/explain.h"
#include "evaluate/level_labels.h"

struct pd_explanation {
    struct pd_arena arena;
    struct pd_level_labels labels;
    struct pd_row_facts rows[2];
    bool has_clusters;
    const struct pd_link_thresholds *thresholds; /* or NULL */
    struct pd_pair_evidence evidence;
    bool computed;          /* the pairs file does not have it */
    struct pd_text why_not; /* it could not be computed either: a sentence */
};

/* source:id */
void pd_append_row_name(struct pd_buffer *out, const struct pd_row_facts *row);
/* Text or JSON. */
PADAN_MUST_CHECK enum padan_status pd_explanation_print(const struct pd_explanation *explanation, bool json,
                                                        struct pd_buffer *out, struct padan_error *error);

#endif
