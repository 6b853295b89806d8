/* SPDX-License-Identifier: MIT
 * Where related pairs have a class of their own, weights alone do not keep them apart from matches: members of one
 * household agree in enough to weigh more than the prior. So the model gets a threshold from which on hardly any pair
 * is related, by the probabilities that the three classes give. */
#include "base/memory.h"
#include "training/trainer_state.h"

#include <math.h>
#include <stdlib.h>

/* No threshold is lower than this match probability; and a higher one gains so much of the expected F1. */
static const double LEAST = 0.9;
static const double WORTH_IT = .01;
/* Weights are fixed-point numbers: what is at the threshold must be so after rounding. */
static const double ROUNDING = 1e-6;

struct weighed {
    double weight, n_matches, n_pairs;
};

/* Heaviest first. */
static int by_weight(const void *a, const void *b)
{
    const struct weighed *x = a;
    const struct weighed *y = b;
    return (x->weight < y->weight) - (x->weight > y->weight);
}

/* What the model says of pattern i: its prior counts the matches that no rule finds too. */
static double weight_of(const struct pd_trainer *trainer, const int8_t *pattern, size_t i)
{
    const size_t group = (size_t)pattern[trainer->n_comparisons + 1];
    const double of_model = trainer->result->groups[group].lambda, of_em = trainer->state.lambda[group];
    return trainer->state.weights[i] + log2(of_model / (1 - of_model)) - log2(of_em / (1 - of_em));
}

static size_t weigh(const struct pd_trainer *trainer, struct weighed *out)
{
    size_t n = 0;
    for (size_t i = 0; i < trainer->em.n_samples; i++) {
        const struct pd_em_sample *sample = &trainer->evidence[i];
        for (size_t j = 0; j < sample->n; j++, n++)
            out[n] =
                (struct weighed){ weight_of(trainer, sample->patterns + j * sample->width, n),
                                  pd_em_count(sample, j) * trainer->state.probabilities[n], pd_em_count(sample, j) };
    }
    return n;
}

/* Where 2 found / (taken + all matches), the expected F1, is highest; `least` when all from it on are hardly worse. */
static double find_threshold(const struct weighed *patterns, size_t n, double least)
{
    double all = 0, found = 0, taken = 0, best = 0, f1 = 0, threshold = least;
    for (size_t i = 0; i < n; i++) all += patterns[i].n_matches;
    for (size_t i = 0; i < n && patterns[i].weight >= least; i++) {
        found += patterns[i].n_matches;
        taken += patterns[i].n_pairs;
        if (i + 1 < n && patterns[i + 1].weight >= patterns[i].weight) continue; /* equal ones stand or fall together */
        f1 = 2 * found / (taken + all);
        if (f1 <= best) continue;
        best = f1;
        threshold = patterns[i].weight;
    }
    return best > f1 + WORTH_IT ? threshold : least;
}

enum padan_status pd_trainer_part_related(struct pd_trainer *trainer, struct padan_error *error)
{
    struct pd_model *model = trainer->model;
    struct weighed *patterns = NULL;
    size_t n = 0;
    if (trainer->all_labelled) return PADAN_OK;
    for (size_t i = 0; i < trainer->em.n_samples; i++) n += trainer->evidence[i].n;
    PD_TRY(pd_allocate(&patterns, n + 1, sizeof *patterns, error));
    n = weigh(trainer, patterns);
    qsort(patterns, n, sizeof *patterns, by_weight);
    const double least = log2(LEAST / (1 - LEAST));
    const double threshold = find_threshold(patterns, n, least);
    pd_free(patterns);
    if (threshold <= least || (model->has_thresholds && model->automatic_weight >= threshold)) return PADAN_OK;
    model->automatic_weight = threshold - ROUNDING;
    model->review_weight = model->has_thresholds ? model->review_weight : 0;
    model->has_thresholds = true;
    return pd_trainer_warn(
        trainer, error,
        "pairs that are related without being the same weigh as much as many matches: the model has a "
        "threshold above them, %.2f bits",
        threshold);
}
