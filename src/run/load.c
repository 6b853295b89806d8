/* SPDX-License-Identifier: MIT
 * From the job file to a normalised table. */
#include "run/state.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/parallel.h"
#include "checking/file_alarms.h"
#include "checking/same_files.h"
#include "normalise/known.h"
#include "run/job_model.h"
#include "table/places.h"

#include <math.h>
#include <stdio.h>

static enum padan_status read_model(struct pd_run_state *run, struct padan_error *error)
{
    const struct pd_job *job = &run->job;
    const char *instead = run->options->model;
    PD_TRY(pd_job_model_read(job, instead, &run->model, &run->model_text, error));
    if (instead == NULL && !job->model_is_path) return PADAN_OK;
    return pd_label_record_read(&run->trained_on, instead != NULL ? instead : job->model.data, error);
}

static enum padan_status read_files(struct pd_run_state *run, struct padan_error *error)
{
    const struct pd_ingest_options options = { .sources = run->inputs.sources,
                                               .n_sources = run->inputs.n_sources,
                                               .files = run->inputs.files,
                                               .n_files = run->inputs.n_files,
                                               .canonical = true,
                                               .chunk_bytes = pd_memory_chunk_bytes(pd_run_allowed_memory(run)),
                                               .threads = run->threads };
    return pd_ingest(&options, &run->table, &run->ingested, error);
}

static enum padan_status tell_row_count(struct pd_run_state *run, const struct pd_job_source *source, uint64_t n_rows,
                                        struct padan_error *error)
{
    const unsigned long long n = n_rows, least = source->rows_min, most = source->rows_max;
    const struct pd_text name = source->name;
    if (source->rows_max == UINT64_MAX)
        return pd_run_alarm(run, error, "source %.*s has %llu rows, the job expects at least %llu", PD_TEXT_ARGS(name),
                            n, least);
    if (source->rows_min == 0)
        return pd_run_alarm(run, error, "source %.*s has %llu rows, the job expects at most %llu", PD_TEXT_ARGS(name),
                            n, most);
    return pd_run_alarm(run, error, "source %.*s has %llu rows, the job expects %llu to %llu", PD_TEXT_ARGS(name), n,
                        least, most);
}

/* What the job expects of a source's rows, and what went wrong in its files. */
static enum padan_status check_source(struct pd_run_state *run, size_t index, struct padan_error *error)
{
    const struct pd_job_source *source = &run->job.sources[index];
    uint64_t n_read = 0;
    uint64_t n_rejected = 0;
    for (size_t i = 0; i < run->ingested.n_files; i++) {
        const struct pd_file_result *file = &run->ingested.files[i];
        if (run->inputs.files[i].source != index) continue;
        if (file->status != PADAN_OK)
            PD_TRY(pd_run_alarm(run, error, "file %.*s was left out: %.*s", PD_TEXT_ARGS(file->name),
                                PD_TEXT_ARGS(file->message)));
        n_read += file->rows_read;
        n_rejected += file->rows_rejected;
    }
    const uint64_t n_accepted = n_read - n_rejected;
    if (n_accepted < source->rows_min || n_accepted > source->rows_max)
        PD_TRY(tell_row_count(run, source, n_accepted, error));
    const double limit = run->job.limits.rejected_percent;
    if (n_read > 0 && 100.0 * (double)n_rejected / (double)n_read > limit)
        PD_TRY(pd_run_alarm(run, error, "source %.*s: %llu of %llu rows were rejected (limit %.2f %%), see ditolak.csv",
                            PD_TEXT_ARGS(source->name), (unsigned long long)n_rejected, (unsigned long long)n_read,
                            limit));
    return PADAN_OK;
}

enum padan_status pd_run_load(struct pd_run_state *run, struct padan_error *error)
{
    PD_TRY(read_model(run, error));
    PD_TRY(read_files(run, error));
    pd_table_trim(&run->table);
    for (size_t i = 0; i < run->job.n_sources; i++) PD_TRY(check_source(run, i, error));
    return PADAN_OK;
}

/* --- normalise --- */

/* Amount of rows that say none but the job does; amounts per month are multiplied by the months of the period. */
static void complete_amounts(struct pd_run_state *run, const struct pd_person_columns *columns, size_t index)
{
    const struct pd_job_source *source = &run->job.sources[index];
    const struct pd_source *rows = &run->table.sources[index];
    int64_t *amounts = run->table.columns[columns->nominal].words;
    const bool dated = columns->mulai >= 0 && columns->selesai >= 0;
    for (size_t i = rows->begin; i < rows->end; i++) {
        if (amounts[i] == PD_NULL_INT && source->amount >= 0) amounts[i] = source->amount;
        if (amounts[i] == PD_NULL_INT || !source->amount_per_month || !dated) continue;
        const int64_t begin = pd_column_integer(&run->table.columns[columns->mulai], i);
        const int64_t end = pd_column_integer(&run->table.columns[columns->selesai], i);
        if (begin == PD_NULL_INT || end == PD_NULL_INT) continue;
        const struct pd_date from = pd_date_to_civil((int32_t)begin);
        const struct pd_date to = pd_date_to_civil((int32_t)end);
        amounts[i] *= (to.year - from.year) * 12 + to.month - from.month + 1;
    }
}

/* The column that amounts of the job go into, where no file has one. */
static enum padan_status add_amounts(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_column *column = NULL;
    bool any = false;
    for (size_t i = 0; i < run->job.n_sources; i++) any = any || run->job.sources[i].amount >= 0;
    if (!any || pd_table_find(&run->table, PD_TEXT("nominal")) >= 0) return PADAN_OK;
    return pd_table_add(&run->table, PD_TEXT("nominal"), PD_TYPE_INT, PD_ENCODING_INT, &column, error);
}

/* Of sources that say something of amounts: a register has many rows and none to complete. */
static void complete_all_amounts(struct pd_run_state *run, const struct pd_person_columns *columns)
{
    for (size_t i = 0; i < run->job.n_sources && columns->nominal >= 0; i++)
        if (run->job.sources[i].amount >= 0 || run->job.sources[i].amount_per_month) complete_amounts(run, columns, i);
}

/* Statuses that mean money arrived, where the job does not list its own. Statuses of SIKS-NG that mean it did not:
 * GAGAL ..., EXCLUDE ... [s:siks-status][s:siks-excl]; everything else, and no status at all, counts as paid. */
static bool means_paid(const struct pd_job_source *source, struct pd_text status)
{
    static const char *const unpaid[] = { "GAGAL",        "EXCLUDE", "TIDAK",  "BELUM", "BATAL",  "DIBATALKAN",
                                          "DIKEMBALIKAN", "DITOLAK", "REJECT", "RETUR", "PENDING" };
    if (status.length == 0) return true;
    for (size_t i = 0; i < source->n_paid_status; i++)
        if (pd_text_same_name(source->paid_status[i], status)) return true;
    if (source->n_paid_status > 0) return false;
    for (size_t i = 0; i < sizeof unpaid / sizeof *unpaid; i++)
        if (pd_text_starts(status, pd_text_of(unpaid[i]))) return false;
    return true;
}

/* Money that was taken back is no payment, whatever the row's status says. */
static bool is_refund(const struct pd_run_state *run, const struct pd_person_columns *columns, size_t record)
{
    if (columns->nominal < 0) return false;
    const int64_t amount = pd_column_integer(&run->table.columns[columns->nominal], record);
    return amount != PD_NULL_INT && amount < 0;
}

/* What the statuses of a program's rows mean, by code: there are few, and rows are many. */
struct meanings {
    const struct pd_job_source *source;
    const struct pd_column *statuses; /* NULL: rows have none */
    uint8_t *by_code;                 /* [n_entries + 1] */
};

enum { MEANING_NOT_ASKED, MEANS_UNPAID, MEANS_PAID };

static bool is_paid(const struct meanings *meanings, size_t row)
{
    const struct pd_text none = { NULL, 0 };
    const uint32_t code = meanings->statuses == NULL ? 0 : (uint32_t)pd_column_word(meanings->statuses, row);
    uint8_t *meaning = &meanings->by_code[code];
    if (*meaning == MEANING_NOT_ASKED) {
        const struct pd_text text = code == 0 ? none : pd_dictionary_text(meanings->statuses->dictionary, code);
        *meaning = means_paid(meanings->source, text) ? MEANS_PAID : MEANS_UNPAID;
    }
    return *meaning == MEANS_PAID;
}

/* Marks paid rows of one program. */
static enum padan_status mark_paid(struct pd_run_state *run, const struct pd_person_columns *columns, size_t index,
                                   struct padan_error *error)
{
    const struct pd_source *rows = &run->table.sources[index];
    struct meanings meanings = { .source = &run->job.sources[index] };
    unsigned long long n_refunds = 0;
    if (columns->status_salur >= 0) meanings.statuses = &run->table.columns[columns->status_salur];
    const size_t n_entries = meanings.statuses == NULL ? 0 : meanings.statuses->dictionary->n_entries;
    PD_TRY(pd_allocate(&meanings.by_code, n_entries + 1, 1, error));
    for (size_t i = rows->begin; i < rows->end; i++) {
        const bool refund = is_refund(run, columns, i);
        run->paid[i] = !refund && is_paid(&meanings, i);
        n_refunds += refund;
    }
    pd_free(meanings.by_code);
    if (n_refunds == 0) return PADAN_OK;
    return pd_run_alarm(run, error, "source %.*s: %llu rows have a negative amount; they count as not paid",
                        PD_TEXT_ARGS(meanings.source->name), n_refunds);
}

/* All other rows stay unpaid: nobody pays them. */
static enum padan_status mark_all_paid(struct pd_run_state *run, const struct pd_person_columns *columns,
                                       struct padan_error *error)
{
    PD_TRY(pd_allocate(&run->paid, run->table.n_records, 1, error));
    for (size_t i = 0; i < run->job.n_sources; i++)
        if (run->job.sources[i].role == PD_ROLE_PROGRAM) PD_TRY(mark_paid(run, columns, i, error));
    return PADAN_OK;
}

/* What is wrong with a file as a whole; the share of rejected rows has been looked at per source. */
static enum padan_status tell_alarms(struct pd_run_state *run, size_t index, struct pd_seen_files *seen,
                                     struct padan_error *error)
{
    const struct pd_file_result *file = &run->ingested.files[index];
    struct pd_file_alarms alarms;
    pd_file_alarms_find(file, &run->normalised.files[index], NAN, &alarms);
    const struct pd_input_file *input = &run->inputs.files[index];
    PD_TRY(
        pd_seen_files_look(seen, file, input->path, pd_seen_program(&run->job.sources[input->source]), &alarms, error));
    for (size_t i = 0; i < alarms.n; i++) {
        char sentence[512];
        (void)snprintf(sentence, sizeof sentence, "file %.*s: %s", PD_TEXT_ARGS(file->name), alarms.items[i].sentence);
        if (alarms.items[i].rings)
            PD_TRY(pd_run_alarm(run, error, "%s", sentence));
        else if (run->options->progress.message != NULL)
            run->options->progress.message(run->options->progress.context, sentence);
    }
    return PADAN_OK;
}

static enum padan_status tell_all_alarms(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_seen_files seen = { 0 };
    enum padan_status status = PADAN_OK;
    for (size_t i = 0; status == PADAN_OK && i < run->ingested.n_files; i++) status = tell_alarms(run, i, &seen, error);
    pd_seen_files_reset(&seen);
    return status;
}

/* Whether the model names raw columns: they are called asli_*. */
static bool reads_raw_columns(const struct pd_run_state *run)
{
    static const char begin[] = "asli_";
    return memmem(run->model_text.data, run->model_text.length, begin, sizeof begin - 1) != NULL;
}

/* Nobody reads the raw columns before the reports. */
static void let_raw_columns_rest(const struct pd_run_state *run, size_t n_read)
{
    if (pd_memory_idle == NULL || reads_raw_columns(run)) return;
    for (size_t i = 0; i < n_read; i++) {
        const struct pd_column *column = &run->table.columns[i];
        const struct pd_dictionary *texts = column->dictionary;
        if (column->words == NULL) continue;
        pd_memory_idle(column->words, run->table.n_records * pd_encoding_width(column->encoding));
        if (texts == NULL || texts->bytes == NULL || !column->owns_dictionary) continue;
        pd_memory_idle(texts->bytes, texts->n_bytes);
        pd_memory_idle(texts->begins, texts->n_entries * sizeof *texts->begins);
    }
}

struct pd_normalise_options pd_run_normalise_options(struct pd_run_state *run)
{
    return (struct pd_normalise_options){ .indonesia = &run->indonesia,
                                          .reference_date = run->job.reference_date,
                                          .threads = run->threads,
                                          .narrow_raw = !reads_raw_columns(run),
                                          .wants = pd_run_wants_column,
                                          .settle = pd_run_settle_column,
                                          .context = run,
                                          .sources = run->inputs.periods,
                                          .files = run->inputs.file_options,
                                          .n_files = run->inputs.n_files };
}

/* Makes the columns, but for what is known of the first rows. */
static enum padan_status make_columns(struct pd_run_state *run, struct padan_error *error)
{
    struct pd_normalise_options options = pd_run_normalise_options(run);
    struct pd_known_rows known = { .sealed = { .descriptor = -1 } };
    enum padan_status status = pd_run_take_known(run, &options, &known, error);
    if (status == PADAN_OK) status = pd_normalise_indonesia(&run->table, &options, &run->normalised, error);
    pd_known_close(&known);
    return status;
}

enum padan_status pd_run_normalise(struct pd_run_state *run, struct padan_error *error)
{
    const size_t n_read = run->table.n_columns;
    PD_TRY(make_columns(run, error));
    pd_table_trim(&run->table);
    PD_TRY(tell_all_alarms(run, error));
    PD_TRY(add_amounts(run, error));
    struct pd_person_columns columns;
    pd_person_columns_find(&run->table, &columns);
    complete_all_amounts(run, &columns);
    PD_TRY(mark_all_paid(run, &columns, error));
    PD_TRY(pd_run_settle_columns(run, n_read, error));
    PD_TRY(pd_table_compact_places(&run->table, error));
    let_raw_columns_rest(run, n_read);
    return pd_run_check_categories(run, error);
}
