/* SPDX-License-Identifier: MIT
 * Marks of records in a run over portable blocks: they are told by keys before the run, as the blocks of a pass may lie
 * in another table. Used inside block/ only. */
#ifndef PD_BLOCK_PORTABLE_MARKS_H
#define PD_BLOCK_PORTABLE_MARKS_H

#include "block/state.h"

/* Sets the marks of all passes of the run over records, and notes that they are set. Cost: a key per record and pass
 * where some block is cut; else of the passes alone whose keys rows do not hold. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_portable_set_marks(struct pd_block_state *state, struct padan_error *error);

#endif
