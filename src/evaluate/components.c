/* SPDX-License-Identifier: MIT
 * Clusters from pairs alone, for tools that write only pairs: connected components, by union-find with halving. */
#include "base/memory.h"
#include "base/roots.h"
#include "evaluate/evaluate.h"
#include "evaluate/pair_file.h"

#include <math.h>

static enum padan_status unite_pairs(struct pd_pair_file *pairs, uint32_t *parent, uint64_t *n_known,
                                     struct padan_error *error)
{
    do {
        PD_TRY(pd_pair_file_next(pairs, error));
        if (!isnan(pairs->threshold)) PD_TRY(pd_pair_file_check_weights(pairs, error));
        for (size_t i = 0; i < pairs->n_rows; i++) {
            if (pairs->row_l[i] == PD_NO_ROW || pairs->row_r[i] == PD_NO_ROW) continue;
            ++*n_known;
            if (!pd_pair_is_certain(pairs, i)) continue;
            pd_roots_join(parent, pairs->row_l[i], pairs->row_r[i]);
        }
    } while (pairs->n_rows > 0);
    return PADAN_OK;
}

enum padan_status pd_population_clusters_from_pairs(struct pd_population *population, const char *pairs_path,
                                                    double threshold, struct padan_error *error)
{
    struct pd_pair_file *pairs = NULL;
    uint32_t *parent = NULL;
    uint64_t n_known = 0;
    enum padan_status status = pd_allocate(&pairs, 1, sizeof *pairs, error);
    if (status == PADAN_OK) status = pd_allocate_array(&parent, population->n_rows, sizeof *parent, error);
    if (status == PADAN_OK) status = pd_pair_file_open(pairs, pairs_path, population, error);
    if (status == PADAN_OK) {
        pairs->threshold = threshold;
        if (!isnan(threshold) && !pairs->has_weight && !pairs->has_probability)
            status = pd_fail(error, PADAN_BAD_INPUT,
                             "%s has no column match_weight or match_probability for a threshold", pairs_path);
        pd_roots_begin(parent, population->n_rows);
        if (status == PADAN_OK) status = unite_pairs(pairs, parent, &n_known, error);
        if (status == PADAN_OK && n_known == 0 && pairs->file.n_rows > 0)
            status = pd_fail(error, PADAN_BAD_INPUT,
                             "no pair of %s is in the truth: compare source_dataset and unique_id of both", pairs_path);
        pd_pair_file_reset(pairs);
    }
    for (size_t row = 0; status == PADAN_OK && row < population->n_rows; row++)
        population->cluster[row] = pd_root(parent, (uint32_t)row) + 1;
    pd_free(parent);
    pd_free(pairs);
    return status;
}
