/* SPDX-License-Identifier: MIT
 * How the work of a blocking run is spread over its passes, before they begin: keys of all records, and pairs, which a
 * sample of the records tells about. Used inside block/ only. */
#ifndef PD_BLOCK_FORESIGHT_H
#define PD_BLOCK_FORESIGHT_H

#include "block/state.h"

/* *parts [n_passes + 1] out: the share of the work that lies before each pass, and 1. Freed with pd_free. */
PADAN_MUST_CHECK enum padan_status pd_block_foresee(struct pd_block_state *state, size_t n_passes, double **parts,
                                                    struct padan_error *error);

#endif
