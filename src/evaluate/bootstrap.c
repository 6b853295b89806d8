/* SPDX-License-Identifier: MIT
 * Bootstrap over entities, the unit that is drawn in truth. Entities that wrong pairs join are drawn together: a wrong
 * pair is one event, and drawing its entities apart, half a pair each, would halve its variance (intervals of precision
 * that were to hold the truth in 95 of 100 files did in 75). In a Poisson bootstrap every unit comes back Poisson(1)
 * times; units with equal counts are exchangeable, so k of them come back Poisson(k) times together: the cost is that
 * of the distinct count triples (hundreds), not of the entities (millions). */
#include "base/hash.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/radix.h"
#include "base/random.h"
#include "evaluate/counts.h"

#include <math.h>
#include <stdlib.h>

struct kind {
    double n_true, n_found, n_wrong;
    double n_units;
};

struct resampling {
    const struct kind *kinds;
    size_t n_kinds;
    uint64_t seed;
    double precision[PD_BOOTSTRAP_RESAMPLES], recall[PD_BOOTSTRAP_RESAMPLES], f1[PD_BOOTSTRAP_RESAMPLES];
};

/* Poisson by inversion for small means, by the rounded normal above (error far below the resampling's own). */
static double poisson(struct pd_random *random, double mean)
{
    if (mean > 50) {
        const double radius = sqrt(-2 * log(1 - pd_random_unit(random)));
        const double normal = radius * cos(6.283185307179586 * pd_random_unit(random));
        const double value = floor(mean + sqrt(mean) * normal + 0.5);
        return value > 0 ? value : 0;
    }
    double term = exp(-mean);
    double sum = term;
    double value = 0;
    for (const double unit = pd_random_unit(random); unit > sum && value < 1000; sum += term) term *= mean / ++value;
    return value;
}

static enum padan_status resample(void *context, size_t chunk, int worker, struct padan_error *error)
{
    (void)worker;
    (void)error;
    struct resampling *resampling = context;
    struct pd_random random = pd_random_stream(resampling->seed, chunk);
    double n_true = 0;
    double n_found = 0;
    double n_wrong = 0;
    for (size_t i = 0; i < resampling->n_kinds; i++) {
        const double times = poisson(&random, resampling->kinds[i].n_units);
        n_true += times * resampling->kinds[i].n_true;
        n_found += times * resampling->kinds[i].n_found;
        n_wrong += times * resampling->kinds[i].n_wrong / 2;
    }
    resampling->precision[chunk] = n_found + n_wrong > 0 ? n_found / (n_found + n_wrong) : NAN;
    resampling->recall[chunk] = n_true > 0 ? n_found / n_true : NAN;
    resampling->f1[chunk] = n_true + n_found + n_wrong > 0 ? 2 * n_found / (n_true + n_found + n_wrong) : NAN;
    return PADAN_OK;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = 0;
    double y = 0;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

static struct pd_interval interval_of(double values[PD_BOOTSTRAP_RESAMPLES])
{
    size_t n = 0;
    for (size_t i = 0; i < PD_BOOTSTRAP_RESAMPLES; i++)
        if (!isnan(values[i])) values[n++] = values[i];
    if (n < 20) return (struct pd_interval){ NAN, NAN };
    qsort(values, n, sizeof *values, compare_doubles);
    return (struct pd_interval){ values[n / 40], values[n - 1 - n / 40] };
}

/* How many units of equal weight tell as much as these (Kish 1965), weights being n_of the unit. */
static double equal_units(const struct kind *kinds, size_t n_kinds, double n_of(const struct kind *kind))
{
    double sum = 0;
    double squares = 0;
    for (size_t i = 0; i < n_kinds; i++) {
        const double n = n_of(&kinds[i]);
        sum += kinds[i].n_units * n;
        squares += kinds[i].n_units * n * n;
    }
    return squares > 0 ? sum * sum / squares : 0;
}

static double n_predicted_of(const struct kind *kind)
{
    return kind->n_found + kind->n_wrong / 2;
}

static double n_true_of(const struct kind *kind)
{
    return kind->n_true;
}

static double n_either_of(const struct kind *kind)
{
    return kind->n_true + kind->n_wrong / 2;
}

/* Resamples of units none of which failed, or few, do not show what others might: there the score test's interval of as
 * many units is the wider one. */
static void widen(struct pd_evaluation *evaluation, const struct kind *kinds, size_t n_kinds)
{
    const struct pd_pair_counts all = evaluation->all;
    const double n_either = (double)(all.n_true + all.n_predicted - all.n_found);
    const double jaccard = n_either > 0 ? (double)all.n_found / n_either : NAN;
    evaluation->precision = pd_interval_hull(
        evaluation->precision, pd_interval_of_share(pd_precision(all), equal_units(kinds, n_kinds, n_predicted_of)));
    evaluation->recall = pd_interval_hull(evaluation->recall,
                                          pd_interval_of_share(pd_recall(all), equal_units(kinds, n_kinds, n_true_of)));
    evaluation->f1 =
        pd_interval_hull(evaluation->f1, pd_interval_of_f1(jaccard, equal_units(kinds, n_kinds, n_either_of)));
}

/* Adds up joined entities at the first of them. A group of more than half of all entities is no unit that could be
 * drawn again: there is one. Its entities stay apart, with half of every wrong pair. n_members: [n_entities], zeros. */
static void gather_units(struct pd_entity_counts *entities, size_t n_entities, uint32_t *n_members)
{
    for (size_t i = 0; i < n_entities; i++) n_members[pd_entity_first(entities, (uint32_t)i)]++;
    for (size_t i = 0; i < n_entities; i++) {
        const uint32_t first = pd_entity_first(entities, (uint32_t)i);
        struct pd_entity_counts *entity = &entities[i];
        if (first == i || n_members[first] > n_entities / 2) continue;
        entities[first].n_true += entity->n_true;
        entities[first].n_found += entity->n_found;
        entities[first].n_wrong += entity->n_wrong;
        entity->n_true = entity->n_found = entity->n_wrong = 0;
    }
}

/* Distinct count triples of units with any pair, in order of hash: a fixed order. */
static enum padan_status find_kinds(const struct pd_entity_counts *units, size_t n_units, struct kind *kinds,
                                    struct pd_key *keys, size_t *n_kinds, struct padan_error *error)
{
    size_t n = 0;
    for (size_t i = 0; i < n_units; i++) {
        if (units[i].n_true == 0 && units[i].n_wrong == 0) continue;
        const uint64_t hash = pd_hash_combine(pd_hash_combine(units[i].n_true, units[i].n_found), units[i].n_wrong);
        keys[n++] = (struct pd_key){ .hash = hash, .record = (uint32_t)i };
    }
    PD_TRY(pd_radix_sort(keys, keys + n_units, n, 1, error));
    *n_kinds = 0;
    for (size_t i = 0; i < n; i++) {
        const struct pd_entity_counts *unit = &units[keys[i].record];
        if (i > 0 && keys[i].hash == keys[i - 1].hash) {
            kinds[*n_kinds - 1].n_units += 1;
            continue;
        }
        kinds[(*n_kinds)++] = (struct kind){ (double)unit->n_true, (double)unit->n_found, (double)unit->n_wrong, 1 };
    }
    return PADAN_OK;
}

enum padan_status pd_bootstrap(struct pd_evaluation *evaluation, struct pd_entity_counts *entities, size_t n_entities,
                               int threads, uint64_t seed, struct padan_error *error)
{
    uint32_t *n_members = NULL;
    struct kind *kinds = NULL;
    struct pd_key *keys = NULL;
    struct resampling *resampling = NULL;
    size_t n_kinds = 0;
    enum padan_status status = pd_allocate_array(&kinds, n_entities, sizeof *kinds, error);
    if (status == PADAN_OK) status = pd_allocate_array(&keys, 2 * n_entities, sizeof *keys, error);
    if (status == PADAN_OK) status = pd_allocate(&resampling, 1, sizeof *resampling, error);
    if (status == PADAN_OK) status = pd_allocate(&n_members, n_entities, sizeof *n_members, error);
    if (status == PADAN_OK) gather_units(entities, n_entities, n_members);
    pd_free(n_members);
    if (status == PADAN_OK) status = find_kinds(entities, n_entities, kinds, keys, &n_kinds, error);
    if (status == PADAN_OK) {
        resampling->kinds = kinds;
        resampling->n_kinds = n_kinds;
        resampling->seed = seed;
        status = pd_parallel_for(PD_BOOTSTRAP_RESAMPLES, threads, resample, resampling, error);
    }
    if (status == PADAN_OK) {
        evaluation->precision = interval_of(resampling->precision);
        evaluation->recall = interval_of(resampling->recall);
        evaluation->f1 = interval_of(resampling->f1);
        widen(evaluation, kinds, n_kinds);
    }
    pd_free(kinds);
    pd_free(keys);
    pd_free(resampling);
    return status;
}
