/* SPDX-License-Identifier: MIT */
#include "train/em.h"

#include "base/memory.h"
#include "train/monotone.h"

#include <math.h>

/* Pseudo-matches that hold m to its start: in any case, and per match. Where rows do not compete there are related
 * pairs, and only m keeps matches apart from them. In the last step the matches are found. */
static const double HOLD_LEAST = 4, HOLD = 1, HOLD_OF_RIVALS = .3, HOLD_AT_LAST = .03;
/* A probability is no smaller than this. */
static const double SMALLEST = 1e-12;
/* Related pairs less likely than this are not counted. */
static const double NEGLIGIBLE = 1e-9;

/* Odds of a pair whose label says that it is a match: no other candidate of its rows stands against it. */
static const double LABELLED_ODDS = PD_MATCHING_ODDS_MOST;

/* Rounds of messages in a step: they go on from those of the step before. */
enum { MATCHING_ROUNDS = 6 };

/* Share of rows of a source that may be without a match, at the least. */
static const double OPEN_LEAST = .02;

/* Relative change of the number of matches, in tolerances of m, that is none. */
static const double SAME_MATCHES = 10;

/* In the first steps related pairs may have anything in common: what they have in common is not known yet. After some
 * more it rests, so that m and lambda may come to rest too. */
enum { UNDIVIDED_STEPS = 8, RELATED_STEPS = 60 };

/* Sums of one sweep over all patterns, by comparison and gamma + 1. */
struct sums {
    double match[PD_COMPARISONS_MAX][PD_GAMMAS];
    double related[PD_COMPARISONS_MAX][PD_GAMMAS];
    double n_related[PD_TRAIN_GROUPS_MAX];
    double free[PD_COMPARISONS_MAX], rules; /* rules that related pairs satisfy; those that were not made from c */
};

static double hold_of(const struct pd_em *em)
{
    return em->settles ? 0 : em->rivals.of.edges != NULL ? HOLD_OF_RIVALS : HOLD;
}

/* Pairs of the first sample, when rows compete. */
static size_t count_rivals(const struct pd_em *em)
{
    if (em->rivals.of.edges == NULL) return 0;
    return em->rivals.pattern_of == NULL ? em->samples[0].n : em->rivals.n;
}

static size_t pattern_of(const struct pd_em *em, size_t pair)
{
    return em->rivals.pattern_of == NULL ? pair : em->rivals.pattern_of[pair];
}

static size_t count_patterns(const struct pd_em *em)
{
    size_t n = 0;
    for (size_t i = 0; i < em->n_samples; i++) n += em->samples[i].n;
    return n;
}

static enum padan_status make_rivals(const struct pd_em *em, struct pd_em_state *state, struct padan_error *error)
{
    const struct pd_rivals *rivals = &em->rivals.of;
    const size_t n = count_rivals(em);
    if (rivals->edges == NULL) return PADAN_OK;
    PD_TRY(pd_allocate(&state->odds, rivals->n_records * rivals->n_sources, sizeof *state->odds, error));
    PD_TRY(pd_allocate(&state->pair_odds, n + 1, sizeof *state->pair_odds, error));
    PD_TRY(pd_allocate(&state->pair_probabilities, n + 1, sizeof *state->pair_probabilities, error));
    if (em->is_matching) PD_TRY(pd_matching_make(&state->matching, n, error));
    if (!em->with_ranks) return PADAN_OK;
    PD_TRY(pd_allocate(&state->pair_weights, n + 1, sizeof *state->pair_weights, error));
    return pd_ranks_make(&state->ranks, rivals, n, error);
}

enum padan_status pd_em_state_make(const struct pd_em *em, struct pd_em_state *state, struct padan_error *error)
{
    const size_t n_patterns = count_patterns(em) + 1;
    double **const tables[] = { &state->m, &state->u, &state->m_counts };
    double **const of_groups[] = { &state->lambda, &state->related, &state->matches };
    double **const of_patterns[] = { &state->weights, &state->related_odds, &state->probabilities };
    enum padan_status status = PADAN_OK;
    *state = (struct pd_em_state){ .n_iterations = 0 };
    for (size_t i = 0; status == PADAN_OK && i < 3; i++) {
        status = pd_allocate(tables[i], PD_TRAIN_TABLE, sizeof(double), error);
        if (status == PADAN_OK) status = pd_allocate(of_groups[i], em->n_groups + 1, sizeof(double), error);
        if (status == PADAN_OK) status = pd_allocate(of_patterns[i], n_patterns, sizeof(double), error);
    }
    if (status == PADAN_OK) status = pd_allocate(&state->bits, 1, sizeof *state->bits, error);
    if (status == PADAN_OK) status = make_rivals(em, state, error);
    if (status != PADAN_OK) pd_em_state_reset(state);
    return status;
}

void pd_em_state_reset(struct pd_em_state *state)
{
    double *const owned[] = { state->m,
                              state->u,
                              state->m_counts,
                              state->lambda,
                              state->related,
                              state->matches,
                              state->weights,
                              state->related_odds,
                              state->probabilities,
                              state->odds,
                              state->pair_odds,
                              state->pair_probabilities,
                              state->pair_weights };
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) pd_free(owned[i]);
    pd_free(state->bits);
    pd_ranks_reset(&state->ranks);
    pd_matching_reset(&state->matching);
    *state = (struct pd_em_state){ .n_iterations = 0 };
}

void pd_em_start(const struct pd_em *em, const double *m, const double *u, double lambda, struct pd_em_state *state)
{
    memcpy(state->m, m, PD_TRAIN_TABLE * sizeof *m);
    memcpy(state->u, u, PD_TRAIN_TABLE * sizeof *u);
    for (size_t i = 0; i < em->n_groups; i++) {
        state->lambda[i] = lambda;
        state->related[i] = em->with_related ? lambda : 0;
    }
    state->shared.n_comparisons = em->n_comparisons;
    for (size_t i = 0; i < em->n_comparisons; i++) state->shared.shared[i] = .5;
    state->n_iterations = 0;
}

void pd_em_state_continue(const struct pd_em *em, const struct pd_em_state *from, struct pd_em_state *to)
{
    memcpy(to->m, from->m, PD_TRAIN_TABLE * sizeof *to->m);
    memcpy(to->u, from->u, PD_TRAIN_TABLE * sizeof *to->u);
    memcpy(to->m_counts, from->m_counts, PD_TRAIN_TABLE * sizeof *to->m_counts);
    memcpy(to->lambda, from->lambda, em->n_groups * sizeof *to->lambda);
    for (size_t i = 0; i < em->n_groups; i++) to->related[i] = em->with_related ? from->related[i] : 0;
    to->shared = from->shared;
}

/* --- expectation --- */

void pd_em_bits(const struct pd_em *em, struct pd_em_state *state, const bool *by_frequency)
{
    const struct pd_mixture mixture = { em->n_comparisons, em->n_groups,  em->n_levels,   by_frequency,  state->m,
                                        state->u,          state->lambda, state->related, &state->shared };
    pd_mixture_bits_make(&mixture, state->bits);
}

static size_t group_of(const struct pd_em *em, const struct pd_em_sample *sample, const int8_t *pattern)
{
    return sample->width > em->n_comparisons ? (size_t)pattern[em->n_comparisons + 1] : 0;
}

static int label_of(const struct pd_em *em, const struct pd_em_sample *sample, const int8_t *pattern)
{
    return sample->is_labels ? 1 : sample->width > em->n_comparisons ? pattern[em->n_comparisons] : -1;
}

static void weigh_sample(const struct pd_em *em, const struct pd_em_sample *sample, struct pd_em_state *state,
                         size_t first)
{
    for (size_t i = 0; i < sample->n; i++) {
        const int8_t *pattern = sample->patterns + i * sample->width;
        const double extra = sample->extra == NULL ? 0 : sample->extra[i];
        const struct pd_pair_odds odds = pd_mixture_odds(state->bits, pattern, group_of(em, sample, pattern), extra);
        const int label = label_of(em, sample, pattern);
        state->weights[first + i] = odds.weight;
        state->related_odds[first + i] = label == 1 ? 0 : odds.related;
        state->probabilities[first + i] = label >= 0 ? label : pd_match_probability(odds);
    }
}

static size_t place_of(const struct pd_rivals *rivals, uint32_t row, uint32_t other)
{
    return row * rivals->n_sources + rivals->source_of[other];
}

double pd_rival_probability(const struct pd_rivals *rivals, const double *sums, struct pd_pair pair, double own,
                            double related)
{
    const double all = sums[place_of(rivals, pair.left, pair.right)] + sums[place_of(rivals, pair.right, pair.left)];
    return own / (1 + related + fmax(all - own, own));
}

/* lambda is the odds of a pair against no pair at all; what a match competes with is that neither row has any, which
 * the fewer rows can say the more matches there are. In bits. */
static double taken_bits(const struct pd_em *em, const struct pd_em_state *state, size_t pair)
{
    const struct pd_rivals *rivals = &em->rivals.of;
    const struct pd_edge *edge = &rivals->edges[pair];
    const struct pd_em_sample *sample = &em->samples[0];
    const size_t group = group_of(em, sample, sample->patterns + pattern_of(em, pair) * sample->width);
    const double n_matches = state->lambda[group] * em->n_pairs[group];
    const double open_l = fmax(1 - n_matches / rivals->n_rows[rivals->source_of[edge->left]], OPEN_LEAST);
    const double open_r = fmax(1 - n_matches / rivals->n_rows[rivals->source_of[edge->right]], OPEN_LEAST);
    return -log2(open_l * open_r);
}

/* The weight that a pair competes with: with what its rank says, where that counts. */
static double rival_weight(const struct pd_em *em, const struct pd_em_state *state, size_t pair)
{
    double weight = state->weights[pattern_of(em, pair)];
    if (em->rivals.of.n_rows != NULL) weight += taken_bits(em, state, pair);
    return em->with_ranks ? weight + pd_ranks_bits(&state->ranks, &em->rivals.of, pair, weight) : weight;
}

/* Ranks are learned from the step before; in the first, no pair had rivals. */
static void rank_pairs(const struct pd_em *em, struct pd_em_state *state)
{
    for (size_t i = 0; i < count_rivals(em); i++) {
        const size_t pattern = pattern_of(em, i);
        state->pair_weights[i] = state->weights[pattern];
        if (state->n_iterations == 0) state->pair_probabilities[i] = state->probabilities[pattern];
    }
    pd_ranks_learn(&state->ranks, &em->rivals.of, state->pair_weights, state->pair_probabilities);
}

static int label_of_first(const struct pd_em *em, size_t pattern)
{
    return label_of(em, &em->samples[0], em->samples[0].patterns + pattern * em->samples[0].width);
}

/* The odds of pairs by themselves, those of a label standing against all. Where nothing but its pattern says anything
 * of a pair, they are worked out by pattern; state->probabilities is free meanwhile. */
static void find_odds(const struct pd_em *em, struct pd_em_state *state)
{
    const bool by_pattern = em->rivals.of.n_rows == NULL && !em->with_ranks;
    for (size_t i = 0; by_pattern && i < em->samples[0].n; i++)
        state->probabilities[i] = pd_odds_of_bits(state->weights[i]);
    for (size_t i = 0; i < count_rivals(em); i++) {
        const size_t pattern = pattern_of(em, i);
        const int label = label_of_first(em, pattern);
        state->pair_odds[i] = label >= 0   ? label * LABELLED_ODDS
                              : by_pattern ? state->probabilities[pattern]
                                           : pd_odds_of_bits(rival_weight(em, state, i));
    }
}

static void add_odds(const struct pd_em *em, struct pd_em_state *state)
{
    const struct pd_rivals *rivals = &em->rivals.of;
    memset(state->odds, 0, rivals->n_records * rivals->n_sources * sizeof *state->odds);
    for (size_t i = 0; i < count_rivals(em); i++) {
        const struct pd_edge *edge = &rivals->edges[i];
        state->odds[place_of(rivals, edge->left, edge->right)] += state->pair_odds[i];
        state->odds[place_of(rivals, edge->right, edge->left)] += state->pair_odds[i];
    }
}

static void send_messages(const struct pd_em *em, struct pd_em_state *state)
{
    if (state->n_iterations == 0) pd_matching_start(&state->matching);
    for (size_t i = 0; i < count_rivals(em); i++)
        state->pair_odds[i] = fmin(state->pair_odds[i], PD_MATCHING_ODDS_MOST);
    pd_matching_send(&state->matching, &em->rivals.of, state->pair_odds, state->odds, MATCHING_ROUNDS);
}

/* What a label says stands. */
static double pair_probability(const struct pd_em *em, const struct pd_em_state *state, size_t i)
{
    const struct pd_edge *edge = &em->rivals.of.edges[i];
    const size_t pattern = pattern_of(em, i);
    const int label = label_of_first(em, pattern);
    const struct pd_pair pair = { edge->left, edge->right };
    if (label >= 0) return label;
    if (em->is_matching) return pd_matching_probability(&state->matching, state->pair_odds[i], i);
    return pd_rival_probability(&em->rivals.of, state->odds, pair, state->pair_odds[i], state->related_odds[pattern]);
}

/* Shares probability among the candidates of a row: odds over one plus all odds that touch either row, or as matchings
 * say. */
static void compete(const struct pd_em *em, struct pd_em_state *state)
{
    const struct pd_em_sample *sample = &em->samples[0];
    if (em->with_ranks) rank_pairs(em, state);
    find_odds(em, state);
    if (em->is_matching)
        send_messages(em, state);
    else
        add_odds(em, state);
    memset(state->probabilities, 0, sample->n * sizeof *state->probabilities);
    for (size_t i = 0; i < count_rivals(em); i++) {
        state->pair_probabilities[i] = pair_probability(em, state, i);
        state->probabilities[pattern_of(em, i)] += state->pair_probabilities[i];
    }
    for (size_t i = 0; sample->counts != NULL && i < sample->n; i++)
        state->probabilities[i] /= (double)sample->counts[i];
}

void pd_em_expect(const struct pd_em *em, struct pd_em_state *state)
{
    size_t first = 0;
    pd_em_bits(em, state, em->by_frequency);
    for (size_t i = 0; i < em->n_samples; i++) {
        weigh_sample(em, &em->samples[i], state, first);
        first += em->samples[i].n;
    }
    if (em->rivals.of.edges != NULL) compete(em, state);
}

/* --- counting --- */

static void add_pattern(const struct pd_em *em, const int8_t *pattern, uint64_t masked, double match, double related,
                        struct sums *sums)
{
    for (size_t c = 0; c < em->n_comparisons; c++) {
        if (masked >> c & 1) continue;
        sums->match[c][pattern[c] + 1] += match;
        sums->related[c][pattern[c] + 1] += related;
    }
}

/* What the rules of a related pair say by themselves. */
static void add_rules(const struct pd_em *em, uint64_t rules, double related, struct sums *sums)
{
    for (size_t i = 0; i < em->n_rules; i++) {
        if ((rules >> i & 1) == 0) continue;
        sums->rules += related;
        for (size_t c = 0; c < em->n_comparisons; c++) sums->free[c] += em->rule_masks[i] >> c & 1 ? 0 : related;
    }
}

static void count_sample(const struct pd_em *em, const struct pd_em_sample *sample, struct pd_em_state *state,
                         size_t first, struct sums *sums)
{
    for (size_t i = 0; i < sample->n; i++) {
        const int8_t *pattern = sample->patterns + i * sample->width;
        const size_t group = group_of(em, sample, pattern);
        const struct pd_pair_odds odds = { state->weights[first + i], state->related_odds[first + i] };
        const double count = pd_em_count(sample, i);
        const double match = state->probabilities[first + i] * count;
        const double related = pd_related_probability(odds, state->probabilities[first + i]) * count;
        const bool counted = sample->is_labels || !em->has_labels || label_of(em, sample, pattern) != 1;
        if (match <= 0 && related <= NEGLIGIBLE) continue;
        add_pattern(em, pattern, sample->masked == NULL ? 0 : sample->masked[i], counted ? match : 0, related, sums);
        if (sample->rules != NULL && related > NEGLIGIBLE) add_rules(em, sample->rules[i], related, sums);
        if (sample->is_labels) continue;
        state->matches[group] += match;
        state->n_matches += match;
        state->n_related += related;
        sums->n_related[group] += related;
    }
}

/* Of the listed pairs, the others having nothing to do with each other, and of the least prior of m. u is the same for
 * all, and left out. */
static double log_likelihood(const struct pd_em *em, const struct pd_em_state *state)
{
    double sum = 0;
    size_t first = 0;
    for (size_t i = 0; i < em->n_groups; i++)
        sum += em->n_pairs[i] * log2(1 - fmin(state->lambda[i] + state->related[i], .999));
    for (size_t i = 0; i < em->n_samples; first += em->samples[i++].n)
        for (size_t j = 0; !em->samples[i].is_labels && j < em->samples[i].n; j++)
            sum += pd_em_count(&em->samples[i], j) *
                   log2(1 + state->related_odds[first + j] + pd_odds_of_bits(state->weights[first + j]));
    for (size_t c = 0; c < em->n_comparisons; c++)
        for (size_t i = pd_level_index(c, 0); i < pd_level_index(c, em->n_levels[c]); i++)
            sum += HOLD_LEAST * em->m_start[i] * log2(state->m[i]);
    return sum;
}

static void count(const struct pd_em *em, struct pd_em_state *state, struct sums *sums)
{
    size_t first = 0;
    memset(sums, 0, sizeof *sums);
    state->n_matches = state->n_related = 0;
    for (size_t i = 0; i < em->n_groups; i++) state->matches[i] = 0;
    for (size_t i = 0; i < em->n_samples; i++) {
        count_sample(em, &em->samples[i], state, first, sums);
        first += em->samples[i].n;
    }
    for (size_t c = 0; c < em->n_comparisons; c++)
        memcpy(state->m_counts + pd_level_index(c, 0), sums->match[c] + 1, em->n_levels[c] * sizeof(double));
}

/* --- maximisation --- */

void pd_em_fit_levels(const struct pd_em *em, size_t comparison, const double *counts, const double *u, double *m)
{
    const size_t first = pd_level_index(comparison, 0);
    double some_counts[PD_LEVELS_MAX];
    double some_u[PD_LEVELS_MAX];
    double some_m[PD_LEVELS_MAX];
    size_t n = 0;
    double mass = 1;
    for (size_t i = 0; i < em->n_levels[comparison]; i++) {
        if (em->fixed != NULL && em->fixed[first + i]) {
            mass -= m[first + i];
            continue;
        }
        some_counts[n] = counts[i];
        some_u[n++] = u[first + i];
    }
    if (n == 0) return;
    pd_monotone_fit(some_counts, some_u, n, fmax(mass, SMALLEST), some_m);
    n = 0;
    for (size_t i = 0; i < em->n_levels[comparison]; i++)
        if (em->fixed == NULL || !em->fixed[first + i]) m[first + i] = fmax(some_m[n++], SMALLEST);
}

/* Matches at the levels of a comparison. Slips of an address of e-mail fall whatever becomes of the name that it is
 * made of, so its halves are counted together: by itself, the one where the name is another learns what a family's
 * addresses look like. */
static void count_levels(const struct pd_em *em, const struct sums *sums, size_t c, double seen[PD_GAMMAS])
{
    memcpy(seen, sums->match[c], PD_GAMMAS * sizeof *seen);
    for (size_t i = 0; em->telling != NULL && em->telling[c].is_mail && i < em->n_comparisons; i++) {
        if (i == c || em->telling[i].column != em->telling[c].column) continue;
        for (size_t j = 0; j < PD_GAMMAS; j++) seen[j] += sums->match[i][j];
    }
}

/* hold: pseudo-matches per match that keep m where it started. */
static double fit_m(const struct pd_em *em, struct pd_em_state *state, const struct sums *sums, double hold)
{
    double change = 0;
    for (size_t c = 0; c < em->n_comparisons; c++) {
        const size_t first = pd_level_index(c, 0);
        double all[PD_GAMMAS], counts[PD_LEVELS_MAX], before[PD_LEVELS_MAX], filled = 0;
        const double *seen = all + 1;
        double matches = sums->match[c][0];
        count_levels(em, sums, c, all);
        for (size_t i = 0; i < em->n_levels[c]; i++) {
            filled += seen[i];
            matches += sums->match[c][i + 1];
        }
        const double held = HOLD_LEAST + hold * matches;
        memcpy(before, state->m + first, em->n_levels[c] * sizeof *before);
        if (filled <= 0) continue; /* masked everywhere, or always missing: as it was */
        for (size_t i = 0; i < em->n_levels[c]; i++) counts[i] = seen[i] + held * em->m_start[first + i];
        pd_em_fit_levels(em, c, counts, state->u, state->m);
        for (size_t i = 0; i < em->n_levels[c]; i++) change = fmax(change, fabs(state->m[first + i] - before[i]));
    }
    return change;
}

/* What related pairs have in common. */
static void fit_shared(const struct pd_em *em, struct pd_em_state *state, const struct sums *sums)
{
    double information[PD_COMPARISONS_MAX];
    for (size_t c = 0; c < em->n_comparisons; c++) {
        const size_t first = pd_level_index(c, 0);
        const size_t n_levels = em->n_shown == NULL ? em->n_levels[c] : em->n_shown[c];
        const struct pd_related_field field = { n_levels, state->m + first, state->u + first, sums->related[c] + 1 };
        pd_related_fit(&state->shared, c, &field, em->telling == NULL ? 0 : em->telling[c].n_unlike, &information[c]);
        /* What a rule asks for is no evidence of what its pairs have in common. */
        if (sums->rules > 0) information[c] *= sums->free[c] / sums->rules;
    }
    if (state->n_iterations >= UNDIVIDED_STEPS) pd_related_divide(&state->shared, information, em->telling);
}

/* Levels of related pairs that are known by themselves; what none of them was seen at is as among pairs by chance. */
static void fit_related_levels(const struct pd_em *em, struct pd_em_state *state, const struct sums *sums)
{
    for (size_t c = 0; c < em->n_comparisons; c++) {
        const double *u = state->u + pd_level_index(c, 0);
        double all = HOLD_LEAST;
        for (size_t i = 0; i < em->n_levels[c]; i++) all += sums->related[c][i + 1];
        for (size_t i = 0; i < em->n_levels[c]; i++)
            state->shared.levels[c][i + 1] = fmax((sums->related[c][i + 1] + HOLD_LEAST * u[i]) / all, SMALLEST);
    }
}

static double share_of(double n, double n_pairs)
{
    return fmin(fmax(n, .5) / n_pairs, .5);
}

/* Groups are alike until it is known what related pairs have in common: before, they might take all matches of one. */
static void fit_shares(const struct pd_em *em, struct pd_em_state *state, const struct sums *sums)
{
    const bool alike = em->with_related && state->n_iterations <= UNDIVIDED_STEPS;
    double pairs = 0;
    for (size_t i = 0; i < em->n_groups; i++) pairs += em->n_pairs[i];
    for (size_t i = 0; i < em->n_groups; i++) {
        const double n_pairs = alike ? pairs : em->n_pairs[i];
        state->lambda[i] = share_of(alike ? state->n_matches : state->matches[i], n_pairs);
        if (em->with_related) state->related[i] = share_of(alike ? state->n_related : sums->n_related[i], n_pairs);
    }
}

static double iterate(const struct pd_em *em, struct pd_em_state *state, struct sums *sums, double hold)
{
    pd_em_expect(em, state);
    count(em, state, sums);
    if (em->with_related && state->shared.by_level)
        fit_related_levels(em, state, sums);
    else if (em->with_related && state->n_iterations <= RELATED_STEPS)
        fit_shared(em, state, sums);
    if (em->learn_u != NULL) em->learn_u(em->context, state);
    const double change = fit_m(em, state, sums, hold);
    fit_shares(em, state, sums);
    return change;
}

void pd_em_run(const struct pd_em *em, struct pd_em_state *state)
{
    struct sums sums;
    double before = 0;
    state->converged = false;
    for (size_t i = 0; i < em->max_iterations && !state->converged; i++) {
        state->largest_change = iterate(em, state, &sums, hold_of(em));
        state->n_iterations++;
        const double matches = fabs(state->n_matches - before) / (1 + before);
        before = state->n_matches;
        state->converged = state->largest_change < em->tolerance && matches < SAME_MATCHES * em->tolerance &&
                           (!em->with_related || state->n_iterations > UNDIVIDED_STEPS + 1);
    }
    (void)iterate(em, state, &sums, fmin(hold_of(em), HOLD_AT_LAST));
    pd_em_expect(em, state);
    count(em, state, &sums);
    state->log_likelihood = log_likelihood(em, state);
}
