/* SPDX-License-Identifier: MIT */
#include "engine/state.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "base/postgres_name.h"
#include "checking/file_alarms.h"
#include "checking/same_files.h"
#include "cluster/cluster.h"
#include "engine/ready_model.h"
#include "engine/train.h"
#include "ingest/ingest.h"
#include "linking/frequencies.h"
#include "linking/linked_clusters.h"
#include "linking/row_values.h"
#include "linking/two_rows.h"
#include "model/columns.h"
#include "normalise/normalise.h"
#include "report/output_folder.h"
#include "run/known_inputs.h"
#include "score/decide.h"
#include "zero/zero.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* More rejected rows than this ring the alarm. */
static const double REJECTED_PERCENT = 1.0;

void pd_engine_tell(const struct pd_engine *engine, const char *sentence)
{
    const struct pd_run_progress *progress = &engine->options->progress;
    if (progress->message != NULL) progress->message(progress->context, sentence);
}

/* --- model --- */

enum padan_status pd_engine_read_model(struct pd_engine *engine, struct padan_error *error)
{
    const struct pd_engine_options *options = engine->options;
    const struct pd_ready_model *ready = options->ready;
    const struct pd_buffer *text = ready != NULL ? &ready->text : &engine->model_text;
    const char *name = ready != NULL ? ready->name.data : NULL;
    if (ready == NULL) PD_TRY(pd_read_named_model(options, &engine->model_text, &name, error));
    PD_TRY(pd_model_read(&engine->model, (struct pd_text){ text->data, text->length }, name, pd_linker_functions(),
                         error));
    if (ready != NULL)
        engine->model.frequencies = ready->frequencies;
    else
        PD_TRY(pd_model_load_frequencies(&engine->model, name, error));
    if (options->model != NULL && options->training == NULL)
        PD_TRY(pd_label_record_read(&engine->trained_on, name, error));
    for (size_t i = 0; i < engine->model.n_notes; i++) pd_engine_tell(engine, engine->model.notes[i].data);
    return PADAN_OK;
}

/* --- data --- */

/* A source is named by its file, without folder and endings, or by its table. */
static struct pd_text source_name(const char *path)
{
    if (pd_postgres_is(path)) return pd_postgres_table(path);
    struct pd_text name = pd_path_base(pd_text_of(path));
    for (size_t i = 1; i < name.length; i++)
        if (name.data[i] == '.') return pd_text_slice(name, 0, i);
    return name;
}

/* Names as the files say them, which are UTF-8. */
static enum padan_status show_names(struct pd_engine *engine, size_t n, struct padan_error *error)
{
    for (size_t i = 0; i < n; i++) {
        struct pd_buffer shown = { 0 };
        pd_append_utf8(&shown, engine->sources[i].name);
        PD_TRY(pd_arena_keep(&engine->arena, &shown, &engine->sources[i].name, error));
    }
    return PADAN_OK;
}

/* Nobody is promised the SHA-256 of these files: their digest only tells whether they are still the same. That of an
 * earlier version's run was another kind. */
static enum pd_digest_kind digest_kind(const struct pd_known_inputs *known, size_t file)
{
    return known != NULL && file < known->n ? known->items[file].digest_kind : PD_DIGEST_XXH128;
}

static enum padan_status describe_files(struct pd_engine *engine, struct pd_text *unique_id, struct padan_error *error)
{
    const struct pd_engine_options *options = engine->options;
    const size_t n = options->n_files;
    PD_TRY(pd_arena_allocate(&engine->arena, &engine->sources, (n + 1) * sizeof *engine->sources, error));
    PD_TRY(pd_arena_allocate(&engine->arena, &engine->files, (n + 1) * sizeof *engine->files, error));
    for (size_t i = 0; i < n; i++) {
        engine->sources[i].name = source_name(options->files[i]);
        for (size_t j = 0; j < i; j++)
            if (pd_text_equal(engine->sources[j].name, engine->sources[i].name))
                engine->sources[i].name = pd_text_of(options->files[i]);
        engine->files[i] =
            (struct pd_input_file){ .path = options->files[i], .source = i, .digest = digest_kind(options->known, i) };
        *unique_id = options->unique_id != NULL ? pd_text_of(options->unique_id) : engine->model.unique_id_column;
        /* Rows of a file without the usual column are called <file>:<row>; one that was asked for must be there. */
        if (unique_id->length > 0 && (options->unique_id != NULL || !pd_text_equal(*unique_id, PD_TEXT("unique_id")))) {
            engine->files[i].unique_id = unique_id;
            engine->files[i].n_unique_id = 1;
        }
    }
    return show_names(engine, n, error);
}

static void tell_alarms_of(struct pd_engine *engine, size_t index, const struct pd_file_alarms *alarms)
{
    for (size_t i = 0; i < alarms->n; i++) {
        char sentence[512];
        (void)snprintf(sentence, sizeof sentence, "file %.*s: %s", PD_TEXT_ARGS(engine->ingested.files[index].name),
                       alarms->items[i].sentence);
        pd_engine_tell(engine, sentence);
        if (alarms->items[i].rings) engine->exit_code = 1;
    }
}

/* What is wrong with the files as a whole, rejected rows first of all. */
static enum padan_status tell_alarms(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_seen_files seen = { 0 };
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; i < engine->ingested.n_files && status == PADAN_OK; i++) {
        const bool known = i < engine->normalised.n_files;
        struct pd_file_alarms alarms;
        pd_file_alarms_find(&engine->ingested.files[i], known ? &engine->normalised.files[i] : NULL, REJECTED_PERCENT,
                            &alarms);
        /* A file that is given twice is not meant: dedupe looks inside a file. */
        status = pd_seen_files_look(&seen, &engine->ingested.files[i], engine->files[i].path, 0, &alarms, error);
        if (status == PADAN_OK) tell_alarms_of(engine, i, &alarms);
    }
    pd_seen_files_reset(&seen);
    return status;
}

static struct pd_job_rates job_rates(const struct pd_engine *engine, size_t n_wanted, bool canonical)
{
    if (pd_engine_is_zero(engine)) return pd_job_rates_of_zero();
    return canonical ? pd_job_rates_of_normalised() : pd_job_rates_of_engine(n_wanted, engine->model.n_rules);
}

/* Tells what will be needed, refuses what the bound of --memory does not allow, and has it kept. */
static enum padan_status plan_memory(struct pd_engine *engine, const struct pd_job_rates *rates,
                                     struct padan_error *error)
{
    const struct pd_engine_options *options = engine->options;
    const char *folder = engine->folder.temporary.length > 0 ? engine->folder.temporary.data : ".";
    const int among = engine->model.link_type == PD_LINK_ONLY ? PD_AMONG_LARGEST : PD_AMONG_NONE;
    const struct pd_estimate_inputs inputs = { engine->files, options->n_files, among, engine->threads,
                                               options->memory_bytes };
    struct pd_memory_plan *const plan = &engine->memory;
    char sentence[256];
    if (options->training != NULL || options->blocking != NULL || options->two_rows != NULL ||
        options->row_values != NULL)
        return PADAN_OK;
    PD_TRY(pd_estimate_make(&inputs, rates, &plan->estimate, error));
    pd_estimate_tell(&plan->estimate, options->memory_bytes, sentence, sizeof sentence);
    if (pd_estimate_is_worth_telling(&plan->estimate, options->memory_bytes)) pd_engine_tell(engine, sentence);
    PD_TRY(pd_memory_plan_check(plan, options->memory_bytes, options->keeper, error));
    return pd_memory_plan_keep(plan, options->memory_bytes, options->keeper, folder, error);
}

static enum padan_status read_data(struct pd_engine *engine, struct padan_error *error)
{
    const struct pd_engine_options *options = engine->options;
    struct pd_text unique_id = { NULL, 0 };
    struct pd_names ignored = { NULL, 0 };
    PD_TRY(pd_engine_read_names(engine, pd_text_of(options->ignore), &ignored, error));
    PD_TRY(describe_files(engine, &unique_id, error));
    const bool canonical = engine->model.cleans_columns;
    struct pd_text *wanted = NULL;
    size_t n_wanted = 0;
    /* What the model does not read may be what is asked for. */
    if (!pd_engine_is_zero(engine) && options->row_values == NULL)
        PD_TRY(pd_model_columns(&engine->model, &engine->arena, &wanted, &n_wanted, error));
    const struct pd_job_rates rates = job_rates(engine, n_wanted, canonical);
    PD_TRY(plan_memory(engine, &rates, error));
    const struct pd_ingest_options ingest = {
        .sources = engine->sources,
        .n_sources = options->n_files,
        .files = engine->files,
        .n_files = options->n_files,
        .canonical = canonical,
        .ignore = ignored.items,
        .n_ignore = ignored.n_items,
        .wanted = wanted,
        .n_wanted = n_wanted,
        .source_column = pd_text_of(options->source_column),
        .chunk_bytes = pd_memory_chunk_bytes(options->memory_bytes),
        .threads = engine->threads,
    };
    PD_TRY(pd_ingest(&ingest, &engine->table, &engine->ingested, error));
    PD_TRY(pd_known_inputs_check(options->known, &engine->ingested, &options->progress, error));
    PD_TRY(pd_engine_check_ignored(engine, &ignored, error));
    PD_TRY(pd_engine_check_sources(engine, error));
    return pd_engine_fit_columns(engine, error);
}

enum { N_STAGES = 4 }; /* model, ingest, what is asked for, output; without a model its making is one more */

/* Tells the share of stages of the estimate that lies behind, of whose the model is none; before the files are read
 * there is no estimate. */
static void share(const struct pd_engine *engine, size_t index, size_t n_stages)
{
    const struct pd_run_progress *progress = &engine->options->progress;
    const double *behind = engine->memory.estimate.behind;
    const bool measured = engine->options->training == NULL && engine->options->blocking == NULL;
    if (!measured || index < 2 || progress->share == NULL) return;
    progress->share(progress->context, behind[index - 1], index + 1 < n_stages ? behind[index] : 1);
}

static void stage(const struct pd_engine *engine, const char *name, size_t index)
{
    const size_t n_more = pd_engine_is_zero(engine), n_stages = N_STAGES + n_more;
    const struct pd_run_progress *progress = &engine->options->progress;
    const size_t place = index > 1 ? index + n_more : index;
    share(engine, place, n_stages);
    if (progress->stage != NULL) progress->stage(progress->context, name, place, n_stages);
}

static void stage_of_making(const struct pd_engine *engine)
{
    const struct pd_run_progress *progress = &engine->options->progress;
    if (!pd_engine_is_zero(engine)) return;
    share(engine, 2, N_STAGES + 1);
    if (progress->stage != NULL) progress->stage(progress->context, "train", 2, N_STAGES + 1);
}

/* How long training takes hangs on what it finds; what is left once it is over does not. */
static void correct_shares(struct pd_engine *engine)
{
    enum { PAIRS = 2, N_MEASURED = 4 }; /* of the stages of pd_job_rates_of_zero */
    if (pd_engine_is_zero(engine))
        pd_estimate_correct(&engine->memory.estimate, PAIRS, N_MEASURED,
                            pd_processor_seconds() - engine->processor_begun, engine->threads);
}

/* What the columns of a truth may be called besides the usual names: as those of the data are. */
static enum padan_status name_truth_columns(struct pd_engine *engine, struct pd_truth_columns *columns,
                                            struct padan_error *error)
{
    const struct pd_engine_options *options = engine->options;
    struct pd_text name = { NULL, 0 };
    *columns = (struct pd_truth_columns){ .unique_id = options->unique_id, .source = options->source_column };
    if (options->unique_id != NULL || engine->model.unique_id_column.length == 0) return PADAN_OK;
    PD_TRY(pd_arena_copy(&engine->arena, engine->model.unique_id_column, &name, error));
    columns->unique_id = name.data;
    return PADAN_OK;
}

/* What members of households tell goes with the weights that it was learnt with. */
static void leave_members_out(struct pd_engine *engine)
{
    if (engine->model.members.n_columns == 0) return;
    engine->model.members.n_columns = 0;
    pd_engine_tell(engine, "the trained model does without padan_household_members: it is not trained, and goes with "
                           "the weights that it was made for");
}

static enum padan_status train(struct pd_engine *engine, struct pd_run_summary *summary, struct padan_error *error)
{
    const struct pd_engine_options *options = engine->options;
    struct pd_scope scope;
    stage(engine, "ingest", 1);
    PD_TRY(read_data(engine, error));
    PD_TRY(tell_alarms(engine, error));
    stage(engine, "train", 2);
    PD_TRY(pd_engine_make_scope(engine, &scope, error));
    summary->n_rows = engine->table.n_records;
    summary->n_rejected = engine->ingested.n_rejects;
    struct pd_training_options training = *options->training;
    training.left_by_id = true;
    leave_members_out(engine);
    engine->model.matches_per_record = 0; /* what is expected is found instead */
    PD_TRY(name_truth_columns(engine, &training.columns, error));
    return pd_engine_train(&training, &engine->table, &engine->model, &scope, engine->threads, &options->progress,
                           summary, error);
}

static enum padan_status count_candidates(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_candidates_options blocking = *engine->options->blocking;
    struct pd_candidates candidates = { .n_rules = 0 };
    struct pd_scope scope;
    stage(engine, "ingest", 1);
    PD_TRY(read_data(engine, error));
    PD_TRY(tell_alarms(engine, error));
    stage(engine, "block", 2);
    PD_TRY(pd_engine_make_scope(engine, &scope, error));
    PD_TRY(pd_engine_make_linker(engine, error));
    if (blocking.columns.unique_id == NULL && blocking.columns.source == NULL)
        PD_TRY(name_truth_columns(engine, &blocking.columns, error));
    enum padan_status status = pd_candidates_count(&engine->linker, &scope, &blocking, &candidates, error);
    if (status == PADAN_OK) pd_candidates_print(&candidates, blocking.json, engine->options->report);
    pd_candidates_reset(&candidates);
    return status == PADAN_OK ? pd_buffer_status(engine->options->report, error) : status;
}

/* Down to those that other members of their households may lift. */
static enum padan_status find_all_pairs(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_scope scope;
    PD_TRY(pd_engine_make_scope(engine, &scope, error));
    engine->pair_threshold = pd_weight_of_bits(engine->model.members.least);
    return pd_engine_find_pairs(engine, &scope, error);
}

static enum padan_status judge_two_rows(struct pd_engine *engine, struct padan_error *error)
{
    stage(engine, "ingest", 1);
    PD_TRY(read_data(engine, error));
    stage_of_making(engine);
    if (pd_engine_is_zero(engine)) PD_TRY(pd_engine_make_model(engine, error));
    pd_engine_set_thresholds(engine);
    stage(engine, "pairs", 2);
    PD_TRY(pd_engine_make_linker(engine, error));
    const struct pd_link_thresholds thresholds = pd_engine_thresholds(&engine->model, engine->options);
    const bool by_members = engine->model.members.n_columns > 0;
    if (by_members) PD_TRY(find_all_pairs(engine, error));
    return pd_two_rows_judge(&engine->linker, engine->options->two_rows, &thresholds,
                             by_members ? &engine->edges : NULL, error);
}

static enum padan_status tell_values(struct pd_engine *engine, struct padan_error *error)
{
    struct pd_pair_reader pair = { .table = &engine->table };
    stage(engine, "ingest", 1);
    PD_TRY(read_data(engine, error));
    const struct pd_row_view view = pd_table_view(&engine->table, &pair);
    return pd_row_values_tell(engine->options->row_values, &view, error);
}

/* The folder is replaced as a whole: no file of it may be one that is read. */
static enum padan_status open_folder(struct pd_engine *engine, struct padan_error *error)
{
    const struct pd_engine_options *options = engine->options;
    struct pd_buffer inside = { 0 };
    pd_path_join(&inside, pd_text_of(options->out), PD_TEXT("manifest.json"));
    enum padan_status status = pd_buffer_status(&inside, error);
    for (size_t i = 0; i < options->n_files && status == PADAN_OK; i++) {
        bool within = false;
        status = pd_path_same_folder(options->files[i], inside.data, &within, error);
        if (status == PADAN_OK && within)
            status = pd_fail(error, PADAN_BAD_ARGUMENT, "%s, which is read, is in %s; choose another --out",
                             options->files[i], options->out);
    }
    pd_buffer_reset(&inside);
    return status == PADAN_OK ? pd_output_folder_open(&engine->folder, options->out, error) : status;
}

static enum padan_status run(struct pd_engine *engine, struct pd_run_summary *summary, struct padan_error *error)
{
    PD_TRY(pd_engine_check_options(engine->options, error));
    stage(engine, "model", 0);
    if (!pd_engine_is_zero(engine)) PD_TRY(pd_engine_read_model(engine, error));
    PD_TRY(pd_engine_read_link_type(engine, error));
    if (engine->options->training != NULL) return train(engine, summary, error);
    if (engine->options->blocking != NULL) return count_candidates(engine, error);
    if (engine->options->row_values != NULL) return tell_values(engine, error);
    if (engine->options->two_rows != NULL) return judge_two_rows(engine, error);
    PD_TRY(open_folder(engine, error));
    stage(engine, "ingest", 1);
    PD_TRY(read_data(engine, error));
    PD_TRY(pd_memory_kept(&engine->memory, engine->options->memory_bytes, "ingest", error));
    PD_TRY(tell_alarms(engine, error));
    stage_of_making(engine);
    PD_TRY(pd_engine_prepare(engine, error));
    correct_shares(engine);
    stage(engine, "pairs", 2);
    PD_TRY(pd_engine_link_records(engine, error));
    PD_TRY(pd_memory_kept(&engine->memory, engine->options->memory_bytes, "pairs", error));
    stage(engine, "output", 3);
    return pd_engine_output(engine, summary, error);
}

void pd_engine_reset(struct pd_engine *engine)
{
    pd_clusters_reset(&engine->clusters);
    for (size_t i = 0; i < engine->n_more; i++) pd_clusters_reset(&engine->more[i].clusters);
    pd_edges_reset(&engine->edges);
    pd_linker_reset(&engine->linker);
    pd_normalise_result_reset(&engine->normalised);
    pd_ingest_result_reset(&engine->ingested);
    pd_table_reset(&engine->table);
    pd_indonesia_reset(&engine->indonesia);
    pd_model_reset(&engine->model);
    pd_label_record_reset(&engine->trained_on);
    pd_buffer_reset(&engine->model_text);
    pd_buffer_reset(&engine->said);
    pd_run_folder_reset(&engine->folder);
    pd_arena_reset(&engine->arena);
}

enum padan_status pd_engine_run(const struct pd_engine_options *options, struct pd_run_summary *summary,
                                struct padan_error *error)
{
    struct pd_engine *engine = NULL;
    *summary = (struct pd_run_summary){ .exit_code = 0 };
    PD_TRY(pd_allocate(&engine, 1, sizeof *engine, error));
    engine->options = options;
    engine->folder.lock = -1;
    engine->started = (int64_t)time(NULL);
    engine->processor_begun = pd_processor_seconds();
    engine->threads = pd_thread_count(options->threads);
    const enum padan_status status = run(engine, summary, error);
    pd_engine_reset(engine);
    pd_free(engine);
    return status;
}
