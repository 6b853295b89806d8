/* SPDX-License-Identifier: MIT
 * Rows are ordered by (cluster, entity, source) with three counting sorts; one walk over the runs counts everything.
 * Only the truth's side (pairs inside entities) is walked before the last sort. */
#include "evaluate/counts.h"

#include "base/memory.h"
#include "evaluate/order.h"

#include <math.h>
#include <stdlib.h>

enum { SOURCES_MAX = 1000 };

/* Everything a walk needs; rows of one source of a group are counted in per_source and named in touched. */
struct walk {
    const struct pd_population *population;
    struct pd_evaluation *evaluation;
    struct pd_entity_counts *entities;
    uint32_t *rows;
    uint32_t *per_source; /* [n_sources] */
    uint32_t *touched;    /* [n_sources] */
    double bcubed_precision, bcubed_recall;
};

struct run {
    size_t begin, end;
};

double pd_precision(struct pd_pair_counts counts)
{
    return counts.n_predicted == 0 ? NAN : (double)counts.n_found / (double)counts.n_predicted;
}

double pd_recall(struct pd_pair_counts counts)
{
    return counts.n_true == 0 ? NAN : (double)counts.n_found / (double)counts.n_true;
}

double pd_f1(struct pd_pair_counts counts)
{
    const double sum = (double)counts.n_true + (double)counts.n_predicted;
    return sum <= 0 ? NAN : 2 * (double)counts.n_found / sum;
}

static uint64_t choose_two(uint64_t n)
{
    return n * (n - (n > 0)) / 2;
}

enum kind { KIND_TRUE, KIND_PREDICTED, KIND_FOUND };

static void add_pairs(struct pd_pair_counts *counts, enum kind kind, uint64_t n)
{
    if (kind == KIND_TRUE)
        counts->n_true += n;
    else if (kind == KIND_PREDICTED)
        counts->n_predicted += n;
    else
        counts->n_found += n;
}

/* Adds the pairs of a group of rows to the table of source pairs. */
static void add_source_pairs(struct walk *walk, struct run run, enum kind kind)
{
    const uint32_t *source = walk->population->source;
    const size_t n_sources = walk->evaluation->n_sources;
    size_t n_touched = 0;
    for (size_t i = run.begin; i < run.end; i++) {
        const uint32_t s = source[walk->rows[i]] - 1;
        if (walk->per_source[s]++ == 0) walk->touched[n_touched++] = s;
    }
    for (size_t i = 0; i < n_touched; i++) {
        const uint32_t s = walk->touched[i];
        add_pairs(&walk->evaluation->by_source[s * n_sources + s], kind, choose_two(walk->per_source[s]));
        for (size_t j = 0; j < i; j++) {
            const uint32_t t = walk->touched[j];
            const size_t cell = s < t ? s * n_sources + t : t * n_sources + s;
            add_pairs(&walk->evaluation->by_source[cell], kind, (uint64_t)walk->per_source[s] * walk->per_source[t]);
        }
    }
    for (size_t i = 0; i < n_touched; i++) walk->per_source[walk->touched[i]] = 0;
}

/* Pairs among the rows of a run that stand in order of source and pass a test: bits & errors == 0 where bits is not 0,
 * and group != excluded where excluded is not 0. */
static uint64_t pairs_without(const struct walk *walk, struct run run, uint64_t bits, uint32_t excluded)
{
    const struct pd_population *population = walk->population;
    uint64_t n = 0;
    uint64_t n_of_source = 0;
    uint64_t inside = 0;
    for (size_t i = run.begin; i < run.end; i++) {
        const uint32_t row = walk->rows[i];
        if (i > run.begin && population->source[row] != population->source[walk->rows[i - 1]]) {
            inside += choose_two(n_of_source);
            n_of_source = 0;
        }
        if ((population->errors[row] & bits) != 0 || (excluded != 0 && population->group[row] == excluded)) continue;
        n++;
        n_of_source++;
    }
    inside += choose_two(n_of_source);
    return choose_two(n) - (walk->evaluation->link_only ? inside : 0);
}

static void add_error_classes(struct walk *walk, struct run run, bool found)
{
    struct pd_class_counts *classes = walk->evaluation->classes;
    uint64_t all_bits = 0;
    for (size_t i = run.begin; i < run.end; i++) all_bits |= walk->population->errors[walk->rows[i]];
    const uint64_t all = pairs_without(walk, run, 0, 0);
    const uint64_t clean = all_bits == 0 ? all : pairs_without(walk, run, UINT64_MAX, 0);
    *(found ? &classes[0].n_found : &classes[0].n_true) += clean;
    for (uint64_t left = all_bits; left != 0; left &= left - 1) {
        const int k = __builtin_ctzll(left);
        const uint64_t n = all - pairs_without(walk, run, UINT64_C(1) << k, 0);
        *(found ? &classes[k].n_found : &classes[k].n_true) += n;
    }
}

static void add_groups(struct walk *walk, struct run run, enum kind kind)
{
    const uint32_t *group = walk->population->group;
    if (walk->evaluation->n_groups == 0) return;
    const uint64_t all = pairs_without(walk, run, 0, 0);
    for (size_t i = run.begin; i < run.end; i++) {
        const uint32_t value = group[walk->rows[i]];
        bool seen = value == 0;
        for (size_t j = run.begin; j < i && !seen; j++) seen = group[walk->rows[j]] == value;
        if (!seen)
            add_pairs(&walk->evaluation->by_group[value - 1].pairs, kind, all - pairs_without(walk, run, 0, value));
    }
}

/* Runs of entities of more than one row; rows are in order of (entity, source). */
static void walk_entities(struct walk *walk)
{
    const size_t n_rows = walk->population->n_rows;
    for (struct run run = { 0, 0 }; run.begin < n_rows; run.begin = run.end) {
        run.end = pd_run_end(walk->rows, run.begin, n_rows, walk->population->entity);
        const uint32_t entity = walk->population->entity[walk->rows[run.begin]] - 1;
        walk->entities[entity].n_rows = (uint32_t)(run.end - run.begin);
        if (run.end - run.begin == 1) continue;
        walk->entities[entity].n_true = pairs_without(walk, run, 0, 0);
        add_source_pairs(walk, run, KIND_TRUE);
        add_error_classes(walk, run, false);
        add_groups(walk, run, KIND_TRUE);
    }
}

/* Rows of one entity in one cluster. n_cross = pairs between them and the other rows of the cluster, which
 * walk->per_source does not know: with link_only the other rows of the same sources are taken off by the caller. */
static void walk_cell(struct walk *walk, struct run cell, size_t cluster_size)
{
    const uint32_t entity = walk->population->entity[walk->rows[cell.begin]] - 1;
    struct pd_entity_counts *counts = &walk->entities[entity];
    const double n = (double)(cell.end - cell.begin);
    walk->bcubed_precision += n * n / (double)cluster_size;
    walk->bcubed_recall += n * n / (double)counts->n_rows;
    if (cell.end - cell.begin == 1) return;
    counts->n_found += pairs_without(walk, cell, 0, 0);
    add_source_pairs(walk, cell, KIND_FOUND);
    add_error_classes(walk, cell, true);
    add_groups(walk, cell, KIND_FOUND);
}

uint32_t pd_entity_first(struct pd_entity_counts *entities, uint32_t entity)
{
    while (entities[entity].joined != 0) {
        const uint32_t before = entities[entity].joined - 1;
        if (entities[before].joined != 0) entities[entity].joined = entities[before].joined;
        entity = before;
    }
    return entity;
}

static void join_entities(struct pd_entity_counts *entities, uint32_t a, uint32_t b)
{
    a = pd_entity_first(entities, a);
    b = pd_entity_first(entities, b);
    if (a != b) entities[a > b ? a : b].joined = (a < b ? a : b) + 1;
}

/* Wrong pairs of each entity of a mixed cluster: every row against the rows of other entities (of other sources). */
static void add_wrong_pairs(struct walk *walk, struct run run)
{
    const struct pd_population *population = walk->population;
    const size_t size = run.end - run.begin;
    uint32_t other = UINT32_MAX; /* the entity before with a wrong pair here */
    for (size_t i = run.begin; i < run.end; i++) walk->per_source[population->source[walk->rows[i]] - 1]++;
    for (struct run cell = { run.begin, run.begin }; cell.begin < run.end; cell.begin = cell.end) {
        cell.end = pd_run_end(walk->rows, cell.begin, run.end, population->entity);
        const uint32_t entity = population->entity[walk->rows[cell.begin]] - 1;
        uint64_t n_wrong = (uint64_t)(cell.end - cell.begin) * (size - (cell.end - cell.begin));
        for (struct run part = { cell.begin, cell.begin }; walk->evaluation->link_only && part.begin < cell.end;
             part.begin = part.end) {
            part.end = pd_run_end(walk->rows, part.begin, cell.end, population->source);
            const uint64_t n = part.end - part.begin;
            n_wrong -= n * (walk->per_source[population->source[walk->rows[part.begin]] - 1] - n);
        }
        walk->entities[entity].n_wrong += n_wrong;
        if (n_wrong == 0) continue;
        if (other != UINT32_MAX) join_entities(walk->entities, other, entity);
        other = entity;
    }
    for (size_t i = run.begin; i < run.end; i++) walk->per_source[population->source[walk->rows[i]] - 1] = 0;
}

/* Runs of clusters; rows are in order of (cluster, entity, source). */
static void walk_clusters(struct walk *walk)
{
    const struct pd_population *population = walk->population;
    for (struct run run = { 0, 0 }; run.begin < population->n_rows; run.begin = run.end) {
        run.end = pd_run_end(walk->rows, run.begin, population->n_rows, population->cluster);
        const size_t size = run.end - run.begin;
        size_t n_cells = 0;
        for (struct run cell = run; cell.begin < run.end; cell.begin = cell.end, n_cells++) {
            cell.end = pd_run_end(walk->rows, cell.begin, run.end, population->entity);
            walk_cell(walk, cell, size);
        }
        if (size > 1) add_source_pairs(walk, run, KIND_PREDICTED);
        if (n_cells > 1) add_wrong_pairs(walk, run);
    }
}

/* Predicted pairs by group need rows of a cluster in order of source: a walk of its own, only when asked. */
static void walk_groups(struct walk *walk)
{
    const struct pd_population *population = walk->population;
    for (struct run run = { 0, 0 }; run.begin < population->n_rows; run.begin = run.end) {
        run.end = pd_run_end(walk->rows, run.begin, population->n_rows, population->cluster);
        if (run.end - run.begin > 1) add_groups(walk, run, KIND_PREDICTED);
    }
}

size_t pd_evaluation_first_source(const struct pd_evaluation *evaluation, size_t s)
{
    return evaluation->link_only ? s + 1 : s;
}

static void add_totals(struct pd_evaluation *evaluation)
{
    const size_t n = evaluation->n_sources;
    evaluation->all = (struct pd_pair_counts){ 0 };
    for (size_t s = 0; s < n; s++)
        for (size_t t = pd_evaluation_first_source(evaluation, s); t < n; t++) {
            evaluation->all.n_true += evaluation->by_source[s * n + t].n_true;
            evaluation->all.n_predicted += evaluation->by_source[s * n + t].n_predicted;
            evaluation->all.n_found += evaluation->by_source[s * n + t].n_found;
        }
}

static enum padan_status walk_all(struct walk *walk, uint32_t *scratch, struct padan_error *error)
{
    const struct pd_population *population = walk->population;
    const size_t n = population->n_rows;
    for (size_t i = 0; i < n; i++) walk->rows[i] = (uint32_t)i;
    PD_TRY(pd_order_by(walk->rows, scratch, n, population->source, population->n_sources, error));
    if (walk->evaluation->n_groups > 0) {
        PD_TRY(pd_order_by(walk->rows, scratch, n, population->cluster, population->n_clusters, error));
        walk_groups(walk);
        PD_TRY(pd_order_by(walk->rows, scratch, n, population->source, population->n_sources, error));
    }
    PD_TRY(pd_order_by(walk->rows, scratch, n, population->entity, population->entities.n_entries, error));
    walk_entities(walk);
    PD_TRY(pd_order_by(walk->rows, scratch, n, population->cluster, population->n_clusters, error));
    walk_clusters(walk);
    return PADAN_OK;
}

static void finish(struct walk *walk)
{
    struct pd_evaluation *evaluation = walk->evaluation;
    const double n = (double)walk->population->n_rows;
    add_totals(evaluation);
    evaluation->bcubed_precision = walk->bcubed_precision / n;
    evaluation->bcubed_recall = walk->bcubed_recall / n;
    const double sum = evaluation->bcubed_precision + evaluation->bcubed_recall;
    evaluation->bcubed_f1 = sum > 0 ? 2 * evaluation->bcubed_precision * evaluation->bcubed_recall / sum : NAN;
}

static int by_value(const void *a, const void *b)
{
    const struct pd_text x = ((const struct pd_group_counts *)a)->value;
    const struct pd_text y = ((const struct pd_group_counts *)b)->value;
    double x_number = 0;
    double y_number = 0;
    const bool x_is_number = pd_text_to_double(x, &x_number) && !isnan(x_number);
    const bool y_is_number = pd_text_to_double(y, &y_number) && !isnan(y_number);
    if (x_is_number != y_is_number) return x_is_number ? -1 : 1;
    if (x_is_number && x_number != y_number) return x_number < y_number ? -1 : 1;
    return pd_text_compare(x, y);
}

/* Groups, which are counted by the codes of their values, get these and their order. */
static void order_groups(struct pd_evaluation *evaluation, const struct pd_population *population)
{
    for (size_t i = 0; i < evaluation->n_groups; i++)
        evaluation->by_group[i].value = pd_dictionary_text(&population->groups, (uint32_t)i + 1);
    if (evaluation->n_groups > 1)
        qsort(evaluation->by_group, evaluation->n_groups, sizeof *evaluation->by_group, by_value);
}

enum padan_status pd_count_pairs(struct pd_evaluation *evaluation, const struct pd_population *population,
                                 struct pd_entity_counts *entities, struct padan_error *error)
{
    if (population->n_sources > SOURCES_MAX)
        PD_FAIL(error, PADAN_LIMIT, "%u sources: at most %d can be evaluated, is source_dataset the right column?",
                population->n_sources, SOURCES_MAX);
    struct walk walk = { .population = population, .evaluation = evaluation, .entities = entities };
    uint32_t *scratch = NULL;
    const size_t n_sources = evaluation->n_sources = population->n_sources;
    evaluation->n_groups = population->groups.n_entries;
    enum padan_status status =
        pd_allocate(&evaluation->by_source, n_sources * n_sources, sizeof *evaluation->by_source, error);
    if (status == PADAN_OK)
        status = pd_allocate(&evaluation->by_group, evaluation->n_groups, sizeof *evaluation->by_group, error);
    if (status == PADAN_OK) status = pd_allocate(&walk.per_source, n_sources, sizeof *walk.per_source, error);
    if (status == PADAN_OK) status = pd_allocate(&walk.touched, n_sources, sizeof *walk.touched, error);
    if (status == PADAN_OK) status = pd_allocate_array(&walk.rows, population->n_rows, sizeof *walk.rows, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch, population->n_rows, sizeof *scratch, error);
    if (status == PADAN_OK) status = walk_all(&walk, scratch, error);
    if (status == PADAN_OK) finish(&walk);
    if (status == PADAN_OK) order_groups(evaluation, population);
    pd_free(walk.per_source);
    pd_free(walk.touched);
    pd_free(walk.rows);
    pd_free(scratch);
    return status;
}

/* Rows with a household in order of (household cluster, household); only rows of known households are in rows. */
static void count_households(const struct pd_population *population, const uint32_t *rows, size_t n,
                             struct pd_pair_counts *counts)
{
    for (struct run run = { 0, 0 }; run.begin < n; run.begin = run.end) {
        run.end = pd_run_end(rows, run.begin, n, population->household_cluster);
        counts->n_predicted += choose_two(run.end - run.begin);
        for (struct run cell = run; cell.begin < run.end; cell.begin = cell.end) {
            cell.end = pd_run_end(rows, cell.begin, run.end, population->household);
            counts->n_found += choose_two(cell.end - cell.begin);
        }
    }
}

enum padan_status pd_count_households(struct pd_pair_counts *counts, const struct pd_population *population,
                                      struct padan_error *error)
{
    uint32_t *rows = NULL;
    uint32_t *scratch = NULL;
    size_t n = 0;
    *counts = (struct pd_pair_counts){ 0 };
    enum padan_status status = pd_allocate_array(&rows, population->n_rows, sizeof *rows, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch, population->n_rows, sizeof *scratch, error);
    for (size_t row = 0; status == PADAN_OK && row < population->n_rows; row++)
        if (population->household[row] != 0) rows[n++] = (uint32_t)row;
    if (status == PADAN_OK)
        status = pd_order_by(rows, scratch, n, population->household, population->households.n_entries, error);
    for (struct run run = { 0, 0 }; status == PADAN_OK && run.begin < n; run.begin = run.end) {
        run.end = pd_run_end(rows, run.begin, n, population->household);
        counts->n_true += choose_two(run.end - run.begin);
    }
    if (status == PADAN_OK)
        status = pd_order_by(rows, scratch, n, population->household_cluster, population->n_household_clusters, error);
    if (status == PADAN_OK) count_households(population, rows, n, counts);
    pd_free(rows);
    pd_free(scratch);
    return status;
}
