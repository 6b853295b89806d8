/* SPDX-License-Identifier: MIT */
#include "auto/uniqueness.h"

#include "base/memory.h"

#include <math.h>

static const double SURE_BITS = 5; /* weaker candidates say nothing about the source */
static const double REPEATED_SHARE = .125;

struct two_best {
    double first, second;
    uint32_t first_row, second_row;
};

static void offer(struct two_best *two, double weight, uint32_t row)
{
    if (weight > two->first) {
        two->second = two->first;
        two->second_row = two->first_row;
        two->first = weight;
        two->first_row = row;
    } else if (weight > two->second) {
        two->second = weight;
        two->second_row = row;
    }
}

static bool is_repeated(const struct two_best *two, pd_score_any *score, void *context)
{
    if (!(two->second >= SURE_BITS)) return false;
    const uint32_t a = two->first_row;
    const uint32_t b = two->second_row;
    return score(context, a < b ? a : b, a < b ? b : a) >= SURE_BITS;
}

static struct two_best *place_of(const struct pd_rivals *rivals, struct two_best *bests, uint32_t row, uint32_t other)
{
    return &bests[row * rivals->n_sources + rivals->source_of[other]];
}

enum padan_status pd_auto_uniqueness(const struct pd_rivals *rivals, const double *weights, size_t n_edges,
                                     pd_score_any *score, void *context, struct pd_uniqueness *out, bool *best,
                                     struct padan_error *error)
{
    const size_t n_places = rivals->n_records * rivals->n_sources;
    struct two_best *bests = NULL;
    *out = (struct pd_uniqueness){ 0 };
    PD_TRY(pd_allocate_array(&bests, n_places + 1, sizeof *bests, error));
    for (size_t i = 0; i < n_places; i++) bests[i] = (struct two_best){ -INFINITY, -INFINITY, 0, 0 };
    for (size_t i = 0; i < n_edges; i++) {
        const struct pd_edge *edge = &rivals->edges[i];
        offer(place_of(rivals, bests, edge->left, edge->right), weights[i], edge->right);
        offer(place_of(rivals, bests, edge->right, edge->left), weights[i], edge->left);
    }
    for (size_t i = 0; i < n_places; i++) {
        out->n_rows += bests[i].first >= SURE_BITS;
        out->n_repeated += is_repeated(&bests[i], score, context);
    }
    for (size_t i = 0; i < n_edges; i++) {
        const struct pd_edge *edge = &rivals->edges[i];
        best[i] = weights[i] >= place_of(rivals, bests, edge->left, edge->right)->first &&
                  weights[i] >= place_of(rivals, bests, edge->right, edge->left)->first;
    }
    out->one_to_one = out->n_repeated <= REPEATED_SHARE * out->n_rows;
    pd_free(bests);
    return PADAN_OK;
}
