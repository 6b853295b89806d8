/* SPDX-License-Identifier: MIT
 * Revisions of an index (`padan index BASE --changes FILE`): what was changed, added and removed since an index was
 * made. The index, the base, never changes; a revision is a small file beside it that knows all changes up to itself,
 * so that two files are read whatever the number of nights, and older revisions stay usable.
 *
 * A revision stands for one file of rows: those of the base in their order, without the removed ones, changed ones in
 * their old place, and behind them the added ones in the order they came; the header in row 1, no blank and no
 * rejected rows, UTF-8, the base's delimiter. Whatever is loaded from the revision is what would be loaded from that
 * file; only size and SHA-256 are others (see pd_revision_make).
 *
 *   base      rows 0 1 2 3 4 5                  changes  rows 0 1 2 3
 *   dropped        1                            places   2 4             the first two stand for rows 2 and 4
 *   revision  rows 0   C0 3 C1 5 C2 C3                                   the others were added
 *
 * Sections: of each column of the changes its words, begins, bytes, and which text of the base each of its texts is;
 * dropped; places; and the sample and the special rows of the file that the revision stands for (ingest/snapshot.h).
 * Columns are put together when they are read, with their texts in order of first appearance as ever. */
#ifndef PD_INGEST_REVISION_H
#define PD_INGEST_REVISION_H

#include "ingest/snapshot.h"

struct pd_revision_column {
    uint32_t n_texts;
    uint64_t n_text_bytes;
    uint32_t words, begins, bytes, same; /* sections; same: codes of the base, 0 where it has no such text */
};

struct pd_revision {
    struct pd_snapshot base;
    struct pd_text base_name; /* in the folder of the revision */
    uint64_t base_checksum;
    uint32_t number; /* from 1 */
    size_t n_dropped, n_places, n_rows;
    uint32_t dropped_section, places_section;
    uint32_t *dropped, *places;         /* records of the base, ascending, in none of both twice */
    struct pd_revision_column *columns; /* [n_columns] of the snapshot */
    char *base_path;
};

/* A run of records that follow each other in the base or in the changes. */
struct pd_revision_run {
    bool of_base;
    size_t begin, end;
};
struct pd_revision_walk {
    const struct pd_revision *revision;
    size_t base, dropped, placed, added;
};
/* The records of the revision in their order; begins with {revision}. */
bool pd_revision_next(struct pd_revision_walk *walk, struct pd_revision_run *run);

/* Puts a column together. base, changes: as stored. merged: words, and a dictionary with room for n_texts texts of
 * n_text_bytes in all, and none in it. false: the parts do not fit each other, or there is more than room for. */
struct pd_revision_merge {
    const struct pd_revision *revision;
    const struct pd_column *base, *changes;
    const uint32_t *same;
    struct pd_column *merged;
    uint32_t n_texts;
    uint64_t n_text_bytes;
    uint64_t n_filled; /* out */
};
PADAN_MUST_CHECK enum padan_status pd_revision_merge(struct pd_revision_merge *merge, bool *fits,
                                                     struct padan_error *error);

const struct pd_sealed_kind *pd_revision_kind(void);
bool pd_revision_is(const char *path);
/* What pd_snapshot_open and its like do for a revision; see there. */
PADAN_MUST_CHECK enum padan_status pd_revision_open(struct pd_snapshot *snapshot, const char *path,
                                                    struct padan_error *error);
void pd_revision_close(struct pd_revision *revision);
/* Sections of whole columns, as numbered in pd_snapshot_column. */
PADAN_MUST_CHECK enum padan_status pd_revision_read(const struct pd_snapshot *snapshot,
                                                    const struct pd_sealed_read *reads, size_t n_reads, int threads,
                                                    struct padan_error *error);

/* Words and texts of a column of the base, into an empty dictionary; the caller frees both in any case. */
PADAN_MUST_CHECK enum padan_status pd_revision_read_base(const struct pd_revision *revision, size_t index,
                                                         struct pd_column *column, struct padan_error *error);

/* ---- Making one (revise.c) ---- */

struct pd_revise_options {
    const char *before;                  /* index or revision that the changes are made to */
    const struct pd_input_file *changes; /* its columns are those of the index, and the operation */
    const char *key;                     /* column whose value names a row; NULL: unique_id */
    const char *operation; /* column that says what is done; NULL: rows are put in the place of their like or added */
    const char *out;
    int threads;
};

struct pd_revise_facts {
    uint32_t number;
    uint64_t n_records;
    uint64_t n_changed, n_added, n_removed, n_unknown; /* by this file; unknown: to be removed, and not there */
    uint64_t n_left_behind;                            /* rejected rows of the index, which a revision has none of */
};

/* Writes a revision. Its SHA-256 is that of "padan revision\n", the one before and the changes' with a line end each,
 * so that it can be computed from the files alone; its size is the sum of theirs.
 * Returns  BAD_INPUT when the changes cannot be read to the last row, a key is missing or names two rows, or an
 * operation is none; BAD_ARGUMENT when columns differ or the base is in another folder; as pd_ingest; IO.
 * Memory   the index, as if all of it were loaded, and 4 bytes a row. */
PADAN_MUST_CHECK enum padan_status pd_revision_make(const struct pd_revise_options *options,
                                                    struct pd_revise_facts *facts, struct padan_error *error);

#endif
