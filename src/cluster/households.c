/* SPDX-License-Identifier: MIT
 * Families of person clusters by family number (CONTRACT 3 "Family of a row"). */
#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"
#include "cluster/cluster.h"

/* The number a cluster speaks with: of its row with the lowest source priority, ties by record order. */
static void choose_numbers(const struct pd_household_options *options, const struct pd_clusters *clusters,
                           uint32_t *speaker)
{
    const size_t n = clusters->n_records;
    for (size_t i = 0; i < n; i++) speaker[i] = PD_NO_RECORD;
    for (size_t i = 0; i < n; i++) {
        if (options->number[i] == 0) continue;
        uint32_t *best = &speaker[clusters->cluster[i]];
        if (*best == PD_NO_RECORD || options->priority[pd_table_source(options->table, (uint32_t)i)] <
                                         options->priority[pd_table_source(options->table, *best)])
            *best = (uint32_t)i;
    }
}

/* Keys (mixed number, cluster representative), one per cluster that has a number. */
static size_t number_keys(const struct pd_household_options *options, const struct pd_clusters *clusters,
                          const uint32_t *speaker, struct pd_key *keys)
{
    size_t n = 0;
    for (size_t i = 0; i < clusters->n_records; i++) {
        if (clusters->cluster[i] != i || speaker[i] == PD_NO_RECORD) continue;
        keys[n++] = (struct pd_key){ pd_mix64(options->number[speaker[i]]), (uint32_t)i, 0 };
    }
    return n;
}

/* Does the number at i of the sorted keys belong to one cluster alone? */
static bool is_lonely(const struct pd_key *keys, size_t n_keys, size_t i)
{
    return (i == 0 || keys[i - 1].hash != keys[i].hash) && (i + 1 == n_keys || keys[i + 1].hash != keys[i].hash);
}

/* A number that nobody else carries says little when another source puts the person into a family: one row with an old
 * or mistyped card must not break a family apart. Such a cluster speaks with its next number, by priority. */
static void doubt_lonely_numbers(const struct pd_household_options *options, const struct pd_clusters *clusters,
                                 const struct pd_key *keys, size_t n_keys, uint32_t *next, uint32_t *speaker)
{
    enum { SETTLED = UINT32_MAX - 1 }; /* else PD_NO_RECORD or the row that speaks next */
    for (size_t i = 0; i < clusters->n_records; i++) next[i] = (uint32_t)SETTLED;
    for (size_t i = 0; i < n_keys; i++)
        if (is_lonely(keys, n_keys, i)) next[keys[i].record] = PD_NO_RECORD;
    for (size_t i = 0; i < clusters->n_records; i++) {
        const uint32_t cluster = clusters->cluster[i];
        uint32_t *best = &next[cluster];
        if (*best == (uint32_t)SETTLED || options->number[i] == 0) continue;
        if (options->number[i] == options->number[speaker[cluster]]) continue;
        if (*best == PD_NO_RECORD || options->priority[pd_table_source(options->table, (uint32_t)i)] <
                                         options->priority[pd_table_source(options->table, *best)])
            *best = (uint32_t)i;
    }
    for (size_t i = 0; i < clusters->n_records; i++)
        if (next[i] < (uint32_t)SETTLED) speaker[i] = next[i];
}

/* Every cluster of a run of equal numbers gets the run's smallest representative. pd_mix64 is a bijection, so equal
 * keys are equal numbers. */
static void name_households(const struct pd_identity_order *order, const struct pd_key *keys, size_t n_keys,
                            uint32_t max_people, uint32_t *household)
{
    for (size_t i = 0; i < n_keys;) {
        size_t end = i + 1;
        uint32_t smallest = keys[i].record;
        for (; end < n_keys && keys[end].hash == keys[i].hash; end++)
            if (pd_identity_before(order, keys[end].record, smallest)) smallest = keys[end].record;
        if (end - i <= max_people)
            for (size_t j = i; j < end; j++) household[keys[j].record] = smallest;
        i = end;
    }
}

static enum padan_status group(const struct pd_household_options *options, const struct pd_clusters *clusters,
                               uint32_t *speaker, struct pd_key *keys, uint32_t *household, struct padan_error *error)
{
    const size_t n = clusters->n_records;
    struct pd_identity_order order;
    PD_TRY(pd_identity_order_make(options->table, &order, error));
    choose_numbers(options, clusters, speaker);
    size_t n_keys = number_keys(options, clusters, speaker, keys);
    PD_TRY(pd_radix_sort(keys, keys + n, n_keys, options->threads, error));
    doubt_lonely_numbers(options, clusters, keys, n_keys, household, speaker);
    n_keys = number_keys(options, clusters, speaker, keys);
    PD_TRY(pd_radix_sort(keys, keys + n, n_keys, options->threads, error));
    for (size_t i = 0; i < n; i++) household[i] = (uint32_t)i;
    name_households(&order, keys, n_keys, options->max_people, household);
    for (size_t i = 0; i < n; i++)
        if (clusters->cluster[i] != i) household[i] = household[clusters->cluster[i]];
    return PADAN_OK;
}

enum padan_status pd_cluster_households(const struct pd_household_options *options, const struct pd_clusters *clusters,
                                        uint32_t *household, struct padan_error *error)
{
    uint32_t *speaker = NULL;
    struct pd_key *keys = NULL;
    enum padan_status status = pd_allocate_array(&speaker, clusters->n_records, sizeof *speaker, error);
    if (status == PADAN_OK) status = pd_allocate_array(&keys, clusters->n_records * 2 + 8, sizeof *keys, error);
    if (status == PADAN_OK) status = group(options, clusters, speaker, keys, household, error);
    pd_free(keys);
    pd_free(speaker);
    return status;
}
