/* SPDX-License-Identifier: MIT
 * Random starts of EM: do they end where the first one did? */
#include "base/memory.h"
#include "base/parallel.h"
#include "base/random.h"
#include "train/em.h"

#include <math.h>

/* Starts that end closer than this agree. */
static const double SAME_M = 0.01;

/* Another start: m of what has been learned uniform on the simplex under the order of weights, lambda up to ten times
 * more or less. */
static void start_random(const struct pd_em *em, uint64_t seed, uint64_t stream, struct pd_em_state *state)
{
    struct pd_random random = pd_random_stream(seed, stream);
    const double factor = pow(10, 2 * pd_random_unit(&random) - 1);
    for (size_t c = 0; c < em->n_comparisons; c++) {
        double counts[PD_LEVELS_MAX], learned = 0;
        for (size_t i = 0; i < em->n_levels[c]; i++) {
            counts[i] = 1e-6 - log(1 - pd_random_unit(&random));
            learned += state->m_counts[pd_level_index(c, i)];
        }
        if (learned > 0) pd_em_fit_levels(em, c, counts, state->u, state->m);
        state->shared.shared[c] = .5;
    }
    state->shared.n_comparisons = em->n_comparisons;
    for (size_t i = 0; i < em->n_groups; i++) {
        state->lambda[i] = fmin(state->lambda[i] * factor, .5);
        if (state->related[i] > 0) state->related[i] = state->lambda[i];
    }
    state->n_iterations = 0;
}

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
    start_random(starts->em, starts->seed, index, &starts->states[index]);
    pd_em_run(starts->em, &starts->states[index]);
    return PADAN_OK;
}

/* m agrees wherever some pair could teach it. */
static bool same_optimum(const struct pd_em *em, const struct pd_em_state *a, const struct pd_em_state *b)
{
    for (size_t c = 0; c < em->n_comparisons; c++)
        for (size_t i = 0; i < em->n_levels[c]; i++) {
            const size_t level = pd_level_index(c, i);
            const bool counted = a->m_counts[level] > 0 || b->m_counts[level] > 0;
            if (counted && fabs(a->m[level] - b->m[level]) > SAME_M) return false;
        }
    return true;
}

enum padan_status pd_em_many_starts(const struct pd_em *em, uint64_t seed, size_t n_starts, int threads,
                                    const struct pd_em_state *state, size_t *agree, struct padan_error *error)
{
    struct pd_em apart = *em;
    struct starts starts = { &apart, seed, NULL };
    apart.learn_u = NULL;
    *agree = 0;
    PD_TRY(pd_allocate(&starts.states, n_starts + 1, sizeof *starts.states, error));
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < n_starts && status == PADAN_OK; i++) {
        status = pd_em_state_make(em, &starts.states[i], error);
        if (status == PADAN_OK) pd_em_state_continue(em, state, &starts.states[i]);
    }
    if (status == PADAN_OK) status = pd_parallel_for(n_starts, threads, run_start, &starts, error);
    for (size_t i = 0; i < n_starts && status == PADAN_OK; i++) *agree += same_optimum(em, state, &starts.states[i]);
    for (size_t i = 0; i < n_starts; i++) pd_em_state_reset(&starts.states[i]);
    pd_free(starts.states);
    return status;
}
