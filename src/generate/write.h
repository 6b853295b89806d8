/* SPDX-License-Identifier: MIT
 * Writes all rows of a dataset, shuffled, and their truth. Rows are made by several threads in chunks of a fixed number
 * and land in the file in chunk order. */
#ifndef PD_GENERATE_WRITE_H
#define PD_GENERATE_WRITE_H

#include "base/file.h"
#include "generate/expected.h"
#include "generate/layout.h"

/* Appends to truth, and adds to expected what only the rows tell. */
PADAN_MUST_CHECK enum padan_status pd_dataset_write(const struct pd_layout *layout, const char *folder,
                                                    struct pd_sink *truth, struct pd_expected *expected,
                                                    struct padan_error *error);

#endif
