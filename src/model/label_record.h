/* SPDX-License-Identifier: MIT
 * Which labels a model was trained on: a small file beside the model (trained.json, trained.labels.json), since Splink
 * refuses keys that it does not know. Runs keep a copy beside their model; whoever scores a run on labels can tell how
 * many of them the model has seen, in any order and form of the file.
 *
 *   {"labels": "truth.csv", "sha256": "...", "n_rows": 1000, "sketch": "0000012f..."}
 *
 * The sketch is the lowest 32-bit hashes of the ids of labelled rows. Of two sketches the part below the lower of their
 * ends is a random sample of either set, which tells what share they have in common (bottom-k sketches: Cohen and
 * Kaplan 2007). Hashes this short fit too many ids to give one away. */
#ifndef PD_MODEL_LABEL_RECORD_H
#define PD_MODEL_LABEL_RECORD_H

#include "base/buffer.h"

enum { PD_LABEL_SKETCH = 4096 };

/* The rows that labels name: how many, and the lowest hashes of their ids, each once, ascending. */
struct pd_labelled_rows {
    uint64_t n;
    size_t n_hashes;
    uint32_t hashes[PD_LABEL_SKETCH];
};

struct pd_label_record {
    struct pd_buffer content; /* the file; length 0: the model was trained without labels, or nobody knows */
    struct pd_buffer labels;  /* name of the file of labels */
    char sha256[65];
    struct pd_labelled_rows rows;
};

void pd_labelled_rows_add(struct pd_labelled_rows *rows, struct pd_text unique_id);
/* About what share of rows is among others: 0 to 1. */
double pd_labelled_rows_share(const struct pd_labelled_rows *rows, const struct pd_labelled_rows *others);

/* Appends what stands beside a model: path without ".json", then ending, and a NUL that is counted. */
void pd_model_path_beside(const char *model_path, const char *ending, struct pd_buffer *path);
/* Writes the record of labels_path beside the model. labels_path NULL: removes one that an earlier training left. */
PADAN_MUST_CHECK enum padan_status pd_label_record_write(const char *model_path, const char *labels_path,
                                                         const struct pd_labelled_rows *rows,
                                                         struct padan_error *error);
/* Reads the record beside a model, empty when there is none. BAD_ARGUMENT when it is broken. */
PADAN_MUST_CHECK enum padan_status pd_label_record_read(struct pd_label_record *record, const char *model_path,
                                                        struct padan_error *error);
void pd_label_record_reset(struct pd_label_record *record);

#endif
