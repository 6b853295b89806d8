/* SPDX-License-Identifier: MIT
 * Keys that can be in no pair of the run are left out before they are sorted: few against many, as in BigMatch
 * (W. Yancey, US Census Bureau 2002), which keys the small file and streams the big one by it. Used inside block/ only.
 *
 * Some records call: every pair in scope has one that does. The others are kept where a calling record may have the
 * same key, told by a table of bits over hashes; a bit set by another key only keeps a record too many. So every block
 * with a pair in scope keeps all its members, and what is counted of blocks does not change.
 *
 * In a run that wants pairs with an unlinked record, those call. Otherwise sources do: all but the biggest that can be
 * spared, when they are small against them (a roster against a register). */
#ifndef PD_BLOCK_THIN_H
#define PD_BLOCK_THIN_H

#include "block/block.h"

struct pd_block_thin {
    const struct pd_block_run *run;
    bool active;
    bool by_record;   /* unlinked records call, else sources */
    uint8_t *calls;   /* [n_sources] */
    uint8_t *silent;  /* [n_sources] by_record: compared with none, left out altogether */
    size_t n_calling; /* records that call */
    uint64_t *bits;
    unsigned width; /* bits of a hash, from the top, that number a bit */
};

/* Finds who calls, and makes room for their bits. hash_bits: of a hash that tell blocks apart. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_thin_init(const struct pd_block_run *run, unsigned hash_bits,
                                                struct pd_block_thin *thin, struct padan_error *error);
void pd_thin_reset(struct pd_block_thin *thin);
/* Forgets the keys of the pass before. */
void pd_thin_begin(struct pd_block_thin *thin);
bool pd_thin_calls(const struct pd_block_thin *thin, size_t record);
/* Notes n keys of records that call; several threads may at once. */
void pd_thin_note(struct pd_block_thin *thin, size_t n, const uint64_t *hashes, const bool *missing);
/* After all were noted: sets missing for keys to be left out. */
void pd_thin_drop(const struct pd_block_thin *thin, size_t begin, size_t n, const uint64_t *hashes, bool *missing);

#endif
