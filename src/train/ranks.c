/* SPDX-License-Identifier: MIT */
#include "train/ranks.h"

#include "base/memory.h"
#include "train/monotone.h"

#include <math.h>

/* The lowest bin of weight ends here. */
static const double LOWEST_BITS = -14;
/* Counts before anything is seen, of decoys and of all that are no matches. */
static const double FEW_DECOYS = .02, FEW_NONES = .04;
static const double LEAST_CHANCE = 1e-4, MOST_CHANCE = .9;
/* However many rows have a match, one in so many has none. */
static const double LEAST_SINGLE = .02;

enum padan_status pd_ranks_make(struct pd_ranks *ranks, const struct pd_rivals *rivals, size_t n,
                                struct padan_error *error)
{
    *ranks = (struct pd_ranks){ .n = n };
    enum padan_status status = pd_allocate(&ranks->best, n + 1, sizeof *ranks->best, error);
    if (status == PADAN_OK)
        status = pd_allocate(&ranks->bests, rivals->n_records * rivals->n_sources + 1, sizeof *ranks->bests, error);
    if (status == PADAN_OK) status = pd_allocate(&ranks->share, rivals->n_sources + 1, sizeof *ranks->share, error);
    if (status != PADAN_OK) pd_ranks_reset(ranks);
    return status;
}

void pd_ranks_reset(struct pd_ranks *ranks)
{
    pd_free(ranks->best);
    pd_free(ranks->bests);
    pd_free(ranks->share);
    *ranks = (struct pd_ranks){ .n = 0 };
}

static size_t bin_of(double weight)
{
    return (size_t)fmin(fmax(weight - LOWEST_BITS, 0), PD_RANK_BINS - 1);
}

static double *place_of(const struct pd_ranks *ranks, const struct pd_rivals *rivals, uint32_t row, uint32_t other)
{
    return &ranks->bests[row * rivals->n_sources + rivals->source_of[other]];
}

/* The best weight of every row's candidates, those left out that are the best of both rows when `decoys`. */
static void find_bests(struct pd_ranks *ranks, const struct pd_rivals *rivals, const double *weights, bool decoys)
{
    for (size_t i = 0; i < rivals->n_records * rivals->n_sources; i++) ranks->bests[i] = -INFINITY;
    for (size_t i = 0; i < ranks->n; i++) {
        const struct pd_edge *edge = &rivals->edges[i];
        if (decoys && ranks->best[i]) continue;
        double *const left = place_of(ranks, rivals, edge->left, edge->right);
        double *const right = place_of(ranks, rivals, edge->right, edge->left);
        *left = fmax(*left, weights[i]);
        *right = fmax(*right, weights[i]);
    }
}

static bool is_best(const struct pd_ranks *ranks, const struct pd_rivals *rivals, const double *weights, size_t i)
{
    const struct pd_edge *edge = &rivals->edges[i];
    return weights[i] >= *place_of(ranks, rivals, edge->left, edge->right) &&
           weights[i] >= *place_of(ranks, rivals, edge->right, edge->left);
}

static void count(struct pd_ranks *ranks, const struct pd_rivals *rivals, const double *weights,
                  const double *probabilities)
{
    double n_matches = 0, n_best = 0;
    memset(ranks->matches, 0, sizeof ranks->matches);
    memset(ranks->nones, 0, sizeof ranks->nones);
    memset(ranks->decoys, 0, sizeof ranks->decoys);
    for (size_t i = 0; i < rivals->n_sources; i++) ranks->share[i] = 0;
    for (size_t i = 0; i < ranks->n; i++) {
        const size_t bin = bin_of(weights[i]);
        const double match = probabilities[i];
        ranks->matches[bin] += match;
        ranks->nones[bin] += 1 - match;
        ranks->decoys[bin] += !ranks->best[i] && is_best(ranks, rivals, weights, i);
        ranks->share[rivals->source_of[rivals->edges[i].left]] += match;
        ranks->share[rivals->source_of[rivals->edges[i].right]] += match;
        n_matches += match;
        n_best += ranks->best[i] ? match : 0;
    }
    ranks->m_best = (n_best + 1) / (n_matches + 2);
}

/* From matches by source to the share of a source's rows that have one. */
static void share_rows(struct pd_ranks *ranks, const struct pd_rivals *rivals)
{
    const double others = fmax((double)rivals->n_sources - 1, 1);
    for (size_t begin = 0, end; begin < rivals->n_records; begin = end) {
        const size_t source = rivals->source_of[begin];
        for (end = begin; end < rivals->n_records && rivals->source_of[end] == source; end++) {}
        ranks->share[source] = fmin(ranks->share[source] / ((double)(end - begin) * others), 1);
    }
}

/* Chance makes the best of both rows the oftener the more a pair weighs. */
static void fit_chance(struct pd_ranks *ranks)
{
    double decoys[PD_RANK_BINS], nones[PD_RANK_BINS], fitted[PD_RANK_BINS], sum = 0, n_matches = 0, above = 0;
    for (size_t i = 0; i < PD_RANK_BINS; i++) {
        sum += decoys[i] = ranks->decoys[i] + FEW_DECOYS;
        nones[i] = ranks->nones[i] + FEW_NONES;
        n_matches += ranks->matches[i];
    }
    pd_monotone_fit(decoys, nones, PD_RANK_BINS, sum, fitted);
    for (size_t i = PD_RANK_BINS; i-- > 0;) {
        above += ranks->matches[i];
        ranks->above[i] = n_matches > 0 ? above / n_matches : 0;
        ranks->chance[i] = fmin(fmax(fitted[i] / nones[i], LEAST_CHANCE), MOST_CHANCE);
    }
}

void pd_ranks_learn(struct pd_ranks *ranks, const struct pd_rivals *rivals, const double *weights,
                    const double *probabilities)
{
    find_bests(ranks, rivals, weights, false);
    for (size_t i = 0; i < ranks->n; i++) ranks->best[i] = is_best(ranks, rivals, weights, i);
    find_bests(ranks, rivals, weights, true);
    count(ranks, rivals, weights, probabilities);
    share_rows(ranks, rivals);
    fit_chance(ranks);
}

double pd_ranks_bits(const struct pd_ranks *ranks, const struct pd_rivals *rivals, size_t pair, double weight)
{
    const size_t bin = bin_of(weight);
    const struct pd_edge *edge = &rivals->edges[pair];
    const double left = ranks->share[rivals->source_of[edge->left]] * ranks->above[bin];
    const double right = ranks->share[rivals->source_of[edge->right]] * ranks->above[bin];
    const double single = fmax(1 - left, LEAST_SINGLE) * fmax(1 - right, LEAST_SINGLE);
    const double chance = fmax(ranks->chance[bin] * single, LEAST_CHANCE);
    return ranks->best[pair] ? log2(ranks->m_best / chance) : log2((1 - ranks->m_best) / (1 - chance));
}
