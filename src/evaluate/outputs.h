/* SPDX-License-Identifier: MIT
 * The files of `padan evaluate --out`: threshold.csv, errors.csv, by_error_class.csv, evaluation.html. */
#ifndef PD_EVALUATE_OUTPUTS_H
#define PD_EVALUATE_OUTPUTS_H

#include "evaluate/threshold.h"
#include "model/pair_evidence.h"

/* What the files are made from besides the figures, and what became of errors.csv. */
struct pd_evaluation_outputs {
    const char *folder;                 /* made when it is absent */
    const char *pairs;                  /* the pairs file; NULL: threshold.csv is left out */
    const struct pd_pairs_judge *judge; /* of wrong and lost pairs that the pairs file does not have; or NULL */
    uint64_t n_unlisted;                /* out: wrong and lost pairs that did not fit into errors.csv */
    struct padan_error unjudged;        /* out: why the judge could not tell of pairs; status OK when it could */
};

/* by_error_class.csv is left out when the truth names no errors. */
PADAN_MUST_CHECK enum padan_status pd_evaluation_write(const struct pd_evaluation *evaluation,
                                                       const struct pd_population *population,
                                                       struct pd_evaluation_outputs *outputs,
                                                       struct padan_error *error);
/* evaluation.html: one file without links to the outside. curve may have no points. */
void pd_evaluation_html(const struct pd_evaluation *evaluation, const struct pd_population *population,
                        const struct pd_threshold_curve *curve, struct pd_buffer *out);

#endif
