/* SPDX-License-Identifier: MIT
 * Labelled pairs as the truth: pairs of rows that somebody has looked at, each a match or none (Splink's clerical
 * labels). Only they count: what stands of other pairs is not known. Files: unique_id_l, unique_id_r, the sources when
 * there are several, and a column that says whether the pair matches. */
#ifndef PD_EVALUATE_LABELLED_PAIRS_H
#define PD_EVALUATE_LABELLED_PAIRS_H

#include "evaluate/evaluate.h"

/* Columns of a file of labelled pairs, -1 = there is none. */
struct pd_label_columns {
    int source_l, id_l, source_r, id_r, label;
};

/* False when the header is not that of labelled pairs. wanted: what the command calls columns. */
bool pd_label_columns_find(const struct pd_row_file *file, const struct pd_truth_columns *wanted,
                           struct pd_label_columns *columns);
enum pd_label { PD_LABEL_NONE, PD_LABEL_MATCH, PD_LABEL_DISTINCT };
/* The label of row i of the batch last read. 1, true, yes, match and scores from 0.5 on mean a match; so does every
 * pair of a file without the column; 0, false, no, distinct and lower scores mean none; nothing says that nobody has
 * looked. BAD_INPUT for another text. */
PADAN_MUST_CHECK enum padan_status pd_label_read(const struct pd_row_file *file, size_t i, size_t slot, bool has_label,
                                                 enum pd_label *label, struct padan_error *error);
/* Whether a file of truth holds labelled pairs. BAD_INPUT when it cannot be read. */
PADAN_MUST_CHECK enum padan_status pd_truth_is_pairs(const char *path, const struct pd_truth_columns *wanted,
                                                     bool *is_pairs, struct padan_error *error);

struct pd_labelled_pair_state {
    uint32_t low, high; /* rows of the population */
    bool is_match;
    bool emitted, certain; /* in the pairs file; there with kelas = otomatis */
};

struct pd_labelled_pairs {
    struct pd_labelled_pair_state *pairs; /* [n_pairs] by rows, each pair once */
    size_t n_pairs, capacity;
    uint64_t n_contradicting; /* pairs that are labelled both ways, left out */
    uint64_t n_unlabelled;    /* pairs with an empty label, left out */
    uint64_t n_of_one_row;    /* pairs of a row with itself, left out */
    uint64_t n_unclustered;   /* rows named by the labels that are in no cluster */
    struct pd_pair_counts counts;
    uint64_t n_apart;                         /* non-matches that are apart (true negatives) */
    uint64_t n_scoring, n_guard;              /* lost matches that are in the pairs file; of them certain, but cut */
    bool has_pairs, has_class;                /* a pairs file was looked at; it has classes */
    struct pd_interval precision, recall, f1; /* 95 %, Wilson 1927 (F1 by that of its Jaccard index) */
};

/* Reads the labels; the rows they name become those of the population. BAD_INPUT when the file holds no pair. */
PADAN_MUST_CHECK enum padan_status pd_labelled_pairs_read(struct pd_labelled_pairs *labels,
                                                          struct pd_population *population, const char *path,
                                                          struct padan_error *error);
/* Counts against the clusters of the population, which must be complete, and the pairs file (NULL: there is none). */
PADAN_MUST_CHECK enum padan_status pd_labelled_pairs_count(struct pd_labelled_pairs *labels,
                                                           const struct pd_population *population,
                                                           const char *pairs_path, struct padan_error *error);
void pd_labelled_pairs_reset(struct pd_labelled_pairs *labels);

/* warning: one sentence, NULL when nothing is to be said. */
void pd_labelled_pairs_print(const struct pd_labelled_pairs *labels, const char *warning, struct pd_buffer *out);
void pd_labelled_pairs_json(const struct pd_labelled_pairs *labels, const char *warning, struct pd_buffer *out);

#endif
