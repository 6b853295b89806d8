/* SPDX-License-Identifier: MIT
 * What the first pass put together: a group is the records of a block of it whose pairs were all handed over. Most
 * rows of most jobs are of people whose number they have right, and have their other keys in common, too. In a later
 * pass the first record of a group stands for those that have its key: they are not hashed, sorted or looked up, and
 * are fetched only where the key brings further records along. What they and the first add to the counts of a pass is
 * counted when the group is found, and taken back where they are fetched. Used inside block/ only. */
#ifndef PD_BLOCK_GROUPS_H
#define PD_BLOCK_GROUPS_H

#include "block/row_keys.h"

struct pd_block_state;
struct pd_block_worker;
struct pd_key;

/* Later passes in which records stand for others, and records of the largest group whose first does. */
enum { PD_GROUP_PASSES = 7, PD_GROUP_RECORDS_MAX = 16, PD_GROUP_FIRST = 1 << PD_GROUP_PASSES };

/* What records that are stood for, and those that stand for them, add to the counts of a pass. Of a thread: it may take
 * back what another one has counted, modulo 2^64. */
struct pd_group_counts {
    uint64_t n_pairs, sizes[PD_GROUP_RECORDS_MAX + 1]; /* sizes: blocks by number of records */
};

struct pd_groups {
    /* [n_records] 1 + the next record of the group, that of the last being the first; 0: in no group; NULL: not kept */
    uint32_t *next;
    /* [n_records] bit q: the first of its group stands for the record in pass q + 1; of the first, which has the bit
     * PD_GROUP_FIRST as well, that it stands for any. NULL: not kept */
    uint8_t *stood_for;
    uint8_t passes;                          /* in which that is possible */
    struct pd_row_key keys[PD_GROUP_PASSES]; /* of these passes */
};

/* Of a state whose columns were chosen; nothing is kept where one pass is all, or rows do not tell the keys of the
 * first. all_sorted: passes sort the keys of all records. OUT_OF_MEMORY. */
PADAN_MUST_CHECK enum padan_status pd_groups_make(struct pd_block_state *state, bool all_sorted,
                                                  struct padan_error *error);
void pd_groups_reset(struct pd_groups *groups);
/* Notes a block of the first pass that was just emitted, with its pairs in scope; not when its keys are not equal. */
void pd_groups_note(const struct pd_block_state *state, struct pd_block_worker *worker, const struct pd_key *members,
                    size_t n, uint64_t n_pairs);
/* Adds what groups are in the counts of the pass at hand. */
void pd_groups_count(const struct pd_block_state *state, struct pd_block_statistics *statistics);

/* Which bit of stood_for is that of a pass; 0: none. */
static inline uint8_t pd_groups_bit(const struct pd_groups *groups, size_t pass)
{
    if (pass == 0 || pass > PD_GROUP_PASSES) return 0;
    return (uint8_t)(groups->passes & 1u << (pass - 1));
}

/* The record, which is not stood for, stands for others in the pass of the bit; 0: of none. */
static inline bool pd_groups_stands(const struct pd_groups *groups, uint8_t bit, uint32_t record)
{
    return bit != 0 && (groups->stood_for[record] & bit) != 0;
}

/* The record after this one of those that `first` stands for in the pass of the bit; `first` after the last. */
static inline uint32_t pd_groups_next(const struct pd_groups *groups, uint8_t bit, uint32_t first, uint32_t record)
{
    do record = groups->next[record] - 1;
    while (record != first && (groups->stood_for[record] & bit) == 0);
    return record;
}

/* Both are of one group; a before b, and its records ascend. */
static inline bool pd_groups_hold(const struct pd_groups *groups, uint32_t a, uint32_t b)
{
    uint32_t before = a;
    for (uint32_t next = groups->next[a]; next > before + 1 && next <= b + 1; next = groups->next[before]) {
        before = next - 1;
        if (before == b) return true;
    }
    return false;
}

#endif
