/* SPDX-License-Identifier: MIT
 * Labels from a file: a truth (source_dataset,unique_id,entity_id or <id>,entity_id), or labelled pairs (unique_id_l,
 * unique_id_r, the sources when there are several, and a column that says whether the pair matches). */
#ifndef PD_LINKING_LABEL_FILE_H
#define PD_LINKING_LABEL_FILE_H

#include "evaluate/population.h"
#include "table/table.h"
#include "train/train.h"

struct pd_label_file {
    uint32_t *entities; /* [n_records], NULL when the file has pairs */
    struct pd_labelled_pair *pairs;
    size_t n_pairs, pairs_capacity;
    struct pd_labelled_rows labelled;
    uint64_t n_rows, n_unknown; /* rows of the file; those that name a row the table does not have */
    uint64_t n_itself;          /* those that pair a row with itself, which says nothing */
};

/* Reads labels for the rows of table, which has a column unique_id. wanted: what the columns of ids and of sources are
 * called, besides the usual names. Pairs: the label column is match, is_match, label
 * or clerical_match_score, read as pd_label_read does; pairs that nobody has looked at are left out.
 * BAD_INPUT when the file has no columns that can be used, names no row of the table, pairs rows with themselves alone,
 * or says two things of one pair or one row. */
PADAN_MUST_CHECK enum padan_status pd_label_file_read(struct pd_label_file *labels, const char *path,
                                                      const struct pd_truth_columns *wanted,
                                                      const struct pd_table *table, struct padan_error *error);
void pd_label_file_reset(struct pd_label_file *labels);

#endif
