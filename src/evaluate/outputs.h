/* SPDX-License-Identifier: MIT
 * The files of `padan evaluate --out`: threshold.csv, errors.csv, by_error_class.csv, evaluation.html. */
#ifndef PD_EVALUATE_OUTPUTS_H
#define PD_EVALUATE_OUTPUTS_H

#include "evaluate/threshold.h"

/* Writes the files into a folder, made when it is absent. pairs_path may be NULL: threshold.csv is left out then, and
 * by_error_class.csv when the truth names no errors. *n_unlisted is the number of wrong and lost pairs that did not fit
 * into errors.csv. */
PADAN_MUST_CHECK enum padan_status pd_evaluation_write(const struct pd_evaluation *evaluation,
                                                       const struct pd_population *population, const char *pairs_path,
                                                       const char *folder, uint64_t *n_unlisted,
                                                       struct padan_error *error);
/* evaluation.html: one file without links to the outside. curve may have no points. */
void pd_evaluation_html(const struct pd_evaluation *evaluation, const struct pd_population *population,
                        const struct pd_threshold_curve *curve, struct pd_buffer *out);

#endif
