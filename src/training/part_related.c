/* SPDX-License-Identifier: MIT
 * Where related pairs have a class of their own, weights alone do not keep them apart from matches: members of one
 * household agree in enough to weigh more than the prior. So the model gets a threshold from which on hardly any pair
 * is related, by the probabilities that the three classes give. */
#include "base/memory.h"
#include "training/trainer_state.h"

#include <math.h>
#include <stdlib.h>

/* No threshold is lower than this match probability. */
static const double LEAST = 0.9;

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

/* What the model says of a pattern. */
static double weight_of(const struct pd_trainer *trainer, const int8_t *pattern)
{
    const struct pd_model *model = trainer->model;
    pd_weight weight = model->prior;
    for (size_t i = 0; i < model->n_comparisons; i++)
        for (size_t j = 0; j < model->comparisons[i].n_levels; j++)
            if (model->comparisons[i].levels[j].gamma == pattern[i]) weight += model->comparisons[i].levels[j].weight;
    return pd_weight_to_double(weight);
}

static size_t weigh(const struct pd_trainer *trainer, struct weighed *out)
{
    size_t n = 0;
    for (size_t i = 0; i < trainer->n_rules; i++) {
        const struct pd_patterns *patterns = &trainer->rules[i].patterns;
        for (size_t j = 0; j < patterns->n; j++) {
            const int8_t *pattern = pd_pattern(patterns, j);
            const double count = trainer->rules[i].scale * (double)patterns->counts[j];
            const struct pd_em_classes classes = pd_em_classes(&trainer->em, &trainer->state, i, pattern);
            out[n++] = (struct weighed){ weight_of(trainer, pattern), count * classes.match, count };
        }
    }
    return n;
}

/* Where 2 found / (taken + all matches) is highest; above all where no weight reaches `least`. */
static double find_threshold(struct weighed *patterns, size_t n, double least)
{
    double all = 0, found = 0, taken = 0, best = 0, threshold = n > 0 ? fmax(patterns[0].weight + 1, least) : least;
    for (size_t i = 0; i < n; i++) all += patterns[i].n_matches;
    for (size_t i = 0; i < n && patterns[i].weight >= least; i++) {
        found += patterns[i].n_matches;
        taken += patterns[i].n_pairs;
        if (i + 1 < n && patterns[i + 1].weight >= patterns[i].weight) continue; /* equal ones stand or fall together */
        if (2 * found / (taken + all) <= best) continue;
        best = 2 * found / (taken + all);
        threshold = patterns[i].weight;
    }
    return threshold;
}

enum padan_status pd_trainer_part_related(struct pd_trainer *trainer, struct padan_error *error)
{
    struct pd_model *model = trainer->model;
    struct weighed *patterns = NULL;
    size_t n = 0;
    if (!trainer->em.with_related) return PADAN_OK;
    for (size_t i = 0; i < trainer->n_rules; i++) n += trainer->rules[i].patterns.n;
    PD_TRY(pd_allocate(&patterns, n + 1, sizeof *patterns, error));
    n = weigh(trainer, patterns);
    qsort(patterns, n, sizeof *patterns, by_weight);
    const double threshold = find_threshold(patterns, n, log2(LEAST / (1 - LEAST)));
    const double before = model->has_thresholds ? model->automatic_weight : 0;
    model->automatic_weight = fmax(before, threshold);
    model->review_weight = model->has_thresholds ? model->review_weight : 0;
    model->has_thresholds = true;
    pd_free(patterns);
    return PADAN_OK;
}
