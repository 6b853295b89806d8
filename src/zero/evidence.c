/* SPDX-License-Identifier: MIT
 * What the columns say of the matches that training has found, each by itself and against all others.
 *
 * Of one table the matches agree in most columns, and what one column says the others say too. A class that is none
 * does not hold together so: families differ in the first name; of papers of one author the titles differ, of papers of
 * one title the authors. So every column is asked twice: how often does it differ in the expected matches, and how
 * often in those pairs that all other columns take for matches. Source: leaving one field out is cross-validation; that
 * fields of a class must be independent is what latent class models are tested by (Goodman 1974). */
#include "zero/state.h"

#include <math.h>

/* A pair's bits for a match and for a related pair, by comparison. */
struct asking {
    const struct pd_zero *zero;
    bool are_two; /* no more than two columns are compared */
    double prior, related_prior;
    double match[PD_COMPARISONS_MAX], related[PD_COMPARISONS_MAX];
    double all_match, all_related;
};

static double odds_of(double bits)
{
    return exp2(fmin(fmax(bits, -200), 200));
}

static const struct pd_level *level_of(const struct pd_comparison *comparison, int gamma)
{
    for (size_t i = 0; i < comparison->n_levels; i++)
        if (comparison->levels[i].gamma == gamma && !comparison->levels[i].is_null_level) return &comparison->levels[i];
    return NULL;
}

/* Bits that a level adds for related pairs, against pairs that have nothing to do with each other. */
static double related_bits(const struct pd_zero *zero, size_t c, const struct pd_level *level)
{
    const double likely = pd_related_level(&zero->estimate.related, c, (size_t)level->gamma, level->m, level->u);
    return log2(likely) - (level->tf_column.length > 0 ? 0 : log2(level->u));
}

static void weigh(struct asking *asking, size_t edge)
{
    const struct pd_zero *zero = asking->zero;
    const struct pd_edge *pair = &zero->edges.edges[edge];
    const int8_t *gammas = zero->edges.gammas + edge * zero->edges.n_comparisons;
    asking->all_match = asking->prior;
    asking->all_related = asking->related_prior;
    for (size_t c = 0; c < zero->edges.n_comparisons; c++) {
        const struct pd_level *level = level_of(&zero->model->comparisons[c], gammas[c]);
        asking->match[c] = asking->related[c] = 0;
        if (level == NULL) continue;
        asking->match[c] =
            pd_weight_to_double(pd_plan_level_weight(&zero->linker.plan, c, gammas[c], pair->left, pair->right));
        asking->related[c] = related_bits(zero, c, level);
        if (level->tf_column.length > 0) asking->related[c] += asking->match[c] - log2(level->m); /* of the frequency */
        asking->all_match += asking->match[c];
        asking->all_related += asking->related[c];
    }
}

/* Odds of the other candidates of a pair's rows, where these compete. */
static double rival_odds(const struct asking *asking, size_t edge)
{
    const struct pd_zero *zero = asking->zero;
    const struct pd_edge *pair = &zero->edges.edges[edge];
    const struct pd_table *table = zero->options->table;
    const double *odds = zero->estimate.odds;
    if (odds == NULL) return 0;
    const double all = odds[pair->left * table->n_sources + pd_table_source(table, pair->right)] +
                       odds[pair->right * table->n_sources + pd_table_source(table, pair->left)];
    return fmax(all - 2 * odds_of(asking->all_match), 0);
}

/* Share of the pairs that the other columns take for no match of which this one differs: related pairs, of odds 2 to
 * the power of `related`, and pairs by chance. */
static double differs_by_chance(const struct asking *asking, size_t c, double related)
{
    const struct pd_comparison *comparison = &asking->zero->model->comparisons[c];
    const struct pd_level *lowest = &comparison->levels[comparison->n_levels - 1];
    const double odds = odds_of(related);
    const double of_related = odds * odds_of(related_bits(asking->zero, c, lowest));
    return fmin(lowest->u * (1 + of_related) / (1 + odds), 1);
}

/* Adds a pair to what a column says of it, by its comparison or the two halves of it. */
static void ask(const struct asking *asking, size_t edge, size_t c, int half, struct pd_zero_agreement *out)
{
    const struct pd_zero *zero = asking->zero;
    const int8_t *gammas = zero->edges.gammas + edge * zero->edges.n_comparisons;
    const bool other = half >= 0 && gammas[half] >= 0;
    if (gammas[c] < 0 && !other) return;
    const double match = asking->all_match - asking->match[c] - (other ? asking->match[half] : 0);
    const double related = asking->all_related - asking->related[c] - (other ? asking->related[half] : 0);
    const double by_others = odds_of(match) / (1 + odds_of(match) + odds_of(related) + rival_odds(asking, edge));
    const double by_all = zero->estimate.probabilities[edge];
    const int unlike = pd_auto_unlike(&zero->profiles.columns[zero->comparisons.list[c].profile]);
    const bool differs = gammas[c] == 0 || (other && gammas[half] == 0);
    out->matches += by_all;
    out->unlike += (other ? gammas[half] : gammas[c]) <= unlike ? by_all : 0;
    /* No pair is sure by one column of two, and each would always be contradicted by the other: what it leaves open is
     * no match with probability 1 - by_others, and then it differs as such pairs do. That is taken off. Of more columns
     * some are sure of a pair when the others are, or there is a doubt. */
    const double open = asking->are_two ? 1 - by_others : 0;
    out->matches_by_others += by_others * (1 - open);
    out->differ_by_others +=
        by_others * ((differs ? 1 : 0) - open * differs_by_chance(asking, other ? (size_t)half : c, related));
}

/* The comparison that speaks of the same column where its parent agrees, or -1. */
static int other_half(const struct pd_zero *zero, size_t c)
{
    for (size_t i = 0; i < zero->comparisons.n; i++)
        if (i != c && zero->comparisons.list[i].profile == zero->comparisons.list[c].profile) return (int)i;
    return -1;
}

size_t pd_zero_count_columns(const struct pd_zero *zero)
{
    size_t n = 0;
    for (size_t c = 0; c < zero->comparisons.n; c++) n += zero->comparisons.list[c].state != PD_PARENT_EQUAL;
    return n;
}

enum padan_status pd_zero_agreements(struct pd_zero *zero, struct pd_zero_agreement *out, struct padan_error *error)
{
    const struct pd_estimate *estimate = &zero->estimate;
    const double lambda = fmax(estimate->related.lambda, 1e-30);
    struct asking asking = { .zero = zero,
                             .prior = pd_weight_to_double(zero->model->prior),
                             .related_prior = log2(lambda / (1 - lambda)),
                             .are_two = pd_zero_count_columns(zero) <= 2 };
    int halves[PD_COMPARISONS_MAX];
    for (size_t c = 0; c < zero->comparisons.n; c++) {
        out[c] = (struct pd_zero_agreement){ 0 };
        halves[c] = other_half(zero, c);
    }
    PD_TRY(pd_zero_remake_linker(zero, error));
    for (size_t i = 0; i < zero->edges.n_edges; i++) {
        weigh(&asking, i);
        for (size_t c = 0; c < zero->comparisons.n; c++)
            if (zero->comparisons.list[c].state != PD_PARENT_EQUAL) ask(&asking, i, c, halves[c], &out[c]);
    }
    return PADAN_OK;
}
