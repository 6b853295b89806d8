/* SPDX-License-Identifier: MIT */
#include "base/roots.h"
#include "base/status.h"

enum padan_status padan_cluster(uint64_t n_rows, const struct padan_edges *edges, uint32_t *cluster,
                                struct padan_error *error)
{
    if (n_rows > UINT32_MAX) PD_FAIL(error, PADAN_LIMIT, "rows are numbered with 32 bits");
    for (uint64_t i = 0; i < edges->n_pairs; i++)
        if (edges->left[i] >= n_rows || edges->right[i] >= n_rows)
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "pair %llu is of rows %u and %u, and there are %llu",
                    (unsigned long long)i, edges->left[i], edges->right[i], (unsigned long long)n_rows);
    pd_roots_begin(cluster, n_rows);
    for (uint64_t i = 0; i < edges->n_pairs; i++)
        if (edges->weights == NULL || edges->weights[i] >= edges->threshold)
            pd_roots_join(cluster, edges->left[i], edges->right[i]);
    for (uint64_t i = 0; i < n_rows; i++) cluster[i] = pd_root(cluster, (uint32_t)i);
    return PADAN_OK;
}
