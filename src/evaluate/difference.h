/* SPDX-License-Identifier: MIT
 * What changed between two runs. Clusters are compared by their members among the rows that both runs have, never by
 * their ids: the rows that a cluster of A and a cluster of B share are a cell, and the sizes of cell, A and B say all.
 */
#ifndef PD_EVALUATE_DIFFERENCE_H
#define PD_EVALUATE_DIFFERENCE_H

#include "evaluate/evaluate.h"

enum pd_change {
    PD_CHANGE_NONE,
    PD_CHANGE_LINKED,   /* was alone, now with others */
    PD_CHANGE_UNLINKED, /* was with others, now alone */
    PD_CHANGE_MERGED,   /* kept all its fellows and got more */
    PD_CHANGE_SPLIT,    /* lost some of its fellows, got none */
    PD_CHANGE_MOVED,    /* lost some and got others */
    PD_CHANGE_NEW,      /* row only in B */
    PD_CHANGE_GONE,     /* row only in A */
    PD_CHANGES
};

/* Classes of pairs: absent from the pairs file, there but not certain, certain. */
enum { PD_PAIR_ABSENT, PD_PAIR_REVIEW, PD_PAIR_CERTAIN, PD_PAIR_CLASSES };

struct pd_difference {
    bool by_source;
    const struct pd_row_renames *renames[2];       /* of the rows of A and B; NULL = none */
    size_t n_rows;                                 /* rows of either run */
    struct pd_dictionary keys, clusters[2], words; /* words: classes and statuses */
    size_t capacity;
    uint32_t *cluster[2], *class[2], *status[2]; /* [n_rows] codes in A and B, 0 = not there */
    uint32_t *size[2]; /* [n_rows] rows of its cluster that both runs have; 0 for new and gone */
    uint8_t *change;   /* [n_rows] enum pd_change */
    uint64_t n_changes[PD_CHANGES];
    uint64_t n_class_changes, n_status_changes;
    bool has_classes, has_pairs;
    uint64_t pairs_together[2], pairs_kept; /* pairs of common rows in one cluster: in A, in B, in both */
    uint64_t pair_classes[PD_PAIR_CLASSES][PD_PAIR_CLASSES]; /* [in A][in B] */
    uint64_t passing[2][PD_PAIR_CLASSES]; /* of these, absent in the other run: with a row that only A or B has */
};

struct pd_difference_options {
    const char *runs[2];                  /* folders A and B */
    const struct pd_row_renames *renames; /* names of B's rows in A, where they differ; NULL or empty = none */
    int threads;                          /* of sorting */
};

/* Reads and compares the clusters, row classes (hasil_padan.csv) and pairs of two run folders, as far as both have
 * them. */
PADAN_MUST_CHECK enum padan_status pd_difference_find(struct pd_difference *difference,
                                                      const struct pd_difference_options *options,
                                                      struct padan_error *error);
/* Appends a summary as text or JSON, and one CSV line per changed row. */
void pd_difference_print(const struct pd_difference *difference, struct pd_buffer *out);
void pd_difference_json(const struct pd_difference *difference, struct pd_buffer *out);
void pd_difference_csv(const struct pd_difference *difference, struct pd_buffer *out);
void pd_difference_reset(struct pd_difference *difference);

#endif
