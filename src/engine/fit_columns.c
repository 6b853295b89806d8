/* SPDX-License-Identifier: MIT
 * From columns as rows brought them to those that the model reads. */
#include "engine/ready_model.h"
#include "engine/state.h"
#include "model/derived_columns.h"
#include "model/joined.h"
#include "model/named_columns.h"
#include "normalise/normalise.h"

#include <math.h>

/* Of a handful of records most pairs may match, but no model is sure of that beforehand. */
static const double MOST_LAMBDA = .1;

/* Of the largest source, whose every record is a candidate for one of another source. */
static size_t most_candidates(const struct pd_engine *engine)
{
    const struct pd_table *table = &engine->table;
    size_t most = 0;
    if (engine->model.link_type != PD_LINK_ONLY) return table->n_records;
    for (size_t i = 0; i < table->n_sources; i++) {
        const size_t n = table->sources[i].end - table->sources[i].begin;
        if (n > most) most = n;
    }
    return most;
}

/* What the model expects of a record, as the share of pairs that match. */
static void weigh_by_rows(struct pd_engine *engine)
{
    struct pd_model *model = &engine->model;
    const size_t n = most_candidates(engine);
    if (model->matches_per_record == 0 || n == 0) return;
    model->lambda = fmin(model->matches_per_record / (double)n, MOST_LAMBDA);
    model->prior = pd_weight_of_ratio(model->lambda / (1 - model->lambda));
}

/* Columns of canonical names, cleaned as rosters need it. */
static enum padan_status normalise(struct pd_engine *engine, struct padan_error *error)
{
    const struct pd_ready_model *ready = engine->options->ready;
    if (!engine->model.cleans_columns) return PADAN_OK;
    if (ready == NULL) PD_TRY(pd_indonesia_load(&engine->indonesia, error));
    /* Without a job there is no reference date; the century of two-digit years hangs on it, so it is fixed. */
    /* What a file's rows tell together, a part of them may tell otherwise: the usual is taken. */
    const struct pd_normalise_file usual = { PD_DATE_ORDER_DAY_MONTH, PD_CODING_DAGRI };
    const bool in_part = engine->options->part_of_rows;
    const struct pd_normalise_options options = { .indonesia = ready != NULL ? &ready->indonesia : &engine->indonesia,
                                                  .files = in_part ? &usual : NULL,
                                                  .n_files = in_part,
                                                  .reference_date = pd_date_from_civil(2026, 1, 1),
                                                  .threads = engine->threads };
    return pd_normalise_indonesia(&engine->table, &options, &engine->normalised, error);
}

/* What the model can do without is told, as a column may only have another name. */
static enum padan_status add_absent_columns(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_buffer names = { 0 }, sentence = { 0 };
    enum padan_status status = pd_model_add_absent(&engine->model, &engine->table, &names, error);
    if (status == PADAN_OK && names.length > 0) {
        const struct pd_text absent = { names.data, names.length };
        pd_append_format(&sentence, "of the model's columns no file has %.*s", PD_TEXT_ARGS(absent));
        pd_append_format(&engine->said, "columns            %s\n", sentence.data);
        status = pd_buffer_status(&sentence, error);
        if (status == PADAN_OK) pd_engine_tell(engine, sentence.data);
    }
    pd_buffer_reset(&names);
    pd_buffer_reset(&sentence);
    return status;
}

/* Columns under the names and of the types that the model takes them for, cleaned where it asks for that. */
enum padan_status pd_engine_fit_columns(struct pd_engine *engine, struct padan_error *error)
{
    const struct pd_model *model = &engine->model;
    struct pd_table *table = &engine->table;
    PD_TRY(pd_model_rename_columns(model, table, error));
    PD_TRY(pd_model_join_columns(model, table, error));
    PD_TRY(pd_model_fold_columns(model, table, error));
    if (!engine->options->part_of_rows) PD_TRY(pd_engine_order_dates(engine, error));
    PD_TRY(pd_engine_declare_types(engine, error));
    PD_TRY(normalise(engine, error));
    PD_TRY(add_absent_columns(engine, error));
    PD_TRY(pd_model_derive_columns(model, table, engine->threads, error));
    weigh_by_rows(engine);
    return PADAN_OK;
}
