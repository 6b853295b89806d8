/* SPDX-License-Identifier: MIT
 * Small to large: the rows of the smaller cluster are looked up in the counts of the larger one (by entity, and with
 * link_only by entity and source), so a row moves at most log2(rows) times. */
#include "evaluate/threshold.h"

#include "base/memory.h"
#include "base/roots.h"
#include "evaluate/counter_map.h"
#include "evaluate/order.h"
#include "evaluate/pair_file.h"

#include <math.h>

enum { POINTS_MAX = 400 };
#define NOBODY UINT32_MAX

struct weighted_pair {
    uint32_t left, right;
    float weight; /* sorts pairs into steps of half a bit: more digits are not needed */
};

struct merging {
    const struct pd_population *population;
    bool link_only;
    struct weighted_pair *pairs;
    size_t n_pairs, capacity;
    struct pd_dictionary others; /* rows that only pairs have: they lead from one row to another */
    uint32_t *parent, *size;     /* [n_rows + others] union-find; rows of the truth at roots */
    uint32_t *next, *last;       /* [n_rows] these rows as a list from the root, which is one of them */
    uint32_t *twin;              /* [n_rows] first row of the same entity and source */
    uint32_t *entity_size;       /* [n_entities + 1] */
    double *squares;             /* [n_rows] at roots: sum over entities of rows in the cluster, squared */
    struct pd_counter_map counts;
    struct pd_threshold_point now; /* B-cubed as sums over rows */
};

/* Three kinds of counts under one root: rows of an entity, of a source, of an entity in a source. */
static uint64_t key_of(uint32_t root, uint64_t code)
{
    return (uint64_t)(root + 1) << 32 | code;
}

static uint64_t entity_key(const struct merging *merging, uint32_t root, uint32_t row)
{
    return key_of(root, merging->population->entity[row]);
}

static uint64_t source_key(const struct merging *merging, uint32_t root, uint32_t row)
{
    return key_of(root, merging->population->entities.n_entries + merging->population->source[row]);
}

static uint64_t twin_key(const struct merging *merging, uint32_t root, uint32_t row)
{
    const struct pd_population *population = merging->population;
    return key_of(root, (uint64_t)population->entities.n_entries + population->n_sources + 1 + merging->twin[row]);
}

static enum padan_status add_row(struct merging *merging, uint32_t root, uint32_t row, struct padan_error *error)
{
    PD_TRY(pd_counter_add(&merging->counts, entity_key(merging, root, row), 1, error));
    if (!merging->link_only) return PADAN_OK;
    PD_TRY(pd_counter_add(&merging->counts, source_key(merging, root, row), 1, error));
    return pd_counter_add(&merging->counts, twin_key(merging, root, row), 1, error);
}

/* Joins the clusters of two roots and updates all sums. */
static enum padan_status merge(struct merging *merging, uint32_t a, uint32_t b, struct padan_error *error)
{
    const uint32_t large = merging->size[a] >= merging->size[b] ? a : b;
    const uint32_t small = large == a ? b : a;
    const double size_large = merging->size[large];
    const double size_small = merging->size[small];
    struct pd_threshold_point *now = &merging->now;
    uint64_t same = 0;
    merging->parent[small] = large;
    if (merging->size[small] == 0) return PADAN_OK;
    if (merging->size[large] == 1) PD_TRY(add_row(merging, large, large, error));
    now->pairs.n_predicted += (uint64_t)merging->size[large] * merging->size[small];
    for (uint32_t row = small; row != NOBODY; row = merging->next[row]) {
        const uint64_t n = pd_counter_get(&merging->counts, entity_key(merging, large, row));
        same += n;
        now->bcubed_recall += 2 * (double)n / merging->entity_size[merging->population->entity[row]];
        if (!merging->link_only) continue;
        now->pairs.n_found -= pd_counter_get(&merging->counts, twin_key(merging, large, row));
        now->pairs.n_predicted -= pd_counter_get(&merging->counts, source_key(merging, large, row));
    }
    now->pairs.n_found += same;
    for (uint32_t row = small; row != NOBODY; row = merging->next[row]) PD_TRY(add_row(merging, large, row, error));
    now->bcubed_precision -= merging->squares[large] / size_large + merging->squares[small] / size_small;
    merging->squares[large] += merging->squares[small] + 2 * (double)same;
    now->bcubed_precision += merging->squares[large] / (size_large + size_small);
    now->n_clusters--;
    merging->next[merging->last[large]] = small;
    merging->last[large] = merging->last[small];
    merging->size[large] += merging->size[small];
    return PADAN_OK;
}

static enum padan_status collect(struct merging *merging, struct pd_pair_file *pairs, struct padan_error *error)
{
    do {
        PD_TRY(pd_pair_file_next(pairs, error));
        PD_TRY(pd_pair_file_check_weights(pairs, error));
        for (size_t i = 0; i < pairs->n_rows; i++) {
            const double weight = pd_pair_weight(pairs, i);
            if (isnan(weight)) continue;
            PD_TRY(pd_grow(&merging->pairs, &merging->capacity, merging->n_pairs + 1, sizeof *merging->pairs, error));
            merging->pairs[merging->n_pairs++] = (struct weighted_pair){ pairs->row_l[i], pairs->row_r[i],
                                                                         (float)(weight < -100  ? -100
                                                                                 : weight > 200 ? 200
                                                                                                : weight) };
        }
    } while (pairs->n_rows > 0);
    return PADAN_OK;
}

static enum padan_status read_pairs(struct merging *merging, const char *path, struct padan_error *error)
{
    struct pd_pair_file *pairs = NULL;
    PD_TRY(pd_allocate(&pairs, 1, sizeof *pairs, error));
    enum padan_status status = pd_pair_file_open(pairs, path, merging->population, error);
    if (status == PADAN_OK) {
        pairs->others = &merging->others;
        status = collect(merging, pairs, error);
        pd_pair_file_reset(pairs);
    }
    pd_free(pairs);
    return status;
}

static enum padan_status find_twins(struct merging *merging, struct padan_error *error)
{
    const struct pd_population *population = merging->population;
    const size_t n = population->n_rows;
    uint32_t *rows = NULL;
    uint32_t *scratch = NULL;
    enum padan_status status = pd_allocate_array(&rows, n, sizeof *rows, error);
    if (status == PADAN_OK) status = pd_allocate_array(&scratch, n, sizeof *scratch, error);
    for (size_t i = 0; status == PADAN_OK && i < n; i++) rows[i] = (uint32_t)i;
    if (status == PADAN_OK) status = pd_order_by(rows, scratch, n, population->source, population->n_sources, error);
    if (status == PADAN_OK)
        status = pd_order_by(rows, scratch, n, population->entity, population->entities.n_entries, error);
    for (size_t i = 0; status == PADAN_OK && i < n; i++) {
        const bool same = i > 0 && population->entity[rows[i]] == population->entity[rows[i - 1]] &&
                          population->source[rows[i]] == population->source[rows[i - 1]];
        merging->twin[rows[i]] = same ? merging->twin[rows[i - 1]] : rows[i];
    }
    pd_free(rows);
    pd_free(scratch);
    return status;
}

/* Every row a cluster of its own. */
static enum padan_status prepare(struct merging *merging, struct padan_error *error)
{
    const struct pd_population *population = merging->population;
    const size_t n = population->n_rows;
    const size_t n_nodes = n + merging->others.n_entries;
    PD_TRY(pd_allocate_array(&merging->parent, n_nodes, sizeof *merging->parent, error));
    PD_TRY(pd_allocate_array(&merging->next, n, sizeof *merging->next, error));
    PD_TRY(pd_allocate_array(&merging->last, n, sizeof *merging->last, error));
    PD_TRY(pd_allocate(&merging->size, n_nodes, sizeof *merging->size, error));
    PD_TRY(pd_allocate_array(&merging->twin, n, sizeof *merging->twin, error));
    PD_TRY(pd_allocate_array(&merging->squares, n, sizeof *merging->squares, error));
    PD_TRY(pd_allocate(&merging->entity_size, (size_t)population->entities.n_entries + 1, sizeof *merging->entity_size,
                       error));
    pd_roots_begin(merging->parent, n_nodes);
    for (size_t row = 0; row < n; row++) {
        merging->last[row] = (uint32_t)row;
        merging->next[row] = NOBODY;
        merging->size[row] = 1;
        merging->squares[row] = 1;
        merging->entity_size[population->entity[row]]++;
    }
    for (size_t row = 0; row < n; row++)
        merging->now.bcubed_recall += 1.0 / merging->entity_size[population->entity[row]];
    merging->now.bcubed_precision = (double)n;
    merging->now.n_clusters = n;
    return merging->link_only ? find_twins(merging, error) : PADAN_OK;
}

/* Pairs in order of falling weight step; *first is the lowest step, and steps are `width` bits wide. */
static enum padan_status order_pairs(const struct merging *merging, uint32_t *order, uint32_t *steps, double *width,
                                     double *first, struct padan_error *error)
{
    double low = merging->pairs[0].weight;
    double high = low;
    uint32_t *scratch = NULL;
    for (size_t i = 0; i < merging->n_pairs; i++) {
        if (merging->pairs[i].weight < low) low = merging->pairs[i].weight;
        if (merging->pairs[i].weight > high) high = merging->pairs[i].weight;
    }
    *width = 0.5;
    while ((high - low) / *width > POINTS_MAX - 2) *width *= 2;
    *first = floor(low / *width) * *width;
    const uint32_t n_steps = (uint32_t)((high - *first) / *width) + 1;
    for (size_t i = 0; i < merging->n_pairs; i++) {
        order[i] = (uint32_t)i;
        steps[i] = n_steps - 1 - (uint32_t)((merging->pairs[i].weight - *first) / *width);
    }
    PD_TRY(pd_allocate_array(&scratch, merging->n_pairs, sizeof *scratch, error));
    const enum padan_status status = pd_order_by(order, scratch, merging->n_pairs, steps, n_steps, error);
    pd_free(scratch);
    return status;
}

static enum padan_status sweep(struct merging *merging, struct pd_threshold_curve *curve, const uint32_t *order,
                               const uint32_t *steps, double width, double first, struct padan_error *error)
{
    const double n_rows = (double)merging->population->n_rows;
    const uint32_t n_steps = steps[order[merging->n_pairs - 1]] + 1;
    size_t i = 0;
    PD_TRY(pd_allocate(&curve->points, n_steps, sizeof *curve->points, error));
    curve->n_points = n_steps;
    for (uint32_t step = 0; step < n_steps; step++) {
        for (; i < merging->n_pairs && steps[order[i]] == step; i++) {
            const uint32_t a = pd_root(merging->parent, merging->pairs[order[i]].left);
            const uint32_t b = pd_root(merging->parent, merging->pairs[order[i]].right);
            if (a != b) PD_TRY(merge(merging, a, b, error));
        }
        struct pd_threshold_point *point = &curve->points[n_steps - 1 - step];
        *point = merging->now;
        point->weight = first + width * (n_steps - 1 - step);
        point->bcubed_precision /= n_rows;
        point->bcubed_recall /= n_rows;
    }
    return PADAN_OK;
}

static enum padan_status find_curve(struct merging *merging, struct pd_threshold_curve *curve,
                                    struct padan_error *error)
{
    uint32_t *order = NULL;
    uint32_t *steps = NULL;
    double width = 0;
    double first = 0;
    PD_TRY(prepare(merging, error));
    enum padan_status status = pd_allocate_array(&order, merging->n_pairs, sizeof *order, error);
    if (status == PADAN_OK) status = pd_allocate_array(&steps, merging->n_pairs, sizeof *steps, error);
    if (status == PADAN_OK) status = order_pairs(merging, order, steps, &width, &first, error);
    if (status == PADAN_OK) status = sweep(merging, curve, order, steps, width, first, error);
    pd_free(order);
    pd_free(steps);
    return status;
}

enum padan_status pd_threshold_curve_find(struct pd_threshold_curve *curve, const struct pd_evaluation *evaluation,
                                          const struct pd_population *population, const char *pairs_path,
                                          struct padan_error *error)
{
    struct merging merging = { .population = population, .link_only = evaluation->link_only };
    *curve = (struct pd_threshold_curve){ .n_points = 0 };
    merging.now.pairs.n_true = evaluation->all.n_true;
    enum padan_status status = read_pairs(&merging, pairs_path, error);
    if (status == PADAN_OK && merging.n_pairs > 0) status = find_curve(&merging, curve, error);
    pd_free(merging.pairs);
    pd_free(merging.parent);
    pd_free(merging.next);
    pd_free(merging.last);
    pd_free(merging.size);
    pd_free(merging.twin);
    pd_free(merging.squares);
    pd_free(merging.entity_size);
    pd_counter_reset(&merging.counts);
    pd_dictionary_reset(&merging.others);
    if (status != PADAN_OK) pd_threshold_curve_reset(curve);
    return status;
}

void pd_threshold_csv(const struct pd_threshold_curve *curve, struct pd_buffer *out)
{
    pd_append_string(out, "threshold_weight,threshold_probability,tp,fp,fn,precision,recall,f1,bcubed_precision,"
                          "bcubed_recall,bcubed_f1,n_clusters\n");
    for (size_t i = 0; i < curve->n_points; i++) {
        const struct pd_threshold_point *point = &curve->points[i];
        const double sum = point->bcubed_precision + point->bcubed_recall;
        const double figures[] = {
            pd_precision(point->pairs), pd_recall(point->pairs),
            pd_f1(point->pairs),        point->bcubed_precision,
            point->bcubed_recall,       sum > 0 ? 2 * point->bcubed_precision * point->bcubed_recall / sum : NAN
        };
        pd_append_double(out, point->weight, 4);
        pd_append_byte(out, ',');
        pd_append_double(out, 1 / (1 + exp2(-point->weight)), 9);
        pd_append_format(out, ",%llu,%llu,%llu", (unsigned long long)point->pairs.n_found,
                         (unsigned long long)(point->pairs.n_predicted - point->pairs.n_found),
                         (unsigned long long)(point->pairs.n_true - point->pairs.n_found));
        for (size_t k = 0; k < sizeof figures / sizeof *figures; k++) {
            pd_append_byte(out, ',');
            pd_append_double(out, figures[k], 8);
        }
        pd_append_byte(out, ',');
        pd_append_u64(out, point->n_clusters);
        pd_append_byte(out, '\n');
    }
}

void pd_threshold_curve_reset(struct pd_threshold_curve *curve)
{
    pd_free(curve->points);
    *curve = (struct pd_threshold_curve){ .n_points = 0 };
}
