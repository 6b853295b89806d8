/* SPDX-License-Identifier: MIT
 * errors.csv: the wrong and the lost pairs, each with where it went wrong and its levels, from the pairs file or
 * computed anew. */
#ifndef PD_EVALUATE_ERROR_LIST_H
#define PD_EVALUATE_ERROR_LIST_H

#include "evaluate/evaluate.h"
#include "model/pair_evidence.h"

enum { PD_ERROR_LIST_MAX = 100000 }; /* pairs of each kind; what is beyond is counted, not listed */

struct pd_error_list {
    struct pd_arena arena;
    struct pd_error_pair *pairs;
    size_t n_pairs, capacity;
    uint64_t n_unlisted;
};

PADAN_MUST_CHECK enum padan_status pd_error_list_find(struct pd_error_list *list,
                                                      const struct pd_evaluation *evaluation,
                                                      const struct pd_population *population, const char *pairs_path,
                                                      struct padan_error *error);
/* Asks for the pairs that the pairs file does not have; where that fails they stay as they are. */
PADAN_MUST_CHECK enum padan_status pd_error_list_judge(struct pd_error_list *list,
                                                       const struct pd_population *population,
                                                       const struct pd_pairs_judge *judge, struct padan_error *error);
void pd_error_list_csv(const struct pd_error_list *list, const struct pd_evaluation *evaluation,
                       const struct pd_population *population, struct pd_buffer *out);
/* by_error_class.csv. */
void pd_error_classes_csv(const struct pd_evaluation *evaluation, struct pd_buffer *out);
void pd_error_list_reset(struct pd_error_list *list);

#endif
