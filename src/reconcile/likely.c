/* SPDX-License-Identifier: MIT
 * Method: one pointer per cluster without a register person makes a functional graph; union-find names its components,
 * a register person's cluster always being the root. */
#include "reconcile/likely.h"

#include "base/memory.h"

/* strongest [n_records]: by cluster representative, the best pair out of a cluster without a register person. */
static void find_strongest(const struct pd_linkage *linkage, uint32_t *strongest)
{
    const struct pd_edge *edges = linkage->edges->edges;
    for (size_t i = 0; i < linkage->table->n_records; i++) strongest[i] = PD_NO_EDGE;
    for (size_t i = 0; i < linkage->edges->n_edges; i++) {
        const struct pd_edge *edge = &edges[i];
        const uint32_t sides[2] = { linkage->cluster[edge->left], linkage->cluster[edge->right] };
        if (sides[0] == sides[1] || edge->class == PD_CLASS_NONE) continue;
        for (size_t side = 0; side < 2; side++) {
            uint32_t *best = &strongest[sides[side]];
            if (linkage->anchor[sides[side]] != PD_NO_RECORD) continue;
            if (*best == PD_NO_EDGE || edge->weight > edges[*best].weight) *best = (uint32_t)i;
        }
    }
}

static uint32_t root_of(uint32_t *parent, uint32_t record)
{
    while (parent[record] != record) {
        parent[record] = parent[parent[record]];
        record = parent[record];
    }
    return record;
}

static void follow(const struct pd_linkage *linkage, const uint32_t *strongest, uint32_t *parent)
{
    const size_t n = linkage->table->n_records;
    for (size_t i = 0; i < n; i++) parent[i] = linkage->cluster[i];
    for (size_t i = 0; i < n; i++) {
        if (strongest[i] == PD_NO_EDGE) continue;
        const struct pd_edge *edge = &linkage->edges->edges[strongest[i]];
        const uint32_t a = root_of(parent, edge->left);
        const uint32_t b = root_of(parent, edge->right);
        if (a == b) continue;
        const bool a_known = linkage->anchor[a] != PD_NO_RECORD;
        const bool b_known = linkage->anchor[b] != PD_NO_RECORD;
        const bool keep_a = a_known != b_known ? a_known : a < b;
        parent[keep_a ? b : a] = keep_a ? a : b;
    }
    for (size_t i = 0; i < n; i++) parent[i] = root_of(parent, (uint32_t)i);
}

enum padan_status pd_likely_persons(const struct pd_linkage *linkage, uint32_t *likely, struct padan_error *error)
{
    uint32_t *strongest = NULL;
    PD_TRY(pd_allocate_array(&strongest, linkage->table->n_records, sizeof *strongest, error));
    find_strongest(linkage, strongest);
    follow(linkage, strongest, likely);
    pd_free(strongest);
    return PADAN_OK;
}
