/* SPDX-License-Identifier: MIT */
#include "auto/uniqueness.h"

#include "base/memory.h"

#include <math.h>

static const double SURE_BITS = 5; /* weaker candidates say nothing about the source */
static const double REPEATED_SHARE = .125;
/* Of two matches of a row the second tells nearly as much as the first; a relative of the match tells less. Half is
 * what some relatives tell too, before training knows of families, but hardly one tells so nearly all. */
static const double LIKE_THE_BEST = .5, AS_GOOD = .85;
static const double SEVERAL_SHARE = 1.0 / 3, FEW_ROWS = 4;

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

struct scoring {
    pd_score_any *score;
    void *context;
};

/* Whether a row has two candidates that agree with each other, all by so many bits. */
static bool has_two(const struct two_best *two, double bits, const struct scoring *scoring)
{
    if (!(two->second >= bits)) return false;
    const uint32_t a = two->first_row;
    const uint32_t b = two->second_row;
    return scoring->score(scoring->context, a < b ? a : b, a < b ? b : a) >= bits;
}

static struct two_best *place_of(const struct pd_rivals *rivals, struct two_best *bests, uint32_t row, uint32_t other)
{
    return &bests[row * rivals->n_sources + rivals->source_of[other]];
}

/* Counts the rows of each source by what they have in others: what is so of one source's rows is so. */
static void count_repeats(const struct pd_rivals *rivals, const struct two_best *bests, const struct scoring *scoring,
                          struct pd_uniqueness *out)
{
    for (uint32_t row = 0, end; row < rivals->n_records; row = end) {
        double n_rows = 0, n_several = 0, n_as_good = 0;
        for (end = row; end < rivals->n_records && rivals->source_of[end] == rivals->source_of[row]; end++)
            for (size_t source = 0; source < rivals->n_sources; source++) {
                const struct two_best *two = &bests[end * rivals->n_sources + source];
                if (!(two->first >= SURE_BITS)) continue;
                n_rows++;
                out->n_repeated += has_two(two, SURE_BITS, scoring);
                n_several += has_two(two, fmax(SURE_BITS, LIKE_THE_BEST * two->first), scoring);
                n_as_good += has_two(two, fmax(SURE_BITS, AS_GOOD * two->first), scoring);
            }
        out->n_rows += n_rows;
        out->several = out->several || (n_several >= FEW_ROWS && n_several > SEVERAL_SHARE * n_rows);
        out->one_to_one = out->one_to_one && (n_as_good < FEW_ROWS || n_as_good <= REPEATED_SHARE * n_rows);
    }
}

enum padan_status pd_auto_uniqueness(const struct pd_rivals *rivals, const double *weights, size_t n_edges,
                                     pd_score_any *score, void *context, struct pd_uniqueness *out, bool *best,
                                     struct padan_error *error)
{
    const size_t n_places = rivals->n_records * rivals->n_sources;
    struct two_best *bests = NULL;
    *out = (struct pd_uniqueness){ .one_to_one = true };
    PD_TRY(pd_allocate_array(&bests, n_places + 1, sizeof *bests, error));
    for (size_t i = 0; i < n_places; i++) bests[i] = (struct two_best){ -INFINITY, -INFINITY, 0, 0 };
    for (size_t i = 0; i < n_edges; i++) {
        const struct pd_edge *edge = &rivals->edges[i];
        offer(place_of(rivals, bests, edge->left, edge->right), weights[i], edge->right);
        offer(place_of(rivals, bests, edge->right, edge->left), weights[i], edge->left);
    }
    count_repeats(rivals, bests, &(struct scoring){ score, context }, out);
    for (size_t i = 0; i < n_edges; i++) {
        const struct pd_edge *edge = &rivals->edges[i];
        best[i] = weights[i] >= place_of(rivals, bests, edge->left, edge->right)->first &&
                  weights[i] >= place_of(rivals, bests, edge->right, edge->left)->first;
    }
    out->one_to_one = out->one_to_one && !out->several && out->n_repeated <= REPEATED_SHARE * out->n_rows;
    pd_free(bests);
    return PADAN_OK;
}
