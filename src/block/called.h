/* SPDX-License-Identifier: MIT
 * Which passes a record can be in a pair of, where few records call (block/thin.h): told for all passes from one look
 * at its row. A pass then hashes the records that its bit names instead of reading all rows again. Used inside block/
 * only. */
#ifndef PD_BLOCK_CALLED_H
#define PD_BLOCK_CALLED_H

#include "block/row_keys.h"
#include "block/thin.h"

enum { PD_CALLED_PASSES_MAX = 16 };

struct pd_called {
    uint16_t *passes; /* [n_records] bit q: some record that calls may have the key of pass q; NULL: not known */
    uint16_t told;    /* passes whose keys rows hold; of the others nothing is known */
};

/* Nothing is made where nobody calls, where passes are many, or where those who call are too many for their keys to
 * stay in the cache. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_called_find(const struct pd_block_thin *thin, size_t n_passes,
                                                  struct pd_called *called, struct padan_error *error);
void pd_called_reset(struct pd_called *called);

static inline bool pd_called_tells(const struct pd_called *called, size_t pass)
{
    return called->passes != NULL && pass < PD_CALLED_PASSES_MAX && (called->told >> pass & 1) != 0;
}

#endif
