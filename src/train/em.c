/* SPDX-License-Identifier: MIT */
#include "train/em.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"
#include "train/monotone.h"

#include <math.h>

/* Pseudo-pairs: every level of m has half a match (Krichevsky and Trofimov), and a group's lambda ten pairs of its
 * rule's lambda. */
static const double LEVEL_PRIOR = 0.5;
static const double GROUP_PRIOR = 10;
/* Pairs that the prior of v is worth in a rule with hardly any pair. */
static const double U_PRIOR = 10;
static const double LAMBDA_LEAST = 1e-12;
static const double LAMBDA_MOST = 1 - 1e-6;
/* Starts that end closer than this agree. */
static const double SAME_M = 0.01;

/* Pseudo-matches per match that hold m, with a class of related pairs; and in its last step. */
static const double HOLD = 1, HOLD_AT_LAST = .03;

/* After these steps what related pairs have in common rests, so that m and lambda may come to rest too. */
enum { TABLE = PD_COMPARISONS_MAX * PD_LEVELS_MAX, RELATED_STEPS = 60 };

/* Sums of one sweep over all patterns. */
struct sums {
    double m[TABLE];
    double v[TABLE]; /* of the pass at hand */
    double related[TABLE];
    double log_likelihood;
};

/* Probabilities of a pair. */
struct classes {
    double match, related;
    double new_match; /* match, or 0 when a labelled match is counted elsewhere */
    double log_density;
};

/* Sums of a pass by group. */
struct group_sums {
    double pairs[PD_PATTERN_BYTES_MAX], related[PD_PATTERN_BYTES_MAX];
};

/* What is looked up per level in one pass: logs of m, v and the levels of related pairs; 0 for masked comparisons. */
struct pass_tables {
    double log_m[TABLE], log_v[TABLE], log_related[TABLE];
    size_t active[PD_COMPARISONS_MAX];
    size_t n_active;
};

static double clamp(double value, double least, double most)
{
    return value < least ? least : value > most ? most : value;
}

enum padan_status pd_em_state_make(const struct pd_em *em, struct pd_em_state *state, struct padan_error *error)
{
    const size_t cells = em->n_passes * em->n_groups + 1;
    *state = (struct pd_em_state){ .n_iterations = 0 };
    enum padan_status status = pd_allocate(&state->m, TABLE, sizeof *state->m, error);
    if (status == PADAN_OK) status = pd_allocate(&state->m_counts, TABLE, sizeof *state->m_counts, error);
    if (status == PADAN_OK) status = pd_allocate(&state->lambda, cells, sizeof *state->lambda, error);
    if (status == PADAN_OK) status = pd_allocate(&state->matches, cells, sizeof *state->matches, error);
    if (status == PADAN_OK) status = pd_allocate(&state->related, cells, sizeof *state->related, error);
    if (status == PADAN_OK) status = pd_allocate(&state->v, em->n_passes * TABLE, sizeof *state->v, error);
    if (status != PADAN_OK) pd_em_state_reset(state);
    return status;
}

void pd_em_state_copy(const struct pd_em *em, struct pd_em_state *to, const struct pd_em_state *from)
{
    const size_t cells = em->n_passes * em->n_groups;
    struct pd_em_state kept = *to;
    *to = *from;
    to->m = kept.m;
    to->m_counts = kept.m_counts;
    to->lambda = kept.lambda;
    to->matches = kept.matches;
    to->related = kept.related;
    to->v = kept.v;
    memcpy(to->m, from->m, TABLE * sizeof *to->m);
    memcpy(to->m_counts, from->m_counts, TABLE * sizeof *to->m_counts);
    memcpy(to->lambda, from->lambda, cells * sizeof *to->lambda);
    memcpy(to->matches, from->matches, cells * sizeof *to->matches);
    memcpy(to->related, from->related, cells * sizeof *to->related);
    memcpy(to->v, from->v, em->n_passes * TABLE * sizeof *to->v);
}

void pd_em_state_reset(struct pd_em_state *state)
{
    pd_free(state->m);
    pd_free(state->m_counts);
    pd_free(state->lambda);
    pd_free(state->matches);
    pd_free(state->related);
    pd_free(state->v);
    *state = (struct pd_em_state){ .n_iterations = 0 };
}

/* --- starts --- */

void pd_em_start(const struct pd_em *em, const double *m, double lambda, struct pd_em_state *state)
{
    memcpy(state->m, m, TABLE * sizeof *m);
    for (size_t i = 0; i < em->n_passes * em->n_groups; i++) {
        state->lambda[i] = lambda;
        state->related[i] = em->with_related ? lambda : 0;
    }
    state->shared.n_comparisons = em->n_comparisons;
    for (size_t i = 0; i < em->n_comparisons; i++) state->shared.shared[i] = .5;
    for (size_t i = 0; i < em->n_passes; i++) memcpy(state->v + i * TABLE, em->u, TABLE * sizeof *em->u);
    state->n_steps = 0;
}

/* m of one comparison from counts: fixed levels stay, the others share what is left in the order of their weights. */
static void fit_levels(const struct pd_em *em, size_t comparison, const double *counts, double *m)
{
    const size_t first = pd_level_index(comparison, 0);
    double some_counts[PD_LEVELS_MAX];
    double some_u[PD_LEVELS_MAX];
    double some_m[PD_LEVELS_MAX];
    size_t n = 0;
    double mass = 1;
    for (size_t i = 0; i < em->n_levels[comparison]; i++) {
        if (em->fixed[first + i]) {
            mass -= m[first + i];
            continue;
        }
        some_counts[n] = counts[first + i] + LEVEL_PRIOR;
        some_u[n++] = em->u[first + i];
    }
    if (n == 0) return;
    pd_monotone_fit(some_counts, some_u, n, mass > 0 ? mass : LAMBDA_LEAST, some_m);
    n = 0;
    for (size_t i = 0; i < em->n_levels[comparison]; i++)
        if (!em->fixed[first + i]) m[first + i] = some_m[n++];
}

void pd_em_start_random(const struct pd_em *em, uint64_t seed, uint64_t stream, struct pd_em_state *state)
{
    struct pd_random random = pd_random_stream(seed, stream);
    double counts[TABLE] = { 0 };
    double kept[TABLE];
    memcpy(kept, state->m, sizeof kept);
    pd_em_start(em, kept, 0, state);
    uint64_t masked = UINT64_MAX; /* in every pass: not estimated, so not moved */
    for (size_t i = 0; i < em->n_passes; i++) masked &= em->passes[i].masked;
    for (size_t i = 0; i < em->n_comparisons; i++)
        for (size_t j = 0; j < em->n_levels[i]; j++)
            counts[pd_level_index(i, j)] = -1000 * log(1 - pd_random_unit(&random)); /* large: the prior is nothing */
    for (size_t i = 0; i < em->n_comparisons; i++)
        if ((masked >> i & 1) == 0) fit_levels(em, i, counts, state->m);
    for (size_t i = 0; i < em->n_passes; i++) {
        const double lambda = 1e-4 * pow(9000, pd_random_unit(&random));
        for (size_t j = 0; j < em->n_groups; j++) {
            state->lambda[i * em->n_groups + j] = em->with_related ? lambda / 2 : lambda;
            state->related[i * em->n_groups + j] = em->with_related ? lambda / 2 : 0;
        }
    }
}

/* --- expectation --- */

static void make_tables(const struct pd_em *em, const struct pd_em_state *state, size_t pass,
                        struct pass_tables *tables)
{
    const double *v = state->v + pass * TABLE;
    tables->n_active = 0;
    for (size_t i = 0; i < em->n_comparisons; i++) {
        if (em->passes[pass].masked >> i & 1) continue;
        tables->active[tables->n_active++] = i;
        for (size_t j = 0; j < em->n_levels[i]; j++) {
            const size_t level = pd_level_index(i, j);
            tables->log_m[level] = log(state->m[level]);
            tables->log_v[level] = log(v[level]);
            if (!em->with_related) continue;
            const double shared = state->shared.shared[i];
            tables->log_related[level] = log(shared * state->m[level] + (1 - shared) * v[level]);
        }
    }
}

/* What a pattern may be. lambda, related: shares of the pass and group. */
static struct classes classes_of(const struct pass_tables *tables, const int8_t *pattern, double lambda, double related)
{
    double match = log(lambda);
    double kin = related > 0 ? log(related) : -INFINITY;
    double other = log1p(-lambda - related);
    for (size_t i = 0; i < tables->n_active; i++) {
        const size_t comparison = tables->active[i];
        if (pattern[comparison] < 0) continue;
        const size_t level = pd_level_index(comparison, (size_t)pattern[comparison]);
        match += tables->log_m[level];
        other += tables->log_v[level];
        if (related > 0) kin += tables->log_related[level];
    }
    const double largest = fmax(match, fmax(other, kin));
    const double none = exp(other - largest) + exp(kin - largest);
    struct classes classes = { .log_density = largest + log(exp(match - largest) + none) };
    classes.match = 1 / (1 + none * exp(largest - match));
    classes.related = related > 0 ? exp(kin - classes.log_density) : 0;
    return classes;
}

struct pd_em_classes pd_em_classes(const struct pd_em *em, const struct pd_em_state *state, size_t pass,
                                   const int8_t *pattern)
{
    const double *v = state->v + pass * TABLE;
    const int8_t label = pattern[em->n_comparisons];
    const size_t cell = pass * em->n_groups + (size_t)pattern[em->n_comparisons + 1];
    if (em->passes[pass].is_labels || label >= 0) return (struct pd_em_classes){ label != 0, 0 };
    double match = log(state->lambda[cell]), other = log1p(-state->lambda[cell] - state->related[cell]);
    double kin = state->related[cell] > 0 ? log(state->related[cell]) : -INFINITY;
    for (size_t i = 0; i < em->n_comparisons; i++) {
        if (pattern[i] < 0 || (em->passes[pass].masked >> i & 1)) continue;
        const size_t level = pd_level_index(i, (size_t)pattern[i]);
        const double shared = state->shared.shared[i];
        match += log(state->m[level]);
        other += log(v[level]);
        if (em->with_related) kin += log(shared * state->m[level] + (1 - shared) * v[level]);
    }
    return (struct pd_em_classes){ 1 / (1 + exp(other - match) + exp(kin - match)),
                                   1 / (1 + exp(match - kin) + exp(other - kin)) };
}

double pd_em_posterior(const struct pd_em *em, const struct pd_em_state *state, size_t pass, const int8_t *pattern)
{
    return pd_em_classes(em, state, pass, pattern).match;
}

/* A pattern that occurs count times. */
static void add_pattern(const struct pass_tables *tables, const int8_t *pattern, struct classes classes, double count,
                        struct sums *sums)
{
    const double others = 1 - classes.match - classes.related;
    for (size_t i = 0; i < tables->n_active; i++) {
        const size_t comparison = tables->active[i];
        if (pattern[comparison] < 0) continue;
        const size_t level = pd_level_index(comparison, (size_t)pattern[comparison]);
        sums->m[level] += classes.new_match * count;
        sums->v[level] += others * count;
        sums->related[level] += classes.related * count;
    }
}

/* What a pattern is, its label considered. */
static struct classes judge(const struct pd_em *em, const struct pd_em_state *state, size_t pass,
                            const struct pass_tables *tables, const int8_t *pattern)
{
    const bool is_labels = em->passes[pass].is_labels;
    const int8_t label = pattern[em->n_comparisons];
    const size_t cell = pass * em->n_groups + (size_t)pattern[em->n_comparisons + 1];
    struct classes classes = { .match = 1, .new_match = 1 };
    if (is_labels) return classes;
    classes = classes_of(tables, pattern, state->lambda[cell], state->related[cell]);
    if (label >= 0) {
        const double none = 1 - classes.match;
        classes.related = label == 0 && none > 0 ? classes.related / none : 0;
        classes.match = label;
    }
    classes.new_match = label == 1 && em->has_label_pass ? 0 : classes.match;
    return classes;
}

/* Sums of one pass; state->matches of it and groups out. */
static void sweep_pass(const struct pd_em *em, struct pd_em_state *state, size_t pass, struct sums *sums,
                       struct group_sums *groups)
{
    struct pass_tables tables;
    const struct pd_patterns *patterns = em->passes[pass].patterns;
    double *matches = state->matches + pass * em->n_groups;
    make_tables(em, state, pass, &tables);
    for (size_t i = 0; i < em->n_groups; i++) matches[i] = groups->pairs[i] = groups->related[i] = 0;
    memset(sums->v, 0, sizeof sums->v);
    for (size_t i = 0; i < patterns->n; i++) {
        const int8_t *pattern = pd_pattern(patterns, i);
        const double count = (double)patterns->counts[i];
        const size_t group = (size_t)pattern[em->n_comparisons + 1];
        const struct classes classes = judge(em, state, pass, &tables, pattern);
        sums->log_likelihood += count * classes.log_density;
        add_pattern(&tables, pattern, classes, count, sums);
        matches[group] += classes.match * count;
        groups->pairs[group] += count;
        groups->related[group] += classes.related * count;
    }
}

/* --- maximisation --- */

static double update(double *value, double next)
{
    const double change = fabs(next - *value);
    *value = next;
    return change;
}

/* Share of a class among the pairs of a group, drawn to that of its rule. */
static double fit_share(double n, double n_pairs, double common)
{
    return clamp((n + GROUP_PRIOR * common) / (n_pairs + GROUP_PRIOR), LAMBDA_LEAST, LAMBDA_MOST);
}

static double fit_pass(const struct pd_em *em, struct pd_em_state *state, size_t pass, const struct sums *sums,
                       const struct group_sums *groups)
{
    double *v = state->v + pass * TABLE;
    const double *matches = state->matches + pass * em->n_groups;
    double all_matches = 0, all_related = 0, all_pairs = 0;
    double change = 0;
    if (em->passes[pass].is_labels) return 0;
    for (size_t i = 0; i < em->n_groups; i++) {
        all_matches += matches[i];
        all_related += groups->related[i];
        all_pairs += groups->pairs[i];
    }
    const double n = all_pairs > 0 ? all_pairs : 1;
    for (size_t i = 0; i < em->n_groups; i++) {
        const size_t cell = pass * em->n_groups + i;
        change = fmax(change, update(&state->lambda[cell], fit_share(matches[i], groups->pairs[i], all_matches / n)));
        if (!em->with_related) continue;
        const double related = fit_share(groups->related[i], groups->pairs[i], all_related / n);
        state->related[cell] = fmin(related, (1 - state->lambda[cell]) * LAMBDA_MOST);
    }
    if (isinf(em->u_strength)) return change;
    const double strength = em->u_strength * all_pairs + U_PRIOR;
    for (size_t i = 0; i < em->n_comparisons; i++) {
        double total = 0;
        for (size_t j = 0; j < em->n_levels[i]; j++) total += sums->v[pd_level_index(i, j)];
        for (size_t j = 0; j < em->n_levels[i]; j++) {
            const size_t level = pd_level_index(i, j);
            v[level] = (sums->v[level] + strength * em->u[level]) / (total + strength);
        }
    }
    return change;
}

/* hold: pseudo-matches per match that keep m where it started. */
static double fit_m(const struct pd_em *em, struct pd_em_state *state, const struct sums *sums, double hold)
{
    double change = 0;
    for (size_t i = 0; i < em->n_comparisons; i++) {
        const size_t first = pd_level_index(i, 0);
        double total = 0;
        for (size_t j = 0; j < em->n_levels[i]; j++) total += sums->m[first + j];
        if (total <= 0) continue; /* masked everywhere, or always missing: as it was */
        double before[PD_LEVELS_MAX];
        double counts[TABLE];
        memcpy(before, state->m + first, em->n_levels[i] * sizeof *before);
        for (size_t j = first; j < first + em->n_levels[i]; j++)
            counts[j] = sums->m[j] + (hold > 0 ? hold * total * em->m_start[j] : 0);
        fit_levels(em, i, counts, state->m);
        for (size_t j = 0; j < em->n_levels[i]; j++) change = fmax(change, fabs(state->m[first + j] - before[j]));
    }
    memcpy(state->m_counts, sums->m, sizeof sums->m);
    return change;
}

/* What related pairs have in common. */
static void fit_related(const struct pd_em *em, struct pd_em_state *state, const struct sums *sums)
{
    double information[PD_COMPARISONS_MAX];
    for (size_t i = 0; i < em->n_comparisons; i++) {
        const size_t first = pd_level_index(i, 0);
        const struct pd_related_field field = { em->n_levels[i], state->m + first, em->u + first,
                                                sums->related + first };
        state->shared.shared[i] = pd_related_share(state->shared.shared[i], &field, &information[i]);
    }
    pd_related_divide(&state->shared, information);
}

static double iterate(const struct pd_em *em, struct pd_em_state *state, struct sums *sums, double hold)
{
    struct group_sums groups;
    double change = 0;
    memset(sums->m, 0, sizeof sums->m);
    memset(sums->related, 0, sizeof sums->related);
    sums->log_likelihood = 0;
    for (size_t pass = 0; pass < em->n_passes; pass++) {
        sweep_pass(em, state, pass, sums, &groups);
        change = fmax(change, fit_pass(em, state, pass, sums, &groups));
    }
    state->log_likelihood = sums->log_likelihood;
    if (em->with_related && state->n_steps < RELATED_STEPS) fit_related(em, state, sums);
    state->n_steps++;
    return fmax(change, fit_m(em, state, sums, hold));
}

void pd_em_run(const struct pd_em *em, struct pd_em_state *state)
{
    struct sums sums;
    const double hold = em->with_related ? HOLD : 0;
    state->converged = false;
    for (size_t i = 0; isinf(em->u_strength) && i < em->n_passes; i++)
        memcpy(state->v + i * TABLE, em->u, TABLE * sizeof *em->u);
    for (state->n_iterations = 0; state->n_iterations < em->max_iterations && !state->converged;) {
        state->largest_change = iterate(em, state, &sums, hold);
        state->n_iterations++;
        state->converged = state->largest_change < em->tolerance;
    }
    if (em->with_related) (void)iterate(em, state, &sums, HOLD_AT_LAST);
}

/* --- many starts --- */

struct starts {
    const struct pd_em *em;
    uint64_t seed;
    struct pd_em_state *states;
};

static enum padan_status run_start(void *context, size_t index, int worker, struct padan_error *error)
{
    const struct starts *starts = context;
    (void)worker;
    (void)error;
    pd_em_start_random(starts->em, starts->seed, index, &starts->states[index]);
    pd_em_run(starts->em, &starts->states[index]);
    return PADAN_OK;
}

/* m agrees wherever some pass could estimate it. */
static bool same_optimum(const struct pd_em *em, const struct pd_em_state *a, const struct pd_em_state *b)
{
    for (size_t i = 0; i < em->n_comparisons; i++)
        for (size_t j = 0; j < em->n_levels[i]; j++) {
            const size_t level = pd_level_index(i, j);
            const bool counted = a->m_counts[level] > 0 || b->m_counts[level] > 0;
            if (counted && fabs(a->m[level] - b->m[level]) > SAME_M) return false;
        }
    return true;
}

enum padan_status pd_em_many_starts(const struct pd_em *em, uint64_t seed, size_t n_starts, int threads,
                                    struct pd_em_state *state, size_t *agree, struct padan_error *error)
{
    struct starts starts = { em, seed, NULL };
    *agree = 0;
    PD_TRY(pd_allocate(&starts.states, n_starts + 1, sizeof *starts.states, error));
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < n_starts && status == PADAN_OK; i++) {
        status = pd_em_state_make(em, &starts.states[i], error);
        if (status == PADAN_OK) pd_em_state_copy(em, &starts.states[i], state);
    }
    if (status == PADAN_OK) status = pd_parallel_for(n_starts, threads, run_start, &starts, error);
    for (size_t i = 0; i < n_starts && status == PADAN_OK; i++) {
        const double better = starts.states[i].log_likelihood - state->log_likelihood;
        if (!em->with_related && better > 1e-7 * fabs(state->log_likelihood))
            pd_em_state_copy(em, state, &starts.states[i]);
    }
    for (size_t i = 0; i < n_starts && status == PADAN_OK; i++) *agree += same_optimum(em, state, &starts.states[i]);
    for (size_t i = 0; i < n_starts; i++) pd_em_state_reset(&starts.states[i]);
    pd_free(starts.states);
    return status;
}
