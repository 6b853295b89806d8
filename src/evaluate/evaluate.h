/* SPDX-License-Identifier: MIT
 * How good is a linkage: its clusters and pairs, as files, against the truth. Knows files only, never the engine's
 * memory, so that the same words judge any tool.
 *
 * Pairs are counted from the table of clusters by entities (Hubert & Arabie 1985), never enumerated: with n_ce rows of
 * entity e in cluster c, found = sum C(n_ce, 2), predicted = sum C(n_c, 2), true = sum C(n_e, 2); and "pairs where a
 * row has a mark" = all pairs - pairs of rows without the mark. B-cubed: Bagga & Baldwin 1998. */
#ifndef PD_EVALUATE_EVALUATE_H
#define PD_EVALUATE_EVALUATE_H

#include "base/buffer.h"
#include "evaluate/distinct.h"
#include "evaluate/interval.h"

enum { PD_ERROR_CLASSES = 64, PD_BOOTSTRAP_RESAMPLES = 1000 };

/* found = true pairs that are together (true positives). */
struct pd_pair_counts {
    uint64_t n_true, n_predicted, n_found;
};

/* NaN where the denominator is 0. */
double pd_precision(struct pd_pair_counts counts);
double pd_recall(struct pd_pair_counts counts);
double pd_f1(struct pd_pair_counts counts);

/* True pairs by what became of them; index k = error class Ek, 0 = neither row has an error. Lost pairs that are in
 * the pairs file but not certain are `scoring`, certain ones that are not in one cluster `guard`, the rest `blocking`
 * (never compared, or below the review threshold). */
struct pd_class_counts {
    uint64_t n_true, n_found, n_scoring, n_guard;
};

/* Pairs where either row has a value of what --by names. */
struct pd_group_counts {
    struct pd_text value; /* in the population's groups */
    struct pd_pair_counts pairs;
};

struct pd_evaluation {
    bool link_only; /* only pairs across sources count */
    size_t n_sources;
    struct pd_pair_counts all;
    struct pd_pair_counts *by_source; /* [n_sources * n_sources], (s, t) with s <= t, codes from 1 less 1 */
    struct pd_pair_counts households;
    struct pd_group_counts *by_group; /* [n_groups] in order of the values: numbers, then texts */
    size_t n_groups;
    double bcubed_precision, bcubed_recall, bcubed_f1;
    struct pd_interval precision, recall, f1; /* 95 %, bootstrap over entities */
    struct pd_class_counts classes[PD_ERROR_CLASSES];
    bool has_pairs, has_class, has_blocked;
    uint64_t n_emitted;                 /* true pairs in the pairs file */
    uint64_t n_emitted_certain;         /* of them with kelas = otomatis */
    uint64_t n_scoring, n_guard;        /* lost true pairs, as above */
    uint64_t n_blocked;                 /* true pairs that were compared, where has_blocked */
    const struct pd_distinct *distinct; /* pairs known to be different, or NULL; the caller's */
    bool has_model;                     /* it is known with what the run was made: */
    double seen_in_training;            /* share of the truth's rows that its model was trained on the labels of */
};

/* The first source, counted from 0, that rows of source s make pairs with that count: itself, or the one behind it. */
size_t pd_evaluation_first_source(const struct pd_evaluation *evaluation, size_t s);

/* Files of a run folder (CONTRACT 6) or of an engine folder (CONTRACT 7); NULL = there is none. */
struct pd_run_files {
    char *clusters, *pairs, *blocked, *model;
};

PADAN_MUST_CHECK enum padan_status pd_run_files_find(struct pd_run_files *files, const char *run,
                                                     struct padan_error *error);
void pd_run_files_reset(struct pd_run_files *files);

/* Counts everything that needs no pairs file. The population must be complete. */
PADAN_MUST_CHECK enum padan_status pd_evaluation_count(struct pd_evaluation *evaluation,
                                                       const struct pd_population *population, bool link_only,
                                                       int threads, uint64_t seed, struct padan_error *error);
/* Adds from the pairs file where the lost pairs were lost. */
PADAN_MUST_CHECK enum padan_status pd_evaluation_trace(struct pd_evaluation *evaluation,
                                                       const struct pd_population *population, const char *pairs_path,
                                                       int threads, struct padan_error *error);
/* Adds how many true pairs were compared at all. */
PADAN_MUST_CHECK enum padan_status pd_evaluation_trace_blocked(struct pd_evaluation *evaluation,
                                                               const struct pd_population *population, const char *path,
                                                               int threads, struct padan_error *error);
/* Clusters for a population from a pairs file alone: components of its pairs (certain ones where it has kelas) at or
 * above a match weight (NaN = all). */
PADAN_MUST_CHECK enum padan_status pd_population_clusters_from_pairs(struct pd_population *population,
                                                                     const char *pairs_path, double threshold,
                                                                     struct padan_error *error);
void pd_evaluation_reset(struct pd_evaluation *evaluation);

/* Reads from beside the run's model on which labels it was trained. */
PADAN_MUST_CHECK enum padan_status pd_evaluation_check_labels(struct pd_evaluation *evaluation,
                                                              const struct pd_population *population,
                                                              const char *model_path, struct padan_error *error);
/* What is to be said of figures on training labels, one sentence; false when nothing is. */
bool pd_evaluation_warning(const struct pd_evaluation *evaluation, char sentence[200]);

/* The result as an aligned table for people, and as one JSON object. */
void pd_evaluation_print(const struct pd_evaluation *evaluation, const struct pd_population *population,
                         struct pd_buffer *out);
void pd_evaluation_json(const struct pd_evaluation *evaluation, const struct pd_population *population,
                        struct pd_buffer *out);

#endif
