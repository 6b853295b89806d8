/* SPDX-License-Identifier: MIT
 * Few against many, before anything is made of the many: which records of a run can be in a pair at all. Nearly all of
 * a large register is in no small roster, and shares no key with any row of it.
 *
 * Some records call: every pair in scope has one that does (block/thin.h). Their keys in all passes are noted, two bits
 * of one word for each (a Bloom filter whose bits share a cache line: Putze, Sanders, Singler 2007); then the keys of
 * all others, read off their columns, are looked up, all passes of some records at once, so that a column is read and
 * mixed once: the hash of a key is the sum of those of its columns. A pass whose keys hold all of another's is left
 * out, as whoever is met in it is met in that one. Who calls and who has a key of theirs is met. A record too many, by
 * chance, does no harm; none is missed. So a block with a pair in scope has all its members among those who are met. */
#ifndef PD_BLOCK_MET_H
#define PD_BLOCK_MET_H

#include "block/block.h"

struct pd_met {
    uint32_t *records; /* [n] ascending; NULL: not looked for, or too many to be worth a table of their own */
    size_t n;
};

/* Looks for them where those who call are few, and the passes of the scope have one key each, of columns.
 * OUT_OF_MEMORY. One look at the key columns of all records; memory: a byte a record, 2 to 4 a calling one and pass. */
PADAN_MUST_CHECK enum padan_status pd_block_find_met(const struct pd_table *table, const struct pd_passes *passes,
                                                     const struct pd_scope *scope, int threads, struct pd_met *met,
                                                     struct padan_error *error);
void pd_met_reset(struct pd_met *met);

#endif
