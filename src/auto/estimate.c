/* SPDX-License-Identifier: MIT */
#include "auto/estimate.h"

#include "base/memory.h"

#include <math.h>

/* In the first steps related pairs may have anything in common: what they have in common is not known yet. */
enum { ITERATIONS_MAX = 60, UNDIVIDED_STEPS = 8 };

/* Pseudo-matches that hold m to its start values: so many, and so many per match. Where rows do not compete there are
 * related pairs, and only m keeps matches apart from them. */
static const double PRIOR_MATCHES = 4;
static const double PRIOR_SHARE = 1, PRIOR_SHARE_OF_RIVALS = .3;
static const double LAST_SHARE = .03;  /* in the last step, when the matches are found */
static const double RANDOM_COUNT = .5; /* pseudo-count of a level among random pairs */
static const double SMALLEST = 1e-12;
static const double NEGLIGIBLE = 1e-9;

struct estimating {
    const struct pd_estimate_input *input;
    struct pd_model *model;
    struct pd_estimate *estimate;
    double prior_share;
    /* by comparison and gamma + 1 */
    double (*bits)[PD_GAMMAS];    /* what a level adds, without the frequency of the value */
    double (*matches)[PD_GAMMAS]; /* expected matches of a level */
    double (*random)[PD_GAMMAS];  /* expected non-matches of a level, in the comparison's set */
    double (*of_set)[PD_GAMMAS];  /* the same, of all comparisons in the set at hand */
    double (*related_bits)[PD_GAMMAS];
    double (*related)[PD_GAMMAS]; /* expected related pairs of a level */
    double *related_odds;         /* [candidates] */
};

void pd_estimate_reset(struct pd_estimate *estimate)
{
    pd_free(estimate->weights);
    pd_free(estimate->probabilities);
    pd_free(estimate->odds);
    *estimate = (struct pd_estimate){ 0 };
}

static bool has_frequency(const struct pd_level *level)
{
    return level->tf_column.length > 0;
}

static void set_bits(struct estimating *e)
{
    for (size_t c = 0; c < e->model->n_comparisons; c++) {
        const struct pd_comparison *comparison = &e->model->comparisons[c];
        for (size_t i = 0; i < PD_GAMMAS; i++) e->bits[c][i] = 0;
        for (size_t i = 0; i < comparison->n_levels; i++) {
            const struct pd_level *level = &comparison->levels[i];
            if (level->is_null_level) continue;
            e->bits[c][level->gamma + 1] = log2(level->m) - (has_frequency(level) ? 0 : log2(level->u));
        }
    }
    pd_related_bits(&e->estimate->related, e->model, e->related_bits);
}

static double bits_of_lambda(double lambda)
{
    return log2(lambda / (1 - lambda));
}

/* Bits of a pair's levels, frequencies of values included. */
static double bits_of(const struct estimating *e, double (*bits)[PD_GAMMAS], const struct pd_levelled_pairs *pairs,
                      size_t index)
{
    const size_t n = e->model->n_comparisons;
    const int8_t *gammas = pairs->gammas + index * n;
    double sum = pairs->extra[index];
    for (size_t c = 0; c < n; c++) sum += bits[c][gammas[c] + 1];
    return sum;
}

static double match_weight(const struct estimating *e, const struct pd_levelled_pairs *pairs, size_t index)
{
    return bits_of_lambda(e->estimate->lambda) + bits_of(e, e->bits, pairs, index);
}

static double odds_of(double weight)
{
    return exp2(fmin(weight, 200));
}

/* Odds of a pair to be related, and not a match, against having nothing to do with each other. */
static double related_odds(const struct estimating *e, const struct pd_levelled_pairs *pairs, size_t index)
{
    const double lambda = e->estimate->related.lambda;
    if (lambda <= 0) return 0;
    return odds_of(bits_of_lambda(lambda) + bits_of(e, e->related_bits, pairs, index));
}

static size_t place_of(const struct pd_rivals *rivals, uint32_t row, uint32_t other)
{
    return row * rivals->n_sources + rivals->source_of[other];
}

/* Shares probability among the candidates of a row: odds over one plus all odds that touch either row. */
static void compete(const struct estimating *e)
{
    const struct pd_rivals *rivals = &e->input->rivals;
    const size_t n = e->input->candidates.n_pairs;
    memset(e->estimate->odds, 0, rivals->n_records * rivals->n_sources * sizeof *e->estimate->odds);
    for (size_t i = 0; i < n; i++) {
        const struct pd_edge *edge = &rivals->edges[i];
        const double odds = odds_of(e->estimate->weights[i]);
        e->estimate->odds[place_of(rivals, edge->left, edge->right)] += odds;
        e->estimate->odds[place_of(rivals, edge->right, edge->left)] += odds;
    }
    for (size_t i = 0; i < n; i++) {
        const struct pd_edge *edge = &rivals->edges[i];
        const double odds = odds_of(e->estimate->weights[i]);
        const double all = e->estimate->odds[place_of(rivals, edge->left, edge->right)] +
                           e->estimate->odds[place_of(rivals, edge->right, edge->left)] - odds;
        e->estimate->probabilities[i] = odds / (1 + e->related_odds[i] + fmax(all, odds));
    }
}

static void add_levels(const struct estimating *e, const struct pd_levelled_pairs *pairs, size_t index, double counted,
                       double (*counts)[PD_GAMMAS])
{
    const size_t n = e->model->n_comparisons;
    const int8_t *gammas = pairs->gammas + index * n;
    for (size_t c = 0; c < n; c++) counts[c][gammas[c] + 1] += counted;
}

static double probability_of(double weight, double related)
{
    return weight < -40 ? 0 : 1 / (1 + (1 + related) * exp2(-weight));
}

static void count_candidates(struct estimating *e)
{
    const struct pd_levelled_pairs *pairs = &e->input->candidates;
    struct pd_estimate *estimate = e->estimate;
    memset(e->matches, 0, e->model->n_comparisons * sizeof *e->matches);
    memset(e->related, 0, e->model->n_comparisons * sizeof *e->related);
    estimate->n_matches = estimate->n_related = 0;
    for (size_t i = 0; i < pairs->n_pairs; i++) {
        estimate->weights[i] = match_weight(e, pairs, i);
        e->related_odds[i] = related_odds(e, pairs, i);
        estimate->probabilities[i] = probability_of(estimate->weights[i], e->related_odds[i]);
    }
    if (e->input->rivals.edges != NULL) compete(e);
    for (size_t i = 0; i < pairs->n_pairs; i++) {
        const double match = estimate->probabilities[i];
        const double related = (1 - match) * e->related_odds[i] / (1 + e->related_odds[i]);
        estimate->n_matches += match;
        estimate->n_related += related;
        if (match > 0) add_levels(e, pairs, i, match, e->matches);
        if (related > NEGLIGIBLE) add_levels(e, pairs, i, related, e->related);
    }
}

/* Pairs of which it is not clear that they are none say nothing about non-matches. */
static const double CLEARLY_NONE = .1;

/* Probability of a pair of a set, the candidates of its rows counted. */
static double set_probability(const struct estimating *e, const struct pd_levelled_pairs *pairs, size_t index)
{
    const struct pd_rivals *rivals = &e->input->rivals;
    const double weight = match_weight(e, pairs, index);
    const double related = related_odds(e, pairs, index);
    if (rivals->edges == NULL || pairs->pairs == NULL) return probability_of(weight, related);
    const struct pd_pair *pair = &pairs->pairs[index];
    const double odds = odds_of(weight);
    const double all = e->estimate->odds[place_of(rivals, pair->left, pair->right)] +
                       e->estimate->odds[place_of(rivals, pair->right, pair->left)] - odds;
    return odds / (1 + related + fmax(all, odds));
}

static void count_set(const struct estimating *e, const struct pd_levelled_pairs *pairs, double most,
                      double (*counts)[PD_GAMMAS])
{
    memset(counts, 0, e->model->n_comparisons * sizeof *counts);
    for (size_t i = 0; i < pairs->n_pairs; i++) {
        const double probability = set_probability(e, pairs, i);
        if (probability <= most) add_levels(e, pairs, i, 1 - probability, counts);
    }
}

static void count_sets(struct estimating *e)
{
    for (size_t set = 0; set < e->input->n_sets; set++) {
        count_set(e, &e->input->sets[set], 1, e->of_set);
        for (size_t c = 0; c < e->model->n_comparisons; c++)
            if (e->input->set_of[c] == set) memcpy(e->random[c], e->of_set[c], sizeof e->random[c]);
    }
}

/* u of the highest level from the histogram, of the others from random pairs; the last takes what is left. */
static void set_u(struct estimating *e, size_t c)
{
    struct pd_comparison *comparison = &e->model->comparisons[c];
    const struct pd_equal_pairs *equal = &e->input->equal[c];
    double filled = 0, n_levels = 0, matches_filled = 0;
    for (size_t i = 0; i < comparison->n_levels; i++) {
        const struct pd_level *level = &comparison->levels[i];
        if (level->is_null_level) continue;
        filled += e->random[c][level->gamma + 1];
        matches_filled += e->matches[c][level->gamma + 1];
        n_levels++;
    }
    bool first = true;
    double sum = 0;
    for (size_t i = 0; i < comparison->n_levels; i++) {
        struct pd_level *level = &comparison->levels[i];
        if (level->is_null_level) continue;
        level->u = (e->random[c][level->gamma + 1] + RANDOM_COUNT / n_levels) / (filled + RANDOM_COUNT);
        if (first && equal->filled > 0) {
            const double left = equal->equal - e->matches[c][level->gamma + 1];
            level->u = fmax(left, RANDOM_COUNT) / fmax(equal->filled - matches_filled, 1);
        }
        first = false;
        if (i + 1 < comparison->n_levels) sum += level->u;
    }
    comparison->levels[comparison->n_levels - 1].u = fmax(1 - sum, .01);
}

/* Levels in order of their weights, pooling neighbours that are not (u stays, m is shared out by u). */
static void keep_order(struct pd_comparison *comparison)
{
    double m[PD_LEVELS_MAX], u[PD_LEVELS_MAX];
    size_t first[PD_LEVELS_MAX], n_pools = 0;
    for (size_t i = 0; i < comparison->n_levels; i++) {
        if (comparison->levels[i].is_null_level) continue;
        m[n_pools] = comparison->levels[i].m;
        u[n_pools] = comparison->levels[i].u;
        first[n_pools++] = i;
        while (n_pools > 1 && m[n_pools - 2] * u[n_pools - 1] < m[n_pools - 1] * u[n_pools - 2]) {
            m[n_pools - 2] += m[n_pools - 1];
            u[n_pools - 2] += u[n_pools - 1];
            n_pools--;
        }
    }
    for (size_t pool = 0; pool < n_pools; pool++) {
        const size_t end = pool + 1 < n_pools ? first[pool + 1] : comparison->n_levels;
        for (size_t i = first[pool]; i < end; i++)
            if (!comparison->levels[i].is_null_level)
                comparison->levels[i].m = comparison->levels[i].u * m[pool] / u[pool];
    }
}

static double set_m(struct estimating *e, size_t c)
{
    struct pd_comparison *comparison = &e->model->comparisons[c];
    double filled = 0, change = 0;
    const double prior = PRIOR_MATCHES + e->prior_share * e->estimate->n_matches;
    double before[PD_LEVELS_MAX];
    for (size_t i = 0; i < comparison->n_levels; i++) {
        before[i] = comparison->levels[i].m;
        if (!comparison->levels[i].is_null_level) filled += e->matches[c][comparison->levels[i].gamma + 1];
    }
    for (size_t i = 0; i < comparison->n_levels; i++) {
        struct pd_level *level = &comparison->levels[i];
        if (level->is_null_level) continue;
        level->m = (e->matches[c][level->gamma + 1] + prior * e->input->start[c][level->gamma + 1]) / (filled + prior);
    }
    keep_order(comparison);
    for (size_t i = 0; i < comparison->n_levels; i++) {
        struct pd_level *level = &comparison->levels[i];
        level->m = fmax(level->m, SMALLEST);
        level->u = fmax(level->u, SMALLEST);
        if (!level->is_null_level) change = fmax(change, fabs(level->m - before[i]));
    }
    return change;
}

static double lambda_of(const struct estimating *e, double n_pairs)
{
    return fmin(fmax(n_pairs, .5) / e->input->all_pairs, .5);
}

static double step(struct estimating *e)
{
    struct pd_estimate *estimate = e->estimate;
    double change = 0;
    set_bits(e);
    count_candidates(e);
    count_sets(e);
    pd_related_learn(&estimate->related, e->model, (const double(*)[PD_GAMMAS])e->related,
                     estimate->n_iterations >= UNDIVIDED_STEPS);
    for (size_t c = 0; c < e->model->n_comparisons; c++) {
        set_u(e, c);
        change = fmax(change, set_m(e, c));
    }
    estimate->lambda = lambda_of(e, estimate->n_matches);
    if (estimate->related.lambda > 0) estimate->related.lambda = lambda_of(e, estimate->n_related);
    return change;
}

static void finish(struct estimating *e)
{
    struct pd_model *model = e->model;
    for (size_t c = 0; c < model->n_comparisons; c++)
        for (size_t i = 0; i < model->comparisons[c].n_levels; i++) {
            struct pd_level *level = &model->comparisons[c].levels[i];
            level->has_m = level->has_u = true;
            level->weight = level->is_null_level ? 0 : pd_weight_of_ratio(level->m / level->u);
        }
    model->lambda = e->estimate->lambda;
    model->prior = pd_weight_of_ratio(model->lambda / (1 - model->lambda));
}

/* Shares of matches and related pairs to start from. */
static void start(struct estimating *e)
{
    struct pd_related *related = &e->estimate->related;
    const double start = lambda_of(e, e->input->start_matches);
    const bool compete = e->input->rivals.edges != NULL;
    e->prior_share = compete ? PRIOR_SHARE_OF_RIVALS : PRIOR_SHARE;
    *related = (struct pd_related){ .lambda = compete ? 0 : start };
    e->estimate->lambda = start;
    if (e->input->before != NULL) {
        *related = e->input->before->related;
        e->estimate->lambda = e->input->before->lambda;
    }
    for (size_t c = related->n_comparisons; c < e->model->n_comparisons; c++) related->shared[c] = .5;
    related->n_comparisons = e->model->n_comparisons;
}

static enum padan_status estimate_all(struct estimating *e, struct padan_error *error)
{
    const size_t n = e->model->n_comparisons;
    PD_TRY(pd_allocate(&e->bits, n, sizeof *e->bits, error));
    PD_TRY(pd_allocate(&e->matches, n, sizeof *e->matches, error));
    PD_TRY(pd_allocate(&e->random, n, sizeof *e->random, error));
    PD_TRY(pd_allocate(&e->of_set, n, sizeof *e->of_set, error));
    PD_TRY(pd_allocate(&e->related_bits, n, sizeof *e->related_bits, error));
    PD_TRY(pd_allocate(&e->related, n, sizeof *e->related, error));
    PD_TRY(pd_allocate(&e->related_odds, e->input->candidates.n_pairs, sizeof(double), error));
    PD_TRY(pd_allocate(&e->estimate->weights, e->input->candidates.n_pairs, sizeof(double), error));
    PD_TRY(pd_allocate(&e->estimate->probabilities, e->input->candidates.n_pairs, sizeof(double), error));
    PD_TRY(pd_allocate(&e->estimate->odds, e->input->rivals.n_records * e->input->rivals.n_sources,
                       sizeof *e->estimate->odds, error));
    for (size_t c = 0; c < n; c++)
        for (size_t i = 0; i < e->model->comparisons[c].n_levels; i++) {
            struct pd_level *level = &e->model->comparisons[c].levels[i];
            if (!level->is_null_level) level->m = e->input->start[c][level->gamma + 1];
        }
    /* u before the first weights: as if no random pair were a match or related. */
    e->estimate->lambda = 1e-30;
    set_bits(e);
    count_sets(e);
    for (size_t c = 0; c < n; c++) set_u(e, c);
    start(e);
    while (e->input->candidates.n_pairs > 0 && e->estimate->n_iterations < ITERATIONS_MAX && !e->estimate->converged) {
        e->estimate->converged = step(e) < 1e-5;
        e->estimate->n_iterations++;
    }
    e->prior_share = LAST_SHARE;
    if (e->input->candidates.n_pairs > 0) {
        (void)step(e);
        set_bits(e);
        count_candidates(e); /* the weights that the model gives now */
    }
    finish(e);
    return PADAN_OK;
}

enum padan_status pd_estimate_model(const struct pd_estimate_input *input, struct pd_model *model,
                                    struct pd_estimate *estimate, struct padan_error *error)
{
    struct estimating e = { .input = input, .model = model, .estimate = estimate };
    *estimate = (struct pd_estimate){ 0 };
    const enum padan_status status = estimate_all(&e, error);
    pd_free(e.bits);
    pd_free(e.matches);
    pd_free(e.random);
    pd_free(e.of_set);
    pd_free(e.related_bits);
    pd_free(e.related);
    pd_free(e.related_odds);
    if (status != PADAN_OK) pd_estimate_reset(estimate);
    return status;
}

enum padan_status pd_estimate_agreement(const struct pd_estimate_input *input, const struct pd_model *model,
                                        const struct pd_estimate *estimate, const struct pd_levelled_pairs *pairs,
                                        struct pd_agreement *out, struct padan_error *error)
{
    struct pd_estimate copy = *estimate;
    struct pd_model model_copy = *model;
    struct estimating e = { .input = input, .model = &model_copy, .estimate = &copy };
    enum padan_status status = pd_allocate(&e.bits, model->n_comparisons, sizeof *e.bits, error);
    if (status == PADAN_OK) status = pd_allocate(&e.random, model->n_comparisons, sizeof *e.random, error);
    if (status == PADAN_OK) status = pd_allocate(&e.related_bits, model->n_comparisons, sizeof *e.related_bits, error);
    if (status == PADAN_OK) {
        set_bits(&e);
        count_set(&e, pairs, CLEARLY_NONE, e.random);
        for (size_t c = 0; c < model->n_comparisons; c++) {
            out[c] = (struct pd_agreement){ 0 };
            for (size_t i = 1; i < PD_GAMMAS; i++) out[c].n += e.random[c][i];
            for (size_t i = model->comparisons[c].n_levels; i-- > 0;)
                if (!model->comparisons[c].levels[i].is_null_level)
                    out[c].n_equal = e.random[c][model->comparisons[c].levels[i].gamma + 1];
        }
    }
    pd_free(e.bits);
    pd_free(e.random);
    pd_free(e.related_bits);
    return status;
}
