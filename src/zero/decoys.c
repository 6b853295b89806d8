/* SPDX-License-Identifier: MIT
 * How many links by all texts of a row does chance make? The largest source of a link is parted in two by lot, as large
 * to each other as it is to the other sources. Rows that are unique there have no match in the other part, so pairs of
 * both parts that are the best of both their rows and reach the threshold are decoys: chance makes as many of the links
 * of rows that have no match, for as many pairs.
 *
 * Goods of a series make more of them than of wrong links, where both shops have the whole series: each good is nearer
 * to its own than to the others of its series. So it is not asked of clear links how many decoys there are, except
 * where rows have nothing but one text, and then only whether any links stand. */
#include "base/memory.h"
#include "base/random.h"
#include "zero/state.h"

#include <math.h>

/* The inside of a source is looked at unless its rules make more pairs than this: it would take too long. */
static const double MOST_PAIRS = 20e6;
/* Weights of pairs are rounded, that of the threshold may be one of them. */
static const double ROUNDING = .01;
/* Stream of random numbers that parts the source. */
enum { PARTING_STREAM = 11 };

struct decoys {
    struct pd_zero *zero;
    size_t source;       /* the one that is parted */
    double size, others; /* its rows, and those of other sources */
    double small, large; /* rows of its parts */
    uint8_t *scope;      /* inside it */
    bool *in_small;      /* [n_records] */
    double *bests;       /* [n_records] */
    struct pd_edges edges;
    struct pd_inside_input input;
};

static enum padan_status find_largest(struct decoys *d, struct padan_error *error)
{
    const struct pd_table *table = d->zero->options->table;
    const size_t n = table->n_sources;
    double *sizes = NULL;
    PD_TRY(pd_arena_allocate(&d->zero->arena, &sizes, (n + 1) * sizeof *sizes, error));
    for (size_t i = 0; i < n; i++) sizes[i] = 0;
    for (size_t i = 0; i < table->n_records; i++) sizes[pd_table_source(table, (uint32_t)i)]++;
    for (size_t i = 1; i < n; i++)
        if (sizes[i] > sizes[d->source]) d->source = i;
    d->size = sizes[d->source];
    d->others = (double)table->n_records - d->size;
    return PADAN_OK;
}

static enum padan_status part(struct decoys *d, struct padan_error *error)
{
    const struct pd_table *table = d->zero->options->table;
    const size_t n = table->n_sources;
    const double share = fmin(d->others / (double)table->n_records, .5);
    struct pd_random random = pd_random_stream(d->zero->options->seed, PARTING_STREAM);
    PD_TRY(pd_arena_allocate(&d->zero->arena, &d->scope, n * n + 1, error));
    PD_TRY(pd_arena_allocate(&d->zero->arena, &d->in_small, table->n_records + 1, error));
    PD_TRY(pd_arena_allocate(&d->zero->arena, &d->bests, (table->n_records + 1) * sizeof *d->bests, error));
    for (size_t i = 0; i < n * n; i++) d->scope[i] = PD_SCOPE_NEVER;
    d->scope[d->source * n + d->source] = PD_SCOPE_ALWAYS;
    for (size_t i = 0; i < table->n_records; i++) {
        d->bests[i] = -INFINITY;
        d->in_small[i] = pd_random_unit(&random) < share;
        if (pd_table_source(table, (uint32_t)i) == d->source) *(d->in_small[i] ? &d->small : &d->large) += 1;
    }
    return PADAN_OK;
}

static bool is_parted(const struct decoys *d, const struct pd_edge *edge)
{
    return d->in_small[edge->left] != d->in_small[edge->right];
}

/* Of the pairs of both parts those that are the best of both their rows. */
static enum padan_status weigh_decoys(struct decoys *d, struct padan_error *error)
{
    PD_TRY(pd_arena_allocate(&d->zero->arena, &d->input.inside, (d->edges.n_edges + 1) * sizeof(double), error));
    for (size_t i = 0; i < d->edges.n_edges; i++) {
        const struct pd_edge *edge = &d->edges.edges[i];
        if (!is_parted(d, edge)) continue;
        d->bests[edge->left] = fmax(d->bests[edge->left], pd_weight_to_double(edge->weight));
        d->bests[edge->right] = fmax(d->bests[edge->right], pd_weight_to_double(edge->weight));
    }
    for (size_t i = 0; i < d->edges.n_edges; i++) {
        const struct pd_edge *edge = &d->edges.edges[i];
        const double weight = pd_weight_to_double(edge->weight);
        if (is_parted(d, edge) && weight >= d->bests[edge->left] && weight >= d->bests[edge->right])
            d->input.inside[d->input.n_inside++] = weight + ROUNDING;
    }
    d->input.scale = d->zero->all_pairs / fmax(d->small * d->large, 1);
    d->input.most_links = fmin(d->size, d->others);
    return PADAN_OK;
}

/* The links that the threshold takes. */
static enum padan_status weigh_links(struct decoys *d, const bool *best, struct padan_error *error)
{
    const struct pd_zero *zero = d->zero;
    PD_TRY(pd_arena_allocate(&d->zero->arena, &d->input.links, (zero->edges.n_edges + 1) * sizeof(double), error));
    for (size_t i = 0; i < zero->edges.n_edges; i++)
        if (best[i] && zero->estimate.weights[i] >= zero->threshold.weight)
            d->input.links[d->input.n_links++] = zero->estimate.weights[i];
    return PADAN_OK;
}

static enum padan_status look(struct decoys *d, const bool *best, double *least, struct padan_error *error)
{
    struct pd_zero *zero = d->zero;
    struct pd_inside found;
    PD_TRY(find_largest(d, error));
    const double inside = d->size * (d->size - 1) / 2;
    if (pd_auto_rules_trained_pairs(&zero->rules) * inside / fmax(zero->all_pairs, 1) > MOST_PAIRS) return PADAN_OK;
    PD_TRY(part(d, error));
    PD_TRY(weigh_links(d, best, error));
    const struct pd_scope scope = { .n_sources = zero->options->table->n_sources, .matrix = d->scope };
    const pd_weight needed = (pd_weight)((zero->threshold.weight - ROUNDING) * (double)PD_WEIGHT_ONE);
    PD_TRY(pd_linker_run(&zero->linker, &scope, needed, &d->edges, error));
    PD_TRY(weigh_decoys(d, error));
    pd_inside_look(&d->input, &found);
    *least = found.n_links == 0 || found.cannot_tell ? INFINITY : d->input.links[found.n_kept - 1];
    return PADAN_OK;
}

enum padan_status pd_zero_look_at_decoys(struct pd_zero *zero, const bool *best, double *least,
                                         struct padan_error *error)
{
    struct decoys d = { .zero = zero };
    const enum padan_status status = look(&d, best, least, error);
    pd_edges_reset(&d.edges);
    return status;
}
