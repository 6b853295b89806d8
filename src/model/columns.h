/* SPDX-License-Identifier: MIT
 * The columns a model reads, so that no others need to be loaded. */
#ifndef PD_MODEL_COLUMNS_H
#define PD_MODEL_COLUMNS_H

#include "model/model.h"

/* Names as written in rules, refinements, levels and term frequencies, each once; the model need not be bound. */
PADAN_MUST_CHECK enum padan_status pd_model_columns(const struct pd_model *model, struct pd_arena *arena,
                                                    struct pd_text **names, size_t *n_names, struct padan_error *error);

/* Names that the conditions of one rule read, arrays to explode and its own words among them. */
PADAN_MUST_CHECK enum padan_status pd_rule_columns(const struct pd_blocking_rule *rule, struct pd_arena *arena,
                                                   struct pd_text **names, size_t *n_names, struct padan_error *error);

/* Names that the conditions of a comparison's levels read. */
PADAN_MUST_CHECK enum padan_status pd_comparison_columns(const struct pd_comparison *comparison, struct pd_arena *arena,
                                                         struct pd_text **names, size_t *n_names,
                                                         struct padan_error *error);

#endif
