/* SPDX-License-Identifier: MIT
 * Clusters from pairs alone, for tools that write only pairs: connected components, by union-find with halving. */
#include "base/memory.h"
#include "base/roots.h"
#include "evaluate/evaluate.h"
#include "evaluate/pair_file.h"

#include <math.h>

/* Rows in groups; those of the truth come first. */
struct groups {
    uint32_t *parent; /* [n] */
    size_t n, capacity;
};

/* Room for n rows, new ones alone. */
static enum padan_status groups_of(struct groups *groups, size_t n, struct padan_error *error)
{
    PD_TRY(pd_grow(&groups->parent, &groups->capacity, n, sizeof *groups->parent, error));
    for (; groups->n < n; groups->n++) groups->parent[groups->n] = (uint32_t)groups->n;
    return PADAN_OK;
}

static enum padan_status unite_pairs(struct pd_pair_file *pairs, struct groups *groups, uint64_t *n_known,
                                     struct padan_error *error)
{
    const size_t n_of_truth = pairs->population->n_rows;
    do {
        PD_TRY(pd_pair_file_next(pairs, error));
        if (!isnan(pairs->threshold)) PD_TRY(pd_pair_file_check_weights(pairs, error));
        PD_TRY(groups_of(groups, n_of_truth + pairs->others->n_entries, error));
        for (size_t i = 0; i < pairs->n_rows; i++) {
            *n_known += pairs->row_l[i] < n_of_truth || pairs->row_r[i] < n_of_truth;
            if (pd_pair_is_certain(pairs, i)) pd_roots_join(groups->parent, pairs->row_l[i], pairs->row_r[i]);
        }
    } while (pairs->n_rows > 0);
    return PADAN_OK;
}

enum padan_status pd_population_clusters_from_pairs(struct pd_population *population, const char *pairs_path,
                                                    double threshold, struct padan_error *error)
{
    struct pd_pair_file *pairs = NULL;
    struct pd_dictionary others = { .n_entries = 0 };
    struct groups groups = { .n = 0 };
    uint64_t n_known = 0;
    enum padan_status status = pd_allocate(&pairs, 1, sizeof *pairs, error);
    if (status == PADAN_OK) status = pd_pair_file_open(pairs, pairs_path, population, error);
    if (status == PADAN_OK) {
        pairs->threshold = threshold;
        pairs->others = &others;
        if (!isnan(threshold) && !pairs->has_weight && !pairs->has_probability)
            status = pd_fail(error, PADAN_BAD_INPUT,
                             "%s has no column match_weight or match_probability for a threshold", pairs_path);
        if (status == PADAN_OK) status = unite_pairs(pairs, &groups, &n_known, error);
        if (status == PADAN_OK && n_known == 0 && pairs->file.n_rows > 0)
            status = pd_fail(error, PADAN_BAD_INPUT,
                             "no pair of %s is in the truth: compare source_dataset and unique_id of both", pairs_path);
        pd_pair_file_reset(pairs);
    }
    for (size_t row = 0; status == PADAN_OK && row < population->n_rows; row++)
        population->cluster[row] = pd_root(groups.parent, (uint32_t)row) + 1;
    pd_free(groups.parent);
    pd_dictionary_reset(&others);
    pd_free(pairs);
    return status;
}
