/* SPDX-License-Identifier: MIT */
#include "linking/linked_clusters.h"

static pd_weight score_any(void *context, uint32_t a, uint32_t b)
{
    struct pd_linker *linker = context;
    const struct pd_pair pair = pd_linker_pair(linker, a, b);
    int8_t gammas[PD_COMPARISONS_MAX];
    pd_weight weight = 0;
    (void)pd_plan_score(&linker->plan, &linker->workers[0], pair.left, pair.right, INT64_MIN, gammas, &weight);
    return weight;
}

enum padan_status pd_linked_clusters(struct pd_linker *linker, pd_weight threshold, struct pd_edges *edges,
                                     struct pd_clusters *clusters, struct padan_error *error)
{
    const struct pd_cluster_options options = { .table = linker->table,
                                                .anchor_source = -1,
                                                .threads = linker->threads };
    const struct pd_group_options groups = { options, threshold, score_any, linker };
    switch (linker->model->clustering) {
    case PD_CLUSTER_COMPONENTS: break;
    case PD_CLUSTER_GROUPS: return pd_cluster_groups(&groups, edges, clusters, error);
    case PD_CLUSTER_BEST_LINK: return pd_cluster_best_link(&options, edges, clusters, error);
    case PD_CLUSTER_PAIRS: return pd_cluster_pairs(&options, edges, clusters, error);
    case PD_CLUSTER_MUTUAL: return pd_cluster_mutual(&options, edges, clusters, error);
    case PD_CLUSTER_ONE_TO_ONE: return pd_cluster_one_to_one(&options, edges, clusters, error);
    }
    return pd_cluster_persons(&options, edges, clusters, error);
}

const char *pd_clustering_words(enum pd_clustering clustering)
{
    static const char *const words[] = {
        "connected components",           "groups whose pairs agree on the whole",
        "one to one, the best first",     "two rows at most, the best first",
        "each row follows its best pair", "one to one, only pairs that are the best of both rows"
    };
    return words[clustering];
}
