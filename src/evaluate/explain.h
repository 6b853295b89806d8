/* SPDX-License-Identifier: MIT
 * Why two rows are together or not, and what holds a cluster together, read back from a run folder. Rows are named
 * source:unique_id, or unique_id alone where only one source has it. */
#ifndef PD_EVALUATE_EXPLAIN_H
#define PD_EVALUATE_EXPLAIN_H

#include "evaluate/evaluate.h"
#include "model/pair_evidence.h"
#include "model/source_pairs.h"

/* Facts of one row of the clusters file; absent columns are empty. Texts live in the caller's arena. */
struct pd_row_facts {
    struct pd_text source, id, cluster, household, n_rows, min_weight, split;
};

/* Finds the rows that names [n_names] mean. BAD_ARGUMENT when one is unknown or stands for several rows. */
PADAN_MUST_CHECK enum padan_status pd_facts_find(struct pd_row_facts *facts, struct pd_arena *arena, const char *path,
                                                 const char *const *names, size_t n_names, struct padan_error *error);
/* All rows of a cluster, in the order of the file; the caller frees *members. */
PADAN_MUST_CHECK enum padan_status pd_facts_of_cluster(struct pd_row_facts **members, size_t *n_members,
                                                       struct pd_arena *arena, const char *path, struct pd_text cluster,
                                                       struct padan_error *error);

/* Computes a pair that the pairs file does not have; ids are source:unique_id. NULL where nobody can. */
struct pd_pair_judge {
    enum padan_status (*judge)(void *context, const char *const ids[2], struct pd_arena *arena,
                               struct pd_pair_evidence *evidence, struct padan_error *error);
    void *context;
};

struct pd_explain_options {
    const struct pd_run_files *files;
    const struct pd_pair_judge *judge;           /* or NULL */
    const struct pd_link_thresholds *thresholds; /* where the weight alone decides, else NULL */
    bool json;
};

/* One pair as a waterfall, from the pairs file or else as the judge finds it. A judge that fails is told of in the
 * text. Appends text or JSON. */
PADAN_MUST_CHECK enum padan_status pd_explain_pair(const struct pd_explain_options *options, const char *left,
                                                   const char *right, struct pd_buffer *out, struct padan_error *error);
/* The same of two rows of no run, as they were judged by a model; its text gives the labels. */
PADAN_MUST_CHECK enum padan_status pd_explain_evidence(const struct pd_pair_evidence *evidence, struct pd_text model,
                                                       bool json, struct pd_buffer *out, struct padan_error *error);
/* The cluster of a row: members, edges, and the edges that alone hold it together. Appends text or JSON. */
PADAN_MUST_CHECK enum padan_status pd_explain_cluster(const struct pd_explain_options *options, const char *row,
                                                      struct pd_buffer *out, struct padan_error *error);

#endif
