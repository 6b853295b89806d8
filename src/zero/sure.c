/* SPDX-License-Identifier: MIT
 * Where training has found families and no matches, are there people among them who stand twice?
 *
 * What families differ in says it. Of the pairs that agree in nearly all that the other columns tell, which families
 * and people who stand twice both do, chance makes the share u equal in that column. Where ten times as many are, those
 * who are equal in it are one person each, whatever the weights are worth.
 * Source: the same reckoning as of decoys (auto/inside.h), with a column instead of a source. */
#include "zero/state.h"

#include <math.h>

/* Of the pairs that are equal, so many may be so by chance; one more than is expected. */
static const double MOST_BY_CHANCE = .1;

struct asking {
    struct pd_zero *zero;
    size_t c;      /* the comparison in which families differ */
    double others; /* bits that the other comparisons must have, the prior with them */
    struct pd_edges edges;
    double n_alike, n_equal;
};

/* The comparison of a column that no other one predicts; false where there is none. */
static bool find_comparison(const struct pd_zero *zero, size_t profile, size_t *c)
{
    for (size_t i = 0; i < zero->comparisons.n; i++) {
        if (zero->comparisons.list[i].profile != profile) continue;
        *c = i;
        return zero->comparisons.list[i].state == PD_PARENT_NONE;
    }
    return false;
}

static void count(struct asking *asking)
{
    struct pd_zero *zero = asking->zero;
    const struct pd_edges *edges = &asking->edges;
    const int equal = zero->model->comparisons[asking->c].levels[1].gamma; /* the null level stands first */
    for (size_t i = 0; i < edges->n_edges; i++) {
        const int8_t *gammas = edges->gammas + i * edges->n_comparisons;
        double bits = pd_weight_to_double(zero->model->prior);
        for (size_t c = 0; c < edges->n_comparisons; c++)
            if (c != asking->c)
                bits += pd_weight_to_double(pd_plan_level_weight(&zero->linker.plan, c, gammas[c], edges->edges[i].left,
                                                                 edges->edges[i].right));
        if (gammas[asking->c] < 0 || bits < asking->others) continue;
        asking->n_alike++;
        asking->n_equal += gammas[asking->c] == equal;
    }
}

static enum padan_status ask(struct asking *asking, struct padan_error *error)
{
    struct pd_zero *zero = asking->zero;
    const struct pd_comparison *comparison = &zero->model->comparisons[asking->c];
    const double least =
        asking->others + pd_weight_to_double(comparison->levels[comparison->n_levels - 1].weight) - .01;
    const struct pd_scope scope = { .n_sources = zero->options->table->n_sources, .matrix = zero->scope };
    PD_TRY(pd_zero_remake_linker(zero, error));
    PD_TRY(pd_linker_run(&zero->linker, &scope, (pd_weight)(least * (double)PD_WEIGHT_ONE), &asking->edges, error));
    count(asking);
    return PADAN_OK;
}

enum padan_status pd_zero_find_sure(struct pd_zero *zero, size_t profile, double *weight, struct padan_error *error)
{
    struct asking asking = { .zero = zero };
    *weight = INFINITY;
    if (!find_comparison(zero, profile, &asking.c)) return PADAN_OK;
    const struct pd_level *equal = &zero->model->comparisons[asking.c].levels[1];
    asking.others = pd_zero_nearly_all(zero, (int)asking.c);
    const enum padan_status status = ask(&asking, error);
    pd_edges_reset(&asking.edges);
    const double by_chance = asking.n_alike * equal->u;
    if (status != PADAN_OK || by_chance + 1 > MOST_BY_CHANCE * asking.n_equal) return status;
    *weight = asking.others + pd_weight_to_double(equal->weight);
    pd_append_format(zero->said,
                     "sure               %.0f pairs agree in nearly all else, and %.0f of them in %.*s, where chance "
                     "makes %.1f do so: these are linked\n",
                     asking.n_alike, asking.n_equal, PD_TEXT_ARGS(zero->profiles.columns[profile].name), by_chance);
    return PADAN_OK;
}
