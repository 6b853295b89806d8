/* SPDX-License-Identifier: MIT
 * How the work of a blocking run is spread over its passes: keys of all records, and pairs, which a sample of the
 * records tells about before they begin. What a pair takes hangs on the model and on how many are worth scoring, and is
 * told by the time that pairs took so far. Used inside block/ only. */
#ifndef PD_BLOCK_FORESIGHT_H
#define PD_BLOCK_FORESIGHT_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

struct pd_block_state;

struct pd_foresight {
    size_t n_passes;      /* 0: nothing is foreseen */
    double *keys, *pairs; /* [n_passes] about */
    double begun;         /* processor seconds when they were foreseen, ... */
    double before;        /* ... and how many later the pass at hand began */
};

/* Left as it is where there are no records. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_foresight_make(struct pd_block_state *state, size_t n_passes,
                                                     struct pd_foresight *foresight, struct padan_error *error);
void pd_foresight_reset(struct pd_foresight *foresight);
/* A pass begins after so many seconds; how many pairs the one before it had. */
void pd_foresight_begin(struct pd_foresight *foresight, size_t pass, uint64_t n_pairs_before, double seconds);
/* What part of the work is done with so much of the pass at hand, for which and the passes before it the processors
 * took so many seconds. */
double pd_foresight_part(const struct pd_foresight *foresight, size_t pass, double of_pass, double seconds);

#endif
