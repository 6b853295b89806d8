/* SPDX-License-Identifier: MIT
 * Families of person clusters by family number (CONTRACT 3 "Family of a row"). */
#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"
#include "cluster/cluster.h"
#include "indonesia/nik.h"

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

/* Is what is said of a person, whose family number is the register's row, a typing error or the two columns swapped? */
static bool is_slip(const struct pd_household_options *options, uint64_t said, uint32_t person)
{
    const uint64_t registered = options->number[person];
    if (registered == 0 || said == registered) return false;
    if (options->person != NULL && said == options->person[person]) return true;
    return said >> PD_DIGITS_SHIFT == registered >> PD_DIGITS_SHIFT &&
           pd_nik_slip(said & PD_DIGITS_MASK, registered & PD_DIGITS_MASK);
}

/* A slip in the registry parts a family; where it happens to be another family's number, it joins two. */
static void correct_slips(const struct pd_household_options *options, const struct pd_clusters *clusters,
                          uint32_t *speaker)
{
    for (size_t i = 0; i < clusters->n_records; i++) {
        const uint32_t person = clusters->anchor[i];
        if (clusters->cluster[i] != i || speaker[i] == PD_NO_RECORD || person == PD_NO_RECORD) continue;
        if (is_slip(options, options->number[speaker[i]], person)) speaker[i] = person;
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

/* Marks the rows whose number the register has too: known [n_records]. keys has room for two keys per record. */
static enum padan_status mark_known(const struct pd_household_options *options, size_t n, struct pd_key *keys,
                                    uint8_t *known, struct padan_error *error)
{
    size_t n_keys = 0;
    memset(known, 0, n);
    for (size_t i = 0; i < n; i++)
        if (options->number[i] != 0) keys[n_keys++] = (struct pd_key){ pd_mix64(options->number[i]), (uint32_t)i, 0 };
    PD_TRY(pd_radix_sort(keys, keys + n, n_keys, options->threads, error));
    for (size_t i = 0; i < n_keys;) {
        bool found = false;
        size_t end = i;
        for (; end < n_keys && keys[end].hash == keys[i].hash; end++)
            found = found || pd_table_source(options->table, keys[end].record) == (size_t)options->register_source;
        for (; i < end; i++) known[keys[i].record] = found;
    }
    return PADAN_OK;
}

/* The register row whose number all clusters of a run have there; PD_NO_RECORD when they have several, or none. */
static uint32_t common_register_row(const struct pd_household_options *options, const struct pd_clusters *clusters,
                                    const struct pd_key *keys, size_t n)
{
    uint32_t common = PD_NO_RECORD;
    for (size_t i = 0; i < n; i++) {
        const uint32_t row = clusters->anchor[keys[i].record];
        if (row == PD_NO_RECORD || options->number[row] == 0) continue;
        if (common != PD_NO_RECORD && options->number[row] != options->number[common]) return PD_NO_RECORD;
        common = row;
    }
    return common;
}

/* A number that the register does not know, on people whom the register holds in one family, is an old card or a typing
 * error: it would part that family. They all speak with the register's number. (People of several families under a new
 * number have married or moved together: the registry knows more.) */
static void doubt_unknown_numbers(const struct pd_household_options *options, const struct pd_clusters *clusters,
                                  const struct pd_key *keys, size_t n_keys, const uint8_t *known, uint32_t *speaker)
{
    for (size_t i = 0; i < n_keys;) {
        size_t end = i + 1;
        while (end < n_keys && keys[end].hash == keys[i].hash) end++;
        const uint32_t row =
            known[speaker[keys[i].record]] ? PD_NO_RECORD : common_register_row(options, clusters, keys + i, end - i);
        for (; i < end; i++)
            if (row != PD_NO_RECORD) speaker[keys[i].record] = row;
    }
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

/* What is allocated for the time of the work. */
struct scratch {
    uint32_t *speaker;
    struct pd_key *keys;
    uint8_t *known;
};

/* Lets numbers that only part families give way. */
static enum padan_status doubt_numbers(const struct pd_household_options *options, const struct pd_clusters *clusters,
                                       const struct scratch *scratch, uint32_t *next, struct padan_error *error)
{
    const size_t n = clusters->n_records;
    if (options->register_source >= 0) {
        correct_slips(options, clusters, scratch->speaker);
        PD_TRY(mark_known(options, n, scratch->keys, scratch->known, error));
    }
    const size_t n_keys = number_keys(options, clusters, scratch->speaker, scratch->keys);
    PD_TRY(pd_radix_sort(scratch->keys, scratch->keys + n, n_keys, options->threads, error));
    if (options->register_source >= 0)
        doubt_unknown_numbers(options, clusters, scratch->keys, n_keys, scratch->known, scratch->speaker);
    else
        doubt_lonely_numbers(options, clusters, scratch->keys, n_keys, next, scratch->speaker);
    return PADAN_OK;
}

static enum padan_status group(const struct pd_household_options *options, const struct pd_clusters *clusters,
                               const struct scratch *scratch, uint32_t *household, struct padan_error *error)
{
    const size_t n = clusters->n_records;
    struct pd_identity_order order;
    PD_TRY(pd_identity_order_make(options->table, &order, error));
    choose_numbers(options, clusters, scratch->speaker);
    PD_TRY(doubt_numbers(options, clusters, scratch, household, error));
    const size_t n_keys = number_keys(options, clusters, scratch->speaker, scratch->keys);
    PD_TRY(pd_radix_sort(scratch->keys, scratch->keys + n, n_keys, options->threads, error));
    for (size_t i = 0; i < n; i++) household[i] = (uint32_t)i;
    name_households(&order, scratch->keys, n_keys, options->max_people, household);
    for (size_t i = 0; i < n; i++)
        if (clusters->cluster[i] != i) household[i] = household[clusters->cluster[i]];
    return PADAN_OK;
}

enum padan_status pd_cluster_households(const struct pd_household_options *options, const struct pd_clusters *clusters,
                                        uint32_t *household, struct padan_error *error)
{
    struct scratch scratch = { 0 };
    const size_t n = clusters->n_records;
    enum padan_status status = pd_allocate_array(&scratch.speaker, n, sizeof *scratch.speaker, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch.keys, n * 2 + 8, sizeof *scratch.keys, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch.known, n, 1, error);
    if (status == PADAN_OK) status = group(options, clusters, &scratch, household, error);
    pd_free(scratch.keys);
    pd_free(scratch.speaker);
    pd_free(scratch.known);
    return status;
}
