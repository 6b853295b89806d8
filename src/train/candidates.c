/* SPDX-License-Identifier: MIT */
#include "train/candidates.h"

#include "base/memory.h"
#include "train/em.h"
#include "train/kinds.h"

#include <math.h>

enum { ITERATIONS_MAX = 60 };

static const double TOLERANCE = 1e-5;
static const double RANDOM_COUNT = .5; /* pseudo-count of a level among random pairs */
/* Share of random pairs at the lowest level. */
static const double LOWEST_LEAST = .01;
static const double SMALLEST = 1e-12;
/* Pairs of which it is not clear that they are none say nothing about non-matches; where hardly any is, as among those
 * of one household number of a large register, those that are likelier none than not. */
static const double CLEARLY_NONE = .1, LIKELIER_NONE = .5, HARDLY_ANY = 8;
/* Before anything is known, no pair is a match. */
static const double NO_LAMBDA = 1e-30;

struct estimating {
    const struct pd_estimate_input *input;
    struct pd_kinds candidates;
    struct pd_kinds *sets; /* [input->n_sets] */
    struct pd_em_sample sample;
    struct pd_em em;
    struct pd_em_state state;
    size_t n_levels[PD_COMPARISONS_MAX];
    bool by_frequency[PD_TRAIN_TABLE];
    double m_start[PD_TRAIN_TABLE];
    double none[PD_COMPARISONS_MAX][PD_GAMMAS];   /* expected non-matches of a level, in the comparison's set */
    double of_set[PD_COMPARISONS_MAX][PD_GAMMAS]; /* the same, of all comparisons in the set at hand */
};

void pd_estimate_reset(struct pd_estimate *estimate)
{
    pd_free(estimate->weights);
    pd_free(estimate->probabilities);
    pd_free(estimate->odds);
    *estimate = (struct pd_estimate){ 0 };
}

/* --- to and from the model --- */

static enum padan_status make_kinds(struct estimating *e, size_t n_comparisons, struct padan_error *error)
{
    PD_TRY(pd_kinds_make(&e->input->candidates, n_comparisons, &e->candidates, error));
    PD_TRY(pd_allocate(&e->sets, e->input->n_sets + 1, sizeof *e->sets, error));
    for (size_t i = 0; i < e->input->n_sets; i++)
        PD_TRY(pd_kinds_make(&e->input->sets[i], n_comparisons, &e->sets[i], error));
    return PADAN_OK;
}

static enum padan_status make(struct estimating *e, const struct pd_estimate_input *input, const struct pd_model *model,
                              struct padan_error *error)
{
    e->input = input;
    PD_TRY(make_kinds(e, model->n_comparisons, error));
    e->sample = (struct pd_em_sample){ .patterns = e->candidates.gammas,
                                       .n = e->candidates.n,
                                       .width = model->n_comparisons,
                                       .counts = e->candidates.counts,
                                       .extra = e->candidates.extra,
                                       .scale = 1 };
    for (size_t c = 0; c < model->n_comparisons; c++)
        for (size_t i = 0; i < model->comparisons[c].n_levels; i++) {
            const struct pd_level *level = &model->comparisons[c].levels[i];
            if (level->is_null_level) continue;
            const size_t at = pd_level_index(c, (size_t)level->gamma);
            e->by_frequency[at] = level->tf_column.length > 0;
            e->m_start[at] = input->start[c][level->gamma + 1];
            e->n_levels[c]++;
        }
    e->em = (struct pd_em){ .n_comparisons = model->n_comparisons,
                            .n_groups = 1,
                            .n_samples = 1,
                            .n_levels = e->n_levels,
                            .samples = &e->sample,
                            .n_pairs = &input->all_pairs,
                            .by_frequency = e->by_frequency,
                            .m_start = e->m_start,
                            .with_related = input->with_related,
                            .telling = input->telling,
                            .rivals = { input->rivals, e->candidates.kind_of, e->candidates.n_pairs },
                            .with_ranks = input->rivals.edges != NULL && input->with_ranks,
                            .max_iterations = ITERATIONS_MAX,
                            .tolerance = TOLERANCE };
    return pd_em_state_make(&e->em, &e->state, error);
}

static void reset(struct estimating *e)
{
    pd_em_state_reset(&e->state);
    pd_kinds_reset(&e->candidates);
    for (size_t i = 0; e->sets != NULL && i < e->input->n_sets; i++) pd_kinds_reset(&e->sets[i]);
    pd_free(e->sets);
    pd_free(e);
}

/* m and u of the model; shares of matches and related pairs as they were estimated. */
static void load(struct estimating *e, const struct pd_model *model, double lambda, const struct pd_related *related)
{
    for (size_t c = 0; c < model->n_comparisons; c++)
        for (size_t i = 0; i < model->comparisons[c].n_levels; i++) {
            const struct pd_level *level = &model->comparisons[c].levels[i];
            if (level->is_null_level) continue;
            e->state.m[pd_level_index(c, (size_t)level->gamma)] = level->m;
            e->state.u[pd_level_index(c, (size_t)level->gamma)] = level->u;
        }
    e->state.lambda[0] = lambda;
    e->state.related[0] = related->lambda;
    e->state.shared = *related;
}

static void store(const struct estimating *e, struct pd_model *model, struct pd_estimate *estimate)
{
    const struct pd_em_state *state = &e->state;
    for (size_t c = 0; c < model->n_comparisons; c++)
        for (size_t i = 0; i < model->comparisons[c].n_levels; i++) {
            struct pd_level *level = &model->comparisons[c].levels[i];
            level->has_m = level->has_u = true;
            level->weight = 0;
            if (level->is_null_level) continue;
            level->m = state->m[pd_level_index(c, (size_t)level->gamma)];
            level->u = state->u[pd_level_index(c, (size_t)level->gamma)];
            level->weight = pd_weight_of_ratio(level->m / level->u);
        }
    model->lambda = estimate->lambda = state->lambda[0];
    model->prior = pd_weight_of_ratio(model->lambda / (1 - model->lambda));
    estimate->related = state->shared;
    estimate->related.lambda = state->related[0];
    estimate->n_matches = state->n_matches;
    estimate->n_related = state->n_related;
    estimate->n_iterations = state->n_iterations;
    estimate->converged = state->converged;
}

/* --- u --- */

/* Non-matches expected among the pairs of a kind, of those that are matches with probability `most` at most. */
static double count_kind(const struct estimating *e, const struct pd_kinds *kinds, size_t kind, double most)
{
    const int8_t *gammas = kinds->gammas + kind * e->em.n_comparisons;
    const double match = pd_match_probability(pd_mixture_odds(e->state.bits, gammas, 0, kinds->extra[kind]));
    return match > most ? 0 : (double)kinds->counts[kind] * (1 - match);
}

static void add_kind(struct estimating *e, const struct pd_kinds *kinds, size_t kind, double n)
{
    for (size_t c = 0; c < e->em.n_comparisons; c++)
        e->of_set[c][kinds->gammas[kind * e->em.n_comparisons + c] + 1] += n;
}

/* The same pair by pair, the candidates of its rows counted. */
static void count_rivals(struct estimating *e, const struct pd_pair *pairs, const struct pd_kinds *kinds, double most)
{
    for (size_t i = 0; i < kinds->n_pairs; i++) {
        const size_t kind = kinds->kind_of[i];
        const int8_t *gammas = kinds->gammas + kind * e->em.n_comparisons;
        const struct pd_pair_odds odds = pd_mixture_odds(e->state.bits, gammas, 0, kinds->extra[kind]);
        const double match = pd_rival_probability(&e->input->rivals, e->state.odds, pairs[i],
                                                  pd_odds_of_bits(odds.weight), odds.related);
        if (match <= most) add_kind(e, kinds, kind, 1 - match);
    }
}

/* Levels of the non-matches expected in a set, of pairs that are matches with probability `most` at most. */
static void count_set(struct estimating *e, const struct pd_pair *pairs, const struct pd_kinds *kinds, double most)
{
    memset(e->of_set, 0, sizeof e->of_set);
    if (e->input->rivals.edges != NULL && pairs != NULL) {
        count_rivals(e, pairs, kinds, most);
        return;
    }
    for (size_t i = 0; i < kinds->n; i++) add_kind(e, kinds, i, count_kind(e, kinds, i, most));
}

/* u of the highest level from the histogram, of the others from random pairs; the last takes what is left. */
static void fit_u(const struct estimating *e, size_t c, struct pd_em_state *state)
{
    const struct pd_equal_pairs *equal = &e->input->equal[c];
    const double *matches = state->m_counts + pd_level_index(c, 0);
    const size_t n = e->n_levels[c];
    double *u = state->u + pd_level_index(c, 0);
    double filled = 0, matches_filled = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        filled += e->none[c][i + 1];
        matches_filled += matches[i];
    }
    for (size_t i = n; i-- > 0;) {
        u[i] = (e->none[c][i + 1] + RANDOM_COUNT / (double)n) / (filled + RANDOM_COUNT);
        if (i == n - 1 && equal->filled > 0)
            u[i] = fmax(equal->equal - matches[i], RANDOM_COUNT) / fmax(equal->filled - matches_filled, 1);
        if (i == 0) u[i] = fmax(1 - sum, LOWEST_LEAST);
        u[i] = fmax(u[i], SMALLEST);
        sum += u[i];
    }
}

static void learn_u(void *context, struct pd_em_state *state)
{
    struct estimating *e = context;
    for (size_t set = 0; set < e->input->n_sets; set++) {
        count_set(e, e->input->sets[set].pairs, &e->sets[set], 1);
        for (size_t c = 0; c < e->em.n_comparisons; c++)
            if (e->input->set_of[c] == set) memcpy(e->none[c], e->of_set[c], sizeof e->none[c]);
    }
    for (size_t c = 0; c < e->em.n_comparisons; c++) fit_u(e, c, state);
}

/* --- all --- */

static double start_lambda(const struct pd_estimate_input *input)
{
    return fmin(fmax(input->start_matches, .5) / input->all_pairs, .5);
}

/* u as if no random pair were a match or related, then the shares to start from. */
static void start(struct estimating *e, const struct pd_model *model)
{
    const struct pd_estimate_start *before = e->input->before;
    struct pd_related none = { .n_comparisons = e->em.n_comparisons };
    double lambda = start_lambda(e->input);
    load(e, model, NO_LAMBDA, &none);
    memcpy(e->state.m, e->m_start, sizeof e->m_start);
    pd_em_bits(&e->em, &e->state, e->by_frequency);
    learn_u(e, &e->state);
    if (before != NULL) lambda = before->lambda;
    if (before != NULL) none = before->related;
    for (size_t c = before == NULL ? 0 : none.n_comparisons; c < e->em.n_comparisons; c++) none.shared[c] = .5;
    none.n_comparisons = e->em.n_comparisons;
    none.of_households = e->input->of_households;
    e->state.shared = none;
    e->state.lambda[0] = lambda;
    e->state.related[0] = before != NULL ? none.lambda : e->em.with_related ? lambda : 0;
}

/* What the estimate keeps of the state, pair by pair. */
static enum padan_status take_pairs(struct estimating *e, struct pd_estimate *estimate, struct padan_error *error)
{
    struct pd_em_state *state = &e->state;
    const size_t n = e->candidates.n_pairs;
    PD_TRY(pd_allocate_array(&estimate->weights, n + 1, sizeof *estimate->weights, error));
    PD_TRY(pd_allocate_array(&estimate->probabilities, n + 1, sizeof *estimate->probabilities, error));
    for (size_t i = 0; i < n; i++) {
        const size_t kind = e->candidates.kind_of[i];
        estimate->weights[i] = state->weights[kind];
        estimate->probabilities[i] =
            state->pair_probabilities == NULL ? state->probabilities[kind] : state->pair_probabilities[i];
    }
    estimate->odds = state->odds;
    state->odds = NULL;
    return PADAN_OK;
}

enum padan_status pd_estimate_model(const struct pd_estimate_input *input, struct pd_model *model,
                                    struct pd_estimate *estimate, struct padan_error *error)
{
    struct estimating *e = NULL;
    *estimate = (struct pd_estimate){ 0 };
    PD_TRY(pd_allocate(&e, 1, sizeof *e, error));
    enum padan_status status = make(e, input, model, error);
    if (status == PADAN_OK) {
        start(e, model);
        e->em.learn_u = learn_u;
        e->em.context = e;
        if (input->candidates.n_pairs > 0) pd_em_run(&e->em, &e->state);
        store(e, model, estimate);
        status = take_pairs(e, estimate, error);
    }
    if (status != PADAN_OK) pd_estimate_reset(estimate);
    reset(e);
    return status;
}

/* The most pairs with values that a comparison has. */
static double count_agreement(struct estimating *e, const struct pd_levelled_pairs *pairs, double most,
                              struct pd_agreement *out)
{
    double n = 0;
    count_set(e, pairs->pairs, &e->sets[0], most);
    for (size_t c = 0; c < e->em.n_comparisons; c++) {
        out[c] = (struct pd_agreement){ .n_equal = e->of_set[c][e->n_levels[c]] };
        for (size_t i = 1; i < PD_GAMMAS; i++) out[c].n += e->of_set[c][i];
        out[c].n_alike = out[c].n - e->of_set[c][1];
        n = fmax(n, out[c].n);
    }
    return n;
}

enum padan_status pd_estimate_agreement(const struct pd_estimate_input *input, const struct pd_model *model,
                                        const struct pd_estimate *estimate, const struct pd_levelled_pairs *pairs,
                                        struct pd_agreement *out, struct padan_error *error)
{
    struct pd_estimate_input of_pairs = *input;
    struct estimating *e = NULL;
    of_pairs.candidates.n_pairs = 0;
    of_pairs.sets = pairs;
    of_pairs.n_sets = 1;
    PD_TRY(pd_allocate(&e, 1, sizeof *e, error));
    const enum padan_status status = make(e, &of_pairs, model, error);
    if (status == PADAN_OK) {
        load(e, model, estimate->lambda, &estimate->related);
        if (estimate->odds != NULL)
            memcpy(e->state.odds, estimate->odds, input->rivals.n_records * input->rivals.n_sources * sizeof(double));
        pd_em_bits(&e->em, &e->state, e->by_frequency);
        if (count_agreement(e, pairs, CLEARLY_NONE, out) < HARDLY_ANY) count_agreement(e, pairs, LIKELIER_NONE, out);
    }
    reset(e);
    return status;
}
