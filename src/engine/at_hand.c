/* SPDX-License-Identifier: MIT */
#include "engine/at_hand.h"

#include "base/memory.h"
#include "base/parallel.h"
#include "engine/state.h"

static enum padan_status tell_stage(const struct pd_engine *engine, const char *name, size_t index,
                                    struct padan_error *error)
{
    const struct pd_engine_options *options = engine->options;
    if (options->progress.stage != NULL) options->progress.stage(options->progress.context, name, index, 3);
    if (options->cancel == NULL || *options->cancel == 0) return PADAN_OK;
    PD_FAIL(error, PADAN_CANCELLED, "cancelled before stage %s", name);
}

/* --- a table made ready --- */

static enum padan_status begin(const struct pd_engine_options *options, struct pd_table *table,
                               struct pd_engine **engine, struct padan_error *error)
{
    PD_TRY(pd_allocate(engine, 1, sizeof **engine, error));
    (*engine)->options = options;
    (*engine)->folder.lock = -1;
    (*engine)->threads = pd_thread_count(options->threads);
    (*engine)->table = *table;
    *table = (struct pd_table){ 0 };
    return PADAN_OK;
}

static void end(struct pd_engine *engine)
{
    pd_engine_reset(engine);
    pd_free(engine);
}

static enum padan_status choose_link_type(struct pd_engine *engine, struct padan_error *error)
{
    const bool is_models = engine->options->link_type == NULL && !pd_engine_is_zero(engine);
    if (!is_models) PD_TRY(pd_engine_read_link_type(engine, error));
    const bool has_other = engine->table.n_sources > 1 || engine->options->part_of_rows;
    if (engine->model.link_type != PD_LINK_ONLY || has_other) return PADAN_OK;
    PD_FAIL(error, PADAN_BAD_ARGUMENT,
            "link_only compares rows of different sources, and the table has one: add another source, or let the link "
            "type be dedupe_only");
}

static enum padan_status make_ready(struct pd_engine *engine, struct padan_error *error)
{
    PD_TRY(pd_engine_check_options(engine->options, error));
    PD_TRY(tell_stage(engine, "model", 0, error));
    if (engine->table.n_records == 0)
        PD_FAIL(error, PADAN_BAD_INPUT, "the table has no rows: add some, once for every time they are linked");
    if (!pd_engine_is_zero(engine)) PD_TRY(pd_engine_read_model(engine, error));
    if (engine->options->part_of_rows) PD_TRY(pd_engine_check_part_suffices(engine, error));
    PD_TRY(choose_link_type(engine, error));
    return pd_engine_fit_columns(engine, error);
}

/* --- linking --- */

static enum padan_status name_comparisons(const struct pd_engine *engine, struct pd_links *links,
                                          struct padan_error *error)
{
    const size_t n = engine->model.n_comparisons;
    PD_TRY(pd_arena_allocate(&links->arena, &links->comparisons, (n + 1) * sizeof *links->comparisons, error));
    for (size_t i = 0; i < n; i++)
        PD_TRY(pd_arena_copy(&links->arena, engine->model.comparisons[i].column_name, &links->comparisons[i], error));
    return PADAN_OK;
}

static enum padan_status take_links(struct pd_engine *engine, struct pd_links *links, struct padan_error *error)
{
    PD_TRY(name_comparisons(engine, links, error));
    pd_model_write(&engine->model, &links->model);
    pd_engine_say_decisions(engine, &links->decisions);
    PD_TRY(pd_buffer_status(&links->model, error));
    PD_TRY(pd_buffer_status(&links->decisions, error));
    links->edges = engine->edges;
    links->edges.n_comparisons = engine->model.n_comparisons;
    links->clusters = engine->clusters;
    engine->edges = (struct pd_edges){ 0 };
    engine->clusters = (struct pd_clusters){ 0 };
    return PADAN_OK;
}

static enum padan_status link_rows(struct pd_engine *engine, struct pd_links *links, struct padan_error *error)
{
    if (engine->options->blocks != NULL && pd_engine_is_zero(engine))
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "blocks are those of a model's rules: name one");
    PD_TRY(make_ready(engine, error));
    PD_TRY(pd_engine_prepare(engine, error));
    PD_TRY(tell_stage(engine, "pairs", 1, error));
    PD_TRY(pd_engine_link_records(engine, error));
    PD_TRY(tell_stage(engine, "clusters", 2, error));
    return take_links(engine, links, error);
}

enum padan_status pd_engine_link_table(const struct pd_engine_options *options, struct pd_table *table,
                                       struct pd_links *links, struct padan_error *error)
{
    struct pd_engine *engine = NULL;
    *links = (struct pd_links){ .comparisons = NULL };
    PD_TRY(begin(options, table, &engine, error));
    const enum padan_status status = link_rows(engine, links, error);
    end(engine);
    if (status != PADAN_OK) pd_links_reset(links);
    return status;
}

void pd_links_reset(struct pd_links *links)
{
    pd_edges_reset(&links->edges);
    pd_clusters_reset(&links->clusters);
    pd_buffer_reset(&links->model);
    pd_buffer_reset(&links->decisions);
    pd_arena_reset(&links->arena);
    *links = (struct pd_links){ .comparisons = NULL };
}

/* --- keys of blocks --- */

static enum padan_status find_keys(struct pd_engine *engine, const struct pd_key_list *cut, struct pd_block_keys *keys,
                                   struct padan_error *error)
{
    if (pd_engine_is_zero(engine)) PD_FAIL(error, PADAN_BAD_ARGUMENT, "blocks are those of a model's rules: name one");
    PD_TRY(make_ready(engine, error));
    PD_TRY(tell_stage(engine, "pairs", 1, error));
    PD_TRY(pd_linker_make_for_runs(&engine->linker, &engine->table, &engine->model, engine->threads, error));
    engine->linker.cancel = engine->options->cancel;
    return pd_block_keys_find(&engine->linker, cut, keys, error);
}

enum padan_status pd_engine_key_table(const struct pd_engine_options *options, struct pd_table *table,
                                      const struct pd_key_list *cut, struct pd_block_keys *keys,
                                      struct padan_error *error)
{
    struct pd_engine *engine = NULL;
    *keys = (struct pd_block_keys){ .n = 0 };
    PD_TRY(begin(options, table, &engine, error));
    const enum padan_status status = find_keys(engine, cut, keys, error);
    end(engine);
    return status;
}

/* --- scoring --- */

enum { PAIRS_A_CHUNK = 4096 };

struct scoring {
    const struct pd_engine *engine;
    const struct pd_pairs_to_score *pairs;
};

static enum padan_status score_chunk(void *context, size_t chunk, int worker, struct padan_error *error)
{
    const struct scoring *scoring = context;
    const struct pd_pairs_to_score *pairs = scoring->pairs;
    const struct pd_linker *linker = &scoring->engine->linker;
    const size_t first = chunk * PAIRS_A_CHUNK;
    const size_t last = first + PAIRS_A_CHUNK < pairs->n_pairs ? first + PAIRS_A_CHUNK : pairs->n_pairs;
    int8_t gammas[PD_COMPARISONS_MAX];
    if (linker->cancel != NULL && *linker->cancel != 0)
        PD_FAIL(error, PADAN_CANCELLED, "cancelled while pairs were scored");
    for (size_t i = first; i < last; i++) {
        int8_t *levels = pairs->levels == NULL ? gammas : pairs->levels + i * pairs->n_levels;
        const struct pd_pair pair = pd_linker_pair(linker, pairs->left[i], pairs->right[i]);
        pd_weight weight = 0;
        (void)pd_plan_score(&linker->plan, &linker->workers[worker], pair.left, pair.right, INT64_MIN, levels, &weight);
        pairs->weights[i] = pd_weight_to_double(weight);
    }
    return PADAN_OK;
}

static enum padan_status check_pairs(const struct pd_engine *engine, const struct pd_pairs_to_score *pairs,
                                     struct padan_error *error)
{
    const size_t n_rows = engine->table.n_records;
    if (pairs->levels != NULL && pairs->n_levels != engine->model.n_comparisons)
        PD_FAIL(error, PADAN_BAD_ARGUMENT, "room is given for %zu levels a pair, and the model has %zu comparisons",
                pairs->n_levels, engine->model.n_comparisons);
    for (size_t i = 0; i < pairs->n_pairs; i++)
        if (pairs->left[i] >= n_rows || pairs->right[i] >= n_rows || pairs->left[i] == pairs->right[i])
            PD_FAIL(error, PADAN_BAD_ARGUMENT, "pair %zu is of rows %u and %u: a pair has two rows of the table's %zu",
                    i, pairs->left[i], pairs->right[i], n_rows);
    return PADAN_OK;
}

static enum padan_status score_rows(struct pd_engine *engine, const struct pd_pairs_to_score *pairs,
                                    struct padan_error *error)
{
    struct scoring scoring = { engine, pairs };
    if (pd_engine_is_zero(engine)) PD_FAIL(error, PADAN_BAD_ARGUMENT, "pairs are scored under a model: name one");
    PD_TRY(make_ready(engine, error));
    PD_TRY(check_pairs(engine, pairs, error));
    pd_table_trim(&engine->table);
    PD_TRY(tell_stage(engine, "pairs", 1, error));
    PD_TRY(pd_engine_make_linker(engine, error));
    engine->linker.cancel = engine->options->cancel;
    return pd_parallel_for((pairs->n_pairs + PAIRS_A_CHUNK - 1) / PAIRS_A_CHUNK, engine->threads, score_chunk, &scoring,
                           error);
}

enum padan_status pd_engine_score_table(const struct pd_engine_options *options, struct pd_table *table,
                                        const struct pd_pairs_to_score *pairs, struct padan_error *error)
{
    struct pd_engine *engine = NULL;
    PD_TRY(begin(options, table, &engine, error));
    const enum padan_status status = score_rows(engine, pairs, error);
    end(engine);
    return status;
}
