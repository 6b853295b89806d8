/* SPDX-License-Identifier: MIT
 * Which passes a record can be in a pair of, where few records call (block/thin.h): told for all passes from one look
 * at its row. A pass then hashes the records that its bit names instead of reading all rows again. A pass whose keys
 * hold all of another's has the other's bit, and passes for which there is no bit left share one: a record too many
 * does no harm. Used inside block/ only. */
#ifndef PD_BLOCK_CALLED_H
#define PD_BLOCK_CALLED_H

#include "block/row_keys.h"
#include "block/thin.h"

/* UNTOLD: the bit of a pass whose keys rows do not hold. */
enum { PD_CALLED_BITS = 16, PD_CALLED_UNTOLD = 255 };

struct pd_called {
    uint16_t *bits;  /* [n_records] some record that calls may have the key of a pass of this bit; NULL: not known */
    uint8_t *bit_of; /* [n_passes] */
};

/* Of the first n_passes of the run. Nothing is made where nobody calls, or where those who call are too many for their
 * keys to stay in the cache. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_called_find(const struct pd_block_thin *thin, size_t n_passes,
                                                  struct pd_called *called, struct padan_error *error);
void pd_called_reset(struct pd_called *called);

/* pass: one of those that it was found for. */
static inline bool pd_called_tells(const struct pd_called *called, size_t pass)
{
    return called->bits != NULL && called->bit_of[pass] != PD_CALLED_UNTOLD;
}

#endif
