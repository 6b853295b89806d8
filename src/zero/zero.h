/* SPDX-License-Identifier: MIT
 * Zero configuration: from a table to a trained model, with the reasons in words. docs/zero-configuration.md */
#ifndef PD_ZERO_ZERO_H
#define PD_ZERO_ZERO_H

#include "auto/equal_pairs.h"
#include "base/buffer.h"
#include "model/model.h"

struct pd_zero_options {
    struct pd_table *table; /* derived columns are added */
    enum pd_link_type link_type;
    uint64_t seed;
    int threads;
};

/* Fills model (read, trained, with thresholds and way of clustering) and appends to said what was decided and why.
 * BAD_INPUT when no column is of use. */
PADAN_MUST_CHECK enum padan_status pd_zero_model(const struct pd_zero_options *options, struct pd_model *model,
                                                 struct pd_buffer *said, struct padan_error *error);

#endif
