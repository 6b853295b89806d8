/* SPDX-License-Identifier: MIT
 * Pairs of a model that asks for household members (`padan_household_members`): what other members of two households
 * say is added once all pairs are known, down to those that it may lift. */
#include "base/memory.h"
#include "engine/state.h"
#include "linking/household_links.h"

#include <math.h>
#include <string.h>

/* The columns that make households; none where a table has not all of them: there are no households then. */
static size_t find_columns(const struct pd_engine *engine, int *columns)
{
    const struct pd_household_members *members = &engine->model.members;
    for (size_t i = 0; i < members->n_columns; i++) {
        columns[i] = pd_table_find_identifier(&engine->table, members->columns[i]);
        if (columns[i] < 0) return 0;
    }
    return members->n_columns;
}

static enum padan_status add_gains(struct pd_engine *engine, const struct pd_household_meetings *meetings,
                                   struct padan_error *error)
{
    struct pd_edges *edges = &engine->edges;
    double *weights = NULL, *gains = NULL;
    enum padan_status status = pd_allocate_array(&weights, edges->n_edges + 1, sizeof *weights, error);
    if (status == PADAN_OK) status = pd_allocate_array(&gains, edges->n_edges + 1, sizeof *gains, error);
    for (size_t i = 0; status == PADAN_OK && i < edges->n_edges; i++)
        weights[i] = pd_weight_to_double(edges->edges[i].weight);
    if (status == PADAN_OK)
        status = pd_household_gains(meetings, &engine->table, &engine->model.members, weights, gains, error);
    for (size_t i = 0; status == PADAN_OK && i < edges->n_edges; i++)
        edges->edges[i].weight += pd_weight_of_bits(gains[i]);
    pd_free(weights);
    pd_free(gains);
    return status;
}

static void keep_from(struct pd_edges *edges, pd_weight least)
{
    const size_t width = edges->n_comparisons;
    size_t n = 0;
    for (size_t i = 0; i < edges->n_edges; i++) {
        if (edges->edges[i].weight < least) continue;
        edges->edges[n] = edges->edges[i];
        memmove(edges->gammas + n * width, edges->gammas + i * width, width);
        n++;
    }
    edges->n_edges = n;
}

/* rows: NULL where the model does not ask for them. */
static enum padan_status run(struct pd_engine *engine, const struct pd_scope *scope,
                             const struct pd_household_rows *rows, struct padan_error *error)
{
    struct pd_household_meetings meetings;
    const pd_weight least = pd_weight_of_bits(engine->model.members.least);
    PD_TRY(pd_linker_run(&engine->linker, scope, least < engine->pair_threshold ? least : engine->pair_threshold,
                         &engine->edges, error));
    PD_TRY(pd_household_meetings_make(&engine->table, rows, &engine->edges, engine->threads, &meetings, error));
    const enum padan_status status = add_gains(engine, &meetings, error);
    pd_household_meetings_reset(&meetings);
    keep_from(&engine->edges, engine->pair_threshold);
    return status;
}

enum padan_status pd_engine_find_pairs(struct pd_engine *engine, const struct pd_scope *scope,
                                       struct padan_error *error)
{
    int columns[PD_HOUSEHOLD_COLUMNS_MAX];
    const size_t n_columns = find_columns(engine, columns);
    struct pd_household_rows rows;
    if (n_columns == 0) return pd_linker_run(&engine->linker, scope, engine->pair_threshold, &engine->edges, error);
    PD_TRY(pd_household_rows_make(&engine->table, columns, n_columns, engine->threads, &rows, error));
    const enum padan_status status = run(engine, scope, &rows, error);
    pd_household_rows_reset(&rows);
    return status;
}
