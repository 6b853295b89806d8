/* SPDX-License-Identifier: MIT */
#include "linking/linker.h"

#include "base/memory.h"
#include "compare/frequency.h"
#include "compare/functions.h"
#include "compare/pair_bounds.h"
#include "compare/row_plan.h"
#include "linking/narrowed.h"
#include "linking/pair_order.h"

#include <stdio.h>

struct scoring {
    struct pd_linker *linker;
    pd_weight needed;
    struct pd_edge_pieces pieces;
    size_t first_piece; /* that of the first chunk of the pass at hand */
    size_t width;       /* comparisons */
    uint64_t n_kept;    /* by all threads together */
    struct pd_row_plan row_plan;
    struct pd_row_lanes **lanes; /* [threads] */
};

enum { PAIRS_AHEAD = 6 };

/* Below any weight that a pair can have, and far enough from the ends of the type for sums. */
static const pd_weight EVERY_PAIR = INT64_MIN / 4;

const struct pd_function_set *pd_linker_functions(void)
{
    static const struct pd_function *const groups[] = { pd_builtin_functions, pd_compare_functions,
                                                        pd_frequency_functions };
    static const struct pd_function_set set = { groups, 3 };
    return &set;
}

/* --- making --- */

static enum padan_status bind(const struct pd_linker *linker, struct pd_expression *expression, const char *what,
                              struct pd_text name, struct padan_error *error)
{
    const struct pd_column_resolver resolver = pd_table_resolver(linker->table);
    char where[256];
    (void)snprintf(where, sizeof where, "model %.*s, %s %.*s", PD_TEXT_ARGS(linker->model->name), what,
                   name.length > 100 ? 100 : (int)name.length, name.data);
    return pd_expression_bind(expression, &resolver, where, error);
}

static enum padan_status bind_rule(const struct pd_linker *linker, const struct pd_blocking_rule *rule,
                                   struct padan_error *error)
{
    if (pd_rule_explodes(rule)) return PADAN_OK; /* to its own table, by pd_block_compile */
    PD_TRY(bind(linker, rule->condition, "rule", rule->sql, error));
    for (size_t i = 0; i < rule->n_refine; i++) PD_TRY(bind(linker, rule->refine[i], "rule", rule->sql, error));
    return PADAN_OK;
}

static enum padan_status bind_model(struct pd_linker *linker, struct padan_error *error)
{
    struct pd_model *model = linker->model;
    for (size_t i = 0; i < model->n_rules; i++) PD_TRY(bind_rule(linker, &model->rules[i], error));
    for (size_t i = 0; i < model->n_unlinked_rules; i++) PD_TRY(bind_rule(linker, &model->unlinked_rules[i], error));
    for (size_t i = 0; i < model->n_comparisons; i++) {
        const struct pd_comparison *comparison = &model->comparisons[i];
        for (size_t j = 0; j < comparison->n_levels; j++)
            if (comparison->levels[j].condition != NULL)
                PD_TRY(bind(linker, comparison->levels[j].condition, "comparison", comparison->name, error));
    }
    for (size_t i = 0; i < model->n_tf_expressions; i++)
        PD_TRY(bind(linker, model->tf_expressions[i].expression, "term frequency of", model->tf_expressions[i].column,
                    error));
    return PADAN_OK;
}

static enum padan_status make_residuals(struct pd_linker *linker, struct padan_error *error)
{
    const size_t n = linker->passes.n_passes;
    PD_TRY(pd_allocate(&linker->n_residuals, n, sizeof *linker->n_residuals, error));
    PD_TRY(pd_allocate(&linker->residuals, n, sizeof *linker->residuals, error));
    PD_TRY(pd_allocate(&linker->exploded, n, sizeof(struct pd_exploded_residual *), error));
    for (size_t i = 0; i < n; i++) {
        const struct pd_pass *pass = &linker->passes.passes[i];
        linker->n_residuals[i] = pass->exploded == NULL ? pass->n_residual : 0;
        linker->residuals[i] = pass->residual;
        PD_TRY(pd_exploded_residual_make(pass, linker->threads, &linker->exploded[i], error));
    }
    return pd_plan_add_residuals(&linker->plan, linker->residuals, linker->n_residuals, n, error);
}

static enum padan_status make_workers(struct pd_linker *linker, struct padan_error *error)
{
    PD_TRY(pd_allocate(&linker->workers, (size_t)linker->threads, sizeof *linker->workers, error));
    for (int i = 0; i < linker->threads; i++)
        PD_TRY(pd_condition_worker_init(&linker->plan.conditions, &linker->workers[i], error));
    return PADAN_OK;
}

static enum padan_status make(struct pd_linker *linker, struct padan_error *error)
{
    PD_TRY(bind_model(linker, error));
    linker->deriver.by_code = true;
    PD_TRY(pd_block_compile(linker->model, &linker->deriver, &linker->passes, error));
    linker->deriver.by_code = false;
    linker->n_key_derivations = linker->deriver.n_derivations;
    for (size_t i = 0; i < linker->n_key_derivations; i++) linker->deriver.derivations[i].n_uses = 0;
    PD_TRY(pd_plan_make(linker->model, &linker->deriver, &linker->plan, error));
    PD_TRY(make_residuals(linker, error));
    PD_TRY(pd_plan_prepare(&linker->plan, error));
    if (!linker->runs_only) PD_TRY(pd_conditions_complete(&linker->plan.conditions, false, error));
    PD_TRY(pd_allocate(&linker->statistics, linker->passes.n_passes, sizeof *linker->statistics, error));
    return make_workers(linker, error);
}

static enum padan_status make_linker(struct pd_linker *linker, struct pd_table *table, struct pd_model *model,
                                     int threads, bool runs_only, struct padan_error *error)
{
    *linker = (struct pd_linker){ .table = table,
                                  .model = model,
                                  .threads = threads,
                                  .deriver = { .table = table, .threads = threads },
                                  .read_after = -1,
                                  .runs_only = runs_only };
    const enum padan_status status = make(linker, error);
    if (status != PADAN_OK) pd_linker_reset(linker);
    return status;
}

enum padan_status pd_linker_make(struct pd_linker *linker, struct pd_table *table, struct pd_model *model, int threads,
                                 struct padan_error *error)
{
    return make_linker(linker, table, model, threads, false, error);
}

enum padan_status pd_linker_make_for_runs(struct pd_linker *linker, struct pd_table *table, struct pd_model *model,
                                          int threads, struct padan_error *error)
{
    return make_linker(linker, table, model, threads, true, error);
}

void pd_linker_reset(struct pd_linker *linker)
{
    for (int i = 0; linker->workers != NULL && i < linker->threads; i++) pd_condition_worker_reset(&linker->workers[i]);
    pd_free(linker->workers);
    pd_free(linker->statistics);
    for (size_t i = 0; linker->exploded != NULL && i < linker->passes.n_passes; i++)
        pd_exploded_residual_free(linker->exploded[i]);
    pd_free(linker->exploded);
    pd_free(linker->rank);
    pd_free(linker->n_residuals);
    pd_free(linker->residuals);
    pd_linker_rest(linker);
    pd_plan_reset(&linker->plan);
    pd_passes_reset(&linker->passes);
    pd_deriver_reset(&linker->deriver);
    *linker = (struct pd_linker){ 0 };
}

enum padan_status pd_linker_order_pairs(struct pd_linker *linker, struct padan_error *error)
{
    pd_free(linker->rank);
    return pd_pair_order_make(linker->table, linker->model, &linker->rank, error);
}

/* --- running --- */

static bool linker_residual(const struct pd_linker *linker, int worker, size_t pass, uint32_t left, uint32_t right)
{
    if (linker->exploded[pass] != NULL) return pd_exploded_residual_holds(linker->exploded[pass], worker, left, right);
    return pd_plan_residual(&linker->plan, &linker->workers[worker], pass, left, right);
}

static bool residual_holds(void *context, int worker, size_t pass, uint32_t left, uint32_t right)
{
    const struct scoring *scoring = context;
    return linker_residual(scoring->linker, worker, pass, left, right);
}

static enum padan_status check_cancelled(const struct pd_linker *linker, struct padan_error *error)
{
    if (linker->cancel == NULL || *linker->cancel == 0) return PADAN_OK;
    PD_FAIL(error, PADAN_CANCELLED, "cancelled while pairs were looked for");
}

static enum padan_status begin_pass(void *context, size_t pass, size_t n_chunks, struct padan_error *error)
{
    struct scoring *scoring = context;
    (void)pass;
    PD_TRY(check_cancelled(scoring->linker, error));
    return pd_edge_pieces_add(&scoring->pieces, n_chunks, &scoring->first_piece, error);
}

static void prefetch_pair(const struct pd_row_plan *row_plan, const struct pd_row_lanes *lanes,
                          const struct pd_pair *pairs, size_t i, size_t n_pairs)
{
    if (i + 2 * PAIRS_AHEAD < n_pairs)
        pd_row_plan_prefetch_places(row_plan, lanes, &pairs[i + 2 * PAIRS_AHEAD], i + 2 * PAIRS_AHEAD);
    if (i + PAIRS_AHEAD < n_pairs) pd_row_plan_prefetch(row_plan, lanes, &pairs[i + PAIRS_AHEAD], i + PAIRS_AHEAD);
}

/* Counts what a batch kept; too much is told while there is memory, not found out by the system. */
static enum padan_status count_kept(struct scoring *scoring, uint64_t n, struct padan_error *error)
{
    const uint64_t n_kept = __atomic_add_fetch(&scoring->n_kept, n, __ATOMIC_RELAXED);
    const uint64_t most = scoring->linker->edges_max;
    if (most == 0 || n_kept <= most) return PADAN_OK;
    PD_FAIL(error, PADAN_LIMIT,
            "more than %llu pairs reach match weight %.2f, which is more than memory holds: rules bring too many rows "
            "together (padan block shows the largest blocks); make them narrower, raise the threshold or cap blocks "
            "with padan_max_pairs",
            (unsigned long long)most, pd_weight_to_double(scoring->needed));
}

static enum padan_status score_pairs(void *context, size_t pass, size_t chunk_index, int worker, struct pd_pair *pairs,
                                     size_t n_pairs, struct padan_error *error)
{
    struct scoring *scoring = context;
    struct pd_edge_piece *chunk = &scoring->pieces.items[scoring->first_piece + chunk_index];
    struct pd_linker *linker = scoring->linker;
    const size_t width = scoring->width;
    struct pd_row_lanes *lanes = scoring->lanes[worker];
    const size_t n_before = chunk->n_edges;
    PD_TRY(check_cancelled(linker, error));
    const size_t n = pd_row_plan_sift(&scoring->row_plan, lanes, pairs, n_pairs, scoring->needed);
    for (size_t i = 0; i < n; i++) {
        prefetch_pair(&scoring->row_plan, lanes, pairs, i, n);
        PD_TRY(pd_grow(&chunk->gammas, &chunk->gammas_capacity, (chunk->n_edges + 1) * width + 1, 1, error));
        int8_t *gammas = chunk->gammas + chunk->n_edges * width;
        pd_weight weight = 0;
        if (!pd_row_plan_score(&scoring->row_plan, lanes, &linker->workers[worker], &pairs[i], i, scoring->needed,
                               gammas, &weight))
            continue;
        PD_TRY(pd_grow(&chunk->edges, &chunk->edges_capacity, chunk->n_edges + 1, sizeof *chunk->edges, error));
        chunk->edges[chunk->n_edges++] =
            (struct pd_edge){ .left = pairs[i].left, .right = pairs[i].right, .weight = weight, .pass = (uint8_t)pass };
    }
    return count_kept(scoring, chunk->n_edges - n_before, error);
}

/* A column is nothing but a key, of passes that read it off packed rows. */
static bool is_in_rows(const struct pd_linker *linker, int column)
{
    for (size_t i = 0; i < linker->passes.n_passes; i++) {
        const struct pd_pass *pass = &linker->passes.passes[i];
        bool is_key = false;
        for (size_t j = 0; j < pass->n_refine && pass->exploded == NULL; j++)
            if (pass->refine[j] == column) return false;
        for (size_t j = 0; j < pass->n_keys && pass->exploded == NULL; j++)
            is_key = is_key || pass->keys[j].left == column || pass->keys[j].right == column;
        if (is_key && !pd_pass_is_in_rows(pass, &linker->rows)) return false;
    }
    return true;
}

/* Nameless, a dropped column is found by nobody who wants the same expression; it would be made again. */
static void drop_key_columns(struct pd_linker *linker)
{
    for (size_t i = 0; i < linker->n_key_derivations; i++) {
        struct pd_derivation *derivation = &linker->deriver.derivations[i];
        if (!derivation->made || derivation->n_uses > 0 || !is_in_rows(linker, derivation->column)) continue;
        pd_table_drop(linker->table, (size_t)derivation->column);
        linker->table->columns[derivation->column].name = PD_TEXT("");
        derivation->column = -1;
    }
}

/* Marks the columns that passes read beside rows; false when some pass may read any column. */
static bool mark_columns_of_passes(const struct pd_linker *linker, bool *needed)
{
    for (size_t i = 0; i < linker->passes.n_passes; i++) {
        const struct pd_pass *pass = &linker->passes.passes[i];
        if (pass->exploded != NULL || pass->n_residual > 0) return false;
        for (size_t j = 0; j < pass->n_refine; j++) needed[pass->refine[j]] = true;
        if (pd_pass_is_in_rows(pass, &linker->rows)) continue;
        for (size_t j = 0; j < pass->n_keys; j++) needed[pass->keys[j].left] = needed[pass->keys[j].right] = true;
    }
    return true;
}

/* Columns whose words others have, too, are needed for these. */
static void mark_sharers(const struct pd_table *table, bool *needed)
{
    for (size_t i = 0; i < table->n_columns; i++)
        for (size_t j = 0; j < table->n_columns && needed[i]; j++)
            needed[j] = needed[j] || table->columns[j].words == table->columns[i].words;
}

/* No column is read after the run but one. */
static bool may_spend(const struct pd_linker *linker)
{
    return linker->last_run && !linker->is_narrow && linker->read_after >= 0;
}

/* Which columns nobody reads once rows are packed; stays NULL where that cannot be told. */
static enum padan_status find_spent(const struct pd_linker *linker, bool **spent, struct padan_error *error)
{
    const size_t n = linker->table->n_columns;
    bool *needed = NULL;
    if (!may_spend(linker)) return PADAN_OK;
    PD_TRY(pd_allocate(&needed, n, sizeof *needed, error));
    needed[linker->read_after] = true;
    if (!mark_columns_of_passes(linker, needed) || !pd_row_plan_mark_columns(&linker->plan, &linker->rows, needed)) {
        pd_free(needed);
        return PADAN_OK;
    }
    mark_sharers(linker->table, needed);
    for (size_t i = 0; i < n; i++) needed[i] = !needed[i];
    *spent = needed;
    return PADAN_OK;
}

/* Under a bound of memory: columns that are looked into because rows have hashes of them need not be at hand then, for
 * a sort of their words. */
static enum padan_status rank_digits(struct pd_linker *linker, struct padan_error *error)
{
    for (size_t i = 0; i < linker->rows.n_fields && linker->slice_words > 0 && may_spend(linker); i++) {
        const int column = linker->rows.fields[i].column;
        if (pd_row_plan_reads_values(&linker->plan, column)) continue;
        PD_TRY(pd_packed_rank(&linker->rows, column, linker->threads, error));
    }
    return PADAN_OK;
}

static enum padan_status fill_rows(struct pd_linker *linker, struct padan_error *error)
{
    bool *spent = NULL;
    PD_TRY(find_spent(linker, &spent, error));
    linker->rows.spent = spent;
    const enum padan_status status = pd_packed_fill(&linker->rows, linker->threads, error);
    linker->rows.spent = NULL;
    for (size_t i = 0; spent != NULL && i < linker->table->n_columns; i++)
        if (spent[i]) pd_table_drop_words(linker->table, i);
    pd_free(spent);
    return status;
}

/* Packs the columns that tell equality of keys and of compared values. */
static enum padan_status pack_rows(struct pd_linker *linker, struct padan_error *error)
{
    struct pd_packed_rows *rows = &linker->rows;
    bool added = false;
    if (linker->has_rows) return PADAN_OK;
    linker->has_rows = true;
    rows->table = linker->table;
    PD_TRY(pd_pair_bounds_fields(&linker->plan, rows, error));
    for (size_t i = 0; i < linker->passes.n_passes; i++) {
        const struct pd_pass *pass = &linker->passes.passes[i];
        for (size_t j = 0; j < pass->n_keys && pass->symmetric && pass->exploded == NULL; j++)
            PD_TRY(pd_packed_add(rows, linker->table, pass->keys[j].left, &added, error));
    }
    pd_packed_widen(rows);
    PD_TRY(rank_digits(linker, error));
    PD_TRY(fill_rows(linker, error));
    if (linker->last_run && !linker->is_narrow) drop_key_columns(linker);
    return PADAN_OK;
}

void pd_linker_rest(struct pd_linker *linker)
{
    pd_packed_reset(&linker->rows);
    linker->has_rows = false;
}

void pd_linker_finish(struct pd_linker *linker)
{
    pd_linker_rest(linker);
    pd_conditions_rest(&linker->plan.conditions);
}

bool pd_linker_rules_compare_words(const struct pd_linker *linker)
{
    for (size_t i = 0; i < linker->passes.n_passes; i++) {
        const struct pd_pass *pass = &linker->passes.passes[i];
        if (pass->n_residual > 0 || pass->exploded != NULL) return false;
        for (size_t j = 0; j < pass->n_keys; j++)
            if (pass->keys[j].by_text) return false;
    }
    return true;
}

/* Packs rows, and makes the table of pairs that can reach needed. */
static enum padan_status make_filter(struct pd_linker *linker, pd_weight needed, struct pd_pair_filter *filter,
                                     struct padan_error *error)
{
    const enum padan_status status = pack_rows(linker, error);
    if (status != PADAN_OK) {
        pd_linker_rest(linker);
        return status;
    }
    return pd_pair_bounds_make(&linker->plan, &linker->rows, needed, filter, error);
}

static enum padan_status make_row_plan(struct scoring *scoring, struct padan_error *error)
{
    const struct pd_linker *linker = scoring->linker;
    PD_TRY(pd_row_plan_make(&linker->plan, &linker->rows, &scoring->row_plan, error));
    PD_TRY(pd_allocate(&scoring->lanes, (size_t)linker->threads, sizeof *scoring->lanes, error));
    for (int i = 0; i < linker->threads; i++) PD_TRY(pd_row_lanes_make(&scoring->row_plan, &scoring->lanes[i], error));
    return PADAN_OK;
}

static void reset_row_plan(struct scoring *scoring)
{
    for (int i = 0; scoring->lanes != NULL && i < scoring->linker->threads; i++) pd_row_lanes_free(scoring->lanes[i]);
    pd_free(scoring->lanes);
    pd_row_plan_reset(&scoring->row_plan);
}

/* A run of blocking whose pairs go nowhere yet. */
static struct pd_block_run block_run(const struct pd_linker *linker, const struct pd_scope *scope,
                                     const struct pd_pair_filter *filter)
{
    return (struct pd_block_run){ .table = linker->table,
                                  .passes = &linker->passes,
                                  .scope = scope,
                                  .filter = filter,
                                  .rank = linker->rank,
                                  .portable = linker->portable,
                                  .threads = linker->threads,
                                  .slice_words = linker->slice_words };
}

/* Blocks and scores over the linker's table as it is. */
static enum padan_status run_over_table(struct pd_linker *linker, const struct pd_scope *scope, pd_weight needed,
                                        struct pd_edges *edges, struct padan_error *error)
{
    struct pd_block_statistics *statistics = NULL;
    struct pd_pair_filter filter = { 0 };
    edges->n_comparisons = linker->model->n_comparisons;
    struct scoring scoring = { .linker = linker, .needed = needed, .width = edges->n_comparisons };
    struct pd_block_run run = block_run(linker, scope, &filter);
    run.residual = residual_holds;
    run.begin_pass = begin_pass;
    run.consume = score_pairs;
    run.context = &scoring;
    run.part = linker->part;
    run.part_context = linker->part_context;
    if (linker->runs_only) PD_TRY(pd_conditions_complete(&linker->plan.conditions, linker->is_narrow, error));
    PD_TRY(pd_allocate(&statistics, linker->passes.n_passes, sizeof *statistics, error));
    enum padan_status status = make_filter(linker, needed, &filter, error);
    if (status == PADAN_OK) status = make_row_plan(&scoring, error);
    if (status == PADAN_OK) status = pd_block_pairs(&run, statistics, error);
    reset_row_plan(&scoring);
    pd_pair_filter_reset(&filter);
    if (status == PADAN_OK)
        status = pd_edge_pieces_join(&scoring.pieces, linker->table->n_records, linker->threads, edges, error);
    pd_edge_pieces_reset(&scoring.pieces);
    for (size_t i = 0; status == PADAN_OK && i < linker->passes.n_passes; i++)
        pd_block_add_statistics(&linker->statistics[i], &statistics[i]);
    pd_free(statistics);
    return status;
}

enum padan_status pd_linker_run(struct pd_linker *linker, const struct pd_scope *scope, pd_weight needed,
                                struct pd_edges *edges, struct padan_error *error)
{
    struct pd_narrowed narrowed = { .scope = *scope };
    const bool may_narrow = linker->rank == NULL && edges->n_edges == 0 && linker->portable == NULL;
    if (may_narrow) PD_TRY(pd_narrow(linker, scope, &narrowed, error));
    if (!linker->is_narrow && linker->narrow_only != NULL) PD_FAIL(error, PADAN_LIMIT, "%s", linker->narrow_only);
    const enum padan_status status = run_over_table(linker, &narrowed.scope, needed, edges, error);
    pd_widen(&narrowed, edges);
    return status;
}

struct visit {
    const struct pd_linker *linker;
    const struct pd_pair_visitor *visitor;
};

static bool visit_residual(void *context, int worker, size_t pass, uint32_t left, uint32_t right)
{
    const struct visit *visit = context;
    return linker_residual(visit->linker, worker, pass, left, right);
}

static enum padan_status visit_begin(void *context, size_t pass, size_t n_chunks, struct padan_error *error)
{
    const struct visit *visit = context;
    return visit->visitor->begin_pass(visit->visitor->context, pass, n_chunks, error);
}

static enum padan_status visit_pairs(void *context, size_t pass, size_t chunk, int worker, struct pd_pair *pairs,
                                     size_t n_pairs, struct padan_error *error)
{
    const struct visit *visit = context;
    return visit->visitor->consume(visit->visitor->context, pass, chunk, worker, pairs, n_pairs, error);
}

enum padan_status pd_linker_pairs(struct pd_linker *linker, const struct pd_scope *scope, pd_weight needed,
                                  const struct pd_pair_visitor *visitor, struct pd_block_statistics *statistics,
                                  struct padan_error *error)
{
    struct pd_pair_filter filter = { 0 };
    struct visit visit = { linker, visitor };
    struct pd_block_run run = block_run(linker, scope, &filter);
    run.residual = visit_residual;
    run.begin_pass = visit_begin;
    run.consume = visit_pairs;
    run.context = &visit;
    enum padan_status status = make_filter(linker, needed, &filter, error);
    if (status == PADAN_OK) status = pd_block_pairs(&run, statistics, error);
    pd_pair_filter_reset(&filter);
    return status;
}

struct levelling {
    struct scoring scoring; /* its pieces are not used */
    const struct pd_level_visitor *visitor;
};

static bool levelling_residual(void *context, int worker, size_t pass, uint32_t left, uint32_t right)
{
    const struct levelling *levelling = context;
    return linker_residual(levelling->scoring.linker, worker, pass, left, right);
}

static enum padan_status levelling_begin(void *context, size_t pass, size_t n_chunks, struct padan_error *error)
{
    const struct levelling *levelling = context;
    PD_TRY(check_cancelled(levelling->scoring.linker, error));
    return levelling->visitor->begin_pass(levelling->visitor->context, pass, n_chunks, error);
}

static enum padan_status level_pairs(void *context, size_t pass, size_t chunk, int worker, struct pd_pair *pairs,
                                     size_t n_pairs, struct padan_error *error)
{
    const struct levelling *levelling = context;
    const struct scoring *scoring = &levelling->scoring;
    struct pd_row_lanes *lanes = scoring->lanes[worker];
    int8_t gammas[PD_COMPARISONS_MAX];
    (void)pass;
    PD_TRY(check_cancelled(scoring->linker, error));
    const size_t n = pd_row_plan_sift(&scoring->row_plan, lanes, pairs, n_pairs, EVERY_PAIR);
    for (size_t i = 0; i < n; i++) {
        pd_weight weight = 0;
        prefetch_pair(&scoring->row_plan, lanes, pairs, i, n);
        (void)pd_row_plan_score(&scoring->row_plan, lanes, &scoring->linker->workers[worker], &pairs[i], i, EVERY_PAIR,
                                gammas, &weight);
        PD_TRY(levelling->visitor->take(levelling->visitor->context, chunk, worker, pairs[i], gammas, error));
    }
    return PADAN_OK;
}

enum padan_status pd_linker_levels(struct pd_linker *linker, const struct pd_scope *scope,
                                   const struct pd_level_visitor *visitor, struct padan_error *error)
{
    struct pd_block_statistics *statistics = NULL;
    struct pd_pair_filter filter = { 0 };
    struct levelling levelling = { { .linker = linker, .needed = EVERY_PAIR }, visitor };
    struct pd_block_run run = block_run(linker, scope, &filter);
    run.residual = levelling_residual;
    run.begin_pass = levelling_begin;
    run.consume = level_pairs;
    run.context = &levelling;
    PD_TRY(pd_allocate(&statistics, linker->passes.n_passes, sizeof *statistics, error));
    enum padan_status status = make_filter(linker, EVERY_PAIR, &filter, error);
    if (status == PADAN_OK) status = make_row_plan(&levelling.scoring, error);
    if (status == PADAN_OK) status = pd_block_pairs(&run, statistics, error);
    reset_row_plan(&levelling.scoring);
    pd_pair_filter_reset(&filter);
    pd_free(statistics);
    return status;
}
