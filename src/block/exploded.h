/* SPDX-License-Identifier: MIT
 * A pass over entries: a rule with arrays to explode. Used inside block/ only. */
#ifndef PD_BLOCK_EXPLODED_H
#define PD_BLOCK_EXPLODED_H

#include "block/state.h"

/* Runs the pass at hand of a run, which is one of entries. Keeps what pd_exploded_emits needs in state->exploded. */
PADAN_MUST_CHECK enum padan_status
pd_exploded_run_pass(struct pd_block_state *state, struct pd_block_statistics *statistics, struct padan_error *error);
/* Whether the pass emits a pair of records: some entries of theirs meet. Cost: elements x elements. */
bool pd_exploded_emits(const struct pd_exploded_pass *exploded, int worker, uint32_t left, uint32_t right);
void pd_exploded_pass_free(struct pd_exploded_pass *exploded);

#endif
