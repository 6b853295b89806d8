/* SPDX-License-Identifier: MIT
 * Training a model on a table: where block/, compare/ and train/ meet. What it estimates and how: docs/training.md. */
#ifndef PD_TRAINING_TRAINER_H
#define PD_TRAINING_TRAINER_H

#include "model/pair.h"
#include "table/table.h"
#include "train/train.h"

/* Estimates m, u and lambda of model on the table's pairs in scope (scope->linked is not used) and stores them in it:
 * level m, u and weight, lambda, prior, and the lambdas and thresholds per pair of sources. Levels with fix_m or fix_u
 * keep theirs. Parameters the model has are where EM starts and what stays when data do not identify them. Adds derived
 * columns to the table. The same result for any number of threads.
 * Errors: BAD_ARGUMENT when the model does not fit the table or a training rule is wrong; BAD_INPUT when the table has
 * no pair in scope. What could not be estimated is a warning in result, not an error. */
PADAN_MUST_CHECK enum padan_status pd_train(struct pd_table *table, struct pd_model *model,
                                            const struct pd_scope *scope, const struct pd_train_options *options,
                                            struct pd_train_result *result, struct padan_error *error);

#endif
