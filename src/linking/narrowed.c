/* SPDX-License-Identifier: MIT */
#include "linking/narrowed.h"

#include "base/memory.h"
#include "model/columns.h"
#include "table/gather.h"

/* The columns that a run may read: those the model names, and those made of them. */
static enum padan_status find_columns(const struct pd_linker *linker, struct pd_arena *arena, bool **wanted,
                                      struct padan_error *error)
{
    struct pd_text *names = NULL;
    size_t n_names = 0;
    PD_TRY(pd_arena_allocate(arena, wanted, linker->table->n_columns + 1, error));
    PD_TRY(pd_model_columns(linker->model, arena, &names, &n_names, error));
    for (size_t i = 0; i < n_names; i++) {
        const int column = pd_table_find_identifier(linker->table, names[i]);
        if (column >= 0) (*wanted)[column] = true;
    }
    for (size_t i = 0; i < linker->deriver.n_derivations; i++)
        if (linker->deriver.derivations[i].column >= 0) (*wanted)[linker->deriver.derivations[i].column] = true;
    return PADAN_OK;
}

/* What was made of the whole table is not by its records, and rows were not packed yet. */
static bool can_be_narrowed(const struct pd_linker *linker, const bool *wanted)
{
    for (size_t i = 0; i < linker->plan.n_frequencies; i++)
        if (linker->plan.frequencies[i].key == PD_VALUES_BY_RECORD) return false;
    for (size_t i = 0; i < linker->table->n_columns; i++)
        if (wanted[i] && linker->table->columns[i].encoding == PD_ENCODING_LIKE) return false;
    return !linker->has_rows;
}

static enum padan_status narrow_scope(struct pd_narrowed *narrowed, const struct pd_scope *scope,
                                      struct padan_error *error)
{
    narrowed->scope = *scope;
    if (scope->linked == NULL) return PADAN_OK;
    PD_TRY(pd_allocate_array(&narrowed->linked, narrowed->met.n + 1, 1, error));
    for (size_t i = 0; i < narrowed->met.n; i++) narrowed->linked[i] = scope->linked[narrowed->met.records[i]];
    narrowed->scope.linked = narrowed->linked;
    return PADAN_OK;
}

static void forget_met(struct pd_narrowed *narrowed)
{
    pd_met_reset(&narrowed->met);
    pd_free(narrowed->linked);
    narrowed->linked = NULL;
}

static enum padan_status narrow(struct pd_narrowed *narrowed, const struct pd_scope *scope, const bool *wanted,
                                struct padan_error *error)
{
    struct pd_linker *linker = narrowed->linker;
    struct pd_table table;
    PD_TRY(pd_block_find_met(linker->table, &linker->passes, scope, linker->threads, &narrowed->met, error));
    if (narrowed->met.records == NULL) return PADAN_OK;
    PD_TRY(narrow_scope(narrowed, scope, error));
    PD_TRY(
        pd_table_gather(linker->table, wanted, narrowed->met.records, narrowed->met.n, linker->threads, &table, error));
    narrowed->whole = *linker->table;
    *linker->table = table;
    linker->is_narrow = true;
    return PADAN_OK;
}

enum padan_status pd_narrow(struct pd_linker *linker, const struct pd_scope *scope, struct pd_narrowed *narrowed,
                            struct padan_error *error)
{
    struct pd_arena arena = { 0 };
    bool *wanted = NULL;
    *narrowed = (struct pd_narrowed){ .linker = linker, .scope = *scope };
    enum padan_status status = find_columns(linker, &arena, &wanted, error);
    if (status == PADAN_OK && can_be_narrowed(linker, wanted)) status = narrow(narrowed, scope, wanted, error);
    if (status != PADAN_OK) forget_met(narrowed);
    pd_arena_reset(&arena);
    return status;
}

void pd_widen(struct pd_narrowed *narrowed, struct pd_edges *edges)
{
    const uint32_t *records = narrowed->met.records;
    if (records == NULL) return;
    for (size_t i = 0; i < edges->n_edges; i++) {
        edges->edges[i].left = records[edges->edges[i].left];
        edges->edges[i].right = records[edges->edges[i].right];
    }
    pd_linker_rest(narrowed->linker); /* rows of the narrow table */
    pd_table_gathered_reset(narrowed->linker->table);
    *narrowed->linker->table = narrowed->whole;
    narrowed->linker->is_narrow = false;
    forget_met(narrowed);
}
