/* SPDX-License-Identifier: MIT
 * Marks of records in one pass: a 32-bit word that says in which part of a cut block the record ended. Few blocks are
 * cut, so the threads note marks as they come, and when the pass is over a table is made of the records that have one.
 * A pass that marks every record has its marks side by side instead. */
#ifndef PD_BLOCK_MARKS_H
#define PD_BLOCK_MARKS_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

/* As noted by one thread: record << 32 | mark, of one record the last one counts. */
struct pd_noted_marks {
    uint64_t *items;
    size_t n, capacity;
};

/* {0}: no record is marked. */
struct pd_marks {
    uint32_t *all;   /* [n_records]; NULL: the table */
    uint64_t *slots; /* [n_slots] record + 1 << 32 | mark, 0 = free */
    size_t n_slots;
};

/* Side by side for all records, unmarked. */
PADAN_MUST_CHECK enum padan_status pd_marks_make_all(struct pd_marks *marks, size_t n_records,
                                                     struct padan_error *error);
PADAN_MUST_CHECK enum padan_status pd_marks_note(struct pd_noted_marks *noted, uint32_t record, uint32_t mark,
                                                 struct padan_error *error);
/* Makes room for, and then adds to the table, what one thread noted; a record is marked by one thread. */
PADAN_MUST_CHECK enum padan_status pd_marks_make_table(struct pd_marks *marks, size_t n_noted,
                                                       struct padan_error *error);
void pd_marks_add(struct pd_marks *marks, const struct pd_noted_marks *noted);
void pd_marks_reset(struct pd_marks *marks);
/* 0: not marked. */
uint32_t pd_marks_find(const struct pd_marks *marks, uint32_t record);

#endif
