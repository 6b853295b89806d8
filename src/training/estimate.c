/* SPDX-License-Identifier: MIT
 * From counts to parameters. EM gives m and shares of the classes, and the classes of the moment say which of the
 * sampled pairs are matches, and so a better u. What share of the matches the rules find follows, and the prior with
 * it; the two are repeated until that rests. */
#include "base/memory.h"
#include "training/trainer_state.h"

#include <math.h>

enum { ITERATIONS_MAX = 300 };

static const double TOLERANCE = 1e-6;
/* Related pairs for a match that are few; and factor within which the matches found are the same. */
static const double FEW_RELATED = .25, SAME_MATCHES = 1.25;
/* Rows for one match, to begin with. */
static const double ROWS_PER_MATCH = 4;

/* --- u --- */

static void rate(struct pd_trainer *trainer, const struct pd_mixture_bits *bits, double *u)
{
    const struct pd_rates rates = { .n_comparisons = trainer->n_comparisons,
                                    .n_levels = trainer->n_levels,
                                    .samples = trainer->rate_samples,
                                    .n_samples = trainer->n_samples,
                                    .stratified = trainer->stratified,
                                    .exact_gamma = trainer->exact_gamma,
                                    .fixed = trainer->fixed_u };
    struct pd_rate_result result = { u, trainer->u_counts, trainer->missing };
    pd_rates_estimate(&rates, bits, &result);
}

/* Sampled pairs are patterns: they do not bring the frequencies of their values. */
static void learn_u(void *context, struct pd_em_state *state)
{
    const struct pd_trainer *trainer = context;
    pd_em_bits(&trainer->em, state, NULL);
    rate(context, state->bits, state->u);
}

/* --- m --- */

static enum padan_status prepare(struct pd_trainer *trainer, struct padan_error *error)
{
    PD_TRY(pd_trainer_matches_make(trainer, error));
    PD_TRY(pd_arena_allocate(&trainer->arena, &trainer->n_pairs, trainer->n_groups * sizeof *trainer->n_pairs, error));
    for (size_t i = 0; i < trainer->n_groups; i++) trainer->n_pairs[i] = trainer->result->groups[i].n_pairs;
    trainer->em = (struct pd_em){ .n_comparisons = trainer->n_comparisons,
                                  .n_groups = trainer->n_groups,
                                  .n_levels = trainer->n_levels,
                                  .n_pairs = trainer->n_pairs,
                                  .fixed = trainer->fixed_m,
                                  .m_start = trainer->m_start,
                                  .learn_u = learn_u,
                                  .context = trainer,
                                  .max_iterations = ITERATIONS_MAX,
                                  .tolerance = TOLERANCE };
    PD_TRY(pd_trainer_evidence(trainer, error));
    trainer->em.settles = trainer->all_labelled && trainer->em.has_labels;
    trainer->em.with_related = !trainer->em.settles;
    return pd_em_state_make(&trainer->em, &trainer->state, error);
}

double pd_trainer_usual_lambda(const struct pd_trainer *trainer)
{
    double pairs = 0;
    for (size_t i = 0; i < trainer->n_groups; i++) pairs += trainer->n_pairs[i];
    return fmin((double)trainer->table->n_records / ROWS_PER_MATCH / pairs, 0.1);
}

static void start(struct pd_trainer *trainer)
{
    rate(trainer, NULL, trainer->u_start);
    pd_em_start(&trainer->em, trainer->m_start, trainer->u_start, pd_trainer_usual_lambda(trainer), &trainer->state);
}

/* Where few pairs are related, two classes know the matches better, and m need not be held: as long as they find the
 * same matches. */
static enum padan_status settle(struct pd_trainer *trainer, struct padan_error *error)
{
    struct pd_em *em = &trainer->em;
    struct pd_em_state held;
    const double before = trainer->state.n_matches;
    if (em->settles) return PADAN_OK;
    if (trainer->state.n_related > FEW_RELATED * before) return PADAN_OK;
    PD_TRY(pd_em_state_make(em, &held, error));
    pd_em_state_continue(em, &trainer->state, &held);
    em->with_related = false;
    em->settles = true;
    pd_em_state_continue(em, &held, &trainer->state);
    pd_em_run(em, &trainer->state);
    if (!(fabs(log(trainer->state.n_matches / before)) < log(SAME_MATCHES))) {
        em->with_related = true;
        em->settles = false;
        pd_em_state_continue(em, &held, &trainer->state);
        pd_em_run(em, &trainer->state);
    }
    pd_em_state_reset(&held);
    return PADAN_OK;
}

enum padan_status pd_trainer_run_em(struct pd_trainer *trainer, struct padan_error *error)
{
    pd_em_run(&trainer->em, &trainer->state);
    PD_TRY(settle(trainer, error));
    pd_trainer_count_matches(trainer);
    trainer->result->n_related = trainer->state.n_related;
    return PADAN_OK;
}

static enum padan_status many_starts(struct pd_trainer *trainer, struct padan_error *error)
{
    const struct pd_train_options *options = trainer->options;
    struct pd_train_result *result = trainer->result;
    result->n_starts = options->n_starts == 0 ? PD_TRAIN_STARTS : options->n_starts;
    PD_TRY(pd_em_many_starts(&trainer->em, options->seed, result->n_starts, trainer->threads, &trainer->state,
                             &result->n_starts_agree, error));
    result->n_iterations = trainer->state.n_iterations;
    result->largest_change = trainer->state.largest_change;
    result->converged = trainer->state.converged;
    result->log_likelihood = trainer->state.log_likelihood;
    return PADAN_OK;
}

/* --- results --- */

/* Share of the null level among the matches that can tell. */
static double missing_in_matches(const struct pd_trainer *trainer, size_t comparison)
{
    double missing = 0, all = 0;
    size_t first = 0;
    for (size_t i = 0; i < trainer->em.n_samples; first += trainer->evidence[i++].n) {
        const struct pd_em_sample *sample = &trainer->evidence[i];
        for (size_t j = 0; j < sample->n; j++) {
            const double n = trainer->state.probabilities[first + j] * pd_em_count(sample, j);
            if (sample->masked != NULL && (sample->masked[j] >> comparison & 1) != 0) continue;
            all += n;
            if (sample->patterns[j * sample->width + comparison] < 0) missing += n;
        }
    }
    return all > 0 ? missing / all : 0;
}

static size_t rules_that_tell(const struct pd_trainer *trainer, size_t comparison)
{
    size_t n = trainer->em.has_labels;
    for (size_t i = 0; i < trainer->n_rules; i++) n += (trainer->rules[i].told.masked >> comparison & 1) == 0;
    return n;
}

static enum pd_train_source source_of_u(const struct pd_trainer *trainer, size_t comparison, int gamma)
{
    const size_t level = pd_level_index(comparison, (size_t)gamma);
    if (trainer->fixed_u[level]) return PD_TRAINED_KEPT;
    if (trainer->exact_gamma[comparison] == gamma) return PD_TRAINED_HISTOGRAM;
    return trainer->u_counts[level] < PD_TRAIN_MIN_COUNT ? PD_TRAINED_PRIOR : PD_TRAINED_SAMPLE;
}

static enum pd_train_source source_of_m(const struct pd_trainer *trainer, size_t level, double n_matches)
{
    if (trainer->fixed_m[level] || n_matches < 1) return PD_TRAINED_KEPT;
    if (trainer->em.has_labels) return PD_TRAINED_LABELS;
    return n_matches < PD_TRAIN_MIN_COUNT ? PD_TRAINED_PRIOR : PD_TRAINED_EM;
}

static enum padan_status tell_levels(struct pd_trainer *trainer, struct padan_error *error)
{
    struct pd_train_result *result = trainer->result;
    result->n_comparisons = trainer->n_comparisons;
    PD_TRY(pd_arena_allocate(&result->arena, &result->comparisons,
                             (result->n_comparisons + 1) * sizeof *result->comparisons, error));
    for (size_t i = 0; i < trainer->n_comparisons; i++) {
        const struct pd_comparison *comparison = &trainer->model->comparisons[i];
        struct pd_trained_comparison *told = &result->comparisons[i];
        PD_TRY(pd_arena_allocate(&result->arena, &told->levels, comparison->n_levels * sizeof *told->levels, error));
        told->missing_in_pairs = trainer->missing[i];
        told->missing_in_matches = missing_in_matches(trainer, i);
        told->n_rules = rules_that_tell(trainer, i);
        double n_matches = 0;
        for (size_t j = 0; j < trainer->n_levels[i]; j++) n_matches += trainer->state.m_counts[pd_level_index(i, j)];
        for (size_t j = 0; j < comparison->n_levels; j++) {
            if (comparison->levels[j].is_null_level) continue;
            const size_t level = pd_level_index(i, (size_t)comparison->levels[j].gamma);
            told->levels[j] = (struct pd_trained_level){
                .m = trainer->state.m[level],
                .u = trainer->state.u[level],
                .m_count = trainer->state.m_counts[level],
                .u_count = trainer->u_counts[level],
                .m_source = source_of_m(trainer, level, n_matches),
                .u_source = source_of_u(trainer, i, comparison->levels[j].gamma),
            };
        }
    }
    return PADAN_OK;
}

static enum padan_status tell(struct pd_trainer *trainer, struct padan_error *error)
{
    struct pd_train_result *result = trainer->result;
    double pairs = 0;
    PD_TRY(tell_levels(trainer, error));
    PD_TRY(pd_arena_allocate(&result->arena, &result->rules, (trainer->n_rules + 1) * sizeof *result->rules, error));
    for (size_t i = 0; i < trainer->n_rules; i++) {
        result->rules[i] = trainer->rules[i].told;
        PD_TRY(pd_arena_copy(&result->arena, trainer->rules[i].told.sql, &result->rules[i].sql, error));
    }
    result->n_rules = trainer->n_rules;
    result->n_matches = 0;
    for (size_t i = 0; i < trainer->n_groups; i++) {
        result->n_matches += result->groups[i].n_matches;
        pairs += result->groups[i].n_pairs;
    }
    result->lambda = (result->n_matches + 0.5) / (pairs + 1);
    if (result->lambda > 0.5) result->lambda = 0.5;
    return PADAN_OK;
}

enum padan_status pd_trainer_estimate(struct pd_trainer *trainer, struct padan_error *error)
{
    PD_TRY(prepare(trainer, error));
    start(trainer);
    PD_TRY(pd_trainer_run_em(trainer, error));
    PD_TRY(pd_trainer_try_plain(trainer, error));
    if (pd_trainer_few_pairs(trainer)) PD_TRY(pd_trainer_one_by_one(trainer, error));
    PD_TRY(many_starts(trainer, error));
    return tell(trainer, error);
}
