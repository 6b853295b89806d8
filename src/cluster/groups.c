/* SPDX-License-Identifier: MIT
 * Joins with a view of the whole (an average linkage in Kruskal's order) and one-to-one links; see cluster.h. */
#include "base/memory.h"
#include "cluster/joining.h"

enum { SPEAKERS = 7 };
static const pd_weight LOUDEST = 10 * PD_WEIGHT_ONE;

struct grouping {
    const struct pd_group_options *options;
    uint32_t *next; /* members of a group, a ring */
    uint32_t *size; /* [roots] */
};

/* Up to SPEAKERS members of a group, at equal distances along its ring. */
static size_t choose_speakers(const struct grouping *grouping, uint32_t root, uint32_t *speakers)
{
    const size_t size = grouping->size[root];
    const size_t n = size < SPEAKERS ? size : SPEAKERS;
    uint32_t member = root;
    size_t place = 0;
    for (size_t i = 0; i < n; i++) {
        for (; place < i * size / n; place++) member = grouping->next[member];
        speakers[i] = member;
    }
    return n;
}

static bool agree(void *context, struct pd_edge *edge, uint32_t a, uint32_t b)
{
    struct grouping *grouping = context;
    uint32_t left[SPEAKERS], right[SPEAKERS];
    if (grouping->size[a] == 1 && grouping->size[b] == 1) return true;
    const size_t n_left = choose_speakers(grouping, a, left);
    const size_t n_right = choose_speakers(grouping, b, right);
    pd_weight sum = 0;
    for (size_t i = 0; i < n_left; i++)
        for (size_t j = 0; j < n_right; j++) {
            const uint32_t x = left[i] < right[j] ? left[i] : right[j];
            const uint32_t y = left[i] < right[j] ? right[j] : left[i];
            pd_weight over = grouping->options->score(grouping->options->context, x, y) - grouping->options->threshold;
            if (over > LOUDEST) over = LOUDEST;
            if (over < -LOUDEST) over = -LOUDEST;
            sum += over;
        }
    if (sum < 0) edge->cut = PD_CUT_WEAK_BRIDGE;
    return sum >= 0;
}

static void join_rings(void *context, uint32_t root, uint32_t joined)
{
    struct grouping *grouping = context;
    const uint32_t after = grouping->next[root];
    grouping->next[root] = grouping->next[joined];
    grouping->next[joined] = after;
    grouping->size[root] += grouping->size[joined];
}

enum padan_status pd_cluster_groups(const struct pd_group_options *options, struct pd_edges *edges,
                                    struct pd_clusters *clusters, struct padan_error *error)
{
    const size_t n = options->cluster.table->n_records;
    struct grouping grouping = { .options = options };
    const struct pd_joining joining = { agree, join_rings, &grouping };
    enum padan_status status = pd_allocate_array(&grouping.next, n + 1, sizeof *grouping.next, error);
    if (status == PADAN_OK) status = pd_allocate_array(&grouping.size, n + 1, sizeof *grouping.size, error);
    for (size_t i = 0; status == PADAN_OK && i < n; i++) {
        grouping.next[i] = (uint32_t)i;
        grouping.size[i] = 1;
    }
    if (status == PADAN_OK) status = pd_cluster_join(&options->cluster, &joining, edges, clusters, error);
    pd_free(grouping.next);
    pd_free(grouping.size);
    return status;
}
