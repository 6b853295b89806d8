/* SPDX-License-Identifier: MIT
 * `padan_household_members` of a model: what the other members of a household say of a pair. */
#ifndef PD_MODEL_HOUSEHOLD_MEMBERS_H
#define PD_MODEL_HOUSEHOLD_MEMBERS_H

#include "base/buffer.h"
#include "model/model.h"

struct pd_model_reader;
struct pd_node;

/* After the comparisons. */
PADAN_MUST_CHECK enum padan_status pd_model_read_household_members(const struct pd_model_reader *reader,
                                                                   const struct pd_node *root);
/* The whole key, with a comma before it; nothing where the model has none. */
void pd_model_append_household_members(struct pd_buffer *out, const struct pd_model *model);

enum { PD_MEMBER_GAMMAS = PD_LEVELS_MAX + 1 };
/* What the levels of a pair [n_comparisons] tell of two rows of households that are one, in bits. */
double pd_household_member_bits(const struct pd_household_members *members, const int8_t *gammas, size_t n_comparisons);

#endif
