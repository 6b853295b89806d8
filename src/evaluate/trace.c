/* SPDX-License-Identifier: MIT
 * Where lost pairs were lost. The true pairs of the pairs file are collected once each (a file may repeat a pair);
 * those whose rows are not together were lost by the score or by the guards. All other lost pairs never reached the
 * file. */
#include "base/hash.h"
#include "base/memory.h"
#include "base/radix.h"
#include "evaluate/counts.h"
#include "evaluate/pair_file.h"

struct true_pairs {
    struct pd_key *items; /* hash = bijection of both rows; record = smaller row, tag = larger << 1 | certain */
    size_t n, capacity;
};

static const uint32_t ROWS_MAX = UINT32_MAX / 2;

static enum padan_status add_pair(struct true_pairs *pairs, uint32_t a, uint32_t b, bool certain,
                                  struct padan_error *error)
{
    const uint32_t low = a < b ? a : b;
    const uint32_t high = a < b ? b : a;
    PD_TRY(pd_grow(&pairs->items, &pairs->capacity, pairs->n + 1, sizeof *pairs->items, error));
    pairs->items[pairs->n++] = (struct pd_key){ .hash = pd_mix64((uint64_t)low << 32 | high),
                                                .record = low,
                                                .tag = high << 1 | (certain ? 1u : 0u) };
    return PADAN_OK;
}

static bool counts_as_true(const struct pd_evaluation *evaluation, const struct pd_population *population, uint32_t a,
                           uint32_t b)
{
    if (a == PD_NO_ROW || b == PD_NO_ROW || a == b || population->entity[a] != population->entity[b]) return false;
    return !evaluation->link_only || population->source[a] != population->source[b];
}

static enum padan_status collect(struct true_pairs *found, const struct pd_evaluation *evaluation,
                                 struct pd_pair_file *pairs, struct padan_error *error)
{
    do {
        PD_TRY(pd_pair_file_next(pairs, error));
        for (size_t i = 0; i < pairs->n_rows; i++)
            if (counts_as_true(evaluation, pairs->population, pairs->row_l[i], pairs->row_r[i]))
                PD_TRY(add_pair(found, pairs->row_l[i], pairs->row_r[i], pd_pair_is_certain(pairs, i), error));
    } while (pairs->n_rows > 0);
    return PADAN_OK;
}

/* Sorts and keeps each pair once, certain when any of its lines was. */
static enum padan_status keep_distinct(struct true_pairs *pairs, int threads, struct padan_error *error)
{
    struct pd_key *scratch = NULL;
    PD_TRY(pd_allocate_array(&scratch, pairs->n, sizeof *scratch, error));
    const enum padan_status status = pd_radix_sort(pairs->items, scratch, pairs->n, threads, error);
    pd_free(scratch);
    PD_TRY(status);
    size_t kept = 0;
    for (size_t i = 0; i < pairs->n; i++) {
        if (kept > 0 && pairs->items[i].hash == pairs->items[kept - 1].hash)
            pairs->items[kept - 1].tag |= pairs->items[i].tag & 1;
        else
            pairs->items[kept++] = pairs->items[i];
    }
    pairs->n = kept;
    return PADAN_OK;
}

/* The distinct true pairs of a file; the caller frees items. */
static enum padan_status read_true_pairs(struct true_pairs *found, struct pd_evaluation *evaluation,
                                         const struct pd_population *population, const char *path, int threads,
                                         struct padan_error *error)
{
    struct pd_pair_file *pairs = NULL;
    if (population->n_rows > ROWS_MAX) PD_FAIL(error, PADAN_LIMIT, "more than %u rows in the truth", ROWS_MAX);
    PD_TRY(pd_allocate(&pairs, 1, sizeof *pairs, error));
    enum padan_status status = pd_pair_file_open(pairs, path, population, error);
    if (status == PADAN_OK) {
        status = collect(found, evaluation, pairs, error);
        evaluation->has_class = pairs->has_class;
        pd_pair_file_reset(pairs);
    }
    pd_free(pairs);
    if (status == PADAN_OK) status = keep_distinct(found, threads, error);
    return status;
}

static void add_lost_pair(struct pd_evaluation *evaluation, const struct pd_population *population, uint32_t a,
                          uint32_t b, bool certain)
{
    *(certain ? &evaluation->n_guard : &evaluation->n_scoring) += 1;
    uint64_t bits = population->errors[a] | population->errors[b];
    if (bits == 0) bits = 1; /* class 0: no error */
    for (; bits != 0; bits &= bits - 1) {
        struct pd_class_counts *counts = &evaluation->classes[__builtin_ctzll(bits)];
        *(certain ? &counts->n_guard : &counts->n_scoring) += 1;
    }
}

enum padan_status pd_evaluation_trace(struct pd_evaluation *evaluation, const struct pd_population *population,
                                      const char *pairs_path, int threads, struct padan_error *error)
{
    struct true_pairs found = { 0 };
    const enum padan_status status = read_true_pairs(&found, evaluation, population, pairs_path, threads, error);
    for (size_t i = 0; status == PADAN_OK && i < found.n; i++) {
        const uint32_t a = found.items[i].record;
        const uint32_t b = found.items[i].tag >> 1;
        const bool certain = (found.items[i].tag & 1) != 0;
        evaluation->n_emitted++;
        evaluation->n_emitted_certain += certain;
        if (population->cluster[a] != population->cluster[b])
            add_lost_pair(evaluation, population, a, b, certain && evaluation->has_class);
    }
    evaluation->has_pairs = status == PADAN_OK;
    pd_free(found.items);
    return status;
}

enum padan_status pd_evaluation_trace_blocked(struct pd_evaluation *evaluation, const struct pd_population *population,
                                              const char *path, int threads, struct padan_error *error)
{
    struct true_pairs found = { 0 };
    struct pd_evaluation seen = { .link_only = evaluation->link_only };
    const enum padan_status status = read_true_pairs(&found, &seen, population, path, threads, error);
    evaluation->n_blocked = found.n;
    evaluation->has_blocked = status == PADAN_OK;
    pd_free(found.items);
    return status;
}

enum padan_status pd_evaluation_count(struct pd_evaluation *evaluation, const struct pd_population *population,
                                      bool link_only, int threads, uint64_t seed, struct padan_error *error)
{
    struct pd_entity_counts *entities = NULL;
    const size_t n_entities = population->entities.n_entries;
    *evaluation = (struct pd_evaluation){ .link_only = link_only };
    PD_TRY(pd_allocate(&entities, n_entities, sizeof *entities, error));
    enum padan_status status = pd_count_pairs(evaluation, population, entities, error);
    if (status == PADAN_OK) status = pd_bootstrap(evaluation, entities, n_entities, threads, seed, error);
    if (status == PADAN_OK && population->has_households && population->has_household_clusters)
        status = pd_count_households(&evaluation->households, population, error);
    pd_free(entities);
    if (status != PADAN_OK) pd_evaluation_reset(evaluation);
    return status;
}

void pd_evaluation_reset(struct pd_evaluation *evaluation)
{
    pd_free(evaluation->by_source);
    pd_free(evaluation->by_group);
    *evaluation = (struct pd_evaluation){ 0 };
}
